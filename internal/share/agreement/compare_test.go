package agreement

import (
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

var (
	april   = series.Fiscal{StartMonth: time.April}
	written = series.Date(2026, time.November, 22)
)

func yearOf100() Goal {
	return Goal{Name: "採用応募数", Definition: "SNSをきっかけに届いた応募書類の数。", Unit: "件", Serves: "recruiting", Kind: goal.TargetTotal, Amount: 100,
		From: day(2026, time.April, 1), By: day(2027, time.March, 31), Direction: goal.Up, Fiscal: 4}
}

func said(name, amount, deadline string) Statement {
	s := Statement{By: Person{ID: name, Name: name}, Said: Said{Amount: amount, Deadline: deadline}, On: written}
	s.Reading = Read(s.Said, written, april)
	return s
}

// Numbers are compared as what they come to in the goal's own term.
func TestNumbersInTheGoalsTerms(t *testing.T) {
	t.Parallel()
	hold := yearOf100()
	hold.Kind, hold.Amount, hold.Per = goal.TargetHold, 8, "month"
	half := yearOf100()
	half.From, half.Amount = day(2026, time.October, 1), 50
	reach := yearOf100()
	reach.Kind, reach.Unit, reach.Amount, reach.From = goal.TargetReach, "%", 0.03, nil
	growth := yearOf100()
	growth.Kind, growth.Amount = goal.TargetGrowth, 1.2
	money := yearOf100()
	money.Unit, money.Amount = "万円", 500
	for _, c := range []struct {
		name          string
		g             Goal
		amount        string
		verdict       Verdict
		means, noting string
	}{
		{"as it is", yearOf100(), "100件", SameThing, "", ""},
		{"a year", yearOf100(), "年100件", SameThing, "", ""},
		{"a quarter", yearOf100(), "四半期25件", SameThing, "", ""},
		{"a month, rounded", yearOf100(), "月8件", Rounded, "12か月で96件", "丸めると同じです"},
		{"a month, too many", yearOf100(), "月10件", Differs, "12か月で120件", "目標より20件多い"},
		{"a week, rounded", yearOf100(), "週2件", Rounded, "52.1週間で104件", "丸めると同じです"},
		{"two years", yearOf100(), "2年で200件", SameThing, "", ""},
		{"another number", yearOf100(), "80件", Differs, "", "目標より20件少ない"},
		{"half a year of the same year", half, "年100件", SameThing, "", ""},
		{"half a year by months", half, "月8件", Rounded, "6か月で48件", "丸めると同じです"},
		{"people, not cases", yearOf100(), "100人", Differs, "", "「人」で数えています。目標は「件」です"},
		{"people by another name", Goal{Unit: "人", Kind: goal.TargetTotal, Amount: 30, By: day(2027, 3, 31)}, "30名", SameThing, "", ""},
		{"a comparison", yearOf100(), "前年の1.2倍", Unclear, "", "前年との比です。前年の数が分かると比べられます"},
		{"each month", hold, "月8件", SameThing, "", ""},
		{"a year for each month", hold, "年100件", Rounded, "月8.3件", "丸めると同じです"},
		{"a year for each month, too many", hold, "年240件", Differs, "月20件", "目標より12件多い"},
		{"a rate", reach, "3%", SameThing, "", ""},
		{"another rate", reach, "3.5%", Differs, "", "目標より0.5ポイント多い"},
		{"a count for a rate", reach, "100件", Differs, "", "「件」で数えています。目標は「%」です"},
		{"as last year", growth, "昨対120%", SameThing, "", ""},
		{"more than last year", growth, "1.5倍", Differs, "", "目標より30ポイント多い"},
		{"money by another unit", money, "500万円", SameThing, "", ""},
		{"money in full", money, "5,000,000円", SameThing, "", ""},
		{"nothing", yearOf100(), "", Unsaid, "", ""},
		{"no number", yearOf100(), "増やす", Unclear, "", ""},
	} {
		cell := Compare(c.g, []Statement{said("山本", c.amount, "")}).Rows[0].Cell(HowMuch)
		if cell.Verdict != c.verdict || cell.Means.JA != c.means || cell.Note.JA != c.noting {
			t.Errorf("%s: %s %q %q", c.name, cell.Verdict, cell.Means.JA, cell.Note.JA)
		}
	}
}

func TestDeadlinesPurposesMeanings(t *testing.T) {
	t.Parallel()
	g := yearOf100()
	for deadline, want := range map[string]string{
		"年度末": "same", "2027年3月31日": "same", "12月末": "differs 目標より3か月早い", "2027年9月末": "differs 目標より6か月遅い", "2027-03-30": "differs 目標より1日早い",
		"2028年3月末": "differs 目標より1年遅い", "できるだけ早く": "unclear", "": "unsaid",
	} {
		cell := Compare(g, []Statement{said("山本", "", deadline)}).Rows[0].Cell(Deadline)
		if got := strings.TrimSpace(string(cell.Verdict) + " " + cell.Note.JA); got != want {
			t.Errorf("%s: %s, want %s", deadline, got, want)
		}
	}
	for purpose, want := range map[string]Verdict{"採用を進める": SameThing, "春までに30人採る(採用)": SameThing, "会社を知ってもらう": Differs, "売上を伸ばす": Differs, "みんなのため": Unclear, "": Unsaid} {
		s := Statement{Said: Said{Purpose: purpose}}
		if got := Compare(g, []Statement{s}).Rows[0].Cell(Purpose).Verdict; got != want {
			t.Errorf("%s: %s, want %s", purpose, got, want)
		}
	}
	for meaning, want := range map[string]string{
		"応募書類が届いた数": "unclear", "内定を出した人の数": "differs 「内定」を数えています。目標は「応募」です", "面接に来た人": "differs 「面接」を数えています。目標は「応募」です",
		"応募から面接まで進んだ数": "unclear", "SNSをきっかけに届いた応募書類の数": "same", "": "unsaid",
	} {
		s := Statement{Said: Said{Meaning: meaning}}
		cell := Compare(g, []Statement{s}).Rows[0].Cell(Meaning)
		if got := strings.TrimSpace(string(cell.Verdict) + " " + cell.Note.JA); got != want {
			t.Errorf("%s: %s, want %s", meaning, got, want)
		}
	}
}

func TestPointsToSettle(t *testing.T) {
	t.Parallel()
	hayashi := said("林", "80件", "12月末")
	hayashi.Purpose = "認知を広げる"
	c := Compare(yearOf100(), []Statement{said("山本", "120件", "3月末"), said("田中", "月8件", "年度末"), hayashi})
	want := []string{
		"目的が違います。目標は「採用を進める」。林さんは「認知を広げる」。",
		"数が違います。目標は合計100件。山本さんは「120件」(目標より20件多い)、林さんは「80件」(目標より20件少ない)。",
		"期限が違います。目標は2027年3月31日。林さんは「12月末」(目標より3か月早い)。",
	}
	if len(c.Points) != len(want) {
		t.Fatalf("%d points: %v", len(c.Points), c.Points)
	}
	for i, p := range c.Points {
		if p.Sentence.JA != want[i] {
			t.Errorf("%s\nwant %s", p.Sentence.JA, want[i])
		}
		if p.Question.Zero() || strings.Contains(p.Sentence.EN, "%!") {
			t.Errorf("%s: %q %q", p.Aspect, p.Question.JA, p.Sentence.EN)
		}
	}
	if en := c.Points[1].Sentence.EN; en != "The number differs. The goal: 100件 in all. 山本 says “120件” (20件 more than the goal), 林 says “80件” (20件 less than the goal)." {
		t.Error(en)
	}
	if all := Compare(yearOf100(), []Statement{said("山本", "年100件", "3月末"), said("田中", "月8件", "年度末")}); len(all.Points) > 0 {
		t.Errorf("one goal in two ways of saying it: %s", all.Points[0].Sentence.JA)
	}
	// Where the goal is silent people are compared with one another.
	silent := Goal{Name: "応募", Unit: "件"}
	c = Compare(silent, []Statement{said("山本", "120件", "3月末"), said("田中", "100件", "3月末")})
	if len(c.Points) != 1 || c.Points[0].Sentence.JA != "数が人によって違います。山本さんは「120件」、田中さんは「100件」。" {
		t.Errorf("%+v", c.Points)
	}
}

func TestHints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		said   Said
		fields string
	}{
		{Said{}, "amount deadline purpose meaning"},
		{Said{Amount: "増やす", Deadline: "なるはや", Purpose: "採用", Meaning: "応募"}, "amount deadline"},
		{Said{Amount: "年100件", Deadline: "3月末", Purpose: "採用", Meaning: "応募"}, ""},
		{Said{Amount: "年100件", Deadline: "2025年3月末", Purpose: "採用", Meaning: "応募"}, "deadline"},
		{Said{Amount: "20件増やす", Deadline: "3月末", Purpose: "採用", Meaning: "応募"}, "amount"},
	} {
		r := Read(c.said, written, april)
		var fields []string
		for _, h := range c.said.Hints(r, "件", written) {
			fields = append(fields, h.Field)
			if strings.Contains(h.Text.JA+h.Text.EN, "%!") {
				t.Error(h.Text)
			}
		}
		if got := strings.Join(fields, " "); got != c.fields {
			t.Errorf("%+v: %s", c.said, got)
		}
	}
	r := Read(Said{Amount: "月8件", Deadline: "今年度末"}, written, april)
	if got := r.Sentence("応募", "件").JA; got != "2027年3月31日までに「応募」を月8件にする、と読みました。" {
		t.Error(got)
	}
}
