package fleet

// This file tells who follows what of the shared catalogues, who has changed what,
// and who is behind.

import (
	"slices"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/generator/tree"
)

// Following is one document of a portal that follows a catalogue.
type Following struct {
	Portal    string   `json:"portal"`
	Type      string   `json:"type"`
	ID        string   `json:"id"`
	File      string   `json:"file"` // from the fleet's folder; "" where the whole document is the catalogue's
	Source    string   `json:"source"`
	Version   string   `json:"version"`
	Newest    string   `json:"newest"`
	Behind    bool     `json:"behind"`
	Overrides []string `json:"overrides"`
	Changes   []Change `json:"changes"` // from Version to Newest, in the catalogue

	at diag.Pos
}

// Change is a value of the catalogue that a newer version has changed.
type Change struct {
	Field      string `json:"field"`
	Old        string `json:"old"`
	New        string `json:"new"`
	Overridden bool   `json:"overridden"` // the portal says it itself, and would not show the change
}

// Status lists what the portals follow, sorted by portal, type and id. Faults of
// the portals are left to build and check.
func (f *Fleet) Status(opt BuildOptions) ([]Following, error) {
	var out []Following
	for _, m := range f.Select(opt) {
		if _, gone := f.missing[m.Path]; gone {
			continue
		}
		list, err := f.following(m, opt.Generator, "")
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// following lists what one portal follows, compared with a version of the
// catalogues, "" for the newest of each.
func (f *Fleet) following(m Member, opt generator.Options, version string) ([]Following, error) {
	source, _, err := tree.Read(f.Folder(m), tree.Options{Skip: []string{"public"}, Limits: f.Quotas.Limits})
	if err != nil {
		return nil, err
	}
	var out []Following
	lib := f.Catalogues.Library(m.Pins)
	for _, x := range generator.Follows(source, f.Options(m, opt)) {
		c := lib.Catalogue(x.Catalogue)
		to := version
		if to == "" {
			to = c.Newest()
		}
		one := Following{Portal: m.ID, Type: x.Key.Type, ID: x.Key.ID, Source: x.Catalogue + "/" + x.Source.ID, Version: x.Version, Newest: to,
			Behind: portal.CompareVersions(x.Version, to) < 0, Overrides: x.Overrides, Changes: []Change{}, at: x.At}
		if one.Overrides == nil {
			one.Overrides = []string{}
		}
		if x.File != "" {
			one.File = f.named(m, diag.List{diag.New("catalogue/other-place", diag.Pos{File: x.File})})[0].At.File
		}
		if x.Version != to && slices.Contains(c.Versions, to) {
			for _, d := range portal.Compare(c.Shelf(x.Version).Document(x.Source), c.Shelf(to).Document(x.Source)) {
				one.Changes = append(one.Changes, Change{d.Field, d.Old, d.New, portal.Overridden(x.Overrides, d.Field)})
			}
		}
		out = append(out, one)
	}
	return out, nil
}
