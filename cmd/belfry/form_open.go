package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"belfry/generator/form"
	"github.com/spf13/cobra"
)

func formOpenCommand() *cobra.Command {
	var flags formFlags
	var report, out, files, lang string
	c := &cobra.Command{
		Use:   "open FILE",
		Short: "Open a sealed letter, or read answers as people do",
		Long: "Open a sealed letter with the office's private key and print the answers with\nwhat was asked. An envelope that is not sealed is printed too; - reads standard\n" +
			"input. With the portal at hand, questions come in their order and answers in\nwords. What strangers wrote is shown without anything that could act on a terminal.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if report != "text" && report != "json" {
				return misuse("--report %q is unknown; write text or json", report)
			}
			e, err := flags.readCase(args[0])
			if err != nil {
				return err
			}
			var text []byte
			if report == "json" {
				if text, err = envelopeJSON(e); err != nil {
					return machine(err)
				}
			} else if text, err = flags.caseText(e, lang); err != nil {
				return err
			}
			if files != "" {
				if err := saveFiles(e, files); err != nil {
					return err
				}
			} else if n := len(e.Files); n > 0 {
				fmt.Fprintf(os.Stderr, "The letter holds %s; save them with --files DIR.\n", count(n, "file"))
			}
			return write(out, text)
		},
	}
	flags.register(c)
	c.Flags().StringVar(&report, "report", "text", "how to answer: text, or json for programs")
	c.Flags().StringVarP(&out, "out", "o", "", "write to `FILE` instead of standard output")
	c.Flags().StringVar(&files, "files", "", "save the files of the letter in this `DIR`")
	c.Flags().StringVar(&lang, "lang", "", "`TAG` of the language of questions and answers; the default is the form's first")
	return c
}

// write puts what was made where it is wanted. Answers are nobody else's
// business, so the file is the user's alone.
func write(file string, text []byte) error {
	var err error
	if file == "" {
		_, err = os.Stdout.Write(text)
	} else {
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		return machine(err)
	}
	return nil
}

// envelopeJSON writes an envelope for programs. Signs that nobody sees are
// escaped, so that it can be looked at in a terminal and says exactly the same.
func envelopeJSON(e form.Envelope) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(true)
	enc.SetIndent("", "  ")
	if err := enc.Encode(e); err != nil {
		return nil, err
	}
	return visible(b.Bytes()), nil
}

// visible escapes in JSON what form.Inert would take out.
func visible(raw []byte) []byte {
	var b bytes.Buffer
	for _, r := range string(raw) {
		switch s := string(r); {
		case form.Inert(s) == s || unicode.IsSpace(r) && r < 0x80:
			b.WriteString(s)
		case r > 0xFFFF:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.Bytes()
}

// caseText is a case for people.
func (f *formFlags) caseText(e form.Envelope, lang string) ([]byte, error) {
	portal, err := f.openForms(f.portal != "")
	if err != nil {
		return nil, err
	}
	title, lines := "", plainSheet(e)
	if portal != nil {
		asking, err := portal.find(e.Form)
		switch {
		case err != nil && f.portal != "":
			return nil, err
		case err != nil:
			fmt.Fprintln(os.Stderr, "belfry:", err)
		default:
			asked := asking.In(lang)
			title, lines = asked.Title.Value, form.Sheet(asked, e.Answers, portal.words(asked.Language))
			if e.Version != 0 && e.Version != asked.Version {
				fmt.Fprintf(os.Stderr, "These answers are for version %d; the portal has version %d, and its words are shown.\n", e.Version, asked.Version)
			}
		}
	}
	var b bytes.Buffer
	head := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, oneLine(value))
		}
	}
	if title != "" {
		fmt.Fprintln(&b, oneLine(title))
	}
	head("Form", told(e))
	head("Language", e.Language)
	head("Number", e.Ref)
	head("Received", e.ReceivedAt)
	head("Total", strings.TrimSpace(e.Total+" "+e.Currency))
	for _, l := range lines {
		// An answer of several lines is indented, so that none of them looks like a question.
		fmt.Fprintf(&b, "\n%s\n    %s\n", oneLine(l.Label), strings.ReplaceAll(l.Answer, "\n", "\n    "))
	}
	for i, file := range e.Files {
		fmt.Fprintf(&b, "\nFile %d: %s, %s\n", i+1, oneLine(attachmentName(e, file)), size(int64(len(file.Data))))
	}
	return b.Bytes(), nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(form.Inert(s)), " ") }

// plainSheet is a sheet without the form: by the labels of the envelope, else by
// the names of the questions, in the order of the alphabet.
func plainSheet(e form.Envelope) []form.Line {
	var out []form.Line
	var walk func(label, field string, v any)
	walk = func(label, field string, v any) {
		switch v := v.(type) {
		case map[string]any:
			if name, ok := v["name"].(string); ok && v["size"] != nil { // a file
				out = append(out, form.Line{Field: field, Label: label, Answer: form.Inert(name)})
				return
			}
			for _, k := range keys(v) {
				name := e.Labels[k]
				if name == "" {
					name = k
				}
				walk(strings.TrimPrefix(label+" – "+name, " – "), field+"-"+k, v[k])
			}
		case []any:
			for i, one := range v {
				row := label
				if len(v) > 1 {
					row += " " + strconv.Itoa(i+1)
				}
				walk(row, field, one)
			}
		case string:
			out = append(out, form.Line{Field: field, Label: label, Answer: form.Inert(v)})
		case bool:
			out = append(out, form.Line{Field: field, Label: label, Answer: map[bool]string{true: "yes", false: "no"}[v]})
		default:
			out = append(out, form.Line{Field: field, Label: label, Answer: fmt.Sprint(v)})
		}
	}
	walk("", "", map[string]any(e.Answers))
	return out
}

func keys(m map[string]any) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// attachmentName is the name that the answers give to the content of a file.
func attachmentName(e form.Envelope, file form.Attachment) string {
	name := ""
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if n, ok := v["name"].(string); ok && v["sha256"] == file.SHA256 && name == "" {
				name = n
			}
			for _, k := range keys(v) {
				walk(v[k])
			}
		case []any:
			for _, one := range v {
				walk(one)
			}
		}
	}
	walk(map[string]any(e.Answers))
	return name
}

// saveFiles writes the files of a letter below a folder. Nothing that is there
// is written over.
func saveFiles(e form.Envelope, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return machine(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return machine(err)
	}
	defer root.Close()
	for i, file := range e.Files {
		name := harmless(i+1, attachmentName(e, file))
		to, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			return misuse("%s holds %s already; take an empty folder", dir, name)
		}
		if err != nil {
			return machine(err)
		}
		_, err = io.Copy(to, bytes.NewReader(file.Data))
		if err := errors.Join(err, to.Close()); err != nil {
			return machine(err)
		}
		fmt.Fprintf(os.Stderr, "Saved %s, %s\n", name, size(int64(len(file.Data))))
	}
	return nil
}

// opened are the endings a file keeps: of what a form may ask for and no system
// runs. Any other gets ".bin" behind it.
var opened = strings.Fields(".pdf .jpg .jpeg .png .webp .heic .tiff .doc .docx .odt .xls .xlsx .ods .csv .txt .zip .dwg .asice .p7m")

// harmless makes a file name of what a stranger calls a file: no folders, nothing
// unseen, nothing that a system or a shell takes for something else. The number
// in front keeps names apart and off the names of devices.
func harmless(n int, name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, oneLine(name))
	name = strings.Trim(name, "._-")
	stem, ending := name, ""
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 && slices.Contains(opened, strings.ToLower(name[dot:])) {
		stem, ending = name[:dot], strings.ToLower(name[dot:])
	}
	stem = strings.TrimRight(stem, "._-")
	if r := []rune(stem); len(r) > 60 {
		stem = string(r[:60])
	}
	if stem == "" {
		stem = "file"
	}
	if ending == "" {
		ending = ".bin"
	}
	return strconv.Itoa(n) + "-" + stem + ending
}
