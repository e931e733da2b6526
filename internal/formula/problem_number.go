package formula

import (
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// tens are the number words a Japanese writer may put behind a number.
var tens = map[string]string{"百": "2", "千": "3", "万": "4", "百万": "6", "千万": "7", "億": "8", "兆": "12"}

// startsWithDigit is a name that begins with a digit, a number with its unit,
// or the two with a forgotten sign between them.
func startsWithDigit(col int, number, word string) *SyntaxError {
	what := words.T("「%s」は名前として読めません。名前は数字では始められません。",
		`"%s" is not a name: names do not begin with a digit.`, clip(number+word))
	mend := words.T("名前は文字か「_」で始めてください。数なら「%[1]s」だけ、掛け算なら「%[1]s * %[2]s」と書きます。",
		`Begin a name with a letter or "_"; for a number write "%[1]s" alone; to multiply write "%[1]s * %[2]s".`,
		clip(number), clip(word))
	if exponent, ok := tens[word]; ok && !strings.ContainsAny(number, "eE") {
		value := strconv.FormatFloat(parseNumber(strings.Map(twin, number), exponent, false), 'f', -1, 64)
		what = words.T("「%s」は数として読めません。", `"%s" cannot be read as a number.`, clip(number+word))
		mend = words.T("「%s」と書いてください。", `Write "%s".`, clip(value))
	}
	return &SyntaxError{col, what, mend}
}

func thousands(col int, text string) *SyntaxError {
	plain := strings.NewReplacer(",", "", "，", "").Replace(text)
	apart := strings.NewReplacer(",", ", ", "，", ", ").Replace(text)
	return &SyntaxError{col,
		words.T("「%s」は、ひとつの数にも、並んだ数にも読めます。", `"%s" could be one number or several.`, clip(text)),
		words.T("ひとつの数なら「%s」、並べるなら「%s」と空白を入れてください。",
			`Write "%s" for one number, or "%s" with spaces for several.`, clip(plain), clip(apart))}
}

func nothingAfterPoint(col int, text string) *SyntaxError {
	return &SyntaxError{col,
		words.T("「%s」の小数点のあとに数字がありません。", `No digit follows the point of "%s".`, clip(text)),
		words.T("「%s0」のように数字を続けるか、点を消してください。", `Go on with a digit ("%s0"), or remove the point.`, clip(text))}
}

func manyPoints(col int, text string) *SyntaxError {
	return &SyntaxError{col,
		words.T("「%s」のあとにもうひとつ点があります。", `Another point follows "%s".`, clip(text)),
		words.T("小数点はひとつだけにし、桁区切りは書かないでください（例: 1234.5）。",
			"Write one decimal point and no separators of thousands: 1234.5.")}
}

func numberTooLarge(col int, text string) *SyntaxError {
	return &SyntaxError{col,
		words.T("数「%s」は大きすぎて扱えません。", `The number "%s" is too large.`, clip(text)),
		words.T("桁数を確かめてください。", "Check its digits.")}
}

func numberTooSmall(col int, text string) *SyntaxError {
	return &SyntaxError{col,
		words.T("数「%s」は小さすぎて扱えません。", `The number "%s" is too small.`, clip(text)),
		words.T("桁数を確かめるか、0と書いてください。", "Check its digits, or write 0.")}
}
