// Package focus is which few KPIs a team watches for now: what was chosen and for how long,
// and what the state of the team suggests. "This quarter we watch these three" keeps a map
// of twenty numbers from being read as twenty jobs.
package focus

import (
	"slices"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Most is how many KPIs can be watched at once: what is more is no focus.
const Most = 3

// mostWhy bounds the reason, in characters; mostDays how long a choice may last.
const (
	mostWhy  = 400
	mostDays = 400
)

// Choice is what a team watches, from one day to another, both counted.
type Choice struct {
	Indicators []string   `json:"indicators"` // one to three ids, in the order they are told
	From       series.Day `json:"from"`
	Until      series.Day `json:"until"`
	Why        string     `json:"why,omitempty"`
	// Review is the review it was settled on; "" where it was set on the map.
	Review string `json:"review,omitempty"`
}

// On reports whether the choice stands on a day.
func (c Choice) On(day series.Day) bool {
	return len(c.Indicators) > 0 && c.From <= day && day <= c.Until
}

// Watches reports whether an indicator is one of those chosen.
func (c Choice) Watches(id string) bool { return slices.Contains(c.Indicators, id) }

// Fault is what keeps a choice from being kept, with the field it stands in.
type Fault struct {
	Field string
	What  words.Text
}

// Check looks whether a choice can be kept on a day; known tells the KPIs of the map. An
// empty choice ends the one before.
func (c Choice) Check(today series.Day, known func(id string) bool) *Fault {
	seen := map[string]bool{}
	for _, id := range c.Indicators {
		if !known(id) {
			return &Fault{"indicators", words.T("「%s」は地図のKPIにありません。地図にあるKPIから選んでください。", "“%s” is no KPI of the map. Please choose one that is.", id)}
		}
		if seen[id] {
			return &Fault{"indicators", words.T("同じKPIが2回入っています。1回だけ選んでください。", "A KPI is there twice. Please choose it once.")}
		}
		seen[id] = true
	}
	switch {
	case len(c.Indicators) > Most:
		return &Fault{"indicators", words.T("注力するKPIは%dつまでです。減らすほど、みんなが同じところを見られます。", "At most %d KPIs can be watched. The fewer, the more everybody looks at the same.", Most)}
	case c.Until < c.From || c.Until < today:
		return &Fault{"until", words.T("終わりの日は、今日より後にしてください。", "The last day has to lie after today.")}
	case c.Until-c.From > mostDays:
		return &Fault{"until", words.T("期間は1年までです。四半期ごとに選びなおすのがおすすめです。", "A choice lasts a year at most. Choosing anew each quarter works best.")}
	case len([]rune(c.Why)) > mostWhy:
		return &Fault{"why", words.T("理由は%d文字までで書いてください。", "Please keep the reason within %d characters.", mostWhy)}
	}
	return nil
}

// Until is the end of the fiscal quarter a day lies in: how long a choice lasts unless
// somebody says otherwise. Within its last two weeks it is the end of the next.
func Until(fiscal series.Fiscal, day series.Day) series.Day {
	quarter := fiscal.Containing(series.GrainQuarter, day)
	if quarter.To-day < 14 {
		quarter = fiscal.Next(series.GrainQuarter, quarter)
	}
	return quarter.To
}
