package score

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/words"
)

// Peak is the most points somebody had in the time looked back on, and what came of it.
type Peak struct {
	Points  int // whole points
	Meeting bool
	Known   bool // time enough has passed to know; else only the number of leads is counted
}

// Wanted is what sales and the KPIs ask of the line.
type Wanted struct {
	AWeek float64 // leads that sales can take a week; 0: not said
	Rate  float64 // meetings a lead that the KPIs need; 0: not said
	Weeks float64 // that the peaks were gathered over
}

// Binds is what decides a line.
type Binds string

// What can decide a line.
const (
	ByCapacity Binds = "capacity" // sales could not take more
	ByRate     Binds = "rate"     // with fewer points too few become meetings
	ByNothing  Binds = ""         // it is the lowest line there is
)

// Line is a line that follows from what is wanted, with the sentence that says why.
type Line struct {
	OK     bool // there is a line
	From   int
	Binds  Binds
	AWeek  float64    // leads a week that are to be expected at it
	Spread [2]float64 // 95 % of weeks, if leads come independently
	Chance Rate       // meetings of those at or above it
	AtLine float64    // P(meeting) just at it, by the staircase that only rises
	Needed int        // more meetings until the rate can be told; 0: it can
	Why    words.Text
}

const (
	leastWeeks    = 2
	leastMeetings = 10 // with fewer the rate at a line is luck
	mostLine      = MostPoints * 10
)

// Threshold derives the hot line from past peaks: the lowest at which sales can take what
// is expected a week and those just at it become meetings often enough.
func Threshold(peaks []Peak, want Wanted) Line {
	meetings, known := 0, 0
	for _, p := range peaks {
		if p.Known {
			known++
			if p.Meeting {
				meetings++
			}
		}
	}
	switch {
	case want.AWeek <= 0 && want.Rate <= 0:
		return Line{Why: words.T("営業が1週間に話せる人数か、必要な商談率を決めると、線を出せます。", "Say how many leads sales can take a week, or the rate of meetings you need, and the line follows.")}
	case want.Weeks < leastWeeks || len(peaks) == 0:
		return Line{Why: words.T("点の記録がまだ%d週間ぶんありません。たまると線を出せます。", "There are not yet %d weeks of points; the line can be told when there are.", leastWeeks)}
	}
	if want.Rate > 1 {
		return Line{Why: words.T("必要な商談のほうが、営業が1週間に話せる人数（%[1]s人）より多いので、全員が商談になっても足りません。話せる人数を増やすか、目標を見直してください。",
			"More meetings are needed than the %[1]s leads sales can take a week: even if all became one it would not do. Take more, or look at the target.", few(want.AWeek))}
	}
	short := max(0, leastMeetings-min(meetings, known-meetings))
	chance := staircase(peaks)
	capacity := math.MinInt
	if want.AWeek > 0 {
		capacity = capacityLine(peaks, want)
	}
	rate := math.MinInt
	if want.Rate > 0 && short == 0 {
		var reached bool
		if rate, reached = rateLine(peaks, chance, want.Rate); !reached {
			line := describe(peaks, chance, want, rate)
			line.OK, line.Needed = false, 0
			line.Why = words.T("いちばん点の高い方でも、商談になるのは%[1]s（必要は%[2]s）です。点のつけ方か、必要な率を見直してください。",
				"Even those with the most points become meetings in only %[1]s (you need %[2]s). Look at the card, or at the rate.", words.Percent(line.AtLine), words.Percent(want.Rate))
			return line
		}
	}
	from := max(capacity, rate)
	if from == math.MinInt {
		return Line{Needed: short, Why: words.T("あと%d件の商談の結果で、率から線を出せます。週に話せる人数を決めると、いまでも人数から出せます。",
			"%d more outcomes are needed to tell a line from the rate. With the leads sales can take a week, one can be told now.", short)}
	}
	line := describe(peaks, chance, want, from)
	line.OK = true
	if want.Rate > 0 {
		line.Needed = short
	}
	lowest := slices.MinFunc(peaks, func(a, b Peak) int { return a.Points - b.Points }).Points
	switch {
	case rate > capacity && rate > lowest:
		line.Binds = ByRate
	case capacity > lowest:
		line.Binds = ByCapacity
	}
	line.Why = line.why(want)
	return line
}

// capacityLine is the lowest line with at most so many a week. People with equal points
// come together, so it may leave room.
func capacityLine(peaks []Peak, want Wanted) int {
	points := make([]int, len(peaks))
	for i, p := range peaks {
		points[i] = p.Points
	}
	slices.Sort(points)
	fit := int(math.Floor(want.AWeek*want.Weeks + 1e-9))
	if fit >= len(points) {
		return points[0]
	}
	// The first point value above that of the last one who does not fit in.
	return points[len(points)-1-fit] + 1
}

// staircase is P(meeting) of those with exactly so many points, never falling with them.
func staircase(peaks []Peak) scorecard.Calibration {
	var score []float64
	var outcome []bool
	for _, p := range peaks {
		if p.Known {
			score, outcome = append(score, float64(p.Points)), append(outcome, p.Meeting)
		}
	}
	return scorecard.Isotonic(score, outcome)
}

// rateLine is the lowest number of points at which the rate is reached; the highest there
// is, and false, where it never is.
func rateLine(peaks []Peak, chance scorecard.Calibration, need float64) (int, bool) {
	low, high := peaks[0].Points, peaks[0].Points
	for _, p := range peaks {
		low, high = min(low, p.Points), max(high, p.Points)
	}
	low, high = max(low, -mostLine), min(high, mostLine)
	for at := low; at <= high; at++ {
		if chance.Of(float64(at)) >= need-1e-12 {
			return at, true
		}
	}
	return high, false
}

func describe(peaks []Peak, chance scorecard.Calibration, want Wanted, from int) Line {
	line := Line{From: from, AtLine: chance.Of(float64(from))}
	all, hits, known := 0, 0, 0
	for _, p := range peaks {
		if p.Points < from {
			continue
		}
		all++
		if p.Known {
			known++
			if p.Meeting {
				hits++
			}
		}
	}
	line.AWeek = float64(all) / want.Weeks
	half := 1.959963984540054 * math.Sqrt(line.AWeek)
	line.Spread = [2]float64{math.Max(0, math.Floor(line.AWeek-half)), math.Ceil(line.AWeek + half)}
	line.Chance = rateOf(hits, known)
	return line
}

// why says which of the two wishes decides.
func (l Line) why(want Wanted) words.Text {
	week := few(l.AWeek)
	var text words.Text
	switch l.Binds {
	case ByRate:
		text = words.T("%[1]d点からです。それより下は、商談になる率が必要な%[2]sに届きません。週におよそ%[3]s人なので、営業にはまだ余裕があります。",
			"From %[1]d points. Below, fewer than the %[2]s you need become meetings. That is about %[3]s leads a week; sales have room.", l.From, words.Percent(want.Rate), week)
		if want.AWeek == 0 {
			text = words.T("%[1]d点からです。それより下は、商談になる率が必要な%[2]sに届きません。週におよそ%[3]s人です。",
				"From %[1]d points. Below, fewer than the %[2]s you need become meetings. That is about %[3]s leads a week.", l.From, words.Percent(want.Rate), week)
		}
	case ByCapacity:
		text = words.T("%[1]d点からです。これより下げると、営業が話せる週%[2]s人を超えます（いまの見込みは週%[3]s人）。",
			"From %[1]d points. Lower, there would be more than the %[2]s leads a week sales can take (about %[3]s are expected).", l.From, few(want.AWeek), week)
	default:
		text = words.T("%[1]d点から、つまり点のついた方全員です。週におよそ%[2]s人で、営業に余裕があります。",
			"From %[1]d points, which is everybody with points: about %[2]s a week, and sales have room.", l.From, week)
	}
	if l.Needed > 0 {
		more := words.T("商談になる率は、あと%d件の結果で確かめられます。", "Whether enough become meetings can be told after %d more outcomes.", l.Needed)
		text = words.Join([]words.Text{text, more}, "", " ")
	}
	return text
}

// few writes a number of people a week: with a digit after the point where it matters.
func few(v float64) string {
	if v >= 10 || v == math.Trunc(v) {
		return words.Group(v, 0)
	}
	return words.Group(v, 1)
}
