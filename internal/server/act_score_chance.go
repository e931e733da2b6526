package server

import (
	"context"
	"sync"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

const (
	// meetsWithin is how long after somebody became hot a meeting still counts as its.
	meetsWithin = 30 * aDay
	// sayable is how many leads with a known end, of either kind, it takes to tell a chance.
	sayable = 10
	// taughtBy bounds the leads a chance is told from, the newest first.
	taughtBy = 5_000
)

// chanceOf is P(meeting) by points, as the ends of a card's leads have it; nil, and how many
// ends are missing, where they are too few. Leads of the card as it stands teach alone where
// they are enough: the same points of another version are other people.
func chanceOf(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, card store.ScoreCard, now event.Millis) (*scorecard.Calibration, int, error) {
	leads, err := tx.Leads.List(ctx, ws, store.LeadQuery{Card: card.ID, Limit: taughtBy})
	if err != nil {
		return nil, 0, err
	}
	var newest []store.Lead
	for _, l := range leads {
		if l.Version == card.Version {
			newest = append(newest, l)
		}
	}
	points, outcome, missing := ended(newest, now)
	if missing > 0 {
		if points, outcome, missing = ended(leads, now); missing > 0 {
			return nil, missing, nil
		}
	}
	told := scorecard.Platt(points, outcome)
	return &told, 0, nil
}

// onceChance is chanceOf, worked out when it is first asked for and not again.
func onceChance(tx store.Repositories, ws store.WorkspaceID, card store.ScoreCard, now event.Millis) func(context.Context) (*scorecard.Calibration, error) {
	var once sync.Once
	var told *scorecard.Calibration
	var err error
	return func(ctx context.Context) (*scorecard.Calibration, error) {
		once.Do(func() { told, _, err = chanceOf(ctx, tx, ws, card, now) })
		return told, err
	}
}

// foretell keeps with a lead the chance that is told of it, so that it can be held against
// what became of it.
func foretell(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, lead store.Lead, chance func(context.Context) (*scorecard.Calibration, error)) (store.Lead, error) {
	told, err := chance(ctx)
	if err != nil || told == nil {
		return lead, err
	}
	return tx.Leads.Foretell(ctx, ws, lead.ID, told.Of(float64(lead.Points.Whole())))
}

// over reports whether the end of a lead is known, and whether it was a meeting.
func over(l store.Lead, now event.Millis) (known, met bool) {
	met = l.Verdict.Reached(score.Meeting)
	if l.Verdict == score.Open || l.Verdict == score.Accepted && now-l.HotAt < meetsWithin {
		return false, false
	}
	return true, met
}

// ended are the leads whose end is known; no outcomes, and how many are missing, where they
// are too few to tell a chance by.
func ended(leads []store.Lead, now event.Millis) (points []float64, outcome []bool, missing int) {
	met := 0
	for _, l := range leads {
		known, meeting := over(l, now)
		if !known {
			continue
		}
		if meeting {
			met++
		}
		points, outcome = append(points, float64(l.Points.Whole())), append(outcome, meeting)
	}
	if missing = sayable - min(met, len(outcome)-met); missing > 0 {
		return nil, nil, missing
	}
	return points, outcome, 0
}

// recordDays is how far back what was told is held against what came.
const recordDays = 90

// accuracy says how right the chances told of late came out; nothing with too few.
func accuracy(all []store.Lead, now event.Millis) words.Text {
	told, came, sum := 0, 0, 0.0
	for _, l := range all {
		known, met := over(l, now)
		if l.Chance == nil || !known || now-l.HotAt > recordDays*aDay {
			continue
		}
		told++
		sum += *l.Chance
		if met {
			came++
		}
	}
	if told < sayable {
		return words.Text{}
	}
	return words.T("この見込みは、過去%[1]d日に平均「%[2]s」とした%[3]d人のうち、%[4]d人（%[5]s）が商談になった精度です。",
		"Of the %[3]d people called %[2]s likely on average in the last %[1]d days, %[4]d (%[5]s) became meetings.",
		recordDays, words.Chance(sum/float64(told)), told, came, words.Percent(float64(came)/float64(told)))
}
