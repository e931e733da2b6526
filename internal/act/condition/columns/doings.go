package columns

import (
	"math"
	"sort"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// doings are the times that contacts did what one watch is about, in the order of time.
type doings struct {
	who []uint32
	at  []event.Millis
	// ordered is how many of them, from the first on, are in order.
	ordered int
}

func (d *doings) add(number uint32, at event.Millis) {
	if d.ordered == len(d.at) && (d.ordered == 0 || d.at[d.ordered-1] <= at) {
		d.ordered++
	}
	d.who = append(d.who, number)
	d.at = append(d.at, at)
}

func (d *doings) settle() {
	if d.ordered == len(d.at) {
		return
	}
	sort.Sort(byTime{d})
	d.ordered = len(d.at)
}

type byTime struct{ *doings }

func (b byTime) Len() int           { return len(b.at) }
func (b byTime) Less(i, k int) bool { return b.at[i] < b.at[k] }
func (b byTime) Swap(i, k int) {
	b.at[i], b.at[k] = b.at[k], b.at[i]
	b.who[i], b.who[k] = b.who[k], b.who[i]
}

func (d *doings) forget(until event.Millis) {
	d.settle()
	from := d.after(until)
	d.who = append(d.who[:0], d.who[from:]...)
	d.at = append(d.at[:0], d.at[from:]...)
	d.ordered = len(d.at)
}

// after is the index of the first that is later than a moment.
func (d *doings) after(at event.Millis) int {
	return sort.Search(len(d.at), func(i int) bool { return d.at[i] > at })
}

// quarter is what all zones' midnights are a multiple of.
const quarter event.Millis = 15 * 60_000

// count is the contacts who did it often enough, and not too often.
func (d *doings) count(c *condition.Did, size int, now event.Millis, dayOf func(event.Millis) series.Day, out Set) {
	from := 0
	if c.Days > 0 {
		from = d.after(now - event.Millis(c.Days)*condition.Day)
	}
	who, at := d.who[from:], d.at[from:]
	who = who[:max(0, d.after(now)-from)]
	least, most := c.Bounds()
	if least == 1 && most < 0 {
		for _, n := range who {
			out.words[n/64] |= 1 << (n % 64)
		}
		return
	}
	counts := make([]uint16, size)
	if c.DistinctDays {
		last := make([]series.Day, size)
		for i := range last {
			last[i] = math.MinInt32
		}
		var day series.Day
		var until event.Millis
		for i, n := range who {
			if i == 0 || at[i] >= until {
				day, until = dayOf(at[i]), at[i]-at[i]%quarter+quarter
			}
			if last[n] != day {
				last[n] = day
				counts[n] += 1 - counts[n]>>15
			}
		}
	} else {
		for _, n := range who {
			counts[n] += 1 - counts[n]>>15 // 32,768 is more than anybody asks for
		}
	}
	if most < 0 {
		most = math.MaxUint16
	}
	for i := 0; i < size; i += 64 {
		word := uint64(0)
		for k, n := range counts[i:min(i+64, size)] {
			if int(n) >= least && int(n) <= most {
				word |= 1 << k
			}
		}
		out.words[i/64] |= word
	}
}
