package demo

import (
	"bytes"
	"io/fs"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// memory serves a workspace's files to the reader of sources.
type memory []template.File

type content struct{ *bytes.Reader }

func (content) Close() error { return nil }

func (m memory) Open(name string) (source.File, error) {
	for _, f := range m {
		if f.Name == name {
			return source.File{Name: name, Content: content{bytes.NewReader(f.Data)}, Size: int64(len(f.Data))}, nil
		}
	}
	return source.File{}, fs.ErrNotExist
}

// read takes a workspace in as the program does.
func read(t *testing.T, w Workspace) *goal.Evaluator {
	t.Helper()
	model, err := goal.Parse(template.ModelFile, w.Files[0].Data)
	if err != nil {
		t.Fatalf("%s: %v", w.Slug, err)
	}
	data, err := source.ReadAll(t.Context(), model, memory(w.Files), nil)
	if err != nil {
		t.Fatalf("%s: %v", w.Slug, err)
	}
	return goal.NewEvaluator(model, data)
}

// days are mornings all over the year, leap day and both ends of the fiscal year
// among them: the demo is started on any day.
var days = []series.Day{
	series.Date(2026, time.November, 21), series.Date(2026, time.April, 1), series.Date(2026, time.July, 9),
	series.Date(2026, time.July, 11), series.Date(2027, time.January, 2), series.Date(2028, time.February, 29),
}

func TestDemoIsAliveOnAnyDay(t *testing.T) {
	t.Parallel()
	for _, today := range days {
		workspaces, err := Workspaces(today, words.JA)
		if err != nil {
			t.Fatal(err)
		}
		size := 0
		for n, w := range workspaces {
			ev := read(t, w)
			for _, f := range w.Files {
				size += len(f.Data)
			}
			for _, f := range goal.CheckShape(ev.Model()) {
				if f.Severity == goal.SeverityError {
					t.Errorf("%s on %s: %s", w.Slug, today, f.Sentence.JA)
				}
			}
			last, _ := ev.Data().Last()
			if last != today-1 {
				t.Errorf("%s on %s: data end on %s", w.Slug, today, last)
			}
			marks := map[string]bool{}
			for _, r := range insight.Status(ev, insight.Options{AsOf: last, Today: today, Lang: words.JA}).Indicators {
				if r.Goal != nil || r.Value == nil {
					marks[r.Status] = true
				}
			}
			if n == 0 && len(marks) < 5 {
				t.Errorf("on %s the map of ひなたワークス shows only %v", today, marks)
			}
		}
		if size > 1_500_000 {
			t.Errorf("on %s the demo has %d bytes", today, size)
		}
	}
}

// The story on screen: the year looks good, the road is breaking.
func TestStandingOfTheCompany(t *testing.T) {
	t.Parallel()
	today := series.Date(2026, time.November, 21)
	workspaces, err := Workspaces(today, words.JA)
	if err != nil {
		t.Fatal(err)
	}
	opt := insight.Options{AsOf: today - 1, Today: today, Lang: words.JA}
	ev := read(t, workspaces[0])
	standing := insight.Status(ev, opt)
	got := map[string]string{}
	for _, r := range standing.Indicators {
		if r.Goal != nil || r.Value == nil {
			got[r.ID] = r.Status
		}
	}
	want := map[string]string{
		"applications": insight.StatusOnPace, "visits": insight.StatusBehind, "impressions": insight.StatusOnPace, "ctr": insight.StatusMissed,
		"form_reach": insight.StatusOnPace, "form_completion": insight.StatusBehind, "reels": insight.StatusBehind,
		"profile_visits": insight.StatusTooEarly, "employee_views": insight.StatusOnPace, "dm_reply": insight.StatusMet,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	kgi := standing.Indicators[0]
	if p := kgi.Forecast.PAttain; p == nil || *p < .1 || *p > .9 {
		t.Errorf("the KGI hangs by %v, want it open", p)
	}
	if last, _ := ev.History("likes").LastPresent(); last != TruthsOn(today).LikesUntil {
		t.Errorf("likes reach %s", last)
	}
	// The demo may have open questions, but not one that is an error.
	for _, f := range insight.Check(ev, opt) {
		if f.Severity == goal.SeverityError {
			t.Errorf("%s: %s", f.Code, f.Sentence)
		}
	}
}

func TestWorkspacesHaveNamesAndKinds(t *testing.T) {
	t.Parallel()
	workspaces, err := Workspaces(days[0], words.JA)
	if err != nil {
		t.Fatal(err)
	}
	type told struct {
		Slug, Name, Model string
		Kind              goal.TargetKind
		Amount            float64
		Serves            string
	}
	var got []told
	for _, w := range workspaces {
		kgi := read(t, w).Model().KGI()
		got = append(got, told{w.Slug, w.Name, w.ModelName, kgi.Target.Kind, kgi.Target.Amount, kgi.Serves})
	}
	want := []told{
		{"hinata", "ひなたワークス", "SNS採用 2026年度", goal.TargetTotal, 100, "recruiting"},
		{"hinata-store", "ひなたストア", "SNS販売 2026年度", goal.TargetGrowth, 1.5, "revenue"},
		{"hinata-sales", "ひなたワークス 法人営業", "SNS商談 2026年度", goal.TargetHold, 20, "revenue"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSameDaySameBytes(t *testing.T) {
	t.Parallel()
	for _, today := range days[:3] {
		first, err := Workspaces(today, words.JA)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Workspaces(today, words.JA)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(first, again) {
			t.Errorf("two runs of %s differ", today)
		}
	}
}
