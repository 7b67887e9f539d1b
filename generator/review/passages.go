package review

// This file takes the running text out of a document: paragraphs and items of
// lists, without headings, tables, code and addresses, cut into sentences.

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"belfry/generator/portal"
)

// passage is one paragraph or item, its words plain, and the line it begins on.
type passage struct {
	text string
	line int
}

var (
	item       = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)])\s+`)
	linkMarks  = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`)
	tagMarks   = regexp.MustCompile(`<[^>]*>`)
	definition = regexp.MustCompile(`^\s*\[[^\]]+\]:`)
)

// passages are the running texts of a document: its body and the Markdown
// texts of its fields.
func passages(d *portal.Document) []passage {
	var out []passage
	for _, f := range portal.TypeByName(d.Type).Fields {
		v := d.Fields.Get(f.Name)
		if f.Kind != portal.Markdown || !f.Text {
			continue
		}
		for _, one := range append([]portal.Value{v}, v.List...) {
			if one.Text != "" {
				out = append(out, cut(one.Text, one.At.Line)...)
			}
		}
	}
	if d.Type == "form" {
		return out // its body is a list of questions
	}
	return append(out, cut(string(d.Body.Text), d.Body.Line)...)
}

func cut(text string, line int) []passage {
	var out []passage
	var block []string
	start, fenced := line, false
	flush := func() {
		if s := plain(strings.Join(block, " ")); s != "" {
			out = append(out, passage{s, start})
		}
		block = nil
	}
	for n, l := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(l)
		switch {
		case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
			flush()
			fenced = !fenced
			continue
		case fenced:
			continue
		case trimmed == "", strings.HasPrefix(trimmed, "#"), strings.HasPrefix(trimmed, "|"), strings.HasPrefix(trimmed, "<"), strings.HasPrefix(trimmed, ":::"), definition.MatchString(l):
			flush()
			continue
		case item.MatchString(l):
			flush()
			l = item.ReplaceAllString(l, "")
		}
		if block == nil {
			start = line + n
		}
		block = append(block, strings.TrimLeft(l, "> \t"))
	}
	flush()
	return out
}

// plain takes the marks out of Markdown.
func plain(md string) string {
	md = linkMarks.ReplaceAllString(md, "$1")
	md = tagMarks.ReplaceAllString(md, "")
	md = strings.NewReplacer("**", "", "__", "", "`", "", "*", "", "\\", "").Replace(md)
	return strings.Join(strings.Fields(md), " ")
}

// sentences cuts a passage where a sentence ends: at . ! ? … or ; before a
// space and a capital letter or a digit, but not behind a word cut short, such
// as чл., art. or str., and not behind an initial.
func sentences(text string) []string {
	var out []string
	from := 0
	words := strings.SplitAfter(text, " ")
	at := 0
	for i, w := range words {
		at += len(w)
		if i+1 == len(words) {
			break
		}
		bare := strings.TrimRight(strings.TrimSpace(w), "”“\"»’)")
		if bare == "" {
			continue
		}
		end, _ := utf8.DecodeLastRuneInString(bare)
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(words[i+1], "„“\"«(‘"))
		begins := unicode.IsUpper(next) || unicode.IsDigit(next) || unicode.Is(unicode.Lo, next)
		ends := strings.ContainsRune("!?…;؟।。", end) || end == '.' && !abbreviation(bare)
		if ends && (begins || end == ';') {
			out = append(out, strings.TrimSpace(text[from:at]))
			from = at
		}
	}
	return append(out, strings.TrimSpace(text[from:]))
}

// cutShort are words cut short that a name, a number or a title follows, so that
// the full stop behind them ends nothing, in the languages of the portals. What
// stands behind a number (г., лв., ч.) may end a sentence and is not here.
const cutShort = " чл ал т пар ул бул пл гр с жк бл вх ет ап инж арх проф доц д-р др тел напр вж св ст п вул бр кл кв проф г-н г-жа" +
	" art arts alin nr str bd bul pct lit dl dna d-na dr ing arh prof sc ap et bl jud com tel ex par" +
	" no nos st ave mr mrs ms eg ie cf sec para approx čl ul npr sv gl mr br" +
	" núm sr sra pág av avda mme mm tél bzw ca abs ggf evtl inkl z.b u.a d.h dott sig sig.ra pag es ust np tzn kb vb md sok cad mah αρ παρ κ κα τηλ "

// abbreviation reports whether a word with a full stop is cut short, or an
// initial, or an ordinal.
func abbreviation(w string) bool {
	w = strings.ToLower(strings.TrimLeft(strings.TrimRight(w, "."), "(„“\"«"))
	switch n := utf8.RuneCountInString(w); {
	case n == 0:
		return false
	case n == 1: // an initial; a unit behind a number is none
		r, _ := utf8.DecodeRuneInString(w)
		return unicode.IsLetter(r) && w != "г" && w != "ч"
	}
	return strings.Contains(cutShort, " "+w+" ")
}

// wordsOf are the words of a text: runs of letters and digits, with what joins
// them.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && r != '-' && r != '’' && r != '\''
	})
}
