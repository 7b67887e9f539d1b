package generator

// This file finds, for what an auditor saw in a finished page, the place in the
// source that it was made from.

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"belfry/generator/audit"
	"belfry/generator/diag"
	"belfry/generator/portal"
)

// everywhere is on how many pages a fault that no document explains must be to
// be told once, as one of the theme or the configuration.
const everywhere = 5

// sameFault are faults that the build tells where it reads a file, by the rule
// that finds them again in the page.
var sameFault = map[string][]string{
	"audit/fragment":       {"link/fragment"},
	"audit/dead-link":      {"link/dead", "link/no-file", "link/hidden", "link/unknown-id"},
	"audit/image-alt":      {"markdown/no-alt"},
	"audit/empty-link":     {"link/no-text"},
	"audit/duplicate-id":   {"markdown/id-taken"},
	"audit/other-host":     {"markdown/external-image"},
	"audit/first-response": {"page/heavy"},
	"audit/image-size":     {"markdown/external-image", "link/no-file", "link/dead"},
}

// inSource moves findings from the pages to the source. What stands on many
// pages but once in the source is told once.
func (c *checking) inSource(found []audit.Finding) diag.List {
	var list diag.List
	told := map[string]int{} // where in the list, by what makes a finding another one
	more := map[int]int{}
	lost := map[string][]diag.Diagnostic{}
	var order []string
	for _, f := range found {
		if c.dated(f) {
			continue
		}
		d := f.Diagnostic
		d.Page = f.At.File
		at, ok := c.place(f)
		d.At = at
		args := strings.Join(d.Args, "\x00")
		if !ok && len(f.Needles) > 0 || !ok && at.File == portal.File {
			key := d.Code + "\x00" + args
			if lost[key] == nil {
				order = append(order, key)
			}
			lost[key] = append(lost[key], d)
			continue
		}
		key := d.Code + "\x00" + at.String()
		if n, ok := told[key]; ok {
			more[n]++
			continue
		}
		told[key] = len(list)
		list = append(list, d)
	}
	for n, count := range more {
		list[n].Page += " +" + strconv.Itoa(count)
	}
	for _, key := range order {
		all := lost[key]
		if len(all) >= everywhere {
			d := all[0]
			d.At = diag.Pos{File: portal.File}
			d.Page += " +" + strconv.Itoa(len(all)-1)
			all = []diag.Diagnostic{d}
		}
		list = append(list, all...)
	}
	return slices.DeleteFunc(list, c.toldByBuild)
}

// dated reports whether a page that nothing leads to is none to worry about:
// what is over leaves the calendar, and a list that belfry makes stands on the
// map of the site.
func (c *checking) dated(f audit.Finding) bool {
	if f.Code != "audit/orphan-page" {
		return false
	}
	page, ok := c.plan.page(f.At.File)
	return !ok || page.Item == nil || page.Item.Type == "event" || page.Item.Type == "alert"
}

// toldByBuild reports whether the build has told a fault already.
func (c *checking) toldByBuild(d diag.Diagnostic) bool {
	return slices.ContainsFunc(c.found, func(b diag.Diagnostic) bool {
		return b.At.File == d.At.File && slices.Contains(sameFault[d.Code], b.Code) && (b.At.Line == d.At.Line || d.Code == "audit/first-response")
	})
}

// place finds where a finding comes from: the document whose text the page
// shows, the one with its facts, the theme's files, the configuration. ok is
// false where only the page is known.
func (c *checking) place(f audit.Finding) (diag.Pos, bool) {
	if _, ok := c.plan.source.Get(f.At.File); ok {
		return diag.Pos{File: f.At.File}, true // an asset is its own source
	}
	var files []string
	page, ok := c.plan.page(f.At.File)
	whole := diag.Pos{File: portal.File}
	if ok && page.Item != nil {
		whole = page.Item.Text.At()
		files = append(files, page.Item.Text.File)
		if s := page.Item.Source.File; s != page.Item.Text.File {
			files = append(files, s)
		}
	}
	own := len(files)
	for _, folder := range []string{"theme", "messages"} {
		for _, t := range c.plan.source.Under(folder) {
			files = append(files, t.Path)
		}
	}
	files = append(files, portal.File)
	for i, needle := range f.Needles {
		for n, file := range files {
			if n >= own && (i > 0 || len(needle) < surely) {
				break // in other files only what is surely meant
			}
			if at, ok := find(file, c.plan.bytes(file), needle, f.Times); ok {
				return at, true
			}
		}
	}
	return whole, false
}

// surely is how long a text is that stands in the theme by no accident.
const surely = 6

// find is the place of the n-th time (from 0) a text stands in a file; the last
// one where there are fewer.
func find(file string, raw []byte, text string, n int) (diag.Pos, bool) {
	at := -1
	for from := 0; n >= 0; n-- {
		next := bytes.Index(raw[from:], []byte(text))
		if next < 0 {
			break
		}
		at = from + next
		from = at + len(text)
	}
	if at < 0 {
		return diag.Pos{}, false
	}
	line := raw[bytes.LastIndexByte(raw[:at], '\n')+1 : at]
	return diag.Pos{
		File: file, Line: 1 + bytes.Count(raw[:at], []byte("\n")),
		Col: 1 + utf8.RuneCount(bytes.TrimPrefix(line, []byte("\xEF\xBB\xBF"))), Len: utf8.RuneCountInString(text),
	}, true
}
