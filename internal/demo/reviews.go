package demo

import (
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/review"
)

// ReelsOnce is how many reels a week the company aimed at before it looked at what it can keep
// up; the model of today says ReelsNow.
const ReelsOnce, ReelsNow = "7", "5"

// Earlier is the company's model as it was before its first review: the second version is the
// one of today, and the review is where it comes from.
func Earlier(model []byte) ([]byte, error) {
	m, err := goal.Parse("model.yaml", model)
	if err != nil {
		return nil, fmt.Errorf("read the model of today: %w", err)
	}
	t := m.Indicator("reels").Target
	edit := goal.TargetEdit{Kind: string(t.Kind), Amount: ReelsOnce, Per: t.Per.String(), From: t.From.String(), By: t.By.String(), AtLeast: fmt.Sprint(t.AtLeast)}
	for _, a := range t.Agreed {
		edit.Agreed = append(edit.Agreed, goal.AgreementEdit{By: a.By, On: a.On.String()})
	}
	earlier, err := goal.ApplyEdits(model, []goal.Edit{{Op: goal.SetTarget, ID: "reels", Target: &edit}})
	if err != nil {
		return nil, fmt.Errorf("write the earlier model: %w", err)
	}
	return earlier, nil
}

// FirstDrawn is when the company drew its map: two days before its boss agreed to the goal.
func FirstDrawn(model []byte) (time.Time, error) {
	m, err := goal.Parse("model.yaml", model)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the model of today: %w", err)
	}
	target := m.KGI().Target
	day := *target.From
	for _, a := range target.Agreed {
		if a.On != nil {
			day = min(day, *a.On)
		}
	}
	year, month, date := (day - 2).Civil()
	return time.Date(year, month, date, 14, 20, 0, 0, m.Location), nil
}

// Rhythm is when the company looks at its goal: the first Monday of a month, at ten.
var Rhythm = review.Rhythm{Every: review.EveryMonth, By: review.ByWeekday, Weekday: 1, Nth: 1, Closed: review.Later, At: 10 * 60, Lasts: 60}

// ReviewDays are the days of its last two reviews before a day.
func ReviewDays(today series.Day, on review.Calendars) (first, second series.Day) {
	day := Rhythm.Next(today-120, on)
	for next := day; next < today-2; next = Rhythm.Next(next, on) {
		first, second = second, next
	}
	return first, second
}
