package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"slices"
)

// SARIF writes the findings in the Static Analysis Results Interchange Format
// 2.1.0 (OASIS), which GitHub, GitLab, Azure and editors read. Columns count
// characters, as everywhere in belfry. Excepted findings are told as suppressed.
func (f *Findings) SARIF(w io.Writer) error {
	codes := slices.Clone(f.Rules)
	for _, d := range f.List {
		codes = append(codes, d.Code)
	}
	for _, x := range f.Excepted {
		codes = append(codes, x.Code)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	rules := []object{}
	for _, code := range codes {
		doc, _ := f.Texts.Doc(code)
		rule := object{"id": code, "shortDescription": object{"text": doc.What}, "defaultConfiguration": object{"level": doc.Severity.String()}}
		if doc.Why != "" {
			rule["fullDescription"] = object{"text": doc.Why}
		}
		if doc.Mend != "" {
			rule["help"] = object{"text": doc.Mend}
		}
		rules = append(rules, rule)
	}
	results := []object{}
	seen := map[string]int{}
	add := func(d Diagnostic) object {
		d = d.In(f.Texts)
		index, _ := slices.BinarySearch(codes, d.Code)
		text := d.Message()
		if h := d.Hint(); h != "" {
			text += " – " + h
		}
		print := fingerprint(d)
		seen[print]++
		r := object{"ruleId": d.Code, "ruleIndex": index, "level": d.Severity.String(), "message": object{"text": text}, "locations": []object{{"physicalLocation": f.physical(d.At, d.Excerpt)}},
			"partialFingerprints": object{"belfry/v1": print + ":" + string(rune('0'+min(seen[print], 9)))}}
		var related []object
		for _, x := range d.Related {
			related = append(related, object{"physicalLocation": f.physical(x.At, ""), "message": object{"text": x.Message()}})
		}
		if related != nil {
			r["relatedLocations"] = related
		}
		if d.Page != "" {
			r["properties"] = object{"page": d.Page}
		}
		return r
	}
	for _, d := range f.List {
		results = append(results, add(d))
	}
	for _, x := range f.Excepted {
		r := add(x.Diagnostic)
		r["suppressions"] = []object{{"kind": "external", "justification": x.Reason, "properties": object{"until": x.Until}}}
		results = append(results, r)
	}
	driver := object{"name": "belfry", "rules": rules}
	if f.Version != "" {
		driver["version"] = f.Version
	}
	if f.Texts != nil {
		driver["language"] = f.Texts.Lang
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(object{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
		"version": "2.1.0",
		"runs":    []object{{"tool": object{"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}},
	})
}

type object map[string]any

// physical is a place as SARIF writes it.
func (f *Findings) physical(at Pos, excerpt string) object {
	address := url.URL{Path: f.path(at.File)}
	out := object{"artifactLocation": object{"uri": address.EscapedPath()}}
	if at.Line > 0 {
		region := object{"startLine": at.Line}
		if at.Col > 0 {
			region["startColumn"] = at.Col
			if at.Len > 0 {
				region["endColumn"] = at.Col + at.Len
			}
		}
		if excerpt != "" {
			region["snippet"] = object{"text": excerpt}
		}
		out["region"] = region
	}
	return out
}

// fingerprint is the same for a finding that has only moved to another line.
func fingerprint(d Diagnostic) string {
	h := sha256.New()
	for _, part := range append([]string{d.Code, d.At.File, d.Excerpt}, d.Args...) {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
