package server

import "testing"

// A link tells what its test rests on: the days and what was held still, lists even
// where there is nothing.
func TestLinksSayWhatTheyRestOn(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		r.plant("small", smallModel, smallFiles())
		r.run([]scenario{{
			method: "GET", url: "/api/workspaces/small/map", status: 200,
			want: `{"evidence": "ready", "links": [
				{"from": "visits", "controls": [], "lag_range": null}, {"from": "apply_rate"},
				{"from": "likes", "controls": [], "lag_range": null, "span": {"to": "2026-09-07"}, "profile": [], "tracking": []}]}`,
		}})
	})
}
