package render

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"belfry/generator/portal"
)

// occurrences are all events between two moments, in order of their beginning.
func (s *Site) occurrences(from, to time.Time) []portal.Occurrence {
	var out []portal.Occurrence
	for _, it := range s.byType["event"] {
		out = append(out, s.Portal.Occurrences(it.Entity, from, to)...)
	}
	slices.SortStableFunc(out, func(a, b portal.Occurrence) int {
		return cmp.Or(a.Starts.Compare(b.Starts), cmp.Compare(a.Entity.ID, b.Entity.ID))
	})
	return out
}

// calendar fills the page of one month: the list first, then the month table.
func (b *Builder) calendar() {
	month, _ := time.ParseInLocation("2006-01", b.page.Arg, b.At.Location())
	next := month.AddDate(0, 1, 0)
	b.listed("events")
	b.view.Lead = ""
	c := &Calendar{Month: upperFirst(b.Locale.MonthYear(month)), Feeds: b.calendarLinks()}
	b.view.Content = c
	b.view.HeadTitle = b.view.Title + ": " + c.Month
	if b.page.N > 1 {
		b.view.Path = append(b.view.Path, b.listLink("events"))
	}
	days := map[int]string{} // day of the month → id of its first row
	for _, o := range b.occurrences(month, next) {
		if o.Starts.Before(b.today()) && !o.Ends.After(b.At) {
			continue // it is over
		}
		it := b.Item(o.Entity)
		row := b.eventRow(it, o)
		c.Events = append(c.Events, row)
		for d := midnight(later(o.Starts, month)); d.Before(o.Ends) && d.Before(next); d = d.AddDate(0, 0, 1) {
			if _, taken := days[d.Day()]; !taken {
				days[d.Day()] = string(row.Link.Href)
			}
		}
	}
	if len(c.Events) == 0 {
		c.Empty = b.t("calendar.empty", "month", b.Locale.MonthYear(month))
	}
	c.Previous, c.Next = b.months(month)
	b.monthTable(c, month, days)
}

func (b *Builder) today() time.Time { return midnight(b.At) }

// midnight is the beginning of a day.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// months are the neighbours of a month that have a page.
func (b *Builder) months(month time.Time) (previous, next *Link) {
	index := path.Join(b.Lang, b.page.Section, "index.html")
	current := time.Date(b.At.Year(), b.At.Month(), 1, 0, 0, 0, 0, b.At.Location())
	for m := range 12 {
		at := current.AddDate(0, m, 0)
		p := index
		if m > 0 {
			p = path.Join(path.Dir(index), at.Format("2006-01")+".html")
		}
		if !b.has(p) || at.Equal(month) {
			continue
		}
		l := &Link{Text: b.Locale.MonthYear(at), Href: b.to(p)}
		if at.Before(month) {
			previous = l
		} else if next == nil {
			next = l
		}
	}
	return previous, next
}

func (b *Builder) monthTable(c *Calendar, month time.Time, days map[int]string) {
	firstDay := b.Locale.FirstWeekday(b.Portal.Config.Country)
	for i := range 7 {
		d := time.Weekday((int(firstDay) + i) % 7)
		c.Weekdays = append(c.Weekdays, Weekday{Short: b.Locale.WeekdayShort(d), Full: b.Locale.Weekday(d)})
	}
	lead := (int(month.Weekday()) - int(firstDay) + 7) % 7
	count := month.AddDate(0, 1, -1).Day()
	for cell := 0; cell < lead+count; cell += 7 {
		week := make([]Date, 7)
		for i := range week {
			day := cell + i - lead + 1
			if day < 1 || day > count {
				continue
			}
			at := month.AddDate(0, 0, day-1)
			week[i] = Date{Number: b.Locale.Number(strconv.Itoa(day)), Full: b.Locale.DateFull(at), ISO: at.Format("2006-01-02")}
			if href, ok := days[day]; ok {
				week[i].Href = safeURL(href)
			}
		}
		c.Weeks = append(c.Weeks, week)
	}
}

// eventRow is a line with the day on a plate.
func (b *Builder) eventRow(it *portal.Item, o portal.Occurrence) Row {
	r := Row{Link: b.link(it), Text: b.when(o), Day: &Day{Number: b.Locale.Number(strconv.Itoa(o.Starts.Day())), Month: b.Locale.MonthShort(o.Starts.Month())}}
	if last := o.Ends.Add(-time.Second); !sameDay(o.Starts, last) && o.Starts.Format("2006-01") == last.Format("2006-01") {
		r.Day.Number += "–" + b.Locale.Number(strconv.Itoa(last.Day()))
	}
	if place := it.Fields().String("place"); place != "" {
		r.Text += " · " + place
	}
	return r
}

func sameDay(a, b time.Time) bool {
	return a.Format("2006-01-02") == b.Format("2006-01-02")
}

// when writes out the time of an occurrence: never "today", for the page stays.
func (b *Builder) when(o portal.Occurrence) string {
	last := o.Ends.Add(-time.Second)
	if !o.EndGiven {
		last = o.Starts
	}
	clock := func(t time.Time) string { return b.Locale.Time(t.Hour(), t.Minute()) }
	end := b.Locale.DateFull(last) // an end at midnight is that of the day before
	if o.Ends != midnight(o.Ends) {
		end += ", " + clock(o.Ends)
	}
	switch {
	case !sameDay(o.Starts, last) && o.AllDay:
		return b.Locale.DateRange(o.Starts, last)
	case !sameDay(o.Starts, last):
		return b.t("event.from_to_days", "from", b.Locale.DateFull(o.Starts)+", "+clock(o.Starts), "to", end)
	case o.AllDay:
		return b.Locale.DateFull(o.Starts)
	case o.EndGiven:
		return b.t("event.from_to", "date", b.Locale.DateFull(o.Starts), "from", clock(o.Starts), "to", clock(o.Ends))
	}
	return b.t("event.from", "date", b.Locale.DateFull(o.Starts), "time", clock(o.Starts))
}

// upcoming are the next occurrences, each event once.
func (b *Builder) upcoming(n int, except *portal.Item) []Row {
	var rows []Row
	seen := map[*portal.Entity]bool{}
	for _, o := range b.occurrences(b.At, b.At.AddDate(1, 0, 0)) {
		it := b.Item(o.Entity)
		if seen[o.Entity] || it == except {
			continue
		}
		seen[o.Entity] = true
		if rows = append(rows, b.eventRow(it, o)); len(rows) == n {
			break
		}
	}
	return rows
}

// event fills the page of an event.
func (b *Builder) event() {
	it := b.page.Item
	e := &Event{Text: b.body(it), More: Group{ID: "more", Title: b.t("event.more"), Rows: b.upcoming(3, it)}}
	e.Calendar = &Link{Text: b.t("event.add"), Href: b.to(calendarPath(it.Path))}
	all := b.Portal.Occurrences(it.Entity, b.At, b.At.AddDate(1, 0, 0))
	if len(all) == 0 {
		all = b.Portal.Occurrences(it.Entity, time.Time{}, b.At.AddDate(100, 0, 0))
	}
	if len(all) > 0 {
		o := all[0]
		e.Facts = append(e.Facts, Fact{Icon: "calendar", Label: b.t("facts.when"), Value: b.Locale.DayMonth(o.Starts), Detail: b.when(o)})
	}
	if every := it.Fact("repeats").String("every"); every != "" {
		f := Fact{Icon: "time", Label: b.t("facts.repeats"), Value: b.t("event.every_" + every)}
		if until := it.Fact("repeats").String("until"); until != "" {
			f.Detail = b.t("event.until", "date", b.Locale.Date(b.Portal.Moment(until)))
		}
		e.Facts = append(e.Facts, f)
	}
	if place := b.fields.String("place"); place != "" {
		e.Facts = append(e.Facts, Fact{Icon: "where", Label: b.t("facts.where"), Value: place, Lang: b.view.Text})
	}
	b.view.Content = e
	b.under("events")
}

// calendarPath is the iCalendar file of an event's page.
func calendarPath(page string) string { return page[:len(page)-len(".html")] + ".ics" }

// upperFirst begins a heading with a capital where the script has the custom;
// Georgian capitals are for whole words only.
func upperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if unicode.In(first, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
		return string(unicode.ToUpper(first)) + s[size:]
	}
	return s
}
