package search

import (
	"bytes"
	"os"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

func minified(t testing.TB, src string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (&js.Minifier{}).Minify(minify.New(), &b, bytes.NewReader([]byte(src)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func compressed(b []byte) int { return len(brotlied(b)) }

func brotlied(b []byte) []byte {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotli.BestCompression)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// TestEngineBudget: the script must stay light; 8 KB compressed is the aim,
// 10 KB the limit.
func TestEngineBudget(t *testing.T) {
	src := EngineScript()
	min := minified(t, src)
	if out := os.Getenv("SEARCH_OUT"); out != "" {
		if err := os.WriteFile(out, min, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("loader: %d brotli; core alone: %d brotli", compressed(minified(t, LoaderScript())), compressed(minified(t, inflateScript+coreScript)))
	n := compressed(min)
	t.Logf("engine: %d bytes written, %d minified, %d brotli", len(src), len(min), n)
	if n > 10<<10 {
		t.Errorf("engine: %d bytes compressed, limit %d", n, 10<<10)
	}
}
