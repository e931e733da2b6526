package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

type forecastCommand struct {
	modelFlags
	Indicator string `placeholder:"ID" help:"${help_indi}"`
	Horizon   int    `default:"28" placeholder:"N" help:"${help_horizon}"`
}

// Run prints one indicator's days to come.
func (c *forecastCommand) Run(p *program) error {
	r, err := c.read(p)
	if err != nil {
		return err
	}
	if c.Horizon < 1 || c.Horizon > insight.LongestForecast {
		return usage("--horizon は1から%dまでの日数です。", "--horizon is a number of days from 1 to %d.", insight.LongestForecast)
	}
	id, err := c.indicator(r, c.Indicator)
	if err != nil {
		return err
	}
	f := insight.ForecastOf(r.evaluator, id, c.Horizon, r.options)
	if c.JSON {
		return printJSON(p.stdout, f)
	}
	p.printForecast(r, f)
	return nil
}

func (p *program) printForecast(r *reading, f insight.Forecast) {
	paint := inkFor(p.stdout)
	ind := r.model.Indicator(f.Indicator)
	fmt.Fprintln(p.stdout, paint.paint(bold, ind.Name)+"  "+paint.paint(quiet, words.T("%sまでのデータから", "from data up to %s", f.AsOf.Long()).In(p.lang)))
	if f.Reason != nil {
		fmt.Fprintln(p.stdout, *f.Reason)
		return
	}
	g := &grid{right: map[int]bool{1: true, 2: true, 3: true}}
	g.add(cell{text: ""}, cell{text: words.T("見込み", "expected").In(p.lang), colour: quiet},
		cell{text: words.T("80%の幅", "80% band").In(p.lang), colour: quiet}, cell{text: words.T("95%の幅", "95% band").In(p.lang), colour: quiet})
	for _, d := range f.Days {
		g.add(cell{text: d.Date.String()}, cell{text: p.amount(d.Mean, ind.Unit), colour: bold},
			cell{text: p.amount(d.Lo80, ind.Unit) + " – " + p.amount(d.Hi80, ind.Unit)}, cell{text: p.amount(d.Lo95, ind.Unit) + " – " + p.amount(d.Hi95, ind.Unit), colour: quiet})
	}
	g.print(p.stdout, paint)
	if f.PAttain != nil {
		fmt.Fprintln(p.stdout, words.T("目標に届く見込み: %s", "Chance of reaching the target: %s", words.Chance(*f.PAttain)).In(p.lang))
	}
	if f.Backtest != nil {
		fmt.Fprintln(p.stdout, paint.paint(quiet, f.Backtest.Sentence))
	}
}
