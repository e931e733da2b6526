// Package shirube_test holds the rules that the whole house obeys: which room may know
// which, what a pure room may touch, how long a file may grow. ARCHITECTURE.md gives the
// picture; here stands what is enforced, each rule with the reason in its message.
package shirube_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// kind is what a room is for, and with that what it may touch.
type kind string

const (
	pure    kind = "pure"    // thinks: plain functions over plain values
	adapter kind = "adapter" // touches the world on one side
	supply  kind = "supply"  // carries ready-made material: templates, the demo company
	top     kind = "top"     // joins the others
)

// room is one folder under internal/ (or a folder beside it that holds Go code).
type room struct {
	kind kind
	// knows lists the rooms it may import; a room always knows itself.
	knows []string
	// libraries lists the foreign modules a pure room may use; the other kinds choose freely.
	libraries []string
	// seeded allows math/rand/v2 with a source that was given a seed.
	seeded bool
	// zones allows looking up a time zone by name: the one table of the machine that the
	// model file speaks of, and a wrong name there is an error of the model.
	zones bool
}

// heart is every pure room, in the order of the arrows: each knows only earlier ones.
var heart = []string{"words", "formula", "series", "event", "goal", "stat", "forecast", "insight", "scorecard", "act", "share"}

const (
	gonum    = "gonum.org/v1/gonum"
	yaml     = "go.yaml.in/yaml/v3"
	text     = "golang.org/x/text"
	idna     = "golang.org/x/net/idna"
	suffixes = "golang.org/x/net/publicsuffix" // a table of which domains are whose
	argon2   = "golang.org/x/crypto/argon2"
	jsontext = "github.com/go-json-experiment/json/jsontext"
	roaring  = "github.com/RoaringBitmap/roaring/v2" // sets of numbers: plain memory, no world
	jsonv2   = "github.com/go-json-experiment/json"
)

// plan is the floor plan. A new room gets its line here and in ARCHITECTURE.md.
var plan = map[string]room{
	"words":     {kind: pure, libraries: []string{text}},
	"formula":   {kind: pure, knows: []string{"words"}, libraries: []string{text}},
	"series":    {kind: pure, knows: []string{"words"}},
	"event":     {kind: pure, knows: []string{"words", "series"}, libraries: []string{jsontext}},
	"goal":      {kind: pure, knows: []string{"words", "formula", "series"}, libraries: []string{yaml, text}, zones: true},
	"stat":      {kind: pure, knows: []string{"words", "series"}, libraries: []string{gonum}, seeded: true},
	"forecast":  {kind: pure, knows: []string{"words", "formula", "series", "goal", "stat"}, libraries: []string{gonum}, seeded: true},
	"insight":   {kind: pure, knows: []string{"words", "formula", "series", "goal", "event", "stat", "forecast"}, libraries: []string{gonum}, seeded: true},
	"scorecard": {kind: pure, knows: []string{"words", "series", "goal", "stat"}, libraries: []string{gonum}},

	"act": {kind: pure, knows: []string{"words", "series", "goal", "event", "stat", "scorecard"}, libraries: []string{gonum, text, jsontext, jsonv2, idna, suffixes, roaring}, seeded: true},

	// Passwords are hashed here: a function of the password and of bytes that come in. A pack
	// that is handed over is made here: tables and a page as bytes, from values and constants,
	// with the library's own escaping and none of its reading of files.
	"share": {kind: pure, knows: []string{"words", "formula", "series", "goal", "event", "stat", "forecast", "insight", "act"}, libraries: []string{text, argon2, "crypto/subtle", "encoding/csv", "html/template"}, seeded: true},

	"measure": {kind: adapter, knows: heart},
	"store":   {kind: adapter, knows: heart},
	"actor":   {kind: adapter, knows: heart},
	"deliver": {kind: adapter, knows: heart},

	"template": {kind: supply, knows: heart},
	"demo":     {kind: supply, knows: append([]string{"template"}, heart...)},

	"ui":       {kind: supply},
	"evidence": {kind: supply},
	"scripts":  {kind: supply, knows: []string{"evidence"}},
	"server":   {kind: top, knows: append([]string{"measure", "store", "actor", "deliver", "template", "demo", "ui"}, heart...)},
	"cmd":      {kind: top, knows: append([]string{"server", "measure", "store", "actor", "deliver", "template", "demo", "ui"}, heart...)},
}

func TestRoomsKnowOnlyWhomTheyMay(t *testing.T) {
	report(t, checkImports(goFiles(t)))
}

func TestPureRoomsTouchNothing(t *testing.T) {
	report(t, checkPurity(goFiles(t)))
}

func TestScreenRoomsStandAlone(t *testing.T) {
	report(t, checkScreens(screenFiles(t)))
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	report(t, checkPackageComments(goFiles(t)))
}

func TestFilesStayReadable(t *testing.T) {
	report(t, checkLengths(allLengths(t)))
}

// The picture may not lag behind the house.
func TestArchitectureNamesEveryRoom(t *testing.T) {
	picture, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for _, file := range goFiles(t) {
		name := roomOf(file.pkg)
		if name != "" && !strings.Contains(string(picture), name+"/") && !slices.Contains(missing, name) {
			missing = append(missing, name)
			t.Errorf("ARCHITECTURE.md has no line for the room %s/: whoever comes after you looks there first", name)
		}
	}
}

func report(t *testing.T, problems []string) {
	t.Helper()
	for _, problem := range problems {
		t.Error(problem)
	}
}
