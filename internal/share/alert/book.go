package alert

import (
	"cmp"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Cause is one thing worth telling.
type Cause struct {
	// Key is the same for the same thing tomorrow: "link-broken:likes>visits".
	Key string
	// Also are the keys of what this one says as well: they stand while it does, and are
	// told with it. Out of reach is behind its pace, too.
	Also []string
	Kind Kind
	Good bool       // told gladly
	What words.Text // one sentence
	Why  words.Text // "" where there is nothing to add
	Do   words.Text // the one thing to do
	// Path is where it is seen, behind the address of the workspace: "/map?open=visits".
	Path string
	// Weight puts the heavier before the lighter of one kind.
	Weight float64
	// Name is what it is about in a bundle: "フォロワー数".
	Name words.Text
	// Indicator is what it is about on the map; "" where it is about none.
	Indicator string
	// Watched is the last day on which the team watches that indicator; 0: it does not.
	Watched series.Day
}

// Line is a cause by itself in a letter. What the team watches for now says so.
func (c Cause) Line() Line {
	line := Line{Kind: c.Kind, Good: c.Good, What: c.What, Why: c.Why, Do: c.Do, Path: c.Path}
	if c.Watched != 0 {
		line.Why = words.T("いま注力しているKPIです(%sまで)。", "The team watches this KPI until %s.", c.Watched)
		if !c.Why.Zero() {
			line.Why = words.T("%[1]s%[2]s", "%[1]s %[2]s", line.Why, c.Why)
		}
	}
	return line
}

// Watching marks what is about the indicators a team watches until a day.
func Watching(causes []Cause, indicators []string, until series.Day) {
	for i := range causes {
		if causes[i].Indicator != "" && slices.Contains(indicators, causes[i].Indicator) {
			causes[i].Watched = until
		}
	}
}

func (c Cause) keys() []string { return append([]string{c.Key}, c.Also...) }

// Held is a cause that stands, or stood until lately.
type Held struct {
	Key   string     `json:"key"`
	Kind  Kind       `json:"kind"`
	Since series.Day `json:"since"`          // the first day it stood
	Told  series.Day `json:"told,omitempty"` // 0: not yet
	Gone  series.Day `json:"gone,omitempty"` // the first day it was not there any more; 0: it stands
}

// Book is what is remembered of one workspace.
type Book struct {
	Held    []Held     `json:"held"`
	Morning series.Day `json:"morning"` // the last day whose message was thought of
	Looked  time.Time  `json:"looked"`
	Told    time.Time  `json:"told"` // the last time anything was told
	// Seen tells by what the numbers were known when they were last looked at.
	Seen string `json:"seen"`
}

// Moment is when one looks.
type Moment struct {
	Now  time.Time // in the team's zone
	Open bool      // offices work today
}

func (m Moment) day() series.Day { return series.DayOf(m.Now) }

// Pauses between looks and between messages.
const (
	restAfterLook = 30 * time.Minute // though the numbers change every minute
	restOfUrgent  = time.Hour        // leads and questions grow old without any number changing
	restAfterTold = 4 * time.Hour    // between two messages of one day
	mostHeld      = 2000
)

// Due reports whether it is time to look: each morning, when the numbers have changed, and
// now and then where urgent things do not wait. seen is by what the numbers are known now.
func (b Book) Due(s Settings, at Moment, seen string) bool {
	rested := at.Now.Sub(b.Looked)
	switch {
	case rested < 0:
		return true // the clock was set back
	case b.morning(s, at):
		return true
	case seen != b.Seen:
		return rested >= restAfterLook
	}
	return s.Urgent && rested >= restOfUrgent && !s.quiet(at.Now.Hour())
}

// morning reports whether the message of this morning is still to be thought of.
func (b Book) morning(s Settings, at Moment) bool {
	hour := at.Now.Hour()
	return b.Morning < at.day() && hour >= s.Hour && !s.quiet(hour)
}

// Look takes in what stands now and says what is to be told of it, the new book with it.
// Whoever keeps the book tells; else nothing has happened.
func (b Book) Look(causes []Cause, s Settings, at Moment, seen string) (Book, []Cause) {
	next := Book{Held: b.stands(causes, at.day()), Morning: b.Morning, Looked: at.Now, Told: b.Told, Seen: seen}
	open := at.Open || s.Closed
	var now []Cause
	switch {
	case b.morning(s, at):
		next.Morning = at.day()
		if open {
			now = next.ripe(causes, s, at.day(), false)
		}
	case s.Urgent && open && !s.quiet(at.Now.Hour()) && (at.Now.Sub(b.Told) >= restAfterTold || at.Now.Before(b.Told)):
		now = next.ripe(causes, s, at.day(), true)
	}
	return next.telling(now, at), now
}

// TellNow is Look for somebody who asks for it: everything that stands and was not told is
// told, whatever the hour.
func (b Book) TellNow(causes []Cause, s Settings, at Moment, seen string) (Book, []Cause) {
	next := Book{Held: b.stands(causes, at.day()), Morning: b.Morning, Looked: at.Now, Told: b.Told, Seen: seen}
	var now []Cause
	for _, c := range causes {
		if h := next.held(c.Key); h != nil && h.Told == 0 && s.Tells(c.Kind) {
			now = append(now, c)
		}
	}
	return next.telling(now, at), now
}

func (b Book) telling(now []Cause, at Moment) Book {
	for _, c := range now {
		for _, key := range c.keys() {
			if h := b.held(key); h != nil {
				h.Told = at.day()
			}
		}
	}
	if len(now) > 0 {
		b.Told = at.Now
	}
	return b
}

// stands is what is held after a look: what is new, what still stands, and what is gone but
// not long enough to be told again.
func (b Book) stands(causes []Cause, today series.Day) []Held {
	there := map[string]bool{}
	for _, c := range causes {
		for _, key := range c.keys() {
			there[key] = true
		}
	}
	out := []Held{}
	known := map[string]bool{}
	for _, h := range b.Held {
		if there[h.Key] {
			h.Gone = 0
		} else {
			if h.Gone == 0 {
				h.Gone = today
			}
			// What was never told leaves at once; of what was told the end is waited for.
			if h.Told == 0 || int(today-h.Gone) >= natures[h.Kind].rearm {
				continue
			}
		}
		known[h.Key] = true
		out = append(out, h)
	}
	for _, c := range causes {
		for _, key := range c.keys() {
			if !known[key] && len(out) < mostHeld {
				known[key] = true
				out = append(out, Held{Key: key, Kind: c.Kind, Since: today})
			}
		}
	}
	slices.SortFunc(out, func(a, b Held) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

// ripe is what may be told: it was not told yet, has stood for long enough and is of a kind
// the team wants to hear of.
func (b Book) ripe(causes []Cause, s Settings, today series.Day, urgent bool) []Cause {
	var out []Cause
	for _, c := range causes {
		h := b.held(c.Key)
		if h == nil || h.Told != 0 || !s.Tells(c.Kind) || urgent && !c.Kind.Urgent() {
			continue
		}
		if int(today-h.Since)+1 >= natures[c.Kind].settle {
			out = append(out, c)
		}
	}
	return out
}

func (b Book) held(key string) *Held {
	i, found := slices.BinarySearchFunc(b.Held, key, func(h Held, key string) int { return cmp.Compare(h.Key, key) })
	if !found {
		return nil
	}
	return &b.Held[i]
}

// ToldOn is when a cause that stands was told; 0 for one that was not.
func (b Book) ToldOn(key string) series.Day {
	if h := b.held(key); h != nil {
		return h.Told
	}
	return 0
}
