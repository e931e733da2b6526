package insight

import "github.com/shirube/shirube/internal/goal"

// Watch is what it would bring to look after an indicator: in KGI units by its deadline (for
// a hold target per period), null where that cannot be told.
type Watch struct {
	ID    string
	Leads bool     // a way to the KGI is on the map, counted or not
	Gain  *float64 // if it were back on its pace; null where it is not behind
	Tenth *float64 // if it did a tenth better than it does
	Below []string // indicators it is computed from, at any depth
}

// WorthWatching tells of every KPI what looking after it would bring.
func (v *View) WorthWatching() []Watch {
	stakes, depths := v.newStakes(), v.model.Depths()
	var out []Watch
	for _, ind := range v.model.Indicators {
		if ind.IsKGI || v.givenUp() {
			continue
		}
		_, leads := depths[ind.ID]
		w := Watch{ID: ind.ID, Leads: leads, Below: v.below(ind.ID)}
		if f, behind := v.catchUp(ind); behind {
			w.Gain = v.brought(stakes, ind.ID, f)
		}
		better := 1.1
		if ind.Target != nil && ind.Target.Direction == goal.Down {
			better = 1 / better
		}
		w.Tenth = v.brought(stakes, ind.ID, better)
		out = append(out, w)
	}
	return out
}

func (v *View) brought(s *stakes, id string, factor float64) *float64 {
	units, _, ok := s.gain(map[string]float64{id: factor})
	if !ok {
		return nil
	}
	return number(units)
}

// below is every indicator that an indicator is computed from.
func (v *View) below(id string) []string {
	var out []string
	seen := map[string]bool{id: true}
	for ahead := []string{id}; len(ahead) > 0; ahead = ahead[1:] {
		for _, child := range v.model.Children(ahead[0]) {
			if !seen[child] {
				seen[child] = true
				out, ahead = append(out, child), append(ahead, child)
			}
		}
	}
	return out
}
