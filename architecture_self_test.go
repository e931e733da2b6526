package shirube_test

import (
	"strings"
	"testing"
)

// The rules themselves are tested on made-up files: a rule that never speaks protects nothing.
func TestRulesSpeakOfWhatBreaksThem(t *testing.T) {
	for _, example := range []struct {
		name, path, source string
		want               string // part of the only problem; empty: the file is fine
	}{
		{"arrow down", "internal/goal/a.go", `import "github.com/shirube/shirube/internal/series"`, ""},
		{"own subfolder", "internal/measure/a.go", `import "github.com/shirube/shirube/internal/measure/source"`, ""},
		{"server joins", "internal/server/a.go", `import "github.com/shirube/shirube/internal/store/sqlite"`, ""},
		{"cmd knows all", "cmd/shirube/a.go", `import "github.com/shirube/shirube/internal/server"`, ""},
		{"arrow up", "internal/series/a.go", `import "github.com/shirube/shirube/internal/goal"`, "series imports goal: arrows point down only"},
		{"pure knows edge", "internal/insight/a.go", `import "github.com/shirube/shirube/internal/store"`, "a pure room knows no edge"},
		{"edge knows edge", "internal/deliver/a.go", `import "github.com/shirube/shirube/internal/store"`, "adapters do not know each other"},
		{"edge knows server", "internal/store/a.go", `import "github.com/shirube/shirube/internal/server"`, "only cmd knows the server"},
		{"server knows cmd", "internal/server/a.go", `import "github.com/shirube/shirube/cmd/shirube"`, "nobody knows cmd"},
		{"no such room", "internal/attic/a.go", ``, `the room "attic" is not on the floor plan`},
		{"a test may", "internal/series/a_test.go", `import "github.com/shirube/shirube/internal/store"; import "os"`, ""},

		{"disk", "internal/goal/a.go", `import "os"`, "touches no clock, disk, network"},
		{"network", "internal/event/a.go", `import "net/http"`, "touches no clock, disk, network"},
		{"log", "internal/stat/a.go", `import "log/slog"`, "touches no clock, disk, network"},
		{"old chance", "internal/stat/a.go", `import "math/rand"`, "touches no clock, disk, network"},
		{"an edge may", "internal/store/a.go", `import "os"`, ""},
		{"library of the room", "internal/stat/a.go", `import "gonum.org/v1/gonum/mat"`, ""},
		{"library of others", "internal/series/a.go", `import "gonum.org/v1/gonum/mat"`, "not among those of the room"},

		{"month", "internal/series/a.go", `import "time"; const m = time.April`, ""},
		{"clock", "internal/series/a.go", `import "time"; var now = time.Now()`, "series uses time.Now: a pure room has no clock"},
		{"renamed clock", "internal/series/a.go", `import t "time"; var now = t.Since(t.Time{})`, "uses time.Since"},
		{"zone by name", "internal/goal/a.go", `import "time"; var zone, _ = time.LoadLocation("Asia/Tokyo")`, ""},
		{"zone elsewhere", "internal/series/a.go", `import "time"; var zone, _ = time.LoadLocation("Asia/Tokyo")`, "uses time.LoadLocation"},
		{"seeded chance", "internal/stat/a.go", `import "math/rand/v2"; var r = rand.New(rand.NewPCG(1, 2))`, ""},
		{"global chance", "internal/stat/a.go", `import "math/rand/v2"; var r = rand.IntN(6)`, "randomness comes from a given seed"},
		{"chance elsewhere", "internal/goal/a.go", `import "math/rand/v2"; var r = rand.New(nil)`, "chance belongs to the rooms that simulate"},
		{"printing", "internal/insight/a.go", `import "fmt"; func f() { fmt.Println() }`, "returns its words"},
		{"formatting", "internal/insight/a.go", `import "fmt"; var s = fmt.Sprint(1)`, ""},
	} {
		t.Run(example.name, func(t *testing.T) {
			file, err := scanGo(example.path, []byte("// Package a is made up.\npackage a\n"+example.source+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			files := []goFile{file}
			expectProblem(t, append(checkImports(files), checkPurity(files)...), example.want)
		})
	}
}

func TestScreenRulesSpeak(t *testing.T) {
	for _, example := range []struct{ name, path, source, want string }{
		{"shared", "ui/src/map/Card.tsx", `import { Mark } from "../kit/Mark.tsx";`, ""},
		{"itself", "ui/src/map/Card.tsx", `import "./card.css";`, ""},
		{"package", "ui/src/map/Card.tsx", `import { useState } from "react";`, ""},
		{"the whole joins", "ui/src/main.tsx", `const Ask = lazy(() => import("./ask/Ask.tsx"));`, ""},
		{"another room", "ui/src/map/Card.tsx", "\nimport {\n  Ask,\n} from \"../ask/Ask.tsx\";", "map imports ask: rooms do not import one another"},
		{"lazily too", "ui/src/map/parts/Card.tsx", `lazy(() => import('../../act/Act.tsx'))`, "map imports act"},
		{"type only", "ui/src/share/a.ts", `export type { A } from "/src/measure/a.ts";`, "share imports measure"},
		{"style", "ui/src/ask/a.css", `@import "../map/card.css";`, "ask imports map"},
		{"kit", "ui/src/kit/a.ts", `import { a } from "../map/a.ts";`, "kit/ serves every room"},
	} {
		t.Run(example.name, func(t *testing.T) {
			expectProblem(t, checkScreens([]screenFile{scanScreen(example.path, example.source)}), example.want)
		})
	}
}

func TestCommentAndLengthRulesSpeak(t *testing.T) {
	silent := goFile{path: "internal/a/b.go", pkg: "internal/a"}
	spoken := goFile{path: "internal/a/doc.go", pkg: "internal/a", comment: true}
	expectProblem(t, checkPackageComments([]goFile{silent}), "no package comment")
	expectProblem(t, checkPackageComments([]goFile{silent, spoken}), "")
	expectProblem(t, checkLengths([]fileLength{{"a.go", 600, 600}}), "")
	expectProblem(t, checkLengths([]fileLength{{"a.go", 601, 600}}), "601 lines, at most 600")
}

// The plan's own arrows: each pure room knows only rooms that stand before it.
func TestPlanPointsDown(t *testing.T) {
	level := map[string]int{}
	for i, name := range heart {
		level[name] = i
		for _, known := range plan[name].knows {
			if below, ok := level[known]; !ok || below >= i {
				t.Errorf("%s may know %s, which does not stand below it", name, known)
			}
		}
	}
	for name, room := range plan {
		if _, inHeart := level[name]; (room.kind == pure) != inHeart {
			t.Errorf("%s is %s, but the heart says otherwise", name, room.kind)
		}
	}
}

func expectProblem(t *testing.T, problems []string, want string) {
	t.Helper()
	switch {
	case want == "" && len(problems) > 0:
		t.Errorf("should be fine, but: %q", problems)
	case want != "" && len(problems) != 1:
		t.Errorf("want one problem with %q, got %q", want, problems)
	case want != "" && !strings.Contains(problems[0], want):
		t.Errorf("want a problem with %q, got %q", want, problems[0])
	}
}
