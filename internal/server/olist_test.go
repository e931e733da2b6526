package server

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOlistOnTheMap brings the real Olist funnel into a workspace, as a person
// would, and finds its KGI "deals won per month" on the map with its tree.
func TestOlistOnTheMap(t *testing.T) {
	t.Parallel()
	const folder = "../../../shared/data/olist"
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the Olist data are not at %s", folder)
	}
	model, err := os.ReadFile("../measure/source/testdata/olist/model.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, name := range []string{"olist_marketing_qualified_leads_dataset.csv.gz", "olist_closed_deals_dataset.csv", "derived_seller_performance.csv"} {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(content)
	}
	r := newRig(t)
	r.plant("olist", string(model), files)
	// At the end of April 2018 the month had won 207 deals, its target of 100.
	got := r.get("/api/workspaces/olist/map?as_of=2018-04-30&lang=en")
	first := func(n int, list any) []any { return list.([]any)[:n] }
	shown := map[string]any{
		"model": got["model"], "as_of": got["as_of"],
		"indicators": first(3, got["indicators"]), "junctions": got["junctions"],
	}
	want := map[string]any{
		"model": map[string]any{"name": "Olist funnel"},
		"as_of": "2018-04-30",
		"indicators": []any{
			map[string]any{"id": "deals", "is_kgi": true, "value": 207.0, "status": "met"},
			map[string]any{"id": "leads", "depth": 1.0},
			map[string]any{"id": "win_rate", "depth": 1.0},
		},
		"junctions": []any{map[string]any{"parent": "deals", "operator": "×"}},
	}
	if diff := cmp.Diff(want, partOf(want, shown)); diff != "" {
		t.Errorf("the map (-want +got):\n%s", diff)
	}
}
