package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/words"
)

type scoreCommand struct {
	Learn scoreLearnCommand `cmd:"" help:"${help_score_learn}"`
}

type scoreLearnCommand struct {
	File      string   `arg:"" help:"${help_score_file}"`
	Outcome   string   `required:"" placeholder:"COL" help:"${help_score_outcome}"`
	Positive  string   `placeholder:"VALUE" help:"${help_score_positive}"`
	MaxPoints int      `default:"5" help:"${help_score_points}"`
	MaxRules  int      `default:"10" help:"${help_score_rules}"`
	Keep      []string `sep:"none" placeholder:"COL" help:"${help_score_keep}"`
	LeaveOut  []string `sep:"none" placeholder:"COL" help:"${help_score_leave_out}"`
	Monotone  []string `sep:"none" placeholder:"COL=up" help:"${help_score_monotone}"`
	Compare   string   `placeholder:"CSV" help:"${help_score_compare}"`
	Number    string   `placeholder:"1,234.5" help:"${help_score_number}"`
	DateOrder string   `placeholder:"dmy|mdy" help:"${help_score_dates}"`
	JSON      bool     `name:"json" help:"${help_json}"`
}

// Run learns a scorecard from a table of cases with their outcome.
func (c *scoreLearnCommand) Run(p *program) error {
	if c.MaxPoints < 1 || c.MaxPoints > scorecard.MostPoints {
		return usage("--max-points は 1 から %d までです。", "--max-points is 1 to %d.", scorecard.MostPoints)
	}
	if c.MaxRules < 1 || c.MaxRules > scorecard.MostRules {
		return usage("--max-rules は 1 から %d までです。", "--max-rules is 1 to %d.", scorecard.MostRules)
	}
	number, ok := table.ParseNumberStyle(c.Number)
	if !ok {
		return usage("--number「%s」が読めません。1,234.5 か 1.234,5 と書いてください。", "--number “%s” cannot be read. Write 1,234.5 or 1.234,5.", c.Number)
	}
	order, ok := table.ParseDateOrder(c.DateOrder)
	if !ok {
		return usage("--date-order「%s」が読めません。dmy か mdy と書いてください。", "--date-order “%s” cannot be read. Write dmy or mdy.", c.DateOrder)
	}
	cases, err := readCases(caseFile{path: c.File, outcome: c.Outcome, positive: c.Positive, leaveOut: c.LeaveOut, number: number, order: order})
	if err != nil {
		return err
	}
	opt := scorecard.Options{MaxPoints: c.MaxPoints, MaxRules: c.MaxRules}
	if opt.Keep, err = cases.named(c.Keep); err != nil {
		return err
	}
	if opt.LeaveOut, err = cases.named(c.LeaveOut); err != nil {
		return err
	}
	if opt.Monotone, err = c.limits(cases); err != nil {
		return err
	}
	if c.Compare != "" {
		hand, err := readHandMade(c.Compare, cases.table)
		if err != nil {
			return err
		}
		opt.Hand = &hand
	}
	result, err := scorecard.Learn(cases.table, opt)
	if err != nil {
		return fmt.Errorf("learn scorecard from %q: %w", c.File, err)
	}
	if c.JSON {
		return printJSON(p.stdout, scoreJSONOf(result, cases, opt.Hand != nil, p.lang))
	}
	printScore(p, result, cases, opt.Hand != nil)
	return nil
}

// limits reads --monotone COL=up|down.
func (c *scoreLearnCommand) limits(cases *cases) (map[string]scorecard.Direction, error) {
	out := map[string]scorecard.Direction{}
	for _, text := range c.Monotone {
		at := strings.LastIndex(text, "=")
		direction := scorecard.Free
		if at > 0 {
			direction = map[string]scorecard.Direction{"up": scorecard.Up, "down": scorecard.Down}[strings.TrimSpace(text[at+1:])]
		}
		if direction == scorecard.Free {
			return nil, usage("--monotone「%s」が読めません。「訪問数=up」か「距離=down」のように書いてください。", "--monotone “%s” cannot be read. Write it like visits=up or distance=down.", text)
		}
		names, err := cases.named([]string{text[:at]})
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(cases.table.Columns, func(col scorecard.Column) bool { return col.Name == names[0] })
		if i >= 0 && cases.table.Columns[i].Kind != scorecard.Number {
			return nil, &words.Problem{At: cases.headerAt,
				What: words.T("列「%s」は数ではないので、増えるほど上げる・下げるとは決められません。", "The column “%s” holds no numbers, so more of it cannot mean more or fewer points.", names[0]),
				Mend: words.T("--monotone には数の列を指定してください。", "Name a column of numbers in --monotone.")}
		}
		out[names[0]] = direction
	}
	return out, nil
}
