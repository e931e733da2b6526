package insight

import (
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// Set is one supposition of a what-if: an indicator and what becomes of it.
type Set struct {
	ID     string
	Op     SetOp
	Amount float64
	Source string // as it was written: "ctr=*2"
}

// SetOp is how Amount changes a value.
type SetOp uint8

// The ways to change a value.
const (
	SetTo    SetOp = iota // =12, =3%   the value itself
	SetTimes              // =*2        the value times a factor
	SetGrow               // =+10%, =-5% a relative change
	SetAdd                // =+5, =-5   a difference
)

// SetError is a supposition that cannot be read or used. It reads in both
// languages.
type SetError struct{ What, Mend words.Text }

// In renders what was found and what to write instead.
func (e *SetError) In(lang words.Lang) string {
	if lang == words.EN && !e.Mend.Zero() {
		return e.What.EN + " " + e.Mend.EN
	}
	return e.What.In(lang) + e.Mend.In(lang)
}

// Error renders the error in Japanese, the default language.
func (e *SetError) Error() string { return e.In(words.JA) }

// ParseSet reads "ctr=*2", "likes=+10%", "likes=-5%", "posts=12", "ctr=3%"
// (0.03), "posts=+5", "posts=-5". A sign always means a difference; a value
// itself is never negative here. The error is a *SetError.
func ParseSet(s string) (Set, error) {
	id, rest, found := strings.Cut(s, "=")
	id, rest = strings.TrimSpace(id), strings.TrimSpace(rest)
	set := Set{ID: id, Source: s}
	if !found || id == "" || rest == "" {
		return Set{}, unreadable(s)
	}
	body := strings.ReplaceAll(strings.Map(words.HalfWidth, rest), "×", "*")
	sign := 1.0
	switch {
	case strings.HasPrefix(body, "*"):
		set.Op, body = SetTimes, body[1:]
	case strings.HasPrefix(body, "+"):
		set.Op, body = SetAdd, body[1:]
	case strings.HasPrefix(body, "-"):
		set.Op, body, sign = SetAdd, body[1:], -1
	}
	body = strings.TrimSpace(body)
	if set.Op == SetAdd && strings.HasSuffix(body, "%") {
		set.Op = SetGrow
	}
	amount, ok := goal.ParseAmount(body)
	if !ok || strings.ContainsAny(body[:1], "+-") {
		return Set{}, unreadable(s)
	}
	set.Amount = sign * amount
	return set, nil
}

func unreadable(s string) error {
	return &SetError{
		What: words.T("「%s」は読めません。", "“%s” cannot be read.", s),
		Mend: words.T("ctr=*2(2倍)、likes=+10%(1割増)、posts=12(その値にする)のように書いてください。", "Write ctr=*2 (double), likes=+10% (a tenth more) or posts=12 (that value)."),
	}
}

// apply is the value after the supposition; the value before may be NaN, which
// only SetTo can do without.
func (s Set) apply(before float64) float64 {
	switch s.Op {
	case SetTimes:
		return before * s.Amount
	case SetGrow:
		return before * (1 + s.Amount)
	case SetAdd:
		return before + s.Amount
	}
	return s.Amount
}

// unknownIndicator names the nearest id people may have meant.
func unknownIndicator(m *goal.Model, id string) error {
	ids := make([]string, 0, len(m.Indicators))
	for _, ind := range m.Indicators {
		ids = append(ids, ind.ID)
	}
	return &SetError{What: words.T("「%s」という指標はありません。", "There is no indicator “%s”.", id), Mend: words.Suggestion(id, ids)}
}
