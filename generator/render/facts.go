package render

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"belfry/generator/locale"
	"belfry/generator/portal"
)

// serviceFacts are the four cells that answer before the first scroll: how
// much, how long, what to bring, where.
func (b *Builder) serviceFacts(s *Service) []Fact {
	var facts []Fact
	if list := b.fields.Get("cost").List; len(list) > 0 {
		f := Fact{Icon: "price", Label: b.t("facts.price"), Value: b.money(list[0])}
		if list[0].Get("amount").Set() {
			f.Detail = list[0].String("description")
		}
		if len(list) > 1 {
			second := list[1]
			f.Detail = joinColon(second.String("description"), b.money(second))
		}
		if len(list) > 2 {
			f.More = &Link{Text: b.tn("facts.more", len(list)-2), Href: "#price"}
		}
		facts = append(facts, f)
	}
	if t := b.fields.String("processing_time"); t != "" {
		f := Fact{Icon: "time", Label: b.t("facts.time"), Value: b.period(t)}
		if list := b.fields.Get("cost").List; len(list) > 1 && list[1].String("time") != "" {
			f.Detail = joinColon(list[1].String("description"), b.period(list[1].String("time")))
		}
		facts = append(facts, f)
	}
	if len(s.Evidence) > 0 {
		f := Fact{Icon: "bring", Label: b.t("facts.bring"), Value: s.Evidence[0].Name, Detail: s.Evidence[0].Detail}
		if n := len(s.Evidence) - 1; n > 0 {
			f.More = &Link{Text: b.tn("facts.more", n), Href: "#need"}
		}
		f.Lang = b.view.Text
		facts = append(facts, f)
	}
	if len(s.Channels) > 0 {
		f := Fact{Icon: "where", Label: b.t("facts.where"), Value: s.Channels[0].Label}
		if len(s.Channels) > 1 {
			var others []string
			for _, c := range s.Channels[1:] {
				others = append(others, b.lowerFirst(c.Label))
			}
			f.Detail = b.t("facts.or", "list", others[0])
			if len(others) > 1 {
				f.More = &Link{Text: b.tn("facts.more", len(others)-1), Href: "#apply"}
			}
		}
		facts = append(facts, f)
	}
	return facts
}

func joinColon(label, value string) string {
	if label == "" {
		return value
	}
	return label + ": " + value
}

// lowerFirst puts a label into the middle of a sentence, as the reader's
// language does it: German nouns keep their capital, Turkish İ becomes i.
func (b *Builder) lowerFirst(label string) string {
	lang, _, _ := strings.Cut(b.Lang, "-")
	first, size := utf8.DecodeRuneInString(label)
	switch {
	case lang == "de" || size == 0:
		return label
	case lang == "tr" || lang == "az":
		return string(unicode.TurkishCase.ToLower(first)) + label[size:]
	}
	return string(unicode.ToLower(first)) + label[size:]
}

// money is the amount of a cost for people: "2.50 €", or "free".
func (b *Builder) money(cost portal.Value) string {
	if !cost.Get("amount").Set() {
		return cost.String("description") // "by property"
	}
	currency := cost.String("currency")
	if currency == "" {
		currency = b.Portal.Config.Currency
	}
	a, err := locale.ParseMoney(cost.String("amount"), currency)
	if err != nil {
		return cost.String("amount")
	}
	if a.Free() {
		return b.t("cost.free")
	}
	return b.Locale.Money(a.Decimal, a.Currency)
}

// period is a length of time for people: "3 working days".
func (b *Builder) period(text string) string {
	p, err := locale.ParsePeriod(text)
	if err != nil {
		return text
	}
	if p.AtOnce {
		return b.t("period.at_once")
	}
	key := "period." + string(p.Unit)
	if p.Working {
		key += "_working"
	}
	return b.tn(key, p.N)
}

// ends are the end columns of a ledger.
type ends struct{ price, time string }

// ends are those of a service. A service stands in half a dozen lists.
func (b *Builder) ends(it *portal.Item) ends {
	if known, ok := b.knownEnds.Load(it); ok {
		return known.(ends)
	}
	e := ends{b.priceShort(it.Source.Fields), b.timeShort(it.Source.Fields)}
	b.knownEnds.Store(it, e)
	return e
}

func (b *Builder) priceShort(f portal.Value) string {
	list := f.Get("cost").List
	if len(list) == 0 {
		return ""
	}
	return b.money(list[0])
}

func (b *Builder) timeShort(f portal.Value) string {
	t := f.String("processing_time")
	p, err := locale.ParsePeriod(t)
	if err != nil {
		return ""
	}
	if p.Working {
		p.Working = false // the row is narrow; the page of the service says it
		return b.tn("period."+string(p.Unit), p.N)
	}
	return b.period(t)
}

func number(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

func decimal(f float64, places int) string { return strconv.FormatFloat(f, 'f', places, 64) }
