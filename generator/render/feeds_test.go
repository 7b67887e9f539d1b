package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// file is one file of an edition's feeds.
func (b *built) file(name string) string {
	b.t.Helper()
	for _, s := range b.sites {
		for _, f := range s.Feeds() {
			if f.Path == name {
				raw := f.Make()
				if !bytes.Equal(raw, f.Make()) {
					b.t.Errorf("%s is not the same twice", name)
				}
				return string(raw)
			}
		}
	}
	b.t.Fatalf("there is no file %s", name)
	return ""
}

// wellFormed reads XML to its end.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
	}
}

func TestAtom(t *testing.T) {
	files := wholeTown()
	files["news/evil.md"] = "---\ntitle: \"a & <b> \\u0001 ]]>\"\ndescription: \"\\\"x\\\"\"\ndate: 2026-11-04 09:30\n---\n"
	b := build(t, "2026-11-20", files)
	for _, lang := range []string{"bg", "ro", "en"} {
		wellFormed(t, b.file(lang+"/feed.xml"))
	}
	feed := b.file("en/feed.xml")
	for _, want := range []string{
		"<id>https://town.example/e/en/feed.xml</id>", "<updated>2026-11-04T07:30:00Z</updated>", `href="https://town.example/e/en/news/a.html"`,
		`lang="bg"`, "a &amp; &lt;b&gt;",
	} {
		if !strings.Contains(feed, want) {
			t.Errorf("the feed lacks %s:\n%s", want, feed)
		}
	}
	files["portal.yaml"] = "name: x\nlanguages: en\n"
	plain := build(t, "2026-11-20", files).file("en/feed.xml")
	wellFormed(t, plain)
	if !strings.Contains(plain, "<id>urn:belfry:en/news/a.html</id>") || !strings.Contains(plain, `href="news/a.html"`) {
		t.Errorf("without an address of the portal:\n%s", plain)
	}
}

func TestCalendarFile(t *testing.T) {
	long := strings.Repeat("Дълго, много; дълго\\ ", 12)
	b := build(t, "2026-11-20", map[string]string{
		"events/weekly.md":   "---\ntitle: '" + long + "'\nstarts: 2026-03-01 10:00\nends: 2026-03-01 12:00\nrepeats: {every: week, until: 2026-04-30}\nplace: x\n---\n",
		"events/days.md":     "---\ntitle: Дни\nstarts: 2026-03-28\nends: 2026-03-29\n---\n",
		"events/zone.md":     "---\ntitle: z\nstarts: 2026-03-01T10:00:00Z\nrepeats: month\n---\n",
		"events/no-every.md": "---\ntitle: n\nstarts: 2026-03-01 10:00\nrepeats: {until: 2027-01-01}\n---\n",
	})
	text := b.file("bg/calendar.ics")
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n ", ""), "\r\n")
	for _, want := range []string{
		"SUMMARY:" + strings.NewReplacer(`\`, `\\`, ",", `\,`, ";", `\;`).Replace(strings.TrimSpace(long)),
		"DTSTART;TZID=Europe/Sofia:20260301T100000", "RRULE:FREQ=WEEKLY;UNTIL=20260430T205959Z", "LOCATION:x", "UID:weekly@town.example",
		"DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330", "URL:https://town.example/e/bg/events/days.html",
		"DTSTART;TZID=Europe/Sofia:20260301T120000", "RRULE:FREQ=MONTHLY",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("the calendar lacks %s in\n%s", want, strings.Join(lines, "\n"))
		}
	}
	if strings.Contains(text, "FREQ=;") || strings.Count(text, "BEGIN:VEVENT") != 4 || strings.Count(text, "END:VEVENT") != 4 {
		t.Errorf("\n%s", text)
	}
	if one := b.file("ro/events/days.ics"); strings.Count(one, "BEGIN:VEVENT") != 1 {
		t.Errorf("\n%s", one)
	}
}

func TestManifest(t *testing.T) {
	b := build(t, "2026-11-20", map[string]string{"portal.yaml": "name: \"a\\\"b\\x07\\uE000 \\U000E0001\"\nlanguages: [en, ar]\nbrand: {logo: assets/arms.svg}\n"})
	for _, name := range []string{"en.webmanifest", "ar.webmanifest"} {
		var m map[string]any
		if err := json.Unmarshal([]byte(b.file(name)), &m); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if m["icons"] == nil || m["start_url"] != strings.TrimSuffix(name, ".webmanifest")+"/index.html" {
			t.Errorf("%s: %v", name, m)
		}
	}
}

// TestSitemap lists what may be found, and nothing that shows another language.
func TestSitemap(t *testing.T) {
	b := build(t, "2026-11-20", wholeTown())
	text := string(Sitemap(b.sites))
	wellFormed(t, text)
	for path, want := range map[string]bool{
		"bg/services/waste-fee.html": true, "en/services/waste-fee.html": true, "ro/services/waste-fee.html": false, "bg/search.html": false, "ro/index.html": true, "bg/news/index.html": true,
	} {
		if strings.Contains(text, "<loc>https://town.example/e/"+path+"</loc>") != want {
			t.Errorf("%s: %v", path, !want)
		}
	}
	if !strings.Contains(text, "<lastmod>2026-11-01</lastmod>") || !strings.Contains(text, `hreflang="en" href="https://town.example/e/en/services/waste-fee.html"`) {
		t.Error(text)
	}
	if Sitemap(build(t, "2026-11-20", map[string]string{"portal.yaml": "name: x\nlanguages: en\n"}).sites) != nil {
		t.Error("a sitemap without addresses")
	}
	if r := string(Robots("https://x.example/")); !strings.HasSuffix(r, "Sitemap: https://x.example/sitemap.xml\n") || strings.Contains(string(Robots("")), "Sitemap") {
		t.Error(r)
	}
}
