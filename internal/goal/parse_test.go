package goal_test

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// contractExample is the model of the public contract.
const contractExample = `shirube: 1
name: 採用SNS 2026年度
locale: ja
timezone: Asia/Tokyo
fiscal_year_start: 4

kgi:
  id: applications
  name: SNS経由の採用応募数
  definition: SNSから来た人が送信した応募フォームの件数
  unit: 件
  serves: recruiting
  owner: 田中
  target: {total: 100, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}
  formula: visits * apply_rate
  stated:
    - {by: 社長, role: management, purpose: recruiting, total: 120, deadline: 2027-03-31}

kpis:
  visits:
    name: SNS経由の訪問数
    unit: 回
    owner: 佐藤
    role: leading
    formula: impressions * ctr
    measure: web.sns_sessions
    target: {hold: 9000, per: month, from: 2026-04-01, by: 2027-03-31}
  impressions: {name: 表示回数, unit: 回, owner: 佐藤, measure: sns.impressions}
  ctr:         {name: クリック率, unit: "%", owner: 佐藤, measure: sns.clicks / sns.impressions}
  apply_rate:  {name: 応募率, unit: "%", owner: 鈴木, measure: web.applications / web.sns_sessions}
  likes:       {name: いいね数, unit: 件, owner: 佐藤, role: action, measure: sns.likes, effort: {weight: 1, max: 2000}}

influences:
  - {from: likes, to: impressions, lag: 0..14, matters: 0.2, direction: up, because: いいねが増えるとおすすめに載りやすい}

sources:
  sns: {csv: sns.csv, date: 日付, metrics: {impressions: 表示回数, clicks: リンクのクリック数, likes: いいね, followers: {column: フォロワー数, agg: last}}}
  web: {csv: web.csv.gz, date: date, by: [device], metrics: {sns_sessions: sessions, applications: applications}}
  crm: {csv: leads.csv, date: first_contact, by: [origin], metrics: {leads: {count: rows}, won: {count: rows, where: {stage: [won, 受注]}}, amount: {sum: amount}},
        join: {csv: deals.csv, on: lead_id}}

events:   [{on: 2026-05-10, what: アルゴリズム変更}]
calendar: {closed: [2026-12-28]}
limits:   {depth: 4, kpis: 20}
`

func mustParse(t testing.TB, text string) *goal.Model {
	t.Helper()
	m, err := goal.Parse("m.yaml", []byte(text))
	if err != nil {
		t.Fatalf("parse model: %v", err)
	}
	return m
}

func TestContractExampleParses(t *testing.T) {
	m := mustParse(t, contractExample)
	if got := len(m.Indicators); got != 6 {
		t.Errorf("indicators: got %d, want 6", got)
	}
	if got := strings.Join(m.Order(), " "); got != "impressions ctr visits apply_rate applications likes" {
		t.Errorf("order: %s", got)
	}
	if got := m.Depths()["likes"]; got != 3 {
		t.Errorf("depth of likes: got %d, want 3", got)
	}
	if got := strings.Join(m.Leaves("applications"), " "); got != "web.applications web.sns_sessions" {
		t.Errorf("leaves of applications: %s", got)
	}
	if m.Metric("crm.won").Where[0].Values[1] != "受注" {
		t.Errorf("where of crm.won: %+v", m.Metric("crm.won").Where)
	}
}

// minimal is the least model; each case of TestProblems changes one thing in it.
const minimal = `shirube: 1
kgi:
  id: k
  formula: a * b
kpis:
  a: {measure: s.x}
  b: {measure: s.y / s.x}
sources:
  s: {csv: s.csv, date: day, metrics: {x: 列X, y: 列Y}}
`

func TestProblems(t *testing.T) {
	mustParse(t, minimal)
	change := func(old, new string) string {
		if !strings.Contains(minimal, old) {
			t.Fatalf("minimal model lacks %q", old)
		}
		return strings.Replace(minimal, old, new, 1)
	}
	for name, c := range map[string]struct{ text, want string }{
		"misspelt key":        {change("  formula: a", "  formla: a"), "m.yaml:4:3: kgiに「formla」という項目はありません。 「formula」のことですか?"},
		"duplicate key":       {change("  a: {measure: s.x}", "  a: {measure: s.x}\n  a: {measure: s.y}"), "m.yaml:7:3: 「a」が2回書かれています(最初は6行目)。 どちらか1つにしてください。"},
		"unknown indicator":   {change("a * b", "a * bb"), "m.yaml:4:16: 式にある「bb」という指標はありません。 「b」のことですか?"},
		"in quotes":           {change("a * b", `"a * bb"`), "m.yaml:4:17: 式にある「bb」という指標はありません。 「b」のことですか?"},
		"unknown metric":      {change("s.y / s.x", "s.z / s.x"), "m.yaml:7:16: 「s.z」という数はデータ源にありません。 「s.x」のことですか?"},
		"no version":          {change("shirube: 1\n", ""), "m.yaml:1:1: 「shirube: 1」(書式の版)がありません。 ファイルの先頭に書いてください。"},
		"future version":      {change("shirube: 1", "shirube: 2"), "m.yaml:1:10: 書式の版「2」は、このプログラムでは読めません。 「shirube: 1」にするか、プログラムを新しくしてください。"},
		"no kgi":              {"shirube: 1\n", "m.yaml:1:1: kgi(最終目標)がありません。 「kgi:」に id と name を書いてください。"},
		"cycle":               {change("a: {measure: s.x}", "a: {formula: k / b}"), "m.yaml:4:12: 式が輪になっています: k → a → k どれか1つの式を外すか、影響(influences)に変えてください。"},
		"path escapes":        {change("csv: s.csv", "csv: ../s.csv"), "m.yaml:9:12: 「../s.csv」は、モデルファイルのフォルダの外を指しています。 ファイルをモデルと同じフォルダか、その下に置いてください。"},
		"absolute path":       {change("csv: s.csv", "csv: /etc/passwd"), "m.yaml:9:12: 「/etc/passwd」は、モデルファイルのフォルダの外を指しています。 ファイルをモデルと同じフォルダか、その下に置いてください。"},
		"hidden escape":       {change("csv: s.csv", "csv: a/../../s.csv"), "m.yaml:9:12: 「a/../../s.csv」は、モデルファイルのフォルダの外を指しています。 ファイルをモデルと同じフォルダか、その下に置いてください。"},
		"bad date":            {change("formula: a * b", "target: {total: 1, by: 2026-02-30}"), "m.yaml:4:26: 「by」の日付「2026-02-30」が読めません。 2026-04-01 のように、実在する日を書いてください。"},
		"bad number":          {change("formula: a * b", "target: {total: many}"), "m.yaml:4:19: 「total」は数で書きます。「many」は数として読めません。 例: 100、1.5、3%。"},
		"two kinds":           {change("formula: a * b", "target: {total: 1, reach: 2}"), "m.yaml:4:22: 目標の種類が2つ(total と reach)書かれています。 どちらか1つにしてください。"},
		"deadline first":      {change("formula: a * b", "target: {total: 1, from: 2026-04-01, by: 2026-03-01}"), "m.yaml:4:44: 期限(2026年3月1日)が始まり(2026年4月1日)より前です。 from か by を直してください。"},
		"bad id":              {change("  a: {measure: s.x}", "  1a: {measure: s.x}"), "m.yaml:6:3: 「1a」は指標の名前に使えません。 文字か _ で始め、文字・数字・_ だけで書いてください。"},
		"tab":                 {"shirube: 1\nkgi:\n\tid: k\n", "字下げのタブを空白に替えてください。"},
		"unclosed brace":      {"shirube: 1\nname: x\nkgi: {id: k\nkpis: {}\n", "m.yaml:3:1: YAMLとして読めません"},
		"unclosed in line 1":  {"{shirube: 1\nkgi: x\n", "m.yaml:2:1: YAMLとして読めません"},
		"two commas":          {"shirube: 1\nkgi:\n  id: k\nkpis:\n  a: {name: x,, unit: y}\n", "m.yaml:5:3: YAMLとして読めません"},
		"half indented":       {"shirube: 1\nkgi:\n  id: k\n  unit: 件\n name: x\n", "m.yaml:5:2: YAMLとして読めません"},
		"list within keys":    {"shirube: 1\nkgi:\n  id: k\n  name: x\n  unit: y\n  - z\nkpis: {}\n", "m.yaml:6:3: YAMLとして読めません"},
		"colon in a value":    {"shirube: 1\nkgi:\n  id: k\n  name: a: b\n", "m.yaml:4:3: YAMLとして読めません"},
		"not a mapping":       {"- a\n", "m.yaml:1:1: モデルファイルは「項目: 値」の形で書きます。 1行目を「shirube: 1」にしてください。"},
		"empty":               {"", "m.yaml:1:1: ファイルが空です。"},
		"two documents":       {minimal + "---\nshirube: 1\n", "1つのファイルに書けるモデルは1つです。"},
		"invalid utf-8":       {"shirube: 1\nname: \xff\n", "m.yaml:2:7: UTF-8として読めない文字があります。"},
		"bad lag":             {minimal + "influences: [{from: a, to: b, lag: 9..2}]\n", "m.yaml:10:36: 「lag」の「9..2」が読めません。"},
		"influence on itself": {minimal + "influences: [{from: a, to: a}]\n", "m.yaml:10:14: 「a」から自分自身への影響は書けません。"},
		"the machine's zone":  {minimal + "timezone: Local\n", "m.yaml:10:11: 「Local」という時間帯はありません。 例: Asia/Tokyo。"},
		"unknown zone":        {minimal + "timezone: Asia/Tokio\n", "m.yaml:10:11: 「Asia/Tokio」という時間帯はありません。 例: Asia/Tokyo。"},
		"metric twice":        {change("x: 列X", "x: {count: rows, sum: 列X}"), "m.yaml:9:62: count と sum は同時に使えません。 どちらか1つにしてください。"},
		"too many days":       {"shirube: 1\nkgi: {id: k}\ncalendar: {closed: [" + strings.Repeat("2026-12-28,", 100_001) + "]}\n", "m.yaml:3:20: 内容が多すぎます。"},
		"brackets":            {"shirube: " + strings.Repeat("[", 100_000), "m.yaml:1:1: かっこの入れ子が深すぎます。"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := goal.Parse("m.yaml", []byte(c.text))
			if err == nil {
				t.Fatal("no error")
			}
			if got := err.Error(); !strings.Contains(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if en := words.In(err, words.EN); !strings.HasPrefix(en, "m.yaml:") {
				t.Errorf("English lacks the position: %s", en)
			}
		})
	}
}

// TestBillionLaughs: aliases that would expand without end are refused, fast.
func TestBillionLaughs(t *testing.T) {
	var b strings.Builder
	b.WriteString("shirube: 1\nkgi: {id: k, stated: &s0 [{by: a}, {by: b}, {by: c}, {by: d}]}\nevents:\n")
	b.WriteString("  - &e {on: 2026-01-01, what: x}\n")
	if _, err := goal.Parse("m.yaml", []byte(b.String()+"  - *e\n")); err != nil {
		t.Errorf("a single alias is fine: %v", err)
	}
	b.WriteString(strings.Repeat("  - *e\n", 120_000))
	if _, err := goal.Parse("m.yaml", []byte(b.String())); err == nil {
		t.Error("aliases beyond the bound must be refused")
	}
	nested := "shirube: 1\nkgi: {id: k}\nkpis:\n  a: &a [x, x]\n  b: &b [*a, *a]\n  c: &c [*b, *b]\n"
	if _, err := goal.Parse("m.yaml", []byte(nested)); err == nil {
		t.Error("lists where indicators stand must be errors")
	}
}
