package agreement

import (
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// purposes are the words by which a management goal is known, by its key.
var purposes = []struct {
	key   string
	words []string
}{
	{"revenue", []string{"revenue", "sales", "売上", "売り上げ", "売上げ", "受注", "商談", "turnover", "deals"}},
	{"recruiting", []string{"recruit", "hiring", "hire", "採用", "応募", "求人", "人材", "人を採"}},
	{"branding", []string{"branding", "awareness", "brand", "認知", "ブランド", "知って", "好き", "知られ", "become known"}},
	{"retention", []string{"retention", "churn", "継続", "解約", "続けて", "リピート", "定着", "keep customers", "loyal"}},
	{"satisfaction", []string{"satisfaction", "nps", "満足", "評判"}},
	{"profit", []string{"profit", "margin", "利益", "粗利", "収益性", "コスト", "費用", "cost"}},
}

// purposeKey is a management goal by its key where it is written exactly as one, else the
// words as they are: for telling whether a goal became another.
func purposeKey(s string) string {
	plain := plainly(s)
	for _, p := range purposes {
		name := goal.ManagementGoal(p.key)
		if plain == p.key || plain == plainly(name.JA) || plain == plainly(name.EN) {
			return p.key
		}
	}
	switch plain {
	case "sales":
		return "revenue"
	case "hiring":
		return "recruiting"
	case "awareness":
		return "branding"
	}
	return plain
}

// purposesIn is which management goals somebody's words speak of.
func purposesIn(s string) []string {
	plain := plainly(s)
	var keys []string
	for _, p := range purposes {
		if slices.ContainsFunc(p.words, func(w string) bool { return strings.Contains(plain, w) }) {
			keys = append(keys, p.key)
		}
	}
	return keys
}

// family is words that are easily taken for one another and count different things, each
// with its other names.
type family [][]string

// families are the usual places where two people mean two things by one goal. The first
// name of a word is the one shown.
var families = []family{
	{{"表示", "impression", "インプレッション"}, {"訪問", "visit", "セッション", "session"}, {"閲覧", "pv", "ページビュー", "page view"}, {"クリック", "click"}},
	{{"応募", "application", "applicant", "エントリー", "応募書類"}, {"面接", "interview"}, {"内定", "offer"}, {"入社", "joined", "採用人数", "採用した人"}},
	{{"問い合わせ", "問合せ", "inquir", "enquir", "お問い合わせ"}, {"資料請求", "brochure", "download", "ダウンロード"}, {"商談", "meeting", "アポ"}, {"受注", "成約", "契約", "deals won", "won", "closed"}},
	{{"売上", "売り上げ", "revenue", "sales"}, {"粗利", "利益", "profit", "margin"}, {"入金", "paid", "回収"}},
	{{"税込", "including tax", "incl. tax"}, {"税抜", "税別", "excluding tax", "excl. tax"}},
	{{"新規", "新しいお客", "new customer"}, {"既存", "リピート", "existing", "repeat"}},
	{{"延べ", "のべ"}, {"重複を除", "重複なし", "1人1件", "ユニーク", "unique"}},
}

// mentioned is which words of a family a text holds, by their place.
func (f family) mentioned(text string) []int {
	plain := plainly(text)
	var found []int
	for i, names := range f {
		if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(plain, plainly(name)) }) {
			found = append(found, i)
		}
	}
	return found
}

// otherThing is a pair of words that shows that two texts count different things: theirs
// and the goal's. ok is false where no such pair is found, which proves nothing.
func otherThing(theirs, goals string) (said, meant string, ok bool) {
	for _, f := range families {
		them, us := f.mentioned(theirs), f.mentioned(goals)
		if len(them) == 0 || len(us) == 0 || slices.ContainsFunc(them, func(i int) bool { return slices.Contains(us, i) }) {
			continue
		}
		return f[them[0]][0], f[us[0]][0], true
	}
	return "", "", false
}

// units are counters that mean the same, and those that do not.
var units = [][]string{
	{"件", "cases", "case", "items", "item"},
	{"人", "名", "people", "persons", "person", "members"},
	{"円", "yen", "jpy", "¥"},
	{"社", "companies", "company"},
	{"%", "パーセント", "percent"},
	{"回", "times"},
	{"本"}, {"通"}, {"台"}, {"時間", "hours", "hour"}, {"日", "days", "day"},
}

// unitKind is the place of a unit among those known; -1 for one nobody knows.
func unitKind(unit string) int {
	unit = plainly(unit)
	if base, _ := moneyScale(unit); base == "円" {
		unit = "円"
	}
	return slices.IndexFunc(units, func(names []string) bool { return slices.Contains(names, unit) })
}

// moneyScale splits 万円 into its currency and how many of it one is.
func moneyScale(unit string) (base string, scale float64) {
	for _, one := range []struct {
		unit  string
		scale float64
	}{{"億円", 1e8}, {"百万円", 1e6}, {"万円", 1e4}, {"千円", 1e3}, {"円", 1}} {
		if unit == one.unit {
			return "円", one.scale
		}
	}
	return unit, 1
}

// named is a name with the honorific of its language.
func named(p Person) words.Text {
	for _, end := range []string{"さん", "様", ")", "社長", "部長", "課長"} {
		if strings.HasSuffix(p.Name, end) {
			return words.Text{JA: p.Name, EN: p.Name}
		}
	}
	return words.T("%sさん", "%s", p.Name)
}
