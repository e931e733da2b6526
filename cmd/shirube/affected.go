package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/law"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server"
	"github.com/shirube/shirube/internal/store"
)

type affectedCommand struct {
	Workspace string `arg:"" help:"${help_affected_workspace}"`
	Since     string `required:"" placeholder:"2026-04-01" help:"${help_affected_since}"`
	Until     string `required:"" placeholder:"2026-04-30" help:"${help_affected_until}"`
	Data      string `required:"" placeholder:"DIR" env:"SHIRUBE_DATA" help:"${help_data}"`
	State     string `placeholder:"URL" env:"SHIRUBE_STATE" help:"${help_state}"`
}

// Run lists everybody whose data were written or changed in a span: when data got out, the
// first report is due within days, and it names how many and whom.
func (c *affectedCommand) Run(p *program) (err error) {
	ctx := context.Background()
	since, err := momentOf(c.Since, false)
	if err != nil {
		return err
	}
	until, err := momentOf(c.Until, true)
	if err != nil {
		return err
	}
	place := c.State
	if place == "" {
		place = c.Data
		if _, err := os.Stat(filepath.Join(place, store.SQLiteFile)); errors.Is(err, os.ErrNotExist) {
			return usage("%s にはまだデータがありません。--data に、サーバーと同じフォルダを指定してください。", "There are no data in %s. Give --data the folder the server uses.", place)
		}
	}
	state, err := store.Open(ctx, place, store.Options{Now: p.now})
	if err != nil {
		return fmt.Errorf("open state: %w", err)
	}
	defer func() { err = errors.Join(err, state.Close()) }()
	ws, err := state.Workspaces.BySlug(ctx, c.Workspace)
	if errors.As(err, new(store.ErrNotFound)) {
		return usage("ワークスペース %s がありません。", "There is no workspace %s.", c.Workspace)
	}
	if err != nil {
		return err
	}
	ids, err := state.Moments.Touched(ctx, ws.ID, since, until)
	if err != nil {
		return err
	}
	if err := server.WriteContacts(ctx, state, ws.ID, append([]contact.ID{}, ids...), p.stdout, p.lang); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stderr, law.Report(len(ids)).In(p.lang)) // beside the list, which is a file for programs
	return err
}

// momentOf reads a day or a moment; of a day its begin, or with last its end (in UTC, as
// moments without a zone are everywhere on the command line).
func momentOf(text string, last bool) (event.Millis, error) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return event.Millis(at.UnixMilli()), nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, usage("日時「%s」が読めません。2026-04-01 か 2026-04-01T09:00:00+09:00 の形で書いてください。",
			"The moment %q cannot be read. Write it like 2026-04-01 or 2026-04-01T09:00:00+09:00.", text)
	}
	if last {
		day = day.AddDate(0, 0, 1)
	}
	return event.Millis(day.UnixMilli()), nil
}
