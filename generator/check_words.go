package generator

import (
	"errors"
	"slices"

	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/generator/review"
	"belfry/generator/tree"
	"go.yaml.in/yaml/v4"
)

// wordsFile lists, by language, what people search for.
const wordsFile = "search-words.yaml"

// readWords reads search-words.yaml. A portal need not have one.
func readWords(source *tree.Tree, config *portal.Config) ([]review.Word, diag.List) {
	file, ok := source.Get(wordsFile)
	if !ok {
		return nil, nil
	}
	whole := diag.Pos{File: wordsFile, Line: 1}
	raw, err := file.Bytes()
	if err != nil {
		return nil, diag.List{diag.New("file/unreadable", whole, "reason", err.Error())}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		var bad *yaml.LoadError
		if errors.As(err, &bad) {
			whole.Line = max(1, bad.Mark.Line)
		}
		return nil, diag.List{diag.New("check/search-words", whole)}
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	var faults diag.List
	var words []review.Word
	place := func(n *yaml.Node) diag.Pos { return diag.Pos{File: wordsFile, Line: n.Line, Col: n.Column} }
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, diag.List{diag.New("check/search-words", place(root))}
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, list := root.Content[i], root.Content[i+1]
		if !slices.Contains(config.Languages, key.Value) {
			faults.Add("check/search-words-language", place(key), "language", key.Value)
			continue
		}
		if list.Kind != yaml.SequenceNode {
			faults.Add("check/search-words", place(list))
			continue
		}
		for _, n := range list.Content {
			if n.Kind != yaml.ScalarNode || n.Value == "" {
				faults.Add("check/search-words", place(n))
				continue
			}
			at := place(n)
			at.Len = len([]rune(n.Value))
			words = append(words, review.Word{Lang: key.Value, Text: n.Value, At: at})
		}
	}
	return words, faults
}
