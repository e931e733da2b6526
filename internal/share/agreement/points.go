package agreement

import (
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// namedMost is how many people a sentence names; the others are counted.
const namedMost = 4

// points are the differences to settle, in the order of the aspects: a number cannot be
// settled while it is not clear what is counted, and for what.
func points(g Goal, rows []Row) []Point {
	var list []Point
	for _, a := range Aspects {
		if p, ok := point(g, a, rows); ok {
			list = append(list, p)
		}
	}
	return list
}

func point(g Goal, a Aspect, rows []Row) (Point, bool) {
	var differing, unclear []Row
	for _, r := range rows {
		switch r.Cell(a).Verdict {
		case Differs:
			differing = append(differing, r)
		case Unclear:
			unclear = append(unclear, r)
		}
	}
	p := Point{Aspect: a, Question: questions[a]}
	if len(differing) > 0 {
		p.Sentence = words.T("%[1]sが違います。目標は%[2]s。%[3]s。", "%[1]s differs. The goal: %[2]s. %[3]s.", aspectName(a), g.aspect(a), says(a, differing, a != Purpose))
		return p, true
	}
	// Where the goal is silent, people are compared with one another.
	if distinct := apartFromOneAnother(a, unclear); distinct && g.silent(a) {
		p.Sentence = words.T("%[1]sが人によって違います。%[2]s。", "%[1]s differs between people. %[2]s.", aspectName(a), says(a, unclear, false))
		return p, true
	}
	return Point{}, false
}

var questions = map[Aspect]words.Text{
	Purpose:  words.T("この目標で何を得たいのか、一つの言葉にしましょう。", "Settle in one sentence what this goal is for."),
	Meaning:  words.T("何が起きたら1と数えるのかを決めましょう。", "Settle what has to happen to count as one."),
	HowMuch:  words.T("どの数に向かうのか、理由といっしょに決めましょう。", "Settle which number to aim for, and why that one."),
	Deadline: words.T("いつまでの目標かを、日付で決めましょう。", "Settle by which day."),
}

func aspectName(a Aspect) words.Text {
	switch a {
	case Purpose:
		return words.T("目的", "The purpose")
	case Meaning:
		return words.T("数えるもの", "What is counted")
	case HowMuch:
		return words.T("数", "The number")
	}
	return words.T("期限", "The deadline")
}

// Name is the aspect as people call it.
func (a Aspect) Name() words.Text { return aspectName(a) }

// aspect is what the goal says of an aspect.
func (g Goal) aspect(a Aspect) words.Text {
	switch a {
	case Purpose:
		return words.T("「%s」", "“%s”", g.purpose())
	case Meaning:
		if g.Definition != "" {
			return words.T("「%s」", "“%s”", shortened(g.Definition))
		}
		return words.T("「%s」", "“%s”", g.Name)
	case HowMuch:
		return g.Number()
	}
	return dayText(g.By)
}

// Aspect is what the goal says of an aspect, for the head of a table; zero where it is
// silent.
func (g Goal) Aspect(a Aspect) words.Text {
	if g.silent(a) {
		return words.Text{}
	}
	switch a {
	case Purpose:
		return g.purpose()
	case Meaning:
		if g.Definition == "" {
			return words.Text{JA: g.Name, EN: g.Name}
		}
		return words.Text{JA: g.Definition, EN: g.Definition}
	}
	return g.aspect(a)
}

func (g Goal) silent(a Aspect) bool {
	switch a {
	case Purpose:
		return g.Serves == ""
	case HowMuch:
		return g.Kind == goal.TargetVague
	case Deadline:
		return g.By == nil
	}
	return false
}

// says is who says what: 森川さんは合計120件(目標より20件多い)、….
func says(a Aspect, rows []Row, noted bool) words.Text {
	var parts []words.Text
	for i, r := range rows {
		if i == namedMost {
			break
		}
		cell := r.Cell(a)
		what := words.T("「%s」", "“%s”", shortened(cell.Said))
		if noted && !cell.Note.Zero() {
			parts = append(parts, words.T("%[1]sは%[2]s(%[3]s)", "%[1]s says %[2]s (%[3]s)", named(r.By), what, cell.Note))
			continue
		}
		parts = append(parts, words.T("%[1]sは%[2]s", "%[1]s says %[2]s", named(r.By), what))
	}
	text := words.Join(parts, "、", ", ")
	if more := len(rows) - namedMost; more > 0 {
		text = words.T("%[1]s、ほか%[2]d人", "%[1]s and %[2]d more", text, more)
	}
	return text
}

// shortened keeps a sentence of many words readable.
func shortened(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// apartFromOneAnother reports whether people contradict one another on an aspect.
func apartFromOneAnother(a Aspect, rows []Row) bool {
	keys := make([]string, 0, len(rows))
	for _, r := range rows {
		switch a {
		case Purpose:
			if found := purposesIn(r.Purpose); len(found) > 0 {
				keys = append(keys, found[0])
			}
		case HowMuch:
			if r.Number != nil {
				keys = append(keys, r.Number.yearly())
			}
		case Deadline:
			if r.Day != nil {
				keys = append(keys, r.Day.String())
			}
		}
	}
	slices.Sort(keys)
	return len(slices.Compact(keys)) > 1
}

// yearly is a number as it is over a year, for telling two apart without a goal.
func (n Number) yearly() string {
	unit := words.Amount{Value: n.Value, Unit: n.Unit}
	if per, ok := series.ParseGrain(n.Per); ok && !n.Growth {
		unit.Value *= 12 / (monthsOf[per] * max(n.Count, 1))
	}
	if n.Growth {
		return "×" + plainFigure(n.Value)
	}
	return plainFigure(roundTo(unit.Value))
}
