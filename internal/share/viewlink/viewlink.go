// Package viewlink is what a read-only link shows: which parts, to whose pages, with or
// without the names of people. Where links are kept and who opens them is known by others.
package viewlink

import (
	"regexp"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Part is a piece of what a link shows. The values are stored.
type Part string

// The parts, in the order they stand on the page.
const (
	Now      Part = "now"      // the three sentences and the KGI
	Map      Part = "map"      // every indicator and the roads between them
	Findings Part = "findings" // what is weak, and how it is mended
	Glossary Part = "glossary" // what each number means
)

// Parts is every part.
var Parts = []Part{Now, Map, Findings, Glossary}

// Usual is what a link shows where nobody said otherwise.
var Usual = []Part{Now, Map}

// Sorted is parts in the order they stand, each once; what is no part is left out.
func Sorted(parts []Part) []Part {
	sorted := []Part{}
	for _, known := range Parts {
		if slices.Contains(parts, known) {
			sorted = append(sorted, known)
		}
	}
	return sorted
}

const separator = ","

// Join writes parts in one line, as they are kept.
func Join(parts []Part) string {
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = string(part)
	}
	return strings.Join(texts, separator)
}

// Split reads what Join wrote.
func Split(line string) []Part {
	var parts []Part
	for text := range strings.SplitSeq(line, separator) {
		parts = append(parts, Part(text))
	}
	return Sorted(parts)
}

// MostSites bounds the sites that may show one link.
const MostSites = 20

// siteShape is a host, with a port where it is not the usual one.
var siteShape = regexp.MustCompile(`^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?$`)

// Site is a site as it is kept, from what somebody typed or copied out of the browser:
// only the host counts. Of what is none, the sentence says why.
func Site(typed string) (site string, why words.Text, ok bool) {
	site = strings.ToLower(strings.TrimSpace(typed))
	for _, scheme := range []string{"https://", "http://"} {
		site = strings.TrimPrefix(site, scheme)
	}
	site, _, _ = strings.Cut(site, "/")
	if len(site) > 253 || !siteShape.MatchString(site) {
		return "", words.T("「%s」は、サイトの名前として読めません。www.example.co.jp のように書いてください。",
			"%q is not the name of a site. Write it like www.example.com.", short(typed)), false
	}
	return site, words.Text{}, true
}

func short(text string) string {
	if letters := []rune(text); len(letters) > 60 {
		return string(letters[:60]) + "…"
	}
	return text
}

// FrameAncestors is the value of the directive of that name in a page's content security
// policy: whose pages may show it in a frame. Without a site, nobody's.
func FrameAncestors(sites []string) string {
	if len(sites) == 0 {
		return "'none'"
	}
	var list []string
	for _, site := range sites {
		list = append(list, "https://"+site)
		if host, _, _ := strings.Cut(site, ":"); host == "localhost" || host == "127.0.0.1" {
			list = append(list, "http://"+site) // somebody tries it out
		}
	}
	return strings.Join(list, " ")
}
