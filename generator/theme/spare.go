package theme

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// This file takes out of a style sheet what a portal does not need: rules for
// languages it has not, and the length of names. Together 0.2 KB a page.

// sparer shortens the styles of one portal.
type sparer struct {
	languages []string
	rtl       bool
	names     *strings.Replacer // of custom properties
}

var property = regexp.MustCompile(`--[a-z][a-z0-9-]*`)

// newSparer names the custom properties of all components, the colours among
// them, the same way in every sheet of the portal. Longer names are replaced first,
// for one may begin another.
func (t *Theme) newSparer(languages []string) sparer {
	s := sparer{languages: languages}
	for _, l := range languages {
		base, _, _ := strings.Cut(l, "-")
		s.rtl = s.rtl || slices.Contains([]string{"ar", "fa", "he", "ur", "ps", "ckb", "ug", "yi", "dv", "sd"}, base)
	}
	var all []string
	for _, c := range t.components() {
		all = append(all, property.FindAllString(string(t.files["components/"+c+"/"+c+".css"].data), -1)...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	var pairs []string
	for i, name := range all {
		pairs = append(pairs, name, "--"+strconv.FormatInt(int64(i+10), 36))
	}
	// A replacer prefers the pair that comes first where several match.
	ordered := make([]int, len(all))
	for i := range ordered {
		ordered[i] = i
	}
	slices.SortStableFunc(ordered, func(a, b int) int { return len(all[b]) - len(all[a]) })
	var sorted []string
	for _, i := range ordered {
		sorted = append(sorted, pairs[2*i], pairs[2*i+1])
	}
	s.names = strings.NewReplacer(sorted...)
	return s
}

// spare returns the sheet without rules for other languages, names shortened.
func (s sparer) spare(sheet string) string {
	sheet = withoutRules(sheet, ":lang(", func(rest string) bool {
		tag, _, ok := strings.Cut(rest, ")")
		return ok && tag != "" && !slices.ContainsFunc(s.languages, func(l string) bool { return l == tag || strings.HasPrefix(l, tag+"-") })
	})
	if !s.rtl {
		for _, selector := range []string{"[dir=rtl]", `[dir="rtl"]`} {
			sheet = withoutRules(sheet, selector, func(string) bool { return true })
		}
	}
	return s.names.Replace(sheet)
}

// withoutRules drops the rules with one selector that begins in a certain way
// and of which drop says, given what follows, that nobody needs them.
func withoutRules(sheet, begins string, drop func(rest string) bool) string {
	var out strings.Builder
	for {
		i := strings.Index(sheet, begins)
		if i < 0 {
			break
		}
		rest := sheet[i+len(begins):]
		before := out.String()[max(0, out.Len()-1):] + sheet[:i]
		first := before == "" || strings.HasSuffix(before, "{") || strings.HasSuffix(before, "}")
		opens := strings.IndexAny(rest, "{},")
		if first && opens >= 0 && rest[opens] == '{' && drop(rest) {
			if closes := strings.IndexAny(rest[opens+1:], "{}"); closes >= 0 && rest[opens+1+closes] == '}' {
				out.WriteString(sheet[:i])
				sheet = rest[opens+closes+2:]
				continue
			}
		}
		out.WriteString(sheet[:i+len(begins)])
		sheet = rest
	}
	out.WriteString(sheet)
	return out.String()
}
