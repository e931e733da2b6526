package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

type checkCommand struct {
	modelFlags
	FailOn string `name:"fail-on" enum:"error,warning,never" default:"error" help:"${help_fail_on}"`
}

// Run prints what is weak in the goal and its tree, and the mend.
func (c *checkCommand) Run(p *program) error {
	r, err := c.read(p)
	if err != nil {
		return err
	}
	findings := insight.Check(r.evaluator, r.options)
	if c.JSON {
		err = printJSON(p.stdout, struct {
			Findings []insight.Finding `json:"findings"`
		}{findings})
	} else {
		p.printFindings(r, findings)
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

// severities are the signs, colours and words of findings, the worst first.
var severities = []struct {
	severity goal.Severity
	mark
}{
	{goal.SeverityError, mark{"✕", red, words.T("直すこと", "To mend")}},
	{goal.SeverityWarning, mark{"△", yellow, words.T("気をつけること", "To mind")}},
	{goal.SeverityInfo, mark{"·", quiet, words.T("できること", "To consider")}},
}

func (p *program) printFindings(r *reading, findings []insight.Finding) {
	paint := inkFor(p.stdout)
	fmt.Fprintln(p.stdout, paint.paint(quiet, words.T("%sまでのデータ", "data up to %s", r.options.AsOf.Long()).In(p.lang)))
	if len(findings) == 0 {
		fmt.Fprintln(p.stdout, paint.paint(green, words.T("◎ 気になるところはありません。", "◎ Nothing to mend.").In(p.lang)))
		return
	}
	for _, s := range severities {
		titled := false
		for _, f := range findings {
			if f.Severity != s.severity {
				continue
			}
			if !titled {
				fmt.Fprintf(p.stdout, "\n%s\n", paint.paint(bold, s.word.In(p.lang)))
				titled = true
			}
			fmt.Fprintf(p.stdout, "  %s %s\n    → %s  %s\n", paint.paint(s.colour, s.sign), f.Sentence, f.Mend, paint.paint(quiet, f.Code))
		}
	}
}
