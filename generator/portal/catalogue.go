package portal

// This file is what a portal may take from others: shared catalogues, in versions,
// each laid out like a portal.

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"belfry/generator/diag"
)

// Library is the catalogues a portal may take documents from. A nil Library is
// empty.
type Library struct {
	Catalogues []*Catalogue
	Pins       map[string]string // version by catalogue, for what names none
}

// Catalogue is a shared catalogue: documents that are alike in many towns.
type Catalogue struct {
	ID       string
	Versions []string // oldest first, see [CompareVersions]
	// Shelf returns the documents of one of the versions. It is called from many
	// goroutines and always returns the same.
	Shelf func(version string) *Shelf
}

// Newest is the latest version, "" where there is none.
func (c *Catalogue) Newest() string {
	if len(c.Versions) == 0 {
		return ""
	}
	return c.Versions[len(c.Versions)-1]
}

// Catalogue returns the catalogue with an id, or nil.
func (l *Library) Catalogue(id string) *Catalogue {
	if l == nil {
		return nil
	}
	for _, c := range l.Catalogues {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// Shelf is one version of a catalogue, parsed. It is never changed.
type Shelf struct {
	Home   string // what stands before its files in diagnostics, with a slash
	groups map[Key]*layer
	byLast map[Key][]*layer
}

// NewShelf joins the documents of a version with their translations. The
// languages are the catalogue's, the first that of files whose name carries none.
func NewShelf(home string, languages []string, docs []*Document) *Shelf {
	s := &Shelf{Home: home, groups: map[Key]*layer{}, byLast: map[Key][]*layer{}}
	for _, g := range group(docs, languages) {
		s.groups[g.key] = g
		last := Key{g.key.Type, lastPart(g.key.ID)}
		s.byLast[last] = append(s.byLast[last], g)
	}
	return s
}

// Keys lists the documents of the shelf, sorted by type, then id.
func (s *Shelf) Keys() []Key {
	var out []Key
	for k := range s.groups {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b Key) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID)) })
	return out
}

// Document returns the base document of an entity of the shelf, as it is
// written there, or nil.
func (s *Shelf) Document(key Key) *Document {
	if g := s.find(key); g != nil {
		return g.base
	}
	return nil
}

func (s *Shelf) find(key Key) *layer {
	if g := s.groups[key]; g != nil {
		return g
	}
	if found := s.byLast[key]; len(found) == 1 {
		return found[0]
	}
	return nil
}

// Reference is where a document of a catalogue is named: region/birth-certificate@2026.1.
type Reference struct {
	Catalogue string
	ID        string
	Version   string // "" for the portal's pin, else the newest
}

var reference = regexp.MustCompile(`^([a-z0-9][a-z0-9_-]*)/([^@\s]+?)(?:@([0-9A-Za-z][0-9A-Za-z._-]*))?$`)

// ParseReference reads a reference; ok is false for anything else.
func ParseReference(text string) (ref Reference, ok bool) {
	m := reference.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return Reference{}, false
	}
	return Reference{m[1], strings.Trim(m[2], "/"), m[3]}, true
}

func (r Reference) String() string {
	if r.Version == "" {
		return r.Catalogue + "/" + r.ID
	}
	return r.Catalogue + "/" + r.ID + "@" + r.Version
}

// CompareVersions orders versions as people read them: 2026.10 after 2026.9.
func CompareVersions(a, b string) int {
	as, bs := strings.FieldsFunc(a, versionGap), strings.FieldsFunc(b, versionGap)
	for i := range min(len(as), len(bs)) {
		n, err1 := strconv.Atoi(as[i])
		m, err2 := strconv.Atoi(bs[i])
		if err1 == nil && err2 == nil && n != m {
			return cmp.Compare(n, m)
		}
		if (err1 != nil || err2 != nil) && as[i] != bs[i] {
			return cmp.Compare(as[i], bs[i])
		}
	}
	return cmp.Or(cmp.Compare(len(as), len(bs)), cmp.Compare(a, b))
}

func versionGap(r rune) bool { return r == '.' || r == '-' || r == '_' }

// version settles which version of a catalogue a reference means.
func (l *Library) version(c *Catalogue, ref Reference) string {
	return cmp.Or(ref.Version, l.Pins[c.ID], c.Newest())
}

// open finds what a reference names; the faults are told at its place.
func (l *Library) open(ref Reference, at diag.Pos, faults *diag.List) (*Shelf, string) {
	c := l.Catalogue(ref.Catalogue)
	if c == nil {
		var known []string
		if l != nil {
			for _, c := range l.Catalogues {
				known = append(known, c.ID)
			}
		}
		if len(known) == 0 {
			faults.Add("catalogue/none", at, "id", ref.Catalogue)
		} else {
			faults.Add("catalogue/unknown", at, "id", ref.Catalogue, "known", strings.Join(known, ", "), "guess", diag.Guess(ref.Catalogue, known))
		}
		return nil, ""
	}
	version := l.version(c, ref)
	if !slices.Contains(c.Versions, version) {
		faults.Add("catalogue/version", at, "version", version, "catalogue", c.ID, "known", strings.Join(c.Versions, ", "), "guess", diag.Guess(version, c.Versions))
		return nil, ""
	}
	return c.Shelf(version), version
}

// Files are those in which a document of the shelf is written, in all languages,
// sorted.
func (s *Shelf) Files(key Key) []string {
	var out []string
	if g := s.find(key); g != nil {
		for _, d := range g.texts {
			out = append(out, d.File)
		}
	}
	slices.Sort(out)
	return out
}

// Logical is the path of a file as its own layer sees it: region@2026.1/services/x.md
// is services/x.md there, and so are the links it makes.
func Logical(file string) string {
	if home, rest, nested := strings.Cut(file, "/"); nested && strings.Contains(home, "@") {
		return rest
	}
	return file
}

// Follows reports whether a file of the shelf belongs to a document that follows
// another catalogue, and may leave its title to that.
func (s *Shelf) Follows(file string) bool {
	for _, g := range s.groups {
		for _, d := range g.texts {
			if d.File == file {
				return g.base.Fields.Get("extends").Set()
			}
		}
	}
	return false
}
