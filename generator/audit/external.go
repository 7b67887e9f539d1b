package audit

// This file asks other sites whether what is linked there still stands. It is
// only done on request, and politely: one connection a host, a pause between
// two questions, a name to complain to, and answers remembered.

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"belfry/generator/diag"
)

const externalCode = "audit/external-link"

// ExternalOptions say how other sites are asked.
type ExternalOptions struct {
	Transport http.RoundTripper // nil for the network, without addresses of private networks
	UserAgent string
	Timeout   time.Duration // of one question
	Pause     time.Duration // between two questions to one host
	Hosts     int           // asked at once
	Cache     string        // file that remembers good answers; "" for none
	Age       time.Duration // how long they are believed
	Now       time.Time
	Progress  func(done, total int)
}

// External asks for every address on another site that the pages link to. What
// is gone is a finding at each place that links to it; what cannot be reached
// now or wants a person is none that could be mended, so it is told as a note.
func (a *Auditor) External(ctx context.Context, opt ExternalOptions) []Finding {
	if opt.Transport == nil {
		opt.Transport = publicTransport()
	}
	remembered := readCache(opt.Cache)
	byHost := map[string][]string{}
	answers := map[string]string{}
	total := 0
	for _, address := range slices.Sorted(maps.Keys(a.external)) {
		base, _, _ := strings.Cut(address, "#")
		if at, ok := remembered[base]; ok && opt.Now.Sub(at) < opt.Age && !at.After(opt.Now) {
			continue
		}
		host := foreignHost(base)
		if !slices.Contains(byHost[host], base) {
			byHost[host] = append(byHost[host], base)
			total++
		}
	}
	var mu sync.Mutex
	var wait sync.WaitGroup
	slots := make(chan struct{}, max(1, opt.Hosts))
	done := 0
	for _, host := range slices.Sorted(maps.Keys(byHost)) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			for n, address := range byHost[host] {
				if n > 0 && !sleep(ctx, opt.Pause) || ctx.Err() != nil {
					return
				}
				answer := ask(ctx, opt, address)
				mu.Lock()
				answers[address] = answer
				if answer == "" {
					remembered[address] = opt.Now
				}
				if done++; opt.Progress != nil {
					opt.Progress(done, total)
				}
				mu.Unlock()
			}
		}()
	}
	wait.Wait()
	writeCache(opt.Cache, remembered, opt.Now.Add(-opt.Age))
	var found []Finding
	for _, address := range slices.Sorted(maps.Keys(a.external)) {
		base, _, _ := strings.Cut(address, "#")
		answer := answers[base]
		if answer == "" {
			continue
		}
		for _, p := range a.external[address] {
			d := diag.New(externalCode, p.At, "address", address, "answer", answer)
			if answer != "404" && answer != "410" && answer != "no such host" {
				d.Severity = diag.Note // it may be back tomorrow
			}
			found = append(found, Finding{Diagnostic: d, Needles: p.Needles})
		}
	}
	return found
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// ask returns what is wrong with an address, "" where it stands. A host that
// does not answer HEAD is asked with GET, whose body is not read. Sites that
// want a person or a slower visitor (401, 403, 429, 999) are left in peace.
func ask(ctx context.Context, opt ExternalOptions, address string) string {
	client := &http.Client{Transport: opt.Transport, Timeout: opt.Timeout}
	last := ""
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		r, err := http.NewRequestWithContext(ctx, method, address, nil)
		if err != nil {
			return "no valid address"
		}
		r.Header.Set("User-Agent", opt.UserAgent)
		r.Header.Set("Accept", "*/*")
		answer, err := client.Do(r)
		if err != nil {
			return reason(err)
		}
		io.Copy(io.Discard, io.LimitReader(answer.Body, 4<<10)) // so that the connection can serve again
		answer.Body.Close()
		switch code := answer.StatusCode; {
		case code < 400, code == 401, code == 403 && method == http.MethodGet, code == 429, code == 999:
			return ""
		default:
			last = strconv.Itoa(code)
		}
	}
	return last
}

// reason is why nothing came back, in words that mean something to a webmaster.
func reason(err error) string {
	var dns *net.DNSError
	var private *privateError
	switch {
	case errors.As(err, &private):
		return "an address inside a private network"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such host"
	case errors.Is(err, context.DeadlineExceeded), os.IsTimeout(err):
		return "no answer in time"
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return err.Error()
}

type privateError struct{ addr string }

func (e *privateError) Error() string { return e.addr + " is inside a private network" }

// publicTransport reaches the open network only: what stands in content must
// not make a build server ask inside its own network.
func publicTransport() http.RoundTripper {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		if at, err := netip.ParseAddrPort(address); err != nil || !public(at.Addr().Unmap()) {
			return &privateError{address}
		}
		return nil
	}}
	return &http.Transport{DialContext: dialer.DialContext, MaxConnsPerHost: 1, MaxIdleConnsPerHost: 1, TLSHandshakeTimeout: 10 * time.Second, ForceAttemptHTTP2: true}
}

func public(a netip.Addr) bool {
	return a.IsGlobalUnicast() && !a.IsPrivate() && !a.IsLoopback() && !a.IsLinkLocalUnicast() && !netip.MustParsePrefix("100.64.0.0/10").Contains(a) && !netip.MustParsePrefix("64:ff9b::/96").Contains(a)
}

// readCache reads when an address was last found to stand. A cache that cannot
// be read is empty.
func readCache(file string) map[string]time.Time {
	out := map[string]time.Time{}
	if file == "" {
		return out
	}
	if raw, err := os.ReadFile(file); err != nil || json.Unmarshal(raw, &out) != nil || out == nil {
		return map[string]time.Time{}
	}
	return out
}

// writeCache keeps what is younger than a moment. Not being able to is no fault
// of the site.
func writeCache(file string, remembered map[string]time.Time, since time.Time) {
	if file == "" {
		return
	}
	maps.DeleteFunc(remembered, func(_ string, at time.Time) bool { return at.Before(since) })
	raw, err := json.MarshalIndent(remembered, "", " ")
	if err == nil {
		_ = os.WriteFile(file, append(raw, '\n'), 0o644)
	}
}
