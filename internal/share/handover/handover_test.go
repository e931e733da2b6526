package handover_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/handover"
	"github.com/shirube/shirube/internal/words"
)

var people = []handover.Person{{"田中 美咲", "マーケの人"}, {"Ken Sato", "Recruiting"}, {"亮", "営業の人"}, {"営業", "営業"}}

func TestNobodyIsNamed(t *testing.T) {
	t.Parallel()
	h := handover.NewHider(people)
	for text, want := range map[string]string{
		"担当は田中 美咲です": "担当はマーケの人です", "田中美咲さん": "マーケの人さん", "田中に聞く": "マーケの人に聞く", "美咲より": "マーケの人より",
		"Ken Sato decided": "Recruiting decided", "Sato’s token": "Recruiting’s token", "Kent, token, Satoshi": "Kent, token, Satoshi",
		"明亮な声、亮":                             "明亮な声、亮", // one letter is no name: it would be in half of all words
		"営業の受注":                              "営業の受注",
		"連絡は misaki.tanaka@hinata.example へ": "連絡は [—@—] へ", "tanaka＠hinata.co.jp": "[—@—]",
		"電話 03-1234-5678、090-1234-5678": "電話 [—]、[—]", "+81 90-1234-5678": "[—]",
		"2026-11-22 までに 1,200件、0.59%": "2026-11-22 までに 1,200件、0.59%", "2026-04": "2026-04",
	} {
		if got := h.Text(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := h.Model("# 田中のメモ\nname: 応募\n  # 電話 03-1111-2222\nowner: 田中 美咲\n"); got != "name: 応募\nowner: マーケの人\n" {
		t.Errorf("model %q", got)
	}
}

// Whatever people write into whichever field: no name of theirs comes out.
func TestNoFieldIsForgotten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"田中 美咲", "Misaki Tanaka", "tanaka@hinata.example", "田中"}
		says := func(what string) string {
			return rapid.SampledFrom([]string{"", "目標は", "see ", "<b>"}).Draw(t, what) + rapid.SampledFrom(names).Draw(t, what) + rapid.SampledFrom([]string{"", "さん", " says", "&"}).Draw(t, what)
		}
		p := handover.Pack{
			Lang: words.JA, Name: says("name"), AsOf: series.Date(2026, 11, 22), Model: "owner: " + says("model"),
			Goal:      handover.Goal{says("g1"), says("g2"), says("g3"), says("g4"), says("g5"), says("g6"), says("g7")},
			Lines:     []handover.Indicator{{"id", says("l1"), says("l2"), says("l3"), says("l4"), says("l5"), says("l6"), says("l7"), says("l8"), says("l9")}},
			Sources:   []handover.Source{{"id", "csv", says("s1"), "", "", "", says("s2"), says("s3")}},
			Findings:  []handover.Finding{{says("f1"), says("f2"), says("f3"), says("f4"), says("f5")}},
			Decisions: []handover.Decision{{"2026-11-01", says("d1"), says("d2")}},
			Wishes:    []handover.Wish{{says("w1"), says("w2"), says("w3")}}, Accesses: []handover.Access{{says("a1"), says("a2")}},
		}
		p.Hide(handover.NewHider([]handover.Person{{"田中 美咲", "マーケの人"}, {"Misaki Tanaka", "Marketing"}}))
		files, err := p.Files()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			for _, name := range []string{"田中", "美咲", "Misaki", "Tanaka", "hinata"} {
				if strings.Contains(string(f.Body), name) {
					t.Fatalf("%s holds %q: %s", f.Name, name, f.Body)
				}
			}
		}
	})
}

func TestFiles(t *testing.T) {
	t.Parallel()
	for _, lang := range []words.Lang{words.JA, words.EN} {
		p := handover.Pack{
			Lang: lang, Name: "<script>alert(1)</script>", AsOf: series.Date(2026, 11, 22), Model: "shirube: 1\n",
			Goal:     handover.Goal{Name: "応募", Target: "100件"},
			Lines:    []handover.Indicator{{ID: "a", Name: "=1+1", Definition: "来た人"}},
			Findings: []handover.Finding{{Title: "切れた道", Sentence: "いいねは効いていません"}},
		}
		files, err := p.Files()
		if err != nil {
			t.Fatal(err)
		}
		names := []string{}
		for _, f := range files {
			names = append(names, f.Name)
			text := string(f.Body)
			switch {
			case f.Name == "index.html":
				if strings.Contains(text, "<script") || !strings.Contains(text, "&lt;script&gt;") || !strings.Contains(text, `lang="`+string(lang)+`"`) || !strings.Contains(text, "2026-11-22") {
					t.Errorf("%s: page %s", lang, text)
				}
			case strings.HasSuffix(f.Name, ".csv"):
				rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF"))).ReadAll()
				if err != nil || len(rows) == 0 {
					t.Errorf("%s: %v", f.Name, err)
				}
				if f.Name == "indicators.csv" && rows[1][1] != "'=1+1" {
					t.Errorf("a spreadsheet would work out %q", rows[1][1])
				}
			}
		}
		if got := strings.Join(names, " "); got != "index.html model.yaml indicators.csv sources.csv findings.csv" {
			t.Errorf("files %s", got)
		}
	}
}

func FuzzHide(f *testing.F) {
	f.Add("田中 美咲 tanaka@hinata.example 03-1234-5678")
	h := handover.NewHider(people)
	f.Fuzz(func(t *testing.T, text string) {
		if got := h.Text(text); strings.Contains(got, "田中") || strings.Contains(got, "美咲") {
			t.Errorf("%q names somebody: %q", text, got)
		}
	})
}
