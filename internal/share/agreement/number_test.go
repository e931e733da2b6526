package agreement

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

func TestReadNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		written string
		value   float64
		unit    string
		per     string
		growth  bool
	}{
		{"年100件", 100, "件", "year", false},
		{"１００件", 100, "件", "", false},
		{"100件/年", 100, "件", "year", false},
		{"月8件", 8, "件", "month", false},
		{"毎月8件くらい", 8, "件", "month", false},
		{"月に8件の応募", 8, "件", "month", false},
		{"1か月に8件", 8, "件", "month", false},
		{"応募を年100件", 100, "件", "year", false},
		{"週2回", 2, "回", "week", false},
		{"1日3件", 3, "件", "day", false},
		{"四半期25件", 25, "件", "quarter", false},
		{"合計100件", 100, "件", "", false},
		{"3月末までに100件", 100, "件", "", false},
		{"2027年3月31日までに100件", 100, "件", "", false},
		{"今年度100件", 100, "件", "", false},
		{"約1,200件", 1200, "件", "", false},
		{"百二十件", 120, "件", "", false},
		{"三十名", 30, "名", "", false},
		{"売上3億円", 3e8, "円", "", false},
		{"1億2000万円", 1.2e8, "円", "", false},
		{"1.5万円", 15000, "円", "", false},
		{"3千円", 3000, "円", "", false},
		{"500万", 5e6, "", "", false},
		{"100件に増やす", 100, "件", "", false},
		{"応募率3%", 0.03, "%", "", false},
		{"応募率を3%に上げる", 0.03, "%", "", false},
		{"前年の1.2倍", 1.2, "", "", true},
		{"昨対120%", 1.2, "", "", true},
		{"前年比+20%", 1.2, "", "", true},
		{"去年より20%増やす", 1.2, "", "", true},
		{"2割増", 1.2, "", "", true},
		{"3割減らす", 0.7, "", "", true},
		{"倍増", 2, "", "", true},
		{"100 a year", 100, "", "year", false},
		{"8 deals per month", 8, "deals", "month", false},
		{"100 applications", 100, "applications", "", false},
		{"1.2 times last year", 1.2, "", "", true},
		{"20% more than last year", 1.2, "", "", true},
		{"$5k", 5000, "", "", false},
		{"3 million yen", 3e6, "円", "", false},
		{"25 per quarter", 25, "", "quarter", false},
		{"年度末までに100件", 100, "件", "", false},
		{"12/31までに100件", 100, "件", "", false},
		{"第3四半期までに75件", 75, "件", "", false},
		{"令和8年度に100件", 100, "件", "", false},
		{"26年度100件", 100, "件", "", false},
		{"4月から毎月十件", 10, "件", "month", false},
		{"半年後までに50件", 50, "件", "", false},
		{"¥3,000,000", 3e6, "円", "", false},
		{"前年比110", 1.1, "", "", true},
		{"前年比1.1", 1.1, "", "", true},
		{"半減", 0.5, "", "", true},
		{"ゼロにする", 0, "", "", false},
		{"100 hires by March 31", 100, "hires", "", false},
		{"100 applications by end of March 2027", 100, "applications", "", false},
		{"100 by 31 March 2027", 100, "", "", false},
		{"100 in FY2026", 100, "", "", false},
		{"100 in fiscal 2026", 100, "", "", false},
		{"100 or more", 100, "", "", false},
		{"eight a month", 8, "", "month", false},
		{"a hundred a year", 100, "", "year", false},
		{"two hundred applications", 200, "applications", "", false},
		{"twice last year", 2, "", "", true},
		{"cut it by half", 0.5, "", "", true},
	} {
		n, trouble := ReadNumber(c.written)
		if trouble != Fine || math.Abs(n.Value-c.value) > 1e-9*c.value || n.Unit != c.unit || n.Per != c.per || n.Growth != c.growth {
			t.Errorf("%s: %+v %q, want %v %s per %q growth %v", c.written, n, trouble, c.value, c.unit, c.per, c.growth)
		}
	}
	for _, written := range []string{"半年で50件", "半期50件", "50 in half a year"} {
		if n, trouble := ReadNumber(written); trouble != Fine || n.Count != 6 || n.Per != "month" || n.Value != 50 {
			t.Errorf("%s: %+v %q", written, n, trouble)
		}
	}
	if n, trouble := ReadNumber("2年で200件"); trouble != Fine || n.Count != 2 || n.Per != "year" || n.Value != 200 {
		t.Errorf("two years: %+v %q", n, trouble)
	}
}

func TestReadNumberAsksAgain(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]Trouble{
		"": NoFigure, "増やす": NoFigure, "できるだけ多く": NoFigure, "80〜100件": ManyFigure, "年100件、できれば120件": ManyFigure,
		"20件増やす": Increase, "+20件": Increase, "20件アップ": Increase,
		"5pt改善": Increase, "5ポイント上げる": Increase, "increase by 20": Increase, "reduce complaints by 5": Increase,
	} {
		if n, trouble := ReadNumber(written); trouble != want {
			t.Errorf("%s: %+v %q, want %q", written, n, trouble, want)
		}
	}
}

func TestReadDeadline(t *testing.T) {
	t.Parallel()
	today := series.Date(2026, time.November, 22)
	april := series.Fiscal{StartMonth: time.April}
	day := func(y int, m time.Month, d int) series.Day { return series.Date(y, m, d) }
	for written, want := range map[string]series.Day{
		"2027-03-31": day(2027, 3, 31), "2027/3/31": day(2027, 3, 31), "２０２７年３月３１日": day(2027, 3, 31), "2027年3月末": day(2027, 3, 31),
		"2027年2月": day(2027, 2, 28), "2027年": day(2027, 12, 31), "2027年度末": day(2028, 3, 31), "FY2026": day(2027, 3, 31),
		"3月末": day(2027, 3, 31), "12月末まで": day(2026, 12, 31), "11月末": day(2026, 11, 30), "来年3月": day(2027, 3, 31), "三月末": day(2027, 3, 31),
		"今年度末": day(2027, 3, 31), "年度末": day(2027, 3, 31), "今期末": day(2027, 3, 31), "来期": day(2028, 3, 31), "来年度中": day(2028, 3, 31),
		"年内": day(2026, 12, 31), "年末": day(2026, 12, 31), "来年末": day(2027, 12, 31), "今月末": day(2026, 11, 30), "来月末": day(2026, 12, 31),
		"四半期末": day(2026, 12, 31), "来四半期末": day(2027, 3, 31), "上期末": day(2027, 9, 30), "下期末": day(2027, 3, 31),
		"半年後": day(2027, 5, 22), "3か月後": day(2027, 2, 22), "2週間後": day(2026, 12, 6), "1年以内": day(2027, 11, 22),
		"12月20日": day(2026, 12, 20), "1/15": day(2027, 1, 15),
		"end of March 2027": day(2027, 3, 31), "March 31, 2027": day(2027, 3, 31), "31 March 2027": day(2027, 3, 31), "by March": day(2027, 3, 31),
		"end of the fiscal year": day(2027, 3, 31), "end of next fiscal year": day(2028, 3, 31), "end of the year": day(2026, 12, 31),
		"in 6 months": day(2027, 5, 22), "in three months": day(2027, 2, 22), "within 90 days": day(2027, 2, 20), "end of next quarter": day(2027, 3, 31), "end of 2027": day(2027, 12, 31), "within a year": day(2027, 11, 22),
		// A part of a year is not its end.
		"第4四半期": day(2027, 3, 31), "第2四半期末": day(2027, 9, 30), "4Q末": day(2027, 3, 31), "Q3": day(2026, 12, 31), "end of the first quarter": day(2027, 6, 30),
		"2026年度第3四半期": day(2026, 12, 31), "2027年度上期": day(2027, 9, 30), "FY2027 Q2": day(2027, 9, 30), "first half of FY2027": day(2027, 9, 30),
		"来年度第1四半期": day(2027, 6, 30), "来年度の9月": day(2027, 9, 30), "今年度の2月末": day(2027, 2, 28), "来期の12月": day(2027, 12, 31), "半期末": day(2027, 3, 31),
		"27年度末": day(2028, 3, 31), "25年度末": day(2026, 3, 31), "令和10年3月31日": day(2028, 3, 31), "令和9年3月末": day(2027, 3, 31), "令和8年度末": day(2027, 3, 31), "R9.3.31": day(2027, 3, 31),
		"再来年3月": day(2028, 3, 31), "再来年": day(2028, 12, 31), "再来年度末": day(2029, 3, 31), "再来月末": day(2027, 1, 31), "来年の3月10日": day(2027, 3, 10),
		"来月15日": day(2026, 12, 15), "今月25日": day(2026, 11, 25), "来週末": day(2026, 11, 29), "来週中": day(2026, 11, 29),
		"2027年3月上旬": day(2027, 3, 10), "3月中旬": day(2027, 3, 20), "3月半ば": day(2027, 3, 15), "early March 2027": day(2027, 3, 10), "mid-March": day(2027, 3, 15),
		"3月いっぱい": day(2027, 3, 31), "3/末": day(2027, 3, 31), "3末": day(2027, 3, 31), "90日後": day(2027, 2, 20), "31st of March": day(2027, 3, 31), "Sept. 2027": day(2027, 9, 30),
	} {
		if got, trouble := ReadDeadline(written, today, april); trouble != Fine || got != want {
			t.Errorf("%s: %s %q, want %s", written, got, trouble, want)
		}
	}
	if got, trouble := ReadDeadline("Q1 2027", today, series.Fiscal{StartMonth: time.January}); trouble != Fine || got != day(2027, 3, 31) {
		t.Errorf("a quarter of the calendar's year: %s %q", got, trouble)
	}
	for _, written := range []string{"", "できるだけ早く", "soon", "2027年13月45日", "99/99", "maybe later", "let the marketing team decide", "Q1 2027", "2027年第1四半期", "early next year", "年明け", "来年半ば", "来年度初め"} {
		if got, trouble := ReadDeadline(written, today, april); trouble != NoDay {
			t.Errorf("%s read as %s", written, got)
		}
	}
}

// Whatever somebody types, it is read or asked for again: it never breaks.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"年100件", "月8件", "2027年3月末", "前年の1.2倍", "百二十件", "in 6 months", "9999999999999999999999件", "千千千"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := Read(Said{Amount: s, Deadline: s}, series.Date(2026, time.November, 22), series.Fiscal{StartMonth: time.April})
		if r.Number != nil && (math.IsNaN(r.Number.Value) || math.IsInf(r.Number.Value, 0)) {
			t.Errorf("%q: %v", s, r.Number.Value)
		}
		_ = r.Sentence("x", "件").In(words.JA)
	})
}

// What the program writes of a number it reads again as the same number.
func TestNumbersAreReadAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := Number{Value: float64(rapid.IntRange(1, 900_000).Draw(t, "value")), Unit: "件"}
		n.Per = rapid.SampledFrom([]string{"", "day", "week", "month", "quarter", "year"}).Draw(t, "per")
		for _, lang := range []words.Lang{words.JA, words.EN} {
			text := n.Text("件").In(lang)
			got, trouble := ReadNumber(text)
			if trouble != Fine || got.Value != n.Value || got.Per != n.Per {
				t.Fatalf("%s: %+v %q, want %+v", text, got, trouble, n)
			}
		}
	})
}
