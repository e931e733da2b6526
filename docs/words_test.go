package docs_test

import (
	"regexp"
	"strings"
	"testing"
)

// buttons are the words of the screens that the guides send readers to, by page.
var buttons = map[string][]string{
	"guide.ja.md": {
		"新しくつくる", "型をえらぶ", "目標を言葉にする", "数字をつなぐ", "見本の数字ではじめる", "自分のファイルを入れる", "あとで入れる",
		"版の履歴", "モデルを文字で見る", "CSVかExcelを、ここに置く", "ファイル", "読み方", "どの数か", "このファイルを取り消す", "いつまでの数字で見るか",
		"確かめる", "気づいたこと", "計算を見る", "理由を書いて休ませる", "休み", "もし、こうしたら", "案として残す", "見込みの当たり具合",
	},
	"guide.en.md": {
		"Create a new one", "Choose a template", "Put the goal into words", "Connect the numbers", "Begin with sample numbers",
		"Bring in your own file", "Later", "View the model as text", "File", "How it reads", "Which numbers", "Take this file back",
		"Show the numbers up to",
		"Ask", "Findings", "See why", "Let it rest, with a reason", "Resting", "What if", "Keep as a plan", "How our probabilities did",
	},
}

var sentence = regexp.MustCompile(`"[^"]*":\s*"([^"]*)"`)

// A guide that names a button names one that is there, by the words on it.
func TestGuidesNameRealButtons(t *testing.T) {
	t.Parallel()
	for page, named := range buttons {
		lang := strings.Split(page, ".")[1]
		there := map[string]bool{}
		for _, m := range sentence.FindAllStringSubmatch(sources(t, "../ui/src/i18n/"+lang+"/*.ts"), -1) {
			there[m[1]] = true
		}
		text := read(t, page)
		for _, words := range named {
			if !there[words] {
				t.Errorf("no screen says “%s”, which %s sends readers to", words, page)
			}
			if !strings.Contains(text, words) {
				t.Errorf("%s does not say “%s” any more", page, words)
			}
		}
	}
}
