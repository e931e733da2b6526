package contact_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// people keeps contacts in memory, as a store would.
type people struct {
	contact.Known
	count int64
}

func newPeople() *people {
	return &people{Known: contact.Known{Contacts: map[contact.ID]*contact.Contact{}, Identities: map[contact.Identity]contact.Held{}}}
}

func (p *people) see(list ...contact.Sighting) contact.Folded {
	return contact.Fold(p.Known, list, 100, func() (contact.ID, int64) {
		p.count++
		return contact.ID(fmt.Sprint("c", p.count)), p.count
	})
}

// picture is who there is, without the ids that depend on who came first.
func (p *people) picture() []string {
	var list []string
	for id, c := range p.Contacts {
		var known []string
		for identity, held := range p.Identities {
			if held.Contact == id {
				if identity.Strong() {
					held.At = 0 // theirs whenever it was first said
				}
				known = append(known, fmt.Sprint(identity, held.At))
			}
		}
		slices.Sort(known)
		keys := slices.Sorted(maps.Keys(c.Properties))
		text := fmt.Sprint(known, c.Address, "|", c.Name, "|", c.Owner, "|", c.Tags, "|", c.CompanyID)
		for _, key := range keys {
			text += fmt.Sprint(key, "=", c.Properties[key], "@", c.Said[contact.FieldProperty+key])
		}
		list = append(list, text)
	}
	slices.Sort(list)
	return list
}

func drawSighting(t *rapid.T, at event.Millis) contact.Sighting {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	s := contact.Sighting{
		At: at, Address: pick("address", "", "", "a@x.jp", "b@x.jp", "c@gmail.com", "d@y.jp"), UserID: pick("user", "", "", "u1", "u2", "u3"),
		Visitor: pick("visitor", "", "v1", "v2"), Name: pick("name", "", "田中", "佐藤"), Owner: pick("owner", "", "o1", "o2"),
	}
	if tag := pick("tag", "", "展示会", "既存"); tag != "" {
		s.Tags = []string{tag}
	}
	if v := pick("size", "", "10", "200"); v != "" {
		s.Properties = map[string]contact.Value{"size": contact.TextValue(v), "company": contact.TextValue("会社" + v)}
	}
	return s
}

// In whatever order things are learned, in whatever parts, and however often: the people
// are the same. Visitors alone make nobody known, so they stay out of it.
func TestTheOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		list := make([]contact.Sighting, 0, n)
		for i := range n {
			// Distinct moments but for some: what is said at once is decided by its value.
			at := event.Millis(rapid.SampledFrom([]int{i * 10, i/2*10 + 5}).Draw(t, "at"))
			s := drawSighting(t, at)
			if s.Address == "" && s.UserID == "" {
				continue
			}
			if s.Visitor != "" {
				s.At = event.Millis(i * 10) // whose a browser is at one moment, one only can say
			}
			list = append(list, s)
		}
		straight := newPeople()
		straight.see(list...)
		shuffled := newPeople()
		for _, s := range rapid.Permutation(list).Draw(t, "order") {
			shuffled.see(s)
			if rapid.Bool().Draw(t, "again") {
				shuffled.see(s)
			}
		}
		if diff := cmp.Diff(straight.picture(), shuffled.picture()); diff != "" {
			t.Fatalf("two orders give other people (-straight +shuffled):\n%s", diff)
		}
		again := newPeople()
		again.see(list...)
		if folded := again.see(list...); len(folded.Changed)+len(folded.Created)+len(folded.Merges)+len(folded.Repeated) != 0 {
			t.Fatalf("the same again changes something: %+v", folded)
		}
	})
}

func TestWhoIsWho(t *testing.T) {
	t.Parallel()
	p := newPeople()
	first := p.see(contact.Sighting{At: 1, Address: "Tanaka@x.jp", Visitor: "v1", Name: "田中"})
	if first.Of[0] != "c1" || len(first.Created) != 1 || len(first.Passings) != 1 || first.Passings[0] != (contact.Passing{Visitor: "v1", To: "c1"}) {
		t.Fatalf("%+v", first)
	}
	// The browser alone is known to be theirs, and another one is nobody's.
	if got := p.see(contact.Sighting{At: 2, Visitor: "v1"}, contact.Sighting{At: 2, Visitor: "v9"}); got.Of[0] != "c1" || got.Of[1] != "" {
		t.Fatalf("%+v", got.Of)
	}
	// A shared computer makes one person of nobody.
	if got := p.see(contact.Sighting{At: 3, Address: "sato@x.jp", Visitor: "v1"}); got.Of[0] != "c2" || len(got.Merges) != 0 || got.Passings[0].From != "c1" {
		t.Fatalf("%+v", got)
	}
	p.see(contact.Sighting{At: 4, UserID: "u7", Owner: "eigyo"})
	// The same person signs in under the address: two become one, the older stays, with the owner.
	got := p.see(contact.Sighting{At: 5, UserID: "u7", Address: "tanaka@X.jp"})
	if len(got.Merges) != 1 || got.Merges[0] != (contact.Merge{From: "c3", Into: "c1"}) || got.Of[0] != "c1" {
		t.Fatalf("%+v", got)
	}
	c := p.Contacts["c1"]
	if c.Owner != "eigyo" || c.Name != "田中" || p.Contacts["c3"] != nil || p.Identities[contact.Identity{Kind: contact.ByUser, Value: "u7"}].Contact != "c1" {
		t.Errorf("%+v", c)
	}
	// A chain of merges leads to its end.
	p.see(contact.Sighting{At: 6, UserID: "a"}, contact.Sighting{At: 6, UserID: "b"}, contact.Sighting{At: 6, Address: "z@z.jp"})
	got = p.see(contact.Sighting{At: 7, UserID: "b", Address: "z@z.jp"}, contact.Sighting{At: 8, UserID: "a", Address: "z@z.jp"})
	for _, m := range got.Merges {
		if m.Into != got.Of[1] {
			t.Errorf("%+v does not lead to %s", m, got.Of[1])
		}
	}
}

func TestWhatEventsTell(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event event.Event
		want  contact.Sighting
		none  bool
	}{
		"identify": {event: event.Event{Kind: event.Identify, At: 5, UserID: "u1", AnonymousID: "v1", Properties: []byte(`{
			"email": "TANAKA@x.jp", "firstName": "美咲", "lastName": "田中", "company": {"name": "東海精機"}, "plan": "pro", "seats": 12,
			"trial": true, "since": "2026-04-01T00:00:00Z", "postcode": "1000001", "nothing": null, "list": [1, 2]}`)},
			want: contact.Sighting{At: 5, UserID: "u1", Visitor: "v1", Address: "TANAKA@x.jp", Name: "田中 美咲", Properties: map[string]contact.Value{
				"company": contact.TextValue("東海精機"), "plan": contact.TextValue("pro"), "seats": contact.NumberValue(12), "trial": contact.TruthValue(true),
				"since": contact.DateValue(1775001600000), "postcode": contact.TextValue("1000001"), "list": contact.TextValue("[1, 2]")}}},
		"an address for an id": {event: event.Event{Kind: event.Track, UserID: "a@x.jp", At: 1}, want: contact.Sighting{At: 1, UserID: "a@x.jp", Address: "a@x.jp"}},
		"cookieless":           {event: event.Event{Kind: event.Identify, UserID: "u", AnonymousID: "", Visitor: "hash", Cookieless: true}, want: contact.Sighting{UserID: "u"}},
		"broken traits":        {event: event.Event{Kind: event.Identify, UserID: "u", Properties: []byte(`{"email": 5, "name": ["x"]}`)}, want: contact.Sighting{UserID: "u", Properties: nil}},
		"a robot":              {event: event.Event{Kind: event.Identify, UserID: "u", Bot: "crawler"}, none: true},
		"nobody":               {event: event.Event{Kind: event.Page, AnonymousID: "v"}, none: true},
		"only a browser":       {event: event.Event{Kind: event.Identify, AnonymousID: "v", Properties: []byte(`{"plan":"x"}`)}, none: true},
	} {
		got, ok := contact.OfEvent(&c.event)
		if ok == c.none {
			t.Errorf("%s: %v", name, ok)
			continue
		}
		if diff := cmp.Diff(c.want, got); ok && diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func FuzzTraits(f *testing.F) {
	f.Add([]byte(`{"email":"a@x.jp","company":{"name":"x"},"n":1e300}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, _ := contact.OfEvent(&event.Event{Kind: event.Identify, UserID: "u", Properties: raw})
		for key, v := range s.Properties {
			if contact.CheckKey(key) != nil || v.Check() != nil {
				t.Fatalf("%q = %+v", key, v)
			}
		}
		if len(s.Name) > contact.MaxName || len(s.Properties) > contact.MaxProperties {
			t.Fatal("more than is kept")
		}
	})
}

// An office's mailbox is several people's: it never makes one person of two.
func TestOfficesMergeNobody(t *testing.T) {
	t.Parallel()
	p := newPeople()
	info := contact.Identity{Kind: contact.ByAddress, Value: "info@x.jp"}
	p.see(contact.Sighting{At: 1, Address: "tanaka@x.jp", Visitor: "v1"}, contact.Sighting{At: 2, UserID: "u1", Address: "info@x.jp"})
	for what, s := range map[string]contact.Sighting{
		"another user id beside it": {At: 3, UserID: "u2", Address: "info@x.jp"},
		"the same again":            {At: 4, UserID: "u2", Address: "info@x.jp"},
		"somebody's browser":        {At: 5, Address: "info@x.jp", Visitor: "v1"},
		"by itself":                 {At: 6, Address: "INFO@x.jp"},
	} {
		if got := p.see(s); len(got.Merges) != 0 {
			t.Errorf("%s: %+v", what, got.Merges)
		}
	}
	of := func(i contact.Identity) contact.ID { return p.Identities[i].Contact }
	if of(info) != "c2" || of(contact.Identity{Kind: contact.ByUser, Value: "u2"}) != "c3" || p.Contacts["c3"].Address != "" {
		t.Errorf("%+v", p.Identities)
	}
	if of(contact.Identity{Kind: contact.ByVisitor, Value: "v1"}) != "c1" {
		t.Error("somebody's browser became the office's")
	}
	// Who uses it as a user id means the office.
	if got := p.see(contact.Sighting{At: 7, UserID: "soumu@x.jp", Address: "soumu@x.jp"}, contact.Sighting{At: 8, Address: "soumu@x.jp"}); got.Of[0] != got.Of[1] {
		t.Errorf("%+v", got.Of)
	}
}
