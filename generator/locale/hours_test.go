package locale

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// dump writes a week so that tests can be read: "Mo 510-720 780-1020".
func dump(w Week) string {
	var out []string
	for d, spans := range w {
		line := [...]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}[d]
		for _, s := range spans {
			line += fmt.Sprintf(" %d-%d", s.From, s.To)
		}
		if len(spans) > 0 {
			out = append(out, line)
		}
	}
	return strings.Join(out, "; ")
}

func TestParseHours(t *testing.T) {
	all := func(span string) string {
		return "Mo " + span + "; Tu " + span + "; We " + span + "; Th " + span + "; Fr " + span + "; Sa " + span + "; Su " + span
	}
	for in, want := range map[string]string{
		"Mo-Tu 08:30-12:00, 13:00-17:00; Sa 09:00-12:00": "Mo 510-720 780-1020; Tu 510-720 780-1020; Sa 540-720",
		"Mo,We 8-12":                "Mo 480-720; We 480-720",
		"mo – we: 8.30–12.00":       "Mo 510-720; Tu 510-720; We 510-720",
		"Monday to Friday 8-12":     "!7",
		"Monday - Tuesday 8h30-12h": "Mo 510-720; Tu 510-720",
		"Mondays 8:00-12:00":        "Mo 480-720",
		"Mon. 8-12\nTue 9-12\n":     "Mo 480-720; Tu 540-720",
		"24/7":                      all("0-1440"),
		"08:00-24:00":               all("480-1440"),
		"Mo-Su 8-12; We off":        "Mo 480-720; Tu 480-720; Th 480-720; Fr 480-720; Sa 480-720; Su 480-720",
		"Mo-Tu 8-17; Tu 8-19":       "Mo 480-1020; Tu 480-1140",
		"Mo 8-12, Tu 9-12":          "Mo 480-720; Tu 540-720",
		"Mo 8-12, Mo 13-17":         "Mo 480-720 780-1020",
		"Mo 13-17, 8-13":            "Mo 480-1020",
		"Sa-Mo 8-12":                "Mo 480-720; Sa 480-720; Su 480-720",
		"Fr 22:00-02:00":            "Fr 1320-1560",
		"Mo 8-12; PH off":           "Mo 480-720",
		"Mo,PH 8-12":                "Mo 480-720",
		"Mo closed":                 "",
		"Mo 8-12;":                  "Mo 480-720",
		"\u00a0Mo\u00a08:00\u00a0–\u00a012:00 ": "Mo 480-720",
		// "!" and the offset of the fault
		"": "!0", "  ": "!2", "Mo": "!2", "Mo-Xy 8-12": "!3", "Mo 8": "!4", "Mo 8-": "!5", "Mo 25:00-26:00": "!3", "Mo 8:60-9": "!3", "Mo 8-8": "!5",
		"Mo 24:00-25:00": "!3", "Mo 8-12 x": "!8", "понеделник 8-12": "!0", "Mo 8-12,": "Mo 480-720", "Mo 8-12;;": "Mo 480-720", "8": "!1", "Mo 8:5-9": "!3", "Mo-PH 8-12": "!5",
	} {
		w, err := ParseHours(in)
		got := dump(w)
		if err != nil {
			got = fmt.Sprintf("!%d", err.Offset)
			if err.Want == "" || err.Error() == "" {
				t.Errorf("%q: %+v", in, err)
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestHoursGuess(t *testing.T) {
	for in, want := range map[string]string{"Mo-Firday 8-12": "friday", "Tusday 8-12": "tuesday", "Mo ofd": "off", "Mo clsed": "closed", "Mo 8-12; Sundy off": "sunday"} {
		if _, err := ParseHours(in); err == nil || err.Guess != want {
			t.Errorf("%q: %+v, want %q", in, err, want)
		}
	}
	_, err := For("bg").ParseHours("понеделник–петак 8-12")
	if err == nil || err.Offset != 11 || err.Len != 5 || err.Word != "петак" || err.Guess != "петък" {
		t.Errorf("%+v", err)
	}
}

func TestParseLocalHours(t *testing.T) {
	for _, c := range []struct{ tag, in, want string }{
		{"bg", "понеделник – вторник 8:30–17:00; Събота 9-12", "Mo 510-1020; Tu 510-1020; Sa 540-720"},
		{"bg", "пн-вт 8-12; Mo off", "Tu 480-720"},
		{"ro", "lun.-mar. 8-12", "Mo 480-720; Tu 480-720"},
		{"pt", "segunda-feira-terça-feira 8-12", "Mo 480-720; Tu 480-720"},
		{"sq", "e hënë 8-12", "Mo 480-720"},
		{"ar", "الاثنين 8-12", "Mo 480-720"},
	} {
		w, err := For(c.tag).ParseHours(c.in)
		if err != nil || dump(w) != c.want {
			t.Errorf("%s %q: %s, %+v", c.tag, c.in, dump(w), err)
		}
	}
}

func TestHoursLines(t *testing.T) {
	for _, c := range []struct{ tag, in, want string }{
		{"bg", "Mo-Fr 8:30-17:00", "понеделник – петък: 8:30 – 17:00"},
		{"bg", "Mo-Fr 8:30-12, 13-17; Sa,Su 9-12", "понеделник – петък: 8:30 – 12:00, 13:00 – 17:00 | събота и неделя: 9:00 – 12:00"},
		{"bg", "Mo,We 8-12", "понеделник: 8:00 – 12:00 | сряда: 8:00 – 12:00"},
		{"en", "Fr 22-2", "Friday: 22:00 – 2:00"},
		{"de", "24/7", "Montag – Sonntag: 00:00 – 24:00"},
		{"bg", "Mo off", ""},
	} {
		w, err := ParseHours(c.in)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range For(c.tag).HoursLines(w) {
			got = append(got, l.Days+": "+l.Times)
		}
		if g := narrow.Replace(strings.Join(got, " | ")); g != c.want {
			t.Errorf("%s %q: %s, want %s", c.tag, c.in, g, c.want)
		}
	}
	w, _ := ParseHours("Sa 9-12")
	if got := For("bg").HoursByDay(w); len(got) != 7 || got[5] != (HoursLine{"събота", "9:00\u00a0–\u00a012:00"}) || got[6] != (HoursLine{"неделя", ""}) {
		t.Errorf("%q", got)
	}
}

func FuzzParseHours(f *testing.F) {
	for _, s := range []string{"Mo-Fr 08:30-12:00, 13:00-17:00; Sa off", "24/7", "Fr-Mo 22-2", "понеделник 8", "Mo,\n;:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, parse := range []func(string) (Week, *HoursError){ParseHours, For("bg").ParseHours} {
			w, err := parse(s)
			if err != nil {
				if n := utf8.RuneCountInString(s); err.Offset < 0 || err.Offset+err.Len > n {
					t.Errorf("%q: fault at %d+%d of %d", s, err.Offset, err.Len, n)
				}
				continue
			}
			for _, spans := range w {
				for _, x := range spans {
					if x.From < 0 || x.From >= 1440 || x.To <= x.From || x.To > 2880 {
						t.Errorf("%q: %v", s, x)
					}
				}
				if !slices.IsSortedFunc(spans, func(a, b Span) int { return a.From - b.From }) {
					t.Errorf("%q: %v", s, spans)
				}
			}
			For("bg").HoursLines(w)
		}
	})
}
