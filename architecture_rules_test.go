package shirube_test

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

const module = "github.com/shirube/shirube"

// pureLibrary is the part of the standard library that computes and touches nothing else.
var pureLibrary = map[string]bool{}

func init() {
	for name := range strings.FieldsSeq(`bufio bytes cmp container/heap container/list crypto/hmac crypto/sha256
		encoding encoding/base64 encoding/binary encoding/hex encoding/json errors fmt hash hash/crc32 hash/fnv
		io iter maps math math/big math/bits math/cmplx math/rand/v2 net/url path reflect regexp slices sort
		strconv strings text/tabwriter time unicode unicode/utf16 unicode/utf8`) {
		pureLibrary[name] = true
	}
}

// forbiddenNames are what an otherwise harmless package has to reach the world.
var forbiddenNames = map[string]struct {
	names  *regexp.Regexp
	reason string
}{
	"time": {
		regexp.MustCompile(`^(Now|Since|Until|Sleep|After|AfterFunc|Tick|NewTicker|NewTimer|Local|LoadLocation)$`),
		"a pure room has no clock and no zone file: the day comes in as a parameter, so that the same input gives the same bytes",
	},
	"math/rand/v2": {
		regexp.MustCompile(`^(Int|Uint|Float|Norm|Exp|Perm|Shuffle|N$)`),
		"randomness comes from a given seed: make a rand.New(rand.NewPCG(seed, …)) and draw from it",
	},
	"fmt": {
		regexp.MustCompile(`^(Print|Scan)`),
		"a pure room returns its words and lets the edge print them",
	},
}

// checkImports enforces the arrows of the floor plan: they point down only.
func checkImports(files []goFile) []string {
	var problems []string
	for _, file := range files {
		if file.test {
			continue // a test may set up whatever its subject meets in life
		}
		from := roomOf(file.pkg)
		if from == "" {
			continue
		}
		here, planned := plan[from]
		if !planned {
			problems = append(problems, fmt.Sprintf("%s: the room %q is not on the floor plan; give it a line in architecture_test.go and in ARCHITECTURE.md, saying whom it may know", file.path, from))
			continue
		}
		for _, imported := range file.imports {
			inside, ours := strings.CutPrefix(imported.name, module+"/")
			if !ours {
				continue
			}
			to := roomOf(inside)
			if to == from || slices.Contains(here.knows, to) {
				continue
			}
			problems = append(problems, fmt.Sprintf("%s:%d: %s imports %s: %s", file.path, imported.line, from, to, whyNot(here, to)))
		}
	}
	return problems
}

// whyNot tells the reason behind a forbidden import.
func whyNot(from room, to string) string {
	target := plan[to].kind
	switch {
	case from.kind == pure && target != pure:
		return "a pure room knows no edge; let the edge read, and hand the values in"
	case from.kind == pure:
		return "arrows point down only; move what both need into the lower room"
	case from.kind == adapter && target == adapter:
		return "adapters do not know each other, so that each can be replaced; the server joins them"
	case target == top:
		return "only cmd knows the server, and nobody knows cmd; else nothing can be used without them"
	default:
		return "the floor plan does not allow it; if it is right, change architecture_test.go and ARCHITECTURE.md together"
	}
}

// checkPurity keeps clock, disk, network, log and chance out of the rooms that think.
func checkPurity(files []goFile) []string {
	var problems []string
	for _, file := range files {
		from := roomOf(file.pkg)
		here := plan[from]
		if file.test || here.kind != pure {
			continue
		}
		for _, imported := range file.imports {
			if problem := impure(here, imported.name); problem != "" {
				problems = append(problems, fmt.Sprintf("%s:%d: %s imports %s: %s", file.path, imported.line, from, imported.name, problem))
			}
		}
		for _, use := range file.uses {
			rule, exists := forbiddenNames[use.pkg]
			if here.zones && use.name == "LoadLocation" {
				continue
			}
			if exists && rule.names.MatchString(use.name) {
				problems = append(problems, fmt.Sprintf("%s:%d: %s uses %s.%s: %s", file.path, use.line, from, use.pkg, use.name, rule.reason))
			}
		}
	}
	return problems
}

func impure(here room, name string) string {
	switch {
	case strings.HasPrefix(name, module+"/"):
		return "" // checkImports speaks of these
	case name == "math/rand/v2" && !here.seeded:
		return "chance belongs to the rooms that simulate (stat, forecast, insight), where it has a seed"
	case pureLibrary[name]:
		return ""
	case slices.ContainsFunc(here.libraries, func(library string) bool { return name == library || strings.HasPrefix(name, library+"/") }):
		return ""
	case !strings.Contains(strings.SplitN(name, "/", 2)[0], "."):
		return "a pure room touches no clock, disk, network, database, log or shared state; let an edge do that and hand the values in"
	default:
		return "this library is not among those of the room in architecture_test.go; the heart stays free of other people's code unless it is the best of its field"
	}
}

// roomOf names the room of a package folder: internal/goal/x is goal, cmd/shirube is cmd.
func roomOf(folder string) string {
	parts := strings.Split(path.Clean(folder), "/")
	if parts[0] == "internal" && len(parts) > 1 {
		return parts[1]
	}
	if parts[0] == "." {
		return ""
	}
	return parts[0]
}

// checkPackageComments wants each package to introduce itself once.
func checkPackageComments(files []goFile) []string {
	described := map[string]bool{}
	for _, file := range files {
		described[file.pkg] = described[file.pkg] || file.comment
	}
	var problems []string
	for _, file := range files {
		if file.test || described[file.pkg] {
			continue
		}
		described[file.pkg] = true // say it once
		problems = append(problems, fmt.Sprintf("%s: the package has no package comment; say in a line or two what a reader finds here", file.pkg))
	}
	return problems
}

// screenRooms are the five words as folders of ui/src.
var screenRooms = []string{"map", "measure", "ask", "act", "share"}

// checkScreens: a room of the screens knows the shared folders, never another room.
func checkScreens(files []screenFile) []string {
	var problems []string
	for _, file := range files {
		from := screenRoom(file.path)
		shared := from == "kit" || from == "api" || from == "talk"
		if !shared && !slices.Contains(screenRooms, from) {
			continue
		}
		for _, imported := range file.imports {
			to := screenRoom(imported.name)
			if to == from || !slices.Contains(screenRooms, to) {
				continue
			}
			reason := "rooms do not import one another, so that each loads alone; what both need belongs in kit/"
			if shared {
				reason = from + "/ serves every room and therefore knows none"
			}
			problems = append(problems, fmt.Sprintf("%s:%d: %s imports %s: %s", file.path, imported.line, from, to, reason))
		}
	}
	return problems
}

// screenRoom names the folder below ui/src that a file lies in, or "" for anything else.
func screenRoom(file string) string {
	inside, ok := strings.CutPrefix(file, "ui/src/")
	if !ok {
		return ""
	}
	folder, _, nested := strings.Cut(inside, "/")
	if !nested && path.Ext(folder) != "" {
		return ""
	}
	return folder
}

// checkLengths compares each file with the most lines that one of its sort may have.
func checkLengths(lengths []fileLength) []string {
	var problems []string
	for _, file := range lengths {
		if file.lines > file.most {
			problems = append(problems, fmt.Sprintf("%s: %d lines, at most %d: split it so that a file's name says all it holds", file.path, file.lines, file.most))
		}
	}
	return problems
}
