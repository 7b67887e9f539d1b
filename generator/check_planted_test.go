package generator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/tree"
)

// townMorning is the moment the example town is made for.
var townMorning = time.Date(2026, 11, 20, 9, 0, 0, 0, time.FixedZone("EET", 2*3600))

// planted is one fault put into a copy of the example town, and what check must
// say of it: on the line that mark stands on, or of the whole file.
type planted struct {
	how  string // body: a paragraph more; front: a field more; line: instead of the line that begins with from; cut: without it; file: a new file
	file string
	from string
	text string
	code string
	mark string // "" for the first line of text; "-" for the first line of the file, or none
}

var faults60 = []planted{
	// Links and texts
	{"body", "services/birth-certificate.md", "", "Вижте [страницата](service:birth-certifcate).", "link/dead", ""},
	{"body", "services/birth-registration.md", "", "Вижте [таксите](#taksi).", "link/fragment", ""},
	{"body", "services/building-permit.md", "", "Вижте [общината](../offices/townhall.md).", "link/dead", ""},
	{"body", "services/bulky-waste.md", "", "Вижте [тук](javascript:alert).", "link/script", ""},
	{"body", "services/current-address.md", "", "Вижте [](https://other.example/).", "link/no-text", ""},
	{"body", "services/death-certificate.md", "", "Всичко за таксите е [тук](service:waste-fee).", "audit/link-text", ""},
	{"body", "services/design-visa.ro.md", "", "Despre taxe, [aici](service:waste-fee).", "audit/link-text", ""},
	{"body", "services/disabled-parking-card.en.md", "", "About fees [read more](service:waste-fee).", "audit/link-text", ""},
	{"body", "services/event-permit.md", "", "![](../assets/quay.svg)", "markdown/no-alt", ""},
	{"body", "services/excavation-permit.md", "", "![Кеят](../assets/kei.svg)", "link/dead", ""},
	{"body", "services/guest-house-category.md", "", "<script>alert(1)</script>", "markdown/html-refused", ""},
	{"body", "services/heirs-certificate.md", "", "<p style=\"color:red\">Текст</p>", "markdown/attribute-dropped", ""},
	{"body", "services/home-care.md", "", "<table><tr><td>Куче</td><td>12</td></tr><tr><td>Котка</td><td>0</td></tr></table>", "audit/table-headers", ""},
	{"body", "services/kindergarten-enrolment.md", "", "> [!NOTTE]\n> Текст.", "markdown/unknown-callout", ""},
	{"body", "services/marital-status-certificate.md", "", "<!-- бележка без край", "markdown/comment-open", ""},
	{"body", "services/market-stall.md", "", "![Кола](https://other.example/x.png)", "markdown/external-image", ""},
	{"body", "services/marriage-certificate.md", "", "{% include fees %}", "markdown/template-tag", ""},
	{"body", "services/marriage-registration.md", "", "TODO: телефонът на залата.", "review/placeholder", ""},
	{"body", "services/nursery-enrolment.en.md", "", "If you have moved to our town from another one and have brought a child with you who is already in a nursery there, you need not hand in the papers again this year.", "review/long-sentence", ""},
	{"body", "services/occupancy-certificate.md", "", strings.Repeat("Административнопроцесуалното законодателство регламентира компетентността на общинските администрации относно разрешителните производства съобразно устройствените предвиждания. ", 30), "review/reading-ease", "-"},
	// Front matter
	{"front", "services/one-off-aid.md", "", "tittle: Помощ", "field/unknown", ""},
	{"line", "services/permanent-address.md", "owner:", "owner: nobody", "link/unknown-id", ""},
	{"line", "services/plot-sketch.md", "processing_time:", "processing_time: скоро", "value/period", ""},
	{"line", "services/property-tax.md", "reviewed:", "reviewed: 2025-01-10", "review/overdue", ""},
	{"line", "services/resident-parking.md", "reviewed:", "reviewed: 2027-01-10", "review/reviewed-later", ""},
	{"cut", "services/shop-hours.md", "reviewed:", "", "review/never-reviewed", "-"},
	{"cut", "services/stray-animals.md", "owner:", "", "review/no-owner", "-"},
	{"cut", "services/summer-terrace.md", "languages:", "", "review/basic", "-"},
	{"front", "services/tax-certificate.md", "", "status: suspended", "review/status-note", ""},
	{"line", "services/tourist-tax.md", "title:", "title: Годишен данък върху превозно средство", "", ""},
	{"line", "services/vehicle-tax.md", "title:", "title: Годишен данък върху превозно средство", "review/same-title", ""},
	{"line", "services/tree-felling.md", "description:", "description: " + strings.Repeat("много ", 40), "field/long-description", ""},
	{"front", "services/waste-fee.md", "", "title: Още една", "field/twice", "title: Т"},
	{"line", "services/address-certificate.md", "title:", "title: Адрес: справка", "front-matter/colon", ""},
	{"line", "services/advertising-permit.md", "topics:", "topics: [trad]", "link/unknown-id", ""},
	{"line", "services/freedom-of-information.md", "review_every:", "review_every: често", "value/period", ""},
	{"line", "services/report-a-problem.ro.md", "title:", "title: Raportați\ncost: free", "translation/fact", "cost: free"},
	// Whole documents
	{"file", "pages/lonely.md", "", "---\ntitle: Самотна\ndescription: Никой не води тук.\nowner: town-hall\nreviewed: 2026-11-01\n---\nТекст.\n", "audit/orphan-page", "-"},
	{"file", "pages/no-title.md", "", "Текст без заглавие.\n", "title/from-file", "-"},
	{"file", "pages/unclosed.md", "", "---\ntitle: Отворено\n", "front-matter/unclosed", "-"},
	{"file", "pages/copy.md", "", "---\ntitle: Правила\nowner: town-hall\nreviewed: 2026-11-01\n---\nМълчанието на общината не е съгласие, затова винаги чакайте писмения отговор. Вижте [общината](about.md).\n", "audit/orphan-page", "-"},
	{"file", "pages/copy.ro.md", "", "---\ntitle: Reguli\n---\nМълчанието на общината не е съгласие, затова винаги чакайте писмения отговор. Вижте [общината](about.md).\n", "review/untranslated", "Мълчанието"},
	{"file", "topics/empty.md", "", "---\ntitle: Празна тема\n---\n", "review/orphan", "-"},
	{"file", "alerts/old.md", "", "---\ntitle: Без вода\nlevel: info\nends: 2026-09-01\n---\nВодата дойде.\n", "review/long-past", "ends:"},
	{"file", "events/old.md", "", "---\ntitle: Събор\nstarts: 2025-05-24\n---\nДойдете.\n", "review/long-past", "starts:"},
	{"file", "events/never.md", "", "---\ntitle: Без ден\n---\nДойдете.\n", "field/required", "-"},
	{"file", "news/later.md", "", "---\ntitle: Утре\ndate: 2026-11-19\npublish: 2026-12-01\n---\nТекст.\n", "document/not-yet", "publish:"},
	{"file", "offices/loop.md", "", "---\ntitle: Отдел\nparent: loop\n---\n", "link/ring", "parent:"},
	{"file", "misc/stray.md", "", "Текст\n", "file/unknown-folder", "-"},
	{"file", "assets/virus.html", "", "<p>Текст</p>", "asset/refused", "-"},
	{"file", "assets/huge.jpg", "", strings.Repeat("x", 500_000), "audit/image-heavy", "-"},
	{"file", "search-words.yaml", "", "bg:\n  - куче\n  - жираф\nxx: [a]\n", "review/search-word", "жираф"},
	{"", "search-words.yaml", "", "", "check/search-words-language", "xx:"},
	{"file", "synonyms.yaml", "", "de: [[a, b]]\n", "search/synonym-language", "de:"},
	{"file", "messages/bg.yaml", "", "nav.hom: Начало\n", "messages/unknown-key", ""},
	// The theme
	{"theme", "", "", "<script src=\"https://stats.example/s.js\"></script>", "audit/other-host", ""},
	{"theme", "", "", "<p lang=\"no such language\">Текст</p>", "audit/lang", ""},
	{"theme", "", "", "<p tabindex=\"7\">Първо</p>", "audit/tabindex", ""},
	{"theme", "", "", "<iframe src=\"map.html\"></iframe>", "audit/frame-title", ""},
	{"", "theme/components/footer/footer.html", "", "", "audit/dead-link", "<iframe src=\"map.html\">"},
	{"theme", "", "", "<video src=\"/assets/quay.svg\" autoplay></video>", "audit/autoplay", ""},
	{"theme", "", "", "<button type=\"button\" class=\"x\"></button>", "audit/empty-button", ""},
	{"theme", "", "", "<input type=\"text\" name=\"newsletter\">", "audit/label", ""},
	{"theme", "", "", "<p aria-describedby=\"nowhere\">Край</p>", "audit/aria-reference", ""},
	{"theme", "", "", "<form action=\"http://send.example/\"></form>", "audit/form-plain", ""},
	{"theme", "", "", "<img src=\"../assets/quay.svg\" class=\"bare\">", "audit/image-alt", ""},
	{"", "theme/components/footer/footer.html", "", "", "audit/image-size", "class=\"bare\""},
	{"theme", "", "", "<a href=\"\" class=\"bare\"></a>", "audit/empty-link", ""},
	// The configuration
	{"line", "portal.yaml", "menu:", "menu: [services, life-events, news, events, notices, abut]", "config/menu", ""},
	{"body", "portal.yaml", "", "check: {levels: {link/dead: note}, except: [{rule: review/long-sentence, file: news/poplars.md, reason: a poem, until: 2026-01-01}]}", "check/level-of-error", ""},
	{"", "portal.yaml", "", "", "check/expired", "check:"},
}

const footer = "theme/components/footer/footer.html"

// plant puts the faults into a copy of the example.
func plant(t *testing.T) *tree.Tree {
	t.Helper()
	source, _, err := tree.Read("../content-example/beli-breg", tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	get := func(file string) string {
		if text, ok := texts[file]; ok {
			return text
		}
		f, ok := source.Get(file)
		if !ok {
			t.Fatalf("the example has no %s", file)
		}
		raw, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	raw, err := os.ReadFile("../themes/base/components/footer/footer.html")
	if err != nil {
		t.Fatal(err)
	}
	texts[footer] = strings.Replace(string(raw), "</div></footer>", "@@</div></footer>", 1)
	for _, p := range faults60 {
		switch p.how {
		case "body":
			texts[p.file] = strings.TrimRight(get(p.file), "\n") + "\n\n" + p.text + "\n"
		case "front":
			texts[p.file] = strings.Replace(get(p.file), "---\n", "---\n"+p.text+"\n", 1)
		case "line", "cut":
			re := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(p.from) + `.*\n`)
			if !re.MatchString(get(p.file)) {
				t.Fatalf("%s has no line %s", p.file, p.from)
			}
			text := p.text + "\n"
			if p.how == "cut" {
				text = ""
			}
			texts[p.file] = re.ReplaceAllLiteralString(get(p.file), text)
		case "file":
			texts[p.file] = p.text
		case "theme":
			texts[footer] = strings.Replace(texts[footer], "@@", p.text+"\n@@", 1)
		}
	}
	texts[footer] = strings.Replace(texts[footer], "@@", "", 1)
	var files []*tree.File
	for name, text := range texts {
		files = append(files, tree.NewFile(name, []byte(text)))
	}
	return source.With(files...)
}

// place is where a fault must be told.
func (p planted) place(t *testing.T, source *tree.Tree) string {
	file := p.file
	if p.how == "theme" {
		file = footer
	}
	mark := p.mark
	if mark == "" {
		mark, _, _ = strings.Cut(p.text, "\n")
	}
	if mark == "-" {
		return file
	}
	f, _ := source.Get(file)
	raw, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	before, _, found := bytes.Cut(raw, []byte(mark))
	if !found {
		t.Fatalf("%s: no %q", file, mark)
	}
	return fmt.Sprintf("%s:%d", file, 1+bytes.Count(before, []byte("\n")))
}

// TestPlanted plants sixty faults and more in the example town; one check must
// tell each of them, on its line, in every format.
func TestPlanted(t *testing.T) {
	source := plant(t)
	r, err := generator.Check(context.Background(), source, generator.Options{At: townMorning}, generator.CheckOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f := &diag.Findings{List: r.Findings, Rules: r.Rules, Excepted: r.Excepted}
	told := map[string]map[string]bool{"list": inList(r.Findings), "json": inJSON(t, f), "github": inGitHub(t, f), "sarif": inSARIF(t, f), "junit": inJUnit(t, f), "text": inText(f)}
	wanted := 0
	for _, p := range faults60 {
		if p.code == "" {
			continue
		}
		wanted++
		place := p.place(t, source)
		if !strings.Contains(place, ":") && told["list"][place+":1 "+p.code] {
			place += ":1"
		}
		for format, found := range told {
			if !found[place+" "+p.code] {
				t.Errorf("%s: not told: %s %s", format, place, p.code)
			}
		}
	}
	if wanted < 60 {
		t.Errorf("%d faults are planted, sixty are wanted", wanted)
	}
	if t.Failed() {
		for _, d := range r.Findings {
			t.Logf("%s %s %s (%s)", d.At, d.Code, d.Message(), d.Page)
		}
	}
}

func key(file string, line int, code string) string {
	if line == 0 {
		return file + " " + code
	}
	return fmt.Sprintf("%s:%d %s", file, line, code)
}

func inList(list diag.List) map[string]bool {
	out := map[string]bool{}
	for _, d := range list {
		out[key(d.At.File, d.At.Line, d.Code)] = true
	}
	return out
}

func inJSON(t *testing.T, f *diag.Findings) map[string]bool {
	raw, err := json.Marshal(f.List)
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		File, Code, Message, Hint string
		Line                      int
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, d := range list {
		out[key(d.File, d.Line, d.Code)] = d.Message != ""
	}
	return out
}

func inGitHub(t *testing.T, f *diag.Findings) map[string]bool {
	var b bytes.Buffer
	if err := f.GitHub(&b); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	re := regexp.MustCompile(`^::(?:notice|warning|error) file=([^,:]+)(?:,line=(\d+))?(?:,col=\d+)?(?:,endColumn=\d+)?,title=([^:]+)::.`)
	for line := range strings.Lines(b.String()) {
		m := re.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("no annotation: %s", line)
			continue
		}
		n := 0
		fmt.Sscan(m[2], &n)
		out[key(m[1], n, m[3])] = true
	}
	return out
}

func inSARIF(t *testing.T, f *diag.Findings) map[string]bool {
	var b bytes.Buffer
	if err := f.SARIF(&b); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID    string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, r := range log.Runs[0].Results {
		p := r.Locations[0].PhysicalLocation
		out[key(p.ArtifactLocation.URI, p.Region.StartLine, r.RuleID)] = true
	}
	return out
}

func inJUnit(t *testing.T, f *diag.Findings) map[string]bool {
	var b bytes.Buffer
	if err := f.JUnit(&b); err != nil {
		t.Fatal(err)
	}
	var report struct {
		Suites []struct {
			Cases []struct {
				Name  string `xml:"name,attr"`
				Class string `xml:"classname,attr"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(b.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, s := range report.Suites {
		for _, c := range s.Cases {
			place, _, _ := strings.Cut(c.Name, " ")
			if parts := strings.Split(place, ":"); len(parts) == 3 {
				place = parts[0] + ":" + parts[1]
			}
			out[place+" "+strings.Replace(strings.TrimPrefix(c.Class, "belfry."), ".", "/", 1)] = true
		}
	}
	return out
}

func inText(f *diag.Findings) map[string]bool {
	var b bytes.Buffer
	f.Text(&b, false)
	out := map[string]bool{}
	file := ""
	re := regexp.MustCompile(`^\s+(?:(\d+)(?::\d+)?)?\s+(?:note|warning|error)  .*\[([a-z0-9/-]+)\]$`)
	for line := range strings.Lines(b.String()) {
		line = strings.TrimRight(line, "\n")
		if m := re.FindStringSubmatch(line); m != nil {
			n := 0
			fmt.Sscan(m[1], &n)
			out[key(file, n, m[2])] = true
		} else if line != "" && !strings.HasPrefix(line, " ") {
			file = line
		}
	}
	return out
}

// TestTownIsSound: the example as it is has nothing to mend; that some texts
// are not translated, or no longer agree with their source, is on purpose.
func TestTownIsSound(t *testing.T) {
	source, _, err := tree.Read("../content-example/beli-breg", tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := generator.Check(context.Background(), source, generator.Options{At: townMorning}, generator.CheckOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Findings {
		if d.Code != "translation/missing" && d.Code != "translation/out-of-date" {
			t.Errorf("%s: %s: %s (%s)", d.At, d.Code, d.Message(), d.Page)
		}
	}
	if len(r.Findings) == 0 || r.Pages < 500 || len(r.Rules) < 45 {
		t.Errorf("%d findings, %d pages, %d rules", len(r.Findings), r.Pages, len(r.Rules))
	}
}
