package form

import (
	"bytes"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

// TestScriptWeight: all of the script, minified and compressed as a file that many
// pages share, has at most 8 KB.
func TestScriptWeight(t *testing.T) {
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	small, err := m.String("text/javascript", Script())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	w.Write([]byte(small))
	w.Close()
	t.Logf("%d bytes, minified %d, brotli %d", len(Script()), len(small), b.Len())
	if b.Len() > 8192 {
		t.Errorf("the script has %d bytes", b.Len())
	}
	f := vectorForms(t)["parking"]
	b.Reset()
	w = brotli.NewWriterLevel(&b, brotli.BestCompression)
	w.Write(Client(f, English, nil, SchemaName(f)))
	w.Close()
	t.Logf("rules and messages of the parking form: %d bytes, brotli %d; its conditions as style: %d", len(Client(f, English, nil, "")), b.Len(), len(RevealCSS(f)))
}
