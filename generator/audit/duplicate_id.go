package audit

import (
	"hash/fnv"
	"slices"
)

// duplicateID: an id names one place; a link or a label that means the second
// gets the first.
func duplicateID(p *page) {
	seen := map[string]bool{}
	for i := range p.elements {
		e := &p.elements[i]
		id, ok := e.get("id")
		if !ok {
			continue
		}
		if seen[id] {
			p.tell(e, []string{"{#" + id + "}", `id="` + id + `"`, "id='" + id + "'"}, "id", id)
		}
		seen[id] = true
	}
}

// hashes are the ids and anchor names of the page, as few bytes as possible.
func (p *page) hashes() []uint32 {
	var out []uint32
	for _, id := range p.ids {
		out = append(out, hash(id))
	}
	p.each("a", func(_ int, e *element) {
		if name := e.attrOf("name"); name != "" {
			out = append(out, hash(name))
		}
	})
	slices.Sort(out)
	return out
}

func hash(id string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(id)) // never fails
	return h.Sum32()
}
