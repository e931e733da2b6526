// Command licenses writes THIRD_PARTY_NOTICES.md: every module that is linked into
// the program and every package that can reach a browser, with the licence texts they
// ask to be passed on. It fails on a licence that a product under Apache-2.0 may not
// carry, so that such a dependency is noticed before it is built upon.
package main

import (
	"bytes"
	"fmt"
	"os"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "licenses:", err)
		os.Exit(1)
	}
}

func run() error {
	modules, err := goModules("./cmd/shirube")
	if err != nil {
		return err
	}
	packages, err := npmPackages("ui")
	if err != nil {
		return err
	}
	var page bytes.Buffer
	page.WriteString(`# Third-party notices

Shirube contains the software listed here, each under its own licence.
This file is generated: ` + "`make licenses`" + `.
`)
	if err := write(&page, "In the program", modules); err != nil {
		return err
	}
	if err := write(&page, "In the screens", packages); err != nil {
		return err
	}
	_, err = os.Stdout.Write(page.Bytes())
	return err
}
