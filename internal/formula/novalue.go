package formula

import "github.com/shirube/shirube/internal/words"

// NoValueKind is why there is no number.
type NoValueKind uint8

// The reasons there are.
const (
	Missing        NoValueKind = iota + 1 // a name has no value
	DivisionByZero                        // a divisor is 0
	Overflow                              // a number on the way is beyond float64
)

// NoValue is the error of an evaluation that ends in no number.
type NoValue struct {
	Why  words.Text
	Kind NoValueKind
	Name string // the name that is missing or the divisor; empty where no single name is to blame
}

// In renders the reason.
func (e *NoValue) In(lang words.Lang) string { return e.Why.In(lang) }

// Error renders the reason in Japanese, the default language.
func (e *NoValue) Error() string { return e.In(words.JA) }

func missingValue(name string) *NoValue {
	return &NoValue{words.T("「%s」の値がありません。", `"%s" has no value.`, name), Missing, name}
}

func divisionByZero(divisor *node) *NoValue {
	if divisor.op == opName {
		return &NoValue{words.T("「%s」が0のため、割り算ができません。", `"%s" is 0, and nothing can be divided by it.`, divisor.name), DivisionByZero, divisor.name}
	}
	return &NoValue{words.T("割る数が0のため、割り算ができません。", "The divisor is 0, and nothing can be divided by it."), DivisionByZero, ""}
}

func overflow() *NoValue {
	return &NoValue{words.T("計算の途中で数が大きくなりすぎました。", "A number grew too large on the way."), Overflow, ""}
}

func steep(name string) *NoValue {
	return &NoValue{words.T("「%s」に対する変化が大きすぎて計算できません。", `The change with "%s" is too large to compute.`, name), Overflow, name}
}
