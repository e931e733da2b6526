package goal

import "github.com/shirube/shirube/internal/series"

// Data is what the sources of a model hold: one Observed per metric, by full
// name ("sns.impressions"), and what is known of each source's freshness.
type Data struct {
	Metrics map[string]*Observed
	Sources map[string]SourceState
}

// Observed is one metric's daily values: in total, and split by the source's
// dimensions where it has some.
type Observed struct {
	Total series.Daily
	Parts []Part // empty without dimensions
}

// Part is the share of a metric that has one combination of dimension values,
// in the order of Source.By.
type Part struct {
	Values []string
	Daily  series.Daily
}

// SourceState tells what rows a source has.
type SourceState struct {
	First, Last series.Day // first and last day with a row
	Days        int        // days with at least one row
	Rows        int
	Empty       bool // no row at all; First and Last mean nothing
}

// Last is the last day on which any source has a row; ok is false when none has.
func (d *Data) Last() (last series.Day, ok bool) {
	for _, s := range d.Sources {
		if !s.Empty && (!ok || s.Last > last) {
			last, ok = s.Last, true
		}
	}
	return last, ok
}

// AsOf is the day to look from unless another is asked for: the last day on which
// any source has a row, yesterday at the latest, and yesterday without data.
func (d *Data) AsOf(today series.Day) series.Day {
	if last, ok := d.Last(); ok {
		return min(last, today-1)
	}
	return today - 1
}

// First is the first day on which any source has a row; ok is false when none has.
func (d *Data) First() (first series.Day, ok bool) {
	for _, s := range d.Sources {
		if !s.Empty && (!ok || s.First < first) {
			first, ok = s.First, true
		}
	}
	return first, ok
}
