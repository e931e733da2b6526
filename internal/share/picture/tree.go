package picture

import "slices"

// Link is a road from an indicator to the one it moves.
type Link struct {
	From, To string
	Kind     RoadKind
	Strength float64 // elasticity; 0 where it is not known
	Lines    [2]string
}

// tree is the links as they can be drawn: every card once, under its primary parent.
type tree struct {
	root     string
	children map[string][]Link // by parent, in the order they stand
	extra    []Link            // from a card to its other parents
	unlinked []string          // without a road to the root, in the model's order
}

// grow chooses each card's primary parent. A formula goes before an influence; among formulas
// the deepest parent wins, so that roads always lead to the left. Loops, which influences may
// have, end where a card stands already.
func grow(cards []Card, links []Link) tree {
	t := tree{children: map[string][]Link{}}
	if len(cards) == 0 {
		return t
	}
	t.root = cards[0].ID
	known := map[string]bool{}
	for _, card := range cards {
		known[card.ID] = true
		if card.KGI {
			t.root = card.ID
		}
	}
	var order []string // parents in the order their first link comes
	into := map[string][]Link{}
	for _, formulas := range []bool{true, false} {
		for _, link := range links {
			if (link.Kind == Formula) != formulas || !known[link.From] || !known[link.To] || link.From == link.To {
				continue
			}
			if into[link.To] == nil {
				order = append(order, link.To)
			}
			into[link.To] = append(into[link.To], link)
		}
	}
	parents, depth := spread(t.root, into)
	for _, parent := range order {
		for _, link := range into[parent] {
			_, from := depth[link.From]
			_, to := depth[parent]
			switch {
			case parents[link.From] == parent && from:
				if !slices.ContainsFunc(t.children[parent], func(one Link) bool { return one.From == link.From }) {
					t.children[parent] = append(t.children[parent], link)
				}
			case from && to:
				t.extra = append(t.extra, link)
			}
		}
	}
	for _, card := range cards {
		if _, there := depth[card.ID]; !there {
			t.unlinked = append(t.unlinked, card.ID)
		}
	}
	return t
}

// spread walks outward from the root: formulas to their full depth first, then influences.
func spread(root string, into map[string][]Link) (parents map[string]string, depth map[string]int) {
	parents, depth = map[string]string{}, map[string]int{root: 0}
	edge := []string{root}
	for len(edge) > 0 {
		reached := deepen(edge, into, parents, depth)
		edge = hang(reached, into, parents, depth)
	}
	return parents, depth
}

// deepen places everything below the starts by formulas, each under its deepest parent. What
// an earlier round placed stays. Formulas have no cycles, so that this ends; the limit only
// guards against a map that is broken.
func deepen(starts []string, into map[string][]Link, parents map[string]string, depth map[string]int) []string {
	fixed := map[string]bool{}
	for id := range depth {
		fixed[id] = true
	}
	reached, queue := slices.Clone(starts), slices.Clone(starts)
	for steps := 0; len(queue) > 0 && steps < 10_000; steps++ {
		parent := queue[0]
		queue = queue[1:]
		for _, link := range into[parent] {
			if link.Kind != Formula || fixed[link.From] {
				continue
			}
			below := depth[parent] + 1
			before, placed := depth[link.From]
			if placed && before >= below {
				continue
			}
			depth[link.From], parents[link.From] = below, parent
			if !placed {
				reached = append(reached, link.From)
			}
			queue = append(queue, link.From)
		}
	}
	return reached
}

// hang puts what influences the given cards under the deepest of them.
func hang(reached []string, into map[string][]Link, parents map[string]string, depth map[string]int) []string {
	type place struct {
		parent string
		below  int
	}
	best, order := map[string]place{}, []string{}
	for _, parent := range reached {
		below := depth[parent] + 1
		for _, link := range into[parent] {
			if _, placed := depth[link.From]; link.Kind == Formula || placed {
				continue
			}
			if _, seen := best[link.From]; !seen {
				order = append(order, link.From)
			}
			if below > best[link.From].below {
				best[link.From] = place{parent, below}
			}
		}
	}
	for _, id := range order {
		parents[id], depth[id] = best[id].parent, best[id].below
	}
	return order
}
