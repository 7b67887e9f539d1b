package diag

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
)

// Texts are the sentences of one language. What it does not have is told in
// English. A nil *Texts is English. It never changes and may be shared.
type Texts struct {
	Lang   string // what they are in: the folder of messages that was found, "en" at least, or the tag of [Texts.Written]
	table  map[string]entry
	plural func(n int) string
}

// In returns the texts of a language (BCP 47, in any case): those of the tag,
// else those of the tag with fewer parts, else English. plural gives the CLDR
// category of a count in that language; nil for "other" always.
func In(lang string, plural func(n int) string) *Texts {
	known := Languages()
	for tag := lang; tag != ""; {
		if i := slices.IndexFunc(known, func(l string) bool { return strings.EqualFold(l, tag) }); i >= 0 {
			t := &Texts{Lang: known[i], plural: plural}
			if t.Lang != english {
				var err error
				if t.table, err = load(messageFiles, t.Lang); err != nil {
					panic("diag: " + err.Error()) // embedded: a mistake of ours
				}
			}
			return t
		}
		cut := strings.LastIndexByte(tag, '-')
		tag = tag[:max(cut, 0)]
	}
	return &Texts{Lang: english, plural: func(n int) string {
		if n == 1 {
			return "one"
		}
		return "other"
	}}
}

// Written returns the texts as another script writes them, under the tag that
// names it: sr-Latn is sr by rule. Only the texts change; what fills their gaps
// is quoted as it stands, and what is told in English stays English.
func (t *Texts) Written(tag string, spell func(text string) string) *Texts {
	out := &Texts{Lang: tag, table: make(map[string]entry, len(t.table)), plural: t.plural}
	for code, e := range t.table {
		e.Message, e.Hint, e.Guess, e.What, e.Why = spell(e.Message), spell(e.Hint), spell(e.Guess), spell(e.What), spell(e.Why)
		if e.Forms != nil {
			forms := make(map[string]string, len(e.Forms))
			for category, form := range e.Forms {
				forms[category] = spell(form)
			}
			e.Forms = forms
		}
		out.table[code] = e
	}
	return out
}

// Languages are the tags that have texts, sorted.
func Languages() []string {
	folders, err := fs.ReadDir(messageFiles, "messages")
	if err != nil {
		panic("diag: " + err.Error())
	}
	var tags []string
	for _, f := range folders {
		tags = append(tags, f.Name())
	}
	return tags
}

func (t *Texts) entry(code string) entry {
	master := table()[code]
	if t == nil || t.table == nil {
		return master
	}
	e := t.table[code]
	if e.Forms == nil {
		e.Forms = master.Forms
	}
	e.Message, e.Hint, e.Guess = cmp.Or(e.Message, master.Message), cmp.Or(e.Hint, master.Hint), cmp.Or(e.Guess, master.Guess)
	e.What, e.Why = cmp.Or(e.What, master.What), cmp.Or(e.Why, master.Why)
	return e
}

func (t *Texts) message(code string, args []string) string { return fill(t.entry(code).Message, args) }

func (t *Texts) hint(code string, args []string) string {
	e := t.entry(code)
	if e.Guess != "" && fillable(args, "guess") {
		return fill(e.Guess, args)
	}
	return fill(e.Hint, args)
}

func fillable(args []string, name string) bool {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1] != ""
		}
	}
	return false
}

// Say returns a sentence of the command; args are pairs of name and value.
func (t *Texts) Say(code string, args ...string) string {
	if _, ok := table()[code]; !ok {
		panic("diag: no entry for code " + code)
	}
	return t.message(code, args)
}

// Count returns the form of a sentence of the command that goes with a count,
// which the caller has among the args as it is to be written.
func (t *Texts) Count(code string, n int, args ...string) string {
	forms := t.entry(code).Forms
	if len(forms) == 0 {
		panic("diag: no forms for code " + code)
	}
	category := "other"
	if t != nil && t.plural != nil {
		category = t.plural(n)
	} else if n == 1 {
		category = "one"
	}
	text, ok := forms[category]
	if !ok {
		text = forms["other"]
	}
	return fill(text, args)
}

// Severity is the word for a severity.
func (t *Texts) Severity(s Severity) string {
	return t.Say([...]string{"cli/note", "cli/warning", "cli/error"}[s])
}

// Doc is what is known of a code without a finding of it.
type Doc struct {
	Code     string
	Severity Severity
	What     string // what is looked at; the message with its gaps where a code has no more
	Why      string // what it means to the citizen, or ""
	Mend     string // how to mend it
}

// Doc returns the documentation of a code; ok is false where there is none.
func (t *Texts) Doc(code string) (Doc, bool) {
	master, ok := table()[code]
	if !ok || sentence(code) {
		return Doc{}, false
	}
	e := t.entry(code)
	d := Doc{Code: code, Severity: master.severity, What: e.What, Why: e.Why, Mend: e.Hint}
	if d.What == "" {
		d.What = e.Message
	}
	return d, true
}

// In returns the list as it is told in a language.
func (l List) In(t *Texts) List {
	out := slices.Clone(l)
	for i := range out {
		out[i] = out[i].In(t)
	}
	return out
}

// In returns the diagnostic as it is told in a language.
func (d Diagnostic) In(t *Texts) Diagnostic {
	d.texts = t
	d.Related = slices.Clone(d.Related)
	for i := range d.Related {
		d.Related[i].texts = t
	}
	return d
}

// Equal reports whether two diagnostics say the same, in whatever language.
func (d Diagnostic) Equal(o Diagnostic) bool {
	return d.Code == o.Code && d.Severity == o.Severity && d.At == o.At && slices.Equal(d.Args, o.Args) && d.Excerpt == o.Excerpt && d.Page == o.Page &&
		slices.EqualFunc(d.Related, o.Related, func(a, b Related) bool {
			return a.At == b.At && a.Code == b.Code && slices.Equal(a.Args, b.Args)
		})
}
