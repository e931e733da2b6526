package contact

import (
	"maps"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/event"
)

// Held is an identity somebody has, and when it was last said to be theirs.
type Held struct {
	Contact ID
	At      event.Millis
}

// Known is what is known of the people some sightings may be about: every contact that has
// one of their identities, and those identities.
type Known struct {
	Contacts   map[ID]*Contact
	Identities map[Identity]Held
}

// Merge says that From is now Into.
type Merge struct{ From, Into ID }

// Folded is what sightings have changed.
type Folded struct {
	// Of is whose each sighting was, in their order; "" for a visitor nobody knows.
	Of []ID
	// Created and Changed are ids of contacts, each once, in the order they were met; one
	// that was merged away is in neither. Repeated are those of whom the same was said again,
	// later: only the moments of it have changed.
	Created, Changed, Repeated []ID
	Merges                     []Merge            // in the order they happened, each led to its end
	Identities                 map[Identity]Held  // those that are new, newer or another's
	Companies                  map[string]Company // those the contacts created or changed work for
	Passings                   []Passing
}

// Passing is a browser that is now known to be somebody's: what it did before is theirs,
// where the law and the workspace allow to say so.
type Passing struct {
	Visitor  string
	From, To ID // From is "" where it was nobody's
}

// Fold takes sightings into what is known, which it changes.
//
// An address and a user id that are seen together are one person, and so is everybody who
// has one of them: contacts are merged. A browser never merges two people; it belongs to
// whoever was last known to use it. Nor does an office's address, such as info@: whoever
// gives it beside a user id is who that id is of, and it stays with whoever had it first.
func Fold(known Known, sightings []Sighting, now event.Millis, newID func() (ID, int64)) Folded {
	f := folding{Known: known, now: now, newID: newID, state: map[ID]state{}, into: map[ID]ID{},
		out: Folded{Of: make([]ID, len(sightings)), Identities: map[Identity]Held{}, Companies: map[string]Company{}}}
	for i, s := range sightings {
		f.out.Of[i] = f.take(s)
	}
	for i, id := range f.out.Of {
		f.out.Of[i] = f.end(id)
	}
	for i, m := range f.out.Merges {
		f.out.Merges[i].Into = f.end(m.Into)
	}
	for i, p := range f.out.Passings {
		f.out.Passings[i].To = f.end(p.To)
	}
	for _, id := range f.order {
		c, there := f.Contacts[id]
		if !there {
			continue
		}
		company := CompanyOf(c.Address, c.Properties[PropertyCompany].Text)
		if c.CompanyID = company.ID; company.ID != "" {
			f.out.Companies[company.ID] = company
		}
		switch f.state[id] {
		case created:
			f.out.Created = append(f.out.Created, id)
		case changed:
			f.out.Changed = append(f.out.Changed, id)
		default:
			f.out.Repeated = append(f.out.Repeated, id)
		}
	}
	return f.out
}

type state uint8

const (
	repeated state = 1
	changed  state = 2
	created  state = 3
)

type folding struct {
	Known
	now   event.Millis
	newID func() (ID, int64)
	state map[ID]state
	order []ID
	into  map[ID]ID
	out   Folded
}

// end is where an id leads after the merges so far.
func (f *folding) end(id ID) ID {
	for f.into[id] != "" {
		id = f.into[id]
	}
	return id
}

func (f *folding) touch(id ID, to state) {
	if f.state[id] == 0 {
		f.order = append(f.order, id)
	}
	f.state[id] = max(f.state[id], to)
}

func (f *folding) take(s Sighting) ID {
	var strong bool
	var found []ID
	s = f.withoutOffice(s)
	for _, identity := range s.Identities() {
		held, there := f.Identities[identity]
		strong = strong || identity.Strong()
		if there && (identity.Strong() || !strong) && !slices.Contains(found, held.Contact) {
			found = append(found, held.Contact)
		}
	}
	var c *Contact
	switch {
	case len(found) == 0 && !strong:
		return ""
	case len(found) == 0:
		id, number := f.newID()
		c = &Contact{ID: id, Number: number, CreatedAt: f.now, UpdatedAt: f.now}
		f.Contacts[id] = c
		f.touch(id, created)
	default:
		c = f.Contacts[found[0]]
		for _, other := range found[1:] {
			c = f.merge(c, f.Contacts[other])
		}
	}
	f.hold(s, c)
	altered, newer := c.take(s)
	switch {
	case altered:
		c.UpdatedAt = max(c.UpdatedAt, f.now)
		f.touch(c.ID, changed)
	case newer:
		f.touch(c.ID, repeated)
	}
	return c.ID
}

// withoutOffice leaves an office's address out where it is another's than the user id says.
func (f *folding) withoutOffice(s Sighting) Sighting {
	if s.UserID == "" || !IsRole(s.Address) || strings.EqualFold(s.UserID, s.Address) {
		return s // one that is its own user id names the office itself
	}
	held, there := f.Identities[s.Identities()[0]]
	own, known := f.Identities[Identity{ByUser, s.UserID}]
	if there && (!known || own.Contact != held.Contact) {
		s.Address = ""
	}
	return s
}

// hold notes whose the sighting's identities are.
func (f *folding) hold(s Sighting, c *Contact) {
	office := s.UserID == "" && IsRole(s.Address)
	for _, identity := range s.Identities() {
		held, there := f.Identities[identity]
		if there && (identity.Strong() || s.At <= held.At) {
			continue
		}
		if there && office && held.Contact != c.ID {
			continue // somebody's own browser does not become the office's
		}
		if !identity.Strong() && held.Contact != c.ID {
			f.out.Passings = append(f.out.Passings, Passing{Visitor: identity.Value, From: held.Contact, To: c.ID})
		}
		f.Identities[identity] = Held{c.ID, s.At}
		f.out.Identities[identity] = Held{c.ID, s.At}
	}
}

// merge makes one of two contacts: the older stays.
func (f *folding) merge(a, b *Contact) *Contact {
	if b.Number < a.Number {
		a, b = b, a
	}
	a.Absorb(b)
	a.UpdatedAt = max(a.UpdatedAt, f.now)
	f.touch(a.ID, changed)
	delete(f.Contacts, b.ID)
	f.into[b.ID] = a.ID
	// One that was made and merged within the same fold was never there for anybody.
	if f.state[b.ID] != created {
		f.out.Merges = append(f.out.Merges, Merge{b.ID, a.ID})
	}
	for identity, held := range f.Identities {
		if held.Contact == b.ID {
			held.Contact = a.ID
			f.Identities[identity] = held
			f.out.Identities[identity] = held
		}
	}
	return a
}

// take puts what a sighting says into the contact, where it is newer; it reports whether a
// value has changed, and whether only the moment of one has.
func (c *Contact) take(s Sighting) (altered, newer bool) {
	other := Contact{Address: s.Address, Name: Clip(s.Name, MaxName), Owner: s.Owner, Tags: s.Tags, Properties: s.Properties, Said: map[string]event.Millis{}}
	for _, field := range []string{FieldAddress, FieldName, FieldOwner} {
		other.Said[field] = s.At
	}
	for key := range s.Properties {
		other.Said[FieldProperty+key] = s.At
	}
	return c.absorb(&other)
}

// Absorb takes another contact's values in. Of each value the one said last stays, tags are
// those of both, and an owner or a name is never lost to an empty one. It does not matter
// which of two absorbs the other, or in which order many do.
func (c *Contact) Absorb(other *Contact) {
	c.absorb(other)
	if other.CreatedAt < c.CreatedAt {
		c.CreatedAt = other.CreatedAt
	}
}

func (c *Contact) absorb(other *Contact) (altered, newer bool) {
	if c.Said == nil {
		c.Said = map[string]event.Millis{}
	}
	for _, line := range []struct {
		field      string
		mine, hers *string
	}{{FieldAddress, &c.Address, &other.Address}, {FieldName, &c.Name, &other.Name}, {FieldOwner, &c.Owner, &other.Owner}} {
		at := other.Said[line.field]
		if *line.hers == "" || *line.mine != "" && !later(at, c.Said[line.field], strings.Compare(*line.hers, *line.mine)) {
			continue
		}
		altered = altered || *line.mine != *line.hers
		newer = newer || c.Said[line.field] != at
		*line.mine, c.Said[line.field] = *line.hers, at
	}
	for _, key := range slices.Sorted(maps.Keys(other.Properties)) {
		value, at := other.Properties[key], other.Said[FieldProperty+key]
		mine, there := c.Properties[key]
		if there && !later(at, c.Said[FieldProperty+key], value.compare(mine)) || !there && len(c.Properties) >= MaxProperties {
			continue
		}
		if c.Properties == nil {
			c.Properties = map[string]Value{}
		}
		altered = altered || !there || mine != value
		newer = newer || c.Said[FieldProperty+key] != at
		c.Properties[key], c.Said[FieldProperty+key] = value, at
	}
	for _, tag := range other.Tags {
		if i, there := slices.BinarySearch(c.Tags, tag); !there && len(c.Tags) < MaxTags {
			c.Tags = slices.Insert(c.Tags, i, tag)
			altered = true
		}
	}
	return altered, newer
}

// later reports whether a value said at one moment takes the place of one said at another;
// of two said at once the greater.
func later(at, mine event.Millis, compared int) bool {
	return at > mine || at == mine && compared > 0
}
