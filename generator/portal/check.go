package portal

import (
	"strconv"
	"strings"

	"belfry/generator/diag"
)

// checkReferences looks up every id that the source document names.
func (p *Portal) checkReferences(e *Entity, faults *diag.List) {
	p.checkRecord(TypeByName(e.Type).Fields, e.Source.Fields, faults)
}

func (p *Portal) checkRecord(fields []Field, record Value, faults *diag.List) {
	for i := range record.Map {
		m := &record.Map[i]
		f := field(fields, m.Name)
		if f == nil || f.Kind != Ref && f.Kind != Asset && f.Kind != Record {
			continue
		}
		items := []Value{m.Value}
		if f.Many {
			items = m.Value.List
		}
		for _, v := range items {
			switch f.Kind {
			case Ref:
				if v.Text != "" {
					p.checkRef(f.Ref, v, faults)
				}
			case Asset:
				p.checkAsset(v, faults)
			case Record:
				if v.Bad {
					continue
				}
				for _, of := range f.Of {
					if m := v.Get(of.Name); of.Need == Required && !m.Set() && !m.Bad {
						faults.Add("field/missing-member", v.At, "field", of.Name)
					}
				}
				p.checkRecord(f.Of, v, faults)
			}
		}
	}
}

func (p *Portal) checkRef(typ string, v Value, faults *diag.List) {
	if _, ok := p.Lookup(typ, v.Text); ok {
		return
	}
	if n := len(p.byLast[Key{typ, v.Text}]); n > 1 {
		faults.Add("link/ambiguous", v.At, "type", typ, "id", v.Text, "first", p.byLast[Key{typ, v.Text}][0].ID)
		return
	}
	faults.Add("link/unknown-id", v.At, "type", typ, "id", v.Text, "guess", p.Guess(typ, v.Text))
}

func (p *Portal) checkAsset(v Value, faults *diag.List) {
	if v.Text == "" || strings.Contains(v.Text, "://") || p.Files.Has(v.Text) {
		return
	}
	faults.Add("link/no-file", v.At, "file", v.Text, "guess", diag.Guess(v.Text, p.Files.Names()))
}

// checkTranslations reports facts in translations and lists that have drifted.
func checkTranslations(e *Entity, faults *diag.List) {
	t := TypeByName(e.Type)
	for _, d := range e.Texts {
		if d == e.Source || d.Derived {
			continue
		}
		for _, m := range d.Fields.Map {
			f := t.Field(m.Name)
			if f == nil || f.Name == "slug" || f.Name == "draft" {
				continue
			}
			if !f.Text && f.Kind != Record {
				faults.Add("translation/fact", m.Value.At, "field", m.Name, "file", e.Source.File)
				continue
			}
			if f.Many && f.Name != "keywords" {
				checkList(e, f, m.Value, faults)
			}
		}
	}
}

func checkList(e *Entity, f *Field, v Value, faults *diag.List) {
	source := e.Fact(f.Name).List
	for i, item := range v.List {
		id := item.String("id")
		if id != "" {
			if at(source, id) < 0 {
				faults.Add("translation/unknown-item", item.At, "field", f.Name, "id", id, "file", e.Source.File)
			}
		} else if i >= len(source) {
			faults.Add("translation/more-items", item.At, "field", f.Name, "count", strconv.Itoa(len(source)), "file", e.Source.File)
			return
		}
		for _, m := range item.Map {
			if of := field(f.Of, m.Name); of != nil && !of.Text && m.Name != "id" {
				faults.Add("translation/fact", m.Value.At, "field", f.Name+"."+m.Name, "file", e.Source.File)
			}
		}
	}
	if len(v.List) < len(source) && len(v.List) > 0 && v.List[0].String("id") == "" {
		faults.Add("translation/fewer-items", v.At, "field", f.Name, "have", strconv.Itoa(len(v.List)), "count", strconv.Itoa(len(source)), "file", e.Source.File)
	}
}

func at(list []Value, id string) int {
	for i, v := range list {
		if v.String("id") == id {
			return i
		}
	}
	return -1
}

// checkComplete reports what a type requires (R) or wants (P) and the source
// does not have; all of one file in one line, as a webmaster mends it at once.
func checkComplete(c *Config, e *Entity, faults *diag.List) {
	var missing []string
	for _, f := range TypeByName(e.Type).Fields {
		if v := e.Fact(f.Name); f.Need == Optional || v.Set() || v.Bad {
			continue
		}
		if f.Name == "requirements" && e.Fact("eligibility").Set() {
			continue // who it is for may be said in one field or the other
		}
		if f.Need == Required {
			faults.Add("field/required", e.Source.At(), "field", f.Name, "type", e.Type)
			continue
		}
		missing = append(missing, f.Name)
	}
	if e.Type == "service" {
		online := false
		for _, ch := range e.Fact("channels").List {
			online = online || ch.String("type") == "online"
		}
		if online && !e.Fact("authentication").Set() {
			missing = append(missing, "authentication")
		}
		if !e.Fact("authority").Set() && !c.Fields.Get("authority").Set() {
			faults.Add("field/no-authority", e.Source.At())
		}
		if v := e.Fact("description"); !v.Set() && !v.Bad {
			faults.Add("field/required", e.Source.At(), "field", "description", "type", e.Type)
		}
	}
	if len(missing) > 0 {
		code := "service/incomplete"
		if c.Profile == "sdg" {
			code = "service/incomplete-sdg"
		}
		faults.Add(code, e.Source.At(), "fields", strings.Join(missing, ", "))
	}
}

func (p *Portal) checkConfig(faults *diag.List) {
	p.checkRecord(ConfigFields, p.Config.Fields, faults)
	for _, m := range p.Config.Menu {
		if p.MenuTarget(m.Text) == (Key{}) {
			var known []string
			known = append(known, Folders()...)
			for _, e := range p.Of("page") {
				known = append(known, e.ID)
			}
			faults.Add("config/menu", m.At, "id", m.Text, "guess", diag.Guess(m.Text, known))
		}
	}
}

// MenuTarget says what an entry of the menu means: a page, or {type folder, ""}
// for the list of a type. Contact stands for the portal's authority.
func (p *Portal) MenuTarget(id string) Key {
	if e, ok := p.Lookup("page", id); ok {
		return e.Key()
	}
	if id == "contact" {
		if e, ok := p.Lookup("office", p.Config.Fields.String("authority")); ok {
			return e.Key()
		}
		return Key{"offices", ""}
	}
	if TypeByFolder(id) != nil {
		return Key{id, ""}
	}
	if t := TypeByName(id); t != nil && t.Folder != "" {
		return Key{t.Folder, ""}
	}
	switch id {
	case "citizens", "business", "a-to-z", "search", "site-map":
		return Key{id, ""}
	}
	return Key{}
}

// checkCycles follows parents of topics and offices; a ring would have no top.
func (p *Portal) checkCycles(faults *diag.List) {
	for _, typ := range []string{"topic", "office"} {
		for _, e := range p.Of(typ) {
			seen := map[*Entity]bool{}
			for at, ok := e, true; ok; at, ok = p.Lookup(typ, at.Fact("parent").Text) {
				if seen[at] {
					if at == e {
						faults.Add("link/ring", e.Source.Place("parent"), "type", typ, "id", e.ID)
					}
					break
				}
				seen[at] = true
				if !at.Fact("parent").Set() {
					break
				}
			}
		}
	}
}
