package server

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/viewlink"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// plantedLink is a link the made-up company has given out.
type plantedLink struct {
	name   words.Text
	shows  []viewlink.Part
	sites  []string
	made   int         // days ago
	lasts  int         // days from then on
	opened map[int]int // by days ago
}

func plantedLinks() []plantedLink {
	return []plantedLink{
		{
			name: words.T("取締役会の資料から", "From the board's papers"), shows: []viewlink.Part{viewlink.Now, viewlink.Map, viewlink.Glossary},
			made: 25, lasts: 90, opened: map[int]int{24: 3, 23: 1, 17: 2, 10: 4, 9: 1, 3: 2, 1: 1},
		},
		{
			name: words.T("社内ポータル", "Intranet"), shows: []viewlink.Part{viewlink.Now}, sites: []string{"portal.hinata.example"},
			made: 40, lasts: 366, opened: map[int]int{28: 6, 27: 4, 26: 5, 25: 3, 22: 8, 21: 5, 20: 4, 19: 6, 18: 2, 14: 9, 13: 6, 12: 5, 11: 4, 8: 7, 7: 6, 6: 4, 5: 5, 1: 8},
		},
	}
}

// PlantLinks writes down the links the made-up company has given out, by the first of its
// team. Their addresses are told to nobody.
func PlantLinks(ctx context.Context, db *store.DB, ws store.WorkspaceID, author string, now time.Time, lang words.Lang, past Past) error {
	defer past.to(event.Millis(now.UnixMilli()))
	err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return plantLinks(ctx, tx, ws, author, now, lang, past) })
	if err != nil {
		return fmt.Errorf("plant links: %w", err)
	}
	return nil
}

func plantLinks(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, author string, now time.Time, lang words.Lang, past Past) error {
	today := series.DayOf(now.In(template.Zone))
	for _, link := range plantedLinks() {
		made := now.AddDate(0, 0, -link.made)
		past.to(event.Millis(made.UnixMilli()))
		view, _, err := tx.Views.Create(ctx, ws, store.NewView{Author: author, ViewSettings: store.ViewSettings{
			Name: link.name.In(lang), Shows: link.shows, Sites: link.sites, ExpiresAt: made.AddDate(0, 0, link.lasts),
		}})
		if err != nil {
			return err
		}
		for ago := link.made; ago > 0; ago-- {
			past.to(event.Millis(now.AddDate(0, 0, -ago).UnixMilli()))
			for range link.opened[ago] {
				if err := tx.Views.Opened(ctx, ws, view.ID, today-series.Day(ago), len(link.sites) > 0); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
