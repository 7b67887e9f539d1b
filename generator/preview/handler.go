package preview

// Answering requests: who may ask, what a path means, which type a file has.

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"time"
)

//go:embed client
var client embed.FS

// own is the folder of addresses that belong to the preview. No portal has one
// that starts with a full stop, because the tree reads no hidden files.
const own = "/.belfry/"

// Handler returns what answers requests; [Server.Serve] is the short way.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(own+"events", s.events)
	mux.HandleFunc(own+"faults.json", s.faults)
	mux.HandleFunc(own+"open", s.open)
	mux.HandleFunc(own+"preview.js", script("live.js", "panel.js"))
	mux.HandleFunc(own+"view.js", script("live.js", "view.js"))
	mux.HandleFunc(own+"view", asset("view.html"))
	mux.HandleFunc(own+"preview.css", asset("preview.css"))
	mux.HandleFunc(own, http.NotFound)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "frame-ancestors 'self'")
		mine := strings.HasPrefix(r.URL.Path, own)
		switch {
		case !s.trusted(r):
			http.Error(w, "This address does not belong to the preview.", http.StatusForbidden)
		case mine && r.Header.Get("Sec-Fetch-Site") == "cross-site":
			http.Error(w, "The preview answers its own pages only.", http.StatusForbidden)
		case mine && r.URL.Path == own+"open" && r.Method == http.MethodPost:
			s.open(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "The preview only shows.", http.StatusMethodNotAllowed)
		case mine:
			mux.ServeHTTP(w, r)
		default: // not by the mux, which would lead to other addresses of its own making
			s.page(w, r)
		}
	})
}

// trusted reports whether a request asks by a name that can only mean this
// machine. Any other name may be that of a foreign page whose owner has turned it
// towards our address (DNS rebinding), to read a portal that is not public yet.
func (s *Server) trusted(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if err != nil {
		return host == "localhost" || strings.HasSuffix(host, ".localhost") || host != "" && host == strings.ToLower(s.opt.Host)
	}
	if ip = ip.Unmap().WithZone(""); ip.IsLoopback() {
		return true
	}
	if s.opt.ReadOnly && (ip.IsPrivate() || ip.IsLinkLocalUnicast()) {
		return true // --lan, perhaps behind a port that another system passes on
	}
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if local == nil {
		return false
	}
	at, err := netip.ParseAddrPort(local.String())
	return err == nil && at.Addr().Unmap().WithZone("") == ip
}

// page answers with a file of the portal.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	now, ok := s.wait(r.Context())
	if !ok {
		http.Error(w, "The preview is stopping.", http.StatusServiceUnavailable)
		return
	}
	raw := r.URL.Query().Has("raw")
	name := strings.TrimPrefix(r.URL.Path, "/")
	folder := name == "" || strings.HasSuffix(name, "/")
	if folder {
		name += "index.html"
	}
	body, ok, err := now.file(name)
	if !ok && err == nil && !folder {
		if _, isFolder, _ := now.file(name + "/index.html"); isFolder {
			to := url.URL{Path: "/" + name + "/", RawQuery: r.URL.RawQuery}
			http.Redirect(w, r, to.String(), http.StatusFound)
			return
		}
	}
	status := http.StatusOK
	switch {
	case err != nil:
		name, status = "", http.StatusInternalServerError
		body = s.notice(s.texts["failed"], err.Error())
	case !ok:
		name, status = "404.html", http.StatusNotFound
		if body, ok, _ = now.file(name); !ok {
			body = s.notice(s.texts["nothing"], r.URL.Path)
		}
	}
	kind := contentType(name)
	if !raw && strings.HasPrefix(kind, "text/html") {
		body = inject(body, name, now.version)
	}
	w.Header().Set("Content-Type", kind)
	if status == http.StatusOK {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body)) // with ranges, which films need
		return
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // whoever asked has gone
	}
}

// file returns the portal's file at a path, if it is one.
func (now state) file(name string) ([]byte, bool, error) {
	if !fs.ValidPath(name) || name == "." {
		return nil, false, nil
	}
	return now.portal.Page(name)
}

var noticePage = template.Must(template.New("notice").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{.Title}}</title><link rel="stylesheet" href="/.belfry/preview.css"></head>
<body class="notice"><main><h1>{{.Title}}</h1><p><bdi>{{.Detail}}</bdi></p></main></body></html>
`))

// notice is a page of our own, where the portal has none to show.
func (s *Server) notice(title, detail string) []byte {
	var b bytes.Buffer
	if err := noticePage.Execute(&b, map[string]string{"Lang": s.texts["lang"], "Title": title, "Detail": detail}); err != nil {
		panic("preview: notice: " + err.Error())
	}
	return b.Bytes()
}

// script returns a handler for classic scripts that share one closed scope.
func script(names ...string) http.HandlerFunc {
	var b bytes.Buffer
	b.WriteString("(function () {\n'use strict';\n")
	for _, name := range names {
		b.Write(embedded(name))
	}
	b.WriteString("})();\n")
	return fixed("preview.js", b.Bytes())
}

func asset(name string) http.HandlerFunc { return fixed(name, embedded(name)) }

func embedded(name string) []byte {
	data, err := client.ReadFile("client/" + name)
	if err != nil {
		panic("preview: " + err.Error())
	}
	return data
}

func fixed(name string, data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType(name))
		if strings.HasSuffix(name, ".html") {
			w.Header().Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	}
}

// types are those of the files a portal may hold. The system's own table is not
// asked: on Windows any program may have changed it.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".json": "application/json", ".webmanifest": "application/manifest+json",
	".xml": "application/xml; charset=utf-8", ".atom": "application/atom+xml; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
	".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".md": "text/markdown; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".tif": "image/tiff", ".tiff": "image/tiff",
	".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
	".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".wav": "audio/wav", ".mp4": "video/mp4", ".webm": "video/webm",
	".vtt": "text/vtt; charset=utf-8", ".pdf": "application/pdf", ".zip": "application/zip", ".rtf": "application/rtf",
	".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".odp": "application/vnd.oasis.opendocument.presentation", ".doc": "application/msword", ".xls": "application/vnd.ms-excel",
	".docx":    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx":    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx":    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".geojson": "application/geo+json", ".kml": "application/vnd.google-earth.kml+xml", ".gz": "application/gzip",
	".jsonld": "application/ld+json", ".epub": "application/epub+zip", ".p7m": "application/pkcs7-mime", "": "text/html; charset=utf-8",
}

func contentType(name string) string {
	if kind, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return kind
	}
	return "application/octet-stream"
}
