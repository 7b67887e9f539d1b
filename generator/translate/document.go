package translate

import (
	"regexp"
	"strings"
	"unicode"

	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// Document is one document as a translator gets it.
type Document struct {
	Item
	Stamp string // of the source as it is
	Units []Unit
}

// Unit is one text to translate.
type Unit struct {
	Key    string // as [portal.Block] has it; "keywords" for the list of them
	Source portal.Block
	Target *portal.Block // nil where there is none yet
	Todo   bool          // new, or its source has changed since
	Was    string        // the source before it changed, where that is known
	Note   string        // what the text is
}

// Text is what the unit holds in the translation now.
func (u *Unit) Text() string {
	if u.Target == nil {
		return ""
	}
	return u.Target.Text
}

// Prepare pairs the texts of an item.
func Prepare(it Item) Document {
	d := Document{Item: it, Stamp: it.Entity.Source.Stamp()}
	sources := it.Entity.Source.Blocks()
	targets := map[int]*portal.Block{}
	if it.Text != nil {
		targets = pairs(sources, it.Text.BlocksAs(it.Entity.Source))
	}
	changed := map[string]string{}
	for _, c := range it.Changes {
		changed[c.Key] = c.Old
	}
	for i, s := range sources {
		if s.Kind == markdown.Reference {
			continue // it holds an address
		}
		u := Unit{Key: s.Key, Source: s, Target: targets[i], Note: note(it.Entity.Source, s)}
		old, is := changed[s.Key]
		u.Was = old
		switch {
		case u.Target == nil, is, it.State == OutOfDate && !it.Known:
			u.Todo = true
		case it.State == Draft:
			u.Todo = sameWords(s, *u.Target)
		}
		d.Units = append(d.Units, u)
	}
	if u, ok := keywords(it); ok {
		d.Units = append(d.Units, u)
	}
	return d
}

// sameWords reports whether a text with letters in it was left as it stands in
// the source.
func sameWords(a, b portal.Block) bool {
	return a.Canonical() == b.Canonical() && strings.ContainsFunc(a.Text, unicode.IsLetter)
}

// keywords is the unit of the words citizens use: a list of their own in every
// language, which no stamp counts.
func keywords(it Item) (Unit, bool) {
	source := it.Entity.Fact("keywords")
	list := source.List
	if len(list) == 0 {
		return Unit{}, false
	}
	join := func(v portal.Value) (string, bool) {
		var words []string
		for _, w := range v.List {
			words = append(words, w.Text)
		}
		all := strings.Join(words, "; ")
		return all, strings.Count(all, ";") == max(0, len(words)-1)
	}
	text, ok := join(source)
	if !ok {
		return Unit{}, false
	}
	u := Unit{Key: "keywords", Source: portal.Block{Key: "keywords", Text: text, At: source.At},
		Note: "keywords: words citizens use; write what people would search for, with ; between"}
	if it.Text != nil {
		if own := it.Text.Fields.Get("keywords"); own.Set() {
			text, ok := join(own)
			if !ok {
				return Unit{}, false
			}
			u.Target = &portal.Block{Key: "keywords", Text: text, At: own.At}
		}
	}
	u.Todo = u.Target == nil
	return u, true
}

// pairs finds for each block of the source the translation's: fields by their
// key, blocks of Markdown by their kind and order.
func pairs(sources, targets []portal.Block) map[int]*portal.Block {
	out := map[int]*portal.Block{}
	byKey := map[string]int{}
	groups := map[string][]int{}
	for i := range targets {
		if g := group(targets[i]); g != "" {
			groups[g] = append(groups[g], i)
		} else {
			byKey[targets[i].Key] = i
		}
	}
	own := map[string][]int{}
	var order []string
	for i, s := range sources {
		g := group(s)
		if g == "" {
			if t, ok := byKey[s.Key]; ok {
				out[i] = &targets[t]
			}
			continue
		}
		if own[g] == nil {
			order = append(order, g)
		}
		own[g] = append(own[g], i)
	}
	for _, g := range order {
		a, b := own[g], groups[g]
		straight := len(a) == len(b)
		for i := 0; straight && i < len(a); i++ {
			straight = sources[a[i]].Mark == targets[b[i]].Mark && sources[a[i]].Kind == targets[b[i]].Kind
		}
		for _, p := range align(len(a), len(b), func(i, j int) float64 {
			if straight {
				if i == j {
					return 0
				}
				return 2
			}
			return distance(sources[a[i]], targets[b[j]])
		}) {
			if p.a >= 0 && p.b >= 0 {
				out[a[p.a]] = &targets[b[p.b]]
			}
		}
	}
	return out
}

// group is the Markdown text a block belongs to, "" for a plain field.
func group(b portal.Block) string {
	if !b.Markdown {
		return ""
	}
	return b.Key[:strings.LastIndexByte(b.Key, '.')]
}

// distance is the cost of taking two blocks of different languages for each
// other: by their kind, their length, and the numbers and addresses in them.
func distance(a, b portal.Block) float64 {
	if a.Kind != b.Kind {
		return 3
	}
	cost := 0.1
	if a.Mark != b.Mark {
		cost = 1.7
	}
	x, y := float64(len([]rune(a.Text))), float64(len([]rune(b.Text)))
	cost += 0.4 * (1 - min(x, y)/max(x, y, 1))
	if na, nb := anchors(a.Text), anchors(b.Text); na+nb != "" {
		cost += 0.45 * (1 - likeness(na, nb))
	}
	return cost
}

// anchors are what stays the same in every language: figures and addresses.
func anchors(s string) string { return strings.Join(anchor.FindAllString(s, -1), " ") }

var anchor = regexp.MustCompile(`\]\([^) ]*|https?://[^\s)]*|[0-9]+`)

// note tells a translator what a text is.
func note(source *portal.Document, b portal.Block) string {
	parts := strings.Split(b.Key, ".")
	if parts[0] == "body" {
		return "text" + kindNote(b)
	}
	out := strings.Join(parts, " ")
	if f := portal.TypeByName(source.Type).Field(strings.ReplaceAll(parts[0], "_", " ")); f == nil {
		if f = portal.TypeByName(source.Type).Field(parts[0]); f != nil && f.Doc != "" {
			out += ": " + f.Doc
		}
	} else if f.Doc != "" {
		out += ": " + f.Doc
	}
	return out + kindNote(b)
}

func kindNote(b portal.Block) string {
	mark := strings.TrimSpace(b.Mark)
	switch {
	case b.Kind == markdown.Code:
		return ", a block of code"
	case b.Kind == markdown.RawHTML:
		return ", HTML"
	case strings.HasSuffix(mark, "#"):
		return ", a heading"
	case strings.HasSuffix(mark, "|"):
		return ", a cell of a table"
	case strings.HasSuffix(mark, "-"), strings.HasSuffix(mark, "1."):
		return ", an item of a list"
	case strings.HasSuffix(mark, "!"):
		return ", said when the answer is missing or wrong"
	}
	return ""
}
