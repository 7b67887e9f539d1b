package translate

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"belfry/generator/form"
	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// span is where a block's words stand in the text it was found in.
func span(b *portal.Block) (from, to int) { return b.Lines[0].From, b.Lines[len(b.Lines)-1].To }

// compose writes a Markdown text with the words of its blocks replaced: marks,
// fences, rules and everything else stay. Blocks without a text keep theirs.
func compose(text string, blocks []portal.Block, texts map[string]string, isForm bool) string {
	var b strings.Builder
	at := 0
	for i := range blocks {
		words, ok := texts[blocks[i].Key]
		if !ok || words == "" || len(blocks[i].Lines) == 0 {
			continue
		}
		from, to := span(&blocks[i])
		b.WriteString(text[at:from])
		b.WriteString(written(&blocks[i], text, words))
		at = to
	}
	b.WriteString(text[at:])
	if isForm {
		return textsOnly(b.String())
	}
	return b.String()
}

// textsOnly leaves of each bracket of a form what a translation repeats: the
// name. Rules, types and conditions are facts.
func textsOnly(body string) string {
	lines := strings.Split(body, "\n")
	for i, line := range lines {
		lead := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		words, name, ok := form.Bracket(line)
		switch {
		case !ok:
		case strings.HasPrefix(strings.TrimSpace(line), "#"):
			lines[i] = lead + strings.TrimSpace(line)[:words]
		default:
			lines[i] = lead + strings.TrimSpace(line)[:words] + " [" + name + "]"
		}
	}
	return strings.Join(lines, "\n")
}

// written is a text as it stands in the place of a block's words.
func written(b *portal.Block, text, words string) string {
	first := b.Lines[0].From
	prefix := text[strings.LastIndexByte(text[:first], '\n')+1 : first]
	if len(b.Lines) > 1 && b.Kind != markdown.Code {
		second := b.Lines[1].From
		prefix = text[strings.LastIndexByte(text[:second], '\n')+1 : second]
	}
	prefix = strings.Map(func(r rune) rune { // the marks of the first line are not repeated
		if r == '>' || r == '\t' {
			return r
		}
		return ' '
	}, prefix)
	if b.Kind != markdown.Words {
		return strings.ReplaceAll(words, "\n", "\n"+prefix)
	}
	words = strings.ReplaceAll(guarded(b, words), "\n", "\\\n")
	if len(b.Lines) > 1 && !strings.Contains(words, "\n") {
		width := 0
		for _, l := range b.Lines {
			width = max(width, utf8.RuneCountInString(text[l.From:l.To]))
		}
		words = wrapped(words, width)
	}
	return strings.ReplaceAll(words, "\n", "\n"+prefix)
}

// wrapped breaks a paragraph into lines as its author did. No line begins with
// what would begin another block.
func wrapped(words string, width int) string {
	var out strings.Builder
	n := 0
	for i, w := range strings.Split(words, " ") {
		size := utf8.RuneCountInString(w)
		switch {
		case i == 0:
		case n+1+size > width && !starts.MatchString(w+" "):
			out.WriteByte('\n')
			n = 0
		default:
			out.WriteByte(' ')
			n++
		}
		out.WriteString(w)
		n += size
	}
	return out.String()
}

// guarded is a text that reads back as the kind of block it is to be: what would
// begin a list, a heading or a cell is escaped.
func guarded(b *portal.Block, words string) string {
	if !b.Markdown || b.Kind != markdown.Words {
		return words
	}
	mark := strings.TrimRight(b.Mark, " ")
	switch {
	case strings.HasSuffix(mark, "|"):
		words = bare.ReplaceAllString(strings.ReplaceAll(words, "\n", " "), `$1\|`)
	case strings.HasSuffix(mark, "#"):
		return strings.ReplaceAll(words, "\n", " ")
	}
	lines := strings.Split(words, "\n")
	for i, l := range lines {
		if m := starts.FindStringSubmatchIndex(l); m != nil {
			at := max(m[2], 0)
			if m[4] >= 0 {
				at = m[4]
			}
			lines[i] = l[:at] + `\` + l[at:]
		}
	}
	return strings.Join(lines, "\n")
}

var (
	// starts is what begins another block: the place of its mark, or of the
	// point behind a number.
	starts = regexp.MustCompile("^(?:(#{1,6}(?:\\s|$)|[-+*](?:\\s|$)|>|={2,}\\s*$|-{2,}\\s*$|~~~|```)|\\d{1,9}([.)])(?:\\s|$))")
	// bare is a stroke that would end a cell.
	bare = regexp.MustCompile(`((?:^|[^\\])(?:\\\\)*)\|`)
)

// outermost is a range of lines of a body: one of its outermost blocks.
type outermost struct{ from, to int }

// outermosts are the byte ranges of the outermost blocks of a body, blank lines
// behind them left out.
func outermosts(body string) []outermost {
	_, tops := markdown.Texts([]byte(body))
	out := make([]outermost, len(tops))
	for i, from := range tops {
		to := len(body)
		if i+1 < len(tops) {
			to = max(from, tops[i+1])
		}
		out[i] = outermost{from, from + len(strings.TrimRight(body[from:to], " \t\n"))}
	}
	return out
}

// composeTop writes one outermost block of the source with translated words.
func composeTop(body string, range_ outermost, blocks []portal.Block, texts map[string]string, isForm bool) string {
	var own []portal.Block
	for _, b := range blocks {
		if len(b.Lines) == 0 {
			continue
		}
		if from, to := span(&b); from >= range_.from && to <= range_.to {
			b.Lines = slices.Clone(b.Lines)
			for i := range b.Lines {
				b.Lines[i].From -= range_.from
				b.Lines[i].To -= range_.from
			}
			own = append(own, b)
		}
	}
	return compose(body[range_.from:range_.to], own, texts, isForm)
}
