package scorecard

import (
	"slices"
	"strings"
	"unicode"
)

// What a column's name can give away. A name alone never leaves a column out: it must also
// tell the outcome better than chance.

// verdictWords name what somebody or something made of a lead: another score, a rank, a
// salesperson's tag.
var verdictWords = []string{"score", "scoring", "rank", "ranking", "grade", "rating", "quality", "tag", "tags", "priority",
	"probability", "likelihood", "temperature", "disposition", "qualified", "sql", "mql"}

var verdictParts = []string{"スコア", "ランク", "評価", "確度", "見込み度", "温度感", "優先度", "タグ", "採点", "判定"}

// endWords name what is written when a case is closed, or measured only then.
var endWords = []string{"won", "lost", "closed", "churned", "converted", "conversion", "outcome", "disposition"}

var endParts = []string{"受注", "失注", "成約", "契約日", "契約金額", "結果", "解約", "通話時間", "商談時間"}

// stateOf are whose state a column may hold; it is overwritten as the case goes on.
var stateOf = []string{"", "lead", "deal", "opportunity", "sales", "contact", "contract", "customer", "member", "account", "pipeline", "current"}

var stateParts = []string{"ステータス", "フェーズ", "ステージ", "対応状況", "進捗"}

// spokenOf are what a bare duration may be the length of: the very contact that decided.
var spokenOf = []string{"", "call", "contact", "meeting", "talk", "conversation", "contract", "subscription"}

// nameHint is the code of what a name gives away, or "".
func nameHint(c *Column, outcomeName string) string {
	tokens := tokensOf(c.Name)
	has := func(list []string) bool {
		return slices.ContainsFunc(tokens, func(t string) bool { return slices.Contains(list, t) })
	}
	within := func(parts []string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(c.Name, p) })
	}
	before := func(word string) (string, bool) {
		i := slices.Index(tokens, word)
		if i < 0 || i != len(tokens)-1 {
			return "", false
		}
		return strings.Join(tokens[:i], " "), true
	}
	if namedAfter(tokens, c.Name, outcomeName) {
		return LeakNamed
	}
	if has(verdictWords) || within(verdictParts) {
		return LeakVerdict
	}
	for _, word := range []string{"status", "stage", "phase"} {
		if whose, ok := before(word); ok && slices.Contains(stateOf, whose) {
			return LeakOverwritten
		}
	}
	// "Last name" of numbers, like days since the last visit, is honest behaviour.
	latest := len(tokens) > 1 && slices.Contains([]string{"last", "latest", "final"}, tokens[0]) || strings.HasPrefix(c.Name, "最終") || strings.HasPrefix(c.Name, "最新") || strings.HasPrefix(c.Name, "最後")
	if c.Kind == Category && (latest || within(stateParts)) {
		return LeakOverwritten
	}
	if of, ok := before("duration"); ok && slices.Contains(spokenOf, of) {
		return LeakEnd
	}
	if has(endWords) && !has([]string{"previous", "prior", "past", "p"}) || within(endParts) && !strings.Contains(c.Name, "前回") && !strings.Contains(c.Name, "過去") {
		return LeakEnd
	}
	return ""
}

// namedAfter: "converted at" for the outcome "Converted", 成約日 for 成約.
func namedAfter(tokens []string, name, outcome string) bool {
	if outcome == "" {
		return false
	}
	if unicodeWord(outcome) {
		return len([]rune(outcome)) >= 2 && strings.Contains(name, outcome)
	}
	own := tokensOf(outcome)
	if len(own) == 0 || len(strings.Join(own, "")) < 3 {
		return false
	}
	for i := 0; i+len(own) <= len(tokens); i++ {
		if slices.Equal(tokens[i:i+len(own)], own) {
			return true
		}
	}
	return false
}

// unicodeWord reports a name beyond ASCII, which has no spaces to part its words.
func unicodeWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// tokensOf parts a name into lower-case words: "LeadScore", "lead_score", "Lead score".
func tokensOf(name string) []string {
	var tokens []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			tokens = append(tokens, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	lower := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
			lower = false
			continue
		}
		if unicode.IsUpper(r) && lower {
			end()
		}
		lower = unicode.IsLower(r)
		word.WriteRune(r)
	}
	end()
	return tokens
}
