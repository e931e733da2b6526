package scorecard

// HandMade is a card somebody wrote down: the points of the rules as given, the base such
// that the lowest score is 0. Its chances are not known.
func HandMade(rules []Scored) Card {
	lowest, highest := reach(rules)
	return Card{Base: -lowest, Rules: rules, Highest: highest - lowest}
}

// Chances is the probability of every score from the lowest to the highest.
func (c *Card) Chances() []Step {
	if len(c.Rules) == 0 {
		return nil
	}
	out := make([]Step, 0, c.Highest+1)
	for s := 0; s <= c.Highest; s++ {
		out = append(out, Step{float64(s), c.Chance.Of(float64(s))})
	}
	return out
}
