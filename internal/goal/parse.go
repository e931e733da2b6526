package goal

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Parse reads a model file. file is the name shown in messages. The error is
// words.Problems, every one with its line and column; a model is returned only
// when there is none. Targets that are missing or vague are no problem here:
// they are findings of CheckShape.
func Parse(file string, text []byte) (*Model, error) {
	r := &reader{file: file}
	root := r.document(text)
	if root == nil {
		return nil, r.problems.Err()
	}
	m := r.model(root)
	if len(r.problems) == 0 {
		r.connect(m)
	}
	if len(r.problems) > 0 {
		return nil, r.problems.Err()
	}
	return m, nil
}

// document turns bytes into a YAML tree with a mapping at its root, or reports
// why not.
func (r *reader) document(text []byte) *yaml.Node {
	start := Position{1, 1}
	if len(text) > MaxFileBytes {
		r.fail(start, words.T("モデルファイルが大きすぎます(%dバイト、上限は%dバイト)。", "The model file is too large (%d bytes; the limit is %d).", len(text), MaxFileBytes), words.Text{})
		return nil
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(text) {
		r.fail(invalidAt(text), words.T("UTF-8として読めない文字があります。", "This character is not valid UTF-8."),
			words.T("UTF-8で保存し直してください。", "Save the file as UTF-8."))
		return nil
	}
	if deepestNesting(text) > maxNesting {
		r.fail(start, words.T("かっこの入れ子が深すぎます。", "Brackets are nested too deeply."), words.Text{})
		return nil
	}
	var doc yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&doc); errors.Is(err, io.EOF) {
		r.fail(start, words.T("ファイルが空です。", "The file is empty."), words.T("「shirube: 1」から書き始めてください。", "Begin with “shirube: 1”."))
		return nil
	} else if err != nil {
		r.syntax(text, err)
		return nil
	}
	var second yaml.Node
	if decoder.Decode(&second) == nil {
		r.fail(at(&second), words.T("1つのファイルに書けるモデルは1つです。", "A file holds one model."), words.T("「---」から後を別のファイルに分けてください。", "Move what follows “---” to a file of its own."))
		return nil
	}
	root := resolve(doc.Content[0])
	if root.Kind != yaml.MappingNode {
		r.fail(at(root), words.T("モデルファイルは「項目: 値」の形で書きます。", "A model file is made of “key: value” lines."),
			words.T("1行目を「shirube: 1」にしてください。", "Begin with “shirube: 1”."))
		return nil
	}
	if !fitsNesting(root, maxNesting) {
		r.fail(at(root), words.T("入れ子が深すぎます。", "The file is nested too deeply."), words.Text{})
		return nil
	}
	return root
}

func invalidAt(text []byte) Position {
	p := Position{1, 1}
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		if c == utf8.RuneError && size == 1 {
			break
		}
		p.Col++
		if c == '\n' {
			p.Line, p.Col = p.Line+1, 1
		}
		text = text[size:]
	}
	return p
}

// deepestNesting counts open brackets: the YAML library recurses on them, and
// a file of nothing but brackets would exhaust its stack.
func deepestNesting(text []byte) int {
	depth, deepest := 0, 0
	for _, c := range text {
		switch c {
		case '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return deepest
}

func fitsNesting(n *yaml.Node, left int) bool {
	if left == 0 {
		return false
	}
	for _, c := range n.Content {
		if !fitsNesting(c, left-1) {
			return false
		}
	}
	return true
}

var modelKeys = []string{"shirube", "name", "locale", "timezone", "fiscal_year_start", "kgi", "kpis", "influences", "sources", "events", "calendar", "limits"}

func (r *reader) model(root *yaml.Node) *Model {
	m := &Model{
		File:   r.file,
		Locale: words.JA, Timezone: "Asia/Tokyo", Fiscal: series.Fiscal{StartMonth: time.April},
		Limits: DefaultLimits, byID: map[string]*Indicator{}, metricsByID: map[string]*Metric{},
	}
	var kgi *Indicator
	var kpis []*Indicator
	versioned, zoneAt := false, at(root)
	for _, e := range r.entries(root, words.T("モデル", "The model"), modelKeys) {
		switch e.key {
		case "shirube":
			versioned = true
			r.version(e.value)
		case "name":
			m.Name = r.text(e.value, e.key)
		case "locale":
			if s := r.choice(e.value, e.key, "ja", "en"); s != "" {
				m.Locale = words.Lang(s)
			}
		case "timezone":
			if s := r.text(e.value, e.key); s != "" {
				m.Timezone, zoneAt = s, at(e.value)
			}
		case "fiscal_year_start":
			if month, ok := r.whole(e.value, e.key, 1, 12); ok {
				m.Fiscal.StartMonth = time.Month(month)
			}
		case "kgi":
			kgi = r.indicator("", e.keyAt, e.value, true)
		case "kpis":
			for _, k := range r.entries(e.value, words.T("kpis", "kpis"), nil) {
				kpis = append(kpis, r.indicator(k.key, k.keyAt, k.value, false))
			}
		case "influences":
			for _, n := range r.items(e.value) {
				m.Influences = append(m.Influences, r.influence(n))
			}
		case "sources":
			for _, s := range r.entries(e.value, words.T("sources", "sources"), nil) {
				m.Sources = append(m.Sources, r.source(s))
			}
		case "events":
			for _, n := range r.items(e.value) {
				m.Events = append(m.Events, r.event(n))
			}
		case "calendar":
			m.Closed = r.closedDays(e.value)
		case "limits":
			m.Limits = r.limits(e.value)
		}
	}
	m.Location = r.zone(m.Timezone, zoneAt)
	if !versioned {
		r.fail(at(root), words.T("「shirube: 1」(書式の版)がありません。", "“shirube: 1” (the format version) is missing."), words.T("ファイルの先頭に書いてください。", "Write it at the top of the file."))
	}
	if kgi == nil {
		r.fail(at(root), words.T("kgi(最終目標)がありません。", "There is no kgi, the final goal."), words.T("「kgi:」に id と name を書いてください。", "Write “kgi:” with an id and a name."))
		return m
	}
	m.Indicators = append([]*Indicator{kgi}, kpis...)
	for _, i := range m.Indicators {
		if first, dup := m.byID[i.ID]; dup {
			r.fail(i.At, words.T("「%s」という指標は%d行目にもあります。", "There is already an indicator “%s” on line %d.", i.ID, first.At.Line), words.T("別の名前にしてください。", "Give it another id."))
			continue
		}
		m.byID[i.ID] = i
	}
	for _, s := range m.Sources {
		for _, metric := range s.Metrics {
			m.metricsByID[metric.Name()] = metric
		}
	}
	return m
}

// zone loads a time zone by its name; UTC with a problem where there is none. The
// zone of the machine has no name that means the same elsewhere.
func (r *reader) zone(name string, place Position) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		r.fail(place, words.T("「%s」という時間帯はありません。", "There is no time zone “%s”.", name), words.T("例: Asia/Tokyo。", "For example Asia/Tokyo."))
		return time.UTC
	}
	return zone
}

func (r *reader) version(n *yaml.Node) {
	if s := r.text(n, "shirube"); s != strconv.Itoa(FormatVersion) {
		r.fail(at(n), words.T("書式の版「%s」は、このプログラムでは読めません。", "This program cannot read format version “%s”.", s),
			words.T("「shirube: %d」にするか、プログラムを新しくしてください。", "Write “shirube: %d”, or update the program.", FormatVersion))
	}
}

func (r *reader) influence(n *yaml.Node) Influence {
	in := Influence{LagFrom: DefaultLagFrom, LagTo: DefaultLagTo, Matters: DefaultMatters, At: at(n)}
	for _, e := range r.entries(n, words.T("influences", "influences"), []string{"from", "to", "lag", "matters", "direction", "because"}) {
		switch e.key {
		case "from":
			in.From = r.text(e.value, e.key)
		case "to":
			in.To = r.text(e.value, e.key)
		case "lag":
			r.lag(e.value, &in)
		case "matters":
			if v, ok := r.number(e.value, e.key); ok && v > 0 {
				in.Matters = v
			} else if ok {
				r.fail(at(e.value), words.T("「matters」は0より大きい数で書きます。", "“matters” must be greater than 0."), words.Text{})
			}
		case "direction":
			in.Direction = Direction(r.choice(e.value, e.key, string(Up), string(Down)))
		case "because":
			in.Because = r.text(e.value, e.key)
		}
	}
	if in.From == "" || in.To == "" {
		r.fail(in.At, words.T("影響には「from」と「to」の両方が要ります。", "An influence needs both “from” and “to”."), words.Text{})
	}
	return in
}

// lag reads "0..14" or "7", in days.
func (r *reader) lag(n *yaml.Node, in *Influence) {
	s := r.text(n, "lag")
	low, high, ranged := strings.Cut(s, "..")
	if !ranged {
		high = low
	}
	from, err1 := strconv.Atoi(strings.TrimSpace(low))
	to, err2 := strconv.Atoi(strings.TrimSpace(high))
	if err1 != nil || err2 != nil || from < 0 || to < from || to > LongestLag {
		r.fail(at(n), words.T("「lag」の「%s」が読めません。", "The lag “%s” cannot be read.", s),
			words.T("日数で「0..14」か「7」のように書いてください(最長%d日)。", "Write days, as “0..14” or “7” (%d at most).", LongestLag))
		return
	}
	in.LagFrom, in.LagTo = from, to
}

func (r *reader) event(n *yaml.Node) Event {
	ev := Event{At: at(n)}
	var on *series.Day
	for _, e := range r.entries(n, words.T("events", "events"), []string{"on", "what"}) {
		switch e.key {
		case "on":
			on = r.day(e.value, e.key)
		case "what":
			ev.What = r.text(e.value, e.key)
		}
	}
	if on == nil || ev.What == "" {
		r.fail(ev.At, words.T("できごとには「on」(日付)と「what」(内容)が要ります。", "An event needs “on” (a date) and “what”."), words.Text{})
		return ev
	}
	ev.On = *on
	return ev
}

// closedDays reads single days and ranges (2026-08-10..2026-08-14).
func (r *reader) closedDays(n *yaml.Node) []series.Day {
	var days []series.Day
	for _, e := range r.entries(n, words.T("calendar", "calendar"), []string{"closed"}) {
		for _, item := range r.items(e.value) {
			low, high, ranged := strings.Cut(r.text(item, e.key), "..")
			if !ranged {
				high = low
			}
			from, err1 := series.ParseDay(strings.TrimSpace(low))
			to, err2 := series.ParseDay(strings.TrimSpace(high))
			if err1 != nil || err2 != nil || to < from || to-from > 366 {
				r.fail(at(item), words.T("休みの日「%s」が読めません。", "The closed day “%s” cannot be read.", item.Value),
					words.T("2026-12-28 か 2026-08-10..2026-08-14 のように書いてください。", "Write 2026-12-28 or 2026-08-10..2026-08-14."))
				continue
			}
			for d := from; d <= to; d++ {
				days = append(days, d)
			}
		}
	}
	return days
}

func (r *reader) limits(n *yaml.Node) Limits {
	limits := DefaultLimits
	for _, e := range r.entries(n, words.T("limits", "limits"), []string{"depth", "kpis"}) {
		switch e.key {
		case "depth":
			if v, ok := r.whole(e.value, e.key, 1, 100); ok {
				limits.Depth = v
			}
		case "kpis":
			if v, ok := r.whole(e.value, e.key, 1, 10_000); ok {
				limits.KPIs = v
			}
		}
	}
	return limits
}
