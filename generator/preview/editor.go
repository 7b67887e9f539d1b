package preview

// Opening a file of the portal in the webmaster's editor, at the line of a fault.

import (
	"crypto/subtle"
	"fmt"
	"io/fs"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"belfry/generator/diag"
)

// defaults fills the options that stand for the system.
func (s *Server) defaults() {
	if s.opt.Text == nil {
		s.opt.Text = func(d diag.Diagnostic) (string, string) { return d.Message(), d.Hint() }
	}
	if s.opt.Getenv == nil {
		s.opt.Getenv = os.Getenv
	}
	if s.opt.Start == nil {
		s.opt.Start = start
	}
}

// start runs a program and does not wait for it.
func start(argv []string) error {
	cmd := exec.Command(argv[0], argv[1:]...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // an editor's exit code is nobody's business
	return nil
}

// mayOpen reports whether a request may start an editor: never with --lan, and
// only from this machine, whatever address we listen at.
func (s *Server) mayOpen(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return !s.opt.ReadOnly && s.opt.Dir != "" && err == nil && from.Addr().Unmap().IsLoopback()
}

// open answers POST open with file, line, column and the token. Only a page of
// ours knows the token, and only from its own origin a browser sends it.
func (s *Server) open(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		http.Error(w, "Only a page of the preview opens files.", http.StatusMethodNotAllowed)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	origin := r.Header.Get("Origin")
	if !s.mayOpen(r) || origin != "http://"+r.Host ||
		subtle.ConstantTimeCompare([]byte(r.PostFormValue("token")), []byte(s.token)) != 1 {
		http.Error(w, "Only a page of the preview opens files.", http.StatusForbidden)
		return
	}
	file, err := s.inside(r.PostFormValue("file"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	argv, err := command(s.opt.Getenv, file, number(r.PostFormValue("line")), number(r.PostFormValue("column")))
	if err == nil {
		err = s.opt.Start(argv)
	}
	if err != nil {
		http.Error(w, s.texts["no_editor"]+" ("+err.Error()+")", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// number reads a line or column; 1 for what is none.
func number(text string) int {
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return n
	}
	return 1
}

// inside returns the system's path of a file of the portal. Hidden files and
// whatever a link leads to are none.
func (s *Server) inside(rel string) (string, error) {
	missing := fmt.Errorf("the portal has no file %q", rel)
	if !fs.ValidPath(rel) || strings.HasPrefix(rel, ".") || strings.Contains(rel, "/.") || strings.ContainsRune(rel, 0) {
		return "", missing
	}
	dir, err := filepath.Abs(s.opt.Dir)
	if err != nil {
		return "", err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	local, err := filepath.Localize(rel)
	if err != nil {
		return "", missing
	}
	if info, err := root.Lstat(local); err != nil || !info.Mode().IsRegular() {
		return "", missing
	}
	return filepath.Join(dir, local), nil
}

// command returns the program and arguments that open a file: of the first of
// BELFRY_EDITOR, VISUAL and EDITOR that can run without a terminal, else of VS
// Code. BELFRY_EDITOR may hold {file}, {line} and {column}; without, the place is
// given as the program is known to take it. No shell reads any of it.
func command(getenv func(string) string, file string, line, column int) ([]string, error) {
	argv := []string{"code"}
	for _, name := range []string{"BELFRY_EDITOR", "VISUAL", "EDITOR"} {
		words := split(getenv(name))
		if len(words) > 0 && (name == "BELFRY_EDITOR" || !terminal[program(words[0])]) {
			argv = words
			break
		}
	}
	path, err := exec.LookPath(argv[0])
	if err != nil {
		return nil, err
	}
	if unsafe(path, file) {
		return nil, fmt.Errorf("the name of %q means something to the command line of Windows", filepath.Base(file))
	}
	kind := program(argv[0])
	argv[0] = path
	at := strings.NewReplacer("{file}", file, "{line}", strconv.Itoa(line), "{column}", strconv.Itoa(column))
	if strings.Contains(strings.Join(argv, " "), "{file}") {
		for i := 1; i < len(argv); i++ {
			argv[i] = at.Replace(argv[i])
		}
		return argv, nil
	}
	for _, arg := range places[kind] {
		argv = append(argv, at.Replace(arg))
	}
	if len(places[kind]) == 0 {
		argv = append(argv, file)
	}
	return argv, nil
}

// program is the bare name of a program: "code" for "C:\…\Code.exe".
func program(path string) string {
	name := strings.ToLower(path[strings.LastIndexAny(path, `/\`)+1:])
	for _, ext := range []string{".exe", ".cmd", ".bat"} {
		name = strings.TrimSuffix(name, ext)
	}
	return name
}

// split cuts a command into words; quotation marks keep blanks, and nothing else
// is special.
func split(command string) []string {
	var words []string
	var word strings.Builder
	in, quote := false, rune(0)
	for _, r := range command {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			in, quote = true, r
		case quote == 0 && (r == ' ' || r == '\t'):
			if in {
				words = append(words, word.String())
				word.Reset()
			}
			in = false
		default:
			in = true
			word.WriteRune(r)
		}
	}
	if in {
		words = append(words, word.String())
	}
	return words
}

// unsafe reports whether a file's name would be read as more than a name: Windows
// runs batch files, such as VS Code's own code.cmd, through a command line that
// gives these characters a meaning even within quotation marks.
func unsafe(program, file string) bool {
	low := strings.ToLower(program)
	batch := strings.HasSuffix(low, ".cmd") || strings.HasSuffix(low, ".bat")
	return runtime.GOOS == "windows" && batch && strings.ContainsAny(file, "%&|<>^\"!,;=`'\r\n")
}

// terminal are editors that need the terminal, which the preview has.
var terminal = map[string]bool{
	"vi": true, "vim": true, "nvim": true, "nano": true, "pico": true, "micro": true, "emacs": true, "emacsclient": true, "joe": true,
	"jed": true, "mcedit": true, "hx": true, "helix": true, "kak": true, "ed": true, "ex": true, "ne": true, "mg": true, "tilde": true,
}

// places are how editors take a line.
var places = map[string][]string{
	"code": {"-g", "{file}:{line}:{column}"}, "code-insiders": {"-g", "{file}:{line}:{column}"}, "codium": {"-g", "{file}:{line}:{column}"},
	"vscodium": {"-g", "{file}:{line}:{column}"}, "cursor": {"-g", "{file}:{line}:{column}"}, "windsurf": {"-g", "{file}:{line}:{column}"},
	"subl": {"{file}:{line}:{column}"}, "zed": {"{file}:{line}:{column}"}, "zeditor": {"{file}:{line}:{column}"},
	"gvim": {"+{line}", "{file}"}, "mvim": {"+{line}", "{file}"}, "gedit": {"+{line}", "{file}"}, "gnome-text-editor": {"+{line}", "{file}"},
	"xed": {"+{line}", "{file}"}, "pluma": {"+{line}", "{file}"}, "mousepad": {"--line={line}", "{file}"},
	"kate": {"--line", "{line}", "{file}"}, "kwrite": {"--line", "{line}", "{file}"}, "geany": {"--line", "{line}", "{file}"},
	"notepad++": {"-n{line}", "{file}"}, "mate": {"--line", "{line}", "{file}"}, "bbedit": {"+{line}", "{file}"},
	"idea": {"--line", "{line}", "{file}"}, "webstorm": {"--line", "{line}", "{file}"}, "goland": {"--line", "{line}", "{file}"},
}
