package agreement

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Aspect is what two people can understand differently of one goal.
type Aspect string

// The four aspects, in the order in which they are settled best.
const (
	Purpose  Aspect = "purpose"
	Meaning  Aspect = "meaning"
	HowMuch  Aspect = "number"
	Deadline Aspect = "deadline"
)

// Aspects is all of them.
var Aspects = []Aspect{Purpose, Meaning, HowMuch, Deadline}

// Verdict is how somebody's word compares with the goal.
type Verdict string

// The verdicts.
const (
	SameThing Verdict = "same"
	Rounded   Verdict = "rounded" // the same but for rounding: 月8件 and 年100件
	Differs   Verdict = "differs"
	Unclear   Verdict = "unclear" // a program cannot tell; people can
	Unsaid    Verdict = "unsaid"
)

// Cell is one person's word on one aspect.
type Cell struct {
	Aspect  Aspect
	Verdict Verdict
	Said    string
	Means   words.Text // in the goal's own terms, where it was said in others: 12か月で96件
	Note    words.Text // how far from the goal: 目標より4件少ない
}

// Row is one person's words beside the goal.
type Row struct {
	Statement
	Cells []Cell // in the order of Aspects
}

// Cell is the row's cell of an aspect.
func (r Row) Cell(a Aspect) Cell {
	for _, c := range r.Cells {
		if c.Aspect == a {
			return c
		}
	}
	return Cell{Aspect: a, Verdict: Unsaid}
}

// Point is one difference to be settled.
type Point struct {
	Aspect   Aspect
	Sentence words.Text
	Question words.Text // what to settle
}

// Comparison is everybody's words beside the goal.
type Comparison struct {
	Rows   []Row
	Points []Point
}

// Compare lays the words of each person beside the goal and names the differences. It is
// given the last word of each.
func Compare(g Goal, list []Statement) Comparison {
	var c Comparison
	for _, s := range list {
		row := Row{Statement: s}
		for _, a := range Aspects {
			cell := Cell{Aspect: a}
			switch a {
			case Purpose:
				cell = g.purposeCell(s)
			case Meaning:
				cell = g.meaningCell(s)
			case HowMuch:
				cell = g.numberCell(s)
			case Deadline:
				cell = g.deadlineCell(s)
			}
			row.Cells = append(row.Cells, cell)
		}
		c.Rows = append(c.Rows, row)
	}
	c.Points = points(g, c.Rows)
	return c
}

func (g Goal) purposeCell(s Statement) Cell {
	cell := Cell{Aspect: Purpose, Said: s.Purpose}
	if plainly(s.Purpose) == "" {
		cell.Verdict = Unsaid
		return cell
	}
	theirs, ours := purposesIn(s.Purpose), purposesIn(g.Serves)
	switch {
	case purposeKey(s.Purpose) == purposeKey(g.Serves) || intersect(theirs, ours):
		cell.Verdict = SameThing
	case g.Serves == "" || len(theirs) == 0 || len(ours) == 0:
		cell.Verdict = Unclear
	default:
		cell.Verdict = Differs
		cell.Note = words.T("目標の目的は「%s」です", "the goal is for “%s”", g.purpose())
	}
	return cell
}

func intersect(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

func (g Goal) meaningCell(s Statement) Cell {
	cell := Cell{Aspect: Meaning, Said: s.Meaning}
	goals := g.Name + " " + g.Definition
	said, meant, other := otherThing(s.Meaning, goals)
	switch {
	case plainly(s.Meaning) == "":
		cell.Verdict = Unsaid
	case plainly(s.Meaning) == plainly(g.Definition) || plainly(s.Meaning) == plainly(g.Name):
		cell.Verdict = SameThing
	case other:
		cell.Verdict = Differs
		cell.Note = words.T("「%[1]s」を数えています。目標は「%[2]s」です", "counts “%[1]s” (the goal counts “%[2]s”)", said, meant)
	default:
		cell.Verdict = Unclear
	}
	return cell
}

func (g Goal) numberCell(s Statement) Cell {
	cell := Cell{Aspect: HowMuch, Said: s.Amount, Verdict: Unsaid}
	if s.Number == nil {
		if plainly(s.Amount) != "" {
			cell.Verdict = Unclear
		}
		return cell
	}
	n := *s.Number
	if n.Unit != "" && !n.Growth {
		if theirs, ours := unitKind(n.Unit), unitKind(g.Unit); theirs >= 0 && ours >= 0 && theirs != ours {
			cell.Verdict = Differs
			cell.Note = words.T("「%[1]s」で数えています。目標は「%[2]s」です", "counted in %[1]s (the goal is in %[2]s)", n.Unit, g.Unit)
			return cell
		}
	}
	v := g.value(n)
	if v.why != (words.Text{}) {
		cell.Verdict, cell.Note = Unclear, v.why
		if v.otherKind {
			cell.Verdict = Differs
		}
		return cell
	}
	gap := v.amount - g.Amount
	switch {
	case near(v.amount, g.Amount):
		cell.Verdict = SameThing
	case v.converted && math.Abs(gap) <= v.rounding*(1+1e-9):
		cell.Verdict = Rounded
	default:
		cell.Verdict = Differs
	}
	if v.converted && cell.Verdict != SameThing {
		cell.Means = v.means
	}
	switch cell.Verdict {
	case Rounded:
		cell.Note = words.T("丸めると同じです", "the same when rounded")
	case Differs:
		cell.Note = g.gapText(gap)
	}
	return cell
}

func (g Goal) gapText(gap float64) words.Text {
	var size words.Text
	switch {
	case g.Kind == goal.TargetGrowth:
		size = words.T("%sポイント", "%s points", words.Group(math.Abs(gap)*100, 0))
	case g.Unit == "%":
		size = words.T("%sポイント", "%s points", trimmed(math.Abs(gap)*100))
	default:
		size = words.T("%s", "%s", words.Amount{Value: math.Abs(gap), Unit: g.Unit})
	}
	if gap < 0 {
		return words.T("目標より%s少ない", "%s less than the goal", size)
	}
	return words.T("目標より%s多い", "%s more than the goal", size)
}

func trimmed(v float64) string { return plainFigure(math.Round(v*100) / 100) }

func (g Goal) deadlineCell(s Statement) Cell {
	cell := Cell{Aspect: Deadline, Said: s.Deadline, Verdict: Unsaid}
	switch {
	case s.Day == nil:
		if plainly(s.Deadline) != "" {
			cell.Verdict = Unclear
		}
	case g.By == nil:
		cell.Verdict = Unclear
		cell.Means = dayText(s.Day)
	case *s.Day == *g.By:
		cell.Verdict = SameThing
	default:
		cell.Verdict = Differs
		cell.Means = dayText(s.Day)
		if *s.Day < *g.By {
			cell.Note = words.T("目標より%s早い", "%s earlier than the goal", apart(*s.Day, *g.By))
		} else {
			cell.Note = words.T("目標より%s遅い", "%s later than the goal", apart(*g.By, *s.Day))
		}
	}
	return cell
}

// apart is how long lies between two days: whole months where they are some, else days.
func apart(from, to series.Day) words.Text {
	fromYear, fromMonth, fromDay := from.Civil()
	toYear, toMonth, toDay := to.Civil()
	months := (toYear-fromYear)*12 + int(toMonth) - int(fromMonth)
	if months > 0 && (fromDay == toDay || monthEnd(fromYear, int(fromMonth)) == from && monthEnd(toYear, int(toMonth)) == to) {
		if months%12 == 0 {
			return plural(months/12, "%d年", "%d year", "%d years")
		}
		return plural(months, "%dか月", "%d month", "%d months")
	}
	return plural(int(to-from), "%d日", "%d day", "%d days")
}

func plural(n int, ja, one, many string) words.Text {
	if n == 1 {
		many = one
	}
	return words.T(ja, many, n)
}

// Differing is the aspects on which at least one person differs from the goal, or people
// from one another.
func (c Comparison) Differing() []Aspect {
	var list []Aspect
	for _, p := range c.Points {
		list = append(list, p.Aspect)
	}
	return list
}
