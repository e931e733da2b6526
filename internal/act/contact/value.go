package contact

import (
	"cmp"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// Limits of what is kept of one person; lengths in bytes.
const (
	MaxProperties = 200
	MaxKey        = 100
	MaxText       = 2000
	MaxTags       = 100
	MaxTag        = 100
	MaxName       = 300
	MaxIdentity   = event.MaxID
)

// latest is the last moment a property can hold: the end of the year 9999.
const latest = 253402300799999

// ValueError says what is wrong with a property or a tag.
type ValueError struct{ What words.Text }

// In renders the sentence in a language.
func (e *ValueError) In(lang words.Lang) string { return e.What.In(lang) }

// Error is the Japanese sentence.
func (e *ValueError) Error() string { return e.What.JA }

func unfit(ja, en string, args ...any) error { return &ValueError{words.T(ja, en, args...)} }

// TextValue, NumberValue, TruthValue and DateValue make values.
func TextValue(text string) Value { return Value{Kind: Text, Text: text} }

// NumberValue holds a number.
func NumberValue(n float64) Value { return Value{Kind: Number, Number: n} }

// TruthValue holds yes or no.
func TruthValue(yes bool) Value {
	if yes {
		return Value{Kind: Truth, Number: 1}
	}
	return Value{Kind: Truth}
}

// DateValue holds a moment.
func DateValue(at event.Millis) Value { return Value{Kind: Date, Number: float64(at)} }

// String writes a value as people read it; dates in UTC.
func (v Value) String() string {
	switch v.Kind {
	case Number:
		return strconv.FormatFloat(v.Number, 'f', -1, 64)
	case Truth:
		return strconv.FormatBool(v.Number != 0)
	case Date:
		at, whole := v.Day()
		if whole {
			return at.Format(time.DateOnly)
		}
		return at.Format(time.RFC3339)
	}
	return v.Text
}

// compare orders values of whatever kind: where two were said in the same moment it has to
// be the same one that wins, whoever came first.
func (v Value) compare(w Value) int {
	return cmp.Or(cmp.Compare(v.Kind, w.Kind), cmp.Compare(v.Text, w.Text), cmp.Compare(v.Number, w.Number))
}

// CheckKey refuses a property's key that cannot be kept: a *ValueError.
func CheckKey(key string) error {
	switch {
	case key == "":
		return unfit("項目の名前がありません。", "The property has no name.")
	case len(key) > MaxKey:
		return unfit("項目の名前が長すぎます（%dバイトまで）。", "The name of a property is too long (up to %d bytes).", MaxKey)
	case !plain(key):
		return unfit("項目の名前に使えない文字があります。", "The name of a property holds characters that cannot be kept.")
	}
	return nil
}

// Check refuses a value that cannot be kept: a *ValueError.
func (v Value) Check() error {
	switch v.Kind {
	case Text:
		if len(v.Text) > MaxText {
			return unfit("文字が長すぎます（%dバイトまで）。", "The text is too long (up to %d bytes).", MaxText)
		}
		if !utf8.ValidString(v.Text) || strings.ContainsRune(v.Text, 0) {
			return unfit("読めない文字が入っています。", "It holds characters that cannot be read.")
		}
	case Number:
		if math.IsNaN(v.Number) || math.IsInf(v.Number, 0) {
			return unfit("数として扱えません。", "It is no number.")
		}
	case Truth:
		if v.Number != 0 && v.Number != 1 {
			return unfit("はい・いいえのどちらかにしてください。", "It has to be yes or no.")
		}
	case Date:
		if !(v.Number >= -latest && v.Number <= latest) {
			return unfit("日付として扱えません。", "It is no date.")
		}
	default:
		return unfit("種類の分からない値です。", "The value is of no known kind.")
	}
	return nil
}

// CleanTag is a tag as it is kept; a *ValueError where it cannot be.
func CleanTag(tag string) (string, error) {
	tag = strings.TrimSpace(tag)
	switch {
	case tag == "":
		return "", unfit("タグが空です。", "The tag is empty.")
	case len(tag) > MaxTag:
		return "", unfit("タグが長すぎます（%dバイトまで）。", "The tag is too long (up to %d bytes).", MaxTag)
	case !plain(tag) || strings.ContainsAny(tag, `,"`):
		return "", unfit("タグに使えない文字（改行・カンマ・引用符）があります。", "A tag cannot hold line breaks, commas or quotes.")
	}
	return tag, nil
}

// plain reports a line without anything that cannot be seen.
func plain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// ParseValue reads a value of JSON. Lists and objects are kept as the text they are; null is
// no value.
func ParseValue(raw json.RawMessage) (Value, bool) {
	var any any
	if json.Unmarshal(raw, &any) != nil {
		return Value{}, false
	}
	var v Value
	switch x := any.(type) {
	case nil:
		return Value{}, false
	case string:
		v = ReadText(x)
	case float64:
		v = NumberValue(x)
	case bool:
		v = TruthValue(x)
	default:
		v = TextValue(string(raw))
	}
	return v, v.Check() == nil
}

// ReadText is a date where a text is one beyond doubt: as programs write moments, and a day
// with its year first as lists and forms have it, "2026-12-01", "2026/12/1" or "2026年12月1日".
// Nothing else is guessed at, as a postcode is no number. A day is kept as its midnight in UTC.
func ReadText(text string) Value {
	if len(text) < len("2026/1/2") || len(text) > 40 {
		return TextValue(text)
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return DateValue(event.Millis(at.UnixMilli()))
	}
	plain := strings.TrimSpace(norm.NFKC.String(text))
	for _, form := range []string{"2006-1-2", "2006/1/2", "2006年1月2日"} {
		if day, err := time.Parse(form, plain); err == nil && day.Year() >= firstYear && day.Year() <= lastYear {
			return DateValue(event.Millis(day.UnixMilli()))
		}
	}
	return TextValue(text)
}

// The years that a day of somebody's lies in: what looks like one of others is a number of
// something.
const (
	firstYear = 1900
	lastYear  = 2199
)

// Day is the day a date means, as its midnight in UTC; false where it is a moment within one,
// which is another day elsewhere.
func (v Value) Day() (time.Time, bool) {
	at := time.UnixMilli(int64(v.Number)).UTC()
	return at, v.Kind == Date && at.Equal(at.Truncate(24*time.Hour))
}
