package main

import (
	"os"
	"regexp"

	"belfry/generator/form"
	"github.com/rogpeppe/go-internal/testscript"
)

// seal is a command of the scripts: seal KEY IN OUT [wrapped] writes what
// the page would send: the letter IN, sealed to the public half of a key;
// wrapped, as mail programs break it into lines.
func seal(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 3)
	key, err := form.ParsePrivateKey([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	letter, err := form.Seal([]byte(ts.ReadFile(args[1])), &key.PublicKey, nil)
	ts.Check(err)
	if len(args) > 3 {
		letter = regexp.MustCompile(`.{70}`).ReplaceAllString(letter, "$0\r\n ")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(letter+"\n"), 0o644))
}
