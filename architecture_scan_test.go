package shirube_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// goFile is what the rules need to know of one Go file.
type goFile struct {
	path    string // from the root, with slashes
	pkg     string // its folder
	test    bool
	comment bool // has a package comment
	imports []reference
	uses    []use
}

// reference is one import and its line.
type reference struct {
	name string
	line int
}

// use is one mention of a package's name, like time.Now.
type use struct {
	pkg, name string
	line      int
}

// screenFile is a TypeScript or style file below ui/src; its imports are paths from the root.
type screenFile struct {
	path    string
	imports []reference
}

type fileLength struct {
	path        string
	lines, most int
}

// skipped folders hold nothing that we wrote.
var skipped = map[string]bool{".git": true, "node_modules": true, "dist": true, "build": true, "testdata": true}

func walk(t *testing.T, root string, visit func(name string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped[entry.Name()]:
			return filepath.SkipDir
		case !entry.IsDir():
			visit(filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
}

// scanned keeps the parsed files for the tests that share them.
var scanned struct {
	once  sync.Once
	files []goFile
}

func goFiles(t *testing.T) []goFile {
	t.Helper()
	scanned.once.Do(func() {
		walk(t, ".", func(name string) {
			if path.Ext(name) != ".go" {
				return
			}
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file, err := scanGo(name, source)
			if err != nil {
				t.Fatal(err)
			}
			scanned.files = append(scanned.files, file)
		})
	})
	if len(scanned.files) == 0 {
		t.Fatal("no Go files were found; the rules would hold for nothing")
	}
	return scanned.files
}

// scanGo reads the imports of a file and every name it takes from them.
func scanGo(name string, source []byte) (goFile, error) {
	positions := token.NewFileSet()
	tree, err := parser.ParseFile(positions, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return goFile{}, err
	}
	file := goFile{path: name, pkg: path.Dir(name), test: strings.HasSuffix(name, "_test.go"), comment: tree.Doc != nil}
	known := map[string]string{} // the name in this file -> the import path
	for _, spec := range tree.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return goFile{}, err
		}
		file.imports = append(file.imports, reference{imported, positions.Position(spec.Pos()).Line})
		short := path.Base(imported)
		if version.MatchString(short) {
			short = path.Base(path.Dir(imported))
		}
		if spec.Name != nil {
			short = spec.Name.Name
		}
		known[short] = imported
	}
	ast.Inspect(tree, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if owner, ok := selector.X.(*ast.Ident); ok && known[owner.Name] != "" {
			file.uses = append(file.uses, use{known[owner.Name], selector.Sel.Name, positions.Position(selector.Pos()).Line})
		}
		return true
	})
	return file, nil
}

var version = regexp.MustCompile(`^v[0-9]+$`)

func screenFiles(t *testing.T) []screenFile {
	t.Helper()
	var files []screenFile
	walk(t, "ui/src", func(name string) {
		switch path.Ext(name) {
		case ".ts", ".tsx", ".css":
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, scanScreen(name, string(source)))
		}
	})
	return files
}

// screenImport matches import and export … from "x", import "x", import("x") and @import "x".
var screenImport = regexp.MustCompile(`(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']`)

func scanScreen(name, source string) screenFile {
	file := screenFile{path: name}
	for _, match := range screenImport.FindAllStringSubmatchIndex(source, -1) {
		target := source[match[2]:match[3]]
		switch {
		case strings.HasPrefix(target, "."):
			target = path.Join(path.Dir(name), target)
		case strings.HasPrefix(target, "/"):
			target = "ui" + target
		default:
			continue // a package
		}
		file.imports = append(file.imports, reference{target, 1 + strings.Count(source[:match[0]], "\n")})
	}
	return file
}

// allLengths lists the files that a person reads, with what each may grow to.
func allLengths(t *testing.T) []fileLength {
	t.Helper()
	var lengths []fileLength
	walk(t, ".", func(name string) {
		most := 0
		switch {
		case name == "Makefile":
			most = 80
		case name == "ARCHITECTURE.md":
			most = 300
		case name == "ui/src/api/schema.d.ts": // generated
		case strings.Contains(name, "/fixtures/"): // data of tests
		case strings.HasSuffix(name, "_test.go"): // a table may be as long as its cases
		case path.Ext(name) == ".go", path.Ext(name) == ".sh":
			most = 600
		case strings.HasPrefix(name, "ui/src/") && !strings.Contains(name, ".test.") && slices.Contains([]string{".ts", ".tsx", ".css"}, path.Ext(name)):
			most = 600
		}
		if most == 0 {
			return
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lengths = append(lengths, fileLength{name, bytes.Count(source, []byte("\n")), most})
	})
	return lengths
}
