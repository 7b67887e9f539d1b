package markdown

import (
	"bytes"
	"strconv"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The parsers are made once and shared; goldmark's are safe for concurrent use.
var (
	// bodyParser reads whole bodies, plainParser those without a bare address: looking
	// for one at every word is a fifth of the work.
	bodyParser  = sync.OnceValue(func() parser.Parser { return newBodyParser(bareAddresses()) })
	plainParser = sync.OnceValue(func() parser.Parser { return newBodyParser() })

	// blockParser finds the blocks of a body and leaves their text alone.
	blockParser = sync.OnceValue(func() parser.Parser {
		return parser.NewParser(
			parser.WithBlockParsers(blockParsers()...),
			parser.WithParagraphTransformers(paragraphTransformers()...),
		)
	})

	// lineParser reads one-line fields, in which nothing starts a block.
	lineParser = sync.OnceValue(func() parser.Parser {
		return parser.NewParser(
			parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
			parser.WithInlineParsers(append(inlineParsers(), bareAddresses())...),
		)
	})
)

func newBodyParser(more ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(blockParsers()...),
		parser.WithInlineParsers(append(append(inlineParsers(),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewFootnoteParser(), 101),
		), more...)...),
		parser.WithParagraphTransformers(paragraphTransformers()...),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// mayHoldAddress looks for all that goldmark takes for the start of an address.
func mayHoldAddress(body []byte) bool {
	for _, mark := range [...]string{"http:", "https:", "ftp:", "www.", "@"} {
		if bytes.Contains(body, []byte(mark)) {
			return true
		}
	}
	return false
}

func blockParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(parser.WithHeadingAttribute()), 100),
		util.Prioritized(extension.NewDefinitionListParser(), 101),
		util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(parser.WithHeadingAttribute()), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(extension.NewFootnoteBlockParser(), 999),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
}

func paragraphTransformers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
		util.Prioritized(extension.NewTableParagraphTransformer(), 200),
	}
}

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(templateTagParser{}, 50),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewTypographerParser(extension.WithTypographicSubstitutions(typographicMarks)), 9999),
	}
}

func bareAddresses() util.PrioritizedValue {
	return util.Prioritized(extension.NewLinkifyParser(), 999)
}

// typographicMarks are what the shared parser leaves in place of quotation
// marks and dashes: one byte each, which the renderer turns into the marks of
// the document's language. Guillemets are left as typed.
var typographicMarks = extension.TypographicSubstitutions{
	extension.LeftDoubleQuote: {1}, extension.RightDoubleQuote: {2},
	extension.LeftSingleQuote: {3}, extension.RightSingleQuote: {4},
	extension.Apostrophe: {5}, extension.EnDash: {6}, extension.EmDash: {7}, extension.Ellipsis: {8},
	extension.LeftAngleQuote: nil, extension.RightAngleQuote: nil,
}

// mark returns the text for one of typographicMarks. Without quotes of its own
// a text keeps what was typed.
func (r *renderer) mark(b byte) string {
	q := r.opt.Quotes
	if q[0] == "" {
		return [...]string{"", `"`, `"`, "'", "'", "'", "--", "---", "..."}[b]
	}
	return [...]string{"", q[0], q[1], q[2], q[3], "’", "–", "—", "…"}[b]
}

// templateTagParser keeps the tags of other generators, {{ x }} and {% x %},
// whole and as text: nothing inside is Markdown of ours.
type templateTagParser struct{}

func (templateTagParser) Trigger() []byte { return []byte{'{'} }

func (templateTagParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, seg := block.PeekLine()
	n := templateTag(line)
	if n == 0 {
		return nil
	}
	block.Advance(n)
	return &templateNode{at: seg.Start, value: line[:n]}
}

// templateNode is a tag of another generator in the text.
type templateNode struct {
	ast.BaseInline
	at    int
	value []byte
}

var kindTemplateTag = ast.NewNodeKind("TemplateTag")

func (n *templateNode) Kind() ast.NodeKind { return kindTemplateTag }

func (n *templateNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// templateTag returns the length of the template tag at the start of a line, or 0.
func templateTag(line []byte) int {
	for _, pair := range [...][2]string{{"{{", "}}"}, {"{%", "%}"}} {
		if bytes.HasPrefix(line, []byte(pair[0])) {
			if end := bytes.Index(line, []byte(pair[1])); end > 0 {
				return end + 2
			}
		}
	}
	return 0
}

// templateTags counts the tags of other generators: one diagnostic a file.
type templateTags struct {
	count, first, length int
	imports, firstImport int
}

func (r *renderer) countTag(off, n int) {
	if r.tags.count == 0 {
		r.tags.first, r.tags.length = off, n
	}
	r.tags.count++
}

// countImport notices a paragraph which is an import or export line of MDX.
func (r *renderer) countImport(line []byte, off int) {
	if !(bytes.HasPrefix(line, []byte("import ")) && bytes.Contains(line, []byte("from ")) && bytes.ContainsAny(line, `"'`) ||
		bytes.HasPrefix(line, []byte("export default ")) || bytes.HasPrefix(line, []byte("export const "))) {
		return
	}
	if r.tags.imports == 0 {
		r.tags.firstImport = off
	}
	r.tags.imports++
}

func (r *renderer) reportTemplateTags() {
	if r.tags.count > 0 {
		tag := r.src[r.tags.first:min(len(r.src), r.tags.first+r.tags.length)]
		r.report("markdown/template-tag", r.tags.first, r.tags.length, "tag", shorten(string(tag), 40), "count", strconv.Itoa(r.tags.count))
	}
	if r.tags.imports > 0 {
		r.report("markdown/mdx", r.tags.firstImport, 6, "count", strconv.Itoa(r.tags.imports))
	}
}
