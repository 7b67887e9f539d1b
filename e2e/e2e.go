// Package e2e gives tests what lies outside of Go: Chromium, Node, and the npm
// packages of this folder, which judge our output from another side. A test that
// lacks one of them is skipped with a line that says so; with
// BELFRY_REQUIRE_BROWSER=1 it fails instead.
package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// missing skips a test for want of something, or fails it where that is required.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("BELFRY_REQUIRE_BROWSER") == "1" {
		t.Fatal(what + ", and BELFRY_REQUIRE_BROWSER is 1")
	}
	t.Skip(what)
}

// Chromium starts a browser with a profile of its own, which ends with the test.
// Every chromedp.NewContext below what it returns is a tab.
func Chromium(t testing.TB, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		missing(t, "there is no Chromium, so nothing is seen in a browser")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), append(options, flags...)...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // starts it; must have no time limit
		t.Fatal(err)
	}
	return ctx
}

// Node returns the path of Node.
func Node(t testing.TB) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "there is no Node, so no script runs outside of a browser")
	}
	return node
}

// Module returns the folder of an npm package that package.json lists.
func Module(t testing.TB, name string) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	dir := filepath.Join(filepath.Dir(here), "node_modules", name)
	if _, err := os.Stat(dir); err != nil {
		missing(t, "e2e/node_modules has no "+name+" (run npm ci there)")
	}
	return dir
}
