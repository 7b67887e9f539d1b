package portal_test

import (
	"strings"
	"testing"
	"time"

	"belfry/generator/portal"
)

// TestVisible holds publish and expires in the portal's zone, to the second.
func TestVisible(t *testing.T) {
	p := sound(t, map[string]string{
		"pages/later.md":   "---\ntitle: x\npublish: 2026-11-30\n---\n",
		"pages/hour.md":    "---\ntitle: x\npublish: 2026-11-30 18:00\n---\n",
		"pages/zone.md":    "---\ntitle: x\npublish: 2026-11-30T18:00:00+05:00\n---\n",
		"pages/expired.md": "---\ntitle: x\nexpires: 2026-11-30 18:00\n---\n",
		"pages/draft.md":   "---\ntitle: x\ndraft: true\n---\n",
		"pages/always.md":  "# x", "pages/always.ro.md": "---\ntitle: Mereu\npublish: 2026-11-30\n---\n",
	})
	utc := func(text string) time.Time {
		m, err := time.Parse("2006-01-02 15:04:05", text)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, c := range []struct{ at, visible string }{
		{"2026-11-29 21:59:59", "always expired"},
		{"2026-11-29 22:00:00", "always expired later"}, // midnight in Sofia
		{"2026-11-30 13:00:00", "always expired later zone"},
		{"2026-11-30 15:59:59", "always expired later zone"},
		{"2026-11-30 16:00:00", "always hour later zone"},
	} {
		var got []string
		for _, it := range p.In("bg", utc(c.at)).Of("page") {
			got = append(got, it.ID)
		}
		if s := strings.Join(got, " "); s != c.visible {
			t.Errorf("at %s: %q, want %q", c.at, s, c.visible)
		}
	}
	// A translation that is not shown yet leaves its page to the source.
	before, _ := p.In("ro", utc("2026-11-29 21:59:59")).Lookup("page", "always")
	after, _ := p.In("ro", utc("2026-11-29 22:00:00")).Lookup("page", "always")
	if !before.Fallback || before.Title != "x" || after.Fallback || after.Title != "Mereu" {
		t.Errorf("before %q, after %q", before.Title, after.Title)
	}
}

func TestOccurrences(t *testing.T) {
	for name, c := range map[string]struct{ front, from, to, want string }{
		"one day":           {"starts: 2026-08-01", "2026-07-01", "2026-09-01", "01.08 00:00-02.08 00:00 all day"},
		"days":              {"starts: 2026-08-01\nends: 2026-08-03", "2026-07-01", "2026-09-01", "01.08 00:00-04.08 00:00 all day to"},
		"hours":             {"starts: 2026-08-01 10:00\nends: 2026-08-01 12:00", "2026-07-01", "2026-09-01", "01.08 10:00-01.08 12:00 to"},
		"no end":            {"starts: 2026-08-01 10:00", "2026-07-01", "2026-09-01", "01.08 10:00-02.08 00:00"},
		"end before start":  {"starts: 2026-08-01 10:00\nends: 2026-07-01", "2026-07-01", "2026-09-01", "01.08 10:00-02.08 00:00"},
		"end is that day":   {"starts: 2026-08-01 10:00\nends: 2026-08-01", "2026-07-01", "2026-09-01", "01.08 10:00-02.08 00:00"},
		"end is a day":      {"starts: 2026-08-01 10:00\nends: 2026-08-02", "2026-07-01", "2026-09-01", "01.08 10:00-03.08 00:00 to"},
		"day to hour":       {"starts: 2026-08-01\nends: 2026-08-02 17:00", "2026-07-01", "2026-09-01", "01.08 00:00-03.08 00:00 all day to"},
		"over":              {"starts: 2026-08-01", "2026-08-02", "2026-09-01", ""},
		"still running":     {"starts: 2026-08-01", "2026-08-01 23:59", "2026-09-01", "01.08 00:00-02.08 00:00 all day"},
		"not yet":           {"starts: 2026-09-01", "2026-08-01", "2026-09-01", ""},
		"weekly":            {"starts: 2026-08-01 10:00\nends: 2026-08-01 11:00\nrepeats: week", "2026-08-08 10:30", "2026-08-23", "08.08 10:00-08.08 11:00 to, 15.08 10:00-15.08 11:00 to, 22.08 10:00-22.08 11:00 to"},
		"until":             {"starts: 2026-08-01\nrepeats: {every: week, until: 2026-08-08}", "2026-08-01", "2027-08-01", "01.08 00:00-02.08 00:00 all day, 08.08 00:00-09.08 00:00 all day"},
		"monthly, 31st":     {"starts: 2026-01-31\nrepeats: month", "2026-01-01", "2026-08-01", "31.01 00:00-01.02 00:00 all day, 31.03 00:00-01.04 00:00 all day, 31.05 00:00-01.06 00:00 all day, 31.07 00:00-01.08 00:00 all day"},
		"leap day":          {"starts: 2024-02-29\nrepeats: year", "2024-01-01", "2030-01-01", "29.02 00:00-01.03 00:00 all day, 29.02 00:00-01.03 00:00 all day"},
		"over a month":      {"starts: 2026-01-31 20:00\nends: 2026-02-02 08:00\nrepeats: month", "2026-03-01", "2026-04-01", "31.03 20:00-02.04 08:00 to"},
		"clock goes on":     {"starts: 2026-03-22\nrepeats: week", "2026-03-29", "2026-03-30", "29.03 00:00-30.03 00:00 all day"},
		"clock goes back":   {"starts: 2026-10-18\nrepeats: week", "2026-10-25", "2026-10-26", "25.10 00:00-26.10 00:00 all day"},
		"same hour after":   {"starts: 2026-03-28 22:00\nends: 2026-03-29 06:00\nrepeats: day", "2026-03-29 12:00", "2026-03-30", "29.03 22:00-30.03 06:00 to"},
		"another zone":      {"starts: 2026-08-01T23:30:00Z", "2026-07-01", "2026-09-01", "02.08 02:30-03.08 00:00"},
		"daily for decades": {"starts: 1990-01-01 09:00\nends: 1990-01-01 10:00\nrepeats: day", "2026-08-01 09:30", "2026-08-02", "01.08 09:00-01.08 10:00 to"},
		"every is missing":  {"starts: 2026-08-01\nrepeats: {until: 2027-01-01}", "2026-07-01", "2027-09-01", "01.08 00:00-02.08 00:00 all day"},
	} {
		p, _ := town(t, map[string]string{"events/x.md": "---\ntitle: x\n" + c.front + "\n---\n"})
		e, _ := p.Lookup("event", "x")
		var got []string
		for _, o := range p.Occurrences(e, at(t, p, strings.Replace(c.from, " ", "T", 1)), at(t, p, c.to)) {
			s := o.Starts.Format("02.01 15:04-") + o.Ends.Format("02.01 15:04")
			if o.AllDay {
				s += " all day"
			}
			if o.EndGiven {
				s += " to"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, s, c.want)
		}
	}
}

func TestNextChange(t *testing.T) {
	for name, c := range map[string]struct{ file, front, at, want string }{
		"nothing":              {"pages/x.md", "", "2026-08-01", ""},
		"appears":              {"pages/x.md", "publish: 2026-09-01", "2026-08-01", "2026-09-01T00:00:00+03:00"},
		"has appeared":         {"pages/x.md", "publish: 2026-09-01", "2026-09-01", ""},
		"expires":              {"pages/x.md", "publish: 2026-09-01\nexpires: 2026-12-01 10:00", "2026-09-01", "2026-12-01T10:00:00+02:00"},
		"alert begins":         {"alerts/x.md", "starts: 2026-09-01 08:00\nends: 2026-09-02", "2026-08-01", "2026-09-01T08:00:00+03:00"},
		"alert ends":           {"alerts/x.md", "starts: 2026-09-01 08:00\nends: 2026-09-02", "2026-09-02T10:00", "2026-09-03T00:00:00+03:00"},
		"notice closes":        {"notices/x.md", "closes: 2026-09-02", "2026-09-02", "2026-09-03T00:00:00+03:00"},
		"event ends":           {"events/x.md", "starts: 2026-08-05 10:00\nends: 2026-08-05 12:00", "2026-08-01", "2026-08-05T12:00:00+03:00"},
		"its day ends":         {"events/x.md", "starts: 2026-08-05 10:00\nends: 2026-08-05 12:00", "2026-08-05T12:00", "2026-08-06T00:00:00+03:00"},
		"the month ends":       {"events/x.md", "starts: 2026-08-05", "2026-08-06", "2026-09-01T00:00:00+03:00"},
		"weekly":               {"events/x.md", "starts: 2026-08-05 10:00\nends: 2026-08-05 12:00\nrepeats: week", "2026-08-06", "2026-08-12T12:00:00+03:00"},
		"an empty calendar":    {"events/index.md", "", "2026-12-06", "2027-01-01T00:00:00+02:00"},
		"words of other lists": {"news/index.md", "", "2026-12-06", ""},
	} {
		p, _ := town(t, map[string]string{c.file: "---\ntitle: x\n" + c.front + "\n---\n"})
		got := ""
		if next, ok := p.NextChange(at(t, p, c.at)); ok {
			got = next.Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestOpen(t *testing.T) {
	p := sound(t, map[string]string{"alerts/x.md": "---\ntitle: x\nstarts: 2026-11-01\nends: 2026-11-03\n---\n", "alerts/y.md": "# always"})
	x, _ := p.Lookup("alert", "x")
	y, _ := p.Lookup("alert", "y")
	for text, want := range map[string]bool{"2026-10-31T23:59": false, "2026-11-01": true, "2026-11-03T23:59": true, "2026-11-04": false} {
		if p.Open(x, "starts", "ends", at(t, p, text)) != want || !p.Open(y, "starts", "ends", at(t, p, text)) {
			t.Errorf("at %s", text)
		}
	}
}

// TestConfig fills defaults and reports what no portal can be built from.
func TestConfig(t *testing.T) {
	p, faults := town(t, map[string]string{portal.File: "name: x\nlanguages: bg\nbase_url: https://town.example/e\ncountry: bg\n"})
	c := p.Config
	expect(t, faults)
	if c.BaseURL != "https://town.example/e/" || c.Country != "BG" || c.Currency != "EUR" || c.Zone != time.UTC || c.Colour != portal.DefaultColour || c.Profile != "basic" || c.First() != "bg" {
		t.Errorf("got %+v", c)
	}
	_, faults = town(t, map[string]string{portal.File: "name: x\nlanguages: [bg, BG, ro]\nbase_url: assets/x\ntime_zone: Sofia\ncountry: Bulgaria\n"})
	expect(t, faults, "portal.yaml:2 config/language-twice", "portal.yaml:3 config/base-url", "portal.yaml:4 config/time-zone", "portal.yaml:5 config/country")
	for _, bad := range []string{"https://x.example/?q", "https://x.example/#f", "mailto:a@b.example", "service:x"} {
		_, faults = town(t, map[string]string{portal.File: "name: x\nlanguages: bg\nbase_url: \"" + bad + "\"\n"})
		expect(t, faults, "portal.yaml:3 config/base-url")
	}
	c = sound(t, map[string]string{portal.File: sofia}).Config
	name := c.Fields.Get("name")
	if c.In(name, "ro") != "Malu Alb" || c.In(name, "en") != "Бели бряг" || c.In(portal.Value{Text: "x"}, "ro") != "x" || c.In(portal.Value{}, "ro") != "" {
		t.Error("a name is in the wrong language")
	}
}
