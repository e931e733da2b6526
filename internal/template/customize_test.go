package template_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

func TestCustomize(t *testing.T) {
	t.Parallel()
	type told struct {
		Name, KGI, Unit, Owner, From, By, Per string
		Kind                                  goal.TargetKind
		Amount, AtLeast                       float64
	}
	for _, tc := range []struct {
		name, key string
		wishes    template.Wishes
		want      told
	}{
		{"nothing said", "sns-recruiting", template.Wishes{},
			told{"SNS採用 2026年度", "SNS経由の採用応募数", "件", "採用担当", "2026-04-01", "2027-03-31", "month", goal.TargetTotal, 100, 1}},
		{"everything said", "sns-recruiting", template.Wishes{Name: "ひなたの採用", KGIName: "面談の予約: 数", Unit: "人", Owner: "田中", Amount: "1,200", By: "2026-12-31"},
			told{"ひなたの採用", "面談の予約: 数", "人", "田中", "2026-04-01", "2026-12-31", "month", goal.TargetTotal, 1200, 1}},
		{"a level keeps its months", "sns-meetings", template.Wishes{Amount: "25"},
			told{"SNS商談 2026年度", "SNS経由の商談件数", "件", "営業責任者", "2026-04-01", "2027-03-31", "month", goal.TargetHold, 25, .6}},
		{"a rate stays a rate", "ma-conversion", template.Wishes{By: "2026-12-31"},
			told{"MAで育てる 2026年度", "見込み客の問い合わせ率", "%", "マーケティング責任者", "2026-04-01", "2026-12-31", "month", goal.TargetReach, .05, 1}},
		{"another kind of goal", "sns-sales", template.Wishes{Kind: "total", Amount: "50000000"},
			told{"SNS販売 2026年度", "SNS経由の売上", "円", "販売責任者", "2026-04-01", "2027-03-31", "month", goal.TargetTotal, 5e7, 1}},
		{"growth as people say it", "ec", template.Wishes{Amount: "+30%"},
			told{"EC 2026年度", "オンラインショップの売上", "円", "EC責任者", "2026-04-01", "2027-03-31", "month", goal.TargetGrowth, 1.3, 1}},
	} {
		files, err := template.Files(tc.key, words.JA, template.Options{Today: today})
		if err != nil {
			t.Fatal(err)
		}
		text, err := template.Customize(files[0].Data, tc.wishes)
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		m, err := goal.Parse(template.ModelFile, text)
		if err != nil {
			t.Errorf("%s: %v\n%s", tc.name, err, text)
			continue
		}
		kgi := m.KGI()
		got := told{m.Name, kgi.Name, kgi.Unit, kgi.Owner, kgi.Target.From.String(), kgi.Target.By.String(), kgi.Target.Per.String(), kgi.Target.Kind, kgi.Target.Amount, kgi.Target.AtLeast}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s:\n%s", tc.name, diff)
		}
		if !bytes.Contains(text, []byte("# ── KPI")) {
			t.Errorf("%s: the comments are gone", tc.name)
		}
	}
	if _, err := template.Customize([]byte("shirube: 2"), template.Wishes{}); err == nil {
		t.Error("a broken model was customised")
	}
}
