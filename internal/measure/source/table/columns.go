package table

import (
	"sort"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// FindColumn is the place of a column: by its exact name, else by the name
// without regard to case, width and surrounding space. Where names repeat it is
// the first one (see Duplicates). The error is a *NoColumn.
func (r *Reader) FindColumn(name string) (int, error) {
	if at, ok := r.exact[name]; ok {
		return at, nil
	}
	want := matchName(name)
	for _, c := range r.header {
		if matchName(c.Name) == want {
			return c.Index, nil
		}
	}
	missing := &NoColumn{File: r.opt.Name, Line: r.format.HeaderLine, Name: name}
	for _, c := range r.header {
		if c.Name != "" {
			missing.All = append(missing.All, c.Name)
		}
	}
	missing.Nearest = nearest(name, missing.All)
	return 0, missing
}

// Duplicates are the places of all columns of a name, in order. Repeated columns
// do no harm where their cells agree, which only the caller can tell.
func (r *Reader) Duplicates(name string) []int {
	var list []int
	want := matchName(name)
	for _, c := range r.header {
		if matchName(c.Name) == want {
			list = append(list, c.Index)
		}
	}
	return list
}

// NoColumn says that the file has no column of a name.
type NoColumn struct {
	File    string
	Line    int // of the header
	Name    string
	Nearest []string // what may have been meant, best first, at most 3
	All     []string
}

// Error says it in Japanese.
func (e *NoColumn) Error() string {
	return e.Problem(words.At{File: e.File, Line: e.Line, Col: 1}).Error()
}

// In says it in a language, at the header's place.
func (e *NoColumn) In(lang words.Lang) string {
	return e.Problem(words.At{File: e.File, Line: e.Line, Col: 1}).In(lang)
}

// Problem places the error where the column was asked for.
func (e *NoColumn) Problem(at words.At) *words.Problem {
	p := &words.Problem{At: at, What: words.T("%s に列「%s」がありません。", "%s has no column “%s”.", e.File, e.Name)}
	switch {
	case len(e.Nearest) > 0:
		p.Mend = words.Text{
			JA: "「" + strings.Join(e.Nearest, "」「") + "」のことですか?",
			EN: "Did you mean “" + strings.Join(e.Nearest, "” or “") + "”?",
		}
	case len(e.All) > 0:
		const most = 12
		shown, rest := e.All, ""
		if len(shown) > most {
			shown, rest = shown[:most], "…"
		}
		p.Mend = words.Text{
			JA: "あるのは 「" + strings.Join(shown, "」「") + "」" + rest + " です。",
			EN: "It has “" + strings.Join(shown, "”, “") + "”" + rest + ".",
		}
	}
	return p
}

// nearest finds names within a third of edits, or those that contain the other.
func nearest(name string, known []string) []string {
	want := []rune(matchName(name))
	if len(want) == 0 {
		return nil
	}
	type near struct {
		name     string
		distance float64
	}
	var list []near
	for _, k := range known {
		have := []rune(matchName(k))
		d := float64(words.EditDistance(string(want), string(have)))
		switch {
		case d <= float64(max(len(want)/3, 1)) && int(d) < len(want):
		case len(want) > 1 && len(have) > 1 && (strings.Contains(string(have), string(want)) || strings.Contains(string(want), string(have))):
			d = float64(max(len(want)/3, 1)) + d/100
		default:
			continue
		}
		list = append(list, near{k, d})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].distance < list[j].distance })
	var names []string
	for _, n := range list[:min(3, len(list))] {
		names = append(names, n.name)
	}
	return names
}
