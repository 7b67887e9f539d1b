package translate

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"belfry/generator/portal"
)

// Skeleton is a new translation to be filled in: the source's texts to be
// overwritten, each field and each block of the body with the source beside it
// in a comment, and draft: true, so that nothing of it is published before it is
// done. It holds no facts. note is the first comment, in the writer's language.
func Skeleton(it Item, note string) []byte {
	doc := Prepare(Item{Entity: it.Entity, Lang: it.Lang, File: it.File})
	source := it.Entity.Source
	var b strings.Builder
	b.WriteString("---\n")
	for line := range strings.Lines(note) {
		b.WriteString("# " + strings.TrimRight(line, "\n") + "\n")
	}
	b.WriteString("draft: true\ntranslated_from: " + doc.Stamp + "\n")
	t := texting{portal.TypeByName(it.Entity.Type).Fields, source.Fields}
	done := map[string]bool{}
	for i := range doc.Units {
		name := top(doc.Units[i].Key)
		if name == "body" || done[name] {
			continue
		}
		done[name] = true
		f := fieldOf(t.fields, name)
		record := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		value := member(record, f.Name)
		for j := i; j < len(doc.Units); j++ {
			u := &doc.Units[j]
			switch {
			case top(u.Key) != name:
			case name == "keywords":
				var words []string
				for _, v := range source.Fields.Get("keywords").List {
					words = append(words, v.Text)
				}
				setList(value, words)
			case u.Source.Markdown:
				t.put(record, fieldKey(u), valueAt(source.Fields, &u.Source))
			default:
				t.put(record, u.Key, u.Source.Text)
			}
		}
		if f.Many && name != "keywords" {
			fill(value, f, source.Fields.Get(f.Name))
		}
		out, ok := lines(f.Name, value)
		if !ok {
			continue // what YAML cannot write is left to the source
		}
		b.WriteString("\n")
		for line := range strings.Lines(out) {
			b.WriteString("# " + line)
		}
		b.WriteString(out)
	}
	b.WriteString("---\n")
	body := string(source.Body.Text)
	if it.Entity.Type == "form" {
		body = textsOnly(body)
	}
	for i, o := range outermosts(body) {
		if o.to <= o.from {
			continue
		}
		if i > 0 {
			b.WriteString("\n")
		}
		text := body[o.from:o.to]
		if !strings.HasPrefix(text, "<!--") {
			b.WriteString("<!-- " + strings.NewReplacer("--", "- -", "[", "(", "]", ")").Replace(text) + " -->\n\n")
		}
		b.WriteString(text + "\n")
	}
	return []byte(b.String())
}
