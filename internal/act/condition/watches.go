package condition

import (
	"cmp"
	"slices"
)

// Watched is a matcher somebody asks about, and how far back.
type Watched struct {
	Watch   Watch
	Matcher Matcher
	Days    int // the longest window asked for; 0 ever since
}

// Watches are what conditions watch, each once with its longest window, in the order of
// their names. What a segment that is named in them watches is the segment's own.
func Watches(list ...Condition) []Watched {
	found := map[Watch]Watched{}
	for i := range list {
		Walk(list[i], func(c Condition) {
			if c.Did == nil {
				return
			}
			watch := WatchOf(c.Did.Matcher)
			was, known := found[watch]
			if known && (was.Days == 0 || c.Did.Days != 0 && c.Did.Days <= was.Days) {
				return
			}
			found[watch] = Watched{watch, c.Did.Matcher, c.Did.Days}
		})
	}
	out := make([]Watched, 0, len(found))
	for _, w := range found {
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b Watched) int { return cmp.Compare(a.Watch, b.Watch) })
	return out
}

// Segments are the ids of the segments a condition names, each once, sorted.
func Segments(c Condition) []string {
	return namesIn(c, func(c Condition) string { return c.Segment })
}

// Cards are the ids of the score cards a condition names, each once, sorted.
func Cards(c Condition) []string {
	return namesIn(c, func(c Condition) string {
		if c.Score == nil {
			return ""
		}
		return c.Score.Card
	})
}

func namesIn(c Condition, name func(Condition) string) []string {
	var out []string
	Walk(c, func(c Condition) {
		if one := name(c); one != "" {
			out = append(out, one)
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// Walk visits every condition of a tree, the outer one first.
func Walk(c Condition, visit func(Condition)) {
	visit(c)
	for i := range c.All {
		Walk(c.All[i], visit)
	}
	for i := range c.Any {
		Walk(c.Any[i], visit)
	}
	if c.Not != nil {
		Walk(*c.Not, visit)
	}
}

// Timed reports whether time alone may change a condition's verdict.
func Timed(c Condition) bool {
	timed := false
	Walk(c, func(c Condition) {
		switch {
		case c.Did != nil:
			timed = timed || c.Did.Days > 0
		case c.Property != nil:
			timed = timed || c.Property.Op == BeforeDays || c.Property.Op == WithinDays || c.Property.Op == AheadDays
		}
	})
	return timed
}

// Behaviour is what a condition asks of what was done, without everything else; nil where
// there is nothing of the kind. rest tells whether something was left out.
func Behaviour(c Condition) (only *Condition, rest bool) {
	each := func(list []Condition) []Condition {
		var out []Condition
		for i := range list {
			one, more := Behaviour(list[i])
			rest = rest || more
			if one != nil {
				out = append(out, *one)
			}
		}
		return out
	}
	switch {
	case c.All != nil:
		c.All = each(c.All)
	case c.Any != nil:
		c.Any = each(c.Any)
	case c.Not != nil:
		c.Not, rest = Behaviour(*c.Not)
	case c.Did == nil:
		return nil, true
	}
	if len(c.All) == 0 && len(c.Any) == 0 && c.Not == nil && c.Did == nil {
		return nil, rest
	}
	return &c, rest
}
