package audit

import (
	"io"
	"strconv"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/andybalholm/brotli/matchfinder"
)

// firstLimit is what fits into the first round trips of a slow line: headers
// and page, compressed (ten segments of TCP's initial window, RFC 6928).
const firstLimit = 13 * 1024

// headers is room for the response's headers.
const headers = 700

// firstResponse: a page is read after one round trip, also on an old phone at
// the edge of the network.
func firstResponse(p *page) {
	if n := p.weight() + headers; n > firstLimit {
		p.tell(nil, nil, "kb", kilobytes(n))
	}
}

// weight is the compressed size of the page.
func (p *page) weight() int {
	if p.packed == 0 {
		p.packed = p.packer.size(p.data)
	}
	return p.packed
}

// packer tells how large data are when they travel. Its writers hold tables
// that take longer to make than a page takes to pack, so they are used again.
type packer struct{ quick, good sync.Pool }

// size packs quickly, which settles the many files that are small in any case,
// the others better, and those that are still too large as hosts do, which takes long.
func (k *packer) size(data []byte) int {
	n := pack(&k.quick, data, 1)
	if n+headers > firstLimit {
		n = pack(&k.good, data, 5)
	}
	if n+headers > firstLimit {
		var c counter
		w := brotli.NewWriterLevel(&c, 7)
		fill(w, data)
		n = int(c)
	}
	return n
}

func pack(pool *sync.Pool, data []byte, level int) int {
	var n counter
	w, ok := pool.Get().(*matchfinder.Writer)
	if ok {
		w.Reset(&n)
	} else {
		w = brotli.NewWriterV2(&n, level)
	}
	fill(w, data)
	pool.Put(w)
	return int(n)
}

func fill(w io.WriteCloser, data []byte) {
	if _, err := w.Write(data); err != nil {
		panic("audit: a counter cannot fail: " + err.Error())
	}
	if err := w.Close(); err != nil {
		panic("audit: a counter cannot fail: " + err.Error())
	}
}

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// kilobytes writes a size with one decimal.
func kilobytes(n int) string { return strconv.FormatFloat(float64(n)/1024, 'f', 1, 64) }
