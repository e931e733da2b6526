package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/words"
)

const model = `
shirube: 1
name: 採用SNS 2026年度
fiscal_year_start: 4
kgi:
  id: applications
  name: 採用応募数
  definition: SNSから来た人が送信した応募フォームの件数
  unit: 件
  serves: recruiting
  owner: 田中
  target: {total: 1020, from: 2026-04-01, by: 2027-03-31%s}
  formula: visits * apply_rate
kpis:
  visits: {name: サイト訪問数, definition: d, unit: 回, owner: 佐藤, why: 訪問が減ると応募の入口が狭くなります。, formula: impressions * ctr, measure: sns.clicks, target: {hold: 9000, per: month, from: 2026-04-01, by: 2027-03-31}}
  impressions: {name: 表示回数, definition: d, unit: 回, owner: 佐藤, measure: sns.impressions}
  ctr: {name: クリック率, definition: 見た人のうち押した人, unit: "%%", owner: 佐藤, role: leading, measure: sns.clicks / sns.impressions, target: {reach: 1.6%%, from: 2026-04-01, by: 2027-03-31}}
  apply_rate: {name: 応募率, definition: d, unit: "%%", owner: 森, measure: sns.applications / sns.clicks}
sources:
  sns: {csv: sns.csv, date: 日付, metrics: {impressions: 表示, clicks: クリック, applications: 応募}}
`

// team is a recruiting team whose click rate fell four weeks ago. share of its usual numbers
// comes in; 0: there are no data.
func team(t testing.TB, agreed string, share float64) *goal.Evaluator {
	t.Helper()
	text := strings.NewReplacer("%s", agreed, "%%", "%").Replace(model)
	m, err := goal.Parse("test.yaml", []byte(text))
	if err != nil {
		t.Fatal(words.In(err, words.EN))
	}
	data := &goal.Data{Metrics: map[string]*goal.Observed{}, Sources: map[string]goal.SourceState{}}
	first, last, fell := series.Date(2025, 4, 1), series.Date(2026, 9, 8), series.Date(2026, 8, 12)
	if share == 0 {
		return goal.NewEvaluator(m, data)
	}
	for name, value := range map[string]func(series.Day) float64{
		"sns.impressions": func(series.Day) float64 { return 20000 },
		"sns.clicks": func(d series.Day) float64 {
			if d >= fell {
				return 225
			}
			return 300
		},
		"sns.applications": func(d series.Day) float64 {
			if d >= fell {
				return share * []float64{1, 4, 1, 3}[int(d)%4]
			}
			return share * []float64{1, 5, 2, 4}[int(d)%4]
		},
	} {
		daily := series.Daily{First: first}
		for day := first; day <= last; day++ {
			daily.Values = append(daily.Values, value(day))
		}
		data.Metrics[name] = &goal.Observed{Total: daily}
	}
	data.Sources["sns"] = goal.SourceState{First: first, Last: last, Days: int(last-first) + 1, Rows: int(last-first) + 1}
	return goal.NewEvaluator(m, data)
}

func facts(t testing.TB, lang words.Lang, agreed string, share float64) report.Facts {
	t.Helper()
	ev := team(t, agreed, share)
	asOf := series.Date(2026, 9, 8)
	view := insight.NewView(ev, insight.Options{AsOf: asOf, Today: asOf + 1, Lang: lang, Evidence: insight.MeasureLinks(ev, asOf)})
	chance := 0.4
	return report.Facts{
		Workspace: "ひなたワークス", Version: 7, Rhythm: report.Weekly, Lang: lang, AsOf: asOf, Today: asOf + 1,
		Ev: ev, View: view, Chance: &chance, Findings: view.Review(), Agreement: report.Agreed(stateOf(ev.Model()), lang, false),
	}
}

// stateOf is the agreement as the model file tells it.
func stateOf(m *goal.Model) agreement.State {
	var r agreement.Records
	for _, a := range m.KGI().Target.Agreed {
		r.Signatures = append(r.Signatures, agreement.Signature{By: agreement.Person{Name: a.By}, On: *a.On, Version: 7, Goal: agreement.GoalOf(m), Noted: true})
	}
	return agreement.StateOf(agreement.GoalOf(m), 7, r)
}

const agreed = ", agreed: [{by: 社長, on: 2026-03-20}]"

// The whole page, as text, in both languages; read the difference when it changes.
func TestGolden(t *testing.T) {
	t.Parallel()
	review := series.Date(2026, 10, 1)
	for _, lang := range []words.Lang{words.JA, words.EN} {
		f := facts(t, lang, agreed, 1)
		f.Focus, f.NextReview = []string{"ctr", "gone"}, &review
		f.Decisions = []report.Decision{{On: series.Date(2026, 9, 1), What: "リンクの形を元に戻す", Why: "クリック率が下がったままのため", By: "田中", Path: "/share/reviews/1"}}
		f.Questions = []report.Question{{On: series.Date(2026, 9, 3), Text: "応募率は、なぜ先月から下がったのですか?", By: "山本"}, {On: series.Date(2026, 9, 4), Text: "x", By: "鈴木"}}
		sheet := report.Write(f)
		frame := report.Frame{Address: "https://shirube.example/w/hinata", Because: "Because <you> asked.", Stop: "https://shirube.example/r/abc", Note: "今週は\nクリック率を見てください。"}
		golden(t, "full."+string(lang)+".txt", sheet.Subject()+"\n\n"+sheet.Text(frame))
		goldenSheet(t, "full."+string(lang)+".json", sheet)
		golden(t, "full."+string(lang)+".html", strings.ReplaceAll(sheet.HTML(frame), "<tr>", "\n<tr>"))
	}
	f := facts(t, words.JA, "", 1)
	f.Rhythm = report.Once
	golden(t, "plain.ja.txt", report.Write(f).Text(report.Frame{}))
	empty := facts(t, words.JA, "", 0)
	golden(t, "empty.ja.txt", report.Write(empty).Text(report.Frame{}))
	goldenSheet(t, "empty.ja.json", report.Write(empty))
}

// goldenSheet keeps the page itself where paper is drawn from it.
func goldenSheet(t *testing.T, name string, sheet report.Sheet) {
	t.Helper()
	body, err := json.MarshalIndent(sheet, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "../../../deliver/paper/testdata/"+name, string(body)+"\n")
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; UPDATE_GOLDEN=1 writes it anew:\n%s", name, got)
	}
}

// Whoever does not sign in gets one button: the one they can use.
func TestAskingFromOutside(t *testing.T) {
	t.Parallel()
	sheet := report.Write(facts(t, words.JA, agreed, 1))
	frame := report.Frame{Ask: `https://x/ask/a"b`}
	for name, mail := range map[string]string{"page": sheet.HTML(frame), "text": sheet.Text(frame)} {
		if !strings.Contains(mail, "質問する") || strings.Contains(mail, "/share/questions") || name == "page" && strings.Contains(mail, `a"b`) {
			t.Errorf("%s: %s", name, mail)
		}
	}
}

// Whoever is no member reads no names; and what people write stays text in the mail.
func TestNamesAndSigns(t *testing.T) {
	t.Parallel()
	f := facts(t, words.JA, agreed, 1)
	f.Nameless, f.Agreement = true, report.Agreed(stateOf(f.Ev.Model()), words.JA, true)
	f.Decisions = []report.Decision{{On: f.AsOf, What: `<script>alert(1)</script>"'&`, By: "田中"}}
	f.Questions = []report.Question{{On: f.AsOf, Text: strings.Repeat("長", 200), By: "山本"}}
	sheet := report.Write(f)
	mail := sheet.HTML(report.Frame{Note: `<img src=x onerror=y>`, Address: `https://x/w/a"b`})
	for _, name := range []string{"田中", "山本", "社長"} {
		if strings.Contains(mail, name) || strings.Contains(sheet.Text(report.Frame{}), name) {
			t.Errorf("%s is named", name)
		}
	}
	for _, tag := range regexp.MustCompile(`<([a-zA-Z0-9]+)`).FindAllStringSubmatch(mail, -1) {
		switch tag[1] {
		case "html", "head", "meta", "title", "body", "div", "table", "tr", "td", "th", "h1", "h2", "b", "span", "a", "br":
		default:
			t.Errorf("the mail holds <%s>", tag[1])
		}
	}
	if strings.Contains(mail, `a"b`) || strings.Contains(mail, "http:") || strings.Contains(mail, "src=") && !strings.Contains(mail, "&lt;img src=x") {
		t.Error("something of the reader's is not escaped, or something is fetched")
	}
	if strings.Contains(mail, strings.Repeat("長", 61)) {
		t.Error("a long question is not cut")
	}
	if n := len(mail); n > 100_000 {
		t.Errorf("%d bytes: Gmail cuts mails at 102 kB", n)
	}
}

// What is kept reads back as it was.
func TestSheetIsKept(t *testing.T) {
	t.Parallel()
	sheet := report.Write(facts(t, words.EN, "", 1))
	body, err := json.Marshal(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var again report.Sheet
	if err := json.Unmarshal(body, &again); err != nil {
		t.Fatal(err)
	}
	if again.Text(report.Frame{}) != sheet.Text(report.Frame{}) || again.HTML(report.Frame{}) != sheet.HTML(report.Frame{}) {
		t.Error("a kept page reads otherwise")
	}
	if len(body) > 60_000 || strings.Contains(string(body), ":null") != strings.Contains(string(body), "null") {
		t.Errorf("%d bytes", len(body))
	}
}
