package search

// synonyms widen documents, not queries: a page with one member of a set gets
// the others as words of weak effect. So the browser needs to know nothing of
// them, phrases work both ways, and one download answers.
type synonyms struct {
	any   bool
	sets  [][][]int32        // set, member, forms
	first map[int32][][2]int // term of a member's first word to set and member
	hit   map[int]int        // sets found in the document at hand: 1 in the text, 2 in its name
	toks  []seen             // of the field at hand, without stop words
}

func (c *collector) readSynonyms(sets [][]string) synonyms {
	s := synonyms{first: map[int32][][2]int{}, hit: map[int]int{}}
	for _, set := range sets {
		var members [][]int32
		for _, text := range set {
			var forms []int32
			c.lang.Tokens(text, false, func(tok []byte, _ int) {
				id := c.form(tok)
				if !c.forms[id].stop {
					forms = append(forms, id)
				}
			})
			if len(forms) > 0 {
				members = append(members, forms)
			}
		}
		if len(members) < 2 {
			continue
		}
		for m, forms := range members {
			t := c.forms[forms[0]].term
			s.first[t] = append(s.first[t], [2]int{len(s.sets), m})
		}
		s.sets = append(s.sets, members)
		s.any = true
	}
	return s
}

// find marks the sets of which a member stands in the field just read, word
// after word, other small words between them allowed.
func (s *synonyms) find(c *collector, field []seen, name bool) {
	s.toks = s.toks[:0]
	for _, t := range field {
		if f := &c.forms[t.form]; f.form != "" && !f.stop {
			s.toks = append(s.toks, t)
		}
	}
	toks := s.toks
	for i, t := range toks {
		for _, sm := range s.first[c.forms[t.form].term] {
			member := s.sets[sm[0]][sm[1]]
			if i+len(member) > len(toks) {
				continue
			}
			same := true
			for k, f := range member {
				same = same && c.forms[toks[i+k].form].term == c.forms[f].term
			}
			if same {
				s.hit[sm[0]] = max(s.hit[sm[0]], 1)
				if name {
					s.hit[sm[0]] = 2
				}
			}
		}
	}
}

// expand gives the document at hand the words of the sets found in it.
func (s *synonyms) expand(c *collector, doc int32) {
	for set := range s.sets {
		h := s.hit[set]
		if h == 0 {
			continue
		}
		for _, member := range s.sets[set] {
			for _, f := range member {
				r := &c.at(f, doc).row
				r.syn = max(r.syn, uint8(h))
			}
		}
	}
	clear(s.hit)
}
