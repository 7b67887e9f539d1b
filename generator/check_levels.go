package generator

// This file applies what portal.yaml says of rules: other severities, and
// exceptions, which need a reason and a date.

import (
	"path"
	"slices"
	"strings"

	"belfry/generator/diag"
)

// standing are rules that tell what the build tells as an error: they keep
// their weight.
var standing = []string{"review/sdg"}

// fixed reports whether findings of a code keep their severity: the errors of
// the build.
func fixed(code string) bool {
	if slices.Contains(standing, code) {
		return true
	}
	doc, ok := (*diag.Texts)(nil).Doc(code)
	return ok && doc.Severity == diag.Error && !strings.HasPrefix(code, "review/") && !strings.HasPrefix(code, "audit/")
}

// relevel gives findings the severities of portal.yaml.
func (c *checking) relevel() {
	for _, m := range c.plan.Portal.Config.Fields.Get("check").Get("levels").Map {
		level, err := diag.ParseSeverity(m.Value.Text)
		if err != nil {
			continue // told where it was read
		}
		if fixed(m.Name) && level < diag.Error {
			c.found.Add("check/level-of-error", m.Value.At, "rule", m.Name, "level", m.Value.Text)
			continue
		}
		for i := range c.found {
			if c.found[i].Code == m.Name {
				c.found[i].Severity = level
			}
		}
	}
}

// except takes out what portal.yaml excepts. An exception that is over, or is
// not needed any more, is told.
func (c *checking) except() {
	var faults diag.List
	for _, v := range c.plan.Portal.Config.Fields.Get("check").Get("except").List {
		rule, file, until := v.String("rule"), v.String("file"), v.Get("until")
		if rule == "" || v.String("reason") == "" || !until.Set() {
			continue // told where it was read
		}
		if _, ok := (*diag.Texts)(nil).Doc(rule); !ok {
			faults.Add("check/unknown-rule", v.Get("rule").At, "rule", rule, "guess", diag.Guess(rule, append(Rules(), diag.Codes()...)))
			continue
		}
		if fixed(rule) {
			faults.Add("check/except-error", v.Get("rule").At, "rule", rule)
			continue
		}
		if last := c.plan.Portal.Moment(until.Text).AddDate(0, 0, 1); !c.plan.opt.At.Before(last) {
			faults.Add("check/expired", until.At, "rule", rule, "until", until.Text)
			continue
		}
		used := false
		c.found = slices.DeleteFunc(c.found, func(d diag.Diagnostic) bool {
			if d.Code != rule || !within(d.At.File, file) {
				return false
			}
			used = true
			c.told = append(c.told, diag.Excepted{Diagnostic: d, Reason: v.String("reason"), Until: until.Text})
			return true
		})
		if !used && c.wanted(rule) && (rule != "audit/external-link" || c.check.External != nil) {
			faults.Add("check/needless", v.Get("rule").At, "rule", rule)
		}
	}
	c.found = append(c.found, slices.DeleteFunc(faults, func(d diag.Diagnostic) bool { return !c.wanted(d.Code) && len(c.check.Only) > 0 })...)
}

// within reports whether a file is meant by a path or a pattern; a folder means
// all below it.
func within(file, pattern string) bool {
	if pattern == "" || file == pattern || strings.HasPrefix(file, strings.TrimSuffix(pattern, "/")+"/") {
		return true
	}
	ok, err := path.Match(pattern, file)
	return err == nil && ok
}
