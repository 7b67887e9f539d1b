package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strconv"

	"belfry/generator/diag"
	"github.com/andybalholm/brotli"
)

// longText is the size in bytes from which a page's text is weighed: weighing
// costs more than rendering, and no shorter text was seen to pass firstResponse.
const longText = 12_000

// firstResponse is what fits into the first round trips of a slow line:
// headers and page, compressed (TCP's initial window of 10 segments).
const firstResponse = 13 * 1024

// headers is room for the response's headers.
const headers = 700

// weigh notes a page whose first response is too large for a slow line.
func (p *Plan) weigh(page Page, html []byte) diag.List {
	var n counter
	w := brotli.NewWriterV2(&n, 5)
	if _, err := w.Write(html); err != nil {
		panic("generator: a counter cannot fail: " + err.Error())
	}
	if err := w.Close(); err != nil {
		panic("generator: a counter cannot fail: " + err.Error())
	}
	if int(n)+headers <= firstResponse {
		return nil
	}
	return diag.List{diag.New("page/heavy", diag.Pos{File: page.Item.Text.File, Line: 1}, "path", page.Path, "kb", kilobytes(int(n)+headers))}
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// kilobytes writes a size with one decimal.
func kilobytes(n int) string { return strconv.FormatFloat(float64(n)/1024, 'f', 1, 64) }

// handler matches an event handler attribute.
var handler = regexp.MustCompile(`[\s"'/]on[a-z]{3,}\s*=`)

func unescape(fragment string) string {
	if s, err := url.PathUnescape(fragment); err == nil {
		return s
	}
	return fragment
}

// short is a name by content.
func short(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:5])
}
