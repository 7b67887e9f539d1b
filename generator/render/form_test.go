package render

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"belfry/generator/portal"
)

// parking is the form of FORMS.md, as it is written there.
const parking = `---
title: Resident parking permit
form: parking-permit
version: 3
send: https://forms.lipnik.example/parking-permit
fee: 12.00 EUR
privacy:
  controller: Municipality of Lipnik, 1 Main Square, dpo@lipnik.example
  purpose: to issue and check your parking permit
  legal basis: public task, Roads Act art. 99
  keep: 2 years
---

Use this form if you live in zone A, B or C. You need your identity card.

## About you

- Your full name [full_name: name]
- Personal number (EGN) [egn: id-number BG-EGN]
  10 digits, on the front of your identity card.
- Date of birth [birth_date: date, past]
- E-mail address [email, optional]
  Leave it empty to get the decision by post.
- Home address [home: address]

## Your vehicles

- Vehicle [vehicles: repeat 1 to 2]
  - Registration plate [plate: text, like AA 0000 AA]
    ! Enter the plate as it is on the car, for example CB 1234 AB.
  - Whose car is it? [owner: choose one]
    - Mine [me]
    - My employer's [company]
    - Someone else's [other]
  - Letter from the owner [letter: file, pdf or jpg, up to 5 MB, only if owner is company or other]

## The permit

- Which zone do you live in? [zone: choose one]
  - Zone A, centre [a]
  - Zone B, station [b]
- First day of the permit [start: date, today or future, within 60 days]
- How do you want to get the permit? [delivery: choose one]
  - At the counter [counter]
  - By post [post, + 2.50]
- Send it to this address [post_to: address, only if delivery is post]
- Anything else? [notes: long text, optional, up to 500 characters]

## Declaration

- What I wrote is true. I know a false statement is punishable. [truth: declaration]
- Write to me before the permit expires. [remind: consent, only if email is answered]
`

// englishTown lists English first, so that a file without a language is English.
const englishTown = "name: Lipnik\ncountry: BG\nlanguages: [en, bg]\ntime_zone: Europe/Sofia\nbase_url: https://town.example/e/\nauthority: town-hall\nprivacy: {officer: Ana, supervisor: The Commission}\n"

func lipnik(t *testing.T, more map[string]string) *built {
	t.Helper()
	files := map[string]string{
		"portal.yaml":             englishTown,
		"offices/town-hall.md":    "---\ntitle: Town hall\nphone: 082 000 100\naddress: 1 Main Square\n---\n",
		"forms/parking-permit.md": parking,
		"services/parking.md": "---\ntitle: Resident parking\ndescription: Park where you live.\nform: parking-permit\nprocessing_time: 3 working days\ncost: 12.00 EUR\n" +
			"evidence: [{id: egn, name: identity card}]\nchannels: [{type: in-person, office: town-hall}]\nauthentication: none\n---\n",
	}
	for name, text := range more {
		files[name] = text
	}
	return build(t, "2026-11-20", files)
}

// FormPages are the page of the parking form, one with what that form lacks, and the
// page that says thanks, for tests that look at HTML.
func FormPages(t *testing.T) (parking, other, sent *View) {
	b := lipnik(t, map[string]string{"forms/other.md": `---
title: Other
send: [https://forms.lipnik.example/other, download]
---

## A step

- Whatever [whatever]

### Gathered

- Anything [anything]
- Signature [sign: signature]
`})
	return b.view("en/forms/parking-permit.html"), b.view("en/forms/other.html"), b.view("en/forms/parking-permit-sent.html")
}

// asked returns the questions of a form by the names of their fields.
func asked(f *Form) map[string]FormQuestion {
	out := map[string]FormQuestion{}
	var add func(list []FormQuestion)
	add = func(list []FormQuestion) {
		for _, q := range list {
			out[q.Name] = q
			add(q.Questions)
			for _, r := range q.Rows {
				add(r.Questions)
			}
		}
	}
	var blocks func(list []FormBlock)
	blocks = func(list []FormBlock) {
		for _, b := range list {
			switch {
			case b.Question != nil:
				add([]FormQuestion{*b.Question})
			case b.Group != nil:
				blocks(b.Group.Blocks)
			}
		}
	}
	for _, s := range f.Steps {
		blocks(s.Blocks)
	}
	return out
}

func TestParkingForm(t *testing.T) {
	b := lipnik(t, nil)
	b.check()
	v := b.view("en/forms/parking-permit.html")
	f := v.Content.(*Form)
	q := asked(f)

	for _, c := range []struct {
		what string
		got  any
		want any
	}{
		{"layout", v.Layout, "form"},
		{"fee", f.Fee, "€12.00"},
		{"total", f.Total, true},
		{"version", f.Version, "3"},
		{"steps", len(f.Steps), 4},
		{"origin", v.Head.FormAction, "https://forms.lipnik.example"},
		{"action", string(f.Send.Action), "https://forms.lipnik.example/parking-permit"},
		{"encoding", f.Send.Encoding, "multipart/form-data"},
		{"trap", f.Send.Trap, "_gotcha"},
		{"schema", string(f.Schema), "../../forms/parking-permit.v3.schema.json"},
		{"service", f.Services[0].Text, "Resident parking"},
		{"paper", f.Paper.Line, "parking-permit · version 3 · English"},
		{"address on paper", f.Paper.Address, "https://town.example/e/en/forms/parking-permit.html"},
		{"office on paper", f.Paper.Office.Name.Text, "Town hall"},
		{"style of its own", strings.HasPrefix(string(v.Head.Sheet), "../../assets/form-parking-permit."), true},

		{"name", q["full_name"].Input.Autocomplete, "name"},
		{"name is needed", q["full_name"].Input.Required, true},
		{"number", q["egn"].Input.Mode, "numeric"},
		{"number's autocomplete", q["egn"].Input.Autocomplete, "off"},
		{"number on paper", q["egn"].Comb, []int{10}},
		{"number's hint", q["egn"].Input.DescribedBy, "f-egn-hint"},
		{"born", names(q["birth_date"].Sets[0].Inputs), "birth_date-day birth_date-month birth_date-year"},
		{"born, tokens", q["birth_date"].Sets[0].Inputs[0].Autocomplete, "bday-day"},
		{"mail is optional", q["email"].Optional, true},
		{"mail needs nothing", q["email"].Input.Required, false},
		{"mail is looked at", q["email"].Input.Placeholder, true},
		{"mail's type", q["email"].Input.Type, "email"},
		{"home", names(q["home"].Sets[0].Inputs), "home-street home-postcode home-place"},
		{"home's tokens", q["home"].Sets[0].Inputs[1].Autocomplete, "postal-code"},

		{"rows", len(q["vehicles"].Rows), 2},
		{"row's label", q["vehicles"].Rows[1].Label, "Vehicle 2"},
		{"row's least", q["vehicles"].Rows[0].Min, 1},
		{"first row may not go", q["vehicles"].Rows[0].Remove, false},
		{"second row may go", q["vehicles"].Rows[1].Remove, true},
		{"plate in row 1", q["vehicles-1-plate"].Input.Required, true},
		{"plate in row 2", q["vehicles-2-plate"].Input.Required, false},
		{"plate's pattern", q["vehicles-1-plate"].Input.Pattern, `\p{L}\p{L} ?\p{Nd}\p{Nd}\p{Nd}\p{Nd} ?\p{L}\p{L}`},
		{"plate on paper", q["vehicles-1-plate"].Comb, []int{2, 4, 2}},
		{"somebody's plate", q["vehicles-1-plate"].Input.Autocomplete, "off"},
		{"owner's ids", q["vehicles-2-owner"].Choices[1].ID, "f-vehicles-2-owner-company"},
		{"owner's name", q["vehicles-2-owner"].Choices[1].Name, "vehicles-2-owner"},
		{"letter takes", q["vehicles-1-letter"].Input.Accept, ".jpeg,.jpg,.pdf,application/pdf,image/jpeg"},
		{"letter is conditional", q["vehicles-1-letter"].Input.Required, false},
		{"letter's notes", strings.Join(q["vehicles-1-letter"].Notes, "|"), "PDF or JPG, at most 5 MB"},
		{"letter's condition", q["vehicles-1-letter"].Condition.Text, "Answer this only if: “Whose car is it?” – “My employer's” or “Someone else's”"},

		{"zone", q["zone"].Kind, "choices"},
		{"zone is needed", q["zone"].Choices[0].Required, true},
		{"start's notes", strings.Join(q["start"].Notes, "|"), "Today or later|At most 60 days from today"},
		{"start", q["start"].Sets[0].Inputs[0].Autocomplete, ""},
		{"post costs", q["delivery"].Choices[1].Price, "+ €2.50"},
		{"post to", q["post_to"].Condition.Text, "Answer this only if: “How do you want to get the permit?” – “By post”"},
		{"post to is revealed", q["post_to"].Condition.Revealed, true},
		{"post to is conditional", q["post_to"].Sets[0].Inputs[0].Required, false},
		{"notes", q["notes"].Input.MaxLength, 500},
		{"truth", q["truth"].Input.Required, true},
		{"truth is no option", q["truth"].Optional, false},
		{"remind", q["remind"].Input.Required, false},
		{"remind's condition", q["remind"].Condition.Text, "Answer this only if: “E-mail address” is answered"},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}

	var hidden, privacy, hand []string
	for _, h := range f.Send.Hidden {
		hidden = append(hidden, h.Name+"="+h.Value)
	}
	if got := strings.Join(hidden, " "); got != "_form=parking-permit _version=3 _language=en" {
		t.Error("hidden fields:", got)
	}
	for _, l := range f.Privacy.Lines {
		privacy = append(privacy, l.Label+": "+l.Text)
	}
	for _, want := range []string{"Municipality of Lipnik", "Ana", "parking permit", "Roads Act", "forms.lipnik.example", "2 years", "Articles 15 to 22", "take back a consent", "The Commission"} {
		if !strings.Contains(strings.Join(privacy, "\n"), want) {
			t.Errorf("the privacy notice does not say %q:\n%s", want, strings.Join(privacy, "\n"))
		}
	}
	for _, l := range f.AtHand {
		hand = append(hand, l.Text)
	}
	if got := strings.Join(hand, "|"); got != "Personal number (EGN)|Letter from the owner (PDF or JPG)" {
		t.Error("at hand:", got)
	}

	var spec struct {
		Form, Language, Schema string
		M                      map[string]string
	}
	var data []byte
	for _, file := range b.site("en").FormFiles() {
		if strings.HasSuffix(string(f.SpecFile), file.Path) {
			data = file.Make()
		}
	}
	data = bytes.TrimSuffix(bytes.TrimPrefix(data, []byte("self.belfrySpec=")), []byte(";\n"))
	if err := json.Unmarshal(data, &spec); err != nil {
		t.Fatal(err)
	}
	if spec.Form != "parking-permit" || spec.Language != "en" || spec.M["missing"] != "{label}: an answer is needed" || spec.M["step"] == "" {
		t.Errorf("spec %+v", spec)
	}
	if c := f.Paper.Code; c == nil || c.Size < 29 || !strings.HasPrefix(string(c.Src), "../../assets/qr-") {
		t.Errorf("QR code %+v", c)
	}
}

func names(list []FormInput) string {
	var out []string
	for _, in := range list {
		out = append(out, in.Name)
	}
	return strings.Join(out, " ")
}

// TestIDs holds every id of a form's page to being there once, in repeats too.
func TestIDs(t *testing.T) {
	f := lipnik(t, nil).view("en/forms/parking-permit.html").Content.(*Form)
	seen := map[string]bool{}
	texts(reflect.ValueOf(f), func(where, text string) {
		last := where[strings.LastIndexByte(where, '.')+1:]
		if last != "ID" && last != "HintID" || text == "" || where == "Form.ID" {
			return
		}
		if seen[text] {
			t.Errorf("%s: the id %q stands twice", where, text)
		}
		seen[text] = true
	}, "Form")
	if len(seen) < 40 {
		t.Errorf("only %d ids", len(seen))
	}
}

func TestSentPage(t *testing.T) {
	b := lipnik(t, nil)
	v := b.view("en/forms/parking-permit-sent.html")
	s := v.Content.(*FormSent)
	if v.Layout != "form-sent" || !v.Head.NoIndex || v.Fallback != nil || string(s.Form.Href) != "parking-permit.html" || s.Contact.Name.Text != "Town hall" {
		t.Errorf("%+v", s)
	}
	if all := strings.Join(s.Next, " "); !strings.Contains(all, "3 working days") || !strings.Contains(all, "Town hall") {
		t.Error("next:", all)
	}
	if got := string(v.Languages[1].Href); got != "../../bg/forms/parking-permit-sent.html" {
		t.Error("the page in Bulgarian is", got)
	}
	// The words are the portal's own, so the page of a language is no fallback
	// even where the form has no text in it.
	if v := b.view("bg/forms/parking-permit-sent.html"); v.Fallback != nil {
		t.Error("a fallback")
	}
}

func TestFormInAnotherLanguage(t *testing.T) {
	b := lipnik(t, nil)
	v := b.view("bg/forms/parking-permit.html")
	f := v.Content.(*Form)
	q := asked(f)
	if v.Fallback == nil || !v.Head.NoIndex {
		t.Error("no notice")
	}
	if q["full_name"].Lang != (TextLang{"en", "ltr"}) || q["birth_date"].Sets[0].Inputs[0].Name != "birth_date-day" {
		t.Errorf("%+v", q["birth_date"])
	}
	if i := slices.IndexFunc(f.Send.Hidden, func(h FormHidden) bool { return h.Name == "_language" }); f.Send.Hidden[i].Value != "en" {
		t.Error("the answers belong to the text that was read")
	}
	b = lipnik(t, map[string]string{"forms/parking-permit.bg.md": "---\ntitle: Карта за паркиране\n---\n## За вас\n\n- Трите ви имена [full_name]\n\n## Автомобили\n\n- Автомобил [vehicles]\n  - Номер [plate]\n"})
	f = b.view("bg/forms/parking-permit.html").Content.(*Form)
	q = asked(f)
	if q["full_name"].Label != "Трите ви имена" || q["full_name"].Lang.Lang != "" || q["zone"].Lang.Lang != "en" || f.Steps[0].Title != "За вас" {
		t.Errorf("%+v", q["full_name"])
	}
	if r := q["vehicles"].Rows[1]; r.Label != "Автомобил 2" || r.Lang.Lang != "" {
		t.Errorf("%+v", r)
	}
}

// TestServiceAndForm: the two know each other.
func TestServiceAndForm(t *testing.T) {
	b := lipnik(t, nil)
	s := b.view("en/services/parking.html").Content.(*Service)
	if s.Action == nil || string(s.Action.Href) != "../forms/parking-permit.html" || s.Action.Text != "Apply online" {
		t.Errorf("action %+v", s.Action)
	}
	if s.Channels[0].Kind != "online" || s.Channels[0].Links[0].Text != "Resident parking permit" {
		t.Errorf("channels %+v", s.Channels)
	}
	var bring []string
	for _, e := range s.Evidence {
		bring = append(bring, strings.TrimSpace(e.Name+" "+e.Detail+" "+e.Text))
	}
	if got := strings.Join(bring, "|"); got != "identity card|Letter from the owner as a file (PDF or JPG) in some cases" {
		t.Error("evidence:", got) // the number stands there as the identity card
	}
	list := b.view("en/forms/index.html").Content.(*List)
	if r := list.Groups[0].Rows[0]; r.Link.Text != "Resident parking permit" || r.Price != "€12.00" || r.Time != "about 7 minutes" {
		t.Errorf("row %+v", r)
	}

	b = lipnik(t, map[string]string{
		"services/parking.md": "---\ntitle: Parking\ndescription: x\nchannels: [{type: online, form: parking-permit}]\n---\n",
		"portal.yaml":         englishTown + "feedback: parking-permit\n",
	})
	v := b.view("en/services/parking.html")
	if s := v.Content.(*Service); string(s.Action.Href) != "../forms/parking-permit.html" || len(s.Channels) != 1 || string(s.Channels[0].Links[0].Href) != "../forms/parking-permit.html" {
		t.Errorf("%+v", s.Channels)
	}
	// A form to print gives way to what can be done online.
	paper := lipnik(t, map[string]string{
		"services/parking.md": "---\ntitle: Parking\ndescription: x\nform: x\nchannels: [{type: online, url: \"https://eid.example/\"}, {type: in-person, office: town-hall}]\n---\n",
		"services/other.md":   "---\ntitle: Other\ndescription: x\nform: x\nchannels: [{type: in-person, office: town-hall}]\n---\n",
		"forms/x.md":          "---\ntitle: X\n---\n- Anything [anything]\n",
	})
	for page, want := range map[string]string{"parking": "https://eid.example/", "other": "../forms/x.html"} {
		if got := paper.view("en/services/" + page + ".html").Content.(*Service).Action.Href; string(got) != want {
			t.Errorf("%s: the action leads to %s", page, got)
		}
	}
	if string(v.Frame.Report.Href) != "../forms/parking-permit.html" {
		t.Errorf("report %+v", v.Frame.Report)
	}
	doc := b.site("en").Found(itemOf(t, b, "form", "parking-permit"), "", nil)
	if doc.Type != "form" || !strings.Contains(doc.Body, "Registration plate") || !strings.Contains(doc.Body, "By post") {
		t.Errorf("found %+v", doc)
	}

	b = lipnik(t, map[string]string{"portal.yaml": englishTown + "feedback: parking-permt\n"})
	if got := b.codes(); got != "portal.yaml:8 link/unknown-id" {
		t.Error(got)
	}
}

func TestSending(t *testing.T) {
	for send, want := range map[string]string{
		"print":                      "",
		"download":                   "",
		"[print, download]":          "",
		"netlify":                    "x-sent.html form-name=x",
		"https://formspree.io/f/abc": "https://formspree.io/f/abc _next=https://town.example/e/en/forms/x-sent.html",
		"{web3forms: 00000000-0000-0000-0000-000000000000}": "https://api.web3forms.com/submit access_key=00000000-0000-0000-0000-000000000000 subject=X redirect=https://town.example/e/en/forms/x-sent.html",
	} {
		b := lipnik(t, map[string]string{"forms/x.md": "---\ntitle: X\nsend: " + send + "\n---\n- Anything [anything]\n"})
		f := b.view("en/forms/x.html").Content.(*Form)
		got := []string{string(f.Send.Action)}
		for _, h := range f.Send.Hidden[3:] {
			got = append(got, h.Name+"="+h.Value)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s", send, s)
		}
		if f.Send.Download != strings.Contains(send, "download") || f.Send.Posts != (want != "") || f.Send.Where == "" {
			t.Errorf("%s: %+v", send, f.Send)
		}
	}
}

func itemOf(t *testing.T, b *built, typ, id string) *portal.Item {
	t.Helper()
	it, ok := b.site("en").Lookup(typ, id)
	if !ok {
		t.Fatalf("no %s %s", typ, id)
	}
	return it
}
