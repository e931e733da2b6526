package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// goModules lists the modules whose code is linked into a command, Go's own library among them.
func goModules(command string) ([]component, error) {
	list := exec.Command("go", "list", "-deps", "-json=Module", command)
	list.Stderr = os.Stderr
	output, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("list dependencies of %q: %w", command, err)
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("find the Go library: %w", err)
	}
	library, err := goLibrary(strings.TrimSpace(string(goroot)))
	if err != nil {
		return nil, err
	}
	components := []component{library}
	seen := map[string]bool{}
	decoder := json.NewDecoder(bytes.NewReader(output))
	for {
		var pkg struct {
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		err := decoder.Decode(&pkg)
		if errors.Is(err, io.EOF) {
			return components, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read list of dependencies: %w", err)
		}
		if pkg.Module == nil || pkg.Module.Main || seen[pkg.Module.Path] {
			continue
		}
		seen[pkg.Module.Path] = true
		texts, err := readTexts(pkg.Module.Dir)
		if err != nil {
			return nil, fmt.Errorf("module %q: %w", pkg.Module.Path, err)
		}
		components = append(components, component{name: pkg.Module.Path, version: pkg.Module.Version, texts: texts})
	}
}

// goLibrary is Go's runtime and standard library. Its patch version is left out: the
// notice would change with every compiler and say nothing new.
func goLibrary(goroot string) (component, error) {
	texts, err := readTexts(goroot)
	if err != nil {
		return component{}, err
	}
	if len(texts) == 0 { // distributions keep them apart from the toolchain
		texts, err = readTexts(filepath.Join(goroot, "..", "doc", "golang"))
		if err != nil {
			return component{}, errors.New("the licence of the Go library was not found in " + goroot)
		}
	}
	version := strings.Join(strings.SplitN(runtime.Version(), ".", 3)[:2], ".")
	return component{name: "Go standard library", version: version, texts: texts}, nil
}
