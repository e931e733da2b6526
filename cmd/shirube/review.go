package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

type reviewCommand struct {
	modelFlags
	FailOn string `name:"fail-on" enum:"error,warning,never" default:"error" help:"${help_fail_on}"`
}

// Run prints everything that makes the goal worse than it could be, the most at stake
// first.
func (c *reviewCommand) Run(p *program) error {
	r, err := c.read(p)
	if err != nil {
		return err
	}
	findings := insight.Review(r.evaluator, r.options)
	if c.JSON {
		err = printJSON(p.stdout, struct {
			Findings []insight.ReviewFinding `json:"findings"`
		}{findings})
	} else {
		p.printReview(r, findings)
	}
	if err != nil {
		return err
	}
	for _, f := range findings {
		if f.Severity == goal.SeverityError && c.FailOn != "never" || f.Severity == goal.SeverityWarning && c.FailOn == "warning" {
			return found{}
		}
	}
	return nil
}

func (p *program) printReview(r *reading, findings []insight.ReviewFinding) {
	paint := inkFor(p.stdout)
	fmt.Fprintln(p.stdout, paint.paint(quiet, words.T("%sまでのデータ", "data up to %s", r.options.AsOf.Long()).In(p.lang)))
	if len(findings) == 0 {
		fmt.Fprintln(p.stdout, paint.paint(green, words.T("◎ 気になるところはありません。", "◎ Nothing to mend.").In(p.lang)))
		return
	}
	for _, f := range findings {
		colour, sign := quiet, "·"
		for _, s := range severities {
			if s.severity == f.Severity {
				colour, sign = s.colour, s.sign
			}
		}
		title := f.Title
		if f.Stake != nil {
			title += " " + words.T("(%[2]s %[1]s)", "(%[1]s, %[2]s)", words.Change{Value: f.Stake.Amount, Unit: f.Stake.Unit}, f.Stake.Label).In(p.lang)
		}
		fmt.Fprintf(p.stdout, "\n%s %s  %s\n", paint.paint(colour, sign), paint.paint(bold, title), paint.paint(quiet, f.Code))
		fmt.Fprintf(p.stdout, "  %s\n", f.Sentence)
		for _, line := range f.Body {
			fmt.Fprintf(p.stdout, "  %s\n", line)
		}
		fmt.Fprintf(p.stdout, "  → %s\n", f.Mend)
	}
}
