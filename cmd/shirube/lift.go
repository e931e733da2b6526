package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/words"
)

type liftCommand struct {
	File      string  `arg:"" help:"${help_lift_file}"`
	Arm       string  `required:"" placeholder:"COL" help:"${help_lift_arm}"`
	Control   string  `required:"" placeholder:"VALUE" help:"${help_lift_control}"`
	Outcome   string  `required:"" placeholder:"COL" help:"${help_lift_outcome}"`
	Per       string  `placeholder:"COL" help:"${help_lift_per}"`
	Pre       string  `placeholder:"COL" help:"${help_lift_pre}"`
	Date      string  `placeholder:"COL" help:"${help_lift_date}"`
	Expect    string  `placeholder:"A=1,B=1" help:"${help_lift_expect}"`
	Matters   string  `placeholder:"5%" help:"${help_lift_matters}"`
	Alpha     float64 `default:"0.05" help:"${help_lift_alpha}"`
	Planned   float64 `default:"5000" placeholder:"N" help:"${help_lift_planned}"`
	Number    string  `placeholder:"1,234.5" help:"${help_score_number}"`
	DateOrder string  `placeholder:"dmy|mdy" help:"${help_score_dates}"`
	JSON      bool    `name:"json" help:"${help_json}"`
}

// Run compares the arms of a randomised experiment with its control.
func (c *liftCommand) Run(p *program) error {
	question, err := c.question()
	if err != nil {
		return err
	}
	number, ok := table.ParseNumberStyle(c.Number)
	if !ok {
		return usage("--number「%s」が読めません。1,234.5 か 1.234,5 と書いてください。", "--number “%s” cannot be read. Write 1,234.5 or 1.234,5.", c.Number)
	}
	order, ok := table.ParseDateOrder(c.DateOrder)
	if !ok {
		return usage("--date-order「%s」が読めません。dmy か mdy と書いてください。", "--date-order “%s” cannot be read. Write dmy or mdy.", c.DateOrder)
	}
	read, err := readExperiment(experimentFile{path: c.File, arm: c.Arm, outcome: c.Outcome, per: c.Per, pre: c.Pre, date: c.Date, number: number, order: order})
	if err != nil {
		return err
	}
	in := insight.LiftInput{Outcome: read.outcome, Per: c.Per, Share: read.yesNo && c.Per == "", Days: read.days(), LeftOut: read.leftOut, Question: question, Lang: p.lang}
	if in.Control, in.Arms, err = read.split(c.Control); err != nil {
		return err
	}
	if in.Planned, err = c.planned(in); err != nil {
		return err
	}
	report := insight.Lift(in)
	if c.JSON {
		return printJSON(p.stdout, report)
	}
	p.printLift(report, in.Share)
	return nil
}

// question reads the flags that say how to compare.
func (c *liftCommand) question() (lift.Question, error) {
	q := lift.Question{Alpha: c.Alpha, Tuning: c.Planned, Before: c.Pre != ""}
	if !(c.Alpha > 0 && c.Alpha < 0.5) {
		return q, usage("--alpha は0より大きく0.5より小さい数です(例: 0.05)。", "--alpha is a number above 0 and below 0.5 (0.05).")
	}
	if !(c.Planned >= 100 && c.Planned <= 1e12) {
		return q, usage("--planned は100以上の人数です。", "--planned is a number of people, at least 100.")
	}
	if c.Matters != "" {
		v, ok, err := table.ParseNumber(c.Matters, table.StyleDot)
		if err != nil || !ok || !(v > 0 && v < 10) {
			return q, usage("--matters「%s」が読めません。5%% のように書いてください。", "--matters “%s” cannot be read. Write it like 5%%.", c.Matters)
		}
		q.Matters = v
	}
	return q, nil
}

// printLift prints the arms as a table and then what was found in words.
func (p *program) printLift(r insight.LiftReport, share bool) {
	paint := inkFor(p.stdout)
	unit := ""
	if share {
		unit = "%"
	}
	g := &grid{right: map[int]bool{2: true, 3: true, 4: true}}
	g.add(header(p.lang, words.T("", ""), words.T("グループ", "Arm"), words.T("人数", "People"), words.Text{JA: r.Outcome, EN: r.Outcome},
		words.T("差", "Lift"), words.T("確からしい範囲(何度見ても)", "Likely range (however often you look)"), words.T("(1回だけ見るなら)", "(for one planned look)"))...)
	g.add(cell{text: "·", colour: quiet}, cell{text: shortened(r.Control.Arm, widestName)}, cell{text: words.Group(float64(r.Control.N), 0)}, cell{p.amount(r.Control.Mean, unit), bold}, cell{}, cell{}, cell{})
	for _, a := range r.Arms {
		g.add(liftMark(a), cell{text: shortened(a.Arm, widestName)}, cell{text: words.Group(float64(a.N), 0)}, cell{p.amount(a.Mean, unit), bold},
			cell{text: p.relative(a.Lift)}, cell{text: p.span(a.AlwaysValid.CI95)}, cell{p.span(a.CI95), quiet})
	}
	g.print(p.stdout, paint)
	fmt.Fprintln(p.stdout)
	for _, a := range r.Arms {
		fmt.Fprintln(p.stdout, a.Sentence)
	}
	for _, w := range r.Warnings {
		fmt.Fprintln(p.stdout, paint.paint(yellow, w))
	}
}

func liftMark(a insight.LiftFinding) cell {
	switch {
	case a.By != nil && *a.By == insight.LiftByOneLook:
		return cell{"…", quiet}
	case a.Verdict == lift.Higher:
		return cell{"▲", green}
	case a.Verdict == lift.Lower:
		return cell{"▼", red}
	case a.Verdict == lift.Same:
		return cell{"＝", blue}
	}
	return cell{"…", quiet}
}

// relative writes a signed relative change with the decimals a small one needs.
func (p *program) relative(v *float64) string {
	if v == nil {
		return "—"
	}
	return words.Signed(100**v, 1) + "%"
}

func (p *program) span(ci *[2]float64) string {
	if ci == nil {
		return "—"
	}
	return words.T("%s〜%s", "%s to %s", p.relative(&ci[0]), p.relative(&ci[1])).In(p.lang)
}
