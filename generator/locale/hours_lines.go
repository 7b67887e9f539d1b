package locale

// This file writes opening hours for readers.

import (
	"slices"
	"strings"
)

// HoursLine is one row of opening hours: "понеделник – петък", "8:30 – 17:00".
type HoursLine struct {
	Days  string
	Times string // "" on a day when it is closed
}

// HoursLines writes a week in as few rows as it takes: neighbouring days with
// equal hours share one, closed days have none. Monday comes first.
func (l *Locale) HoursLines(w Week) []HoursLine {
	var lines []HoursLine
	for d := 0; d < 7; {
		end := d + 1
		for end < 7 && slices.Equal(w[end], w[d]) {
			end++
		}
		if len(w[d]) > 0 {
			lines = append(lines, HoursLine{l.dayRange(d, end-1), l.times(w[d])})
		}
		d = end
	}
	return lines
}

// HoursByDay writes a week in seven rows, Monday first.
func (l *Locale) HoursByDay(w Week) []HoursLine {
	lines := make([]HoursLine, 7)
	for d := range lines {
		lines[d] = HoursLine{l.dayRange(d, d), l.times(w[d])}
	}
	return lines
}

// dayRange names days, Monday 0: one, two joined by "and", or first and last.
func (l *Locale) dayRange(from, to int) string {
	first, last := l.data.DaysAlone[(from+1)%7], l.data.DaysAlone[(to+1)%7]
	switch to - from {
	case 0:
		return first
	case 1:
		return l.List([]string{first, last})
	}
	return first + l.data.Dash + last
}

func (l *Locale) times(spans []Span) string {
	var out []string
	for _, s := range spans {
		to := s.To
		if to > 1440 {
			to -= 1440
		}
		// One span stays on one line.
		out = append(out, l.Time(s.From/60, s.From%60)+"\u00a0–\u00a0"+l.Time(to/60, to%60))
	}
	return strings.Join(out, ", ")
}
