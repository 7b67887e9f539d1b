package generator

import (
	"context"
	"path"
	"strings"

	"belfry/generator/audit"
	"belfry/generator/diag"
	"belfry/generator/tree"
)

// CheckSite judges a folder of finished files, whatever made them. Findings
// point into these files.
func CheckSite(ctx context.Context, source *tree.Tree, check CheckOptions) (*CheckReport, error) {
	only := wanted(check.Only)
	applied := func(code string) bool {
		return strings.HasPrefix(code, "audit/") && only(code) && (code != "audit/external-link" || check.External != nil)
	}
	a := audit.New(audit.Options{Only: applied})
	for _, f := range source.Files() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		switch strings.ToLower(path.Ext(f.Path)) {
		case ".html", ".htm", ".css", ".js", ".svg":
			raw, err := f.Bytes()
			if err != nil {
				return nil, err
			}
			if err := a.Write(f.Path, raw); err != nil {
				return nil, err
			}
		default:
			a.Has(f.Path, f.Size)
		}
	}
	r := &CheckReport{Pages: a.Pages(), Findings: diag.List{}}
	for _, code := range Rules() {
		if applied(code) {
			r.Rules = append(r.Rules, code)
		}
	}
	found := a.Finish()
	if check.External != nil && applied("audit/external-link") {
		found = append(found, a.External(ctx, *check.External)...)
	}
	for _, f := range found {
		r.Findings = append(r.Findings, f.Diagnostic)
	}
	r.Findings = capped(excerpts(source, r.Findings.Sorted()))
	return r, ctx.Err()
}
