package main

// belfry doctor: what may be in the way on this machine, in plain words.

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// The three answers of a check.
const (
	checkOK     = "ok"
	checkLook   = "look"
	checkBroken = "broken"
)

// found is what one check found, in the webmaster's language.
type found struct {
	Check  string `json:"check"`
	Status string `json:"status"`
	Says   string `json:"message"`
	Do     string `json:"advice,omitempty"`
}

// doctor looks at one folder.
type doctor struct {
	dir, cache, lang string
	now              time.Time
	list             []found
}

func doctorCommand() *cobra.Command {
	var report string
	c := &cobra.Command{
		Use:   "doctor [DIR]",
		Short: "Look whether this machine and folder are fit for belfry",
		Long:  "Look at the machine and at the folder of a portal (the current one without DIR):\npermissions, disk, names of files, clock, console, what an interrupted build left.\nEach line is ok, to be looked at, or broken, with what to do. Nothing is changed but\nwhat an interrupted build left half done.",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if report != "text" && report != "json" {
				return misuse("--report %q is unknown; write text or json", report)
			}
			d := &doctor{dir: ".", cache: os.Getenv("BELFRY_CACHE"), now: time.Now()}
			if len(args) == 1 {
				d.dir = args[0]
			}
			d.lang = speech(c, languagesOf(d.dir))
			d.machine()
			if d.folder() {
				d.disk()
				if d.portal() {
					d.files()
					d.output()
				}
			}
			if err := d.print(report); err != nil {
				return machine(err)
			}
			for _, f := range d.list {
				if f.Status == checkBroken {
					return codedError{nil, exitMachine}
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&report, "report", "text", "how to report: text or json")
	return c
}

func (d *doctor) ok(check, key string, pairs ...string) {
	d.list = append(d.list, found{Check: check, Status: checkOK, Says: say(d.lang, "doctor."+key, pairs...)})
}

// look and broken take the advice of key_do.
func (d *doctor) look(check, key string, pairs ...string) { d.add(check, checkLook, key, pairs) }

func (d *doctor) broken(check, key string, pairs ...string) { d.add(check, checkBroken, key, pairs) }

func (d *doctor) add(check, status, key string, pairs []string) {
	again := append([]string(nil), pairs...)
	d.list = append(d.list, found{check, status, say(d.lang, "doctor."+key, pairs...), say(d.lang, "doctor."+key+"_do", again...)})
}

func (d *doctor) print(report string) error {
	if report == "json" {
		e := json.NewEncoder(os.Stdout)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(struct {
			Checks []found `json:"checks"`
		}{d.list})
	}
	words := map[string]string{checkOK: say(d.lang, "doctor.ok"), checkLook: say(d.lang, "doctor.look"), checkBroken: say(d.lang, "doctor.broken")}
	colours := map[string]string{checkOK: "\x1b[32m", checkLook: "\x1b[33m", checkBroken: "\x1b[31m"}
	width, counts, painted := 0, map[string]int{}, colour(os.Stdout)
	for _, w := range words {
		width = max(width, len([]rune(w)))
	}
	for _, f := range d.list {
		counts[f.Status]++
		word := words[f.Status] + strings.Repeat(" ", width-len([]rune(words[f.Status])))
		if painted {
			word = colours[f.Status] + word + "\x1b[0m"
		}
		fmt.Printf("%s  %s\n", word, f.Says)
		if f.Do != "" {
			fmt.Printf("%s  → %s\n", strings.Repeat(" ", width), f.Do)
		}
	}
	if counts[checkBroken]+counts[checkLook] == 0 {
		fmt.Println(say(d.lang, "doctor.summary_ok"))
	} else {
		fmt.Println(say(d.lang, "doctor.summary", "broken", strconv.Itoa(counts[checkBroken]), "look", strconv.Itoa(counts[checkLook])))
	}
	return nil
}
