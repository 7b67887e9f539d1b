// Package search makes a search index that needs no server: plain documents
// in, named files out, read in the browser by the script in client/ over http
// and file:// alike, and by Search in the terminal.
//
// README.md says what it is for, how a query runs, what every byte of the
// files is, and what was tried and left.
package search

import (
	"iter"

	"belfry/search/words"
)

// Document is one page to be found, all of it plain text.
type Document struct {
	ID       string              // unique in its language; results carry it
	URL      string              // relative to the portal's root
	Title    string              // weighs most
	Summary  string              // shown under the title; the start of Body where empty
	Keywords []string            // other words people use for it; weigh almost as a title
	Headings []string            // weigh more than Body
	Body     string              // the text
	Type     string              // shown before the summary; also the facet "type"
	Office   string              // shown as it is
	Cost     string              // shown as it is
	Facets   map[string][]string // facet to values: "audience" to "citizen"
	Related  []string            // ids of documents a result leads on to: the offices of a service
	Weight   float64             // 1 as any other, 0 counts as 1; between 0.25 and 2
}

// Options of an index. The zero value is the recommended one.
type Options struct {
	// Synonyms are sets of words or short phrases that mean the same; a page
	// with one is found by the others too, below pages that have the word.
	Synonyms [][]string
	// Endings are those learned from another portal of the same language, to
	// save learning them again; nil learns them from these documents.
	Endings *words.Endings
	// SingleFile is how many compressed bytes the whole index may have to go
	// into one file; 0 means DefaultSingleFile, -1 never.
	SingleFile int
	// ShardBytes is how large a shard of terms should be, before compression;
	// 0 means DefaultShardBytes.
	ShardBytes int
	// CardsPerFile is how many results share a file; 0 means DefaultCards.
	CardsPerFile int
	// Dir is where the files are, relative to the portal's root; "" means "search".
	Dir string
}

// What Options have where they say nothing; README.md tells how they were found.
const (
	DefaultSingleFile = 64 << 10
	DefaultShardBytes = 5 << 10
	DefaultCards      = 16
)

func (o Options) withDefaults() Options {
	if o.SingleFile == 0 {
		o.SingleFile = DefaultSingleFile
	}
	if o.ShardBytes <= 0 {
		o.ShardBytes = DefaultShardBytes
	}
	if o.CardsPerFile <= 0 {
		o.CardsPerFile = DefaultCards
	}
	if o.Dir == "" {
		o.Dir = "search"
	}
	return o
}

// File is one file of an index.
type File struct {
	Name   string // with its folder: "search/bg.js"
	Data   []byte
	Stable bool // the name stays when the content changes: the entry. Others are named by content
}

// Report is what a build has to say about an index.
type Report struct {
	Lang      string
	Documents int
	Terms     int // keys
	Forms     int
	Postings  int
	Single    bool // all in one file but the positions
	Files     int
	Bytes     int // of all files as they are written
	Entry     int // of the entry alone
	// Endings learned: the share of words kept aside whose key they get right,
	// how many were kept aside, and the least share wanted. Tried is 0 where
	// there were too few words to learn from or the language has no stemmer.
	Exact float64
	Tried int
	Floor float64
	// Doubled are ids that occurred more than once; the first document counts.
	Doubled []string
}

// Result is what Build makes.
type Result struct {
	Files  []File // sorted by name
	Index  *Index // to search at once, unsharded
	Report Report
}

// Build indexes the documents of one language. The order of the documents is
// of no consequence: the same documents give the same bytes. Build keeps no
// document's body, so a sequence may make them one by one. It fails only when
// a document has no id or no URL.
func Build(lang string, docs iter.Seq[Document], opt Options) (Result, error) {
	opt = opt.withDefaults()
	ix, rep, err := collect(lang, docs, opt)
	if err != nil {
		return Result{}, err
	}
	files, single := ix.files(opt)
	rep.Single, rep.Files = single, len(files)
	for _, f := range files {
		rep.Bytes += len(f.Data)
		if f.Stable {
			rep.Entry = len(f.Data)
		}
	}
	return Result{Files: files, Index: ix, Report: rep}, nil
}
