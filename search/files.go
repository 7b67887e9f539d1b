package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"belfry/search/words"
)

// The kinds of file beside the entry, by the letter in their names.
const (
	kindTerms     = 't'
	kindPositions = 'p'
	kindSpelling  = 'w' // forms
	kindBackwards = 'x' // the same from their ends
	kindCards     = 'c'
	kindFacets    = 'f'
)

// kinds is their order in the entry.
const kinds = "tpwxcf"

// namesPerHash is how many neighbours of a kind share the hash in their names:
// it keeps the entry small. Change one and all are named anew.
const (
	namesPerHash = 4
	hashChars    = 6 // of base32, 30 bits; only older files of the same place could clash
)

const callback = "belfry_search" // the function every file calls

// entry is the one file with a stable name: all a browser must know to find
// the others. README.md explains each member.
type entry struct {
	Version int                `json:"v"`
	Lang    string             `json:"l"`
	N       int                `json:"n"`
	Cards   int                `json:"c"`
	Starts  [3]string          `json:"b"`
	Hashes  [len(kinds)]string `json:"h"`
	Impacts impacts            `json:"i"`
	Stops   string             `json:"s"`
	Endings []any              `json:"e,omitempty"`
	Table   words.Table        `json:"t"`
	Data    map[string]string  `json:"d,omitempty"`
}

const formatVersion = 1

// spellingBytes is how large a shard of spellings is before compression.
const spellingBytes = 9 << 10

// parts are the encoded files by kind.
type parts struct {
	data   [len(kinds)][][]byte
	starts [3][]string
}

func (ix *Index) encode(opt Options, spell int) parts {
	var p parts
	p.data[0] = ix.encodeTerms()
	p.data[1] = ix.encodePositions()
	p.data[2], p.starts[1] = encodeSpellings(ix.spells, spell)
	p.data[3], p.starts[2] = encodeSpellings(backwards(ix.spells), spell)
	p.data[4] = ix.encodeCards(opt.CardsPerFile)
	if f := ix.encodeFacets(); f != nil {
		p.data[5] = [][]byte{f}
	}
	p.starts[0] = ix.starts
	d := deflaters.Get().(*deflater)
	defer deflaters.Put(d)
	for k, kind := range kinds {
		for i := range p.data[k] {
			p.data[k][i] = d.deflated(kind, p.data[k][i])
		}
	}
	return p
}

// files writes the index: in one file, if it is small, or sharded.
func (ix *Index) files(opt Options) (files []File, single bool) {
	e := entry{Version: formatVersion, Lang: ix.tag, N: len(ix.docs), Cards: opt.CardsPerFile, Impacts: ix.impacts,
		Stops: strings.Join(ix.stops, " "), Table: ix.lang.Table()}
	if ix.endings != nil {
		e.Endings = []any{ix.endings.Folded, ix.endings.Marked, ix.endings.Rules}
	}
	var p parts
	if opt.SingleFile > 0 && len(ix.docs) <= maxSingle {
		one := opt
		one.CardsPerFile = len(ix.docs) + 1
		shards, starts := ix.shards, ix.starts
		ix.partition(1 << 30)
		p = ix.encode(one, 1<<30)
		size := 0
		for k, kind := range kinds {
			for _, b := range p.data[k] {
				if kind != kindPositions {
					size += len(b)
				}
			}
		}
		if single = size <= opt.SingleFile; single {
			e.Cards, e.Data = one.CardsPerFile, map[string]string{}
		} else {
			ix.shards, ix.starts = shards, starts
		}
	}
	if !single {
		p = ix.encode(opt, spellingBytes)
	}
	room := 8 << 10 // for the entry
	for i, s := range p.starts {
		e.Starts[i] = strings.Join(s, " ")
	}
	for k, kind := range kinds {
		for i := 0; i < len(p.data[k]); i += namesPerHash {
			block := p.data[k][i:min(i+namesPerHash, len(p.data[k]))]
			h := sha256.New()
			h.Write([]byte(ix.tag + "\x00" + string(kind)))
			for _, b := range block {
				h.Write(b)
			}
			hash := strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil))[:hashChars])
			e.Hashes[k] += hash
			for j, b := range block {
				if single && kind != kindPositions {
					text := base64.StdEncoding.EncodeToString(b)
					e.Data[string(kind)+strconv.Itoa(i+j)] = text
					room += len(text)
					continue
				}
				name := hash + string(kind) + strconv.Itoa(i+j)
				data := make([]byte, 0, len(callback)+len(name)+base64.StdEncoding.EncodedLen(len(b))+len(`("","")`))
				data = base64.StdEncoding.AppendEncode(append(data, callback+`("`+name+`","`...), b)
				files = append(files, File{Name: opt.Dir + "/" + name + ".js", Data: append(data, `")`...)})
			}
		}
	}
	var b bytes.Buffer
	b.Grow(room)
	b.WriteString(callback + `("` + ix.tag + `",`)
	writeJSON(&b, e)
	b.WriteByte(')')
	files = append(files, File{Name: opt.Dir + "/" + ix.tag + ".js", Stable: true, Data: b.Bytes()})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, single
}

// maxSingle is above how many documents one file is not even tried.
const maxSingle = 1000
