package preview

// The address a preview stands at: a free port, and the way to it for a phone.

import (
	"errors"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"rsc.io/qr"
)

// neighbours is how many ports above the wanted one are tried before any free
// one will do: a portal served every day keeps nearly the same address.
const neighbours = 9

// FreeListener listens at addr ("127.0.0.1:1313"), or, when that port is taken or
// reserved, at a free port of the same host. For --lan the host is empty
// (":1313"). The error is for an address that cannot be used at all.
func FreeListener(addr string) (net.Listener, error) {
	host, portText, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	port, err := net.LookupPort("tcp", portText)
	if err != nil {
		return nil, err
	}
	first, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err == nil {
		return first, nil
	}
	if !taken(err) {
		return nil, err
	}
	for next := port + 1; next <= port+neighbours && next <= 65535; next++ {
		if l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(next))); err == nil {
			return l, nil
		}
	}
	return net.Listen("tcp", net.JoinHostPort(host, "0"))
}

// taken reports whether another port of the host may be free.
func taken(err error) bool {
	for _, e := range portErrors {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// URL returns the address to open on this machine: "http://127.0.0.1:1313/". For
// a listener of all addresses that is the loopback one.
func URL(l net.Listener) string {
	at, err := netip.ParseAddrPort(l.Addr().String())
	if err != nil {
		return "http://" + l.Addr().String() + "/"
	}
	if at.Addr().IsUnspecified() {
		at = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), at.Port())
	}
	return "http://" + at.String() + "/"
}

// LANURL returns the address under which a phone in the same network reaches a
// listener of all addresses. The error says that this machine is in no private
// network.
func LANURL(l net.Listener) (string, error) {
	at, err := netip.ParseAddrPort(l.Addr().String())
	if err != nil {
		return "", err
	}
	if !at.Addr().IsUnspecified() {
		return "http://" + at.String() + "/", nil
	}
	found, err := net.InterfaceAddrs()
	if err != nil {
		return "", err
	}
	var all []netip.Addr
	// The address this machine speaks from is the best guess. Asking for it sends
	// nothing; 192.0.2.1 is kept for documentation (RFC 5737).
	if c, err := net.Dial("udp4", "192.0.2.1:9"); err == nil {
		if own, err := netip.ParseAddrPort(c.LocalAddr().String()); err == nil {
			all = append(all, own.Addr())
		}
		c.Close()
	}
	for _, a := range found {
		if p, err := netip.ParsePrefix(a.String()); err == nil {
			all = append(all, p.Addr())
		}
	}
	own, ok := firstPrivate(all)
	if !ok {
		return "", errors.New("this machine has no address in a private network")
	}
	return "http://" + netip.AddrPortFrom(own, at.Port()).String() + "/", nil
}

// firstPrivate prefers IPv4 (RFC 1918): phones type and scan it more easily.
func firstPrivate(all []netip.Addr) (netip.Addr, bool) {
	for _, four := range []bool{true, false} {
		for _, a := range all {
			if a = a.Unmap(); a.IsPrivate() && a.Is4() == four {
				return a, true
			}
		}
	}
	return netip.Addr{}, false
}

// QR returns the text as a QR code for a terminal, drawn with half blocks and a
// quiet zone of four modules (ISO/IEC 18004). With colour it is black on white
// whatever the terminal's colours are; without, it suits a dark one.
func QR(text string, colour bool) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", err
	}
	const quiet = 4
	var b strings.Builder
	for y := -quiet; y < code.Size+quiet; y += 2 {
		if colour {
			b.WriteString("\x1b[38;5;231;48;5;16m")
		}
		for x := -quiet; x < code.Size+quiet; x++ {
			top, bottom := !code.Black(x, y), !code.Black(x, y+1) && y+1 < code.Size+quiet
			switch {
			case top && bottom:
				b.WriteString("█")
			case top:
				b.WriteString("▀")
			case bottom:
				b.WriteString("▄")
			default:
				b.WriteString(" ")
			}
		}
		if colour {
			b.WriteString("\x1b[0m")
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}
