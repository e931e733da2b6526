package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

type explainCommand struct {
	modelFlags
	Indicator string `placeholder:"ID" help:"${help_indi}"`
	Base      string `required:"" placeholder:"A..B" help:"${help_base}"`
	Now       string `required:"" placeholder:"C..D" help:"${help_now}"`
}

// Run splits the change of an indicator between two periods into its causes.
func (c *explainCommand) Run(p *program) error {
	r, err := c.read(p)
	if err != nil {
		return err
	}
	base, err := spanFlag("--base", c.Base)
	if err != nil {
		return err
	}
	now, err := spanFlag("--now", c.Now)
	if err != nil {
		return err
	}
	id, err := c.indicator(r, c.Indicator)
	if err != nil {
		return err
	}
	explanation := insight.Explain(r.evaluator, id, base, now, r.options)
	if c.JSON {
		return printJSON(p.stdout, explanation)
	}
	if explanation.Reason != nil {
		fmt.Fprintln(p.stdout, *explanation.Reason)
		return nil
	}
	fmt.Fprintln(p.stdout, explanation.Sentence)
	if explanation.Worth != nil {
		fmt.Fprintln(p.stdout, explanation.Worth.Sentence)
	}
	for _, part := range explanation.Parts {
		fmt.Fprintf(p.stdout, "  %s\n", part.Sentence)
	}
	for _, influence := range explanation.Influences {
		fmt.Fprintf(p.stdout, "  %s\n", influence.Sentence)
	}
	for _, cause := range explanation.Causes {
		fmt.Fprintf(p.stdout, "  %s\n", cause.Sentence)
	}
	return nil
}

// indicator is the one asked for, the KGI where none is.
func (f modelFlags) indicator(r *reading, id string) (string, error) {
	if id == "" {
		return r.model.KGI().ID, nil
	}
	if r.model.Indicator(id) == nil {
		return "", f.unknown(r.model, id)
	}
	return id, nil
}

// unknown tells that the model has no indicator of that id.
func (f modelFlags) unknown(m *goal.Model, id string) error {
	ids := make([]string, len(m.Indicators))
	for i, ind := range m.Indicators {
		ids[i] = ind.ID
	}
	return f.atTop(words.T("「%s」という指標はありません。", "There is no indicator “%s”.", id), words.Suggestion(id, ids))
}

// atTop is a problem with how the model was asked, placed at the model itself.
func (f modelFlags) atTop(what, mend words.Text) error {
	return &words.Problem{At: words.At{File: f.File, Line: 1, Col: 1}, What: what, Mend: mend}
}

func spanFlag(flag, text string) (series.Span, error) {
	span, err := series.ParseSpan(text)
	if err != nil || span.Empty() {
		return span, usage("%s の期間「%s」が読めません。2026-04-01..2026-04-30 のように書いてください。", "The period “%[2]s” of %[1]s cannot be read. Write it like 2026-04-01..2026-04-30.", flag, text)
	}
	return span, nil
}
