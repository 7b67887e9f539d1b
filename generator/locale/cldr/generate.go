//go:build ignore

// Generate writes the locale files of this folder from the JSON edition of the
// Unicode CLDR (packages cldr-core, cldr-dates-full, cldr-numbers-full,
// cldr-misc-full and cldr-localenames-full, version 48.2, side by side in one
// folder). Run it in generator/locale when a new edition is out:
//
//	go run cldr/generate.go FOLDER
//
// The files are committed: building belfry needs neither CLDR nor a network. A
// regional locale that says nothing its parent does not say gets no file.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// languages: Europe, the Caucasus, the Arab countries, Central Asia, and those
// spoken by larger groups of people who live in Europe.
var languages = strings.Fields(`af am ar ast az be bg bn br bs bs-Cyrl ca ckb cs cy da de dsb el en eo es et eu
 fa fi fil fo fr fur fy ga gd gl ha he hi hr hsb hu hy id is it ja ka kk ko ku ky lb lt lv mk mn mt nb nds ne nl nn no
 oc os pa pl ps pt rm ro ru sc se sk sl so sq sr-Cyrl sr-Latn sv sw ti tg tk tr tt uk ur uz uz-Cyrl vi yi zh zh-Hant`)

var regional = strings.Fields(`ar-AE ar-BH ar-DZ ar-EG ar-IQ ar-JO ar-KW ar-LB ar-LY ar-MA ar-OM ar-PS ar-QA ar-SA ar-SD
 ar-SY ar-TN ar-YE bn-IN da-GL de-AT de-BE de-CH de-IT de-LI de-LU el-CY en-001 en-150 en-AU en-BE en-CA en-CH en-GB en-GH
 en-IE en-IN en-KE en-MT en-NG en-NZ en-ZA es-419 es-AR es-BO es-CL es-CO es-CR es-CU es-DO es-EC es-GT es-HN es-MX es-NI es-PA
 es-PE es-PR es-PY es-SV es-US es-UY es-VE fr-BE fr-CA fr-CH fr-DZ fr-LU fr-MA fr-TN hr-BA it-CH nl-BE pt-PT ro-MD ru-BY ru-KG
 ru-KZ ru-MD ru-UA sq-MK sq-XK sr-Cyrl-BA sr-Cyrl-ME sr-Cyrl-XK sr-Latn-BA sr-Latn-ME sr-Latn-XK sv-FI tr-CY`)

var currencies = strings.Fields(`AED ALL AMD ARS AUD AZN BAM BGN BHD BOB BRL BYN CAD CHF CLP CNY COP CRC CUP CZK DKK DOP DZD
 EGP EUR GBP GEL GTQ HNL HUF ILS INR IQD IRR ISK JOD JPY KGS KRW KWD KZT LBP LYD MAD MDL MKD MNT MXN NIO NOK NZD OMR PAB PEN
 PLN PYG QAR RON RSD RUB SAR SDG SEK SYP TJS TMT TND TRY TWD UAH USD UYU UZS VES XAF XOF YER ZAR`)

// ownIndex mends index letters that CLDR 48 leaves out although words begin
// with them: Bulgarian Ъ, Đ of Serbian in Latin script.
var ownIndex = map[string]string{
	"tr":      "A B C Ç D E F G Ğ H I İ J K L M N O Ö P Q R S Ş T U Ü V W X Y Z",
	"bg":      "А Б В Г Д Е Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ъ Ю Я",
	"sr-Latn": "A B C Č Ć D {DŽ} Đ E F G H I J K L {LJ} M N {NJ} O P Q R S Š T U V W X Y Z Ž",
}

var ownEndonym = map[string]string{"sr-Cyrl": "Српски", "sr-Latn": "Srpski", "bs-Cyrl": "Босански", "zh-Hant": "繁體中文",
	"id": "Bahasa Indonesia", "ku": "Kurdî", "no": "Norsk", "nb": "Norsk bokmål", "nn": "Norsk nynorsk"}

var root string

type obj = map[string]any

func read(path string) obj {
	raw, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		log.Fatal(err)
	}
	var o obj
	if err := json.Unmarshal(raw, &o); err != nil {
		log.Fatal(path, err)
	}
	return o
}

func at(o any, path ...string) any {
	for _, p := range path {
		m, _ := o.(obj)
		o = m[p]
	}
	return o
}

func str(o any, path ...string) string {
	v := at(o, path...)
	if m, ok := v.(obj); ok {
		v = m["_value"]
	}
	s, _ := v.(string)
	return s
}

func numbered(o any, n int) []string {
	var out []string
	for i := 1; i <= n; i++ {
		out = append(out, str(o, strconv.Itoa(i)))
	}
	return out
}

func week(o any) []string {
	var out []string
	for _, d := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		out = append(out, str(o, d))
	}
	return out
}

type supplement struct{ likely, parents, plurals, systems, scripts obj }

func main() {
	root = os.Args[1]
	s := supplement{
		likely:  at(read("cldr-core/supplemental/likelySubtags.json"), "supplemental", "likelySubtags").(obj),
		parents: at(read("cldr-core/supplemental/parentLocales.json"), "supplemental", "parentLocales", "parentLocale").(obj),
		plurals: at(read("cldr-core/supplemental/plurals.json"), "supplemental", "plurals-type-cardinal").(obj),
		systems: at(read("cldr-core/supplemental/numberingSystems.json"), "supplemental", "numberingSystems").(obj),
		scripts: at(read("cldr-core/scriptMetadata.json"), "scriptMetadata").(obj),
	}
	old, _ := filepath.Glob("cldr/*.json")
	for _, f := range old {
		os.Remove(f)
	}
	made := map[string][]byte{}
	parents := parentTable(s)
	for _, tag := range append(slices.Clone(languages), regional...) {
		made[tag] = locale(s, tag)
	}
	made["cnr"] = montenegrin(made["sr-Latn-ME"], "Crnogorski")
	made["cnr-Cyrl"] = montenegrin(made["sr-Cyrl-ME"], "Црногорски")
	for _, tag := range slices.Sorted(maps.Keys(made)) {
		if p := parentOf(parents, tag); p != "" && bytes.Equal(made[p], made[tag]) {
			continue
		}
		write(tag, made[tag])
	}
	write("regions", regions(parents))
}

func write(name string, raw []byte) {
	if err := os.WriteFile("cldr/"+name+".json", raw, 0o644); err != nil {
		log.Fatal(err)
	}
}

// montenegrin makes the files of cnr, which CLDR does not know, from Serbian of
// Montenegro; its Monday is ijekavian like its other days.
func montenegrin(raw []byte, endonym string) []byte {
	raw = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("ponedeljak"), []byte("ponedjeljak")), []byte("понедељак"), []byte("понедјељак"))
	return regexp.MustCompile(`"endonym":"[^"]*"`).ReplaceAll(raw, []byte(`"endonym":"`+endonym+`"`))
}

func parentOf(parents map[string]string, tag string) string {
	if p := parents[tag]; p != "" {
		return p
	}
	if i := strings.LastIndexByte(tag, '-'); i > 0 {
		return tag[:i]
	}
	return ""
}

// parentTable keeps the parents that truncation of the tag does not give.
func parentTable(s supplement) map[string]string {
	out := map[string]string{"sr": "sr-Cyrl"}
	for child, p := range s.parents {
		parent := p.(string)
		lang, _, _ := strings.Cut(child, "-")
		if parent == "und" || parent == "root" || !slices.Contains(languages, lang) || lang == "zh" {
			continue
		}
		out[child] = parent
	}
	return out
}

func locale(s supplement, tag string) []byte {
	main := func(pack, file string) any {
		return at(read("cldr-"+pack+"-full/main/"+tag+"/"+file+".json"), "main", tag)
	}
	lang, _, _ := strings.Cut(tag, "-")
	script, region := likely(s.likely, tag)
	out := [][2]any{}
	put := func(k string, v any) { out = append(out, [2]any{k, v}) }

	name := ownEndonym[tag]
	if name == "" {
		for _, t := range []string{tag, strings.Join(strings.Split(tag, "-")[:1], "-")} {
			if ownEndonym[t] != "" {
				name = ownEndonym[t]
				break
			}
		}
	}
	if strings.HasPrefix(tag, "sr-") {
		name = ownEndonym[tag[:7]]
	}
	if name == "" {
		name = str(main("localenames", "languages"), "localeDisplayNames", "languages", lang)
	}
	r, n := utf8.DecodeRuneInString(name)
	if lang != "ka" { // Georgian has capitals, but not for names
		r = unicode.ToUpper(r)
	}
	put("endonym", string(r)+name[n:])
	put("script", script)
	put("region", region)
	if at(s.scripts, script, "rtl") == "YES" || script == "Arab" || script == "Hebr" {
		put("dir", "rtl")
	}

	cal := at(main("dates", "ca-gregorian"), "dates", "calendars", "gregorian")
	put("months", numbered(at(cal, "months", "format", "wide"), 12))
	put("monthsAlone", numbered(at(cal, "months", "stand-alone", "wide"), 12))
	short := numbered(at(cal, "months", "stand-alone", "abbreviated"), 12)
	for i := range short {
		short[i] = strings.TrimRight(short[i], ".")
	}
	put("monthsShort", short)
	put("days", week(at(cal, "days", "format", "wide")))
	if alone := week(at(cal, "days", "stand-alone", "wide")); !slices.Equal(alone, week(at(cal, "days", "format", "wide"))) {
		put("daysAlone", alone)
	}
	put("daysShort", week(at(cal, "days", "stand-alone", "abbreviated")))
	// CLDR has a narrow no-break space before the Slavic "г."; browsers and the
	// figures we test against have a plain one.
	long := strings.ReplaceAll(str(cal, "dateFormats", "long"), "\u202f", " ")
	put("long", long)
	put("full", strings.ReplaceAll(str(cal, "dateFormats", "full"), "\u202f", " "))
	formats := at(cal, "dateTimeFormats", "availableFormats")
	put("dayMonth", str(formats, "MMMMd"))
	put("monthYear", strings.ReplaceAll(str(formats, "yMMMM"), "\u202f", " "))
	span := days(cal, long)
	put("dayToDay", span[0])
	put("dash", span[1])
	put("clock", clock(str(cal, "timeFormats", "short"), str(formats, "Hm")))

	nums := at(main("numbers", "numbers"), "numbers")
	system := str(nums, "defaultNumberingSystem")
	if d := str(s.systems, system, "_digits"); system != "latn" {
		put("digits", d)
	}
	sym := at(nums, "symbols-numberSystem-"+system)
	put("decimal", str(sym, "decimal"))
	put("group", str(sym, "group"))
	put("minus", str(sym, "minusSign"))
	least, _ := strconv.Atoi(str(nums, "minimumGroupingDigits"))
	put("least", least)
	put("number", str(nums, "decimalFormats-numberSystem-"+system, "standard"))
	money := at(nums, "currencyFormats-numberSystem-"+system)
	put("money", str(money, "standard"))
	if alpha := str(money, "standard-alphaNextToNumber"); alpha != "" && alpha != str(money, "standard") {
		put("moneyAlpha", alpha)
	}
	if v := str(sym, "currencyDecimal"); v != "" {
		put("moneyDecimal", v)
	}
	if v := str(sym, "currencyGroup"); v != "" {
		put("moneyGroup", v)
	}
	symbols := map[string]string{}
	all := at(main("numbers", "currencies"), "numbers", "currencies")
	for _, c := range currencies {
		if v := str(all, c, "symbol"); v != "" && v != c {
			symbols[c] = v
		}
	}
	put("symbols", symbols)

	lists := at(main("misc", "listPatterns"), "listPatterns", "listPattern-type-standard")
	put("list", []string{str(lists, "2"), str(lists, "start"), str(lists, "middle"), str(lists, "end")})
	q := at(main("misc", "delimiters"), "delimiters")
	put("quotes", []string{str(q, "quotationStart"), str(q, "quotationEnd"), str(q, "alternateQuotationStart"), str(q, "alternateQuotationEnd")})
	put("collation", collation(tag))
	letters := index(tag, str(main("misc", "characters"), "characters", "index"))
	put("index", letters)
	if a := alike(tag, letters); len(a) > 0 {
		put("alike", a)
	}
	put("plural", plural(s.plurals, tag, lang))

	var b bytes.Buffer
	b.WriteString("{\n")
	for i, kv := range out {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, "%q:%s", kv[0], encode(kv[1]))
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}

func encode(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		log.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func likely(table obj, tag string) (script, region string) {
	parts := strings.Split(tag, "-")
	full := str(table, parts[0])
	if len(parts) > 1 {
		if f := str(table, parts[0]+"-"+parts[1]); f != "" {
			full = f
		}
	}
	f := strings.Split(full, "-")
	script, region = f[1], f[2]
	for _, p := range parts[1:] {
		switch len(p) {
		case 4:
			script = p
		case 2, 3:
			region = p
		}
	}
	return script, region
}

// days gives the long date with two days of one month, and what stands between
// two whole dates. A range of figures is closed up (15–17), one of words is not.
func days(cal any, long string) []string {
	all := at(cal, "dateTimeFormats", "intervalFormats")
	glue, dash := "–", " – "
	if m := regexp.MustCompile(`d+([^A-Za-z']+)d+`).FindStringSubmatch(str(all, "yMMMd", "d")); m != nil {
		glue = regexp.MustCompile(`[\s\p{Zs}]*–[\s\p{Zs}]*`).ReplaceAllString(m[1], "–")
	}
	if m := regexp.MustCompile(`[~～]|تا`).FindString(str(all, "intervalFormatFallback")); m != "" {
		dash = " " + m + " "
	}
	first := regexp.MustCompile(`\bd+\b`).FindStringIndex(long)
	day := long[first[0]:first[1]]
	return []string{long[:first[0]] + day + glue + day + long[first[1]:], dash}
}

// clock keeps hour, separator and minute of the 24-hour form.
func clock(short, hm string) string {
	for _, p := range []string{short, hm} {
		if m := regexp.MustCompile(`(HH?)([^A-Za-z']+)mm`).FindString(p); m != "" {
			return m
		}
	}
	return "HH:mm"
}

// collation names the language whose order of golang.org/x/text/collate (CLDR
// 23) is right for the tag: it has none for Serbian in Latin script and
// Bosnian, and its Norwegian tables put Æ, Ø and Å into the wrong places.
func collation(tag string) string {
	lang, _, _ := strings.Cut(tag, "-")
	switch {
	case strings.HasPrefix(tag, "sr-Latn"), tag == "bs":
		return "hr"
	case slices.Contains([]string{"no", "nb", "nn"}, lang):
		return "da"
	case strings.HasPrefix(tag, "zh-Hant"), tag == "bs-Cyrl":
		return tag
	}
	return lang
}

// index turns a CLDR set of index characters into letters in the order of the
// collation we sort with. A letter it does not tell from a plainer one
// (Hungarian Á from A) is left out, as ICU does, and so is a digraph that it
// sorts as two letters: headings must never alternate.
func index(tag, set string) []string {
	if own := ownIndex[tag]; own != "" {
		set = own
	} else if strings.HasPrefix(tag, "sr-Latn") || tag == "bs" {
		set = ownIndex["sr-Latn"]
	}
	order := collate.New(language.MustParse(collation(tag)))
	base := collate.New(language.MustParse(collation(tag)), collate.Loose)
	var all []string
	for _, m := range regexp.MustCompile(`\{([^}]*)\}|([^\s\[\]{}*])`).FindAllStringSubmatch(set, -1) {
		all = append(all, m[1]+m[2])
	}
	order.SortStrings(all)
	var out []string
	for _, l := range all {
		if len(out) > 0 && base.CompareString(out[len(out)-1], l) == 0 || strings.Contains(l, "*") {
			continue
		}
		r, w := utf8.DecodeRuneInString(l)
		if unicode.IsMark(r) { // a slip in the Yiddish set
			continue
		}
		if len(l) > w {
			first := string(r)
			if base.CompareString(first, l) < 0 && base.CompareString(l, first+"ჰ") < 0 {
				fmt.Println(tag, "does not sort", l, "as a letter of its own")
				continue
			}
			l = first + strings.ToLower(l[w:])
		}
		out = append(out, l)
	}
	return out
}

// alike finds capitals that the collation sorts as a letter of the index which
// taking their accents off does not give: Hungarian Ő is Ö, Lithuanian Y is I.
func alike(tag string, letters []string) map[string]string {
	base := collate.New(language.MustParse(collation(tag)), collate.Loose)
	candidates := []string{"AA"}
	for r := 'A'; r < 0x530; r++ {
		if unicode.IsUpper(r) {
			candidates = append(candidates, string(r))
		}
	}
	out := map[string]string{}
	for _, c := range candidates {
		if slices.Contains(letters, c) {
			continue
		}
		i := slices.IndexFunc(letters, func(l string) bool { return base.CompareString(l, c) == 0 })
		if i >= 0 && !strings.HasPrefix(norm.NFD.String(c), letters[i]) {
			out[c] = letters[i]
		}
	}
	return out
}

func plural(all obj, tag, lang string) [][2]string {
	rules := at(all, tag)
	if rules == nil {
		rules = at(all, lang)
	}
	var out [][2]string
	for _, c := range []string{"zero", "one", "two", "few", "many"} {
		if r := str(rules, "pluralRule-count-"+c); r != "" {
			r, _, _ = strings.Cut(r, "@")
			out = append(out, [2]string{c, strings.TrimSpace(r)})
		}
	}
	return out
}

func regions(parents map[string]string) []byte {
	first := map[string]int{}
	days := map[string]int{"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6}
	for r, d := range at(read("cldr-core/supplemental/weekData.json"), "supplemental", "weekData", "firstDay").(obj) {
		if n := days[d.(string)]; n != 1 && len(r) == 2 {
			first[r] = n
		}
	}
	digits := map[string]int{}
	for c, v := range at(read("cldr-core/supplemental/currencyData.json"), "supplemental", "currencyData", "fractions").(obj) {
		if n, _ := strconv.Atoi(str(v, "_digits")); n != 2 && c != "DEFAULT" {
			digits[c] = n
		}
	}
	return []byte(fmt.Sprintf("{\n\"firstDay\":%s,\n\"fractions\":%s,\n\"parents\":%s\n}\n", encode(first), encode(digits), encode(parents)))
}
