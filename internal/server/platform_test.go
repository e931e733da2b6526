package server

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/store"
)

func zipOf(t testing.TB, pairs ...string) io.Reader {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		f, err := w.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b
}

const (
	queries = "上位のクエリ,クリック数,表示回数,CTR,掲載順位\n珈琲,10,200,5%,4.2\n"
	dates   = "日付,クリック数,表示回数,CTR,掲載順位\n2026-09-02,21,610,3.44%,6.2\n2026-09-01,19,\"2,150\",0.88%,6.4\n"
	xPosts  = "ポストID,日付,ポスト本文,ポストのリンク,インプレッション数,いいね,エンゲージメント,リポスト,URLのクリック数\n" +
		"2097000000000000001,\"Mon, Sep 7, 2026\",新豆 #珈琲,https://x.com/a/status/2097000000000000001,1204,31,60,4,11\n"
)

// A zip is shown by the table that is worth importing; the others can be chosen.
func TestAZipIsRecognised(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, nil)
	id, preview := r.stage("small", "example.jp-Performance.zip", zipOf(t, "クエリ.csv", queries, "日付.csv", dates))
	want := map[string]any{
		"sheets": []any{"クエリ", "日付"}, "sheet": "日付", "format": "CSV・zip・UTF-8・カンマ区切り",
		"platform": map[string]any{"id": "search_days", "note": "「Google Search Console(日ごと)」の書き出しです。", "daily": true, "posts": false,
			"tables": []any{map[string]any{"sheet": "日付", "daily": true}, map[string]any{"sheet": "クエリ", "daily": false}}},
		"suggestion": map[string]any{"source_id": "search", "existing": false, "from": "platform",
			"spec": map[string]any{"sheet": "日付", "metrics": map[string]any{"position": map[string]any{"column": "掲載順位", "agg": "mean"}}}},
	}
	if diff := cmp.Diff(any(want), partOf(want, preview)); diff != "" {
		t.Errorf("preview (-want +got):\n%s", diff)
	}
	other := r.must(200, "GET", "/api/workspaces/small/uploads/"+id+"/preview?sheet=%E3%82%AF%E3%82%A8%E3%83%AA&lang=en", nil)["preview"].(map[string]any)
	want = map[string]any{"sheet": "クエリ", "suggestion": nil, "platform": map[string]any{"id": "search_queries", "daily": false}}
	if diff := cmp.Diff(any(want), partOf(want, other)); diff != "" {
		t.Errorf("another table (-want +got):\n%s", diff)
	}
	got := r.importFile(200, "small", id, map[string]any{"source_id": "search", "spec": preview["suggestion"].(map[string]any)["spec"], "base_version": 1})
	if got["days"] != 2.0 {
		t.Errorf("import %v", got)
	}
	// The next one goes into the source without a question.
	_, preview = r.stage("small", "October.zip", zipOf(t, "クエリ.csv", queries, "日付.csv", strings.ReplaceAll(dates, "-09-", "-10-")))
	want = map[string]any{"sheet": "日付", "suggestion": map[string]any{"source_id": "search", "existing": true, "from": "source", "missing": []any{}, "spec": map[string]any{"sheet": "日付"}}}
	if diff := cmp.Diff(any(want), partOf(want, preview)); diff != "" {
		t.Errorf("the next one (-want +got):\n%s", diff)
	}
}

// Posts come in with the daily numbers of their file, once however often it is brought in, and
// how the file was read is remembered when its source is gone.
func TestPostsComeInWithTheirFile(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		ws := r.plant("small", smallModel, nil)
		var spec any
		for i := range 2 {
			id, preview := r.stage("small", "account_analytics_content.csv", xPosts)
			suggestion := preview["suggestion"].(map[string]any)
			if preview["platform"].(map[string]any)["posts"] != true {
				t.Errorf("platform %v", preview["platform"])
			}
			spec = suggestion["spec"]
			r.importFile(200, "small", id, map[string]any{"source_id": "x_posts", "spec": spec, "base_version": 1 + min(i, 1)})
		}
		posts, err := r.db.Posts.List(context.Background(), ws.ID, store.PostQuery{})
		if err != nil || len(posts) != 1 || posts[0].Theme != "珈琲" || posts[0].Metrics["impressions"] != 1204 || posts[0].Network != "x" {
			t.Fatalf("%+v, %v", posts, err)
		}
		r.must(200, "PUT", "/api/workspaces/small/model", map[string]any{"yaml": smallModel, "base_version": 2})
		_, preview := r.stage("small", "later.csv", xPosts)
		want := map[string]any{"source_id": "x_posts", "existing": false, "from": "remembered", "spec": spec}
		if diff := cmp.Diff(any(want), partOf(want, preview["suggestion"])); diff != "" {
			t.Errorf("suggestion (-want +got):\n%s", diff)
		}
	})
}

// A file that is taken out takes its posts along, but not those another file has too: these
// have that one's numbers again, and what somebody wrote of them.
func TestPostsGoWithTheirFile(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		ws := r.plant("small", smallModel, nil)
		row := func(post, impressions string) string {
			return post + `,"Mon, Sep 7, 2026",新豆 #珈琲,https://x.com/a/status/` + post + "," + impressions + ",31,60,4,11\n"
		}
		const shared, early, late = "2097000000000000001", "2097000000000000002", "2097000000000000003"
		header, _, _ := strings.Cut(xPosts, "\n")
		bring := func(name string, version int, rows ...string) string {
			id, preview := r.stage("small", name, header+"\n"+strings.Join(rows, ""))
			r.importFile(200, "small", id, map[string]any{"source_id": "x_posts", "spec": preview["suggestion"].(map[string]any)["spec"], "base_version": version})
			return id
		}
		seen := func(want map[string]float64) {
			t.Helper()
			posts, err := r.db.Posts.List(context.Background(), ws.ID, store.PostQuery{})
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]float64{}
			for _, p := range posts {
				got[p.ID] = p.Metrics["impressions"]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("posts (-want +got):\n%s", diff)
			}
		}
		first := bring("content-1.csv", 1, row(shared, "100"), row(early, "50"))
		second := bring("content-2.csv", 2, row(shared, "900"), row(late, "70"))
		seen(map[string]float64{shared: 900, early: 50, late: 70})
		r.must(204, "PUT", "/api/workspaces/small/measure/posts/x/"+shared+"/theme", map[string]any{"theme": "新商品"})
		r.must(204, "DELETE", "/api/workspaces/small/uploads/"+second, nil)
		seen(map[string]float64{shared: 100, early: 50})
		posts, err := r.db.Posts.List(context.Background(), ws.ID, store.PostQuery{})
		if err != nil || posts[0].Theme+posts[1].Theme != "新商品珈琲" && posts[0].Theme+posts[1].Theme != "珈琲新商品" {
			t.Errorf("what somebody wrote is gone: %+v %v", posts, err)
		}
		// The model names the source no more; its file is still the one they came by.
		r.must(200, "PUT", "/api/workspaces/small/model", map[string]any{"yaml": smallModel, "base_version": 2})
		r.must(204, "DELETE", "/api/workspaces/small/uploads/"+first, nil)
		seen(map[string]float64{})
	})
}

// A source tells why its newest import failed, until the next one comes in.
func TestAFailedImportIsRemembered(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, smallFiles())
	spec := map[string]any{"csv": "sns.csv", "date": "date", "metrics": map[string]any{"likes": map[string]any{"column": "likes"}}}
	id, _ := r.stage("small", "sns-11.csv", "date,loves\n2026-09-01,4\n")
	r.importFile(422, "small", id, map[string]any{"source_id": "sns", "spec": spec, "base_version": 1})
	r.run([]scenario{
		{method: "GET", url: "/api/workspaces/small/sources", status: 200, want: `{"sources": [{"id": "web", "failure": null},
			{"id": "sns", "failure": {"file": "sns-11.csv", "text": "9/9 の取り込みに失敗: sns-11.csv に列「likes」がありません。"}}]}`},
		{method: "GET", url: "/api/workspaces/small/sources?lang=en", status: 200, want: `{"sources": [{}, {"failure": {"text": "The import of 9 September failed: sns-11.csv has no column “likes”."}}]}`},
	})
	id, _ = r.stage("small", "sns-12.csv", "date,likes\n2026-09-01,4\n")
	r.importFile(200, "small", id, map[string]any{"source_id": "sns", "spec": spec, "base_version": 1})
	r.run([]scenario{{method: "GET", url: "/api/workspaces/small/sources", status: 200, want: `{"sources": [{}, {"id": "sns", "failure": null}]}`}})
}

const someLog = `203.0.113.7 - - [08/Sep/2026:13:55:36 +0900] "GET /beans/?utm_source=x HTTP/1.1" 200 2326 "https://t.co/abc" "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1"
203.0.113.7 - - [08/Sep/2026:13:55:36 +0900] "GET /style.css HTTP/1.1" 200 100 "-" "Mozilla/5.0"
`

func TestAnAccessLogIsNoTable(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, nil)
	id, preview := r.stage("small", "access.log", someLog)
	want := map[string]any{"columns": []any{}, "suggestion": nil, "platform": map[string]any{"id": "access_log", "daily": false}}
	if diff := cmp.Diff(any(want), partOf(want, preview)); diff != "" {
		t.Errorf("preview (-want +got):\n%s", diff)
	}
	// This server has no warehouse, and says so.
	r.must(http.StatusServiceUnavailable, "POST", "/api/workspaces/small/uploads/"+id+"/backfill", map[string]any{"host": "example.jp"})
}
