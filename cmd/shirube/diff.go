package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

type diffCommand struct {
	Old  string `arg:"" help:"${help_file}"`
	New  string `arg:"" help:"${help_file}"`
	JSON bool   `name:"json" help:"${help_json}"`
}

// changeJSON is a change for programs.
type changeJSON struct {
	Kind      goal.ChangeKind `json:"kind"`
	What      string          `json:"what"`
	Indicator string          `json:"indicator"`
	Field     string          `json:"field"`
	Before    string          `json:"before"`
	After     string          `json:"after"`
	Sentence  string          `json:"sentence"`
}

// Run lists what changed between two models.
func (c *diffCommand) Run(p *program) error {
	before, err := p.readModel(c.Old)
	if err != nil {
		return err
	}
	after, err := p.readModel(c.New)
	if err != nil {
		return err
	}
	changes := goal.Diff(before, after)
	if c.JSON {
		out := struct {
			Changes []changeJSON `json:"changes"`
		}{Changes: []changeJSON{}}
		for _, d := range changes {
			out.Changes = append(out.Changes, changeJSON{d.Kind, d.What, d.Indicator, d.Field, d.Before, d.After, d.Sentence.In(p.lang)})
		}
		return printJSON(p.stdout, out)
	}
	if len(changes) == 0 {
		fmt.Fprintln(p.stdout, words.T("違いはありません。", "There is no difference.").In(p.lang))
	}
	signs := map[goal.ChangeKind]string{goal.Added: "+", goal.Removed: "−", goal.Changed: "~"}
	for _, d := range changes {
		fmt.Fprintf(p.stdout, "%s %s\n", signs[d.Kind], d.Sentence.In(p.lang))
	}
	return nil
}
