package platform_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/measure/source/platform"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

var update = flag.Bool("update", false, "write the golden file anew")

// TestPlatforms recognises every fixture, imports it as proposed, through the model and the
// reader of sources, and compares what comes out with what was put in by hand.
func TestPlatforms(t *testing.T) {
	t.Parallel()
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range fixtures {
		fmt.Fprintf(&out, "== %s\n", f.name)
		describe(t, &out, f.file, f.data(t), tokyo)
	}
	golden := filepath.Join("testdata", "platforms.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("differs from %s; run with -update and read the difference\n%s", golden, firstDifference(out.String(), string(want)))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d: got  %s\n      want %s", i+1, a[i], strings.Join(b[min(i, len(b)):min(i+1, len(b))], ""))
		}
	}
	return "shorter"
}

func describe(t *testing.T, out *strings.Builder, name string, data []byte, zone *time.Location) {
	t.Helper()
	tables, err := table.Tables(bytes.NewReader(data), table.Options{Name: name})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	found := platform.Recognise(name, tables)
	for _, f := range found {
		fmt.Fprintf(out, "%s %q: %s / %s\n", f.ID, f.Table, f.Name.In(words.JA), f.Name.In(words.EN))
	}
	if len(found) == 0 || !found[0].Daily {
		fmt.Fprintln(out, "nothing to import")
		return
	}
	f := found[0]
	for _, w := range f.Warnings {
		fmt.Fprintf(out, "! %s\n", w.In(words.EN))
	}
	f.Spec.Path = name
	data2, err := readAs(t, name, data, f)
	if err != nil {
		t.Errorf("%s: read as proposed: %v", name, err)
		return
	}
	fmt.Fprintf(out, "source %s by %s date %q gaps %q\n", f.Source, strings.Join(f.Spec.By, "+"), f.Spec.Date, f.Spec.Gaps)
	var ids []string
	for id := range data2.Metrics {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		o := data2.Metrics[id]
		var days []string
		for i, v := range o.Total.Values {
			days = append(days, fmt.Sprintf("%s=%v", (o.Total.First+series.Day(i)).String(), v))
		}
		fmt.Fprintf(out, "  %s %s", id, strings.Join(days, " "))
		for _, p := range o.Parts {
			fmt.Fprintf(out, " %v", p.Values)
		}
		fmt.Fprintln(out)
	}
	if f.Posts == nil {
		return
	}
	posts, err := platform.ReadPosts(t.Context(), bytes.NewReader(data), table.Options{Name: name, Sheet: f.Table}, f.Posts, table.StyleUnknown, zone, 1)
	if err != nil {
		t.Errorf("%s: posts: %v", name, err)
	}
	for _, p := range posts {
		metrics, err := json.Marshal(p.Metrics)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(out, "  post %s %s %s day only %v %q %q %s %s\n", p.Network, p.ID, time.UnixMilli(int64(p.At)).In(zone).Format("2006-01-02 15:04"), p.DayOnly, p.Format, p.Theme, p.URL, metrics)
	}
}

// readAs puts the proposal into a model and reads the file by it.
func readAs(t *testing.T, name string, data []byte, f platform.Found) (*goal.Data, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
	yaml, err := goal.ApplyEdits([]byte("shirube: 1\ntimezone: Asia/Tokyo\nkgi: {id: k}\n"), []goal.Edit{{Op: goal.SetSource, ID: f.Source, Source: &f.Spec}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := goal.Parse("model.yaml", yaml)
	if err != nil {
		t.Fatalf("%v\n%s", err, yaml)
	}
	folder, err := source.Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	return source.ReadAll(t.Context(), m, folder, nil)
}
