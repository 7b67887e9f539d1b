package publish

// The manifest: what in OUT is ours. It is part of OUT, so it changes in the
// same moment as the files it names, and it is the base for publishing
// differences to a host later.

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// manifestName is the manifest's path below OUT.
const manifestName = ".belfry-manifest.json"

// manifestVersion is the version of the manifest's form.
const manifestVersion = 1

// Entry is one file of a published portal.
type Entry struct {
	Path         string   // slash path below OUT
	Hash         [32]byte // SHA-256
	Size         int64    // bytes
	ContentNamed bool     // its name changes with its content
	Kept         bool     // from the previous build, for one build more
}

// Manifest lists the files of a published portal, sorted by path.
type Manifest struct {
	Files []Entry
}

// line is an entry as the file spells it.
type line struct {
	Path         string `json:"path"`
	SHA256       string `json:"sha256"`
	Size         int64  `json:"size"`
	ContentNamed bool   `json:"content_named,omitempty"`
	Kept         bool   `json:"kept,omitempty"`
}

// ReadManifest reads the manifest of the portal published in a folder. The error
// wraps fs.ErrNotExist where there is none.
func ReadManifest(dir string) (Manifest, error) {
	name := filepath.Join(dir, manifestName)
	data, err := os.ReadFile(name)
	if err != nil {
		return Manifest{}, err
	}
	m, err := parseManifest(data)
	if err != nil {
		return Manifest{}, fmt.Errorf("%s does not say what is ours in its folder: %w; remove the folder and build again", name, err)
	}
	return m, nil
}

func parseManifest(data []byte) (Manifest, error) {
	var in struct {
		Version int    `json:"version"`
		Files   []line `json:"files"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return Manifest{}, err
	}
	if in.Version != manifestVersion {
		return Manifest{}, fmt.Errorf("it has version %d, this program knows %d", in.Version, manifestVersion)
	}
	m := Manifest{Files: make([]Entry, 0, len(in.Files))}
	for _, l := range in.Files {
		e := Entry{Path: l.Path, Size: l.Size, ContentNamed: l.ContentNamed, Kept: l.Kept}
		n, err := hex.Decode(e.Hash[:], []byte(l.SHA256[:min(len(l.SHA256), 2*len(e.Hash))]))
		if err != nil || n != len(e.Hash) || len(l.SHA256) != 2*n {
			return Manifest{}, fmt.Errorf("%q has no valid hash", l.Path)
		}
		if err := valid(l.Path); err != nil {
			return Manifest{}, err
		}
		if last := len(m.Files) - 1; last >= 0 && m.Files[last].Path >= l.Path {
			return Manifest{}, fmt.Errorf("%q is out of order", l.Path)
		}
		m.Files = append(m.Files, e)
	}
	return m, nil
}

// encode gives the manifest's bytes: one file a line, so that two of them can be
// compared with any tool.
func (m Manifest) encode() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"version\":%d,\"files\":[", manifestVersion)
	for i, e := range m.Files {
		if i > 0 {
			b.WriteByte(',')
		}
		text, err := json.Marshal(line{e.Path, hex.EncodeToString(e.Hash[:]), e.Size, e.ContentNamed, e.Kept})
		if err != nil {
			return nil, err
		}
		b.WriteByte('\n')
		b.Write(text)
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}

func sortEntries(entries []Entry) {
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
}

// ManifestName is the manifest's path below a published folder, here or on a host.
const ManifestName = manifestName

// ParseManifest reads a manifest that was fetched from somewhere.
func ParseManifest(data []byte) (Manifest, error) { return parseManifest(data) }

// Encode gives the manifest's bytes.
func (m Manifest) Encode() ([]byte, error) { return m.encode() }
