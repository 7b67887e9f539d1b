package tree

// Reading one file of a tree: from memory, or from the disk once more, with the
// promise that the bytes are those the tree was made of.

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
)

// ChangedError says that a file is not any more what it was when the tree was
// read. Building again mends it.
type ChangedError struct {
	Path string
}

func (e *ChangedError) Error() string {
	return fmt.Sprintf("%s changed while the portal was being built: build again", e.Path)
}

// Held reports whether the file's bytes are in memory, so that Bytes and Open
// cannot fail.
func (f *File) Held() bool { return f.data != nil }

// Bytes returns the file's content, which must not be changed. A file that is
// not held in memory is read from the disk; a [*ChangedError] tells that it has
// another content now.
func (f *File) Bytes() ([]byte, error) {
	if f.data != nil {
		return f.data, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(int(f.Size) + bytes.MinRead)
	if _, err := b.ReadFrom(r); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Open returns a reader of the file's content. Where it comes from the disk,
// the reader ends with a [*ChangedError] instead of io.EOF when the bytes are
// not those the tree was made of: whoever copies must not trust them before.
func (f *File) Open() (io.ReadCloser, error) {
	if f.data != nil {
		return io.NopCloser(bytes.NewReader(f.data)), nil
	}
	root, err := os.OpenRoot(f.from.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close() // the open file does not need it
	folder, name := path.Split(f.disk)
	if folder != "" {
		sub, err := root.OpenRoot(path.Clean(folder))
		if err != nil {
			return nil, err
		}
		defer sub.Close()
		root = sub
	}
	file, _, err := openPlain(root, name, nil)
	if err == errNotPlain {
		return nil, &ChangedError{f.Path}
	}
	if err != nil {
		return nil, err
	}
	return &checked{file: file, want: f, hash: sha256.New()}, nil
}

// checked hands on a file's bytes and compares them at the end.
type checked struct {
	file *os.File
	want *File
	hash hash.Hash
	read int64
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.file.Read(p)
	c.hash.Write(p[:n])
	c.read += int64(n)
	if c.read > c.want.Size || err == io.EOF && [32]byte(c.hash.Sum(nil)) != c.want.Hash {
		return n, &ChangedError{c.want.Path}
	}
	return n, err
}

func (c *checked) Close() error { return c.file.Close() }
