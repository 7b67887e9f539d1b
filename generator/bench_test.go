package generator_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"belfry/generator"
	"belfry/generator/tree"
)

// benchServices is how many services the made-up portal of the benchmarks has,
// in three languages each.
const benchServices = 300

// madeUp returns a portal of n services in three languages, or the one that
// BELFRY_BENCH names: bodies of sections, lists and a table, facts as a town
// writes them, links from each service to three others.
func madeUp(tb testing.TB, n int) *tree.Tree {
	tb.Helper()
	if dir := os.Getenv("BELFRY_BENCH"); dir != "" {
		source, _, err := tree.Read(dir, tree.Options{Skip: []string{"public"}})
		if err != nil {
			tb.Fatal(err)
		}
		return source
	}
	dice := rand.New(rand.NewPCG(10, uint64(n)))
	word := func() string {
		const vowels, consonants = "aeiou", "bdfgklmnprstvz"
		var b strings.Builder
		for range 2 + dice.IntN(3) {
			b.WriteByte(consonants[dice.IntN(len(consonants))])
			b.WriteByte(vowels[dice.IntN(len(vowels))])
		}
		return b.String()
	}
	vocabulary := make([]string, 3000)
	for i := range vocabulary {
		vocabulary[i] = word()
	}
	words := func(n int) string {
		out := make([]string, n)
		for i := range out {
			out[i] = vocabulary[int(float64(len(vocabulary))*dice.Float64()*dice.Float64())]
		}
		return strings.Join(out, " ")
	}
	texts := map[string]string{"portal.yaml": "name: Made up\ncountry: BG\nlanguages: [en, ro, bg]\nbase_url: https://made-up.example/\nauthority: hall\narea: Made up\n"}
	for i := range 8 {
		texts[fmt.Sprintf("topics/t%d.md", i)] = fmt.Sprintf("---\ntitle: Topic %d\ndescription: %s.\n---\n", i, words(6))
	}
	texts["offices/hall.md"] = "---\ntitle: Town hall\naddress: 1 Main Street\nphone: \"+359 2 000 000\"\nhours: Mo-Fr 08:30-17:00\n---\n"
	for i := range n {
		body := func() string {
			var b strings.Builder
			for range 5 {
				fmt.Fprintf(&b, "\n## %s\n\n%s. %s.\n", words(3), words(40), words(30))
			}
			fmt.Fprintf(&b, "\n- %s\n- **%s** %s\n\n| %s | %s |\n| --- | ---: |\n| %s | 25 |\n\n", words(8), words(1), words(6), word(), word(), words(2))
			for range 3 {
				fmt.Fprintf(&b, "- [%s](service:s%04d)\n", words(3), dice.IntN(n))
			}
			return b.String()
		}
		name := fmt.Sprintf("services/s%04d", i)
		texts[name+".md"] = fmt.Sprintf("---\ntitle: %s %d\ndescription: %s.\ntopics: [t%d]\naudience: [citizen]\nprocessing_time: %d working days\ncost:\n  - amount: %d EUR\nchannels:\n  - type: in-person\n    office: hall\nevidence:\n  - name: %s\n---\n%s",
			words(3), i, words(10), i%8, 1+i%20, i%50, words(3), body())
		for _, lang := range []string{"ro", "bg"} {
			texts[name+"."+lang+".md"] = fmt.Sprintf("---\ntitle: %s %d\ndescription: %s.\n---\n%s", words(3), i, words(10), body())
		}
	}
	return tree.FromMap(texts)
}

// nowhere takes files and forgets them.
type nowhere struct{}

func (nowhere) Write(string, []byte) error { return nil }

// BenchmarkBuild makes a whole portal with its search index; the figures per
// page are what a change is judged by.
func BenchmarkBuild(b *testing.B) {
	source := madeUp(b, benchServices)
	pages := 0
	b.ReportAllocs()
	for b.Loop() {
		report, err := generator.Build(context.Background(), source, generator.Options{At: noon}, nowhere{})
		if err != nil || report.Failed() {
			b.Fatal(err, report.Diagnostics)
		}
		pages += report.Pages
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(pages), "µs/page")
}

// BenchmarkTiny makes a portal of one service: what every portal costs, however
// small it is.
func BenchmarkTiny(b *testing.B) {
	source := madeUp(b, 1)
	if os.Getenv("BELFRY_BENCH") != "" {
		b.Skip("another portal")
	}
	for b.Loop() {
		if _, err := generator.Build(context.Background(), source, generator.Options{At: noon}, nowhere{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPrepare runs the stages up to plan, as serve does at its start.
func BenchmarkPrepare(b *testing.B) {
	source := madeUp(b, benchServices)
	for b.Loop() {
		if plan := generator.Prepare(source, generator.Options{At: noon}); plan.Portal == nil {
			b.Fatal(plan.Faults())
		}
	}
}

// BenchmarkEdit changes one sentence and shows its page: what the webmaster
// waits for. BELFRY_BENCH names a portal of any size.
func BenchmarkEdit(b *testing.B) {
	for _, kind := range []string{"words", "title", "new"} {
		b.Run(kind, func(b *testing.B) {
			source := madeUp(b, benchServices)
			opt := generator.Options{At: noon, SkipBroken: true, Serve: true}
			plan := generator.Prepare(source, opt)
			var name string
			for _, f := range source.Under("services") {
				name = f.Path
				break
			}
			f, _ := source.Get(name)
			raw, err := f.Bytes()
			if err != nil {
				b.Fatal(err)
			}
			shown := ""
			for _, page := range plan.Pages {
				if page.Item != nil && page.Item.Text.File == name && page.Lang == page.Item.Text.Lang {
					shown = page.Path
				}
			}
			for i := 0; b.Loop(); i++ {
				text := string(raw)
				switch kind {
				case "words":
					text += fmt.Sprintf("\nSentence %d.\n", i)
				case "title":
					text = strings.Replace(text, "title: ", fmt.Sprintf("title: N%d ", i), 1)
				case "new":
					source = source.With(tree.NewFile(fmt.Sprintf("services/new-%d.md", i), fmt.Appendf(nil, "---\ntitle: New %d\n---\n", i)))
				}
				source = source.With(tree.NewFile(name, []byte(text)))
				plan = plan.Next(source, opt)
				if _, _, ok, err := plan.File(shown); !ok || err != nil {
					b.Fatal(ok, err)
				}
			}
		})
	}
}
