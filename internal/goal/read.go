package goal

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// reader walks the YAML tree of a model file and collects every problem it
// meets, so that a person sees all of them at once and not one per attempt.
type reader struct {
	file     string
	problems words.Problems
	visited  int // nodes reached, aliases included: bounds expanding aliases
}

// Bounds of a model file. A model is written and read by people; what is far
// beyond that is a mistake or an attack (aliases that expand without end).
const (
	maxNodes   = 100_000
	maxNesting = 50
)

// MaxFileBytes is the largest model file that is read.
const MaxFileBytes = 2 << 20

func (r *reader) fail(at Position, what, mend words.Text) {
	r.problems = append(r.problems, &words.Problem{
		At: words.At{File: r.file, Line: at.Line, Col: at.Col}, What: what, Mend: mend,
	})
}

func at(n *yaml.Node) Position { return Position{Line: n.Line, Col: n.Column} }

// entry is one key of a mapping with its value, aliases resolved.
type entry struct {
	key   string
	keyAt Position
	value *yaml.Node
}

// resolve follows an alias to what it stands for.
func resolve(n *yaml.Node) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.AliasNode && i < maxNesting; i++ {
		n = n.Alias
	}
	return n
}

// isNull reports a value that was left empty or written null or ~.
func isNull(n *yaml.Node) bool {
	return n == nil || n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

// entries reads a mapping: unknown keys are told with the nearest known one,
// duplicate keys with the place of the first. known nil allows any key.
func (r *reader) entries(n *yaml.Node, what words.Text, known []string) []entry {
	n = resolve(n)
	if isNull(n) {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.fail(at(n), words.T("%sは「項目: 値」の形で書きます。", "%s must be written as “key: value” lines.", what),
			words.T("ここには%sが書かれています。", "Found %s here.", kindName(n)))
		return nil
	}
	seen := map[string]Position{}
	var out []entry
	for i := 0; i+1 < len(n.Content); i += 2 {
		if r.visited++; r.visited > maxNodes {
			r.tooMuch(n)
			return out
		}
		k, v := resolve(n.Content[i]), resolve(n.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			r.fail(at(n.Content[i]), words.T("項目の名前は文字で書きます。", "A key must be plain text."), words.Text{})
			continue
		}
		if k.Value == "<<" && known != nil {
			r.fail(at(k), words.T("「<<」での取り込みは使えません。", "Merge keys (<<) are not supported."),
				words.T("値をそのまま書いてください。", "Write the values out instead."))
			continue
		}
		if first, dup := seen[k.Value]; dup {
			r.fail(at(k), words.T("「%s」が2回書かれています(最初は%d行目)。", "“%s” is written twice (first on line %d).", k.Value, first.Line),
				words.T("どちらか1つにしてください。", "Keep one of them."))
			continue
		}
		seen[k.Value] = at(k)
		if known != nil && !slices.Contains(known, k.Value) {
			r.fail(at(k), words.T("%sに「%s」という項目はありません。", "%s has no key “%s”.", what, k.Value), words.Suggestion(k.Value, known))
			continue
		}
		out = append(out, entry{key: k.Value, keyAt: at(k), value: v})
	}
	return out
}

func (r *reader) tooMuch(n *yaml.Node) {
	r.fail(at(n), words.T("内容が多すぎます。くり返し参照(&、*)でふくらんでいるのかもしれません。", "There is too much here; aliases (& and *) may make it expand without bound."),
		words.T("参照を使わずに、必要なものだけを書いてください。", "Write the values out, and only those you need."))
}

// items reads a sequence; a single value is taken as a sequence of one.
func (r *reader) items(n *yaml.Node) []*yaml.Node {
	n = resolve(n)
	if isNull(n) {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return []*yaml.Node{n}
	}
	out := make([]*yaml.Node, 0, len(n.Content))
	for _, item := range n.Content {
		if r.visited++; r.visited > maxNodes {
			r.tooMuch(n)
			return out
		}
		out = append(out, resolve(item))
	}
	return out
}

// text reads a scalar as it is written.
func (r *reader) text(n *yaml.Node, what string) string {
	n = resolve(n)
	if isNull(n) {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		r.fail(at(n), words.T("「%s」には文字か数を1つ書きます。", "“%s” takes one piece of text or one number.", what),
			words.T("ここには%sが書かれています。", "Found %s here.", kindName(n)))
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// choice reads one of a few words.
func (r *reader) choice(n *yaml.Node, what string, allowed ...string) string {
	s := r.text(n, what)
	if s == "" || slices.Contains(allowed, s) {
		return s
	}
	r.fail(at(n), words.T("「%s」に「%s」は使えません。", "“%s” cannot be “%s”.", what, s), words.Suggestion(s, allowed))
	return ""
}

// number reads a number: 100, 1,000, 3% (0.03). ok is false when there is none.
func (r *reader) number(n *yaml.Node, what string) (v float64, ok bool) {
	s := r.text(n, what)
	if s == "" {
		return 0, false
	}
	v, ok = ParseAmount(s)
	if !ok {
		r.fail(at(n), words.T("「%s」は数で書きます。「%s」は数として読めません。", "“%s” must be a number; “%s” cannot be read as one.", what, s),
			words.T("例: 100、1.5、3%。", "For example 100, 1.5 or 3%."))
	}
	return v, ok
}

// whole reads a whole number within bounds.
func (r *reader) whole(n *yaml.Node, what string, low, high int) (int, bool) {
	v, ok := r.number(n, what)
	if !ok {
		return 0, false
	}
	if v != float64(int(v)) || int(v) < low || int(v) > high {
		r.fail(at(n), words.T("「%s」は%dから%dまでの整数で書きます。", "“%s” must be a whole number from %d to %d.", what, low, high), words.Text{})
		return 0, false
	}
	return int(v), true
}

// day reads a date, 2026-04-01.
func (r *reader) day(n *yaml.Node, what string) *series.Day {
	s := r.text(n, what)
	if s == "" {
		return nil
	}
	d, err := series.ParseDay(s)
	if err != nil {
		r.fail(at(n), words.T("「%s」の日付「%s」が読めません。", "The date “%[2]s” of “%[1]s” cannot be read.", what, s),
			words.T("2026-04-01 のように、実在する日を書いてください。", "Write an existing day like 2026-04-01."))
		return nil
	}
	return &d
}

// kindName names what was found where something else was expected.
func kindName(n *yaml.Node) words.Text {
	switch n.Kind {
	case yaml.MappingNode:
		return words.T("「項目: 値」の組", "a block of “key: value” lines")
	case yaml.SequenceNode:
		return words.T("並び(- や [ ])", "a list")
	}
	return words.T("「%s」", "“%s”", shorten(n.Value))
}

func shorten(s string) string {
	runes := []rune(s)
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}
