package server

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
	"github.com/shirube/shirube/internal/words"
)

// TestPlantedAlerts: what the made-up company was told lies on mornings of business days, in
// the words of its language, and is known to be told.
func TestPlantedAlerts(t *testing.T) {
	t.Parallel()
	for _, lang := range []words.Lang{words.JA, words.EN} {
		clock := officeNoon
		db := storetest.SQLite(t, store.Options{Now: func() time.Time { return clock }})
		ws, err := db.Workspaces.Create(t.Context(), store.NewWorkspace{Slug: "hinata", Name: "x"})
		if err != nil {
			t.Fatal(err)
		}
		if err := PlantAlerts(t.Context(), db, ws.ID, officeNoon, lang, func(at time.Time) { clock = at }); err != nil {
			t.Fatal(err)
		}
		told, err := db.Alerts.Messages(t.Context(), ws.ID, 10)
		if err != nil || len(told) != 3 || told[0].ToldAt.In(officeNoon.Location()).Format("01-02 15:04") != "11-20 08:00" {
			t.Fatalf("%+v %v", told, err)
		}
		for _, m := range told {
			if strings.Contains(m.Title.In(lang), "%!") || lang == words.EN && strings.Contains(m.Title.EN, "率") || m.Title.Zero() || len(m.To) != 2 {
				t.Errorf("%+v", m)
			}
		}
		book, err := db.Alerts.Book(t.Context(), ws.ID)
		if err != nil || !slices.IsSortedFunc(book.Held, func(a, b alert.Held) int { return strings.Compare(a.Key, b.Key) }) || book.ToldOn("step-leaks:form_completion") == 0 {
			t.Errorf("%+v %v", book, err)
		}
	}
}
