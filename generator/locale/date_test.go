package locale

import (
	"strings"
	"testing"
	"time"
)

// narrow makes the many spaces of CLDR alike, so that tests can be read.
var narrow = strings.NewReplacer("\u202f", " ", "\u00a0", " ", "\u2009", " ", "\u200e", "", "\u200f", "")

func TestDateRange(t *testing.T) {
	for _, c := range []struct{ tag, from, to, want string }{
		{"bg", "2026-08-15", "2026-08-17", "15–17 август 2026 г."},
		{"bg", "2026-08-30", "2026-09-02", "30 август – 2 септември 2026 г."},
		{"bg", "2026-12-30", "2027-01-02", "30 декември 2026 г. – 2 януари 2027 г."},
		{"bg", "2026-08-15", "2026-08-15", "15 август 2026 г."},
		{"bg", "2026-08-17", "2026-08-15", "15–17 август 2026 г."},
		{"ro", "2026-08-15", "2026-08-17", "15–17 august 2026"},
		{"en", "2026-08-15", "2026-08-17", "August 15–17, 2026"},
		{"en", "2026-08-30", "2026-09-02", "August 30 – September 2, 2026"},
		{"en-GB", "2026-08-30", "2026-09-02", "30 August – 2 September 2026"},
		{"de", "2026-08-05", "2026-08-07", "5.–7. August 2026"},
		{"hr", "2026-08-05", "2026-08-07", "5.–7. kolovoza 2026."},
		{"sr-Latn", "2026-08-30", "2026-09-02", "30. avgust – 2. septembar 2026."},
		{"hu", "2026-08-15", "2026-08-17", "2026. augusztus 15–17."},
		{"hu", "2026-08-30", "2026-09-02", "2026. augusztus 30. – szeptember 2."},
		{"es", "2026-08-15", "2026-08-17", "15–17 de agosto de 2026"},
		{"ka", "2026-08-30", "2026-09-02", "30 აგვისტო – 2 სექტემბერი, 2026"},
		{"lv", "2026-08-15", "2026-08-17", "2026. gada 15.–17. augusts"},
		{"lt", "2026-08-15", "2026-08-17", "2026 m. rugpjūčio 15–17 d."},
		{"ru", "2026-08-15", "2026-08-17", "15–17 августа 2026 г."},
		{"ar", "2026-08-15", "2026-08-17", "15–17 أغسطس 2026"},
		{"fa", "2026-08-15", "2026-08-17", "۱۵ تا ۱۷ اوت ۲۰۲۶"},
		{"xh", "2026-08-15", "2026-08-17", "2026-08-15 – 2026-08-17"},
		{"xh", "2026-08-15", "2026-09-17", "2026-08-15 – 2026-09-17"},
	} {
		if got := narrow.Replace(For(c.tag).DateRange(date(c.from), date(c.to))); got != c.want {
			t.Errorf("%s %s %s: %q, want %q", c.tag, c.from, c.to, got, c.want)
		}
	}
}

func TestParts(t *testing.T) {
	d := date("2026-01-05")
	for _, c := range []struct{ tag, dayMonth, monthYear, short, weekday string }{
		{"bg", "5 януари", "януари 2026 г.", "яну", "понеделник"},
		{"ro", "5 ianuarie", "ianuarie 2026", "ian", "luni"},
		{"en", "January 5", "January 2026", "Jan", "Monday"},
		{"el", "5 Ιανουαρίου", "Ιανουάριος 2026", "Ιαν", "Δευτέρα"},
		{"hr", "5. siječnja", "siječanj 2026.", "sij", "ponedjeljak"},
		{"uk", "5 січня", "січень 2026 р.", "січ", "понеділок"},
		{"pl", "5 stycznia", "styczeń 2026", "sty", "poniedziałek"},
		{"cnr", "5. januar", "januar 2026.", "jan", "ponedjeljak"},
		{"hu", "január 5.", "2026. január", "jan", "hétfő"},
		{"xh", "01-05", "2026-01", "01", "1"},
	} {
		l := For(c.tag)
		got := []string{l.DayMonth(d), l.MonthYear(d), l.MonthShort(d.Month()), l.Weekday(d.Weekday())}
		for i, w := range []string{c.dayMonth, c.monthYear, c.short, c.weekday} {
			if g := narrow.Replace(got[i]); g != w {
				t.Errorf("%s: %q, want %q", c.tag, g, w)
			}
		}
	}
	if got := For("el").MonthName(time.March); got != "Μάρτιος" {
		t.Errorf("Greek March is %q", got)
	}
}

func TestTime(t *testing.T) {
	for _, c := range []struct {
		tag          string
		hour, minute int
		want         string
	}{
		{"bg", 8, 30, "8:30"}, {"ro", 8, 30, "8:30"}, {"en", 17, 0, "17:00"}, {"en-GB", 8, 5, "8:05"}, {"sr-Latn", 8, 30, "08:30"},
		{"de", 8, 0, "08:00"}, {"es", 8, 0, "8:00"}, {"fi", 8, 30, "8.30"}, {"da", 8, 30, "08.30"}, {"ar-EG", 8, 30, "٠٨:٣٠"}, {"bg", 24, 0, "24:00"}, {"xh", 8, 30, "08:30"},
	} {
		if got := For(c.tag).Time(c.hour, c.minute); got != c.want {
			t.Errorf("%s: %q, want %q", c.tag, got, c.want)
		}
	}
}

func TestFirstWeekday(t *testing.T) {
	for _, c := range []struct {
		tag, country string
		want         time.Weekday
	}{
		{"bg", "", time.Monday}, {"en", "", time.Sunday}, {"en", "BG", time.Monday}, {"en", "us", time.Sunday}, {"ar", "EG", time.Saturday},
		{"ar", "MA", time.Monday}, {"ar-JO", "", time.Saturday}, {"en-GB", "", time.Monday}, {"xh", "", time.Monday},
	} {
		if got := For(c.tag).FirstWeekday(c.country); got != c.want {
			t.Errorf("%s in %q: %v, want %v", c.tag, c.country, got, c.want)
		}
	}
}
