package main

import (
	"context"
	"time"

	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/server"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// share writes down what the team of the made-up company says to one another about its goal.
func share(ctx context.Context, state *store.DB, clock *settable, ws store.Workspace, now time.Time, lang words.Lang) error {
	defer clock.Go()
	team := demo.Team(lang)
	names := make([]string, len(team))
	for i, c := range team {
		names[i] = c.Name
	}
	if err := server.PlantLinks(ctx, state, ws.ID, names[0], now, lang, clock.Set); err != nil {
		return err
	}
	if err := server.PlantAgreement(ctx, state, ws.ID, now, lang, clock.Set); err != nil {
		return err
	}
	return server.PlantTalk(ctx, state, ws.ID, names, now, lang, clock.Set)
}
