package markdown

// content is what may stand directly inside an element.
type content uint8

const (
	flow        content = iota // blocks and text
	phrasing                   // text and inline elements
	transparent                // whatever its parent may hold
	structure                  // only particular children: lists, tables
	void                       // nothing
)

// place is where an element may stand.
type place uint8

const (
	anywhere  place = iota // wherever text may stand
	inFlow                 // where blocks may stand
	inParents              // only inside its parents
)

// element is one line of the allow-list: an HTML element that may leave this
// package, after the content model of the HTML Living Standard, chapter 4.
type element struct {
	name    string
	holds   content
	fits    place
	child   string   // of a structure: the element implied around anything else
	parents []string // of inParents, nearest first
	stops   []string // of inParents: where the search for a parent ends
	attrs   []string // beside id, lang, dir and title
}

var (
	tableStops = []string{"table"}
	listStops  = []string{"td", "th", "caption", "table", "blockquote", "figure", "details", "div"}
)

// elements is the allow-list. What is not in it is dropped.
var elements = func() map[string]*element {
	list := []element{
		{name: "p", holds: phrasing, fits: inFlow},
		{name: "div", holds: flow, fits: inFlow},
		{name: "blockquote", holds: flow, fits: inFlow, attrs: []string{"cite"}},
		{name: "pre", holds: phrasing, fits: inFlow},
		{name: "address", holds: flow, fits: inFlow},
		{name: "hr", holds: void, fits: inFlow},
		{name: "details", holds: flow, fits: inFlow, attrs: []string{"open"}},
		{name: "summary", holds: phrasing, fits: inParents, parents: []string{"details"}, stops: listStops},
		{name: "figure", holds: flow, fits: inFlow},
		{name: "figcaption", holds: flow, fits: inParents, parents: []string{"figure"}, stops: listStops},

		{name: "ul", holds: structure, fits: inFlow, child: "li"},
		{name: "ol", holds: structure, fits: inFlow, child: "li", attrs: []string{"start"}},
		{name: "li", holds: flow, fits: inParents, parents: []string{"ul", "ol"}, stops: listStops},
		{name: "dl", holds: structure, fits: inFlow, child: "dd"},
		{name: "dt", holds: flow, fits: inParents, parents: []string{"dl"}, stops: listStops},
		{name: "dd", holds: flow, fits: inParents, parents: []string{"dl"}, stops: listStops},

		{name: "table", holds: structure, fits: inFlow, child: "tbody"},
		{name: "caption", holds: flow, fits: inParents, parents: []string{"table"}, stops: tableStops},
		{name: "colgroup", holds: structure, fits: inParents, child: "col", parents: []string{"table"}, stops: tableStops},
		{name: "col", holds: void, fits: inParents, parents: []string{"colgroup", "table"}, stops: tableStops},
		{name: "thead", holds: structure, fits: inParents, child: "tr", parents: []string{"table"}, stops: tableStops},
		{name: "tbody", holds: structure, fits: inParents, child: "tr", parents: []string{"table"}, stops: tableStops},
		{name: "tr", holds: structure, fits: inParents, child: "td", parents: []string{"tbody", "thead", "table"}, stops: tableStops},
		{name: "td", holds: flow, fits: inParents, parents: []string{"tr", "tbody", "thead", "table"}, stops: tableStops, attrs: []string{"colspan", "rowspan"}},
		{name: "th", holds: flow, fits: inParents, parents: []string{"tr", "tbody", "thead", "table"}, stops: tableStops, attrs: []string{"colspan", "rowspan", "scope"}},

		{name: "a", holds: transparent, attrs: []string{"href", "name"}},
		{name: "ins", holds: transparent, attrs: []string{"cite", "datetime"}},
		{name: "del", holds: transparent, attrs: []string{"cite", "datetime"}},
		{name: "img", holds: void, attrs: []string{"src", "alt", "width", "height"}},
		{name: "br", holds: void},
		{name: "wbr", holds: void},
		{name: "q", holds: phrasing, attrs: []string{"cite"}},
		{name: "time", holds: phrasing, attrs: []string{"datetime"}},
		{name: "ruby", holds: phrasing},
		{name: "rt", holds: phrasing, fits: inParents, parents: []string{"ruby"}},
		{name: "rp", holds: phrasing, fits: inParents, parents: []string{"ruby"}},
	}
	for _, name := range []string{"h1", "h2", "h3", "h4", "h5", "h6"} {
		list = append(list, element{name: name, holds: phrasing, fits: inFlow})
	}
	for _, name := range []string{
		"span", "b", "strong", "i", "em", "u", "s", "small", "mark", "sub", "sup", "kbd", "code", "samp", "var",
		"abbr", "dfn", "cite", "bdi", "bdo",
	} {
		list = append(list, element{name: name, holds: phrasing})
	}
	all := make(map[string]*element, len(list))
	for i := range list {
		all[list[i].name] = &list[i]
	}
	return all
}()

// renamed are elements whose content matters and whose name does not: old
// spellings, and page structure that belongs to the theme. Sections become
// plain divisions, so that a body adds no landmarks to its page.
var renamed = map[string]string{
	"section": "div", "article": "div", "header": "div", "footer": "div", "aside": "div", "nav": "div",
	"main": "div", "center": "div", "hgroup": "div", "search": "div",
	"tt": "code", "strike": "s", "acronym": "abbr", "tfoot": "tbody", "dir": "ul", "menu": "ul",
}

// refused are elements that are dropped with all they contain: script and what
// can carry it, forms, other documents, foreign content. True marks those whose
// content is raw text to every browser, so that tags inside are none.
var refused = map[string]bool{
	"script": true, "style": true, "iframe": true, "textarea": true, "xmp": true, "title": true,
	"noembed": true, "noframes": true, "plaintext": true,
	"object": false, "applet": false, "form": false, "select": false, "template": false, "svg": false, "math": false,
	"head": false, "frameset": false, "portal": false, "dialog": false, "datalist": false,
}
