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

// inSource moves findings from the pages to the source. What stands on pages in
// several languages but once in the source is told once.
func (c *checking) inSource(found []audit.Finding) diag.List {
	var list diag.List
	lost := map[string][]diag.Diagnostic{}
	var order []string
	for _, f := range found {
		if page, ok := c.plan.page(f.At.File); f.Code == "audit/orphan-page" && (!ok || page.Item == nil) {
			continue // a list that belfry makes stands on the map of the site
		}
		d := f.Diagnostic
		d.Page = f.At.File
		at, ok := c.place(f)
		d.At = at
		if ok {
			list = append(list, d)
			continue
		}
		key := d.Code + "\x00" + strings.Join(d.Args, "\x00")
		if lost[key] == nil {
			order = append(order, key)
		}
		lost[key] = append(lost[key], d)
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
	for n, file := range files {
		raw := c.plan.bytes(file)
		for i, needle := range f.Needles {
			if n >= own && (i > 0 || len(needle) < 6) {
				break // in other files only what is surely meant
			}
			if at, ok := find(file, raw, needle, f.Times); ok {
				return at, true
			}
		}
	}
	return whole, false
}

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
