package insight

import "github.com/shirube/shirube/internal/series"

// Standing is where every indicator stands on one day, the KGI first.
type Standing struct {
	AsOf       series.Day `json:"as_of"`
	Indicators []*Reading `json:"indicators"`
	byID       map[string]*Reading
}

// Reading finds an indicator's reading, or nil.
func (s *Standing) Reading(id string) *Reading { return s.byID[id] }

// The words of Reading.Status.
const (
	StatusMet      = "met"
	StatusOnPace   = "on-pace"
	StatusBehind   = "behind"
	StatusMissed   = "missed"
	StatusTooEarly = "too-early"
	StatusNoData   = "no-data"
)

// Reading is where one indicator stands. Values are in the indicator's unit,
// ratios as ratios.
type Reading struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Unit  string `json:"unit"`
	IsKGI bool   `json:"is_kgi"`
	Kind  string `json:"kind"` // flow, rate, level, other

	Value       *float64    `json:"value"`
	ValueSpan   series.Span `json:"value_span"`
	MissingDays int         `json:"missing_days"` // of ValueSpan
	NoValue     *string     `json:"no_value"`     // why there is no value

	LastPeriod     *float64     `json:"last_period"` // hold: the last complete period
	LastPeriodSpan *series.Span `json:"last_period_span"`
	Periods        *Periods     `json:"periods"` // hold

	Target     *float64   `json:"target"`        // the number to reach
	Goal       *Goal      `json:"target_detail"` // everything about the target
	Attainment *float64   `json:"attainment"`
	Expected   *float64   `json:"expected"` // by the as-of day
	Pace       *float64   `json:"pace"`
	Status     string     `json:"status"`    // one of the words above
	Milestone  *Milestone `json:"milestone"` // the next one

	Baseline            *float64     `json:"baseline"` // the same span before the target began
	BaselineSpan        *series.Span `json:"baseline_span"`
	BaselineMissingDays int          `json:"baseline_missing_days"`

	Forecast       Landing         `json:"forecast"`
	Change         *Change         `json:"change"`
	Freshness      Freshness       `json:"freshness"`
	Reconciliation *Reconciliation `json:"reconciliation"` // where it is measured and computed
}

// Periods counts the complete periods of a hold target.
type Periods struct {
	Met      int     `json:"met"`
	Complete int     `json:"complete"`
	AtLeast  float64 `json:"at_least"` // the share that must be met
}

// Goal is a target as people read it.
type Goal struct {
	Kind       string      `json:"kind"`
	Amount     *float64    `json:"amount"` // the number to reach; null while unknown
	NoAmount   *string     `json:"no_amount"`
	Factor     *float64    `json:"factor"` // growth: over last year
	Label      string      `json:"label"`  // 年100件
	Per        *string     `json:"per"`    // hold
	AtLeast    *float64    `json:"at_least"`
	From       *series.Day `json:"from"`
	By         *series.Day `json:"by"`
	Direction  string      `json:"direction"`
	Agreed     []Agreement `json:"agreed"`
	Milestones []Milestone `json:"milestones"`
}

// Agreement is who agreed to a target, and when.
type Agreement struct {
	By string      `json:"by"`
	On *series.Day `json:"on"`
}

// Milestone is the value to have reached by a day.
type Milestone struct {
	By      series.Day `json:"by"`
	Value   float64    `json:"value"`
	Derived bool       `json:"derived"` // from the target, along season and business days
}

// Landing is the projection to the deadline, or to the end of the period for
// hold: 着地見込み. All numbers are null with a reason until there are 28 days of
// data.
type Landing struct {
	On      *series.Day `json:"on"`
	Mean    *float64    `json:"mean"`
	Lo80    *float64    `json:"lo80"`
	Hi80    *float64    `json:"hi80"`
	Lo95    *float64    `json:"lo95"`
	Hi95    *float64    `json:"hi95"`
	PAttain *float64    `json:"p_attain"` // hold: of the current period
	Reason  *string     `json:"reason"`
}

// Change compares the last four weeks with the four weeks before.
type Change struct {
	Label    string      `json:"label"` // 前4週比
	Now      float64     `json:"now"`
	Before   float64     `json:"before"`
	Absolute float64     `json:"absolute"`
	Relative *float64    `json:"relative"` // null when before is 0
	Good     *bool       `json:"good"`     // null when neither way is known to be good
	Span     series.Span `json:"span"`
}

// Freshness is how old the data are.
type Freshness struct {
	LastDay   *series.Day `json:"last_day"`
	StaleDays *int        `json:"stale_days"` // from LastDay to today
	Stale     bool        `json:"stale"`
}

// Reconciliation is the gap between the measured and the computed number.
type Reconciliation struct {
	Measured    float64  `json:"measured"`
	Computed    float64  `json:"computed"`
	GapRelative *float64 `json:"gap_relative"` // of the measured number
}
