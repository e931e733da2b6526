package server

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/store"
)

// stage sends a file and gives its id and its preview.
func (r *rig) stage(slug, name string, content any) (id string, preview map[string]any) {
	r.t.Helper()
	reply := r.must(http.StatusCreated, "POST", "/api/workspaces/"+slug+"/uploads?name="+url.QueryEscape(name), content)
	return reply["upload_id"].(string), reply["preview"].(map[string]any)
}

func (r *rig) importFile(status int, slug, id string, request map[string]any) map[string]any {
	r.t.Helper()
	return r.must(status, "POST", "/api/workspaces/"+slug+"/uploads/"+id+"/import", request)
}

// fingerprint is everything of a workspace that an import may change.
func (r *rig) fingerprint(ws store.Workspace) string {
	r.t.Helper()
	ctx := context.Background()
	var b strings.Builder
	now, err := r.db.Workspaces.Get(ctx, ws.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	versions, err := r.db.ModelVersions.List(ctx, ws.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	uploads, err := r.db.Uploads.Imported(ctx, ws.ID, "")
	if err != nil {
		r.t.Fatal(err)
	}
	fmt.Fprintln(&b, now.DataRevision, len(versions), len(uploads))
	for s, err := range r.db.Points.Series(ctx, ws.ID, "") {
		if err != nil {
			r.t.Fatal(err)
		}
		fmt.Fprintln(&b, s.Source, s.Metric, s.Dimensions, s.Daily.First, s.Daily.Values)
	}
	return b.String()
}

func TestUploadFindsItsSource(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, nil)
	id, preview := r.stage("small", "export.csv", webCSV(3))
	want := map[string]any{
		"format": "CSV・UTF-8・カンマ区切り", "header": []any{"日付", "端末", "訪問", "応募"}, "header_line": 1.0,
		"date_column": "日付", "sheets": []any{},
		"suggestion": map[string]any{"source_id": "web", "existing": true, "date": "日付", "missing": []any{}},
		"columns": []any{
			map[string]any{"name": "日付", "kind": "date", "ambiguous": nil}, map[string]any{"kind": "text"},
			map[string]any{"kind": "number"}, map[string]any{"kind": "number"},
		},
	}
	if diff := cmp.Diff(any(want), partOf(want, preview)); diff != "" {
		t.Errorf("preview (-want +got):\n%s", diff)
	}
	r.run([]scenario{{method: "GET", url: "/api/workspaces/small/uploads/" + id, status: 200, want: `{"state": "staged", "done": false}`}})

	spec := preview["suggestion"].(map[string]any)["spec"]
	got := r.importFile(200, "small", id, map[string]any{"source_id": "web", "spec": spec, "base_version": 1})
	if diff := cmp.Diff(map[string]any{"version": 1.0, "rows": 6.0, "days": 3.0, "first": "2026-04-01", "last": "2026-04-03"}, got); diff != "" {
		t.Errorf("import (-want +got):\n%s", diff)
	}
	r.run([]scenario{
		{method: "GET", url: "/api/workspaces/small/uploads/" + id, status: 200, want: `{"state": "imported", "done": true, "rows": 6}`},
		{method: "GET", url: "/api/workspaces/small/map", status: 200, want: `{"first_day": "2026-04-01", "last_day": "2026-04-03"}`},
	})
}

func TestUploadOfSomethingNew(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ws := r.plant("small", smallModel, nil)
	id, preview := r.stage("small", "insta 2026.csv", "day,Reach,保存率\n2026-04-01,1200,3.1%\n2026-04-02,1300,2.9%\n")
	suggestion := preview["suggestion"].(map[string]any)
	want := map[string]any{"source_id": "insta_2026", "existing": false, "metrics": map[string]any{
		"reach": map[string]any{"column": "Reach"}, "保存率": map[string]any{"column": "保存率", "agg": "mean"},
	}}
	if diff := cmp.Diff(any(want), partOf(want, suggestion)); diff != "" {
		t.Errorf("suggestion (-want +got):\n%s", diff)
	}
	before := r.fingerprint(ws)
	r.importFile(409, "small", id, map[string]any{"source_id": "insta_2026", "spec": suggestion["spec"], "base_version": 7})
	if r.fingerprint(ws) != before {
		t.Error("a conflict changed something")
	}
	got := r.importFile(200, "small", id, map[string]any{"source_id": "insta_2026", "spec": suggestion["spec"], "base_version": 1})
	if got["version"] != 2.0 {
		t.Errorf("import %v", got)
	}
	r.run([]scenario{{method: "GET", url: "/api/workspaces/small/sources", status: 200, want: `{"sources": [{"id": "web"}, {"id": "sns"},
		{"id": "insta_2026", "first": "2026-04-01", "last": "2026-04-02", "uploads": [{"name": "insta 2026.csv"}]}]}`}})
}

// Whatever is wrong with a file, nothing of it comes in.
func TestImportIsWholeOrNot(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		ws := r.plant("small", smallModel, smallFiles())
		good := map[string]any{"csv": "web.csv", "date": "日付", "by": []string{"端末"}, "metrics": map[string]any{
			"sessions": map[string]any{"column": "訪問"}, "applications": map[string]any{"column": "応募"},
		}}
		for _, c := range []struct {
			name, content string
			spec          map[string]any
			location      string // of the first problem
		}{
			{"bad number at the end", webCSV(50) + "2026-07-01,PC,十二,1\n", good, "bad.csv:102:"},
			{"bad date at the end", webCSV(50) + "そのうち,PC,12,1\n", good, "bad.csv:102:"},
			{"column that is not there", webCSV(3), map[string]any{"csv": "web.csv", "date": "日付", "metrics": map[string]any{
				"sessions": map[string]any{"column": "閲覧"}, "applications": map[string]any{"column": "応募"}}}, "model.yaml:"},
			{"ambiguous number", "日付,端末,訪問,応募\n2026-04-01,PC,40.531,1\n2026-04-02,PC,41.200,1\n", good, "bad.csv:2:"},
		} {
			id, _ := r.stage("small", "bad.csv", c.content)
			before := r.fingerprint(ws)
			got := r.importFile(422, "small", id, map[string]any{"source_id": "web", "spec": c.spec, "base_version": 1, "lang": "en"})
			if at := got["errors"].([]any)[0].(map[string]any)["location"].(string); !strings.HasPrefix(at, c.location) {
				t.Errorf("%s: the problem is at %q, not %q", c.name, at, c.location)
			}
			if after := r.fingerprint(ws); after != before {
				t.Errorf("%s: something came in:\n%s", c.name, cmp.Diff(before, after))
			}
			r.run([]scenario{{method: "GET", url: "/api/workspaces/small/uploads/" + id, status: 200, want: `{"state": "staged"}`}})
		}
	})
}

func (r *rig) daysOf(slug, indicator string) []any {
	r.t.Helper()
	return r.get("/api/workspaces/" + slug + "/indicators/" + indicator)["daily"].(map[string]any)["values"].([]any)
}

func last(values []any, n int) []any { return values[len(values)-n:] }

// Files of one source lie over each other: a day belongs to the newest file that
// has it, and taking a file out brings back what lay below.
func TestFilesOfASourceFoldByDay(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		r.plant("small", smallModel, nil)
		spec := map[string]any{"csv": "sns.csv", "date": "date", "metrics": map[string]any{"likes": map[string]any{"column": "likes"}}}
		bring := func(content string, version int) string {
			id, _ := r.stage("small", "sns.csv", content)
			r.importFile(200, "small", id, map[string]any{"source_id": "sns", "spec": spec, "base_version": version})
			return id
		}
		check := func(what string, want ...any) {
			t.Helper()
			if diff := cmp.Diff(want, last(r.daysOf("small", "likes"), len(want))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		bring("date,likes,x\n2026-05-01,1,7\n2026-05-02,2,7\n2026-05-03,3,7\n", 1)
		second := bring("date,likes,x\n2026-05-02,20,7\n2026-05-04,40,7\n", 1)
		check("two files", 1.0, 20.0, 3.0, 40.0)
		bring("date,likes,x\n2026-05-02,20,7\n2026-05-04,40,7\n", 1)
		check("the same again", 1.0, 20.0, 3.0, 40.0)

		// Reading the source in another way reads all of its files again.
		r.must(200, "POST", "/api/workspaces/small/model/edit", map[string]any{"base_version": 1, "edits": []any{
			map[string]any{"op": "set_source", "id": "sns", "source": map[string]any{
				"csv": "sns.csv", "date": "date", "metrics": map[string]any{"likes": map[string]any{"column": "x"}}}},
		}})
		check("another column", 7.0, 7.0, 7.0, 7.0)
		old := r.get("/api/workspaces/small/indicators/likes?version=1")["daily"].(map[string]any)["values"].([]any)
		if diff := cmp.Diff([]any{1.0, 20.0, 3.0, 40.0}, last(old, 4)); diff != "" {
			t.Errorf("the old version shows other numbers than it did (-want +got):\n%s", diff)
		}
		r.must(200, "POST", "/api/workspaces/small/versions/1/restore", nil)
		check("restored", 1.0, 20.0, 3.0, 40.0)

		r.must(204, "DELETE", "/api/workspaces/small/uploads/"+second, nil)
		check("one of the two that were the same", 1.0, 20.0, 3.0, 40.0)
		for _, u := range r.get("/api/workspaces/small/sources")["sources"].([]any)[1].(map[string]any)["uploads"].([]any) {
			r.must(204, "DELETE", "/api/workspaces/small/uploads/"+u.(map[string]any)["id"].(string), nil)
		}
		r.run([]scenario{{method: "GET", url: "/api/workspaces/small/sources", status: 200, want: `{"sources": [{}, {"id": "sns", "days": 0, "first": null, "uploads": []}]}`}})
	})
}

// A file that is in is not read in a second time, and one whose source has gone
// from the model takes its numbers along.
func TestAFileIsInOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ws := r.plant("small", smallModel, nil)
	spec := map[string]any{"csv": "n.csv", "date": "date", "metrics": map[string]any{"n": map[string]any{"column": "n"}}}
	add := map[string]any{"op": "set_source", "id": "extra", "source": spec}
	first, _ := r.stage("small", "n.csv", "date,n\n2026-05-01,1\n2026-05-02,2\n")
	r.importFile(200, "small", first, map[string]any{"source_id": "extra", "spec": spec, "base_version": 1})
	second, _ := r.stage("small", "n.csv", "date,n\n2026-05-02,20\n")
	r.importFile(200, "small", second, map[string]any{"source_id": "extra", "spec": spec, "base_version": 2})
	before := r.fingerprint(ws)
	for _, source := range []string{"extra", "sns"} {
		r.importFile(409, "small", first, map[string]any{"source_id": source, "spec": spec, "base_version": 2})
	}
	if r.fingerprint(ws) != before {
		t.Error("a file that is in already changed something")
	}

	edit := func(base int, edit map[string]any) {
		t.Helper()
		r.must(200, "POST", "/api/workspaces/small/model/edit", map[string]any{"base_version": base, "edits": []any{edit}})
	}
	edit(2, map[string]any{"op": "remove_source", "id": "extra"})
	r.must(204, "DELETE", "/api/workspaces/small/uploads/"+second, nil)
	edit(3, add)
	r.run([]scenario{{name: "back with what is left", method: "GET", url: "/api/workspaces/small/sources", status: 200,
		want: `{"sources": [{}, {}, {"id": "extra", "days": 2, "rows": 2, "uploads": [{"name": "n.csv"}]}]}`}})
	edit(4, map[string]any{"op": "remove_source", "id": "extra"})
	r.must(204, "DELETE", "/api/workspaces/small/uploads/"+first, nil)
	edit(5, add)
	r.run([]scenario{{name: "back with nothing", method: "GET", url: "/api/workspaces/small/sources", status: 200,
		want: `{"sources": [{}, {}, {"id": "extra", "days": 0, "first": null, "uploads": []}]}`}})
}

// A source that joins a second file is read as soon as both are there, and again
// when the joined one is replaced.
func TestJoinedFilesAreFoundAmongTheUploads(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	model := "shirube: 1\nname: 商談\nlocale: ja\ntimezone: Asia/Tokyo\nfiscal_year_start: 4\n" +
		"kgi: {id: won, name: 受注数, unit: 件, measure: crm.won}\n" +
		"sources:\n  crm: {csv: leads.csv, date: first, metrics: {won: {count: rows, where: {stage: [won]}}}, join: {csv: deals.csv, on: id}}\n"
	r.plant("sales", model, nil)
	spec := map[string]any{"csv": "leads.csv", "date": "first", "metrics": map[string]any{
		"won": map[string]any{"count": "rows", "where": map[string]any{"stage": []string{"won"}}}}}
	request := map[string]any{"source_id": "crm", "spec": spec, "base_version": 1, "lang": "en"}
	leads := "first,id\n2026-05-01,a\n2026-05-01,b\n2026-05-02,c\n"

	early, _ := r.stage("sales", "leads.csv", leads)
	r.importFile(422, "sales", early, request) // deals.csv is not there yet
	deals, _ := r.stage("sales", "deals.csv", "id,stage\na,won\nb,lost\nc,won\n")
	r.importFile(200, "sales", deals, request)
	r.importFile(200, "sales", early, request)
	if diff := cmp.Diff([]any{1.0, 1.0}, last(r.daysOf("sales", "won"), 2)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	deals, _ = r.stage("sales", "deals.csv", "id,stage\na,won\nb,won\nc,lost\n")
	r.importFile(200, "sales", deals, request)
	if diff := cmp.Diff([]any{2.0, 0.0}, last(r.daysOf("sales", "won"), 2)); diff != "" {
		t.Errorf("the joined file replaced (-want +got):\n%s", diff)
	}
	deals, _ = r.stage("sales", "deals.csv", "id,stage\na,won\na,lost\n")
	r.importFile(422, "sales", deals, request)
	if diff := cmp.Diff([]any{2.0, 0.0}, last(r.daysOf("sales", "won"), 2)); diff != "" {
		t.Errorf("a joined file that cannot be read came in (-want +got):\n%s", diff)
	}
}

// Files that come in at the same moment are all there afterwards.
func TestFilesThatComeAtOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		r.plant("small", smallModel, nil)
		spec := map[string]any{"csv": "sns.csv", "date": "date", "metrics": map[string]any{"likes": map[string]any{"column": "n"}}}
		var want []any
		var ids []string
		for i := range 5 {
			id, _ := r.stage("small", "sns.csv", fmt.Sprintf("date,likes,n\n2026-05-0%d,0,%d\n", i+1, i+1))
			ids, want = append(ids, id), append(want, float64(i+1))
		}
		first := r.importFile(200, "small", ids[0], map[string]any{"source_id": "sns", "spec": spec, "base_version": 1})
		var all sync.WaitGroup
		for _, id := range ids[1:] {
			all.Go(func() {
				a := r.do("POST", "/api/workspaces/small/uploads/"+id+"/import",
					map[string]any{"source_id": "sns", "spec": spec, "base_version": first["version"]})
				if a.status != 200 {
					t.Errorf("%d %s", a.status, a.text)
				}
			})
		}
		all.Wait()
		if diff := cmp.Diff(want, last(r.daysOf("small", "likes"), 5)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestUploadsThatAreRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(d *Deps) { d.MaxUploadBytes = 1000 })
	r.plant("small", smallModel, nil)
	large := strings.Repeat("2026-04-01,1\n", 100)
	r.run([]scenario{
		{name: "too large, and says so", method: "POST", url: "/api/workspaces/small/uploads?name=a.csv", body: large, status: 413},
		{name: "too large, found out", method: "POST", url: "/api/workspaces/small/uploads?name=a.csv", body: io.MultiReader(strings.NewReader(large)), status: 413},
		{name: "no name", method: "POST", url: "/api/workspaces/small/uploads", body: "a", status: 422},
		{name: "a name that is none", method: "POST", url: "/api/workspaces/small/uploads?name=..", body: "a", status: 400},
		{name: "empty", method: "POST", url: "/api/workspaces/small/uploads?name=a.csv", body: "", status: 422},
		{name: "no such workspace", method: "POST", url: "/api/workspaces/none/uploads?name=a.csv", body: "a,b\n1,2\n", status: 404},
		{name: "a path is a name", method: "POST", url: "/api/workspaces/small/uploads?name=C%3A%5Cx%5Ca.csv", body: "date,b\n2026-04-01,2\n", status: 201, want: `{"name": "a.csv"}`},
	})
}

// rowsOf makes a file of any size without holding it.
type rowsOf struct {
	left int64
	row  []byte
	rest []byte
}

func (f *rowsOf) Read(p []byte) (int, error) {
	if f.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && f.left > 0 {
		if len(f.rest) == 0 {
			f.rest = f.row
		}
		c := copy(p[n:], f.rest)
		f.rest = f.rest[c:]
		n += c
		f.left -= int64(c)
	}
	return n, nil
}

// A large file goes through without being held in memory.
func TestALargeFileStreams(t *testing.T) {
	r := newRig(t)
	r.plant("small", smallModel, nil)
	row := []byte("2026-04-01,1,なにか長い文章がここに入ります。なにか長い文章がここに入ります。\n")
	size := int64(len(row)) * 300_000 // about 36 MB
	file := io.MultiReader(strings.NewReader("date,likes,note\n"), &rowsOf{left: size, row: row})
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.TotalAlloc
	}
	before := heap()
	id, _ := r.stage("small", "large.csv", file)
	if grown := heap() - before; grown > uint64(size) {
		t.Errorf("staging %d MB allocated %d MB in all", size>>20, grown>>20)
	}
	peak := watchHeap(t)
	r.importFile(200, "small", id, map[string]any{"source_id": "sns", "base_version": 1, "spec": map[string]any{
		"csv": "sns.csv", "date": "date", "metrics": map[string]any{"likes": map[string]any{"column": "likes"}}}})
	const bound = 32 << 20
	if p := peak(); p > bound {
		t.Errorf("importing held %d MB", p>>20)
	} else {
		t.Logf("importing held %d MB", p>>20)
	}
	values := r.daysOf("small", "likes")
	if diff := cmp.Diff([]any{300_000.0}, last(values, 1)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// watchHeap samples the live heap until the returned function is called, and
// tells how far it rose.
func watchHeap(t *testing.T) func() uint64 {
	t.Helper()
	live := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	// Garbage may grow to as much as everything the program holds, which is not what is asked.
	percent := debug.SetGCPercent(10)
	runtime.GC()
	base, top := live(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond): // reading the statistics stops the world
				top = max(top, live())
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		debug.SetGCPercent(percent)
		return top - min(base, top)
	}
}

// One workspace never sees another's, whichever way it is asked.
func TestWorkspacesDoNotMix(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		r.plant("ours", smallModel, smallFiles())
		r.plant("theirs", strings.ReplaceAll(smallModel, "採用SNS", "ひみつの計画"), nil)
		id, _ := r.stage("theirs", "sns.csv", "date,likes\n2026-04-01,987654\n")
		view := r.must(201, "POST", "/api/workspaces/theirs/views", map[string]any{})
		r.run([]scenario{
			{method: "GET", url: "/api/workspaces/ours/uploads/" + id, status: 404},
			{method: "GET", url: "/api/workspaces/ours/uploads/" + id + "/preview", status: 404},
			{method: "DELETE", url: "/api/workspaces/ours/uploads/" + id, status: 404},
			{method: "POST", url: "/api/workspaces/ours/uploads/" + id + "/import", status: 404, body: map[string]any{
				"source_id": "sns", "base_version": 1, "spec": map[string]any{"csv": "sns.csv", "date": "date", "metrics": map[string]any{}}}},
			{method: "DELETE", url: "/api/workspaces/ours/views/" + view["id"].(string), status: 404},
			{method: "GET", url: "/api/workspaces/ours/views", status: 200, want: `{"views": []}`},
			{name: "what is staged is not data", method: "GET", url: "/api/workspaces/theirs/map", status: 200, want: `{"first_day": null}`},
		})
		for _, page := range []string{"map", "model", "sources", "versions", "indicators/likes"} {
			if text := r.do("GET", "/api/workspaces/ours/"+page, nil).text; strings.Contains(text, "ひみつ") || strings.Contains(text, "987654") {
				t.Errorf("%s holds the other's", page)
			}
		}
	})
}

func TestUploadedBytesAreKept(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ws := r.plant("small", smallModel, nil)
	sent := []byte(webCSV(400))
	id, _ := r.stage("small", "web.csv", bytes.NewReader(sent))
	content, err := r.db.Uploads.Open(context.Background(), ws.ID, store.UploadID(id))
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	got, err := io.ReadAll(content)
	if err != nil || !bytes.Equal(got, sent) {
		t.Errorf("%d bytes of %d, %v", len(got), len(sent), err)
	}
}
