package audit

import (
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Deed says what somebody did, from the name of the operation.
func Deed(operation string) words.Text {
	if deed, known := deeds[operation]; known {
		return deed
	}
	// One that nobody has put into words yet is better told roughly than not.
	verb, thing, _ := strings.Cut(operation, "-")
	switch verb {
	case "create", "add", "make", "new":
		return words.T("「%[1]s」をつくりました", "Created “%[1]s”", thing)
	case "delete", "remove", "revoke", "end":
		return words.T("「%[1]s」を消しました", "Removed “%[1]s”", thing)
	}
	return words.T("「%[1]s」を変えました", "Changed “%[1]s”", thing)
}

// Known reports whether an operation has words of its own.
func Known(operation string) bool { _, known := deeds[operation]; return known }

// Asks reports whether an operation only asks, although it is sent like one that changes
// something: checks, counts, previews.
func Asks(operation string) bool { return asks[operation] }

var asks = set("check-model", "check-automation", "replay-automation", "replay-condition", "count-condition", "get-funnel",
	"read-question", "read-goal-words", "look-at-audience", "preview-mail-template", "preview-form", "preview-score-card", "try-connection")

func set(names ...string) map[string]bool {
	out := map[string]bool{}
	for _, name := range names {
		out[name] = true
	}
	return out
}

// AreaOf is the area an address belongs to; path is that of the operation, behind the
// workspace: "/members/{id}".
func AreaOf(path string) Area {
	for _, one := range areas {
		if path == one.prefix || strings.HasPrefix(path, one.prefix+"/") {
			return one.area
		}
	}
	return Settings
}

// areas is read from above: what is more particular stands first.
var areas = []struct {
	prefix string
	area   Area
}{
	{"/members", People}, {"/api-keys", People}, {"/write-keys", People}, {"/invitations", People},
	{"/model", Map}, {"/versions", Map}, {"/focus", Map}, {"/map.svg", Map}, {"/map.png", Map}, {"/numbers.xlsx", Map},
	{"/uploads", Measure}, {"/entries", Measure}, {"/measure", Measure}, {"/connections", Measure},
	{"/review", Ask}, {"/scenarios", Ask},
	{"/act/notices", Share}, {"/act", Act}, {"/segments", Act}, {"/automations", Act}, {"/initiatives", Act}, {"/score-cards", Act},
	{"/forms", Act}, {"/leads", Act}, {"/outbox", Act}, {"/contacts", Act},
	{"/views", Share}, {"/agreement", Share}, {"/agreements", Share}, {"/questions", Share}, {"/question-settings", Share}, {"/reviews", Share}, {"/review-wishes", Share}, {"/review-plan", Share}, {"/standing", Share}, {"/reports", Share},
	{"/alerts", Share}, {"/selfcheck", Share}, {"/handover", Share},
}

// In is the area's name for people.
func (a Area) In(lang words.Lang) string { return areaNames[a].In(lang) }

var areaNames = map[Area]words.Text{
	People:   words.T("人と鍵", "People and keys"),
	Map:      words.T("地図", "Map"),
	Measure:  words.T("数字", "Numbers"),
	Ask:      words.T("確かめる", "Ask"),
	Act:      words.T("打ち手", "Act"),
	Share:    words.T("共有", "Share"),
	Settings: words.T("設定", "Settings"),
}

// FieldName is what people call a field, by the last part of its path; the part itself
// where it has no other name.
func FieldName(path string, lang words.Lang) string {
	last := path[strings.LastIndexByte(path, '.')+1:]
	if name, known := fieldNames[last]; known {
		return name.In(lang)
	}
	return last
}

var fieldNames = map[string]words.Text{
	"name": words.T("名前", "name"), "title": words.T("題", "title"), "role": words.T("役割", "role"), "department": words.T("部署", "department"),
	"export": words.T("ファイルの持ち出し", "may take files out"), "email": words.T("メールアドレス", "e-mail"), "version": words.T("地図の版", "version of the map"),
	"schedule": words.T("間隔", "schedule"), "paused": words.T("止めている", "paused"), "live": words.T("動いている", "live"), "open": words.T("公開", "open"),
	"state": words.T("状態", "state"), "scopes": words.T("できること", "scopes"), "expires_at": words.T("期限", "expires"), "reason": words.T("理由", "reason"),
	"months": words.T("残す月数", "months kept"), "url": words.T("アドレス", "address"), "kind": words.T("種類", "kind"), "note": words.T("メモ", "note"),
	"amount": words.T("数", "amount"), "target": words.T("目標", "target"), "deadline": words.T("期限", "deadline"), "owner": words.T("担当", "owner"),
	"unit": words.T("単位", "unit"), "definition": words.T("何を数えるか", "definition"), "formula": words.T("式", "formula"), "value": words.T("値", "value"),
	"day": words.T("日", "day"), "text": words.T("文", "text"), "settings": words.T("設定", "settings"), "steps": words.T("手順", "steps"),
	"locale": words.T("言語", "language"), "account": words.T("ほかのアカウント", "account elsewhere"),
	"about": words.T("議題", "item"), "what": words.T("決めたこと", "what was settled"), "kind_name": words.T("決め方", "how it was settled"), "why": words.T("理由", "why"),
	"by": words.T("した人", "by"), "at": words.T("日時", "at"), "on": words.T("日", "day"), "held_on": words.T("点検の日", "day of the review"), "due_on": words.T("予定の日", "planned for"),
	"due": words.T("期限", "due"), "indicator": words.T("指標", "indicator"), "indicators": words.T("指標", "indicators"), "until": words.T("いつまで", "until"), "from": words.T("いつから", "from"),
	"present": words.T("出席した人", "who was there"), "people": words.T("相手", "people"), "places": words.T("知らせる先", "places to tell"), "metric": words.T("数字", "number"),
	"revoked": words.T("取り消し", "revoked"), "revoked_at": words.T("取り消した時", "revoked"), "recipients": words.T("宛先", "recipients"),
}
