package storetest

import (
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// watching is what a workspace watches, and what people did of it.
type watching struct {
	Watches []store.WatchInUse
	Done    []store.Occurrence
}

func dumpWatching(t testing.TB, from store.Repositories, ws store.WorkspaceID) watching {
	return watching{Watches: must(from.Watches.List(t.Context(), ws))(t), Done: collect(t, from.Occurrences.Each(t.Context(), ws, 0))}
}

func fillWatching(t testing.TB, db *store.DB, ws store.WorkspaceID) {
	ok(t, db.Watches.Put(t.Context(), ws, "segment:s", []condition.Watched{{Watch: "w", Matcher: condition.Matcher{Page: "/price"}, Days: 7}}))
	must(db.Occurrences.Add(t.Context(), ws, []store.Occurrence{{Watch: "w", Subject: "c:c", At: 5, MessageID: "m"}}))(t)
}

// isolationOfWatching is how one workspace tries to reach what another one watches. Nothing
// of its own is there.
func isolationOfWatching(db *store.DB, ours store.WorkspaceID) map[string]func(t *testing.T) {
	since := map[condition.Watch]event.Millis{"w": 0}
	return map[string]func(t *testing.T){
		"Occurrences.Add": func(t *testing.T) {
			own := store.Occurrence{Watch: "own", Subject: "c:own", At: 9, MessageID: "own"}
			same(t, must(db.Occurrences.Add(t.Context(), ours, []store.Occurrence{own}))(t), int64(1))
			must(db.Occurrences.Erase(t.Context(), ours, "c:own"))(t)
		},
		"Occurrences.Of": func(t *testing.T) {
			same(t, len(must(db.Occurrences.Of(t.Context(), ours, []string{"c:c"}, since))(t)["c:c"]), 0)
		},
		"Occurrences.Latest": func(t *testing.T) {
			same(t, len(must(db.Occurrences.Latest(t.Context(), ours, []string{"c:c"}))(t)), 0)
		},
		"Occurrences.Each": func(t *testing.T) {
			for _, o := range collect(t, db.Occurrences.Each(t.Context(), ours, 0)) {
				same(t, o.Watch, "own")
			}
		},
		"Occurrences.Numbered": func(t *testing.T) { same(t, len(collect(t, db.Occurrences.Numbered(t.Context(), ours, 0))), 0) },
		"Occurrences.Doers": func(t *testing.T) {
			same(t, len(must(db.Occurrences.Doers(t.Context(), ours, []string{"c:c"}))(t)), 0)
		},
		"Occurrences.Revision": func(t *testing.T) { must(db.Occurrences.Revision(t.Context(), ours))(t) },
		"Occurrences.Count":    func(t *testing.T) { same(t, must(db.Occurrences.Count(t.Context(), ours, "w"))(t), int64(0)) },
		"Occurrences.Move":     func(t *testing.T) { same(t, must(db.Occurrences.Move(t.Context(), ours, "c:c", "c:us"))(t), int64(0)) },
		"Occurrences.Erase":    func(t *testing.T) { same(t, must(db.Occurrences.Erase(t.Context(), ours, "c:c"))(t), int64(0)) },
		"Watches.Put": func(t *testing.T) {
			ok(t, db.Watches.Put(t.Context(), ours, "segment:s", nil))
		},
		"Watches.List":       func(t *testing.T) { same(t, len(must(db.Watches.List(t.Context(), ours))(t)), 0) },
		"Watches.NoteFilled": func(t *testing.T) { ok(t, db.Watches.NoteFilled(t.Context(), ours, "w", 7)) },
		"Watches.Sweep":      func(t *testing.T) { must(db.Watches.Sweep(t.Context(), ours, 1<<60))(t) },
		"Scores.Numbered":    func(t *testing.T) { same(t, len(collect(t, db.Scores.Numbered(t.Context(), ours, "card"))), 0) },
		"Contacts.ByNumber": func(t *testing.T) {
			same(t, len(must(db.Contacts.ByNumber(t.Context(), ours, []int64{1, 2, 3}))(t)), 0)
		},
	}
}
