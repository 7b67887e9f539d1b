package search

import (
	_ "embed"
)

//go:embed client/loader.js
var loaderScript string

//go:embed client/inflate.js
var inflateScript string

//go:embed client/core.js
var coreScript string

//go:embed client/box.js
var boxScript string

// LoaderScript is the classic script every page with a search box carries: it
// fetches engine and index when the box gets the focus. Unminified.
func LoaderScript() string { return loaderScript }

// EngineScript is the classic script that searches: belfry.search(), the
// combobox and the page of results. It is fetched on focus. Unminified.
func EngineScript() string { return inflateScript + coreScript + boxScript }
