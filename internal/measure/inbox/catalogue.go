package inbox

import (
	"context"
	"iter"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// Places is where the state keeps how far readers are.
type Places interface {
	Place(ctx context.Context, reader string) (int64, error)
}

// Ledger is where the catalogue is kept. Note moves the reader in the same transaction.
type Ledger interface {
	Note(ctx context.Context, reader string, from, to int64, seen event.Sightings) error
	Seen(ctx context.Context) iter.Seq2[event.Seen, error]
}

const catalogueName = "catalogue"

var cataloguePace = Pace{Gather: time.Second, Events: 12_500, Bytes: 16 << 20}

// intoCatalogue is the reader whose effect is in the state: it knows which names and keys
// are in use. What acts on events one day will stand here too, which is why it knows an
// event that comes twice.
type intoCatalogue struct {
	places Places
	ledger Ledger
	seen   *seenSet // nil: to be read from the ledger
}

// IntoCatalogue is the effect that keeps the catalogue of names and write keys.
func IntoCatalogue(places Places, ledger Ledger) Effect {
	return &intoCatalogue{places: places, ledger: ledger}
}

func (c *intoCatalogue) Name() string { return catalogueName }

func (c *intoCatalogue) Pace() Pace { return cataloguePace }

func (c *intoCatalogue) Rest(context.Context) error { return nil }

func (c *intoCatalogue) Place(ctx context.Context) (int64, error) {
	return c.places.Place(ctx, catalogueName)
}

func (c *intoCatalogue) Do(ctx context.Context, from, upTo int64, events []event.Event) error {
	if c.seen == nil {
		seen, err := recall(c.ledger.Seen(ctx))
		if err != nil {
			return err
		}
		c.seen = seen
	}
	fresh := c.seen.fresh(events)
	sightings := sight(events, fresh.first)
	sightings.Fingerprints = fresh.fingerprints
	sightings.ForgetUpTo = c.seen.forgettable()
	if err := c.ledger.Note(ctx, catalogueName, from, upTo, sightings); err != nil {
		c.seen = nil // whether they are noted is for the ledger to say
		return err
	}
	c.seen.keep(upTo, fresh.fingerprints)
	return nil
}

// sight adds up what is new in events.
func sight(events []event.Event, first []bool) event.Sightings {
	type named struct {
		workspace event.Workspace
		kind      event.Kind
		name      string
	}
	type keyed struct {
		workspace event.Workspace
		key       string
	}
	names, keys := map[named]int{}, map[keyed]int{}
	var s event.Sightings
	for k := range events {
		e := &events[k]
		if !first[k] {
			continue
		}
		of := keyed{e.Workspace, e.Key}
		n, known := keys[of]
		if !known {
			n = len(s.Keys)
			keys[of] = n
			s.Keys = append(s.Keys, event.KeySeen{Workspace: e.Workspace, Key: e.Key, First: e.ReceivedAt, Last: e.ReceivedAt})
		}
		key := &s.Keys[n]
		key.Count++
		key.First, key.Last = min(key.First, e.ReceivedAt), max(key.Last, e.ReceivedAt)
		name := nameOf(e)
		if name == "" || e.Bot != "" {
			continue // robots invent names
		}
		what := named{e.Workspace, e.Kind, name}
		if n, known = names[what]; !known {
			n = len(s.Names)
			names[what] = n
			s.Names = append(s.Names, event.NameSeen{Workspace: e.Workspace, Kind: e.Kind, Name: name, First: e.At, Last: e.At})
		}
		seen := &s.Names[n]
		seen.Count++
		seen.First, seen.Last = min(seen.First, e.At), max(seen.Last, e.At)
	}
	return s
}

// nameOf is what an event is listed under, "" for nothing.
func nameOf(e *event.Event) string {
	switch {
	case e.Kind == event.Page && e.Path != "":
		return e.Path
	case e.Kind == event.Track, e.Kind == event.Page, e.Kind == event.Screen:
		return e.Name
	}
	return ""
}
