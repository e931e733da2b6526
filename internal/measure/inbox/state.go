package inbox

import (
	"slices"

	"github.com/shirube/shirube/internal/event"
)

// State is how the inbox stands, for health checks and operators. The counts are of events,
// since the process began.
type State struct {
	Open          bool
	Offered       int64 // to Accept
	Kept          int64 // acknowledged
	Groups        int64 // rows they were written in
	RefusedFull   int64
	RefusedNoDisk int64
	Failed        int64
	DiskFull      bool // the last group found no room
	Waiting       int  // not yet written
	Backlog       event.Backlog
	Readers       []ReaderState
}

// ReaderState is how a reader stands.
type ReaderState struct {
	Name       string
	Place      int64
	LagBatches int64   // rows it has not passed
	LagSeconds float64 // age of the oldest of them
	Done       int64   // events, since the process began
	Aside      int64   // rows it found unreadable, since the process began
	Missed     int64   // rows dropped before it saw them: its file is older than the inbox
	Failing    string  // the error it stands at, "" when it goes on
}

type counts struct {
	offered, kept, groups, full, noDisk, failed int64
	diskFull                                    bool
}

// State tells how everything stands.
func (i *Inbox) State() State {
	i.mu.Lock()
	defer i.mu.Unlock()
	now := event.Millis(i.now().UnixMilli())
	s := State{
		Open: i.open, Offered: i.counts.offered, Kept: i.counts.kept, Groups: i.counts.groups, RefusedFull: i.counts.full,
		RefusedNoDisk: i.counts.noDisk, Failed: i.counts.failed, DiskFull: i.counts.diskFull,
		Waiting: i.size.events + i.writing.events, Backlog: i.backlog,
	}
	if s.Backlog.Batches == 0 {
		s.Backlog.Oldest = 0
	} else if oldest := i.marks.after(i.dropped); oldest > 0 {
		s.Backlog.Oldest = oldest
	}
	for _, r := range i.readers {
		state := r.state()
		state.LagBatches = max(0, i.backlog.Newest-state.Place)
		if at := i.marks.after(state.Place); at > 0 {
			state.LagSeconds = max(0, float64(now-at)/1000)
		}
		s.Readers = append(s.Readers, state)
	}
	return s
}

// marks remember when some of the rows were written, to tell how old what waits is.
type marks []mark

type mark struct {
	seq int64
	at  event.Millis
}

const (
	maxMarks  = 2048
	markEvery = 100 // milliseconds
)

func (m *marks) add(seq int64, at event.Millis) {
	list := *m
	if n := len(list); n > 0 && at-list[n-1].at < markEvery && n > 1 {
		list[n-1].seq = seq // the first of a tenth of a second tells the time of all of it
		return
	}
	if len(list) == maxMarks {
		for k := range maxMarks / 2 {
			list[k] = mark{list[2*k+1].seq, list[2*k].at}
		}
		list = list[:maxMarks/2]
	}
	*m = append(list, mark{seq, at})
}

// after is when the first row above a seq was written, or a little before; 0 where there is none.
func (m *marks) after(seq int64) event.Millis {
	for _, mark := range *m {
		if mark.seq > seq {
			return mark.at
		}
	}
	return 0
}

func (m *marks) forget(upTo int64) {
	*m = slices.DeleteFunc(*m, func(mark mark) bool { return mark.seq <= upTo })
}
