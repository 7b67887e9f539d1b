package review

import (
	"strings"

	"belfry/generator/diag"
	"belfry/generator/portal"
)

// italian are the blocks that a card of a service must have by Italy's Modello
// Comuni (criterion C.SI.1.3 of its validator) and the field of ours that
// fills each.
var italian = []struct{ block, field string }{
	{"A chi è rivolto", "eligibility requirements"},
	{"Come fare", "steps"},
	{"Cosa serve", "evidence"},
	{"Cosa si ottiene", "output"},
	{"Tempi e scadenze", "processing_time deadlines"},
	{"Quanto costa", "cost"},
	{"Accedi al servizio", "channels"},
	{"Condizioni di servizio", "legal"},
	{"Contatti", "contact"},
	{"Argomenti", "topics"},
}

// italy: the card of a service is whole by the Modello Comuni.
func italy(in *Input, tell func(diag.Pos, ...string)) {
	if in.Profile != "italy" {
		return
	}
	for e := range in.shown {
		var missing []string
		if e.Type == "service" {
			missing = italianBlocks(e)
		} else {
			missing = wanted(e)
		}
		if len(missing) > 0 {
			tell(e.Source.At(), "fields", strings.Join(missing, ", "))
		}
	}
}

func italianBlocks(e *portal.Entity) []string {
	var missing []string
	for _, b := range italian {
		met := false
		for name := range strings.FieldsSeq(b.field) {
			met = met || e.Fact(name).Set() || e.Fact(name).Bad
		}
		if !met {
			name, _, _ := strings.Cut(b.field, " ")
			missing = append(missing, name+" ("+b.block+")")
		}
	}
	return missing
}
