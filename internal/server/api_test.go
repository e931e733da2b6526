package server

import (
	"context"
	"net/http"
	"testing"

	"github.com/shirube/shirube/internal/store"
)

func TestMapScenarios(t *testing.T) {
	t.Parallel()
	onBoth(t, func(_ *testing.T, r *rig) {
		r.plant("small", smallModel, smallFiles())
		r.run([]scenario{
			{method: "GET", url: "/api/health", status: 200, want: `{"ready": true, "version": "1.2.3", "commit": "abc", "demo": false}`},
			{method: "GET", url: "/api/workspaces", status: 200, want: `{"workspaces": [{"slug": "small", "name": "会社 small", "demo": false}]}`},
			{method: "GET", url: "/api/workspaces/small/map", status: 200, want: `{
				"workspace": {"slug": "small"}, "model": {"name": "採用SNS", "version": 1, "versions": 1, "newest": true, "agreed": [{"by": "社長", "on": "2026-03-20"}]},
				"as_of": "2026-09-07", "first_day": "2026-04-01", "last_day": "2026-09-07", "today": "2026-09-09", "read_only": false,
				"goal": {"key": "recruiting", "name": "採用を進める"},
				"junctions": [{"parent": "applications", "operator": "×", "children": [{"id": "visits", "sign": "×"}, {"id": "apply_rate", "sign": "×"}]}],
				"links": [{"from": "visits", "to": "applications", "verdict": "identity", "label": null}, {"from": "apply_rate"},
					{"from": "likes", "to": "visits", "kind": "influence", "verdict": "cannot-tell", "grade": "belief", "lag": "0..14", "label": "まだ分かりません"}],
				"events": [{"on": "2026-08-01", "what": "アルゴリズム変更"}]}`},
			{name: "English", method: "GET", url: "/api/workspaces/small/map?lang=en", status: 200, want: `{"goal": {"name": "Hire people"}}`},
			{name: "another day", method: "GET", url: "/api/workspaces/small/map?as_of=2026-05-31", status: 200, want: `{"as_of": "2026-05-31", "last_day": "2026-09-07"}`},
			{name: "not a day", method: "GET", url: "/api/workspaces/small/map?as_of=yesterday", status: 400, want: `{"errors": [{"location": "query.as_of"}]}`},
			{name: "no such version", method: "GET", url: "/api/workspaces/small/map?version=7", status: 404},
			{name: "no such workspace", method: "GET", url: "/api/workspaces/none/map", status: 404, want: `{"status": 404, "title": "Not Found"}`},
			{name: "no such language", method: "GET", url: "/api/workspaces/small/map?lang=fr", status: 422, want: `{"errors": [{"location": "query.lang"}]}`},
			{method: "GET", url: "/api/workspaces/small/indicators/applications", status: 200, want: `{
				"indicator": {"id": "applications", "is_kgi": true}, "inputs": [{"id": "visits"}, {"id": "apply_rate"}],
				"sources": [{"id": "web", "path": "web.csv", "metrics": ["応募", "訪問"], "last_day": "2026-09-07"}], "history": []}`},
			{method: "GET", url: "/api/workspaces/small/indicators/visits", status: 200, want: `{
				"breakdown": [{"dimension": "端末", "values": [{"name": "スマホ"}, {"name": "PC"}]}]}`},
			{method: "GET", url: "/api/workspaces/small/indicators/posts", status: 200, want: `{"indicator": {"has_data": false, "value": null}}`},
			{name: "no such indicator", method: "GET", url: "/api/workspaces/small/indicators/none", status: 404},
			{method: "GET", url: "/api/goals", status: 200, want: `{"goals": [{"management_goal": {"key": "recruiting"}, "workspaces": [{"slug": "small", "model_name": "採用SNS", "kgi": {"id": "applications", "target_label": "年100件"}}]}]}`},
			{method: "GET", url: "/api/workspaces/small/sources", status: 200, want: `{"sources": [
				{"id": "web", "columns": ["日付", "端末", "訪問", "応募"], "first": "2026-04-01", "last": "2026-09-07", "days": 160, "rows": 320, "missing_days": 0, "metrics": ["sessions", "applications"], "labels": {"sessions": "訪問数", "applications": "応募"}, "uploads": [{"name": "web.csv", "rows": 320}]},
				{"id": "sns", "days": 160}]}`},
			{name: "what if", method: "GET", url: "/api/workspaces/small/whatif?set=visits=*2", status: 200, want: `{"changes": [{"id": "visits"}]}`},
			{name: "what if unread", method: "GET", url: "/api/workspaces/small/whatif?set=visits", status: 400, want: `{"errors": [{"location": "query.set"}]}`},
			{name: "explain", method: "GET", url: "/api/workspaces/small/explain?base=2026-05-01..2026-05-31&now=2026-06-01..2026-06-30", status: 200,
				want: `{"indicator": "applications", "base_span": {"from": "2026-05-01", "to": "2026-05-31"}}`},
			{name: "explain a span that is none", method: "GET", url: "/api/workspaces/small/explain?base=x&now=2026-06-01..2026-06-30", status: 400},
			{method: "GET", url: "/api/templates?lang=en", status: 200},
			{method: "GET", url: "/api/nothing", status: 404, want: `{"status": 404}`},
		})
	})
}

func TestModelScenarios(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		r.plant("small", smallModel, smallFiles())
		broken := "shirube: 1\nname: x\nkgi: {id: a, formula: b *}\n"
		r.run([]scenario{
			{method: "GET", url: "/api/workspaces/small/model", status: 200, want: `{"version": 1, "newest": true, "name": "採用SNS", "note": "first"}`},
			{name: "check", method: "POST", url: "/api/workspaces/small/model/check", body: map[string]any{"yaml": broken, "lang": "en"}, status: 200,
				want: `{"ok": false, "problems": [{"file": "model.yaml", "line": 3}]}`},
			{name: "save what cannot be read", method: "PUT", url: "/api/workspaces/small/model", body: map[string]any{"yaml": broken, "base_version": 1}, status: 422},
			{name: "dry run", method: "POST", url: "/api/workspaces/small/model/edit", body: map[string]any{
				"base_version": 1, "dry_run": true, "edits": []any{map[string]any{"op": "set_indicator", "id": "visits", "fields": map[string]any{"name": "サイト訪問数"}}},
			}, status: 200, want: `{"ok": true, "version": 0, "problems": []}`},
			{name: "edit", method: "POST", url: "/api/workspaces/small/model/edit", body: map[string]any{
				"base_version": 1, "edits": []any{
					map[string]any{"op": "set_indicator", "id": "visits", "fields": map[string]any{"name": "サイト訪問数", "owner": nil}},
					map[string]any{"op": "set_target", "id": "applications", "target": nil},
				},
			}, status: 200, want: `{"ok": true, "version": 2}`},
			{name: "edit from an old version", method: "POST", url: "/api/workspaces/small/model/edit", body: map[string]any{
				"base_version": 1, "edits": []any{map[string]any{"op": "remove_indicator", "id": "posts"}},
			}, status: 409},
			{name: "edit of what is not there", method: "POST", url: "/api/workspaces/small/model/edit", body: map[string]any{
				"base_version": 2, "edits": []any{map[string]any{"op": "remove_indicator", "id": "none"}},
			}, status: 422},
			{name: "no such edit", method: "POST", url: "/api/workspaces/small/model/edit", body: map[string]any{
				"base_version": 2, "edits": []any{map[string]any{"op": "explode"}},
			}, status: 422, want: `{"errors": [{"location": "body.edits[0].op"}]}`},
			{name: "the new map", method: "GET", url: "/api/workspaces/small/map", status: 200, want: `{"model": {"version": 2, "versions": 2}}`},
			{name: "the old map", method: "GET", url: "/api/workspaces/small/map?version=1", status: 200, want: `{"model": {"version": 1, "versions": 2, "newest": false}}`},
			{name: "history", method: "GET", url: "/api/workspaces/small/indicators/visits", status: 200, want: `{"history": [{"version": 2}]}`},
			{method: "GET", url: "/api/workspaces/small/versions", status: 200, want: `{"versions": [{"version": 2, "current": true}, {"version": 1, "current": false, "note": "first"}]}`},
			{method: "GET", url: "/api/workspaces/small/versions/compare?old=1&new=2", status: 200},
			{name: "restore", method: "POST", url: "/api/workspaces/small/versions/1/restore", status: 200, want: `{"version": 3}`},
			{name: "restored", method: "GET", url: "/api/workspaces/small/versions/compare?old=1&new=3", status: 200, want: `{"changes": []}`},
			{name: "restore what is not there", method: "POST", url: "/api/workspaces/small/versions/9/restore", status: 404},
			{name: "restore the newest", method: "POST", url: "/api/workspaces/small/versions/3/restore", status: 200, want: `{"version": 3}`},
		})
		if got := r.get("/api/workspaces/small/model")["yaml"]; got != smallModel {
			t.Errorf("going back changed the file:\n%s", got)
		}
	})
}

func TestWorkspaceScenarios(t *testing.T) {
	t.Parallel()
	onBoth(t, func(_ *testing.T, r *rig) {
		r.run([]scenario{
			{name: "nothing yet", method: "GET", url: "/api/goals", status: 200, want: `{"goals": []}`},
			{name: "with a sample", method: "POST", url: "/api/workspaces", body: map[string]any{
				"name": "ひなたワークス SNS", "template": "sns-recruiting", "sample": true,
				"kgi": map[string]any{"name": "応募", "amount": 240},
			}, status: 201, want: `{"slug": "sns"}`},
			{name: "again", method: "POST", url: "/api/workspaces", body: map[string]any{"name": "SNS", "template": "sns-recruiting"}, status: 201, want: `{"slug": "sns-2"}`},
			{name: "Japanese only", method: "POST", url: "/api/workspaces", body: map[string]any{"name": "営業", "template": "btob-lead-to-deal", "locale": "en"}, status: 201, want: `{"slug": "btob-lead-to-deal"}`},
			{name: "without a template", method: "POST", url: "/api/workspaces", body: map[string]any{"name": "売上: 前年比", "template": "",
				"kgi": map[string]any{"name": "売上", "unit": "円", "kind": "growth", "amount": 1.5, "from": "2026-04-01", "by": "2027-03-31"}}, status: 201, want: `{"slug": "team"}`},
			{name: "no such template", method: "POST", url: "/api/workspaces", body: map[string]any{"name": "x", "template": "none"}, status: 400},
			{name: "the sample is alive", method: "GET", url: "/api/workspaces/sns/map", status: 200, want: `{"as_of": "2026-09-08"}`},
			{name: "no data is no error", method: "GET", url: "/api/workspaces/sns-2/map", status: 200, want: `{"first_day": null, "last_day": null, "as_of": "2026-09-08"}`},
			{name: "one card", method: "GET", url: "/api/workspaces/team/map", status: 200, want: `{"model": {"name": "売上: 前年比"}, "indicators": [{"name": "売上", "unit": "円", "target": {"kind": "growth", "factor": 1.5, "amount": null}}]}`},
			{name: "a name of spaces", method: "POST", url: "/api/workspaces", body: map[string]any{"name": " \u3000", "template": ""}, status: 400},
			{name: "rename to nothing", method: "PATCH", url: "/api/workspaces/team", body: map[string]any{"name": " "}, status: 400},
			{name: "rename", method: "PATCH", url: "/api/workspaces/team", body: map[string]any{"name": "新しい名前"}, status: 200, want: `{"slug": "team", "name": "新しい名前"}`},
			{name: "renamed in the map", method: "GET", url: "/api/workspaces/team/map", status: 200, want: `{"workspace": {"name": "新しい名前"}}`},
			{name: "delete", method: "DELETE", url: "/api/workspaces/team", status: http.StatusNoContent},
			{name: "gone", method: "GET", url: "/api/workspaces/team/map", status: 404},
		})
	})
}

// A version that cannot be read any more, as after an upgrade, is shown and can
// be mended; the other workspaces are not disturbed.
func TestAnUnreadableModelCanBeMended(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ws := r.plant("small", smallModel, smallFiles())
	_, err := r.db.ModelVersions.Append(context.Background(), ws.ID, 1, store.NewModelVersion{YAML: "shirube: 1\nold: key\n"})
	if err != nil {
		t.Fatal(err)
	}
	r.run([]scenario{
		{method: "GET", url: "/api/workspaces/small/map", status: 422},
		{method: "GET", url: "/api/workspaces/small/map?version=1", status: 200, want: `{"last_day": "2026-09-07"}`},
		{method: "GET", url: "/api/workspaces/small/model", status: 200, want: `{"version": 2, "yaml": "shirube: 1\nold: key\n"}`},
		{method: "GET", url: "/api/goals", status: 200, want: `{"goals": [{"workspaces": [{"slug": "small", "kgi": null}]}]}`},
		{name: "by going back", method: "POST", url: "/api/workspaces/small/versions/1/restore", status: 200, want: `{"version": 3}`},
	})
	_, err = r.db.ModelVersions.Append(context.Background(), ws.ID, 3, store.NewModelVersion{YAML: "shirube: 1\nold: key\n"})
	if err != nil {
		t.Fatal(err)
	}
	r.run([]scenario{
		{name: "or by hand", method: "PUT", url: "/api/workspaces/small/model", status: 200, body: map[string]any{"yaml": smallModel, "base_version": 4}, want: `{"version": 5}`},
		{method: "GET", url: "/api/workspaces/small/map", status: 200, want: `{"last_day": "2026-09-07"}`},
		{method: "GET", url: "/api/workspaces/small/indicators/visits", status: 200, want: `{"history": []}`},
	})
}
