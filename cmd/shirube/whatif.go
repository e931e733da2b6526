package main

import (
	"errors"
	"fmt"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

type whatifCommand struct {
	modelFlags
	Set []string `required:"" sep:"none" placeholder:"ID=*2" help:"${help_set}"`
}

// Run prints what a change would do to everything above it.
func (c *whatifCommand) Run(p *program) error {
	r, err := c.read(p)
	if err != nil {
		return err
	}
	sets := make([]insight.Set, len(c.Set))
	for i, s := range c.Set {
		if sets[i], err = insight.ParseSet(s); err != nil {
			return c.placed(err)
		}
	}
	result, err := insight.WhatIf(r.evaluator, sets, r.options)
	if err != nil {
		return c.placed(err)
	}
	if c.JSON {
		return printJSON(p.stdout, result)
	}
	p.printWhatIf(r, result)
	return nil
}

func (c *whatifCommand) placed(err error) error {
	if set, ok := errors.AsType[*insight.SetError](err); ok {
		return c.atTop(set.What, set.Mend)
	}
	return err
}

func (p *program) printWhatIf(r *reading, result insight.WhatIfResult) {
	paint := inkFor(p.stdout)
	fmt.Fprintln(p.stdout, paint.paint(quiet, words.T("%sの数で計算", "computed on %s", result.Span).In(p.lang)))
	g := &grid{right: map[int]bool{1: true, 3: true, 4: true}}
	for _, i := range result.Indicators {
		ind := r.model.Indicator(i.ID)
		change := ""
		if i.Before != nil && i.After != nil && *i.Before != 0 {
			change = words.RelativeChange(*i.After / *i.Before - 1).In(p.lang)
		}
		g.add(cell{text: shortened(ind.Name, widestName)}, cell{text: p.amount(i.Before, ind.Unit)}, cell{text: "→"}, cell{text: p.amount(i.After, ind.Unit), colour: bold}, cell{text: change})
	}
	g.print(p.stdout, paint)
	if len(result.Indicators) == 0 {
		fmt.Fprintln(p.stdout, words.T("何も変わりません。", "Nothing changes.").In(p.lang))
	}
	for _, i := range result.Indicators {
		if i.NoValue != nil {
			fmt.Fprintf(p.stdout, "%s: %s\n", r.model.Indicator(i.ID).Name, *i.NoValue)
		}
	}
	if k := result.KGI; k.PAttainBefore != nil && k.PAttainAfter != nil {
		fmt.Fprintln(p.stdout, words.T("目標に届く見込み: %s → %s", "Chance of reaching the target: %s → %s", words.Chance(*k.PAttainBefore), words.Chance(*k.PAttainAfter)).In(p.lang))
	}
	for _, n := range result.NotCounted {
		fmt.Fprintln(p.stdout, paint.paint(quiet, n.Sentence))
	}
	for _, w := range result.Warnings {
		fmt.Fprintln(p.stdout, paint.paint(yellow, w))
	}
}
