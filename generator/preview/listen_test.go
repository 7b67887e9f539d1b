package preview

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"
)

func TestFreeListener(t *testing.T) {
	first, err := FreeListener("127.0.0.1:0")
	must(t, err)
	defer first.Close()
	wanted := first.Addr().String()
	second, err := FreeListener(wanted)
	must(t, err)
	defer second.Close()
	if second.Addr().String() == wanted || !second.Addr().(*net.TCPAddr).IP.IsLoopback() {
		t.Errorf("wanted %s, got %s", wanted, second.Addr())
	}
	again := second.Addr().String()
	second.Close()
	third, err := FreeListener(again)
	must(t, err)
	defer third.Close()
	if third.Addr().String() != again {
		t.Errorf("a free port was not taken: %s instead of %s", third.Addr(), again)
	}
	for _, bad := range []string{"127.0.0.1", "256.0.0.1.invalid:80", "127.0.0.1:99999", "192.0.2.1:0"} {
		if l, err := FreeListener(bad); err == nil {
			l.Close()
			t.Errorf("%s is an address", bad)
		}
	}
}

func TestURL(t *testing.T) {
	l, err := FreeListener(":0")
	must(t, err)
	defer l.Close()
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	if got := URL(l); got != "http://127.0.0.1:"+port+"/" {
		t.Errorf("URL %q", got)
	}
	if got, err := LANURL(l); err == nil {
		host, _ := netip.ParseAddrPort(strings.TrimSuffix(strings.TrimPrefix(got, "http://"), "/"))
		if !host.Addr().IsPrivate() || strconv.Itoa(int(host.Port())) != port {
			t.Errorf("LANURL %q", got)
		}
	}
	var all []netip.Addr
	for _, s := range []string{"127.0.0.1", "8.8.8.8", "fd00::7", "169.254.1.1", "192.168.1.5", "10.0.0.1"} {
		all = append(all, netip.MustParseAddr(s))
	}
	if a, ok := firstPrivate(all); !ok || a.String() != "192.168.1.5" {
		t.Errorf("%v", a)
	}
	if a, ok := firstPrivate(all[:4]); !ok || a.String() != "fd00::7" {
		t.Errorf("%v", a)
	}
	if _, ok := firstPrivate(all[:2]); ok {
		t.Error("a public address is private")
	}
}

// TestQR reads the drawing back, module by module.
func TestQR(t *testing.T) {
	const text = "http://192.168.100.123:1313/"
	want, err := qr.Encode(text, qr.M)
	must(t, err)
	drawn, err := QR(text, false)
	must(t, err)
	coloured, err := QR(text, true)
	must(t, err)
	if plain := strings.NewReplacer("\x1b[38;5;231;48;5;16m", "", "\x1b[0m", "").Replace(coloured); plain != drawn {
		t.Error("colour changes the drawing")
	}
	rows := strings.Split(strings.TrimSuffix(drawn, "\n"), "\n")
	if len(rows) != (want.Size+8+1)/2 {
		t.Errorf("%d rows for %d modules", len(rows), want.Size)
	}
	for i, row := range rows {
		cells := []rune(row)
		if len(cells) != want.Size+8 {
			t.Fatalf("row %d has %d cells", i, len(cells))
		}
		for x, c := range cells {
			for half, dark := range []bool{c == ' ' || c == '▄', c == ' ' || c == '▀'} {
				y := 2*i + half - 4
				if y >= want.Size+4 {
					continue // below the quiet zone is the terminal
				}
				if dark != want.Black(x-4, y) {
					t.Fatalf("module %d,%d is wrong", x-4, y)
				}
			}
		}
	}
}
