package automation

import "github.com/shirube/shirube/internal/words"

// checkGraph finds steps nobody comes to, and ways that lead round without any time
// passing: such a round would never end, or send without end.
func checkGraph(fs *Faults, d *Definition) {
	index := map[string]int{}
	for k := range d.Steps {
		index[d.Steps[k].ID] = k
	}
	ways := make([][]int, len(d.Steps))
	for k := range d.Steps {
		for _, to := range d.Steps[k].ways() {
			if n, there := index[to]; there {
				ways[k] = append(ways[k], n)
			}
		}
	}
	come := make([]bool, len(d.Steps))
	stack := []int{0}
	for come[0] = true; len(stack) > 0; {
		k := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, n := range ways[k] {
			if !come[n] {
				come[n] = true
				stack = append(stack, n)
			}
		}
	}
	for k := range d.Steps {
		if !come[k] {
			fs.add(stepPlace(k), words.T("「%s」にはだれも来ません。", "Nobody comes to the step %q.", d.Steps[k].ID),
				words.T("前のステップからつなぐか、消してください。", "Lead to it from another step, or remove it."))
		}
	}
	// Depth first without the steps that wait; whoever is met again on the way is in a round.
	const (
		fresh = iota
		onTheWay
		done
	)
	seen := make([]int, len(d.Steps))
	var visit func(k int)
	visit = func(k int) {
		if d.Steps[k].Wait != nil || seen[k] == done {
			return
		}
		if seen[k] == onTheWay {
			fs.add(stepPlace(k), words.T("「%s」から待たずに同じところへ戻ってきます。", "From %q the way leads back to it without any wait.", d.Steps[k].ID),
				words.T("輪のどこかに「待つ」を入れてください。", "Put a wait somewhere on the round."))
			return
		}
		seen[k] = onTheWay
		for _, n := range ways[k] {
			visit(n)
		}
		seen[k] = done
	}
	for k := range d.Steps {
		visit(k)
	}
}
