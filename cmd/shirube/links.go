package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

type linksCommand struct {
	modelFlags
}

// Run prints what the data say about every link.
func (c *linksCommand) Run(p *program) error {
	r, err := c.read(p)
	if err != nil {
		return err
	}
	links := insight.LinkReport(r.evaluator, r.options)
	if c.JSON {
		return printJSON(p.stdout, struct {
			AsOf  series.Day             `json:"as_of"`
			Links []insight.LinkEvidence `json:"links"`
		}{r.options.AsOf, links})
	}
	p.printLinks(r, links)
	return nil
}

// verdictMarks say a verdict in one sign and one word.
var verdictMarks = map[string]struct {
	colour string
	word   words.Text
}{
	insight.VerdictMoves:       {green, words.T("動かす", "moves")},
	insight.VerdictDoesNotMove: {yellow, words.T("動かさない", "does not move")},
	insight.VerdictCannotTell:  {quiet, words.T("まだ不明", "cannot tell")},
}

func (p *program) printLinks(r *reading, links []insight.LinkEvidence) {
	paint := inkFor(p.stdout)
	fmt.Fprintln(p.stdout, paint.paint(quiet, words.T("%sまでのデータ", "data up to %s", r.options.AsOf.Long()).In(p.lang)))
	formulas := 0
	for _, l := range links {
		if l.Verdict == insight.VerdictIdentity {
			formulas++
			continue
		}
		mark := verdictMarks[l.Verdict]
		word := mark.word.In(p.lang)
		if l.Break != nil {
			mark.colour = red
		}
		fmt.Fprintf(p.stdout, "%s → %s  %s  (%s)\n", r.model.Indicator(l.From).Name, r.model.Indicator(l.To).Name, paint.paint(mark.colour, word), l.GradeLabel)
		fmt.Fprintln(p.stdout, "  "+l.Sentence)
		if l.Proposal != nil {
			fmt.Fprintln(p.stdout, "  "+paint.paint(quiet, l.Proposal.Sentence))
		}
	}
	if formulas > 0 {
		fmt.Fprintln(p.stdout, paint.paint(quiet, words.T("ほかに式のつながりが%d本あります(計算どおりに動きます)。", "There are %d more links by formula, which follow by calculation.", formulas).In(p.lang)))
	}
}
