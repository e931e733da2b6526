package server

import (
	"math"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/demo/sales"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

var officeNoon = time.Date(2026, 11, 22, 12, 0, 0, 0, template.Zone)

// plantedOffice is a state with the sales office in it.
func plantedOffice(t *testing.T, lang words.Lang) (*store.DB, store.WorkspaceID, *sales.Office, Planted) {
	t.Helper()
	now := officeNoon
	db, err := store.Open(t.Context(), t.TempDir(), store.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	ws, err := db.Workspaces.Create(t.Context(), store.NewWorkspace{Slug: "office", Name: "Office", Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	office := sales.On(officeNoon, lang)
	planted, err := PlantOffice(t.Context(), db, ws.ID, office, func(at time.Time) { now = at })
	if err != nil {
		t.Fatal(err)
	}
	now = officeNoon
	return db, ws.ID, office, planted
}

// TestTheOfficeHoldsWhatWasPlanted: people, points and leads are as many as the room says,
// and of the leads as many became meetings as their points promise.
func TestTheOfficeHoldsWhatWasPlanted(t *testing.T) {
	t.Parallel()
	db, ws, office, planted := plantedOffice(t, words.JA)
	_, people, err := db.Contacts.List(t.Context(), ws, store.ContactQuery{Limit: 1})
	if err != nil || people != len(office.People) || people < sales.Entered+sales.Browsers {
		t.Errorf("%d people of %d (%v)", people, len(office.People), err)
	}
	leads, err := db.Leads.List(t.Context(), ws, store.LeadQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	open, met, expected := 0, 0, 0.0
	for _, l := range leads {
		if l.Points.Whole() < sales.HotLine {
			t.Errorf("%s is hot with %d points", l.Subject, l.Points.Whole())
		}
		if l.Verdict == score.Open {
			open++
			t.Logf("open: %d points, %s", l.Points.Whole(), l.Why)
			continue
		}
		expected += sales.ChanceAt(l.Points.Whole())
		if l.Verdict.Reached(score.Meeting) {
			met++
		}
	}
	if open != 5 || len(leads) != sales.OlderLeads+5 || math.Abs(float64(met)-expected) > 4 {
		t.Errorf("%d leads, %d open, %d met of %.1f", len(leads), open, met, expected)
	}
	asked := map[bool]int{}
	of := map[bool]int{}
	for k := range office.People {
		if office.People[k].EnteredAt > 0 {
			of[planted.Held[k]]++
			if sales.AskedAt(planted.Done[k]) > 0 {
				asked[planted.Held[k]]++
			}
		}
	}
	t.Log(of, asked)
}
