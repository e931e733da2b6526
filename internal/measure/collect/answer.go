package collect

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// The sentences of whole requests; those of single events are event's.
var (
	noSuchPath = sentence{"not_found", words.T("この送り先はありません。/v1/batch などへ送ってください。", "There is nothing here. Send to /v1/batch, for instance.")}
	notThisWay = sentence{"method_not_allowed", words.T("この送り先は POST で送ってください。", "Send to this address with POST.")}
	noKey      = sentence{"no_write_key", words.T("書き込みキーがありません。SDK の設定に Shirube の書き込みキーを入れてください。", "There is no write key. Put the write key of Shirube into the settings of the SDK.")}
	badKey     = sentence{"unknown_write_key", words.T("この書き込みキーは使えません。Shirube の「計測の設定」で確かめてください。", "This write key is not valid. Compare it with the one in Shirube's measuring settings.")}
	badOrigin  = sentence{"origin_not_allowed", words.T("このサイトからの送信は許可されていません。書き込みキーの「使えるサイト」に追加してください。", "Pages of this site may not use the key. Add the site to the key's list.")}
	tooLarge   = sentence{string(event.BodyTooLarge), event.Reason(event.BodyTooLarge)}
	tooSlow    = sentence{"timeout", words.T("送信が途中で止まりました。もう一度送ってください。", "The request stopped half-way. Please send it again.")}
	cutOff     = sentence{"body_cut", words.T("送られた内容が途中で切れているか、gzip として読めません。", "What was sent broke off, or is no gzip.")}
	encoding   = sentence{"unknown_encoding", words.T("この圧縮方式は読めません。gzip か無圧縮で送ってください。", "This compression is not known. Send gzip or none.")}
	full       = sentence{"busy", words.T("いま混み合っています。少し待ってから送り直してください。", "There is too much to take in right now. Please send it again in a moment.")}
	diskFull   = sentence{"disk_full", words.T("保存する場所がいっぱいで受け取れません。空きができると自動で再開します。", "There is no room left to keep this. It goes on by itself when there is.")}
	away       = sentence{"unavailable", words.T("いまは受け取れません。しばらくしてから送り直してください。", "This cannot be taken right now. Please send it again later.")}
)

type sentence struct {
	code string
	text words.Text
}

type refusedItem struct {
	Index     int        `json:"index"`
	MessageID string     `json:"messageId,omitempty"`
	Code      event.Code `json:"code"`
	Reason    string     `json:"reason"`
}

// answerTaken says what became of the events. The SDKs look at the status alone; people and
// our debugger read the rest.
func answerTaken(w http.ResponseWriter, r *http.Request, envelope event.Envelope) {
	header := w.Header()
	header["Content-Type"] = jsonType
	body := make([]byte, 0, 64)
	body = append(body, `{"success":true,"received":`...)
	body = strconv.AppendInt(body, int64(envelope.Received), 10)
	body = append(body, `,"accepted":`...)
	body = strconv.AppendInt(body, int64(envelope.Accepted()), 10)
	if len(envelope.Refused) > 0 {
		lang := language(r)
		items := make([]refusedItem, len(envelope.Refused))
		for i, one := range envelope.Refused {
			items[i] = refusedItem{one.Index, one.MessageID, one.Code, one.Reason.In(lang)}
		}
		if list, err := json.Marshal(items); err == nil { // plain strings and numbers cannot fail
			body = append(append(body, `,"refused":`...), list...)
		}
	}
	_, _ = w.Write(append(body, '}'))
}

var jsonType = []string{"application/json"}

func answerError(w http.ResponseWriter, r *http.Request, status int, why sentence) {
	body, err := json.Marshal(struct {
		Success bool   `json:"success"`
		Code    string `json:"code"`
		Reason  string `json:"reason"`
	}{false, why.code, why.text.In(language(r))})
	if err != nil {
		body = []byte(`{"success":false}`)
	}
	w.Header()["Content-Type"] = jsonType
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// language is the one the sender asks for. Programs ask for none and are answered in
// Japanese, the language of most people who run this.
func language(r *http.Request) words.Lang { return words.ParseLang(r.Header.Get("Accept-Language")) }

func retryAfter(seconds int) string { return strconv.Itoa(seconds) }

// Reason says why something was refused, by the code it was refused with: a whole request,
// or one of its events.
func Reason(code string) words.Text {
	for _, one := range []sentence{noSuchPath, notThisWay, noKey, badKey, badOrigin, tooSlow, cutOff, encoding, full, diskFull, away} {
		if one.code == code {
			return one.text
		}
	}
	return event.Reason(event.Code(code))
}
