package server

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/condition/columns"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// segmenting keeps the contacts of workspaces whose segments are being counted in memory.
type segmenting struct {
	server *Server
	mu     sync.Mutex
	of     map[store.WorkspaceID]*crowdOf
}

// mostCrowds is how many workspaces are kept in memory; whoever was not asked about for the
// longest goes first.
const mostCrowds = 8

// freshFor is how long what is in memory is taken for true before it is compared with the
// state again.
const freshFor = 2 * time.Second

// lookedFor is how long what was read from the events for one count, and is not watched
// yet, is kept.
const lookedFor = 10 * time.Minute

func newSegmenting(s *Server) *segmenting {
	return &segmenting{server: s, of: map[store.WorkspaceID]*crowdOf{}}
}

// crowdOf is the contacts of one workspace in memory.
type crowdOf struct {
	mu       sync.RWMutex // writing: bringing it up to date
	columns  *columns.Columns
	state    store.ContactsState
	revision int64
	checked  time.Time   // by the machine's own clock: a sample's stands still
	doubted  atomic.Bool // somebody has just been changed here
	asked    time.Time   // guarded by segmenting.mu
	topics   map[string]bool
	watched  map[condition.Watch]int       // in use, with their days
	looked   map[condition.Watch]time.Time // read from the events for a count
	scores   map[string]time.Time          // when the points of a card were read
}

func emptyCrowd() *crowdOf {
	return &crowdOf{columns: columns.New(), topics: map[string]bool{}, watched: map[condition.Watch]int{}, looked: map[condition.Watch]time.Time{}, scores: map[string]time.Time{}}
}

// whose is the crowd of a workspace, made where it is new.
func (g *segmenting) whose(ws store.WorkspaceID, now time.Time) *crowdOf {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := g.of[ws]
	if c == nil {
		if len(g.of) >= mostCrowds {
			var oldest store.WorkspaceID
			for id, each := range g.of {
				if oldest == "" || each.asked.Before(g.of[oldest].asked) {
					oldest = id
				}
			}
			delete(g.of, oldest)
		}
		c = emptyCrowd()
		g.of[ws] = c
	}
	c.asked = now
	return c
}

// find is the contacts of whom a condition is true now.
func (g *segmenting) find(ctx context.Context, ws store.WorkspaceID, what condition.Condition) (columns.Set, int, error) {
	now := g.server.deps.Clock()
	zone, err := g.server.zoneOf(ctx, ws)
	if err != nil {
		return columns.Set{}, 0, err
	}
	saved, err := g.server.savedSegments(ctx, ws)
	if err != nil {
		return columns.Set{}, 0, err
	}
	what, _ = condition.Expand(what, func(id string) (condition.Condition, bool) { c, ok := saved[id]; return c, ok })
	c := g.whose(ws, now)
	if err := g.freshen(ctx, ws, c, what, now); err != nil {
		return columns.Set{}, 0, fmt.Errorf("count contacts of %q: %w", ws, err)
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	set, err := c.columns.Find(what, columns.Moment{
		Now: event.Millis(now.UnixMilli()), DayOf: func(at event.Millis) series.Day { return series.DayOf(time.UnixMilli(int64(at)).In(zone)) },
	})
	return set, c.columns.Len(), err
}

// warm reads the contacts of a workspace in which segments are kept, so that whoever counts
// one first does not wait for it. What is in memory already is only brought up to date.
func (g *segmenting) warm(ctx context.Context, ws store.WorkspaceID) error {
	saved, err := g.server.savedSegments(ctx, ws)
	if err != nil || len(saved) == 0 {
		return err
	}
	g.mu.Lock()
	full := g.of[ws] == nil && len(g.of) >= mostCrowds
	g.mu.Unlock()
	if full {
		return nil // somebody asked for the others; nobody for this one
	}
	var topics condition.Condition
	for _, one := range saved {
		for _, topic := range topicsOf(one) {
			topics.All = append(topics.All, condition.Condition{Consent: &condition.Consent{Topic: topic, State: condition.Granted}})
		}
	}
	now := g.server.deps.Clock()
	if err := g.freshen(ctx, ws, g.whose(ws, now), topics, now); err != nil {
		return fmt.Errorf("read contacts of %q ahead: %w", ws, err)
	}
	return nil
}

// keys is the properties that contacts have, each with its most frequent values.
func (g *segmenting) keys(ctx context.Context, ws store.WorkspaceID, values int) ([]columns.Key, error) {
	now := g.server.deps.Clock()
	c := g.whose(ws, now)
	if err := g.freshen(ctx, ws, c, condition.Condition{}, now); err != nil {
		return nil, fmt.Errorf("list properties of %q: %w", ws, err)
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.columns.Keys(values), nil
}

// freshen brings a crowd up to date with the state, as far as a condition needs it.
func (g *segmenting) freshen(ctx context.Context, ws store.WorkspaceID, c *crowdOf, what condition.Condition, now time.Time) error {
	c.mu.RLock()
	fresh := !c.doubted.Load() && !c.checked.IsZero() && time.Since(c.checked) < freshFor && c.knows(what)
	c.mu.RUnlock()
	if fresh {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	db := g.server.deps.Store
	began := time.Now()
	c.doubted.Store(false)
	err := db.Snapshot(ctx, func(ctx context.Context, tx *store.Tx) error {
		f := freshening{ws: ws, tx: tx, crowd: c, now: event.Millis(now.UnixMilli())}
		return f.all(ctx, what)
	})
	if err == nil {
		err = g.lookBack(ctx, ws, c, what, now)
	}
	if err != nil {
		c.forget() // half of it is no truth: begin anew the next time
		return err
	}
	c.columns.Settle()
	c.checked = began
	return nil
}

// changed has what is in memory compared with the state before it is asked again, so that
// whoever has just changed contacts finds them. It belongs after the transaction that did.
func (g *segmenting) changed(ws store.WorkspaceID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c := g.of[ws]; c != nil {
		c.doubted.Store(true)
	}
}

// forget empties a crowd.
func (c *crowdOf) forget() {
	empty := emptyCrowd()
	c.columns, c.state, c.revision, c.checked = empty.columns, empty.state, 0, time.Time{}
	c.topics, c.watched, c.looked, c.scores = empty.topics, empty.watched, empty.looked, empty.scores
}

// knows reports whether everything a condition asks for is in memory.
func (c *crowdOf) knows(what condition.Condition) bool {
	for _, topic := range topicsOf(what) {
		if !c.topics[topic] {
			return false
		}
	}
	for _, card := range condition.Cards(what) {
		if _, read := c.scores[card]; !read {
			return false
		}
	}
	return len(c.unseen(what)) == 0
}

// unseen is what a condition watches that is neither kept nor was read from the events.
func (c *crowdOf) unseen(what condition.Condition) []condition.Watched {
	return slices.DeleteFunc(condition.Watches(what), func(w condition.Watched) bool {
		days, kept := c.watched[w.Watch]
		_, looked := c.looked[w.Watch]
		return looked || kept && (days == 0 || w.Days != 0 && w.Days <= days)
	})
}

func topicsOf(what condition.Condition) []string {
	var topics []string
	condition.Walk(what, func(c condition.Condition) {
		if c.Consent != nil {
			topics = append(topics, c.Consent.Topic)
		}
	})
	return topics
}

// savedSegments are the conditions of a workspace's segments.
func (s *Server) savedSegments(ctx context.Context, ws store.WorkspaceID) (map[string]condition.Condition, error) {
	return segmentsOf(ctx, s.deps.Store.Repositories, ws)
}

// freshening is one reading of what changed, in one snapshot of the state.
type freshening struct {
	ws    store.WorkspaceID
	tx    *store.Tx
	crowd *crowdOf
	now   event.Millis
}

func (f *freshening) all(ctx context.Context, what condition.Condition) error {
	c := f.crowd
	state, err := f.tx.Contacts.State(ctx, f.ws)
	if err != nil {
		return err
	}
	anew := c.checked.IsZero() || len(c.topics) > 0 && (state.Refused != c.state.Refused || state.Said != c.state.Said)
	for _, topic := range topicsOf(what) {
		anew = anew || !c.topics[topic]
	}
	if anew {
		topics := c.topics
		c.forget()
		c.topics = topics
		for _, topic := range topicsOf(what) {
			c.topics[topic] = true
		}
	}
	if err := f.contacts(ctx, state); err != nil {
		return err
	}
	if err := f.doings(ctx); err != nil {
		return err
	}
	return f.scores(ctx, condition.Cards(what))
}

// scoresFor is how long the points of a card are taken as they were read.
const scoresFor = 30 * time.Second

func (f *freshening) scores(ctx context.Context, cards []string) error {
	now := time.UnixMilli(int64(f.now))
	for _, card := range cards {
		if read, known := f.crowd.scores[card]; known && now.Sub(read) < scoresFor {
			continue
		}
		f.crowd.columns.Unscore(card)
		for one, err := range f.tx.Scores.Numbered(ctx, f.ws, store.ScoreCardID(card)) {
			if err != nil {
				return err
			}
			f.crowd.columns.Score(card, uint32(one.Number), float64(one.Points)/1000)
		}
		f.crowd.scores[card] = now
	}
	return nil
}

func (f *freshening) contacts(ctx context.Context, state store.ContactsState) error {
	c := f.crowd
	for number := int64(-1); ; {
		part, err := f.tx.Contacts.ChangedSince(ctx, f.ws, c.state.Newest, number, 1000)
		if err != nil {
			return err
		}
		if len(part) == 0 {
			break
		}
		number = part[len(part)-1].Number
		if err := f.put(ctx, part); err != nil {
			return err
		}
	}
	c.state = state
	if int64(c.columns.Len()) == state.Count {
		return nil
	}
	numbers, err := f.tx.Contacts.Numbers(ctx, f.ws)
	if err != nil {
		return err
	}
	c.columns.Retain(func(n uint32) bool { _, found := slices.BinarySearch(numbers, int64(n)); return found })
	return nil
}

func (f *freshening) put(ctx context.Context, part []contact.Contact) error {
	var firms []string
	for _, one := range part {
		if one.CompanyID != "" {
			firms = append(firms, one.CompanyID)
		}
	}
	companies, err := f.tx.Companies.GetMany(ctx, f.ws, firms)
	if err != nil {
		return err
	}
	var wishes map[contact.ID]contact.Wishes
	if len(f.crowd.topics) > 0 {
		if wishes, err = wishesOf(ctx, f.tx.Repositories, f.ws, part); err != nil {
			return err
		}
	}
	for _, one := range part {
		person := personFacts{now: f.now, person: one, company: companies[one.CompanyID], wishes: wishes[one.ID]}
		p := columns.Person{Number: uint32(one.Number), Properties: one.Properties, Tags: one.Tags, Consents: map[string]string{}}
		if p.Properties == nil {
			p.Properties = map[string]contact.Value{}
		}
		for _, own := range ownProperties {
			if v, known := person.Property(own); known {
				p.Properties[own] = v
			} else {
				delete(p.Properties, own)
			}
		}
		for topic := range f.crowd.topics {
			p.Consents[topic] = person.Consent(topic)
		}
		f.crowd.columns.Put(p)
	}
	return nil
}

// ownProperties are those every contact has beside what was told.
var ownProperties = []string{"address", "name", "owner", "created", "company.name", "company.domain"}

// doings reads what was done since the last time, of what is watched and has its past.
func (f *freshening) doings(ctx context.Context) error {
	c := f.crowd
	inUse, err := f.tx.Watches.List(ctx, f.ws)
	if err != nil {
		return err
	}
	watched := map[condition.Watch]int{}
	for _, w := range inUse {
		if w.Filled {
			watched[w.Watch] = w.Days
		}
	}
	for w, days := range watched {
		if was, known := c.watched[w]; !known || was != days {
			// Its past was written before: all of it is read again.
			c.revision = 0
			delete(c.looked, w)
		}
	}
	for w := range c.watched {
		if _, still := watched[w]; !still || c.revision == 0 {
			c.columns.Unwatch(w)
		}
	}
	c.watched = watched
	for w := range watched {
		if c.revision == 0 {
			c.columns.Unwatch(w)
		}
		c.columns.Watch(w)
	}
	for w, at := range c.looked {
		if time.UnixMilli(int64(f.now)).Sub(at) > lookedFor {
			c.columns.Unwatch(w)
			delete(c.looked, w)
		}
	}
	revision, err := f.tx.Occurrences.Revision(ctx, f.ws)
	if err != nil || revision == c.revision {
		return err
	}
	for one, err := range f.tx.Occurrences.Numbered(ctx, f.ws, c.revision) {
		if err != nil {
			return err
		}
		if _, kept := watched[one.Watch]; kept {
			c.columns.Did(one.Watch, uint32(one.Number), one.At)
		}
	}
	c.revision = revision
	return nil
}

// lookBack reads from the events what a condition asks for and nobody watches yet.
func (g *segmenting) lookBack(ctx context.Context, ws store.WorkspaceID, c *crowdOf, what condition.Condition, now time.Time) error {
	for _, w := range c.unseen(what) {
		c.columns.Unwatch(w.Watch)
		c.columns.Watch(w.Watch)
		err := g.server.occurred(ctx, ws, condition.Watched{Watch: w.Watch, Matcher: w.Matcher}, func(list []lookedUp) error {
			for _, one := range list {
				if one.known {
					c.columns.Did(w.Watch, uint32(one.person.Number), one.At)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		c.looked[w.Watch] = now
	}
	return nil
}

// lookedUp is one time that somebody did something, and who that is today.
type lookedUp struct {
	warehouse.Occurred
	person contact.Contact
	known  bool
}

// occurred goes through the events of a watch in parts, with whose they are today.
func (s *Server) occurred(ctx context.Context, ws store.WorkspaceID, w condition.Watched, each func([]lookedUp) error) error {
	if s.deps.Warehouse == nil {
		return nil
	}
	zone, err := s.zoneOf(ctx, ws)
	if err != nil {
		return err
	}
	today := series.DayOf(s.deps.Clock().In(zone))
	back := series.Day(w.Days) + 1
	if w.Days == 0 {
		back = longestPast
	}
	known := map[contact.Identity]*contact.Contact{}
	stitched, err := s.stitching(ctx, ws)
	if err != nil {
		return err
	}
	var part []lookedUp
	flush := func() error {
		if err := s.whoAre(ctx, ws, part, known); err != nil {
			return err
		}
		for i := range part {
			// What was done before anybody knew by whom is theirs only where a notice says so.
			if one := &part[i]; one.known && !one.User && !stitched.may() && one.At < one.person.KnownSince() {
				one.known = false
			}
		}
		err := each(part)
		part = part[:0]
		return err
	}
	scope := warehouse.Scope{Workspace: event.Workspace(ws), Span: series.Span{From: today - back, To: today + 1}}
	err = s.deps.Warehouse.Occurred(ctx, scope, w.Matcher, func(o warehouse.Occurred) error {
		if part = append(part, lookedUp{Occurred: o}); len(part) < 2000 {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// longestPast is as far back as a question may go.
const longestPast = series.Day(3600)

// mostRemembered bounds who is remembered while a past is read.
const mostRemembered = 200_000

func (s *Server) whoAre(ctx context.Context, ws store.WorkspaceID, part []lookedUp, known map[contact.Identity]*contact.Contact) error {
	if len(known) > mostRemembered {
		clear(known)
	}
	var asked []contact.Identity
	for _, one := range part {
		if id := identityOf(one.Occurred); !one.Cookieless {
			if _, seen := known[id]; !seen {
				known[id] = nil
				asked = append(asked, id)
			}
		}
	}
	found, err := s.deps.Store.Contacts.Find(ctx, ws, asked)
	if err != nil {
		return err
	}
	var ids []contact.ID
	for _, id := range found {
		ids = append(ids, id)
	}
	people, err := s.deps.Store.Contacts.GetMany(ctx, ws, ids)
	if err != nil {
		return err
	}
	for identity, id := range found {
		if person, there := people[id]; there {
			known[identity] = &person
		}
	}
	for i := range part {
		if person := known[identityOf(part[i].Occurred)]; person != nil {
			part[i].person, part[i].known = *person, true
		}
	}
	return nil
}

func identityOf(o warehouse.Occurred) contact.Identity {
	if o.User {
		return contact.Identity{Kind: contact.ByUser, Value: o.Visitor}
	}
	return contact.Identity{Kind: contact.ByVisitor, Value: o.Visitor}
}
