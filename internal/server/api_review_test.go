package server

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindingsRest(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, smallFiles())
	const review = "/api/workspaces/small/review"
	key := r.must(200, "GET", review, nil)["findings"].([]any)[0].(map[string]any)["key"].(string)
	// resting is what a finding's card says of its rest; nil where it does not.
	resting := func() any {
		t.Helper()
		listed := r.must(200, "GET", review+"?lang=en", nil)
		if state := listed["evidence"]; state != "ready" && state != "computing" {
			t.Errorf("evidence %v", state)
		}
		for _, f := range listed["findings"].([]any) {
			if card := f.(map[string]any); card["key"] == key {
				return card["muted"]
			}
		}
		t.Fatalf("%q is not listed any more", key)
		return nil
	}
	if got := resting(); got != nil {
		t.Errorf("a new finding rests: %v", got)
	}
	r.run([]scenario{
		{name: "no reason", method: "POST", url: review + "/mute", body: map[string]any{"key": key, "reason": "  "}, status: 400, want: `{"errors": [{"location": "body.reason"}]}`},
		{name: "with a reason", method: "POST", url: review + "/mute", body: map[string]any{"key": key, "reason": " 来月まで待つ ", "by": "佐藤"}, status: 204},
	})
	want := map[string]any{"reason": "来月まで待つ", "by": "佐藤"}
	if diff := cmp.Diff(any(want), partOf(want, resting())); diff != "" {
		t.Errorf("at rest (-want +got):\n%s", diff)
	}
	r.run([]scenario{
		{name: "back", method: "DELETE", url: review + "/mute?key=" + url.QueryEscape(key), status: 204},
		{name: "nowhere", method: "GET", url: "/api/workspaces/nobody/review", status: 404},
	})
	if got := resting(); got != nil {
		t.Errorf("it still rests: %v", got)
	}
}
