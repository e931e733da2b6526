package condition

// Expand puts the conditions of saved segments in the place of their names, so that whoever
// asks need not know segments. A name that leads nowhere, or back to itself, is left as it
// is, and reported as not ok; InSegment then answers for it.
func Expand(c Condition, segment func(id string) (Condition, bool)) (out Condition, ok bool) {
	return expand(c, segment, 0)
}

// deepestSegment is how many segments may lie within one another.
const deepestSegment = 8

func expand(c Condition, segment func(id string) (Condition, bool), depth int) (Condition, bool) {
	ok := true
	each := func(list []Condition) []Condition {
		if list == nil {
			return nil
		}
		out := make([]Condition, len(list))
		for i := range list {
			one, fine := expand(list[i], segment, depth)
			out[i], ok = one, ok && fine
		}
		return out
	}
	c.All, c.Any = each(c.All), each(c.Any)
	if c.Not != nil {
		inner, fine := expand(*c.Not, segment, depth)
		c.Not, ok = &inner, ok && fine
	}
	if c.Segment == "" {
		return c, ok
	}
	if depth == deepestSegment {
		return c, false
	}
	inner, known := segment(c.Segment)
	if !known {
		return c, false
	}
	return expand(inner, segment, depth+1)
}
