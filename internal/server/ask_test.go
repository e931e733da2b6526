package server

import (
	"slices"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
)

func TestAskScenarios(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		ws := r.plant("small", smallModel, smallFiles())
		r.plant("other", smallModel, smallFiles())
		r.run([]scenario{
			{method: "GET", url: "/api/workspaces/small/links", status: 200, want: `{"as_of": "2026-09-07", "evidence": "ready",
				"links": [{"from": "visits", "verdict": "identity", "grade": "formula"}, {"from": "apply_rate"}, {"from": "likes", "to": "visits", "verdict": "cannot-tell", "effect": null}]}`},
			{name: "a forecast of the KGI", method: "GET", url: "/api/workspaces/small/forecast?horizon=3", status: 200,
				want: `{"indicator": "applications", "as_of": "2026-09-07", "days": [{"date": "2026-09-08"}, {"date": "2026-09-09"}, {"date": "2026-09-10"}], "reason": null}`},
			{name: "too far ahead", method: "GET", url: "/api/workspaces/small/forecast?horizon=1000", status: 422},
			{name: "a forecast of nothing", method: "GET", url: "/api/workspaces/small/forecast?indicator=none", status: 404},
			{name: "levers", method: "GET", url: "/api/workspaces/small/levers", status: 200, want: `{"kgi": {"id": "applications"}}`},
			{name: "seek", method: "GET", url: "/api/workspaces/small/seek?probability=0.8", status: 200, want: `{"target": 100}`},
			{name: "certain is no chance", method: "GET", url: "/api/workspaces/small/seek?probability=1", status: 422},
			{name: "no number is no chance", method: "GET", url: "/api/workspaces/small/seek?probability=NaN", status: 400, want: `{"errors": [{"location": "query.probability"}]}`},
			{name: "too much to be drawn", method: "GET", url: "/api/workspaces/small/whatif?set=visits=*1e302", status: 200},
			{name: "screening", method: "GET", url: "/api/workspaces/small/screening", status: 200, want: `{"as_of": "2026-09-07"}`},
			{name: "nothing is due yet", method: "GET", url: "/api/workspaces/small/scorekeeping", status: 200, want: `{"count": 0, "brier": null}`},

			{name: "a reason is asked for", method: "POST", url: "/api/workspaces/small/review/mute", body: map[string]any{"key": "no-owner:posts", "reason": "  "}, status: 400, want: `{"errors": [{"location": "body.reason"}]}`},
			{name: "mute", method: "POST", url: "/api/workspaces/small/review/mute", body: map[string]any{"key": "no-owner:posts", "reason": "担当を探しています", "by": "田中"}, status: 204},
			{name: "mute elsewhere", method: "POST", url: "/api/workspaces/none/review/mute", body: map[string]any{"key": "x", "reason": "y"}, status: 404},

			{name: "no scenario yet", method: "GET", url: "/api/workspaces/small/scenarios", status: 200, want: `{"scenarios": []}`},
			{name: "save", method: "POST", url: "/api/workspaces/small/scenarios", body: map[string]any{"name": "訪問を倍に", "sets": []string{"visits=*2"}}, status: 201, want: `{"name": "訪問を倍に", "sets": ["visits=*2"], "problem": null}`},
			{name: "what cannot be read is not saved", method: "POST", url: "/api/workspaces/small/scenarios", body: map[string]any{"name": "x", "sets": []string{"visits"}}, status: 400, want: `{"errors": [{"location": "body.sets"}]}`},
			{name: "what does not exist is not saved", method: "POST", url: "/api/workspaces/small/scenarios", body: map[string]any{"name": "x", "sets": []string{"none=*2"}}, status: 400, want: `{"errors": [{"location": "body.sets"}]}`},
			{name: "nameless", method: "POST", url: "/api/workspaces/small/scenarios", body: map[string]any{"name": " ", "sets": []string{"visits=*2"}}, status: 400, want: `{"errors": [{"location": "body.name"}]}`},
			{name: "listed", method: "GET", url: "/api/workspaces/small/scenarios", status: 200, want: `{"scenarios": [{"name": "訪問を倍に"}]}`},
			{name: "not in the other workspace", method: "GET", url: "/api/workspaces/other/scenarios", status: 200, want: `{"scenarios": []}`},
		})

		muted := func() []string {
			var keys []string
			for _, f := range r.get("/api/workspaces/small/review")["findings"].([]any) {
				if card := f.(map[string]any); card["muted"] != nil {
					keys = append(keys, card["key"].(string))
				}
			}
			return keys
		}
		if got := muted(); !slices.Equal(got, []string{"no-owner:posts"}) {
			t.Errorf("muted: %q", got)
		}
		r.must(204, "DELETE", "/api/workspaces/small/review/mute?key=no-owner:posts", nil)
		if got := muted(); len(got) != 0 {
			t.Errorf("brought back, but still muted: %q", got)
		}

		id := r.get("/api/workspaces/small/scenarios")["scenarios"].([]any)[0].(map[string]any)["id"].(string)
		r.must(404, "DELETE", "/api/workspaces/other/scenarios/"+id, nil)
		r.must(204, "DELETE", "/api/workspaces/small/scenarios/"+id, nil)
		r.must(404, "DELETE", "/api/workspaces/small/scenarios/"+id, nil)

		// What a map said of a day that has come is held against it.
		r.get("/api/workspaces/small/map")
		waiting := r.get("/api/workspaces/small/scorekeeping")
		if waiting["count"] != 0.0 || waiting["waiting"].(float64) < 1 {
			t.Errorf("after a map was shown: %v", waiting)
		}
		err := r.db.Foretellings.Keep(t.Context(), ws.ID, []store.Foretold{
			{Indicator: "applications", Deadline: 20666, Amount: 1, ToldOn: 20600, Probability: 0.9}, // 2026-08-01
			{Indicator: "applications", Deadline: 20666, Amount: 1e9, ToldOn: 20600, Probability: 0.2},
			{Indicator: "gone", Deadline: 20666, Amount: 1, ToldOn: 20600, Probability: 0.5},
		})
		if err != nil {
			t.Fatal(err)
		}
		// The same goal on another day is not another case.
		err = r.db.Foretellings.Keep(t.Context(), ws.ID, []store.Foretold{
			{Indicator: "applications", Deadline: 20666, Amount: 1, ToldOn: 20601, Probability: 0.9},
		})
		if err != nil {
			t.Fatal(err)
		}
		due := r.get("/api/workspaces/small/scorekeeping")
		if due["count"] != 3.0 || due["n_goals"] != 2.0 {
			t.Errorf("three of four have come due, of two goals: %v", due)
		}
		if got, want := due["brier"].(float64), (0.01+0.04)/2; got < want-1e-9 || got > want+1e-9 {
			t.Errorf("Brier %v, want %v", got, want)
		}
	})
}

// A map does not wait for evidence that takes long: it says so, and has it the next
// time.
func TestMapDoesNotWaitForEvidence(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, smallFiles())
	r.server.boards.ground.patience = 0
	if got := r.get("/api/workspaces/small/map")["evidence"]; got != "computing" {
		t.Errorf("at once the evidence is %v", got)
	}
	r.get("/api/workspaces/small/links") // waits until it is there
	r.server.boards.ground.patience = time.Minute
	if got := r.get("/api/workspaces/small/map")["evidence"]; got != "ready" {
		t.Errorf("later the evidence is %v", got)
	}
}
