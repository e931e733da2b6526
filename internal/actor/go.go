package actor

import (
	"context"
	"slices"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// act is what a go does to one workspace; it tells how many items were queued.
func (g *going) act(ctx context.Context, b Books, now event.Millis) (int, error) {
	l := newLook(g.workspace, g.set, now)
	var learned Learned
	if len(g.sightings) > 0 {
		var err error
		if learned, err = b.Learn(ctx, g.workspace, g.sightings, now); err != nil {
			return 0, err
		}
		for _, who := range learned.Changed {
			l.touch(who)
		}
	}
	if g.set == nil {
		return 0, nil
	}
	if len(g.hits) > 0 {
		known, err := b.Known(ctx, g.workspace, g.identities())
		if err != nil {
			return 0, err
		}
		deeds := g.deeds(known, g.tiedSince(learned.Apart))
		fresh, err := b.Note(ctx, g.workspace, deeds, now)
		if err != nil {
			return 0, err
		}
		for k := range deeds {
			if id, is := contactOf(deeds[k].Subject); is && fresh[k] {
				l.did(id, deeds[k].Occurrence)
			}
		}
	}
	return l.run(ctx, b)
}

// identities is everybody the hits are of.
func (g *going) identities() []contact.Identity {
	seen := map[contact.Identity]bool{}
	var list []contact.Identity
	add := func(i contact.Identity) {
		if i.Value != "" && !seen[i] {
			seen[i] = true
			list = append(list, i)
		}
	}
	for k := range g.hits {
		e := g.hits[k].event
		add(contact.Identity{Kind: contact.ByUser, Value: e.UserID})
		if !e.Cookieless {
			add(contact.Identity{Kind: contact.ByVisitor, Value: e.AnonymousID})
			add(contact.Identity{Kind: contact.ByVisitor, Value: e.Visitor})
		}
	}
	return list
}

// tiedSince is, for browsers whose past is kept apart, the moment from which what is done
// with them is somebody's.
func (g *going) tiedSince(apart map[string]bool) map[string]event.Millis {
	if len(apart) == 0 {
		return nil
	}
	since := make(map[string]event.Millis, len(apart))
	for _, s := range g.sightings {
		if at, seen := since[s.Visitor]; apart[s.Visitor] && (!seen || s.At < at) {
			since[s.Visitor] = s.At
		}
	}
	return since
}

// deeds is what the hits are, each of the contact that it is of where one is known.
func (g *going) deeds(known map[contact.Identity]contact.ID, tied map[string]event.Millis) []Deed {
	var deeds []Deed
	for k := range g.hits {
		e := g.hits[k].event
		subject := ofVisitor + e.Visitor
		for _, i := range []contact.Identity{{Kind: contact.ByUser, Value: e.UserID}, {Kind: contact.ByVisitor, Value: e.AnonymousID}, {Kind: contact.ByVisitor, Value: e.Visitor}} {
			if id, is := known[i]; is {
				if i.Kind == contact.ByVisitor && e.At < tied[i.Value] {
					break // before it was known whose browser it is
				}
				subject = ofContact + string(id)
				break
			}
		}
		for _, w := range g.hits[k].watches {
			deeds = append(deeds, Deed{Subject: subject, Occurrence: condition.Occurrence{Watch: w, At: e.At, MessageID: e.MessageID}, Cookieless: e.Cookieless})
		}
	}
	return deeds
}

func contactOf(subject string) (contact.ID, bool) {
	if len(subject) > len(ofContact) && subject[:len(ofContact)] == ofContact {
		return contact.ID(subject[len(ofContact):]), true
	}
	return "", false
}

// sorted is the people of a set in one order, always: two transactions that touch the same
// people touch them in the same order.
func sorted[V any](set map[contact.ID]V) []contact.ID {
	list := make([]contact.ID, 0, len(set))
	for id := range set {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}
