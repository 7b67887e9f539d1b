package form

// This file adds up what answers cost.

import (
	"strconv"
	"strings"
)

// Total is the fee and the prices of the answers chosen, once for each row of a
// repeat; as a decimal in the form's currency. It is "" where the form says
// nothing of money. The answers are those [Check] returned.
func Total(f *Form, in Answers) string {
	if !f.Costs() {
		return ""
	}
	cents := toCents(f.Fee.Decimal)
	for a := range f.All() {
		if len(a.Choices) == 0 {
			continue
		}
		for _, v := range found(map[string]any(in), a.Path()) {
			list, many := v.([]any)
			if !many {
				list = []any{v}
			}
			for _, one := range list {
				if s, ok := one.(string); ok {
					if ch := a.Choice(s); ch != nil {
						cents += toCents(ch.Price)
					}
				}
			}
		}
	}
	return strconv.FormatInt(cents/100, 10) + "." + two(cents%100)
}

// Costs tells whether the form speaks of money at all.
func (f *Form) Costs() bool {
	if f.Fee.Decimal != "" {
		return true
	}
	for a := range f.All() {
		for _, c := range a.Choices {
			if c.Price != "" {
				return true
			}
		}
	}
	return false
}

func two(n int64) string {
	if n < 10 {
		return "0" + strconv.FormatInt(n, 10)
	}
	return strconv.FormatInt(n, 10)
}

// toCents reads a decimal of at most two places, as prices and fees are kept.
func toCents(decimal string) int64 {
	whole, fraction, _ := strings.Cut(decimal, ".")
	n, _ := strconv.ParseInt(whole+(fraction + "00")[:2], 10, 64)
	return n
}

// found returns the answers at a path, one for each row where a repeat lies on it.
func found(v any, path []string) []any {
	switch v := v.(type) {
	case []any:
		if len(path) == 0 {
			return []any{v}
		}
		var out []any
		for _, row := range v {
			out = append(out, found(row, path)...)
		}
		return out
	case map[string]any:
		if len(path) > 0 {
			return found(v[path[0]], path[1:])
		}
	case nil:
		return nil
	}
	if len(path) == 0 {
		return []any{v}
	}
	return nil
}
