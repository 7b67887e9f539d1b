package main

import (
	"fmt"
	"io"

	"belfry/generator"
	"belfry/generator/diag"
)

// listRules prints every rule with its severity and what it looks at.
func listRules(w io.Writer, texts *diag.Texts) {
	for _, code := range generator.Rules() {
		doc, _ := texts.Doc(code)
		fmt.Fprintf(w, "%-24s %-8s %s\n", code, texts.Severity(doc.Severity), doc.What)
	}
}

// explainRule prints what is known of one rule, or of a code of the build.
func explainRule(w io.Writer, texts *diag.Texts, name string) error {
	doc, ok := texts.Doc(name)
	if !ok {
		for _, area := range []string{"review/", "audit/"} {
			if doc, ok = texts.Doc(area + name); ok {
				break
			}
		}
	}
	if !ok {
		return misuse("--explain: there is no rule %q%s; belfry check --rules lists them", name, meant(name, append(generator.Rules(), diag.Codes()...)))
	}
	fmt.Fprintf(w, "%s (%s)\n", doc.Code, texts.Severity(doc.Severity))
	for _, part := range [][2]string{{"cli/what", doc.What}, {"cli/why", doc.Why}, {"cli/mend", doc.Mend}} {
		if part[1] != "" {
			fmt.Fprintf(w, "  %s: %s\n", texts.Say(part[0]), part[1])
		}
	}
	return nil
}
