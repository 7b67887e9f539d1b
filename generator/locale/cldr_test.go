package locale

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// icu are figures of ICU 78 (CLDR 48) for 22 locales, as JavaScript's Intl
// gives them.
type icu struct {
	Locales map[string]struct {
		Endonym, Dir            string
		FirstDay                int
		Months, Days, DaysShort []string
		Long, Full, Number, Eur map[string]string
		List                    string
		Plural                  map[string][]int
	}
	Sorted map[string][]string
}

func expected(t *testing.T) icu {
	raw, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var e icu
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatal(err)
	}
	if len(e.Locales) != 22 || len(e.Sorted) == 0 {
		t.Fatalf("%d locales, %d lists", len(e.Locales), len(e.Sorted))
	}
	return e
}

func TestAgainstICU(t *testing.T) {
	for tag, want := range expected(t).Locales {
		l := For(tag)
		same := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("%s: %s is %q, ICU has %q", tag, what, got, want)
			}
		}
		// ICU adds the script to Serbian; we write names with a capital.
		name, _, _ := strings.Cut(want.Endonym, " (")
		if !strings.EqualFold(l.Endonym, name) {
			same("endonym", l.Endonym, name)
		}
		same("dir", l.Dir, want.Dir)
		if got := l.FirstWeekday(""); int(got) != want.FirstDay%7 {
			t.Errorf("%s: week begins on %v, ICU has %d", tag, got, want.FirstDay)
		}
		for i, m := range want.Months {
			if tag == "el" { // Intl has the genitive here
				continue
			}
			same("month", l.MonthName(time.Month(i+1)), m)
		}
		for i := range 7 {
			same("day", l.Weekday(time.Weekday((i+1)%7)), want.Days[i])
			same("short day", l.WeekdayShort(time.Weekday((i+1)%7)), want.DaysShort[i])
		}
		for d, text := range want.Long {
			same("long date", l.Date(date(d)), text)
			same("full date", l.DateFull(date(d)), want.Full[d])
		}
		for n, text := range want.Number {
			same("number", l.Number(n), text)
		}
		for n, text := range want.Eur {
			same("amount", l.Money(n, "EUR"), text)
		}
		same("list", l.List([]string{"A", "B", "C"}), want.List)
		for category, counts := range want.Plural {
			for _, n := range counts {
				if got := l.Plural(n); got != category {
					t.Errorf("%s: %d is %s, ICU has %s", tag, n, got, category)
				}
			}
			if !slices.Contains(l.PluralCategories(), category) {
				t.Errorf("%s lacks the category %s", tag, category)
			}
		}
	}
}

func date(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

// Every file must be whole: a generator's slip would show only when somebody
// first asks for that language.
func TestEveryFile(t *testing.T) {
	for _, tag := range slices.Sorted(maps.Keys(readers())) {
		if tag == "regions" {
			continue
		}
		l := For(tag)
		if l.Tag != tag || l.Endonym == "" || l.Endonym == tag || l.data.Endonym == "" {
			t.Errorf("%s: tag %q, endonym %q", tag, l.Tag, l.Endonym)
		}
		if c, err := Canonical(tag); c != tag || err != nil {
			t.Errorf("%s is not canonical: %q, %v", tag, c, err)
		}
		d := l.data
		for what, list := range map[string][]string{"months": d.Months, "monthsAlone": d.MonthsAlone, "monthsShort": d.MonthsShort,
			"days": d.Days, "daysAlone": d.DaysAlone, "daysShort": d.DaysShort, "list": d.List, "quotes": d.Quotes} {
			if n := map[byte]int{'m': 12, 'd': 7, 'l': 4, 'q': 4}[what[0]]; len(list) != n || slices.Contains(list, "") {
				t.Errorf("%s: %s: %q", tag, what, list)
			}
		}
		for what, pattern := range map[string]string{"long": d.Long, "full": d.Full, "dayToDay": d.DayToDay} {
			if !strings.Contains(pattern, "y") || !strings.Contains(pattern, "d") {
				t.Errorf("%s: %s: %q", tag, what, pattern)
			}
		}
		if d.Decimal == "" || d.Number == "" || !strings.Contains(d.Money, "¤") || d.Collation == "" {
			t.Errorf("%s: %+v", tag, d)
		}
		if d.Digits != "" && len([]rune(d.Digits)) != 10 {
			t.Errorf("%s: digits %q", tag, d.Digits)
		}
		l.DateFull(date("2026-08-21"))
		l.Money("-1234567.5", "EUR")
		l.Sorter().Key("a")
	}
}

func TestSharedByGoroutines(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for _, tag := range []string{"bg", "ro", "sr-Latn", "ka", "ar", "xx"} {
				l := For(tag)
				l.Date(date("2026-08-21"))
				l.Plural(i)
				l.IndexLetter("Дом")
				Slug("Дом", tag)
			}
		})
	}
	wg.Wait()
}
