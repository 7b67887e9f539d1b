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
// space and a capital letter or a digit, but not behind a short word such as
// чл., art. or str., an initial or a number.
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

// abbreviation reports whether a word with a full stop is likely cut short: at
// most three letters (чл., art., str., ул.), an initial, or an ordinal.
func abbreviation(w string) bool {
	w = strings.TrimRight(w, ".")
	w = w[strings.LastIndexAny(w, "(„“\"-./")+1:]
	letters := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
	return utf8.RuneCountInString(letters) <= 3 && strings.ContainsFunc(w, unicode.IsLetter) && !voweled(letters)
}

// voweled are whole words of at most three letters that often end a sentence.
func voweled(w string) bool {
	switch strings.ToLower(w) {
	case "той", "тя", "то", "те", "ни", "ви", "им", "му", "ден", "час", "дом", "път", "нея", "вас", "нас", "тук", "там", "да", "не",
		"it", "us", "you", "day", "one", "two", "too", "fee", "tax", "out", "up", "in", "on", "so", "do", "no", "yes", "now", "way", "use", "pay", "dog",
		"zi", "an", "ani", "ele", "ei", "el", "ea", "nou", "noi", "voi", "da", "nu", "aici", "loc", "act", "zile", "lui", "lor":
		return true
	}
	return false
}

// wordsOf are the words of a text: runs of letters and digits, with what joins
// them.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && r != '-' && r != '’' && r != '\''
	})
}
