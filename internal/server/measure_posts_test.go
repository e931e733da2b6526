package server

import (
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// TestPosts: the post whose link somebody followed before asking stands before the one that
// many liked.
func TestPosts(t *testing.T) {
	r, ws := newMeasuringRig(t)
	const path = "/api/workspaces/web/measure/posts"
	const span = "?from=2026-09-07&to=2026-09-09"
	r.wantAt(r.get(path+span), 0, "kept")
	err := r.server.deps.Store.Posts.Put(t.Context(), store.WorkspaceID(ws), []event.Post{
		{Network: "instagram", ID: "p1", At: tokyo(1, 12, 0), Format: "reel", Theme: "料金", Metrics: map[string]float64{"impressions": 1000, "likes": 5}},
		{Network: "x", ID: "p2", At: tokyo(7, 8, 0), Format: "text", Theme: "小ネタ 猫", Metrics: map[string]float64{"impressions": 1000, "likes": 600}},
		{Network: "x", ID: "old", At: tokyo(2, 8, 0), Metrics: map[string]float64{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	r.bring(someVisits(ws))

	p := r.get(path + span + "&model=first")
	r.wantAt(p, "inquiries", "outcome", "indicator")
	r.wantAt(p, 2, "kept") // the old one brought nobody
	r.wantAt(p, "p1", "posts", 0, "id")
	r.wantAt(p, 1, "posts", 0, "outcomes")
	r.wantAt(p, 9000, "posts", 0, "value")
	r.wantAt(p, 1, "posts", 0, "visits")
	r.wantAt(p, "リール", "posts", 0, "format_label")
	r.wantAt(p, 0, "posts", 1, "outcomes")
	r.wantAt(p, "0.6", "posts", 1, "engagement")
	r.wantAt(p, 1, "by_posts")
	r.wantAt(p, "true", "hours", 0, "too_few")
	r.wantAt(p, "8時台", "hours", 0, "label")
	r.wantAt(p, "月曜", "weekdays", 0, "label")
	r.wantAt(r.get(path+span), 0, "by_posts") // the last way in was a search
	r.wantAt(r.get(path+span+"&theme=猫"), "p2", "posts", 0, "id")
	r.wantAt(r.get(path+span+"&network=x"), "p2", "posts", 0, "id")

	r.must(204, "PUT", path+"/x/p2/theme", map[string]any{"theme": "社内の話"})
	r.wantAt(r.get(path+span+"&network=x"), "社内の話", "posts", 0, "theme")
	r.must(404, "PUT", path+"/x/nobody/theme", map[string]any{"theme": "x"})
	r.must(404, "GET", path+span+"&indicator=nobody", nil)
	e := r.get(path + span + "&event=Nothing")
	r.wantAt(e, "Nothing", "outcome", "event")
	r.wantAt(e, 0, "total")
}
