// Package ui carries the built screens inside the program, so that one file is the
// whole product. The screens themselves are TypeScript in src/.
package ui

import "embed"

// Dist holds what `make ui` built, under the folder "dist". Only dist/.gitkeep is
// committed: a clone without Node still compiles, and the server then says how to
// build the screens.
//
//go:embed all:dist
var Dist embed.FS

// Sends lists everything shirube.js sends, with words for it: the tracker's tests hold the
// script to it, and the notice for visitors is made from it.
//
//go:embed tracker/sends.json
var Sends []byte

// Forms is the script by which websites show forms in their pages. It is served as it stands.
//
//go:embed forms/forms.js
var Forms []byte

// Built reports whether the screens were built into this program.
func Built() bool {
	page, err := Dist.Open("dist/index.html")
	if err != nil {
		return false
	}
	_ = page.Close() // an embedded file has nothing to release
	return true
}
