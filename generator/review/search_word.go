package review

import "belfry/generator/diag"

// searchWord: what people search for is found. The list is the town's own:
// what is asked at the counter, on the telephone, or found in last year's logs.
func searchWord(in *Input, tell func(diag.Pos, ...string)) {
	if in.Finds == nil {
		return
	}
	for _, w := range in.Words {
		if in.Finds(w.Lang, w.Text) == 0 {
			tell(w.At, "word", w.Text, "lang", w.Lang)
		}
	}
}
