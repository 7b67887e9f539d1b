package translate

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/portal"
)

// Folder holds the records of a portal, committed along with its content.
const Folder = "translations"

// RecordFile is the file that holds the records of a language.
func RecordFile(lang string) string { return Folder + "/" + lang + ".jsonl" }

// Record is the source that one translation was made from.
type Record struct {
	Document string      `json:"document"` // "service:birth-certificate"
	Stamp    string      `json:"stamp"`
	Blocks   [][2]string `json:"blocks"` // key and text, as [portal.Block.Canonical] writes it
}

// Records are those of one language.
type Records []Record

// NewRecord is the record of a translation made from a source as it is now.
func NewRecord(e *portal.Entity, source *portal.Document) Record {
	return Record{Document: name(e), Stamp: source.Stamp(), Blocks: canonical(source.Blocks())}
}

func name(e *portal.Entity) string { return e.Type + ":" + e.ID }

func canonical(blocks []portal.Block) [][2]string {
	out := make([][2]string, len(blocks))
	for i, b := range blocks {
		out[i] = [2]string{b.Key, b.Canonical()}
	}
	return out
}

// At finds the record of an entity's source at a stamp.
func (r Records) At(e *portal.Entity, stamp string) (Record, bool) {
	doc := name(e)
	for _, one := range r {
		if one.Document == doc && one.Stamp == stamp {
			return one, true
		}
	}
	return Record{}, false
}

// ReadRecords reads a file of records. A line that cannot be read is told and
// left out: what it said is lost, the translation itself is not.
func ReadRecords(file string, raw []byte) (Records, diag.List) {
	var out Records
	var faults diag.List
	n := 0
	for line := range bytes.Lines(bytes.TrimPrefix(raw, []byte("\uFEFF"))) {
		n++
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		var r Record
		if err := json.Unmarshal(line, &r); err != nil || r.Document == "" || r.Stamp == "" {
			faults.Add("translation/record", diag.Pos{File: file, Line: n})
			continue
		}
		out = append(out, r)
	}
	return out, faults
}

// With returns the records with some replaced or added, and without those of
// documents that keep says no to.
func (r Records) With(more []Record, keep func(Record) bool) Records {
	fresh := map[string]bool{}
	for _, m := range more {
		fresh[m.Document] = true
	}
	out := slices.Clone(more)
	for _, one := range r {
		if !fresh[one.Document] && keep(one) {
			out = append(out, one)
		}
	}
	slices.SortStableFunc(out, func(a, b Record) int {
		return strings.Compare(a.Document+"\x00"+a.Stamp, b.Document+"\x00"+b.Stamp)
	})
	return slices.CompactFunc(out, func(a, b Record) bool { return a.Document == b.Document && a.Stamp == b.Stamp })
}

// Bytes writes the records, sorted, a line a document.
func (r Records) Bytes() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, one := range r {
		if err := e.Encode(one); err != nil {
			panic("translate: a record cannot be written: " + err.Error()) // it holds texts only
		}
	}
	return b.Bytes()
}
