package event

import (
	"strconv"

	"github.com/shirube/shirube/internal/words"
)

// The limits of what is taken. They are those of the contract the SDKs were written for,
// where it has them; each is inclusive.
const (
	MaxBody       = 4 << 20 // bytes of a body, after decompression; node really sends 0.8 MB
	MaxEvent      = 32 << 10
	MaxBatch      = 2500 // events of a batch
	MaxMessageID  = 99   // bytes: "less than 100 characters"
	MaxName       = 200  // bytes of the name of an event, a page, a category
	MaxID         = 256  // bytes of a user id, anonymous id, group id
	MaxDepth      = 20   // objects and arrays within one another in properties
	MaxProperties = 300  // keys of properties
)

// What is longer than these is cut, because losing an event over a long title helps nobody.
const (
	maxHost  = 253
	maxPath  = 1000
	maxQuery = 500
	maxTitle = 300
	maxTerm  = 200 // a campaign's fields
	maxWord  = 60  // library, language
)

// A moment before the first page of the web is a field that was never set; one beyond 9999
// is a unit mistaken.
const (
	oldestMoment Millis = 631152000000    // 1990-01-01
	latestMoment Millis = 253402300799999 // 9999-12-31
)

// Code names why an event was refused, for programs.
type Code string

// The reasons there are.
const (
	NotAnObject       Code = "not_an_object"
	UnknownType       Code = "unknown_type"
	NobodyNamed       Code = "no_user_anon_id" // the contract's own word
	NoEventName       Code = "no_event_name"
	NoGroup           Code = "no_group_id"
	NoPrevious        Code = "no_previous_id"
	NameTooLong       Code = "name_too_long"
	MessageIDTooLong  Code = "message_id_too_long"
	IDTooLong         Code = "id_too_long"
	TooLarge          Code = "event_too_large"
	TooMany           Code = "too_many_events"
	TooDeep           Code = "too_deep"
	TooManyProperties Code = "too_many_properties"
	PropertiesNoMap   Code = "properties_not_an_object"
	NumberTooLarge    Code = "number_out_of_range"
	BadMoment         Code = "bad_timestamp"
	MomentTooOld      Code = "timestamp_too_old"

	// Of whole bodies.
	NotJSON      Code = "not_json"
	BodyTooLarge Code = "body_too_large"
	NoBatch      Code = "no_batch"
)

// Refusal is one event that was not taken, by its place in the batch (from 0).
type Refusal struct {
	Index     int
	MessageID string // as sent, cut to MaxMessageID; may be empty
	Name      string // of the event, cut; for the person who looks for the mistake
	Code      Code
	Reason    words.Text
}

// Unreadable is a body of which nothing can be read.
type Unreadable struct {
	Code   Code
	Reason words.Text
}

// Error is the Japanese sentence.
func (u *Unreadable) Error() string { return u.Reason.JA }

// In renders the sentence in a language.
func (u *Unreadable) In(lang words.Lang) string { return u.Reason.In(lang) }

func unreadable(code Code) error { return &Unreadable{Code: code, Reason: Reason(code)} }

// Reason says in a sentence what a code means and what mends it.
func Reason(code Code) words.Text {
	switch code {
	case NotAnObject:
		return words.T("イベントが { … } の形になっていません。", "The event is not an object { … }.")
	case UnknownType:
		return words.T("type が分かりません。track・page・screen・identify・group・alias のどれかにしてください。",
			"The type is not known. Use track, page, screen, identify, group or alias.")
	case NobodyNamed:
		return words.T("だれのイベントか分かりません。userId か anonymousId を付けてください。",
			"It does not say whose event it is. Send userId or anonymousId.")
	case NoEventName:
		return words.T("イベント名がありません。event に名前を入れてください。", "The event has no name. Put one into \"event\".")
	case NoGroup:
		return words.T("groupId がありません。所属先の ID を入れてください。", "There is no groupId. Send the id of the organisation.")
	case NoPrevious:
		return words.T("previousId か userId がありません。alias には両方が必要です。", "previousId or userId is missing; an alias needs both.")
	case NameTooLong:
		return words.T("名前が長すぎます（%[1]s バイトまで）。", "The name is too long (up to %[1]s bytes).", count(MaxName))
	case MessageIDTooLong:
		return words.T("messageId が長すぎます（%[1]s バイトまで）。", "The messageId is too long (up to %[1]s bytes).", count(MaxMessageID))
	case IDTooLong:
		return words.T("ID が長すぎます（%[1]s バイトまで）。", "An id is too long (up to %[1]s bytes).", count(MaxID))
	case TooLarge:
		return words.T("イベントが大きすぎます（%[1]s KB まで）。プロパティを減らしてください。",
			"The event is too large (up to %[1]s KB). Send fewer properties.", count(MaxEvent>>10))
	case TooMany:
		return words.T("一度に送れるのは %[1]s 件までです。分けて送ってください。",
			"A batch holds up to %[1]s events. Send the rest in another.", count(MaxBatch))
	case TooDeep:
		return words.T("プロパティの入れ子が深すぎます（%[1]s 段まで）。", "Properties are nested too deep (up to %[1]s levels).", count(MaxDepth))
	case TooManyProperties:
		return words.T("プロパティが多すぎます（%[1]s 個まで）。", "There are too many properties (up to %[1]s).", count(MaxProperties))
	case PropertiesNoMap:
		return words.T("properties（traits）は { … } の形で送ってください。", "Send properties (traits) as an object { … }.")
	case NumberTooLarge:
		return words.T("大きすぎて扱えない数があります。文字として \"…\" で送ってください。",
			"A number is too large to be kept. Send it as text in quotes.")
	case BadMoment:
		return words.T("timestamp が読めません。2026-11-22T09:30:00+09:00 のように書いてください。",
			"The timestamp cannot be read. Write it like 2026-11-22T09:30:00+09:00.")
	case MomentTooOld:
		return words.T("timestamp が 1990 年より前です。日時が入っていないようです。", "The timestamp is before 1990; it seems that it was never set.")
	case NotJSON:
		return words.T("JSON として読めませんでした。送る内容の形を確かめてください。", "This could not be read as JSON. Please check what is sent.")
	case BodyTooLarge:
		return words.T("一度に送れる大きさ（%[1]s MB）を超えています。分けて送ってください。",
			"This is more than can be sent at once (%[1]s MB). Send it in parts.", count(MaxBody>>20))
	case NoBatch:
		return words.T("batch に送るイベントの並びがありません。", "There is no list of events in \"batch\".")
	default:
		return words.T("受け取れないイベントでした。", "The event could not be taken.")
	}
}

func count(n int) string { return strconv.Itoa(n) }
