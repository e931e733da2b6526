package formula

import (
	"errors"
	"testing"

	"github.com/shirube/shirube/internal/words"
)

// expectError expects the whole message of a formula in Japanese.
func expectError(t *testing.T, src, want string) {
	t.Helper()
	expect(t, src, Options{}, words.JA, want)
}

// expectMeasureError is the same where dotted names are allowed.
func expectMeasureError(t *testing.T, src, want string) {
	t.Helper()
	expect(t, src, Options{Dotted: true}, words.JA, want)
}

func expectEnglish(t *testing.T, src, want string) {
	t.Helper()
	expect(t, src, Options{}, words.EN, want)
}

func expect(t *testing.T, src string, opt Options, lang words.Lang, want string) {
	t.Helper()
	e, err := Parse(src, opt)
	problem, ok := errors.AsType[*SyntaxError](err)
	if !ok {
		t.Errorf("Parse(%q) = %v, %v, want a *SyntaxError", src, e, err)
		return
	}
	if got := problem.In(lang); got != want {
		t.Errorf("Parse(%q)\n got %s\nwant %s", src, got, want)
	}
}

func TestMissingValues(t *testing.T) {
	t.Parallel()
	expectError(t, "", "1:1: 式が空です。 「visits * apply_rate」のように書いてください。")
	expectError(t, " 　\n", "1:1: 式が空です。 「visits * apply_rate」のように書いてください。")
	expectError(t, "a * b *", "1:7: 「*」のあとに値がありません。 「*」のあとに名前か数を書くか、「*」を消してください。")
	expectError(t, "訪問 ×", "1:4: 「×」のあとに値がありません。 「×」のあとに名前か数を書くか、「×」を消してください。")
	expectError(t, "a\n+ b *", "1:7: 「*」のあとに値がありません。 「*」のあとに名前か数を書くか、「*」を消してください。")
	expectError(t, "a + / b", "1:3: 「+」のあとに値がありません。 「+」のあとに名前か数を書くか、「+」を消してください。")
	expectError(t, "a - ", "1:3: 「-」のあとに値がありません。 「-」のあとに名前か数を書くか、「-」を消してください。")
	expectError(t, "* a", "1:1: 「*」の前に値がありません。 「*」の前に名前か数を書くか、「*」を消してください。")
	expectError(t, "(+a)", "1:2: 「+」の前に値がありません。 「+」の前に名前か数を書くか、「+」を消してください。")
	expectError(t, "sum(,a)", "1:5: 「,」の前に値がありません。 「,」の前に名前か数を書くか、「,」を消してください。")
	expectError(t, "sum(a,,b)", "1:6: 「,」のあとに値がありません。 「,」のあとに名前か数を書くか、「,」を消してください。")
	expectError(t, "sum(a,", "1:6: 「,」のあとに値がありません。 「,」のあとに名前か数を書くか、「,」を消してください。")
	expectError(t, "sum()", "1:1: 「sum」に渡す値がありません。 「sum(a, b)」のように、コンマで区切って並べてください。")
	expectEnglish(t, "a * b *", `1:7: Nothing follows "*". Write a name or a number after "*", or remove it.`)
}

func TestParentheses(t *testing.T) {
	t.Parallel()
	expectError(t, "((a)", "1:1: 「(」が閉じていません。 対になる「)」を補ってください。")
	expectError(t, "a * sum(b, c", "1:8: 「(」が閉じていません。 対になる「)」を補ってください。")
	expectError(t, "a * (", "1:5: 「(」が閉じていません。 対になる「)」を補ってください。")
	expectError(t, "a)", "1:2: 「)」に対応する「(」がありません。 「(」を補うか、「)」を消してください。")
	expectError(t, ")", "1:1: 「)」に対応する「(」がありません。 「(」を補うか、「)」を消してください。")
	expectError(t, "a + ()", "1:5: かっこの中が空です。 中に式を書くか、かっこを消してください。")
	expectError(t, "[a]", "1:1: 「[」は式に使えません。 かっこは「(」と「)」を使ってください。")
	expectEnglish(t, "((a)", `1:1: "(" is never closed. Add the ")" that belongs to it.`)
}

func TestMissingSigns(t *testing.T) {
	t.Parallel()
	expectError(t, "click rate", "1:7: 「click」と「rate」のあいだに記号がありません。 掛け算なら「click * rate」、ひとつの名前なら空白を「_」にしてください。")
	expectError(t, "2(a)", "1:2: 「2」と「(」のあいだに記号がありません。 掛け算なら、あいだに「*」を入れてください。")
	expectError(t, "(a)(b)", "1:4: 「)」と「(」のあいだに記号がありません。 掛け算なら、あいだに「*」を入れてください。")
	expectError(t, "a x b", "1:3: 「a」と「x」のあいだに記号がありません。 掛け算なら「*」と書いてください。")
	expectError(t, "訪問 ー 離脱", "1:4: 「訪問」と「ー」のあいだに記号がありません。 引き算なら、半角の「-」にしてください。")
	expectError(t, "10 % 3", "1:6: 「10 %」と「3」のあいだに記号がありません。 掛け算なら、あいだに「*」を入れてください。")
	expectEnglish(t, "click rate", `1:7: There is no sign between "click" and "rate". Write "click * rate" to multiply; in a name, write "_" instead of the space.`)
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	const what, near = "という関数はありません。", "もしかして"
	expectError(t, "smu(a)", "1:1: 「smu」"+what+" "+near+"「sum」ですか。")
	expectError(t, "a + SUM(a)", "1:5: 「SUM」"+what+" "+near+"「sum」ですか。")
	expectError(t, "ＭＡＸ（a）", "1:1: 「ＭＡＸ」"+what+" "+near+"「max」ですか。")
	expectError(t, "mn(a)", "1:1: 「mn」"+what+" "+near+"「min」ですか。")
	expectError(t, "avg(a, b)", "1:1: 「avg」"+what+" 平均は「(a + b) / 2」のように書いてください。")
	expectError(t, "合計(a)", "1:1: 「合計」"+what+" 合計は「sum(a, b)」と書いてください。")
	expectError(t, "IF(a)", "1:1: 「IF」"+what+" 場合分けはできません。上限や下限なら min・max が使えます。")
	expectError(t, "visits(a + b)", "1:1: 「visits」"+what+" 使える関数は sum・min・max です。掛け算なら「visits * (…)」と書いてください。")
	expectMeasureError(t, "sns.sum(a)", "1:1: 「sns.sum」"+what+" 使える関数は sum・min・max です。掛け算なら「sns.sum * (…)」と書いてください。")
	expectEnglish(t, "smu(a)", `1:1: There is no function "smu". Did you mean "sum"?`)
}

func TestNearestFunction(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"sum": "sum", "su": "sum", "summ": "sum", "usm": "sum", "smu": "sum", "min": "min", "mim": "min", "mni": "min",
		"mx": "max", "maxx": "max", "mex": "max", "s": "", "visits": "", "": "", "和": "", "摘要": "",
	} {
		if got := nearestFunction(name); got != want {
			t.Errorf("nearestFunction(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	expectError(t, "a * sns.clicks", "1:5: 点のある名前「sns.clicks」は、ここでは使えません。 formula は指標どうしの式です。データの項目を使う式は measure に書いてください。")
	expectEnglish(t, "sns.clicks", `1:1: The dotted name "sns.clicks" cannot be used here. A formula is over indicators; an expression over source metrics goes into measure.`)
	expectMeasureError(t, "a.b.c", "1:1: 「a.b.c」には点が二つ以上あります。 「データ源.項目」の形で書いてください（例: sns.clicks）。")
	const noName = "のあとに項目の名前がありません。 点のすぐあとに、文字か「_」で始まる名前を書いてください（例: sns.clicks）。"
	expectMeasureError(t, "sns. clicks", "1:4: 「sns.」"+noName)
	expectMeasureError(t, "sns.2xx", "1:4: 「sns.」"+noName)
	expectMeasureError(t, "a．", "1:2: 「a.」"+noName)
	expectMeasureError(t, ".a", "1:1: 「.」はここには書けません。 点は「0.5」や「sns.clicks」のように、数か名前の中にだけ書けます。")
	expectError(t, "a * 3rd", "1:5: 「3rd」は名前として読めません。名前は数字では始められません。 名前は文字か「_」で始めてください。数なら「3」だけ、掛け算なら「3 * rd」と書きます。")
	expectError(t, "100件", "1:1: 「100件」は名前として読めません。名前は数字では始められません。 名前は文字か「_」で始めてください。数なら「100」だけ、掛け算なら「100 * 件」と書きます。")
	expectEnglish(t, "3rd", `1:1: "3rd" is not a name: names do not begin with a digit. Begin a name with a letter or "_"; for a number write "3" alone; to multiply write "3 * rd".`)
	expectError(t, `"a"`, "1:1: 「\"」は式に使えません。 名前は引用符で囲まずに書いてください。")
	expectError(t, "＿a", "1:1: 「＿」は式に使えません。 半角の「_」にしてください。")
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	expectError(t, "a * ３万", "1:5: 「３万」は数として読めません。 「30000」と書いてください。")
	expectError(t, "1.5億", "1:1: 「1.5億」は数として読めません。 「150000000」と書いてください。")
	expectError(t, "min(1,000)", "1:5: 「1,000」は、ひとつの数にも、並んだ数にも読めます。 ひとつの数なら「1000」、並べるなら「1, 000」と空白を入れてください。")
	expectError(t, "1，234，567", "1:1: 「1，234，567」は、ひとつの数にも、並んだ数にも読めます。 ひとつの数なら「1234567」、並べるなら「1, 234, 567」と空白を入れてください。")
	expectError(t, "0,5", "1:2: ここに「,」は書けません。コンマは sum・min・max のかっこの中だけで使えます。 小数点は「.」、桁区切りは不要です（例: 1234.5）。")
	expectError(t, "a, b", "1:2: ここに「,」は書けません。コンマは sum・min・max のかっこの中だけで使えます。 値を並べるなら「sum(a, b)」のように書いてください。")
	expectError(t, "1.", "1:1: 「1.」の小数点のあとに数字がありません。 「1.0」のように数字を続けるか、点を消してください。")
	expectError(t, "1.2.3", "1:1: 「1.2」のあとにもうひとつ点があります。 小数点はひとつだけにし、桁区切りは書かないでください（例: 1234.5）。")
	expectError(t, "1e999", "1:1: 数「1e999」は大きすぎて扱えません。 桁数を確かめてください。")
	expectError(t, "1e-999", "1:1: 数「1e-999」は小さすぎて扱えません。 桁数を確かめるか、0と書いてください。")
	expectError(t, "ctr%", "1:4: 「%」はここには書けません。 「%」は「3%」のように数のすぐあとに書いてください（0.03のことです）。")
	expectError(t, "¥100", "1:1: 「¥」は式に使えません。 通貨記号は書かず、数だけにしてください。")
	expectError(t, "٣", "1:1: 「٣」は式に使えません。 数は 0 から 9 で書いてください。")
	expectEnglish(t, "ctr%", `1:4: "%" cannot stand here. "%" goes right behind a number: "3%" is 0.03.`)
}

func TestOtherSigns(t *testing.T) {
	t.Parallel()
	expectError(t, "a ** b", "1:3: べき乗（**）は使えません。 「x * x」のように掛け算で書いてください。")
	expectError(t, "a ^ b", "1:3: べき乗（^）は使えません。 「x * x」のように掛け算で書いてください。")
	expectError(t, "= a * b", "1:1: 「=」は式に使えません。 「=」は書かず、右側の式だけにしてください。")
	expectError(t, "a – b", "1:3: 「–」は式に使えません。 引き算なら「-」と書いてください。")
	expectError(t, "a・b", "1:2: 「・」は式に使えません。 掛け算なら「*」と書いてください。")
	expectError(t, "a > b", "1:3: 「>」は式に使えません。 式に書けるのは、名前、数、+ - * / ( ) と sum・min・max です。")
	expectError(t, "a\u200b", "1:2: 見えない文字か読めない文字（U+200B）があります。 消してください。ファイルの文字コードは UTF-8 です。")
	expectError(t, "a + \xff", "1:5: 見えない文字か読めない文字（U+FFFD）があります。 消してください。ファイルの文字コードは UTF-8 です。")
	// The first thing from the left is reported, whichever kind it is.
	expectError(t, "a b ?", "1:3: 「a」と「b」のあいだに記号がありません。 掛け算なら「a * b」、ひとつの名前なら空白を「_」にしてください。")
}
