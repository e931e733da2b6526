package scorecard

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Op is how a rule looks at a value.
type Op string

// The conditions a rule may have.
const (
	AtLeast Op = ">=" // Value
	Below   Op = "<"  // Value
	Is      Op = "="  // Text; for numbers Value
	IsNot   Op = "!=" // the same, turned over; a missing value is not something else
	Missing Op = "missing"
)

// Rule is a question about one column that is answered by yes or no.
type Rule struct {
	Column  string
	Op      Op
	Value   float64 // numbers
	Text    string  // categories
	Numeric bool    // the column holds numbers
}

// Holds reports whether a row of a column fulfils the rule. A missing value fulfils only
// the rule that asks for it.
func (r Rule) Holds(c *Column, row int) bool {
	if c.missing(row) {
		return r.Op == Missing
	}
	if r.Op == Missing {
		return false
	}
	if c.Kind == Number {
		v := c.Numbers[row]
		switch r.Op {
		case AtLeast:
			return v >= r.Value
		case Below:
			return v < r.Value
		case Is:
			return v == r.Value
		}
		return v != r.Value
	}
	if c.Kind != Category {
		return false
	}
	switch r.Op {
	case Is:
		return c.Texts[row] == r.Text
	case IsNot:
		return c.Texts[row] != r.Text
	}
	return false
}

// Condition writes the rule for programs: ">= 600", "= Google", "missing". ParseCondition
// reads it back.
func (r Rule) Condition() string {
	switch {
	case r.Op == Missing:
		return string(Missing)
	case r.Numeric:
		return string(r.Op) + " " + strconv.FormatFloat(r.Value, 'f', -1, 64)
	}
	return string(r.Op) + " " + r.Text
}

// Reads writes the rule for people.
func (r Rule) Reads() words.Text {
	value := words.T("「%s」", "“%s”", r.Text)
	if r.Numeric {
		short := words.Group(r.Value, decimals(r.Value))
		value = words.T("%s", "%s", short)
	}
	switch r.Op {
	case Missing:
		return words.T("空欄", "left empty")
	case AtLeast:
		return words.T("%s以上", "%s or more", value)
	case Below:
		return words.T("%s未満", "less than %s", value)
	case IsNot:
		return words.T("%s以外", "not %s", value)
	}
	return words.T("%s", "%s", value)
}

func decimals(v float64) int {
	for d := range 6 {
		scaled := v * math.Pow10(d)
		if math.Abs(scaled-math.Round(scaled)) < 1e-9*math.Max(1, math.Abs(scaled)) {
			return d
		}
	}
	return 6
}

// ParseCondition reads a condition as Condition writes it, and as people do: "600以上",
// "≥600", "空欄", "Google".
func ParseCondition(column, text string, numeric bool) (Rule, error) {
	s := strings.TrimSpace(strings.NewReplacer("≥", ">=", "＞=", ">=", "≧", ">=", "≠", "!=", "＝", "=", "＜", "<").Replace(text))
	r := Rule{Column: column, Numeric: numeric, Op: Is}
	switch strings.ToLower(s) {
	case "missing", "empty", "空欄", "":
		r.Op = Missing
		return r, nil
	}
	for _, form := range []struct {
		op             Op
		before, behind string
	}{{AtLeast, ">=", ""}, {AtLeast, "", "以上"}, {Below, "<", ""}, {Below, "", "未満"}, {IsNot, "!=", ""}, {IsNot, "", "以外"}, {Is, "==", ""}, {Is, "=", ""}} {
		if form.before != "" && strings.HasPrefix(s, form.before) {
			r.Op, s = form.op, strings.TrimSpace(s[len(form.before):])
			break
		}
		if form.behind != "" && numeric && strings.HasSuffix(s, form.behind) {
			r.Op, s = form.op, strings.TrimSpace(strings.TrimSuffix(s, form.behind))
			break
		}
	}
	if !numeric {
		if r.Op == AtLeast || r.Op == Below {
			return r, fmt.Errorf("read condition %q: the column %q holds no numbers", text, column)
		}
		r.Text = s
		return r, nil
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return r, fmt.Errorf("read condition %q of column %q: not a number", text, column)
	}
	r.Value = v
	return r, nil
}
