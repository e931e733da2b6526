package question

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/share/access"
)

// Person is somebody who can be called by name.
type Person struct {
	ID         string
	Name       string
	Department string
	Role       access.Role
	Mails      Mails // what they want to be mailed; "" all that concerns them
}

// Call is a person called in a text.
type Call struct {
	ID   string `json:"id"`
	Said string `json:"said"` // as it is written behind the @
}

// Calls are the people a text calls by "@": by the whole name, or by a part of it that
// nobody else has. Each is there once, in the order of the text.
func Calls(text string, people []Person) []Call {
	names := namesOf(people)
	var calls []Call
	for at := range text {
		rest, is := callAt(text, at)
		if !is || len(calls) == mostCalls {
			continue
		}
		for _, n := range names {
			if strings.HasPrefix(rest, n.name) && ends(n.name, rest[len(n.name):]) {
				if !slices.ContainsFunc(calls, func(c Call) bool { return c.ID == n.id }) {
					calls = append(calls, Call{ID: n.id, Said: n.name})
				}
				break
			}
		}
	}
	return calls
}

type called struct{ name, id string }

// namesOf are the names people go by, the longest first, so that the whole name goes before
// its part.
func namesOf(people []Person) []called {
	of := map[string]string{} // "" where several go by it
	whole := map[string]bool{}
	put := func(name, id string, isWhole bool) {
		if utf8.RuneCountInString(name) < 1 || whole[name] && !isWhole {
			return
		}
		if other, there := of[name]; there && other != id && whole[name] == isWhole {
			of[name] = ""
			return
		}
		of[name], whole[name] = id, isWhole
	}
	for _, p := range people {
		put(p.Name, p.ID, true)
		put(strings.Join(strings.Fields(p.Name), ""), p.ID, true)
	}
	for _, p := range people {
		if parts := strings.Fields(p.Name); len(parts) > 1 {
			for _, part := range parts {
				put(part, p.ID, false)
			}
		}
	}
	var list []called
	for name, id := range of {
		if name != "" && id != "" {
			list = append(list, called{name, id})
		}
	}
	slices.SortFunc(list, func(a, b called) int {
		if len(a.name) != len(b.name) {
			return len(b.name) - len(a.name)
		}
		return strings.Compare(a.name, b.name)
	})
	return list
}

// callAt is what follows an "@" at a place of a text; false where there is none, or where it
// stands in an address of mail.
func callAt(text string, at int) (string, bool) {
	r, size := utf8.DecodeRuneInString(text[at:])
	if r != '@' && r != '＠' {
		return "", false
	}
	if before, _ := utf8.DecodeLastRuneInString(text[:at]); at > 0 && before < utf8.RuneSelf && (unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune("._%+-", before)) {
		return "", false
	}
	return text[at+size:], true
}

// ends reports whether a name is over where the text goes on: "@Ken" is not called in
// "@Kenneth". Japanese goes on without a space: 「@佐藤さん」「@佐藤に」.
func ends(name, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(name)
	next, _ := utf8.DecodeRuneInString(rest)
	latin := func(r rune) bool { return unicode.Is(unicode.Latin, r) || unicode.IsDigit(r) }
	return rest == "" || !latin(last) || !latin(next)
}

// PieceKind is what a piece of a text is.
type PieceKind string

// The kinds of pieces.
const (
	Plain   PieceKind = "text"
	Link    PieceKind = "link" // an address of the web
	Calling PieceKind = "call" // a person called by name
)

// Piece is a stretch of a text. All of them one after the other are the text.
type Piece struct {
	Kind PieceKind
	Text string
	To   string // address of a link, id of a person
}

var address = regexp.MustCompile(`https?://[!#-&(-;=?-Z\[\]_a-z~]+`)

// Pieces takes a text apart. What is no address of the web and calls nobody is plain: there
// is no markup, and nothing of a text ever becomes one.
func Pieces(text string, calls []Call) []Piece {
	var list []Piece
	plainFrom := 0
	put := func(from, to int, kind PieceKind, target string) {
		if plainFrom < from {
			list = append(list, Piece{Plain, text[plainFrom:from], ""})
		}
		list = append(list, Piece{kind, text[from:to], target})
		plainFrom = to
	}
	links := address.FindAllStringIndex(text, -1)
	for at := 0; at < len(text); {
		if len(links) > 0 && links[0][0] == at {
			end := at + len(trimmed(text[at:links[0][1]]))
			links = links[1:]
			if safe(text[at:end]) {
				put(at, end, Link, text[at:end])
			}
			at = end
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		next := at + size
		if rest, is := callAt(text, at); is {
			for _, c := range longestFirst(calls) {
				if c.Said != "" && strings.HasPrefix(rest, c.Said) && ends(c.Said, rest[len(c.Said):]) {
					next = at + size + len(c.Said)
					put(at, next, Calling, c.ID)
					break
				}
			}
		}
		at = next
		for len(links) > 0 && links[0][0] < at {
			links = links[1:]
		}
	}
	if plainFrom < len(text) {
		list = append(list, Piece{Plain, text[plainFrom:], ""})
	}
	return list
}

func longestFirst(calls []Call) []Call {
	sorted := slices.Clone(calls)
	slices.SortStableFunc(sorted, func(a, b Call) int { return len(b.Said) - len(a.Said) })
	return sorted
}

// trimmed takes off what ends the sentence, not the address.
func trimmed(link string) string {
	for {
		switch last := link[len(link)-1]; {
		case strings.ContainsRune(".,:;!?'\"", rune(last)):
		case last == ')' && strings.Count(link, "(") < strings.Count(link, ")"):
		case last == ']' && strings.Count(link, "[") < strings.Count(link, "]"):
		default:
			return link
		}
		link = link[:len(link)-1]
	}
}

// safe reports whether an address leads where it seems to: to a host, without a name before it
// that looks like one.
func safe(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Host != "" && u.User == nil && (u.Scheme == "http" || u.Scheme == "https")
}
