package locale

// This file tells which form of a word goes with a count, by the cardinal rules
// of CLDR (UTS 35, part 3, section 5).

import (
	"slices"
	"strconv"
	"strings"
)

// categories is the order CLDR tries them in; "other" is what remains.
var categories = []string{"zero", "one", "two", "few", "many", "other"}

// form is one category and its rule: alternatives of conditions that must all
// hold.
type form struct {
	category string
	any      [][]condition
}

// condition is "value % mod is (or is not) within one of the ranges".
type condition struct {
	whole  bool // the operand is the integer value; the others are 0 for integers
	mod    int
	not    bool
	ranges [][2]int
}

// Plural returns the category of a count: zero, one, two, few, many or other.
func (l *Locale) Plural(n int) string {
	if n < 0 {
		n = -n
	}
	for _, f := range l.data.forms {
		if slices.ContainsFunc(f.any, func(all []condition) bool {
			return !slices.ContainsFunc(all, func(c condition) bool { return !c.holds(n) })
		}) {
			return f.category
		}
	}
	return "other"
}

// PluralCategories returns the categories the language has, in the order of
// CLDR, "other" last.
func (l *Locale) PluralCategories() []string {
	var out []string
	for _, f := range l.data.forms {
		out = append(out, f.category)
	}
	return append(out, "other")
}

func (c condition) holds(n int) bool {
	v := 0
	if c.whole {
		v = n
	}
	if c.mod > 0 {
		v %= c.mod
	}
	in := slices.ContainsFunc(c.ranges, func(r [2]int) bool { return r[0] <= v && v <= r[1] })
	return in != c.not
}

// compile reads rules such as "v = 0 and i % 10 = 2..4 and i % 100 != 12..14".
func compile(rules [][2]string) []form {
	var out []form
	for _, r := range rules {
		f := form{category: r[0]}
		for _, alternative := range strings.Split(r[1], " or ") {
			var all []condition
			for _, part := range strings.Split(alternative, " and ") {
				all = append(all, compileCondition(strings.Fields(part)))
			}
			f.any = append(f.any, all)
		}
		out = append(out, f)
	}
	return out
}

func compileCondition(w []string) condition {
	c := condition{whole: w[0] == "n" || w[0] == "i"}
	if w[1] == "%" {
		c.mod = atoi(w[2])
		w = w[2:]
	}
	c.not = w[1] == "!="
	for _, r := range strings.Split(w[2], ",") {
		from, to, span := strings.Cut(r, "..")
		if !span {
			to = from
		}
		c.ranges = append(c.ranges, [2]int{atoi(from), atoi(to)})
	}
	return c
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic("locale: plural rule: " + err.Error())
	}
	return n
}
