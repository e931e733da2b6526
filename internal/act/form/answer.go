package form

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/shirube/shirube/internal/words"
)

// Answers are what somebody answered, by the key of the question: one text each, but for
// questions with several answers. A question that was left empty is not there.
type Answers map[string][]string

// One is the only answer of a question, "" where there is none.
func (a Answers) One(key string) string {
	if len(a[key]) == 0 {
		return ""
	}
	return a[key][0]
}

// Refusal is what is wrong with an answer, said to the person who gave it.
type Refusal struct {
	Key  string // of the question; "consent" for the box
	Text words.Text
}

// Submission is what came with a form that was sent in.
type Submission struct {
	Answers Answers
	Agreed  bool // the consent box was ticked
}

// Read checks what was sent in against a definition. values are the fields as they came.
// Fields nobody asked for are left out. isAddress decides what a mail address is, and gives
// it as it is kept.
func Read(d Definition, values map[string][]string, isAddress func(string) (string, bool)) (Submission, []Refusal) {
	out := Submission{Answers: Answers{}}
	var refused []Refusal
	for _, q := range d.Questions {
		given := clean(q, values[q.Key])
		if len(given) == 0 {
			if q.Required {
				refused = append(refused, Refusal{q.Key, missing(q)})
			}
			continue
		}
		kept, wrong := q.read(given, isAddress)
		if !wrong.Zero() {
			refused = append(refused, Refusal{q.Key, wrong})
			continue
		}
		out.Answers[q.Key] = kept
	}
	if d.Consent != nil {
		out.Agreed = len(values["consent"]) > 0 && values["consent"][0] == "yes"
		if d.Consent.Required && !out.Agreed {
			refused = append(refused, Refusal{"consent", words.T("受け取るには、同意のチェックを入れてください。", "To receive it, please tick the box.")})
		}
		if out.Agreed && addressOf(d, out.Answers) == "" && len(refused) == 0 {
			refused = append(refused, Refusal{"consent", words.T("お送りするには、メールアドレスが必要です。", "To send you mail, we need your address.")})
		}
	}
	return out, refused
}

func missing(q Question) words.Text {
	if q.Kind == Yes {
		return words.T("チェックを入れてください。", "Please tick this box.")
	}
	if q.choice() {
		return words.T("1つ選んでください。", "Please choose one.")
	}
	return words.T("ご記入ください。", "Please fill this in.")
}

// clean takes the blanks off and leaves out what is empty. Control characters never stay;
// line breaks do where several lines are asked for.
func clean(q Question, given []string) []string {
	var out []string
	for _, text := range given {
		if len(out) > MaxOptions {
			break
		}
		text = strings.ToValidUTF8(text, "�")
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.Map(func(r rune) rune {
			switch {
			case r == '\n' && q.Kind == Text:
				return r
			case r == '\n' || r == '\r' || r == '\t':
				return ' '
			case unicode.IsControl(r):
				return -1
			}
			return r
		}, text)
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// read is the answers as they are kept, or what is wrong with them.
func (q Question) read(given []string, isAddress func(string) (string, bool)) ([]string, words.Text) {
	most := maxLine
	if q.Kind == Text {
		most = maxText
	}
	if q.Kind != Several {
		given = given[:1]
	}
	for _, text := range given {
		if utf8.RuneCountInString(text) > most {
			return nil, words.T("長すぎます。%d文字までにしてください。", "This is too long. Up to %d characters, please.", most)
		}
	}
	first := given[0]
	switch q.Kind {
	case Email:
		address, ok := isAddress(first)
		if !ok {
			return nil, words.T("メールアドレスをお確かめください。", "Please check the mail address.")
		}
		return []string{address}, words.Text{}
	case Phone:
		return phone(first)
	case Number:
		return number(first)
	case One, Several:
		given = slices.Compact(slices.Sorted(slices.Values(given)))
		for _, text := range given {
			if !slices.Contains(q.Options, text) {
				return nil, words.T("選択肢から選んでください。", "Please choose from the list.")
			}
		}
		// In the order of the list, however a browser sends them.
		slices.SortFunc(given, func(a, b string) int { return slices.Index(q.Options, a) - slices.Index(q.Options, b) })
		return given, words.Text{}
	case Yes:
		if first != "yes" {
			return nil, words.T("チェックを入れてください。", "Please tick this box.")
		}
	case Nps:
		return scale(first, 0, 10)
	case Csat:
		return scale(first, 1, 5)
	}
	return given, words.Text{}
}

func scale(text string, low, high int) ([]string, words.Text) {
	n, err := strconv.Atoi(width.Narrow.String(text))
	if err != nil || n < low || n > high {
		return nil, words.T("%d〜%dから選んでください。", "Please choose from %d to %d.", low, high)
	}
	return []string{strconv.Itoa(n)}, words.Text{}
}

// number takes full-width digits and separators of thousands, as Japanese type them.
func number(text string) ([]string, words.Text) {
	plain := strings.NewReplacer(",", "", " ", "", "，", "").Replace(width.Narrow.String(text))
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return nil, words.T("数字でご記入ください。", "Please write a number.")
	}
	return []string{strconv.FormatFloat(v, 'f', -1, 64)}, words.Text{}
}

// phone keeps digits, + and separators; what has too few digits is no number.
func phone(text string) ([]string, words.Text) {
	text = strings.NewReplacer("ー", "-", "ｰ", "-", "−", "-", "‐", "-", "–", "-").Replace(text)
	text = width.Narrow.String(text)
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune("+-() .x#", r):
		default:
			digits = -1000
		}
	}
	if digits < 6 || digits > 20 {
		return nil, words.T("電話番号をお確かめください。", "Please check the telephone number.")
	}
	return []string{text}, words.Text{}
}

// addressOf is the mail address of the contact, "" where none was given.
func addressOf(d Definition, a Answers) string {
	for _, q := range d.Questions {
		if q.Kind == Email && q.To == "address" {
			return a.One(q.Key)
		}
	}
	return ""
}

// Person is what a submission says of a contact.
type Person struct {
	Address    string
	Properties map[string]string // by the property's name; several answers are joined with 、
}

// PersonOf gathers what becomes of the contact.
func PersonOf(d Definition, a Answers) Person {
	p := Person{Address: addressOf(d, a), Properties: map[string]string{}}
	for _, q := range d.Questions {
		if q.To == "" || q.To == "address" || len(a[q.Key]) == 0 {
			continue
		}
		p.Properties[q.To] = strings.Join(a[q.Key], "、")
	}
	return p
}

// Counted is what goes into the event: nothing but choices that were marked so.
func Counted(d Definition, a Answers) map[string]any {
	out := map[string]any{}
	for _, q := range d.Questions {
		if !q.Counted || !q.choice() || len(a[q.Key]) == 0 {
			continue
		}
		switch q.Kind {
		case Nps, Csat:
			n, err := strconv.Atoi(a.One(q.Key))
			if err == nil {
				out[q.Key] = n
			}
		case Several:
			out[q.Key] = strings.Join(a[q.Key], "、")
		default:
			out[q.Key] = a.One(q.Key)
		}
	}
	return out
}
