package publish

// A portal in memory, for serve and for tests.

import (
	"bytes"
	"crypto/sha256"
	"io"
	"slices"
	"sync"
)

// Memory takes files like a [Staging], by the same rules for paths, and keeps
// them. The zero value is empty and ready to use, by many goroutines.
type Memory struct {
	mu     sync.RWMutex
	claims claims
	files  map[string]Held
}

// Held is one file in memory.
type Held struct {
	Entry
	open func() (io.ReadCloser, error)
}

// Open returns a reader of the file's content. That of a copied file comes from
// where it was copied from.
func (h Held) Open() (io.ReadCloser, error) { return h.open() }

// Bytes returns the file's content.
func (h Held) Bytes() ([]byte, error) {
	r, err := h.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var b bytes.Buffer
	err = announced(&b, r, h.Entry)
	return b.Bytes(), err
}

// Write adds a file.
func (m *Memory) Write(path string, data []byte) error {
	data = bytes.Clone(data)
	e := Entry{Path: path, Hash: sha256.Sum256(data), Size: int64(len(data))}
	return m.put(e, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil })
}

// Copy adds a file that is opened whenever it is asked for.
func (m *Memory) Copy(path string, open func() (io.ReadCloser, error), size int64, hash [32]byte) error {
	return m.put(Entry{Path: path, Hash: hash, Size: size}, open)
}

func (m *Memory) put(e Entry, open func() (io.ReadCloser, error)) error {
	if err := valid(e.Path); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.claims, m.files = claims{}, map[string]Held{}
	}
	if err := m.claims.file(e.Path); err != nil {
		return err
	}
	m.files[e.Path] = Held{e, open}
	return nil
}

// Get returns the file at a path.
func (m *Memory) Get(path string) (Held, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	h, ok := m.files[path]
	return h, ok
}

// Manifest lists the files, sorted by path.
func (m *Memory) Manifest() Manifest {
	m.mu.RLock()
	defer m.mu.RUnlock()
	files := make([]Entry, 0, len(m.files))
	for _, h := range m.files {
		files = append(files, h.Entry)
	}
	sortEntries(files)
	return Manifest{slices.Clip(files)}
}
