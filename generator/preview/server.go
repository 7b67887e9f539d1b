// Package preview is the machinery of `belfry serve`: it watches a portal's
// folder, serves pages that somebody else renders, reloads them when they change,
// and shows in each page what is wrong with it. It knows nothing of how a portal
// is made: whoever does hands it a [Portal] after every change.
//
// What is served differs from what is built by one script element, and not even
// by that when the address ends with `?raw`.
package preview

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"belfry/generator/diag"
)

// Portal is one state of what is served. Its functions are called by many
// goroutines, also after a newer Portal has been shown; what they return is not
// changed.
type Portal struct {
	// Page returns the built bytes of the file at a slash path, such as
	// "bg/index.html" or "assets/map.svg"; false when the portal has no such file.
	// The error is the machine's.
	Page func(path string) (body []byte, ok bool, err error)
	// About tells what the panel shows of a page. It may be asked for a path that
	// Page was not asked for, that is no page, or that is "".
	About func(path string) About
}

// About is what the webmaster may want to know of a page.
type About struct {
	Source string    // the file its text is written in, a slash path below the portal's folder; may be ""
	Here   diag.List // faults of this page
	All    diag.List // faults of the portal, those of the page among them
}

// Options are what a Server stays with.
type Options struct {
	Dir      string // the portal's folder, for the editor
	Host     string // a name, beside the loopback ones, by which browsers may ask: the host of --addr
	ReadOnly bool   // --lan: nothing on this machine can be started from a page
	Lang     string // BCP 47 tag of the panel's texts; English where there are none
	// Text returns the texts of a diagnostic in the webmaster's language; nil for
	// its own, in English.
	Text func(diag.Diagnostic) (message, hint string)
	// Getenv and Start stand for os.Getenv and for starting a program that is not
	// waited for; nil for those.
	Getenv func(name string) string
	Start  func(argv []string) error
}

// Server shows a portal on the web.
type Server struct {
	opt   Options
	token string // proves that a request comes from a page of ours
	boot  string // part of every version, so that a page outlives no restart
	texts map[string]string

	mu       sync.Mutex
	portal   *Portal // nil before the first Show
	count    int     // of portals shown
	checks   int     // of news about faults alone
	changed  chan struct{}
	ready    chan struct{}
	done     chan struct{}
	isClosed bool
	streams  int
}

// New returns a server that answers nothing before the first [Server.Show].
func New(opt Options) *Server {
	s := &Server{opt: opt, token: random(), boot: random()[:8], texts: texts(opt.Lang)}
	s.changed, s.ready, s.done = make(chan struct{}), make(chan struct{}), make(chan struct{})
	s.defaults()
	return s
}

// random returns 128 bits in hexadecimal; crypto/rand does not fail.
func random() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// Show replaces the portal and has every open page load again. Requests that
// came before the first Show are answered then.
func (s *Server) Show(p Portal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.portal == nil {
		close(s.ready)
	}
	s.portal = &p
	s.count++
	s.tell()
}

// Recheck has every open panel ask for its faults again, without loading the
// page: for rules that are judged in the background.
func (s *Server) Recheck() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.checks++
	s.tell()
}

// tell wakes all who wait; the caller holds the lock.
func (s *Server) tell() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Close ends the streams of events, so that a [http.Server] can shut down. It
// may be called more than once.
func (s *Server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.isClosed {
		s.isClosed = true
		close(s.done)
	}
}

// state is the portal at one moment.
type state struct {
	portal  *Portal
	version string // another one for every portal ever shown
	checks  int
	changed chan struct{} // closed when this state is over
}

func (s *Server) now() state {
	s.mu.Lock()
	defer s.mu.Unlock()
	return state{s.portal, s.boot + "-" + strconv.Itoa(s.count), s.checks, s.changed}
}

// wait returns the state once there is a portal; false when the asker has gone.
func (s *Server) wait(ctx context.Context) (state, bool) {
	select {
	case <-s.ready:
		return s.now(), true
	case <-s.done:
	case <-ctx.Done():
	}
	return state{}, false
}

// Serve answers at the listener until ctx ends, then lets requests under way
// finish for a second. It closes the listener; the error is nil at such an end.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	web := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		<-ctx.Done()
		s.Close()
		limit, stop := context.WithTimeout(context.Background(), time.Second)
		defer stop()
		if web.Shutdown(limit) != nil {
			_ = web.Close() // whoever is still asking has waited long enough
		}
	}()
	if err := web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-ended
	return nil
}
