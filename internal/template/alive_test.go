package template_test

import (
	"bytes"
	"io/fs"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// memory serves a template's files to the reader of sources.
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

// alive reads a template's files as the program does.
func alive(t *testing.T, key string, lang words.Lang, today series.Day) *goal.Evaluator {
	t.Helper()
	files, err := template.Files(key, lang, template.Options{Today: today, Sample: true})
	if err != nil {
		t.Fatal(err)
	}
	model, err := goal.Parse(template.ModelFile, files[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	data, err := source.ReadAll(t.Context(), model, memory(files), nil)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	return goal.NewEvaluator(model, data)
}

var langs = []words.Lang{words.JA, words.EN}

// A template that was just unpacked must greet its reader with a living map, not
// with errors, whatever the season.
func TestSampleMakesALivingMap(t *testing.T) {
	t.Parallel()
	for _, key := range template.Keys() {
		for _, lang := range langs {
			for _, today := range []series.Day{series.Date(2026, time.June, 25), series.Date(2026, time.November, 21), series.Date(2031, time.December, 3)} {
				ev := alive(t, key, lang, today)
				last, _ := ev.Data().Last()
				first, _ := ev.Data().First()
				if last != today-1 || first > today-548 {
					t.Errorf("%s: data from %s to %s, want 18 months up to the day before %s", key, first, last, today)
				}
				opt := insight.Options{AsOf: last, Today: today, Lang: lang}
				marks := map[string]bool{}
				for _, r := range insight.Status(ev, opt).Indicators {
					if r.Value == nil {
						t.Errorf("%s.%s on %s: %q has no value", key, lang, today, r.ID)
					}
					if r.Goal != nil || r.Value == nil {
						marks[r.Status] = true
					}
				}
				if len(marks) < 2 {
					t.Errorf("%s.%s on %s: the map has only %v", key, lang, today, marks)
				}
				for _, f := range insight.Check(ev, opt) {
					if f.Severity == goal.SeverityError || f.Code == "formula-disagrees-with-measure" {
						t.Errorf("%s.%s on %s: %s", key, lang, today, f.Sentence)
					}
				}
			}
		}
	}
}

// A Japanese and an English reader look at the same company.
func TestBothLanguagesHoldTheSameNumbers(t *testing.T) {
	t.Parallel()
	today := series.Date(2026, time.November, 21)
	span := series.Span{From: series.Date(2026, time.April, 1), To: today - 1}
	for _, key := range template.Keys() {
		ja, en := alive(t, key, words.JA, today), alive(t, key, words.EN, today)
		for _, ind := range ja.Model().Indicators {
			if a, b := ja.Value(ind.ID, span), en.Value(ind.ID, span); a.V != b.V {
				t.Errorf("%s %s: %v in Japanese, %v in English", key, ind.ID, a.V, b.V)
			}
		}
	}
}
