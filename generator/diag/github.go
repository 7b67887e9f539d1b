package diag

import (
	"fmt"
	"io"
	"strings"
)

// GitHub writes the findings as workflow commands of GitHub Actions, which
// shows them at the line they are about.
func (f *Findings) GitHub(w io.Writer) error {
	for _, d := range f.List {
		d = d.In(f.Texts)
		var b strings.Builder
		fmt.Fprintf(&b, "::%s file=%s", [...]string{"notice", "warning", "error"}[d.Severity], property(f.path(d.At.File)))
		if d.At.Line > 0 {
			fmt.Fprintf(&b, ",line=%d", d.At.Line)
			if d.At.Col > 0 {
				fmt.Fprintf(&b, ",col=%d", d.At.Col)
				if d.At.Len > 0 {
					fmt.Fprintf(&b, ",endColumn=%d", d.At.Col+d.At.Len)
				}
			}
		}
		text := d.Message()
		for _, more := range []string{d.Why(), d.Hint()} {
			if more != "" {
				text += "\n" + more
			}
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", property(d.Code), data(text))
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// data escapes the message of a workflow command.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// property escapes the value of a property of a workflow command.
func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
