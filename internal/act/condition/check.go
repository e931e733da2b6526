package condition

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds of a condition.
const (
	MaxBytes     = 64 << 10 // as JSON
	MaxDepth     = 6        // all, any and not within one another
	MaxLeaves    = 50
	MaxValues    = 100
	MaxWhere     = 10
	MaxText      = 200 // characters
	MaxTimes     = 1000
	MaxDays      = 1100 // three years
	mostProblems = 20
)

var (
	propertyOps = []string{Is, IsNot, Contains, Starts, Above, AtLeast, Below, AtMost, BeforeDays, WithinDays, AheadDays, Known, Unknown}
	whereOps    = []string{Is, IsNot, Contains, Starts, Above, AtLeast, Below, AtMost, Known, Unknown}
	didOps      = []string{"", AtLeast, AtMost, Exactly}
	scoreOps    = []string{AtLeast, Below}
	states      = []string{Granted, Refused, None}
)

// Check finds what is wrong with a condition; nothing where it can be asked.
func Check(c Condition) Problems {
	k := checker{}
	k.condition("", &c, 1)
	if k.leaves > MaxLeaves {
		k.problems.add("", "条件は%d個までです。減らすか、セグメントに分けてください。", "At most %d conditions fit; please leave some out or make segments of them.", MaxLeaves)
	}
	return k.problems
}

type checker struct {
	problems Problems
	leaves   int
}

func (k *checker) condition(path string, c *Condition, depth int) {
	if depth > MaxDepth {
		k.problems.add(path, "入れ子は%d段までです。まとめ方を簡単にしてください。", "Groups may lie %d deep at most; please simplify them.", MaxDepth)
		return
	}
	var set []string
	for _, field := range []struct {
		name string
		is   bool
	}{
		{"all", c.All != nil}, {"any", c.Any != nil}, {"not", c.Not != nil}, {"property", c.Property != nil}, {"did", c.Did != nil},
		{"score", c.Score != nil}, {"tag", c.Tag != ""}, {"consent", c.Consent != nil}, {"segment", c.Segment != ""},
	} {
		if field.is {
			set = append(set, field.name)
		}
	}
	if len(set) != 1 {
		if len(set) == 0 {
			k.problems.add(path, "条件がありません。「〜をした」「〜である」などを1つ選んでください。", "There is no condition here; please choose one.")
			return
		}
		k.problems.add(path, "1か所に条件が%d個あります(%s)。「すべて」か「どれか」でまとめてください。", "There are %d conditions in one place (%s); please join them with “all” or “any”.", len(set), strings.Join(set, ", "))
		return
	}
	path += "." + set[0]
	switch {
	case c.All != nil:
		k.group(path, c.All, depth)
	case c.Any != nil:
		k.group(path, c.Any, depth)
	case c.Not != nil:
		k.condition(path, c.Not, depth+1)
	default:
		k.leaves++
		k.leaf(path, c)
	}
}

func (k *checker) group(path string, list []Condition, depth int) {
	if len(list) == 0 {
		k.problems.add(path, "まとまりが空です。条件を1つ以上入れてください。", "This group is empty; please put a condition in.")
	}
	if len(list) > MaxLeaves {
		k.leaves += len(list) // said once, above
		return
	}
	for i := range list {
		k.condition(fmt.Sprintf("%s[%d]", path, i), &list[i], depth+1)
	}
}

func (k *checker) leaf(path string, c *Condition) {
	switch {
	case c.Property != nil:
		k.property(path, c.Property, propertyOps)
	case c.Did != nil:
		k.did(path, c.Did)
	case c.Score != nil:
		k.text(path+".card", c.Score.Card)
		k.oneOf(path+".op", c.Score.Op, scoreOps)
		if math.IsNaN(c.Score.Of) || math.Abs(c.Score.Of) > 1e6 {
			k.problems.add(path+".of", "点は-1,000,000〜1,000,000の数にしてください。", "Points are a number from -1,000,000 to 1,000,000.")
		}
	case c.Tag != "":
		k.text(path, c.Tag)
	case c.Consent != nil:
		if c.Consent.Topic != "" {
			k.text(path+".topic", c.Consent.Topic)
		}
		k.oneOf(path+".state", c.Consent.State, states)
	case c.Segment != "":
		k.text(path, c.Segment)
	}
}

func (k *checker) did(path string, d *Did) {
	k.matcher(path, &d.Matcher)
	k.oneOf(path+".op", d.Op, didOps)
	least := 1
	if d.Op == AtMost || d.Op == Exactly || d.Op == "" {
		least = 0
	}
	if d.Times < least || d.Times > MaxTimes {
		k.problems.add(path+".times", "回数は%d〜%d回にしてください。", "The number of times is %d to %d.", least, MaxTimes)
	}
	if d.Days < 0 || d.Days > MaxDays {
		k.problems.add(path+".days", "日数は1〜%d日にしてください。期間を決めないときは空にします。", "The window is 1 to %d days; leave it empty for “ever”.", MaxDays)
	}
	if least, _ := d.Bounds(); d.DistinctDays && d.Days > 0 && least > d.Days+1 {
		k.problems.add(path+".times", "%d日のあいだに%d日以上は数えられません。日数か回数を直してください。", "In %d days there are no %d days to count; please change one of the two.", d.Days, least)
	}
}

func (k *checker) matcher(path string, m *Matcher) {
	if m.Page == "" && m.Event == "" {
		k.problems.add(path, "何をしたかがありません。ページか、行動の名前を選んでください。", "It does not say what was done; please choose a page or an event.")
	}
	if m.Page != "" {
		k.text(path+".page", m.Page)
		start, _ := strings.CutSuffix(m.Page, "*")
		switch {
		case !strings.HasPrefix(m.Page, "/") && m.Page != "*":
			k.problems.add(path+".page", "ページは「/price」のように、スラッシュから書いてください。", "A page is written from its slash, like “/price”.")
		case strings.Contains(start, "*"):
			k.problems.add(path+".page", "「*」はいちばん後ろにだけ使えます(例:「/case/*」)。", "A “*” may stand at the end only, as in “/case/*”.")
		case strings.ContainsAny(m.Page, "?#"):
			k.problems.add(path+".page", "「?」より後ろは書かずに、ページの場所だけにしてください。", "Please leave out what comes after “?”: only the page's path is compared.")
		}
	}
	if m.Event != "" {
		k.text(path+".event", m.Event)
	}
	if len(m.Where) > MaxWhere {
		k.problems.add(path+".where", "行動の内容の条件は%d個までです。", "At most %d conditions on what was done.", MaxWhere)
		return
	}
	for i := range m.Where {
		k.property(fmt.Sprintf("%s.where[%d]", path, i), &m.Where[i], whereOps)
	}
}

func (k *checker) property(path string, p *Property, ops []string) {
	k.text(path+".key", p.Key)
	if !k.oneOf(path+".op", p.Op, ops) {
		return
	}
	few := func(n int) bool {
		if len(p.Values) == n || n < 0 && len(p.Values) > 0 && len(p.Values) <= MaxValues {
			return true
		}
		switch {
		case n == 0:
			k.problems.add(path+".values", "「分かっている」「分かっていない」に値は要りません。値を消してください。", "“Known” and “unknown” take no value; please remove it.")
		case n == 1:
			k.problems.add(path+".values", "値を1つ入れてください。", "Please give one value.")
		default:
			k.problems.add(path+".values", "値を1〜%d個入れてください。", "Please give 1 to %d values.", MaxValues)
		}
		return false
	}
	switch p.Op {
	case Known, Unknown:
		few(0)
	case Is, IsNot, Contains, Starts:
		if few(-1) {
			for i, v := range p.Values {
				k.text(fmt.Sprintf("%s.values[%d]", path, i), v)
			}
		}
	case Above, AtLeast, Below, AtMost:
		if few(1) {
			if _, ok := parseNumber(p.Values[0]); !ok {
				k.problems.add(path+".values[0]", "「%s」は数ではありません。半角の数字で入れてください。", "“%s” is not a number.", short(p.Values[0]))
			}
		}
	default:
		if few(1) {
			n, ok := parseNumber(p.Values[0])
			if !ok || n != math.Trunc(n) || n < 1 || n > MaxDays {
				k.problems.add(path+".values[0]", "日数は1〜%dの整数にしてください。", "Days are a whole number from 1 to %d.", MaxDays)
			}
		}
	}
}

func (k *checker) text(path, text string) {
	switch {
	case text == "":
		k.problems.add(path, "空です。入れてください。", "This is empty; please fill it in.")
	case utf8.RuneCountInString(text) > MaxText:
		k.problems.add(path, "%d文字までにしてください。", "At most %d characters.", MaxText)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
		k.problems.add(path, "使えない文字が入っています。入れ直してください。", "There are characters in it that cannot be used; please type it again.")
	}
}

func (k *checker) oneOf(path, value string, list []string) bool {
	if slices.Contains(list, value) {
		return true
	}
	k.problems.add(path, "「%s」という比べ方はありません。%sのどれかにしてください。", "There is no “%s”; please use one of %s.", short(value), strings.TrimPrefix(strings.Join(list, ", "), ", "))
	return false
}

func short(text string) string {
	runes := []rune(strings.ToValidUTF8(text, "?"))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return string(runes)
}
