package template_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

var today = series.Date(2026, time.November, 21)

func model(t *testing.T, key string, lang words.Lang, day series.Day) *goal.Model {
	t.Helper()
	files, err := template.Files(key, lang, template.Options{Today: day})
	if err != nil {
		t.Fatal(err)
	}
	m, err := goal.Parse(template.ModelFile, files[0].Data)
	if err != nil {
		t.Fatalf("%s.%s: %v", key, lang, err)
	}
	return m
}

func TestModelsAreWhole(t *testing.T) {
	t.Parallel()
	kinds := map[goal.TargetKind]bool{}
	for _, key := range template.Keys() {
		for _, lang := range langs {
			m := model(t, key, lang, today)
			kinds[m.KGI().Target.Kind] = true
			if m.Locale != lang {
				t.Errorf("%s.%s speaks %s", key, lang, m.Locale)
			}
			for _, i := range m.Indicators {
				if i.Definition == "" || i.Unit == "" || i.Owner == "" || i.Why == "" {
					t.Errorf("%s.%s: %q lacks a definition, unit, owner or why", key, lang, i.ID)
				}
			}
			for _, in := range m.Influences {
				if in.Because == "" {
					t.Errorf("%s.%s: the influence %s → %s gives no reason", key, lang, in.From, in.To)
				}
			}
			if n := len(m.Influences); n < 1 || n > 3 {
				t.Errorf("%s.%s has %d influences, want 1 to 3", key, lang, n)
			}
			// That nobody has agreed yet is for the team to mend; all else is ours.
			for _, f := range goal.CheckShape(m) {
				if f.Severity == goal.SeverityError || f.Severity == goal.SeverityWarning && f.Code != "not-agreed" {
					t.Errorf("%s.%s: %s", key, lang, f.Sentence.In(lang))
				}
			}
		}
	}
	if len(kinds) != 4 {
		t.Errorf("the KGIs are of the kinds %v, want all four", kinds)
	}
}

func TestTwinsHaveOneShape(t *testing.T) {
	t.Parallel()
	type form struct {
		ID, Formula, Measure, Role string
		Target                     *goal.Target
	}
	forms := func(m *goal.Model) (out []form) {
		for _, i := range m.Indicators {
			f := form{ID: i.ID, Role: string(i.Role)}
			if i.Formula != nil {
				f.Formula = i.Formula.Canonical()
			}
			if i.Measure != nil {
				f.Measure = i.Measure.Canonical()
			}
			if i.Target != nil {
				target := *i.Target
				target.At = goal.Position{}
				f.Target = &target
			}
			out = append(out, f)
		}
		return out
	}
	unplaced := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".fields" }, cmp.Ignore())
	for _, key := range template.Keys() {
		ja, en := model(t, key, words.JA, today), model(t, key, words.EN, today)
		if diff := cmp.Diff(forms(ja), forms(en), unplaced); diff != "" {
			t.Errorf("%s: ja and en differ:\n%s", key, diff)
		}
		if len(ja.Influences) != len(en.Influences) || len(ja.Sources) != len(en.Sources) {
			t.Errorf("%s: ja and en differ in influences or sources", key)
		}
	}
}

// An English reader must not meet Japanese, nor a Japanese one only English.
func TestModelsKeepToTheirLanguage(t *testing.T) {
	t.Parallel()
	japanese := func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
	}
	for _, key := range template.Keys() {
		files, err := template.Files(key, words.EN, template.Options{Today: today, Sample: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if at := bytes.IndexFunc(f.Data, japanese); at >= 0 {
				t.Errorf("%s.en: %s has Japanese at %q", key, f.Name, f.Data[at:min(at+20, len(f.Data))])
			}
		}
		for _, i := range model(t, key, words.JA, today).Indicators {
			if strings.IndexFunc(i.Name+i.Definition+i.Why, japanese) < 0 {
				t.Errorf("%s.ja: %q is not in Japanese", key, i.ID)
			}
		}
	}
}

func TestDatesLieAroundTheDay(t *testing.T) {
	t.Parallel()
	for _, day := range []series.Day{series.Date(2024, 2, 29), series.Date(2026, 4, 1), series.Date(2026, 4, 2), series.Date(2027, 3, 31), series.Date(2040, 1, 1)} {
		for _, key := range template.Keys() {
			for _, lang := range langs {
				m := model(t, key, lang, day)
				year := m.Fiscal.Containing(series.GrainYear, day-1)
				for _, i := range m.Indicators {
					if i.Target == nil {
						continue
					}
					if span, ok := i.Target.Span(); !ok || span != year {
						t.Errorf("%s on %s: target of %q is %v, want the fiscal year %v", key, day, i.ID, span, year)
					}
				}
				if label := m.Fiscal.Label(series.GrainYear, year).In(lang); !strings.Contains(m.Name, label) {
					t.Errorf("%s on %s is called %q, want it to name %s", key, day, m.Name, label)
				}
			}
		}
	}
}

func TestFilesAreRepeatableSmallAndComplete(t *testing.T) {
	t.Parallel()
	for _, key := range template.Keys() {
		opt := template.Options{Today: today, Sample: true}
		first, err := template.Files(key, words.JA, opt)
		if err != nil {
			t.Fatal(err)
		}
		again, err := template.Files(key, words.JA, opt)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(first, again) {
			t.Errorf("%s: two runs differ", key)
		}
		size := 0
		var names []string
		for _, f := range first[1:] {
			size += len(f.Data)
			names = append(names, f.Name)
		}
		if size > 500_000 {
			t.Errorf("%s: the sample has %d bytes", key, size)
		}
		for _, s := range model(t, key, words.JA, today).Sources {
			if !slices.Contains(names, s.Path) {
				t.Errorf("%s: no sample for %s", key, s.Path)
			}
		}
	}
}

// Tomorrow's sample is today's with one day more, so that a team sees a story
// go on and not another one begin.
func TestSampleGrowsByADay(t *testing.T) {
	t.Parallel()
	for _, key := range template.Keys() {
		before, err := template.Files(key, words.JA, template.Options{Today: today, Sample: true})
		if err != nil {
			t.Fatal(err)
		}
		after, err := template.Files(key, words.JA, template.Options{Today: today + 1, Sample: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range before {
			if !bytes.HasPrefix(after[i].Data, f.Data) {
				t.Errorf("%s: %s of the next day tells another past", key, f.Name)
			}
		}
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		infos, err := template.List(lang)
		if err != nil {
			t.Fatal(err)
		}
		for i, info := range infos {
			if info.Key != template.Keys()[i] || info.Name == "" || info.Summary == "" || info.KGI.Name == "" || len(info.Sources) == 0 {
				t.Errorf("%s: %+v lacks something", info.Key, info)
			}
			if root := info.Shape[0]; root.ID != info.KGI.ID || root.Parent != "" || root.Join == "" {
				t.Errorf("%s: the tree begins with %+v", info.Key, root)
			}
		}
	}
	infos, err := template.List(words.JA)
	if err != nil {
		t.Fatal(err)
	}
	want := []template.Node{
		{ID: "applications", Name: "SNS経由の採用応募数", Join: "×"},
		{ID: "visits", Name: "採用サイト訪問数", Parent: "applications", Level: 1, Join: "×"},
		{ID: "apply_rate", Name: "応募率", Parent: "applications", Level: 1, Join: "×"},
		{ID: "impressions", Name: "投稿の表示回数", Parent: "visits", Level: 2},
		{ID: "ctr", Name: "クリック率", Parent: "visits", Level: 2},
		{ID: "form_reach", Name: "応募ページ到達率", Parent: "apply_rate", Level: 2},
		{ID: "form_completion", Name: "応募ページ完了率", Parent: "apply_rate", Level: 2},
	}
	if diff := cmp.Diff(want, infos[0].Shape); diff != "" {
		t.Error(diff)
	}
}

func TestUnknownTemplate(t *testing.T) {
	t.Parallel()
	_, err := template.Files("sns-recruting", words.JA, template.Options{Today: today})
	unknown, ok := errors.AsType[*template.UnknownError](err)
	if !ok || !strings.Contains(unknown.In(words.JA), "sns-recruiting") || !strings.Contains(unknown.In(words.EN), "There is no template") {
		t.Errorf("got %v", err)
	}
}
