package formula

import (
	"strings"

	"github.com/shirube/shirube/internal/words"
)

func dotInFormula(col int, name string) *SyntaxError {
	return &SyntaxError{col,
		words.T("点のある名前「%s」は、ここでは使えません。", `The dotted name "%s" cannot be used here.`, clip(name)),
		words.T("formula は指標どうしの式です。データの項目を使う式は measure に書いてください。",
			"A formula is over indicators; an expression over source metrics goes into measure.")}
}

func manyDots(col int, name string) *SyntaxError {
	return &SyntaxError{col,
		words.T("「%s」には点が二つ以上あります。", `"%s" has more than one dot.`, clip(name)),
		words.T("「データ源.項目」の形で書いてください（例: sns.clicks）。", "Write source.metric, as in sns.clicks.")}
}

func nothingAfterDot(col int, before string) *SyntaxError {
	return &SyntaxError{col,
		words.T("「%s.」のあとに項目の名前がありません。", `No name follows "%s.".`, clip(before)),
		words.T("点のすぐあとに、文字か「_」で始まる名前を書いてください（例: sns.clicks）。", `Write a name that begins with a letter or "_" right behind the dot, as in sns.clicks.`)}
}

// unknownFunction is a name before a parenthesis that is no function.
func unknownFunction(col int, name string) *SyntaxError {
	what := words.T("「%s」という関数はありません。", `There is no function "%s".`, clip(name))
	folded := fold(name)
	for _, habit := range habits {
		for _, spelling := range habit.spellings {
			if folded == spelling {
				return &SyntaxError{col, what, habit.mend}
			}
		}
	}
	if near := nearestFunction(folded); near != "" {
		return &SyntaxError{col, what, words.T("もしかして「%s」ですか。", `Did you mean "%s"?`, near)}
	}
	return &SyntaxError{col, what, words.T("使える関数は sum・min・max です。掛け算なら「%s * (…)」と書いてください。",
		`The functions are sum, min and max. To multiply, write "%s * (…)".`, clip(name))}
}

// habits are the functions people bring along from spreadsheets.
var habits = []struct {
	spellings []string
	mend      words.Text
}{
	{[]string{"avg", "average", "mean", "平均"},
		words.T("平均は「(a + b) / 2」のように書いてください。", `Write a mean as "(a + b) / 2".`)},
	{[]string{"if", "ifs", "iferror", "もし"},
		words.T("場合分けはできません。上限や下限なら min・max が使えます。", "There are no conditions; min and max set a limit.")},
	{[]string{"合計", "total", "add"}, words.T("合計は「sum(a, b)」と書いてください。", `Write "sum(a, b)".`)},
	{[]string{"最大", "最大値", "maximum"}, words.T("最大は「max(a, b)」と書いてください。", `Write "max(a, b)".`)},
	{[]string{"最小", "最小値", "minimum"}, words.T("最小は「min(a, b)」と書いてください。", `Write "min(a, b)".`)},
	{[]string{"product", "multiply", "積"}, words.T("掛け算は「a * b」と書いてください。", `Write "a * b".`)},
	{[]string{"divide", "quotient"}, words.T("割り算は「a / b」と書いてください。", `Write "a / b".`)},
	{[]string{"pow", "power", "sqrt", "exp", "log", "ln"},
		words.T("使えるのは + - * / と sum・min・max だけです。", "There are only + - * / and sum, min, max.")},
}

// fold takes capitals and full-width letters away: ＳＵＭ is sum.
func fold(name string) string { return strings.ToLower(strings.Map(twin, name)) }

// nearestFunction is the function no more than one slip of the finger away.
func nearestFunction(name string) string {
	for _, function := range []string{"sum", "min", "max"} {
		if words.EditDistance(name, function) <= 1 {
			return function
		}
	}
	return ""
}
