package report

import (
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Rhythm is how often a page comes, and with that how far back it compares.
type Rhythm string

// The rhythms there are; Once is a page that somebody looks at now.
const (
	Once    Rhythm = "once"
	Daily   Rhythm = "daily"
	Weekly  Rhythm = "weekly"
	Monthly Rhythm = "monthly"
)

// Days is the length of the time it speaks of; a month is four whole weeks, so that every
// weekday counts alike.
func (r Rhythm) Days() int {
	switch r {
	case Daily:
		return 1
	case Monthly:
		return 28
	}
	return 7
}

// Title is what a page of this rhythm is called.
func (r Rhythm) Title() words.Text {
	switch r {
	case Daily:
		return words.T("きょうの状況", "Where we stand today")
	case Weekly:
		return words.T("今週の状況", "Where we stand this week")
	case Monthly:
		return words.T("今月の状況", "Where we stand this month")
	}
	return words.T("いまの状況", "Where we stand")
}

// spans names the time of the rhythm and the one it is compared with.
func (r Rhythm) spans(now series.Span) (span, before words.Text) {
	switch r {
	case Daily:
		return Weekday(now.To), words.T("前の週の同じ曜日", "the same weekday of the week before")
	case Monthly:
		return words.T("この4週間", "in the last four weeks"), words.T("前の4週間", "the four weeks before")
	}
	return words.T("この1週間", "in the last week"), words.T("前の1週間", "the week before")
}

// ago is the moment it looks back to.
func (r Rhythm) ago() words.Text {
	switch r {
	case Daily:
		return words.T("前の日", "a day ago")
	case Monthly:
		return words.T("4週間前", "four weeks ago")
	}
	return words.T("1週間前", "a week ago")
}
