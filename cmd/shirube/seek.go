package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

type seekCommand struct {
	modelFlags
	Probability float64 `default:"0" placeholder:"0.8" help:"${help_probability}"`
}

// Run prints the least effort that reaches the KGI.
func (c *seekCommand) Run(p *program) error {
	r, err := c.read(p)
	if err != nil {
		return err
	}
	if !(c.Probability >= 0 && c.Probability < 1) {
		return usage("--probability は0より大きく1より小さい数です(例: 0.8)。", "--probability is a number between 0 and 1, such as 0.8.")
	}
	result := insight.Seek(r.evaluator, r.options, insight.SeekOptions{Probability: c.Probability})
	if c.JSON {
		return printJSON(p.stdout, result)
	}
	p.printSeek(result)
	return nil
}

func (p *program) printSeek(result insight.SeekResult) {
	paint := inkFor(p.stdout)
	fmt.Fprintln(p.stdout, paint.paint(bold, result.Sentence))
	changes := result.Changes
	if result.Best != nil {
		changes = result.Best.Changes
	}
	g := &grid{right: map[int]bool{1: true, 3: true, 4: true}}
	for _, c := range changes {
		g.add(cell{text: shortened(c.Name, widestName)}, cell{text: p.amount(c.From, c.Unit)}, cell{text: "→"},
			cell{text: p.amount(c.To, c.Unit), colour: bold}, cell{text: words.SmallChange(*c.Relative).In(p.lang)})
	}
	g.print(p.stdout, paint)
	for _, w := range result.Warnings {
		fmt.Fprintln(p.stdout, paint.paint(yellow, w))
	}
}
