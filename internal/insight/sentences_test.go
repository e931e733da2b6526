package insight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

// marked writes a sentence with its strong parts in asterisks and its mark in
// front.
func marked(s insight.Sentence) string {
	var b strings.Builder
	b.WriteString(s.Kind + " " + word(s.Mark) + " " + word(s.Indicator) + ": ")
	for _, p := range s.Parts {
		if p.Strong {
			b.WriteString("*" + p.Text + "*")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestThreeSentences(t *testing.T) {
	t.Parallel()
	calm := numbers{"sns.impressions": constant(20000), "sns.clicks": constant(300), "sns.applications": constant(3), "sns.likes": constant(4)}
	vague := strings.Replace(hinataModel, hinataTarget, "target: {direction: up}", 1)
	monthly := strings.Replace(hinataModel, hinataTarget, "target: {hold: 100, per: month, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}", 1)
	cases := []struct {
		name string
		ev   *goal.Evaluator
		asOf string
		lang words.Lang
		want []string
	}{
		{"the click rate fell", hinata(t), "2026-09-08", words.JA, []string{
			"now on-pace applications: 今期の採用応募数は*460件*で、今日までの目安を*9件*上回ります。年1,020件に届く見込みは*64%*です。",
			"changed behind ctr: クリック率が4週間で*25%*下がり、*1.12%*になりました。採用応募数では4週あたり約*21件*の損です。",
			"next null ctr: クリック率を*1.50%*に戻しましょう。年1,020件に届く見込みは64%から*99%以上*になります。",
		}},
		{"the click rate fell, in English", hinata(t), "2026-09-08", words.EN, []string{
			"now on-pace applications: 採用応募数 so far: *460件*, *9件* above today's pace. The probability of reaching 1,020件 a year is *64%*.",
			"changed behind ctr: クリック率 fell by *25%* in four weeks, to *1.12%*. That costs about *21件* of 採用応募数 in four weeks.",
			"next null ctr: Bring クリック率 back to *1.50%*. The probability of reaching 1,020件 a year goes from 64% to *over 99%*.",
		}},
		{"the first week", hinata(t), "2026-04-05", words.JA, []string{
			"now too-early applications: 今期の採用応募数は*13件*です。年1,020件に向けて始まったばかりで、判定まであと*32日*待ちます。",
			"changed null null: この4週間、大きな変化はありません。",
			"next null applications: このまま続けましょう。次の節目は*4月30日*の*84件*です。",
		}},
		{"not begun", hinata(t), "2026-03-05", words.JA, []string{
			"now too-early applications: 採用応募数の目標は*4月1日*に始まります。年1,020件を目指します。",
			"changed null null: この4週間、大きな変化はありません。",
			"next null applications: このまま続けましょう。次の節目は*4月30日*の*84件*です。",
		}},
		{"no data yet", company(t, hinataModel, "2026-09-01..2026-09-08", nil), "2026-09-08", words.JA, []string{
			"now no-data applications: 採用応募数のデータはまだありません。データをつなぐと、ここに今日の位置が出ます。",
			"changed null null: 8週間分のデータがそろうと、変わったことをここでお知らせします。",
			"next null null: まずCSVかExcelを1つ取り込みましょう。地図に今日の数が入ります。",
		}},
		{"just increase it", company(t, vague, "2025-04-01..2026-09-08", calm), "2026-09-08", words.JA, []string{
			"now too-early applications: 直近28日の採用応募数は*84件*です。目標の数を決めると、届く見込みを出します。",
			"changed null null: この4週間、大きな変化はありません。",
			"next null applications: 「採用応募数を、2027年3月31日までに年間1,300件にする」と言いかえると、全員が同じ数を思い浮かべます(この1年は1,095件)。",
		}},
		{"a month, short of its pace", company(t, monthly, "2025-04-01..2026-09-20", calm), "2026-09-20", words.JA, []string{
			"now behind applications: 今月の採用応募数は*60件*で、今日までの目安に*7件*足りません。月100件に届く見込みは*3%*です。",
			"changed null null: この4週間、大きな変化はありません。",
			"next null applications: 大きく遅れているKPIはありません。KPIの目標がKGIに届くのに足りているか、確かめましょう。",
		}},
		{"a month, a rate far behind", company(t, strings.Replace(monthly, "reach: 1.6%", "reach: 2.5%", 1), "2025-04-01..2026-09-20", calm), "2026-09-20", words.JA, []string{
			"now behind applications: 今月の採用応募数は*60件*で、今日までの目安に*7件*足りません。月100件に届く見込みは*3%*です。",
			"changed null null: この4週間、大きな変化はありません。",
			"next null ctr: クリック率を目安どおりの*1.97%*にしましょう。月100件に届く見込みは3%から*33%*になります。",
		}},
		{"data ended before the deadline", hinata(t), "2027-04-05", words.JA, []string{
			"now missed applications: 今期の採用応募数は*460件*で、年1,020件に*560件*届きませんでした。ただし、*204日*分のデータがありません。",
			"changed null null: *9月8日*のあと新しいデータがないので、変わったことをくらべられません。",
			"next null applications: 何が効いたかを振り返り、次の目標を決めましょう。",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := insight.NewView(c.ev, insight.Options{AsOf: day(t, c.asOf), Lang: c.lang})
			var got []string
			for _, s := range v.Sentences(v.Check()) {
				got = append(got, marked(s))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSmartLines(t *testing.T) {
	t.Parallel()
	states := func(ev *goal.Evaluator, asOf string) string {
		var b strings.Builder
		for _, l := range insight.Smart(ev, on(t, asOf)) {
			b.WriteString(l.Letter + ":" + l.State + " ")
			if l.Sentence == "" || l.Hint == "" || l.Title == "" {
				t.Errorf("%s says nothing: %+v", l.Letter, l)
			}
		}
		return strings.TrimSpace(b.String())
	}
	bare := strings.Replace(strings.Replace(hinataModel, "  "+hinataTarget+"\n", "", 1), "  serves: recruiting\n", "", 1)
	for _, c := range []struct {
		name, asOf, want string
		ev               *goal.Evaluator
	}{
		{"well formed", "2026-09-08", "S:ok M:ok A:ok R:ok T:ok", hinata(t)},
		{"over", "2027-03-31", "S:ok M:ok A:wait R:ok T:ok", hinata(t)},
		{"no number, no purpose", "2026-09-08", "S:ok M:no A:wait R:no T:no", company(t, bare, "2026-09-01..2026-09-08", nil)},
		{"no data", "2026-09-08", "S:ok M:wait A:wait R:ok T:ok", company(t, hinataModel, "2026-09-01..2026-09-08", nil)},
	} {
		if got := states(c.ev, c.asOf); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
