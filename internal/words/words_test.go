package words_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/shirube/shirube/internal/words"
)

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		of     words.Localized
		ja, en string
	}{
		{words.Amount{Value: 1180, Unit: "件"}, "1,180件", "1,180件"},
		{words.Amount{Value: 63.5, Unit: "件"}, "64件", "64件"},
		{words.Amount{Value: 2.38, Unit: "時間"}, "2.4時間", "2.4時間"},
		{words.Amount{Value: 0.25, Unit: "件"}, "0.25件", "0.25件"},
		{words.Amount{Value: -1234567, Unit: "円"}, "−123.5万円", "−1,234,567円"},
		{words.Amount{Value: 18823370, Unit: "円"}, "1,882万円", "18,823,370円"},
		{words.Amount{Value: 250e6, Unit: "円"}, "2.50億円", "250,000,000円"},
		{words.Amount{Value: 200000, Unit: "回"}, "200,000回", "200,000回"},
		{words.Amount{Value: 42, Unit: "clicks"}, "42clicks", "42 clicks"},
		{words.Amount{Value: 0.012, Unit: "%"}, "1.20%", "1.20%"},
		{words.Amount{Value: 0.19, Unit: "%"}, "19.0%", "19.0%"},
		{words.Amount{Value: 1.5, Unit: "%"}, "150%", "150%"},
		{words.Amount{Value: 0, Unit: "%"}, "0%", "0%"},
		{words.Amount{Value: math.NaN(), Unit: "件"}, "—", "—"},
		{words.Amount{Value: math.Inf(1), Unit: "件"}, "—", "—"},
		{words.Change{Value: 2, Unit: "件"}, "+2件", "+2件"},
		{words.Change{Value: -2500000, Unit: "円"}, "−250.0万円", "−2,500,000円"},
		{words.Change{Value: -0.003, Unit: "%"}, "−0.30ポイント", "−0.30 points"},
		{words.Change{Value: 0, Unit: "件"}, "±0件", "±0件"},
		{words.Percent(0.71), "71%", "71%"},
		{words.Percent(0.004), "0.4%", "0.4%"},
		{words.RelativeChange(-0.09), "−9%", "−9%"},
		{words.RelativeChange(0.001), "±0%", "±0%"},
	} {
		if ja, en := c.of.In(words.JA), c.of.In(words.EN); ja != c.ja || en != c.en {
			t.Errorf("%#v: got %q and %q, want %q and %q", c.of, ja, en, c.ja, c.en)
		}
	}
}

func TestTexts(t *testing.T) {
	text := words.T("%sは%d%%です", "%[1]s is %[2]d%%", words.T("率", "The rate"), 5)
	if text.In(words.JA) != "率は5%です" || text.In(words.EN) != "The rate is 5%" {
		t.Errorf("got %+v", text)
	}
	if plain := words.T("100%", "100%"); plain.JA != "100%" {
		t.Errorf("a text without arguments must stay as it is: %q", plain.JA)
	}
}

func TestProblemsFromErrors(t *testing.T) {
	p := &words.Problem{At: words.At{File: "m.yaml", Line: 3, Col: 7}, What: words.T("何か", "Something."), Mend: words.T("直す", "Mend it.")}
	wrapped := fmt.Errorf("read model: %w", p)
	if got := words.In(wrapped, words.EN); got != "m.yaml:3:7: Something. Mend it." {
		t.Errorf("got %q", got)
	}
	many, ok := words.AsProblems(fmt.Errorf("x: %w", words.Problems{p, p}))
	if !ok || len(many) != 2 {
		t.Errorf("got %v", many)
	}
	if _, ok := words.AsProblems(errors.New("other")); ok {
		t.Error("an ordinary error is no problem")
	}
	if words.Problems(nil).Err() != nil {
		t.Error("no problems must be a nil error")
	}
}

func ExampleT() {
	t := words.T("あと%sで届きます。", "%s to go.", words.Amount{Value: 12, Unit: "件"})
	fmt.Println(t.In(words.JA))
	fmt.Println(t.In(words.EN))
	// Output:
	// あと12件で届きます。
	// 12件 to go.
}
