// Package themes holds the themes that are built into belfry, as files. It has
// no logic: generator/theme reads them.
package themes

import "embed"

// Files holds every built-in theme below a folder of its name; "base" is the
// only one. Paths inside a theme are those a portal uses to override a file:
// "layouts/service.html", "components/facts/facts.css".
//
//go:embed base
var Files embed.FS
