package render

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"

	"belfry/generator/locale"
	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// Site is what the pages of one edition share: the edition, its sister
// editions, its messages, and who refers to whom. It is made once and read by
// many goroutines.
type Site struct {
	*portal.Edition
	Sisters  []*Site // every language, in the portal's order, this one included; set by [Join]
	Messages *locale.Messages
	Styles   Styles
	Tables   Tables
	Broken   bool                    // --skip-broken: what is faulty is dropped from the page
	Homeless map[*portal.Entity]bool // documents whose address is taken: they have no page

	pages        map[string]Page                      // by path
	refs         map[string]map[string][]*portal.Item // field → id → services that name it
	steps        map[portal.Key][]stepOf              // service → journeys it is a step of
	frames       map[[2]string]*Frame                 // by folder and section of the menu
	byType       map[string][]*portal.Item            // sorted by title
	topics       map[string][]*portal.Item            // children by parent id
	letterGroups []letterGroup                        // services by the letters of the alphabet
	labels       *markdown.Labels                     // words that rendering adds to a text
	written      map[string]written                   // the portal's languages
	titles       map[string]titled
	knownEnds    *sync.Map // the ends of each service that a list has shown, by *portal.Item
	knownHours   *sync.Map // []Hours by the text of opening hours
}

type stepOf struct {
	item *portal.Item
	n    int
}

// Styles answers what the theme made for a layout in a language.
type Styles interface {
	// Style returns the style, policies and script of a layout; origin, if not
	// empty, is where a form of the page sends to.
	Style(layout, origin string) (css string, policies []string, script string)
	// Form is the path of the script of forms, Running the style of what it shows.
	Form() string
	Running() string
	// Print is the path of the style for paper.
	Print() string
	// Engine is the path of the script that searches in a language.
	Engine(lang string) string
}

// Tables answers for linked files: the rows of a CSV, the size of a file in
// bytes and of an image in pixels.
type Tables interface {
	Rows(path string) ([][]string, bool)
	Size(path string) int64
	Pixels(path string) (width, height int)
}

// NewSite prepares an edition for planning and rendering.
func NewSite(ed *portal.Edition, messages *locale.Messages, styles Styles, tables Tables, skipBroken bool) *Site {
	return NewSiteAfter(nil, ed, messages, styles, tables, skipBroken)
}

// NewSiteAfter is NewSite at less cost: what an older site of the language, or
// nil, knows of a title need not be found out again.
func NewSiteAfter(older *Site, ed *portal.Edition, messages *locale.Messages, styles Styles, tables Tables, skipBroken bool) *Site {
	s := &Site{
		Edition: ed, Messages: messages, Styles: styles, Tables: tables, Broken: skipBroken,
		Homeless: map[*portal.Entity]bool{},
		refs:     map[string]map[string][]*portal.Item{}, steps: map[portal.Key][]stepOf{}, frames: map[[2]string]*Frame{},
		byType: map[string][]*portal.Item{}, topics: map[string][]*portal.Item{}, knownEnds: new(sync.Map), knownHours: new(sync.Map),
	}
	s.written = map[string]written{}
	for _, lang := range ed.Portal.Config.Languages {
		s.written[lang] = s.writing(lang)
	}
	if older == nil || older.Locale.Tag != ed.Locale.Tag || older.Portal.Config.Country != ed.Portal.Config.Country {
		older = &Site{}
	}
	s.sortTitles(older.titles)
	for _, it := range s.byType["service"] {
		for _, field := range []string{"topics", "life_events", "audience"} {
			for _, id := range it.Source.Fields.Texts(field) {
				s.refer(field, s.canonical(field, id), it)
			}
		}
		s.refer("authority", s.authority(it), it)
		s.referForms(it)
	}
	for typ, items := range s.byType {
		if typ == "service" || typ == "topic" {
			continue
		}
		for _, it := range items {
			for _, id := range it.Source.Fields.Texts("topics") {
				s.refer("topics/"+typ, s.canonical("topics", id), it)
			}
		}
	}
	for _, it := range s.byType["topic"] {
		parent := ""
		if p, ok := s.Lookup("topic", it.Fact("parent").Text); ok {
			parent = p.ID
		}
		s.topics[parent] = append(s.topics[parent], it)
	}
	for _, children := range s.topics {
		slices.SortStableFunc(children, func(a, b *portal.Item) int { return compareOrder(a, b) })
	}
	s.collectSteps()
	s.letterGroups = s.groupLetters()
	s.labels = s.proseLabels()
	return s
}

// Join tells the editions of a portal of one another. It is called once, when
// all of them are planned.
func Join(sites []*Site) {
	for _, s := range sites {
		s.Sisters = sites
	}
}

// titled is what the language's order of letters makes of a title.
type titled struct {
	key    []byte // by which it is sorted
	letter string // of the A to Z, for services
}

// sortTitles puts every item in the order of titles in the reader's language.
func (s *Site) sortTitles(known map[string]titled) {
	sorter := s.Locale.Sorter()
	s.titles = make(map[string]titled, len(s.Items))
	type ranked struct {
		key  []byte
		item *portal.Item
	}
	all := make([]ranked, len(s.Items))
	for i, it := range s.Items {
		t, ok := known[it.Title]
		if !ok {
			t.key = sorter.Key(it.Title)
		}
		if t.letter == "" && it.Type == "service" {
			t.letter = s.Locale.IndexLetter(it.Title)
		}
		s.titles[it.Title] = t
		all[i] = ranked{t.key, it}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return bytes.Compare(a.key, b.key) })
	for _, r := range all {
		s.byType[r.item.Type] = append(s.byType[r.item.Type], r.item)
	}
}

func (s *Site) refer(field, id string, it *portal.Item) {
	if id == "" {
		return
	}
	if s.refs[field] == nil {
		s.refs[field] = map[string][]*portal.Item{}
	}
	list := s.refs[field][id]
	if len(list) == 0 || list[len(list)-1] != it {
		s.refs[field][id] = append(list, it)
	}
}

// canonical returns the whole id of a reference that may be written short.
func (s *Site) canonical(field, id string) string {
	typ := map[string]string{"topics": "topic", "life_events": "life-event"}[field]
	if typ == "" {
		return id
	}
	if it, ok := s.Lookup(typ, id); ok {
		return it.ID
	}
	return ""
}

// authority is the id of the office that provides a service.
func (s *Site) authority(it *portal.Item) string {
	id := cmp.Or(it.Fact("authority").Text, s.Portal.Config.Fields.String("authority"))
	if o, ok := s.Lookup("office", id); ok {
		return o.ID
	}
	return ""
}

func (s *Site) collectSteps() {
	for _, it := range s.byType["step-by-step"] {
		for n, step := range it.Fact("steps").List {
			for _, id := range step.Texts("services") {
				if svc, ok := s.Lookup("service", id); ok {
					s.steps[svc.Key()] = append(s.steps[svc.Key()], stepOf{it, n + 1})
				}
			}
		}
	}
}

// compareOrder puts items as the town numbered them, business after life.
func compareOrder(a, b *portal.Item) int {
	return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(b.Fact("kind").Text, a.Fact("kind").Text))
}

func order(it *portal.Item) float64 {
	v := it.Fact("order").Text
	if v == "" {
		return 1e9
	}
	return number(v)
}

// t and tn are the interface texts of the reader's language.
func (s *Site) t(key string, args ...string) string { return s.Messages.Text(key, args...) }

func (s *Site) tn(key string, n int, args ...string) string { return s.Messages.Count(key, n, args...) }

// rel is the relative address of one path of the output from another.
func rel(from, to string) string {
	target, fragment, _ := strings.Cut(to, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	if target == from && fragment != "" {
		return fragment
	}
	dir := from[:strings.LastIndexByte(from, '/')+1]
	same := 0 // bytes of the folders that both are in
	for i := 0; i < len(dir) && i < len(target) && dir[i] == target[i]; i++ {
		if dir[i] == '/' {
			same = i + 1
		}
	}
	return strings.Repeat("../", strings.Count(dir[same:], "/")) + target[same:] + fragment
}
