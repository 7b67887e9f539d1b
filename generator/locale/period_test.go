package locale

import "testing"

func TestParsePeriod(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Period
		iso  string
	}{
		{"3 days", Period{N: 3, Unit: Days}, "P3D"}, {"1 day", Period{N: 1, Unit: Days}, "P1D"}, {"3 working days", Period{N: 3, Unit: Days, Working: true}, "P3D"},
		{"3  Business\u00a0Days", Period{N: 3, Unit: Days, Working: true}, "P3D"}, {"2 weeks", Period{N: 2, Unit: Weeks}, "P2W"}, {"30 minutes", Period{N: 30, Unit: Minutes}, "PT30M"},
		{"1 month", Period{N: 1, Unit: Months}, "P1M"}, {"2 years", Period{N: 2, Unit: Years}, "P2Y"}, {"3days", Period{N: 3, Unit: Days}, "P3D"},
		{"P3D", Period{N: 3, Unit: Days}, "P3D"}, {"P2W", Period{N: 2, Unit: Weeks}, "P2W"}, {"P1M", Period{N: 1, Unit: Months}, "P1M"}, {"PT2H", Period{N: 2, Unit: Hours}, "PT2H"}, {"PT30M", Period{N: 30, Unit: Minutes}, "PT30M"},
		{"At once", Period{AtOnce: true}, "PT0S"}, {"0 days", Period{AtOnce: true}, "PT0S"}, {"PT0S", Period{AtOnce: true}, "PT0S"},
	} {
		got, err := ParsePeriod(c.in)
		if err != nil || got != c.want || got.ISO() != c.iso {
			t.Errorf("%q: %+v %s, %v", c.in, got, got.ISO(), err)
		}
	}
	for in, guess := range map[string]string{
		"": "", "soon": "", "3": "", "3 dyas": "days", "3 wroking days": "working", "at onec": "at once", "3 working weeks": "3 working days", "P3DT2H": "", "PT5S": "", "-3 days": "", "99999 days": "", "three days": "", "p3d": "",
	} {
		got, err := ParsePeriod(in)
		e, ok := err.(*PeriodError)
		if !ok || e.Guess != guess || got != (Period{}) {
			t.Errorf("%q: %+v, %#v; want the guess %q", in, got, err, guess)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	f.Add("3 working days")
	f.Add("PT30M")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePeriod(s)
		if err != nil {
			return
		}
		again, err := ParsePeriod(p.ISO())
		again.Working = p.Working
		if err != nil || again != p {
			t.Errorf("%q: %+v, again %+v, %v", s, p, again, err)
		}
	})
}
