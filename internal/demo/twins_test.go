package demo

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// twins are the workspaces of a day in both languages, pair by pair.
func twins(t *testing.T, today series.Day) (ja, en []Workspace) {
	t.Helper()
	ja, err := Workspaces(today, words.JA)
	if err != nil {
		t.Fatal(err)
	}
	en, err = Workspaces(today, words.EN)
	if err != nil {
		t.Fatal(err)
	}
	if len(ja) != len(en) {
		t.Fatalf("%d workspaces in Japanese, %d in English", len(ja), len(en))
	}
	return ja, en
}

// shape compares models but for the words in them and where they stand in the file.
var shape = cmp.Options{
	cmp.Comparer(func(a, b *formula.Expr) bool { return a == b || a != nil && b != nil && a.Source() == b.Source() }),
	cmpopts.IgnoreTypes(goal.Position{}),
	cmpopts.IgnoreUnexported(goal.Model{}, goal.Indicator{}, goal.Target{}, goal.Source{}, goal.Metric{}, goal.Join{}),
	cmpopts.IgnoreFields(goal.Model{}, "Name", "Locale", "Location"),
	cmpopts.IgnoreFields(goal.Indicator{}, "Name", "Definition", "Unit", "Owner", "Why"),
	cmpopts.IgnoreFields(goal.Agreement{}, "By"),
	cmpopts.IgnoreFields(goal.Statement{}, "By", "Meaning"),
	cmpopts.IgnoreFields(goal.Influence{}, "Because"),
	cmpopts.IgnoreFields(goal.Event{}, "What"),
	cmpopts.IgnoreFields(goal.Source{}, "Date"),
	cmpopts.IgnoreFields(goal.Metric{}, "Source", "Column"),
	// Headers and the values of cells are words too: how many there are has to agree.
	cmp.Transformer("count", func(list []string) int { return len(list) }),
	cmpopts.IgnoreFields(goal.Filter{}, "Column"),
}

func TestTwinsHaveOneShapeAndTheSameNumbers(t *testing.T) {
	t.Parallel()
	for _, today := range []series.Day{days[0], days[3], days[5]} {
		inJA, inEN := twins(t, today)
		for n := range inJA {
			if inJA[n].Slug != inEN[n].Slug {
				t.Errorf("%s is %s in English", inJA[n].Slug, inEN[n].Slug)
			}
			ja, en := read(t, inJA[n]), read(t, inEN[n])
			if en.Model().Locale != words.EN {
				t.Errorf("%s: the English model speaks %s", inEN[n].Slug, en.Model().Locale)
			}
			if diff := cmp.Diff(ja.Model(), en.Model(), shape); diff != "" {
				t.Fatalf("%s on %s: ja and en differ:\n%s", inJA[n].Slug, today, diff)
			}
			year := ja.Model().Fiscal.Containing(series.GrainYear, today-1)
			for i, ind := range ja.Model().Indicators {
				if twin := en.Model().Indicators[i]; ind.Ratio() != twin.Ratio() || (ind.Unit == "") != (twin.Unit == "") {
					t.Errorf("%s: the unit is %q in Japanese, %q in English", ind.ID, ind.Unit, twin.Unit)
				}
				if diff := cmp.Diff(ja.History(ind.ID), en.History(ind.ID), cmpopts.EquateNaNs()); diff != "" {
					t.Errorf("%s on %s: the days of %q differ:\n%s", inJA[n].Slug, today, ind.ID, diff)
				}
				a, b := ja.Value(ind.ID, year), en.Value(ind.ID, year)
				if diff := cmp.Diff(a, b, cmpopts.EquateNaNs()); diff != "" {
					t.Errorf("%s on %s: the year of %q differs:\n%s", inJA[n].Slug, today, ind.ID, diff)
				}
			}
			for name, metric := range ja.Data().Metrics {
				if twin := en.Data().Metrics[name]; twin == nil || len(metric.Parts) != len(twin.Parts) {
					t.Errorf("%s on %s: %s is split differently", inJA[n].Slug, today, name)
				}
			}
		}
	}
}

// What the program has to say of the company is the same in both languages.
func TestTwinsAreToldTheSame(t *testing.T) {
	t.Parallel()
	today := series.Date(2026, time.November, 21)
	inJA, inEN := twins(t, today)
	type told struct {
		What      string
		Mark      any
		Indicator *string
	}
	for n := range inJA {
		opt := insight.Options{AsOf: today - 1, Today: today}
		var said [2][]told
		for i, w := range []Workspace{inJA[n], inEN[n]} {
			ev := read(t, w)
			opt.Lang = []words.Lang{words.JA, words.EN}[i]
			for _, f := range insight.Check(ev, opt) {
				said[i] = append(said[i], told{f.Code, f.Severity, f.Indicator})
				if f.Severity == goal.SeverityError {
					t.Errorf("%s.%s: %s", w.Slug, opt.Lang, f.Sentence)
				}
			}
			for _, r := range insight.Status(ev, opt).Indicators {
				said[i] = append(said[i], told{r.ID, r.Status, nil})
			}
		}
		if diff := cmp.Diff(said[0], said[1]); diff != "" {
			t.Errorf("%s: ja and en differ:\n%s", inJA[n].Slug, diff)
		}
	}
}

// An English reader meets no Japanese: not in the files, nor in what is made of them.
func TestEnglishTwinKeepsToEnglish(t *testing.T) {
	t.Parallel()
	japanese := func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= '　' && r <= '〿' || r >= '！' && r <= '｠'
	}
	clean := func(what string, text []byte) {
		t.Helper()
		if at := bytes.IndexFunc(text, japanese); at >= 0 {
			t.Errorf("%s has Japanese at %q", what, text[max(at-20, 0):min(at+20, len(text))])
		}
	}
	for _, today := range days {
		_, workspaces := twins(t, today)
		for _, w := range workspaces {
			clean(w.Slug, []byte(w.Name+w.ModelName))
			for _, f := range w.Files {
				clean(w.Slug+"/"+f.Name, unpacked(t, f.Name, f.Data))
			}
		}
		opt := insight.Options{AsOf: today - 1, Today: today, Lang: words.EN}
		ev := read(t, workspaces[0])
		for what, reply := range map[string]any{"status": insight.Status(ev, opt), "check": insight.Check(ev, opt)} {
			text, err := json.Marshal(reply)
			if err != nil {
				t.Fatal(err)
			}
			clean(what, text)
		}
	}
}

func unpacked(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	if !strings.HasSuffix(name, ".gz") {
		return data
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
