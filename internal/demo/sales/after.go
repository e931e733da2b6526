package sales

import (
	"github.com/shirube/shirube/internal/event"
)

// Done is everything somebody did, with what followed from being sent the case or being
// held out. Of either as many inquire as is planted: the luck is in who, not in how many.
func (o *Office) Done(held []bool) [][]Deed {
	all := make([][]Deed, len(o.People))
	due := map[bool]float64{true: .5, false: .5}
	for k := range o.People {
		p := &o.People[k]
		all[k] = p.Deeds
		if p.EnteredAt == 0 {
			continue
		}
		rate := AskedWhenSent
		if held[k] {
			rate = AskedWhenHeld
		}
		if due[held[k]] += rate; due[held[k]] < 1 {
			continue
		}
		due[held[k]]--
		asked := p.EnteredAt + hour + event.Millis(p.asks*p.asks*float64(AskWithinDays*day))
		if asked > o.Now-hour {
			continue
		}
		deeds := append([]Deed{}, p.Deeds...)
		deeds = add(deeds, Deed{asked - 4*minute, Contact})
		deeds = add(deeds, Deed{asked, Inquiry})
		if met := asked + event.Millis(3+p.number%12)*day; p.meets && met < o.Now {
			deeds = add(deeds, Deed{met, Meeting})
		}
		all[k] = deeds
	}
	return all
}

// add puts a deed where it belongs.
func add(deeds []Deed, d Deed) []Deed {
	k := len(deeds)
	for k > 0 && deeds[k-1].At > d.At {
		k--
	}
	deeds = append(deeds, Deed{})
	copy(deeds[k+1:], deeds[k:])
	deeds[k] = d
	return deeds
}

// AskedAt is when somebody inquired; 0 never.
func AskedAt(deeds []Deed) event.Millis {
	for _, d := range deeds {
		if d.What == Inquiry {
			return d.At
		}
	}
	return 0
}
