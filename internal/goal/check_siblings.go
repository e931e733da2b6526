package goal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/words"
)

// checkSiblings tests whether the inputs of a formula can stand side by side:
// sums need one unit, siblings one role, and rates the denominator they are
// multiplied with.
func (c *checker) checkSiblings(parent *Indicator) {
	if parent.Formula == nil {
		return
	}
	shape := parent.Formula.Shape()
	var siblings []*Indicator
	for _, id := range c.model.Children(parent.ID) {
		siblings = append(siblings, c.model.byID[id])
	}
	c.checkRoles(parent, shape, siblings)
	if shape.Op == "sum" {
		c.checkUnits(parent, siblings)
	}
	c.checkDenominators(parent, shape, siblings)
}

func (c *checker) checkRoles(parent *Indicator, shape formula.Shape, siblings []*Indicator) {
	var said []string
	seen := map[Role]bool{}
	for _, s := range siblings {
		if s.Role != RoleNone && !seen[s.Role] {
			seen[s.Role] = true
			said = append(said, s.Name)
		}
	}
	if len(said) < 2 {
		return
	}
	severity := SeverityInfo // in a product an action may well stand beside a rate
	if shape.Op == "sum" {
		severity = SeverityWarning
	}
	c.add("mixed-roles", severity, parent, parent.FieldAt("formula"),
		words.T("「%s」の下に、役割の違う指標(%s)が並んでいます。", "Below “%s” stand indicators of different roles (%s).", parent.Name, strings.Join(said, "・")),
		words.T("結果・先行・行動を段で分けると、どれを動かせばよいかが見えます。", "Keep outcomes, leading indicators and actions on levels of their own."))
}

func (c *checker) checkUnits(parent *Indicator, siblings []*Indicator) {
	var said []string
	for _, s := range siblings {
		if s.Unit != "" && !slices.Contains(said, s.Unit) {
			said = append(said, s.Unit)
		}
	}
	if len(said) < 2 {
		return
	}
	c.add("mixed-units", SeverityWarning, parent, parent.FieldAt("formula"),
		words.T("「%s」は、単位の違うもの(%s)を足しています。", "“%s” adds things of different units (%s).", parent.Name, strings.Join(said, "・")),
		words.T("同じ単位にそろえるか、足さない形に直しましょう。", "Bring them to one unit, or do not add them."))
}

// checkDenominators finds rates that cannot be added because they are of
// different wholes, and rates multiplied with something other than their whole.
func (c *checker) checkDenominators(parent *Indicator, shape formula.Shape, siblings []*Indicator) {
	type rate struct {
		indicator *Indicator
		whole     string
	}
	var rates []rate
	var flows []*Indicator
	for _, s := range siblings {
		if s.Measure == nil {
			continue
		}
		m := s.Measure.Shape()
		switch {
		case m.Op == "quotient" && len(m.Parts) == 2 && m.Parts[1].Inverse:
			rates = append(rates, rate{s, c.metricKey(m.Parts[1].Name)})
		case m.Op == "name":
			flows = append(flows, s)
		}
	}
	switch {
	case shape.Op == "sum" && len(rates) > 1:
		for _, r := range rates[1:] {
			if r.whole != rates[0].whole {
				c.addDenominators(parent, rates[0].indicator, r.indicator)
				return
			}
		}
	case shape.Op == "product" && len(flows) == 1 && len(rates) == 1 && len(siblings) == 2:
		if flow := flows[0]; c.metricKey(flow.Measure.Names()[0].Name) != rates[0].whole {
			c.addDenominators(parent, flow, rates[0].indicator)
		}
	}
}

func (c *checker) addDenominators(parent, a, b *Indicator) {
	c.add("mixed-denominators", SeverityWarning, parent, parent.FieldAt("formula"),
		words.T("「%s」と「%s」は分母が違うので、「%s」の式では釣り合いません。", "“%s” and “%s” have different denominators, so the formula of “%s” does not balance.", a.Name, b.Name, parent.Name),
		words.T("割合の分母を、かける相手と同じ数にそろえましょう。", "Give the rate the same denominator as what it is multiplied with."))
}

// metricKey identifies what a metric measures, whatever it is called.
func (c *checker) metricKey(name string) string {
	m := c.model.metricsByID[name]
	if m == nil {
		return name
	}
	where := make([]string, 0, len(m.Where))
	for _, f := range m.Where {
		where = append(where, fmt.Sprintf("%q=%q", f.Column, f.Values))
	}
	slices.Sort(where)
	if !m.Source.HasRows() {
		where = append(where, string(m.Source.Kind), m.Counted())
	}
	return fmt.Sprintf("%s%s|%s|%s|%s|%s|%s", m.Source.Path, m.Source.Connection, m.Source.Sheet, m.Kind, m.Column, m.Agg, strings.Join(where, ","))
}

// checkTwice finds two indicators that are computed or measured alike.
func (c *checker) checkTwice() {
	first := map[string]*Indicator{}
	for _, i := range c.model.Indicators {
		for _, key := range c.sameness(i) {
			other := first[key]
			if other == nil {
				first[key] = i
				continue
			}
			c.add("same-thing-twice", SeverityWarning, i, i.At,
				words.T("「%s」と「%s」は同じものを数えています。", "“%s” and “%s” count the same thing.", other.Name, i.Name),
				words.T("どちらか1つにまとめましょう。", "Keep one of them."))
			break
		}
	}
}

// sameness gives keys that two indicators share when they say the same.
func (c *checker) sameness(i *Indicator) []string {
	keys := []string{"alias:" + i.ID}
	if i.Measure != nil {
		renamed := i.Measure.Canonical()
		if refs := i.Measure.Names(); len(refs) == 1 && renamed == refs[0].Name {
			renamed = c.metricKey(refs[0].Name)
		}
		keys = append(keys, "measure:"+renamed)
	}
	if i.Formula != nil {
		if refs := i.Formula.Names(); len(refs) != 1 || i.Formula.Canonical() != refs[0].Name {
			keys = append(keys, "formula:"+i.Formula.Canonical())
		} else {
			keys = append(keys, "alias:"+refs[0].Name)
		}
	}
	return keys
}
