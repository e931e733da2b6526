package alert

import (
	"fmt"
	"math"
	"net/url"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Mark is a number that was to be reached by a day, and what came.
type Mark struct {
	Indicator, Name, Unit string
	Direction             goal.Direction
	By                    series.Day
	Value                 float64 // to reach
	Got                   float64
	// Target: it is the target itself, not a milestone on the way.
	Target bool
	// Early: the day is still to come, and the number is reached already.
	Early bool
	// Period: of a target that is to hold again and again, this is the last one.
	Period *series.Span
}

// reached reports whether what came is on the good side. What a sum of fractions rounds off
// in its last digits does not miss a mark.
func (m Mark) reached() bool {
	slack := 1e-9 * math.Abs(m.Value)
	if m.Direction == goal.Down {
		return m.Got <= m.Value+slack
	}
	return m.Got >= m.Value-slack
}

// Cause is what is told of a mark: of one that was reached as of one that was missed.
func (m Mark) Cause() Cause {
	is, was := words.Amount{Value: m.Got, Unit: m.Unit}, words.Amount{Value: round(m.Value, m.Unit), Unit: m.Unit}
	c := Cause{Kind: Milestone, Good: m.reached(), Path: "/map?open=" + url.QueryEscape(m.Indicator), Indicator: m.Indicator, Name: words.T("%s", "%s", m.Name)}
	word := "milestone"
	if m.Target {
		word, c.Weight = "target", 1
	}
	// A target reached early and the same one reached on its day are one happy thing.
	c.Key = fmt.Sprintf("%s:%s:%s:%v:%v", word, m.Indicator, m.By, m.Value, c.Good)
	what := words.T("節目(%s)", "the milestone of %s", m.By)
	switch {
	case m.Period != nil:
		what = words.T("目標(%[1]s〜%[2]s)", "the target for %[1]s to %[2]s", m.Period.From, m.Period.To)
	case m.Target:
		what = words.T("目標(%s)", "the target of %s", m.By)
	}
	switch {
	case m.Early:
		c.What = words.T("「%[1]s」が%[2]sになり、%[3]sの期限より早く目標の%[4]sに届きました。", "“%[1]s” is at %[2]s: its target of %[4]s is reached ahead of %[3]s.", m.Name, is, m.By, was)
	case c.Good:
		c.What = words.T("「%[1]s」は%[2]sで、%[3]sの%[4]sに届きました。", "“%[1]s” came to %[2]s and reached %[3]s, %[4]s.", m.Name, is, what, was)
	default:
		off := words.Amount{Value: math.Abs(round(m.Value, m.Unit) - m.Got), Unit: m.Unit}
		c.What = words.T("「%[1]s」は%[2]sで、%[3]sの%[4]sに%[5]s届きませんでした。", "“%[1]s” came to %[2]s and missed %[3]s, %[4]s, by %[5]s.", m.Name, is, what, was, off)
		if m.Direction == goal.Down {
			c.What = words.T("「%[1]s」は%[2]sで、%[3]sの%[4]sを%[5]s超えました。", "“%[1]s” came to %[2]s, over %[3]s, %[4]s, by %[5]s.", m.Name, is, what, was, off)
		}
	}
	if c.Good {
		c.Do = words.T("何が効いたかを1行書き留めて、かかわった人に伝えましょう。", "Write down in one line what worked, and tell those who had a part in it.")
	} else {
		c.Do = words.T("足りなかった理由を1つ選び、次の節目までに変えることを1つ決めましょう。", "Choose one reason it was missed, and one thing to change before the next.")
	}
	return c
}

// round takes away of a number what a pace worked out has too much of: half an application
// is no milestone.
func round(v float64, unit string) float64 {
	if unit == "%" || math.Abs(v) < 10 {
		return v
	}
	return math.Round(v)
}
