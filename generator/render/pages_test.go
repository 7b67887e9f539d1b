package render

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestLetters(t *testing.T) {
	files := map[string]string{}
	for i, title := range []string{"Баня", "аптека", "Ябълка", "Zoo", "1-ви клас", "2-ри клас", "Щастие", "Ѝ"} {
		files[fmt.Sprintf("services/s%d.md", i)] = "---\ntitle: " + title + "\ndescription: x\n---\n"
	}
	b := build(t, "2026-11-20", files)
	l := b.view("bg/a-to-z.html").Content.(*List)
	var got []string
	for i, g := range l.Groups {
		got = append(got, g.Title)
		if string(l.Letters[i].Href) != "#"+g.ID {
			t.Errorf("%s leads to %s, not #%s", g.Title, l.Letters[i].Href, g.ID)
		}
	}
	if s := strings.Join(got, " "); s != "А Б И Щ Я Z 0-9" {
		t.Errorf("letters %q", s)
	}
	if n := len(l.Groups[len(l.Groups)-1].Rows); n != 2 {
		t.Errorf("%d services begin with a digit", n)
	}

	// A long list has a page for each letter; its alternates are only those with
	// the same letter.
	for n := range 120 {
		files[fmt.Sprintf("services/l%d.md", n)] = fmt.Sprintf("---\ntitle: Кон %d\ndescription: x\n---\n", n)
	}
	files["services/l0.en.md"] = "---\ntitle: Horse\ndescription: x\n---\n"
	b = build(t, "2026-11-20", files)
	b.check()
	l = b.view("bg/a-to-z/4.html").Content.(*List)
	if !l.Letters[3].Current || l.Groups[0].Title != "К" || l.Pager == nil || len(l.Groups[0].Rows) != 100 {
		t.Errorf("the page of К: %+v", l.Letters[3])
	}
	if l := b.view("bg/a-to-z/4-page-2.html").Content.(*List); len(l.Groups[0].Rows) != 20 {
		t.Errorf("%d rows on the second page of К", len(l.Groups[0].Rows))
	}
	for _, a := range b.view("bg/a-to-z.html").Head.Alternates {
		if a.Lang == "en" {
			t.Errorf("the letter А of Bulgarian is told to be %s", a.Href)
		}
	}
}

// TestMonth draws August 2026, which begins on a Saturday.
func TestMonth(t *testing.T) {
	files := map[string]string{
		"events/index.md": "# x",
		"events/night.md": "---\ntitle: Нощ\nstarts: 2026-08-31 20:00\nends: 2026-09-01 03:00\n---\n",
		"events/days.md":  "---\ntitle: Дни\nstarts: 2026-08-03 18:00\nends: 2026-08-05 09:00\n---\n",
		"events/bare.md":  "---\ntitle: До неделя\nstarts: 2026-08-07 18:00\nends: 2026-08-09\n---\n",
		"events/over.md":  "---\ntitle: Минало\nstarts: 2026-08-01 18:00\nends: 2026-08-01 19:00\n---\n",
		"events/early.md": "---\ntitle: Сутрин\nstarts: 2026-08-02 08:00\nends: 2026-08-02 09:00\n---\n",
	}
	for _, c := range []struct{ country, lang, first, week string }{
		{"BG", "en", "Mon", ".....1 2"}, {"US", "en", "Sun", "......1"}, {"EG", "en", "Sat", "1234567"},
	} {
		files["portal.yaml"] = "name: x\nlanguages: en\ncountry: " + c.country + "\n"
		m := build(t, "2026-08-02T12:00", files).view("en/events/index.html").Content.(*Calendar)
		var week string
		for _, d := range m.Weeks[0] {
			if d.Number == "" {
				week += "."
			} else {
				week += d.Number
			}
		}
		if m.Weekdays[0].Short != c.first || len(m.Weekdays) != 7 || week != strings.ReplaceAll(c.week, " ", "") {
			t.Errorf("%s: begins with %q, week %q", c.country, m.Weekdays[0].Short, week)
		}
	}

	files["portal.yaml"] = config
	b := build(t, "2026-08-02T12:00", files)
	b.check()
	v := b.view("en/events/index.html")
	m := v.Content.(*Calendar)
	var busy, rows []string
	for _, w := range m.Weeks {
		for _, d := range w {
			if d.Href != "" {
				busy = append(busy, d.Number)
			}
		}
	}
	for _, r := range m.Events {
		rows = append(rows, r.Day.Number+" "+r.Day.Month+": "+r.Text)
	}
	if s := strings.Join(busy, " "); s != "2 3 4 5 7 8 9 31" {
		t.Errorf("days with events: %s", s)
	}
	want := []string{
		"2 Aug: Sunday, 2 August 2026, 8:00–9:00",
		"3–5 Aug: Monday, 3 August 2026, 18:00 – Wednesday, 5 August 2026, 9:00",
		"7–9 Aug: Friday, 7 August 2026, 18:00 – Sunday, 9 August 2026",
		"31 Aug: Monday, 31 August 2026, 20:00 – Tuesday, 1 September 2026, 3:00",
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
	}
	if m.Next == nil || joined("en/events/index.html", string(m.Next.Href)) != "en/events/2026-09.html" || m.Previous != nil {
		t.Errorf("previous %v, next %v", m.Previous, m.Next)
	}
	september := b.view("en/events/2026-09.html")
	if september.HeadTitle == v.HeadTitle || len(september.Content.(*Calendar).Events) != 1 {
		t.Errorf("September: %q", september.HeadTitle)
	}
	for _, l := range september.Languages {
		if to := joined("en/events/2026-09.html", string(l.Href)); to != l.HrefLang+"/events/2026-09.html" {
			t.Errorf("September in %s is %s", l.HrefLang, to)
		}
	}
}

// TestFacts holds the four cells that answer before the first scroll.
func TestFacts(t *testing.T) {
	b := build(t, "2026-11-20", wholeTown())
	v := b.view("en/services/waste-fee.html")
	s := v.Content.(*Service)
	var got []string
	for _, f := range s.Facts {
		line := f.Icon + ": " + f.Value + " / " + f.Detail
		if f.More != nil {
			line += " / " + f.More.Text + " " + string(f.More.Href)
		}
		got = append(got, line)
	}
	want := []string{
		"price: €2.50 / бърза: €5.00 / + 1 more #price",
		"time: 3 working days / бърза: 1 working day",
		"bring: лична карта / original and 2 copies / + 1 more #need",
		"where: Online / or at the counter / + 3 more #apply",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s.Status == nil || s.Status.Level != "warning" || s.Action != nil {
		t.Error("a suspended service offers its button")
	}
	if len(s.Steps) != 2 || s.Steps[0].Title != "Вижте" || s.Steps[0].Text.Options.Lang != "bg" || s.Steps[1].Text.Options.Lang != "bg" {
		t.Errorf("steps that are not translated are not marked: %+v", s.Steps)
	}
	if s.Requirements[0].Text != "акт" {
		t.Errorf("evidence by its id: %q", s.Requirements[0].Text)
	}
	if len(s.Costs) != 3 || s.Costs[2].Price != "free" || s.Costs[1].Time != "1 working day" {
		t.Errorf("costs %+v", s.Costs)
	}
	if s.Contact == nil || s.Contact.Phones[0].Text != "082 000 120" || s.Contact.Name.Text != "Town hall" {
		t.Errorf("contact %+v", s.Contact)
	}
	if dog := b.view("en/services/dog.html"); dog.Content.(*Service).Costs != nil || dog.Content.(*Service).Action == nil || dog.Kicker == nil {
		t.Error("the dog's page")
	}

	// What is said of a single price is not lost.
	b = build(t, "2026-11-20", map[string]string{"services/x.md": "---\ntitle: x\ndescription: x\ncost: {amount: 5 EUR, channel: online}\n---\n"})
	if c := b.view("en/services/x.html").Content.(*Service).Costs; len(c) != 1 || !strings.Contains(c[0].Name, "nline") {
		t.Errorf("costs %+v", c)
	}
}

func TestOffice(t *testing.T) {
	b := build(t, "2026-11-20", wholeTown())
	o := b.view("en/offices/town-hall.html").Content.(*Office)
	if o.ClosedOn != "2026-12-24/2026-12-28 2027-03-03" || o.Zone != "Europe/Sofia" {
		t.Errorf("closed on %q in %q", o.ClosedOn, o.Zone)
	}
	if len(o.Closures) != 2 || o.Closures[0].Text != "Christmas" {
		t.Errorf("closures %+v", o.Closures)
	}
	if len(o.Week) != 7 || o.Week[0].Spans != "510-720,780-1020" || o.Week[0].Number != 1 || !o.Week[6].Closed {
		t.Errorf("week %+v", o.Week)
	}
	if h := o.Contact.Phones[0].Href; h != "tel:+35982000100" {
		t.Errorf("the number dials %s", h)
	}
	if len(o.Services.Rows) != 3 || len(o.Parts) != 1 {
		t.Errorf("%d services, %d parts", len(o.Services.Rows), len(o.Parts))
	}
}

// TestFallback shows the source where there is no translation, and says so.
func TestFallback(t *testing.T) {
	b := build(t, "2026-11-20", wholeTown())
	v := b.view("ro/services/waste-fee.html")
	switch {
	case v.Fallback == nil || !strings.Contains(v.Fallback.Notice, "bulgară") || joined("ro/services/waste-fee.html", string(v.Fallback.Source.Href)) != "bg/services/waste-fee.html":
		t.Errorf("the notice: %+v", v.Fallback)
	case v.Text != TextLang{"bg", "ltr"} || v.Content.(*Service).Intro.Options.Lang != "bg":
		t.Errorf("the text is marked %+v", v.Text)
	case v.Head.Canonical != "https://town.example/e/bg/services/waste-fee.html" || v.Head.Alternates != nil || !v.Head.NoIndex:
		t.Errorf("the head: %+v", v.Head)
	}
	v = b.view("en/services/waste-fee.html")
	if v.Fallback != nil || v.Text.Lang != "" || v.Head.NoIndex || v.Head.Canonical != "https://town.example/e/en/services/waste-fee.html" {
		t.Errorf("a translated page: %+v", v.Head)
	}
	var alternates []string
	for _, a := range v.Head.Alternates {
		alternates = append(alternates, a.Lang+" "+strings.TrimPrefix(a.Href, "https://town.example/e/"))
	}
	if s := strings.Join(alternates, ", "); s != "bg bg/services/waste-fee.html, en en/services/waste-fee.html, x-default bg/services/waste-fee.html" {
		t.Errorf("alternates %s", s)
	}
	if a := b.view("en/index.html").Head.Alternates; len(a) != 4 || a[3] != (Alternate{"x-default", "https://town.example/e/"}) {
		t.Errorf("alternates of the home page: %v", a)
	}
}

// TestAlternates are mutual: each page that is named names the other.
func TestAlternates(t *testing.T) {
	files := wholeTown()
	files["guides/parts.en.md"] = "---\ntitle: Guide\n---\n## One\n\nText.\n"
	files["pages/own.md"], files["pages/own.ro.md"] = "# x", "---\ntitle: y\nslug: privacy\n---\n" // takes the place of one of ours
	b := build(t, "2026-11-20", files)
	of := map[string][]Alternate{}
	for _, p := range b.paths() {
		of["https://town.example/e/"+p] = b.view(p).Head.Alternates
	}
	pairs := 0
	for p, list := range of {
		for _, a := range list {
			if a.Lang == "x-default" {
				continue
			}
			pairs++
			if !slices.ContainsFunc(of[a.Href], func(back Alternate) bool { return back.Href == p }) {
				t.Errorf("%s names %s, which does not name it", p, a.Href)
			}
		}
	}
	if pairs < 30 {
		t.Errorf("only %d", pairs)
	}
}

func TestGuide(t *testing.T) {
	b := build(t, "2026-11-20", wholeTown())
	one, two := b.view("bg/guides/parts.html"), b.view("bg/guides/parts-2.html")
	if one.HeadTitle != "Ръководство - Бели бряг" || two.HeadTitle != "Две - Ръководство - Бели бряг" {
		t.Errorf("titles %q and %q", one.HeadTitle, two.HeadTitle)
	}
	g := one.Content.(*Guide)
	if text := string(g.Text.Source.Text); !strings.Contains(text, "Увод.") || g.Previous != nil || g.Next == nil || g.Next.Text != "Две" {
		t.Errorf("the first part: %q", text)
	}
	if b.view("bg/guides/one.html").Content.(*Guide).Parts != nil {
		t.Error("a guide without parts lists them")
	}
}

// TestAddressTaken reports a page that would stand where another does, in the
// file that can mend it.
func TestAddressTaken(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"two pages":       {map[string]string{"pages/a b.md": "# x", "pages/a-b.md": "# y"}, "pages/a-b.md:1 link/same-address"},
		"a translation":   {map[string]string{"pages/a.md": "# x", "pages/b.md": "# y\n\n\n\n", "pages/b.ro.md": "---\ntitle: y\nslug: a\n---\n"}, "pages/b.ro.md:3 link/same-address"},
		"part of a guide": {map[string]string{"guides/x.md": "# x\n\n## a\n\n## b\n", "guides/x-2.md": "# y"}, "guides/x-2.md:1 link/same-address"},
		"ours gives way":  {map[string]string{"pages/privacy.md": "# x", "pages/search.md": "# y"}, ""},
	} {
		b := build(t, "2026-11-20", c.files)
		got, _, _ := strings.Cut(b.codes(), "; ")
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, b.codes(), c.want)
		}
	}
}

// TestLinkedData is JSON that a script element can hold, in each page.
func TestLinkedData(t *testing.T) {
	files := wholeTown()
	files["services/evil.md"] = "---\ntitle: \"</script><script>alert(1)</script>\"\ndescription: \"\\\"'&<!--\"\n---\n"
	b := build(t, "2026-11-20", files)
	kinds := map[string]int{}
	for _, p := range b.paths() {
		for _, raw := range b.view(p).Head.LinkedData {
			var node map[string]any
			if err := json.Unmarshal([]byte(raw), &node); err != nil {
				t.Errorf("%s: %v", p, err)
			}
			if strings.ContainsAny(string(raw), "<>") || node["@context"] != "https://schema.org" {
				t.Errorf("%s: %s", p, raw)
			}
			kinds[fmt.Sprint(node["@type"])]++
			walk(node, func(key string, v any) {
				if v == nil || v == "" || key == "" {
					t.Errorf("%s: %q is empty in %s", p, key, raw)
				}
			})
		}
	}
	for _, k := range []string{"GovernmentService", "GovernmentOffice", "Event", "NewsArticle", "FAQPage", "Organization", "DigitalDocument", "BreadcrumbList"} {
		if kinds[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
	for _, m := range b.view("bg/services/waste-fee.html").Head.Meta {
		if m == (Meta{"policy-code", "R1"}) {
			return
		}
	}
	t.Error("no policy code")
}

func walk(v any, visit func(key string, v any)) {
	switch v := v.(type) {
	case map[string]any:
		for k, m := range v {
			visit(k, m)
			walk(m, visit)
		}
	case []any:
		for _, m := range v {
			walk(m, visit)
		}
	}
}

func TestHiddenAndDead(t *testing.T) {
	b := build(t, "2026-11-20", map[string]string{
		"pages/draft.md": "---\ntitle: x\ndraft: true\n---\n",
		"pages/x.md":     "[a](draft.md) [b](page:draft) [c](none.md) [d](service:x) [e](pgae:x) [f](../assets/arm.svg) [g](//x.example) [h](x.md#top) [i](#x) [j](y%20z.md) [k](/pages/x.md)\n",
		"pages/y z.md":   "# y",
	})
	v, _ := b.site("bg").View(b.site("bg").pages["bg/x.html"])
	want := map[string]string{
		"draft.md": "link/hidden", "page:draft": "link/hidden", "none.md": "link/dead", "service:x": "link/dead", "pgae:x": "link/dead page:x",
		"../assets/arm.svg": "link/dead ../assets/arms.svg", "//x.example": "https://x.example", "x.md#top": "#top", "#x": "#x", "y%20z.md": "y-z.html", "/pages/x.md": "x.html",
	}
	for dest, target := range v.Content.(*Article).Text.Options.Targets {
		got := strings.TrimSpace(target.Code + target.Href + " " + target.Guess)
		if got != want[dest] {
			t.Errorf("%s: %q, want %q", dest, got, want[dest])
		}
		delete(want, dest)
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}
