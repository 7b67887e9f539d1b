package fleet_test

// This file builds the fleet that is shown as an example and reads in it what only
// the whole of it shows: catalogue, layers, pins and both scripts of Serbian.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"belfry/generator"
	"belfry/generator/fleet"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const exampleFleet = "../../content-example"

func TestExampleFleet(t *testing.T) {
	if testing.Short() {
		t.Skip("builds four portals")
	}
	out := t.TempDir()
	report := build(t, exampleFleet, out, nil)
	for _, r := range report.Portals {
		if r.Status != "published" || r.Errors > 0 || r.Warnings > 0 {
			t.Errorf("%s: %s, %d errors, %d warnings: %v", r.ID, r.Status, r.Errors, r.Warnings, r.Diagnostics)
		}
		if r.ID != "beli-breg" && r.Notes > 0 {
			t.Errorf("%s is not complete: %v", r.ID, r.Diagnostics)
		}
	}
	if len(report.Portals) != 4 {
		t.Fatalf("%d portals, not 4", len(report.Portals))
	}
	for _, c := range []struct{ page, has, hasNot string }{
		// A field, an item of a list and a section of the body are the town's, the rest follows.
		{"podnjivlje/sr-Cyrl/services/birth-certificate.html", "430,00 RSD", ""},
		{"podnjivlje/sr-Cyrl/services/birth-certificate.html", "Оверено код нотара.", ""},
		{"podnjivlje/sr-Cyrl/services/birth-certificate.html", "међународни извод", "вишејезични образац"},
		{"podnjivlje/sr-Cyrl/services/birth-certificate.html", "Стари, оштећени извод задржавате.", ""},
		{"podnjivlje/sr-Cyrl/services/death-certificate.html", "Примите наше саучешће.", ""}, // of a topic taken whole
		{"san-isidro/es/services/market-stall.html", "S/ 1.50", "€"},
		{"san-isidro/es/services/terrace-permit.html", "Mesas en la vereda", ""},
		// A village that is pinned stays with the old version, the others go on.
		{"soykino/bg/services/bulky-waste.html", "1 месец", "14 дни"},
		{"podnjivlje/sr-Cyrl/services/bulky-waste.html", "14 дана", ""},
		{"soykino/bg/services/dog-registration.html", "С валидна ваксина", "номер на чипа"},
		{"podnjivlje/sr-Cyrl/services/dog-registration.html", "број чипа", ""},
		// From Cyrillic to Latin.
		{"podnjivlje/sr-Latn/services/home-nurse.html", "Injekcije i previjanje", "Ињекције"},
		{"podnjivlje/sr-Latn/news/oldest-plum.html", "nadživela tri mosta", ""},
		{"podnjivlje/sr-Latn/news/oldest-plum.html", "Tanjug", ""},
		{"podnjivlje/sr-Latn/news/conjunction.html", "Konjunkcija Venere", ""},
		{"podnjivlje/sr-Latn/news/conjunction.html", "Ljiljana Džepina; prijave na njutn@podnjivlje.example", ""},
		{"podnjivlje/sr-Latn/news/conjunction.html", "LJUBITELJI NEBA donose čaj, OŠ „Vuk Karadžić“", ""},
		{"podnjivlje/sr-Latn/services/harvester-inspection.html", "Predžetveni pregled", ""},
		{"podnjivlje/sr-Latn/services/harvester-inspection.html", "КОМБ-њ7", "KOMB-nj7"}, // code
		{"podnjivlje/sr-Latn/about.html", "Džigolj, Podždrelo, Nadlug", ""},
		// From Latin to Cyrillic, where nj and dž may be two letters.
		{"podnjivlje/sr-Cyrl/news/library-book.html", "инјекцијом", "ињекцијом"},
		{"podnjivlje/sr-Cyrl/news/library-book.html", "надживела", "наџивела"},
		{"podnjivlje/sr-Cyrl/news/library-book.html", "Конјунктура", "Коњунктура"},
		{"podnjivlje/sr-Cyrl/news/library-book.html", "Танјуга", "Тањуга"},
		{"podnjivlje/sr-Cyrl/news/library-book.html", "Преджетвене", "Преџетвене"},
		{"podnjivlje/sr-Cyrl/news/library-book.html", "biblioteka@podnjivlje.example", ""},
		{"podnjivlje/sr-Cyrl/services/harvester-inspection.html", "John Deere и Claas има Agro-Wax d.o.o.", ""},
	} {
		raw, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(c.page)))
		if err != nil {
			t.Error(err)
			continue
		}
		doc, err := html.Parse(strings.NewReader(string(raw)))
		if err != nil {
			t.Fatal(err)
		}
		text := mainText(doc)
		if !strings.Contains(text, c.has) {
			t.Errorf("%s does not say %q: %s", c.page, c.has, text)
		}
		if c.hasNot != "" && strings.Contains(text, c.hasNot) {
			t.Errorf("%s says %q", c.page, c.hasNot)
		}
	}
}

// mainText is what people read of a page between its head and foot, with single spaces.
func mainText(doc *html.Node) string {
	var words []string
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Main {
			continue
		}
		for t := range n.Descendants() {
			if t.Type == html.TextNode {
				words = append(words, strings.Fields(t.Data)...)
			}
		}
	}
	return strings.Join(words, " ")
}

func TestExampleFleetStatus(t *testing.T) {
	f, faults, err := fleet.Read(exampleFleet)
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	list, err := f.Status(fleet.BuildOptions{Generator: generator.Options{At: at}})
	if err != nil {
		t.Fatal(err)
	}
	changes := map[string]int{}
	for _, x := range list {
		if x.Behind != (x.Portal == "soykino") {
			t.Errorf("%s %s: behind is %v", x.Portal, x.ID, x.Behind)
		}
		if len(x.Changes) > 0 {
			changes[x.ID] = len(x.Changes)
		}
	}
	if len(changes) != 3 || changes["dog-registration"] == 0 || changes["bulky-waste"] == 0 || changes["birth-certificate"] == 0 {
		t.Errorf("the newer version changes %v", changes)
	}
}
