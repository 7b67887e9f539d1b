package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// How a form is filled, and with what: one set of right answers for each form of
// the example, by the names of its fields. A file is the name of a paper.

// date puts a day that lies so many days from today into three boxes.
func date(v url.Values, name string, days int) {
	t := time.Now().AddDate(0, 0, days)
	v.Set(name+"-day", strconv.Itoa(t.Day()))
	v.Set(name+"-month", strconv.Itoa(int(t.Month())))
	v.Set(name+"-year", strconv.Itoa(t.Year()))
}

// pairs makes values of "name=value" lines.
func pairs(lines string) url.Values {
	v := url.Values{}
	for line := range strings.Lines(lines) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			v.Add(name, value)
		}
	}
	return v
}

func answersTo(id string) url.Values {
	var v url.Values
	switch id {
	case "resident-parking":
		v = pairs(`full_name=Мария Стоянова <b>
			personal_number=7523169263
			email=maria@example.org
			phone=+359 82 000 199
			home-street=ул. „Липа“ 7
			home-place=Бели бряг
			home-postcode=7097
			vehicles-1-plate=Р 1234 АВ
			vehicles-1-order=first
			vehicles-1-owner=company
			vehicles-1-registration=photo.jpg
			vehicles-1-lease=paper.pdf
			vehicles-2-plate=P4321AB
			vehicles-2-order=second
			vehicles-2-owner=me
			vehicles-2-registration=photo.jpg
			garage=yes
			garage_why==cmd|' /C calc'!A0
			truth=yes
			remind=yes`)
		date(v, "start", 5)
	case "birth-certificate":
		v = pairs(`whose=other
			proxy=paper.pdf
			full_name=Мария Стоянова
			personal_number=7523169263
			email=maria@example.org
			person-person_name=Иван Петров
			mother=Петя Петрова
			speed=fast
			abroad=yes
			abroad_language=other
			abroad_other=фински
			delivery=post
			post_to-street=ул. „Липа“ 7
			post_to-place=Бели бряг
			post_to-postcode=7097
			truth=yes`)
		date(v, "birth_date", -9000)
	case "dog-registration":
		v = pairs(`full_name=Мария Стоянова
			personal_number=7523169263
			home-street=ул. „Липа“ 7
			home-place=Бели бряг
			home-postcode=7097
			phone=+35982000199
			dogs-1-dog_name=Шаро
			dogs-1-chip=100 123 456 789 012
			dogs-1-passport=photo.jpg
			dogs-1-sex=male
			dogs-1-dog_born-month=3
			dogs-1-dog_born-year=2024
			dogs-1-fee_kind=free
			dogs-1-exempt=neutered
			dogs-1-exempt=shelter
			delivery=post
			truth=yes`)
		date(v, "dogs-1-since", -200)
		date(v, "dogs-1-vaccine", -100)
	case "report-a-problem":
		v = pairs(`what=noise
			details=Музика до късно <script>alert(1)</script>
			place=до пазара
			map_link=https://map.example/1
			noise_at=23:10
			danger=no
			photos=photo.jpg
			reply=yes
			full_name=Мария
			email=maria@example.org
			official=yes`)
		v.Set("seen", time.Now().AddDate(0, 0, -1).Format(time.DateOnly))
	case "market-stall":
		v = pairs(`who=trader
			full_name=Мария Стоянова
			phone=+35982000199
			email=maria@example.org
			company-company_name=Брегови вкус ООД
			company-eik=175074752
			company-company_address-street=ул. „Пазарна“ 3
			company-company_address-place=Бели бряг
			company-company_address-postcode=7097
			goods=honey
			goods=other
			goods_other=восък
			food_register=BG-123
			scales=yes
			for_month-month=3
			for_month-year=2027
			stall=17
			van=yes
			van_length=4,5
			refund=BG80 BNBG 9661 1020 3456 78
			rules=yes`)
	case "event-permit":
		v = pairs(`organiser=company
			organisation=Бряг Събития ООД
			eik=175074752
			contact_name=Мария Стоянова
			phone=+35982000199
			email=maria@example.org
			event_name=Панаир на меда
			kind=fair
			where=street
			which_street=ул. „Рибарска“, от 2 до 14
			starts=10:30
			ends=22:00
			area=120,5
			people=400
			programme=10:30 начало
			site_plan=paper.pdf
			music=no
			ticket=2,50
			selling=yes
			sellers-1-seller_name=Пчелин
			sellers-1-sells=food
			sellers-1-sells=things
			sellers-1-seller_register=BG-7
			safety_plan=paper.pdf
			safety-safety_name=Иван Петров
			safety-safety_phone=+35982000198
			guards=4
			deposit=BG80BNBG96611020345678
			promise=yes
			calendar=yes`)
		date(v, "days-from", 40)
		date(v, "days-to", 41)
	case "change-of-address":
		v = pairs(`full_name=Мария Стоянова
			personal_number=7523169263
			phone=+35982000199
			with_children=yes
			children-1-child_name=Ива Стоянова
			children-1-child_number=7523169263
			street=lipa
			house=7
			old-street=ул. „Първа“ 1
			old-place=Русе
			old-postcode=7000
			right=rent
			landlord-landlord_name=Иван Петров
			landlord-landlord_number=175074752
			truth=yes
			certificate=yes`)
		date(v, "moved", -3)
	case "freedom-of-information":
		v = pairs(`request=Колко струва ремонтът?
			form_of_access=mail
			formats=pdf
			formats=csv
			who=organisation
			organisation=Вестник „Бряг“
			full_name=Мария Стоянова
			email=maria@example.org
			publish=yes
			news=yes`)
		date(v, "period-from", -400)
		date(v, "period-to", -30)
	default:
		panic("no answers to " + id)
	}
	return v
}

// spot is the element that has the focus.
type spot struct {
	Name, Type, Value, ID string
	Next, Send, Add       bool
	Checked               bool
}

const spotted = `(e => ({Name: e.name || '', Type: e.type || e.localName, Value: e.value || '', ID: e.id, Checked: !!e.checked,
	Next: e.matches('[data-next]'), Send: e.matches('[data-send]'), Add: e.matches('[data-add]')}))(document.activeElement)`

// enter presses Enter as a keyboard does: the letter of the key is not sent to
// what the key itself has moved the focus to.
func (b *tab) enter() {
	b.Helper()
	key := input.DispatchKeyEventParams{Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13}
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeChar, input.DispatchKeyEventTypeKeyUp} {
		if key.Type, key.Text = kind, ""; kind == input.DispatchKeyEventTypeChar {
			key.Text = "\r"
		}
		call(b, input.DispatchKeyEvent, key)
	}
}

// click presses what can be seen, now: what cannot is a fault at once.
func (b *tab) click(selector string) {
	b.Helper()
	if !eval[bool](b, `(e => !!e && e.checkVisibility() && (e.click(), true))(document.querySelector(`+"`"+selector+"`"+`))`) {
		b.Fatalf("%s is not to be seen", selector)
	}
}

// fill goes through a form by keys alone, from its first step to "check your
// answers". The papers are picked in place of the system's own window.
func (town *formTown) fill(b *tab, v url.Values) {
	b.Helper()
	done := map[string]bool{}
	for range 900 {
		b.press(kb.Tab)
		s := eval[spot](b, spotted)
		want, asked := v[s.Name]
		switch {
		case s.Next:
			town.next(b, v, done)
			if eval[bool](b, `!document.querySelector('[data-check]').hidden`) {
				for name := range v {
					if !done[name] {
						b.Errorf("%s was never asked", name)
					}
				}
				return
			}
		case s.Add:
			rows := eval[string](b, `document.activeElement.dataset.add`)
			n := eval[int](b, `[...document.activeElement.closest('[data-q]').querySelectorAll('[data-row]')].filter(r => r.checkVisibility()).length`)
			if more := fmt.Sprintf("%s-%d-", rows, n+1); slices.ContainsFunc(slices.Collect(keysOf(v)), func(k string) bool { return strings.HasPrefix(k, more) }) {
				b.enter()
				if s = eval[spot](b, spotted); !strings.HasPrefix(s.Name, more) {
					b.Fatalf("after adding a row the focus is on %q", s.Name)
				}
				b.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift))) // the loop begins with a Tab
			}
		case !asked || done[s.Name] && s.Type != "checkbox":
		default:
			done[s.Name] = true
			town.answer(b, s, want)
		}
	}
	b.Fatalf("the form does not end; the focus is on %s", eval[string](b, focused))
}

func keysOf(v url.Values) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range v {
			if !yield(k) {
				return
			}
		}
	}
}

// next presses Continue, and fails with what the summary says.
func (town *formTown) next(b *tab, _ url.Values, _ map[string]bool) {
	b.Helper()
	step := `[...document.querySelectorAll('[data-step],[data-check]')].findIndex(s => !s.hidden)`
	before := eval[int](b, step)
	b.enter()
	b.until(step + ` !== ` + strconv.Itoa(before) + ` || !document.querySelector('[data-summary]').hidden`)
	if said := eval[[]string](b, summary); len(said) > 0 {
		b.Fatalf("step %d does not take the answers: %q", before+1, said)
	}
}

// summary is what the summary of errors says.
const summary = `[...document.querySelectorAll('[data-summary]:not([hidden]) li')].map(l => l.textContent)`

// answer gives the answer to the control that has the focus.
func (town *formTown) answer(b *tab, s spot, want []string) {
	b.Helper()
	switch s.Type {
	case "radio":
		for n := 0; s.Value != want[0]; n++ {
			if n > 12 {
				b.Fatalf("%s has no answer %s", s.Name, want[0])
			}
			b.press(kb.ArrowDown)
			s = eval[spot](b, spotted)
		}
		if !s.Checked {
			b.press(" ")
		}
	case "checkbox":
		if slices.Contains(want, s.Value) != s.Checked {
			b.press(" ")
		}
	case "select-one":
		for n := 0; s.Value != want[0]; n++ {
			if n > 40 {
				b.Fatalf("%s has no answer %s", s.Name, want[0])
			}
			b.press(kb.ArrowDown)
			s = eval[spot](b, spotted)
		}
	case "file":
		files := make([]string, len(want))
		for i, w := range want {
			files[i] = absolute(filepath.Join(town.papers, w))
		}
		b.do(chromedp.SetUploadFiles(chromedp.CSS(`[name="`+s.Name+`"]`), files))
	case "date", "time":
		if s.Value == want[0] {
			return
		}
		b.press(american(s.Type, want[0]))
		if got := eval[string](b, `document.activeElement.value`); got != want[0] {
			b.Fatalf("%s is %q after typing, want %q", s.Name, got, want[0])
		}
	default:
		if s.Value == want[0] {
			return
		}
		call(b, input.InsertText, input.InsertTextParams{Text: want[0]})
	}
}

// american are the keys of a date or a time in a browser that speaks American English.
func american(kind, value string) string {
	if kind == "date" {
		t, _ := time.Parse(time.DateOnly, value)
		return t.Format("01022006")
	}
	t, _ := time.Parse("15:04", value)
	return t.Format("0304PM")
}

// put fills in answers without keys, for the tests that are about something else.
func (town *formTown) put(b *tab, v url.Values) {
	b.Helper()
	for name, values := range v {
		if strings.HasSuffix(values[0], ".pdf") || strings.HasSuffix(values[0], ".jpg") {
			var files []string
			for _, f := range values {
				files = append(files, absolute(filepath.Join(town.papers, f)))
			}
			b.do(chromedp.SetUploadFiles(chromedp.CSS(`[name="`+name+`"]`), files))
			continue
		}
		eval[bool](b, fmt.Sprintf(`(values => { const list = [...document.getElementsByName(%q)].filter(c => c.form);
			if (!list.length) throw new Error('no field ' + %[1]q);
			list.forEach(c => { if (c.type == 'radio' || c.type == 'checkbox') c.checked = values.includes(c.value); else c.value = values[0];
				c.dispatchEvent(new Event('input', {bubbles: true})); }); return true })(%s)`, name, array(values)))
	}
}

func array(values []string) string {
	raw, err := json.Marshal(values)
	if err != nil {
		panic(err)
	}
	return string(raw)
}
