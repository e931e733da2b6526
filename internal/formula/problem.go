package formula

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/shirube/shirube/internal/words"
)

// SyntaxError is the first thing wrong in an expression: where, what, and the
// one thing to do. The caller knows where the expression itself stands.
type SyntaxError struct {
	Col  int // in the expression, from 1, in characters
	What words.Text
	Mend words.Text // never empty
}

// In renders "1:COL: what mend": an expression counts as one line.
func (e *SyntaxError) In(lang words.Lang) string {
	return fmt.Sprintf("1:%d: %s %s", e.Col, e.What.In(lang), e.Mend.In(lang))
}

// Error renders the problem in Japanese, the default language.
func (e *SyntaxError) Error() string { return e.In(words.JA) }

func empty() *SyntaxError {
	return &SyntaxError{1,
		words.T("式が空です。", "The expression is empty."),
		words.T("「visits * apply_rate」のように書いてください。", `Write something like "visits * apply_rate".`)}
}

func tooLong() *SyntaxError {
	return &SyntaxError{MaxLength + 1,
		words.T("式が長すぎます（%s文字まで）。", "The expression is too long (at most %s characters).", words.Group(MaxLength, 0)),
		words.T("途中の計算を別の指標に分けてください。", "Move a part of it into an indicator of its own.")}
}

func tooDeep(col int) *SyntaxError {
	return &SyntaxError{col,
		words.T("かっこが深すぎます（%d段まで）。", "The nesting is too deep (at most %d levels).", MaxNesting),
		words.T("途中の計算を別の指標に分けてください。", "Move a part of it into an indicator of its own.")}
}

func nothingAfter(t token) *SyntaxError {
	return &SyntaxError{t.col,
		words.T("「%s」のあとに値がありません。", `Nothing follows "%s".`, t.text),
		words.T("「%s」のあとに名前か数を書くか、「%[1]s」を消してください。", `Write a name or a number after "%s", or remove it.`, t.text)}
}

func nothingBefore(t token) *SyntaxError {
	return &SyntaxError{t.col,
		words.T("「%s」の前に値がありません。", `Nothing stands before "%s".`, t.text),
		words.T("「%s」の前に名前か数を書くか、「%[1]s」を消してください。", `Write a name or a number before "%s", or remove it.`, t.text)}
}

// nothingBetween is two values side by side. What people mean by it differs
// with what the second one is.
func nothingBetween(left, right token) *SyntaxError {
	l, r := clip(left.text), clip(right.text)
	mend := words.T("掛け算なら、あいだに「*」を入れてください。", `To multiply, put "*" between them.`)
	switch {
	case right.text == "ー" || right.text == "一": // what a keyboard gives for a minus in kana mode
		mend = words.T("引き算なら、半角の「-」にしてください。", `To subtract, write "-".`)
	case right.text == "x" || right.text == "X" || right.text == "ｘ" || right.text == "Ｘ":
		mend = words.T("掛け算なら「*」と書いてください。", `To multiply, write "*".`)
	case left.kind == tokenName && right.kind == tokenName:
		mend = words.T("掛け算なら「%s * %s」、ひとつの名前なら空白を「_」にしてください。",
			`Write "%s * %s" to multiply; in a name, write "_" instead of the space.`, l, r)
	}
	return &SyntaxError{right.col,
		words.T("「%s」と「%s」のあいだに記号がありません。", `There is no sign between "%s" and "%s".`, l, r), mend}
}

func notClosed(col int) *SyntaxError {
	return &SyntaxError{col,
		words.T("「(」が閉じていません。", `"(" is never closed.`),
		words.T("対になる「)」を補ってください。", `Add the ")" that belongs to it.`)}
}

func notOpened(col int) *SyntaxError {
	return &SyntaxError{col,
		words.T("「)」に対応する「(」がありません。", `")" closes nothing.`),
		words.T("「(」を補うか、「)」を消してください。", `Add the "(" that belongs to it, or remove it.`)}
}

func emptyParentheses(col int) *SyntaxError {
	return &SyntaxError{col,
		words.T("かっこの中が空です。", "There is nothing in the parentheses."),
		words.T("中に式を書くか、かっこを消してください。", "Write an expression in them, or remove them.")}
}

func noArguments(col int, function string) *SyntaxError {
	return &SyntaxError{col,
		words.T("「%s」に渡す値がありません。", `"%s" is given no values.`, function),
		words.T("「%s(a, b)」のように、コンマで区切って並べてください。", `List them with commas: "%s(a, b)".`, function)}
}

func commaOutside(col int, afterNumber bool) *SyntaxError {
	mend := words.T("値を並べるなら「sum(a, b)」のように書いてください。", `To list values, write "sum(a, b)".`)
	if afterNumber {
		mend = words.T("小数点は「.」、桁区切りは不要です（例: 1234.5）。", `Write the decimal point as "." and leave out separators of thousands: 1234.5.`)
	}
	return &SyntaxError{col,
		words.T("ここに「,」は書けません。コンマは sum・min・max のかっこの中だけで使えます。",
			`"," cannot stand here: commas belong into the parentheses of sum, min and max.`), mend}
}

func noPowers(col int, text string) *SyntaxError {
	return &SyntaxError{col,
		words.T("べき乗（%s）は使えません。", `Powers ("%s") cannot be used.`, text),
		words.T("「x * x」のように掛け算で書いてください。", `Multiply instead: "x * x".`)}
}

// strayCharacter is a character no expression has; the mend guesses what the
// writer wanted with it.
func strayCharacter(col int, r rune) *SyntaxError {
	what := words.T("「%c」は式に使えません。", `"%c" cannot be used in an expression.`, r)
	if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
		what = words.T("見えない文字か読めない文字（U+%04X）があります。", "There is an invisible or unreadable character (U+%04X).", r)
	}
	mend := words.T("式に書けるのは、名前、数、+ - * / ( ) と sum・min・max です。", "An expression has names, numbers, + - * / ( ), and sum, min, max.")
	switch sign := twin(r); {
	case !unicode.IsPrint(r) || r == unicode.ReplacementChar:
		mend = words.T("消してください。ファイルの文字コードは UTF-8 です。", "Remove it. The file must be in UTF-8.")
	case sign == '^':
		return noPowers(col, string(r))
	case sign == '=':
		mend = words.T("「=」は書かず、右側の式だけにしてください。", `Leave out "=" and write only what stands to the right of it.`)
	case sign == '%':
		what = misplaced(r)
		mend = words.T("「%」は「3%」のように数のすぐあとに書いてください（0.03のことです）。", `"%" goes right behind a number: "3%" is 0.03.`)
	case strings.ContainsRune("‐‑‒–—―─～〜", r) || sign == '~':
		mend = words.T("引き算なら「-」と書いてください。", `To subtract, write "-".`)
	case strings.ContainsRune("・･·✕✖∗⋅", r):
		mend = words.T("掛け算なら「*」と書いてください。", `To multiply, write "*".`)
	case strings.ContainsRune("[]{}「」【】［］｛｝", r):
		mend = words.T("かっこは「(」と「)」を使ってください。", `Use "(" and ")".`)
	case strings.ContainsRune("\"'`“”‘’", r):
		mend = words.T("名前は引用符で囲まずに書いてください。", "Write names without quotation marks.")
	case strings.ContainsRune("¥￥$€£", r):
		mend = words.T("通貨記号は書かず、数だけにしてください。", "Leave out the currency sign.")
	case sign == '.':
		what = misplaced(r)
		mend = words.T("点は「0.5」や「sns.clicks」のように、数か名前の中にだけ書けます。", `A dot belongs inside a number or a name: "0.5", "sns.clicks".`)
	case sign != r && sign == '_':
		mend = words.T("半角の「_」にしてください。", `Write "_".`)
	case unicode.IsDigit(r):
		mend = words.T("数は 0 から 9 で書いてください。", "Write numbers with the digits 0 to 9.")
	}
	return &SyntaxError{col, what, mend}
}

func misplaced(r rune) words.Text {
	return words.T("「%c」はここには書けません。", `"%c" cannot stand here.`, r)
}

// clip keeps a name short enough for a sentence.
func clip(name string) string {
	if runes := []rune(name); len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return name
}
