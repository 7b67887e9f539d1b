package generator

import (
	"encoding/json"
	"iter"
	"path"
	"slices"
	"strings"
	"sync"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/portal"
	"belfry/generator/render"
	"belfry/search"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
	"go.yaml.in/yaml/v4"
)

// searchDir is the folder of the index below the portal's root.
const searchDir = "search"

// synonymsFile holds sets of words that mean the same, by language.
const synonymsFile = "synonyms.yaml"

// enoughWords is how many words must have been kept aside for their score to
// say anything: a small portal has too few to learn its language from, and its
// own words are found exactly all the same.
const enoughWords = 1000

// Search builds the index of one language over the pages that have a text in
// it; a page that only shows another language's text is found there.
func (p *Plan) Search(site *render.Site) (search.Result, error) {
	var docs iter.Seq[search.Document] = func(yield func(search.Document) bool) {
		for _, it := range site.Items {
			if site.Homeless[it.Entity] || it.Fallback || it.Type == "listing" {
				continue
			}
			text, headings := p.text(site, it)
			if !yield(site.Found(it, text, headings)) {
				return
			}
		}
	}
	return search.Build(site.Lang, docs, search.Options{Synonyms: p.synonyms[site.Lang], Dir: searchDir})
}

// searchFile is one file of the index, for serve. The index of a language is
// made when its entry is first asked for; its other files exist from then on.
func (p *Plan) searchFile(name string) ([]byte, bool, error) {
	p.mu.Lock()
	if p.indexes == nil {
		p.indexes = map[string]func() ([]search.File, error){}
		for _, site := range p.Sites {
			p.indexes[site.Lang] = sync.OnceValues(func() ([]search.File, error) {
				r, err := p.Search(site)
				return r.Files, err
			})
		}
	}
	indexes := p.indexes
	p.mu.Unlock()
	for _, site := range p.Sites {
		if entry := searchDir + "/" + site.Lang + ".js"; !ContentNamed(name) && name != entry {
			continue
		}
		files, err := indexes[site.Lang]()
		if err != nil {
			return nil, false, err
		}
		for _, f := range files {
			if f.Name == name {
				return f.Data, true, nil
			}
		}
	}
	return nil, false, nil
}

// pageText is what rendering found of an item's words.
type pageText struct {
	text     string
	headings []string
}

// text is the plain text of an item's page: what rendering has kept, else made
// anew.
func (p *Plan) text(site *render.Site, it *portal.Item) (string, []string) {
	p.mu.Lock()
	kept := p.texts[it]
	delete(p.texts, it) // nobody asks twice
	p.mu.Unlock()
	var out pageText
	for _, page := range site.PagesOf(it) {
		r, ok := kept[page.N]
		if !ok {
			view, _ := site.View(page)
			r = textOf(view.Convert())
		}
		out.text += r.text
		out.headings = append(out.headings, r.headings...)
	}
	return out.text, out.headings
}

func textOf(r render.Result) pageText {
	t := pageText{text: r.Text}
	for _, h := range r.Heading {
		t.headings = append(t.headings, h.Text)
	}
	return t
}

// keep remembers the text of a rendered page until the index is built.
func (p *Plan) keep(page Page, r render.Result) {
	if page.Item == nil || page.Item.Fallback || page.Item.Type == "listing" || page.Layout == "topic" || page.Layout == "form-sent" || page.Layout == "directory" && page.N > 1 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.texts[page.Item] == nil {
		p.texts[page.Item] = map[int]pageText{}
	}
	p.texts[page.Item][page.N] = textOf(r)
}

// writeSearch hands the index of a language to the sink.
func (p *Plan) writeSearch(site *render.Site, sink Sink) (diag.List, error) {
	var faults diag.List
	result, err := p.Search(site)
	if err != nil {
		return nil, err
	}
	if p.indexed != nil {
		p.indexed(site.Lang, result.Index)
	}
	r := result.Report
	if r.Tried >= enoughWords && r.Exact < r.Floor {
		faults.Add("search/endings", diag.Pos{File: portal.File}, "language", r.Lang, "exact", percent(r.Exact), "floor", percent(r.Floor))
	}
	for _, f := range result.Files {
		p.mu.Lock()
		p.Report.Bytes += int64(len(f.Data))
		p.mu.Unlock()
		if err := sink.Write(f.Name, f.Data); err != nil {
			return nil, err
		}
	}
	return faults, nil
}

func percent(f float64) string { return strings.TrimSuffix(kilobytes(int(f*100*1024+.5)), ".0") }

// readSynonyms reads synonyms.yaml: for each language a list of sets of words.
func (p *Plan) readSynonyms(config *portal.Config) (map[string][][]string, diag.List) {
	synonyms := map[string][][]string{}
	file, ok := p.source.Get(synonymsFile)
	if !ok {
		return synonyms, nil
	}
	var faults diag.List
	raw, err := file.Bytes()
	if err != nil {
		faults.Add("file/unreadable", diag.Pos{File: synonymsFile}, "reason", err.Error())
		return synonyms, faults
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		faults.Add("front-matter/syntax", diag.Pos{File: synonymsFile, Line: 1}, "what", err.Error())
		return synonyms, faults
	}
	if len(doc.Content) == 0 {
		return synonyms, nil
	}
	root := doc.Content[0]
	for i := 0; i+1 < len(root.Content) && root.Kind == yaml.MappingNode; i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if !slices.Contains(config.Languages, key.Value) {
			faults.Add("search/synonym-language", diag.Pos{File: synonymsFile, Line: key.Line, Col: key.Column}, "language", key.Value)
			continue
		}
		var sets [][]string
		if err := value.Decode(&sets); err != nil {
			faults.Add("search/synonyms", diag.Pos{File: synonymsFile, Line: value.Line, Col: value.Column})
			continue
		}
		synonyms[key.Value] = sets
	}
	if root.Kind != yaml.MappingNode {
		faults.Add("search/synonyms", diag.Pos{File: synonymsFile, Line: root.Line, Col: root.Column})
	}
	return synonyms, faults
}

// engines are the scripts that search, one a language: the engine, what it says
// to the reader, and the style it brings along.
func engines(languages []string, messages map[string]*locale.Messages, sheet string) map[string]render.File {
	engine := engineScript()
	out := map[string]render.File{}
	for _, lang := range languages {
		texts := render.SearchTexts(lang, messages[lang])
		texts["sheet"] = path.Base(sheet)
		raw, err := json.Marshal(texts)
		if err != nil {
			panic("generator: the search's texts: " + err.Error())
		}
		code := []byte("window.belfry_texts=" + string(raw) + ";" + engine)
		out[lang] = render.File{Path: "assets/search-" + lang + "-" + short(code) + ".js", Make: func() []byte { return code }}
	}
	return out
}

var engineScript = sync.OnceValue(func() string {
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	engine, err := m.String("text/javascript", search.EngineScript())
	if err != nil {
		panic("generator: the search script: " + err.Error())
	}
	return engine
})
