package goal

import "slices"

// Link is one road of the map: from the indicator that moves to the one that is
// moved.
type Link struct {
	From, To  string
	Kind      LinkKind
	Influence *Influence // nil for formula links
}

// LinkKind tells a calculation from a learned influence.
type LinkKind string

// The kinds of link.
const (
	LinkFormula   LinkKind = "formula"
	LinkInfluence LinkKind = "influence"
)

// Children lists the indicators a formula uses, in order of first use.
func (m *Model) Children(id string) []string {
	if ind := m.byID[id]; ind != nil {
		return ind.Formula.Inputs()
	}
	return nil
}

// Links lists every road: formulas in the order of the file, then influences.
func (m *Model) Links() []Link {
	var out []Link
	for _, i := range m.Indicators {
		for _, child := range m.Children(i.ID) {
			out = append(out, Link{From: child, To: i.ID, Kind: LinkFormula})
		}
	}
	for i := range m.Influences {
		in := &m.Influences[i]
		out = append(out, Link{From: in.From, To: in.To, Kind: LinkInfluence, Influence: in})
	}
	return out
}

// Order lists all ids so that a formula's inputs come before it.
func (m *Model) Order() []string {
	done := map[string]bool{}
	out := make([]string, 0, len(m.Indicators))
	var visit func(id string)
	visit = func(id string) {
		if done[id] {
			return
		}
		done[id] = true
		for _, child := range m.Children(id) {
			visit(child)
		}
		out = append(out, id)
	}
	for _, i := range m.Indicators {
		visit(i.ID)
	}
	return out
}

// Depths counts the levels of each indicator below the KGI along formulas and
// influences, by the shortest way. What has no path to the KGI is absent.
func (m *Model) Depths() map[string]int {
	below := map[string][]string{}
	for _, l := range m.Links() {
		below[l.To] = append(below[l.To], l.From)
	}
	depths := map[string]int{m.KGI().ID: 0}
	queue := []string{m.KGI().ID}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		for _, from := range below[id] {
			if _, seen := depths[from]; !seen {
				depths[from] = depths[id] + 1
				queue = append(queue, from)
			}
		}
	}
	return depths
}

// Leaves lists the source metrics an indicator's value rests on: those of its
// measure, or else of its formula's inputs. Sorted.
func (m *Model) Leaves(id string) []string {
	found, seen := map[string]bool{}, map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		ind := m.byID[id]
		if ind == nil || seen[id] {
			return
		}
		seen[id] = true
		if ind.Measure != nil {
			for _, name := range ind.Measure.Inputs() {
				found[name] = true
			}
			return
		}
		for _, child := range ind.Formula.Inputs() {
			visit(child)
		}
	}
	visit(id)
	out := make([]string, 0, len(found))
	for name := range found {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Measurable reports whether an indicator's value rests on measures only: it is
// measured, or every input of its formula is.
func (m *Model) Measurable(id string) bool {
	// Each indicator is looked at once: where formulas share their inputs there
	// are more ways down than anyone could walk. What was seen is measurable, or
	// the walk would have ended there.
	seen := map[string]bool{}
	var measurable func(id string) bool
	measurable = func(id string) bool {
		ind := m.byID[id]
		switch {
		case ind == nil:
			return false
		case seen[id] || ind.Measure != nil:
			return true
		case ind.Formula == nil:
			return false
		}
		seen[id] = true
		for _, child := range ind.Formula.Inputs() {
			if !measurable(child) {
				return false
			}
		}
		return true
	}
	return measurable(id)
}

// Believed is which way an influence is believed to work. Where the file does not
// say, the targets do: when less is good for one end and more for the other (a
// shorter reply time, more applications), more brings less.
func (m *Model) Believed(in Influence) Direction {
	if in.Direction != "" {
		return in.Direction
	}
	if m.good(in.From) != m.good(in.To) {
		return Down
	}
	return Up
}

func (m *Model) good(id string) Direction {
	if ind := m.Indicator(id); ind != nil && ind.Target != nil && ind.Target.Direction == Down {
		return Down
	}
	return Up
}
