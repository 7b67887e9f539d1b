package preview

// What a page learns after it was loaded: that there is a newer portal, and what
// is wrong with this one.

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"belfry/generator/diag"
)

const (
	alive       = 15 * time.Second // a comment this often keeps a stream open
	mostStreams = 100              // open at once, so that a network cannot exhaust us
	mostFaults  = 200              // shown of the portal; the count tells of more
)

// events is a stream (HTML, section 9.2, server-sent events): at once and after
// every change the version of the portal, and a sign when only faults changed. A
// page whose own version differs loads itself again, which covers also what
// changed before it began to listen and a server that was started anew.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	full := s.streams >= mostStreams
	if !full {
		s.streams++
	}
	s.mu.Unlock()
	if full {
		http.Error(w, "too many listen already", http.StatusServiceUnavailable)
		return
	}
	defer func() {
		s.mu.Lock()
		s.streams--
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy before us should pass on at once
	out := http.NewResponseController(w)
	if _, err := fmt.Fprint(w, "retry: 500\n\n"); err != nil || out.Flush() != nil || r.Method == http.MethodHead {
		return
	}
	now, ok := s.wait(r.Context())
	tick := time.NewTicker(alive)
	defer tick.Stop()
	for last := (state{}); ok; {
		text := ": alive\n\n"
		switch {
		case now.version != last.version:
			text = "event: version\ndata: " + now.version + "\n\n"
		case now.checks != last.checks:
			text = "event: faults\ndata: " + now.version + "\n\n"
		}
		if _, err := fmt.Fprint(w, text); err != nil || out.Flush() != nil {
			return
		}
		last = now
		select {
		case <-now.changed:
		case <-tick.C:
		case <-s.done:
			return
		case <-r.Context().Done():
			return
		}
		now = s.now()
	}
}

// fault is a diagnostic as the panel shows it.
type fault struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
	Excerpt  string `json:"excerpt"`
}

// counts are how many faults of each severity the portal has.
type counts struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Note    int `json:"note"`
}

// panel is the answer of faults.json.
type panel struct {
	Version string            `json:"version"`
	Source  string            `json:"source"`
	Here    []fault           `json:"here"`
	All     []fault           `json:"all"`
	Counts  counts            `json:"counts"`
	Token   string            `json:"token,omitempty"` // absent where nothing can be opened
	Texts   map[string]string `json:"texts"`
}

// faults answers with what the panel of the page ?page=PATH shows.
func (s *Server) faults(w http.ResponseWriter, r *http.Request) {
	now, ok := s.wait(r.Context())
	if !ok {
		http.Error(w, "The preview is stopping.", http.StatusServiceUnavailable)
		return
	}
	about := now.portal.About(r.URL.Query().Get("page"))
	answer := panel{
		Version: now.version, Source: about.Source, Texts: s.texts,
		Here: s.shown(about.Here), All: s.shown(about.All),
		Counts: counts{about.All.Count(diag.Error), about.All.Count(diag.Warning), about.All.Count(diag.Note)},
	}
	if s.mayOpen(r) {
		answer.Token = s.token
	}
	w.Header().Set("Content-Type", "application/json")
	if r.Method != http.MethodHead {
		_ = json.NewEncoder(w).Encode(answer) // whoever asked has gone
	}
}

// shown are the first faults of a list, the gravest first, safe to be read.
func (s *Server) shown(list diag.List) []fault {
	out := []fault{}
	for _, level := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		for _, d := range list {
			if d.Severity != level || len(out) == mostFaults {
				continue
			}
			message, hint := s.opt.Text(d)
			out = append(out, fault{level.String(), d.Code, d.At.File, d.At.Line, d.At.Col,
				diag.Plain(message), diag.Plain(hint), diag.Plain(strings.TrimSpace(d.Excerpt))})
		}
	}
	return out
}

// texts returns the panel's words in the language nearest to a tag.
func texts(tag string) map[string]string {
	var all map[string]map[string]string
	if err := json.Unmarshal(embedded("texts.json"), &all); err != nil {
		panic("preview: texts.json: " + err.Error())
	}
	lang := "en"
	for l := tag; l != ""; l = l[:max(0, strings.LastIndex(l, "-"))] {
		if all[l] != nil {
			lang = l
			break
		}
	}
	found := map[string]string{"lang": lang}
	for key, english := range all["en"] {
		found[key] = cmp.Or(all[lang][key], english)
	}
	return found
}
