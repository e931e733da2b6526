package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

type statusCommand struct {
	modelFlags
}

// Run prints where the KGI and every KPI stand.
func (c *statusCommand) Run(p *program) error {
	r, err := c.read(p)
	if err != nil {
		return err
	}
	standing := insight.Status(r.evaluator, r.options)
	if c.JSON {
		return printJSON(p.stdout, standing)
	}
	p.printStanding(r, standing)
	return nil
}

// mark is the sign of a status, its word and its colour.
type mark struct {
	sign, colour string
	word         words.Text
}

var marks = map[string]mark{
	insight.StatusMet:      {"◎", green, words.T("達成", "met")},
	insight.StatusOnPace:   {"○", blue, words.T("順調", "on pace")},
	insight.StatusBehind:   {"△", yellow, words.T("遅れ", "behind")},
	insight.StatusMissed:   {"✕", red, words.T("未達", "missed")},
	insight.StatusTooEarly: {"…", quiet, words.T("判定前", "too early to tell")},
	insight.StatusNoData:   {"—", quiet, words.T("データなし", "no data")},
}

func (p *program) printStanding(r *reading, standing *insight.Standing) {
	paint := inkFor(p.stdout)
	title := r.model.Name
	if title == "" {
		title = r.model.KGI().Name
	}
	fmt.Fprintf(p.stdout, "%s  %s\n\n", paint.paint(bold, title),
		paint.paint(quiet, words.T("%sまでのデータ", "data up to %s", r.options.AsOf.Long()).In(p.lang)))
	depths := r.model.Depths()
	g := &grid{right: map[int]bool{2: true, 3: true, 4: true, 5: true, 6: true}}
	g.add(header(p.lang, words.T("", ""), words.T("指標", "Indicator"), words.T("値", "Value"), words.T("目標", "Target"), words.T("達成度", "Attained"), words.T("目安", "Pace line"), words.T("ペース", "Pace"), words.T("", ""))...)
	for _, i := range standing.Indicators {
		g.add(p.standingRow(i, depths[i.ID])...)
	}
	g.print(p.stdout, paint)
	for _, i := range standing.Indicators {
		if i.MissingDays > 0 && i.Value != nil {
			fmt.Fprintln(p.stdout, paint.paint(quiet, words.T("%s: %s のうち%d日分のデータがありません。", "%s: %[3]d days of %[2]s have no data.", i.Name, i.ValueSpan, i.MissingDays).In(p.lang)))
		}
	}
}

func header(lang words.Lang, titles ...words.Text) []cell {
	out := make([]cell, len(titles))
	for i, t := range titles {
		out[i] = cell{text: t.In(lang), colour: quiet}
	}
	return out
}

func (p *program) standingRow(i *insight.Reading, depth int) []cell {
	m := marks[i.Status]
	sign, note := cell{m.sign, m.colour}, cell{m.word.In(p.lang), m.colour}
	if i.Goal == nil && i.Value != nil {
		sign, note = cell{text: "·", colour: quiet}, cell{}
	}
	if i.NoValue != nil {
		note = cell{*i.NoValue, quiet}
	}
	indent := ""
	for range depth {
		indent += "  "
	}
	return []cell{sign, {text: indent + shortened(i.Name, widestName)}, {text: p.amount(i.Value, i.Unit), colour: bold}, {text: p.amount(i.Target, i.Unit)},
		{text: p.percent(i.Attainment)}, {text: p.amount(i.Expected, i.Unit)}, {text: p.percent(i.Pace)}, note}
}

// amount writes a number with its unit; what does not exist is a dash.
func (p *program) amount(v *float64, unit string) string {
	if v == nil {
		return "—"
	}
	return words.Amount{Value: *v, Unit: unit}.In(p.lang)
}

func (p *program) percent(v *float64) string {
	if v == nil {
		return "—"
	}
	return words.Percent(*v).In(p.lang)
}
