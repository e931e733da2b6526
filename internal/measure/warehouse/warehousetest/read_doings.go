package warehousetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
)

// Doings are what each person did of several things, a line for each person, in order. The
// matchers decide by themselves what they mean: this is what an engine is compared with.
func (w *World) Doings(s warehouse.Scope, list []condition.Matcher) []string {
	people := map[string][]condition.Doing{}
	for _, f := range w.facts {
		if !s.Span.Contains(f.Day) {
			continue
		}
		d := condition.Doing{At: f.At, Cookieless: f.Cookieless}
		for i := range list {
			if list[i].Matches(&f.Event) {
				d.Which |= 1 << i
			}
		}
		if d.Which != 0 {
			people[f.Person] = append(people[f.Person], d)
		}
	}
	var out []string
	for _, doings := range people {
		out = append(out, lineOf(doings))
	}
	slices.Sort(out)
	return out
}

func lineOf(doings []condition.Doing) string {
	slices.SortFunc(doings, func(a, b condition.Doing) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Which, b.Which)) })
	var out strings.Builder
	for _, d := range doings {
		fmt.Fprintf(&out, "%d:%b:%v ", d.At, d.Which, d.Cookieless)
	}
	return out.String()
}

func (q *questioner) doings() {
	var list []condition.Matcher
	for range 1 + q.rnd.IntN(4) {
		list = append(list, q.anyMatcher())
	}
	var got []string
	seen := map[uint32]bool{}
	err := q.r.Doings(q.Context(), q.scope, list, func(person []condition.Doing) error {
		if seen[person[0].Person] {
			q.Errorf("person %d comes twice", person[0].Person)
		}
		seen[person[0].Person] = true
		got = append(got, lineOf(slices.Clone(person)))
		return nil
	})
	slices.Sort(got)
	same(q, fmt.Sprintf("doings of %+v", list), got, q.w.Doings(q.scope, list), err)
	var single, want []string
	err = q.r.Occurred(q.Context(), q.scope, list[0], func(o warehouse.Occurred) error {
		single = append(single, fmt.Sprint(o.Visitor, o.Cookieless, o.At, endOf(o.MessageID)))
		return nil
	})
	for _, f := range q.w.facts {
		if q.scope.Span.Contains(f.Day) && list[0].Matches(&f.Event) {
			want = append(want, fmt.Sprint(f.Visitor, f.Cookieless, f.At, endOf(f.MessageID)))
		}
	}
	slices.Sort(single)
	slices.Sort(want)
	same(q, fmt.Sprintf("occurrences of %+v", list[0]), single, want, err)
}

func (q *questioner) anyMatcher() condition.Matcher {
	var m condition.Matcher
	which := q.rnd.IntN(3)
	if which != 1 {
		m.Page = pick(q.rnd, append([]string{"/cases/*", "*", "/c*"}, worldPages...))
	}
	if which != 0 {
		m.Event = pick(q.rnd, []string{"Inquiry Submitted", event.Download, "Deal Won"})
	}
	for range q.rnd.IntN(3) {
		p := condition.Property{
			Key: pick(q.rnd, []string{"plan", "a.b/c~", "n", "nowhere"}),
			Op: pick(q.rnd, []string{condition.Is, condition.IsNot, condition.Contains, condition.Starts, condition.Above,
				condition.AtLeast, condition.Below, condition.AtMost, condition.Known, condition.Unknown}),
		}
		switch p.Op {
		case condition.Known, condition.Unknown:
		case condition.Above, condition.AtLeast, condition.Below, condition.AtMost:
			p.Values = []string{pick(q.rnd, []string{"0", "2", "2.5", "-1"})}
		default:
			f := pick(q.rnd, q.w.facts)
			value, _ := ofProperty(f, p.Key)
			p.Values = []string{value, "pro"}
		}
		m.Where = append(m.Where, p)
	}
	return m
}
