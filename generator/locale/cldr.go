package locale

// This file reads the data of the folder cldr: one file a locale, made by
// cldr/generate.go, and one of facts about regions and currencies.

import (
	"embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed cldr/*.json
var files embed.FS

// data is what CLDR says about one locale. Patterns are those of UTS 35.
type data struct {
	Endonym, Script, Region, Dir         string
	Months, MonthsAlone, MonthsShort     []string // January first; in a date, alone, short and without dots
	Days, DaysAlone, DaysShort           []string // Sunday first, as time.Weekday
	Long, Full, DayMonth, MonthYear      string
	DayToDay, Dash                       string // two days of one month; what stands between two dates
	Clock                                string // hour, separator, minute
	Digits                               string // ten digits, if not 0-9
	Decimal, Group, Minus, Number, Money string
	MoneyAlpha, MoneyDecimal, MoneyGroup string // where they differ
	Least                                int    // digits before the first separator, at least
	Symbols                              map[string]string
	List                                 []string // two, start, middle, end
	Quotes                               []string
	Collation                            string
	Index                                []string
	Alike                                map[string]string // capitals that sort as a letter of the index
	Plural                               [][2]string       // category and rule

	forms []form
}

type regionFacts struct {
	FirstDay  map[string]int    // time.Weekday by region, where it is not Monday
	Fractions map[string]int    // minor digits by currency, where they are not two
	Parents   map[string]string // parent locales that cutting the tag does not give
}

var regions = sync.OnceValue(func() *regionFacts {
	r := new(regionFacts)
	mustRead("regions", r)
	return r
})

// readers has one reader for each file; each reads its file once, when asked.
var readers = sync.OnceValue(func() map[string]func() *data {
	entries, err := files.ReadDir("cldr")
	if err != nil {
		panic("locale: " + err.Error())
	}
	all := map[string]func() *data{}
	for _, e := range entries {
		tag := strings.TrimSuffix(e.Name(), ".json")
		all[tag] = sync.OnceValue(func() *data {
			d := new(data)
			mustRead(tag, d)
			if d.DaysAlone == nil {
				d.DaysAlone = d.Days
			}
			d.forms = compile(d.Plural)
			return d
		})
	}
	return all
})

func mustRead(name string, into any) {
	raw, err := files.ReadFile("cldr/" + name + ".json")
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		panic("locale: " + name + ": " + err.Error())
	}
}

// lookup returns the data of the nearest parent that has a file.
func lookup(tag string) *data {
	for t := tag; t != ""; t = parent(t) {
		if read := readers()[t]; read != nil && t != "regions" {
			return read()
		}
		// Data of the same language in another script would be wrong.
		if p := parent(t); p != "" && script(t) != "" && script(p) == "" {
			if read := readers()[p]; read == nil || read().Script != script(t) {
				break
			}
		}
	}
	d := *neutral()
	d.Script = likelyScript(tag)
	return &d
}

// likelyScript is the script of a language without data of ours.
func likelyScript(tag string) string {
	if s := script(tag); s != "" {
		return s
	}
	return "Latn"
}

// neutral serves languages without data: ISO 8601 and ISO 4217.
var neutral = sync.OnceValue(func() *data {
	months := strings.Fields("01 02 03 04 05 06 07 08 09 10 11 12")
	days := strings.Fields("7 1 2 3 4 5 6")
	return &data{
		Months: months, MonthsAlone: months, MonthsShort: months,
		Days: days, DaysAlone: days, DaysShort: days,
		Long: "y-MM-dd", Full: "y-MM-dd", DayMonth: "MM-dd", MonthYear: "y-MM", DayToDay: "y-MM-dd – y-MM-dd", Dash: " – ",
		Clock: "HH:mm", Decimal: ".", Group: "\u00a0", Minus: "-", Number: "#,##0.###", Money: "#,##0.00\u00a0¤", Least: 1,
		List: []string{"{0}, {1}", "{0}, {1}", "{0}, {1}", "{0}, {1}"}, Quotes: []string{"“", "”", "‘", "’"}, Collation: "und",
	}
})
