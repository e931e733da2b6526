package storetest

import (
	"context"
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/store"
)

// known is all that can be read of the people of one workspace.
type known struct {
	Contacts []contact.Contact
	Known    map[contact.Identity]contact.ID
	Firms    map[string]contact.Company
	Allowed  map[string][]contact.Consent
	Stopped  map[string][]contact.Suppression
	Moments  []contact.Moment
}

func dumpContacts(t testing.TB, from store.Repositories, ws store.WorkspaceID) known {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	s := known{
		Contacts: must(from.Contacts.After(ctx, ws, 0, 0))(t),
		Allowed:  must(from.Consents.Of(ctx, ws, []string{"one@x.jp"}))(t),
		Stopped:  must(from.Suppressions.Of(ctx, ws, []string{"one@x.jp"}))(t),
		Known:    map[contact.Identity]contact.ID{}, Firms: map[string]contact.Company{},
	}
	for _, c := range s.Contacts {
		identities := must(from.Contacts.Identities(ctx, ws, c.ID))(t)
		for identity, id := range must(from.Contacts.Find(ctx, ws, identities))(t) {
			s.Known[identity] = id
		}
		s.Moments = append(s.Moments, must(from.Moments.List(ctx, ws, c.ID, 0, 0))(t)...)
		for id, company := range must(from.Companies.GetMany(ctx, ws, []string{c.CompanyID}))(t) {
			s.Firms[id] = company
		}
	}
	if len(s.Contacts)+len(s.Allowed)+len(s.Stopped) == 0 {
		return known{}
	}
	return s
}

// fillContacts puts one person into a workspace, under the same names in each.
func fillContacts(t testing.TB, db *store.DB, ws store.WorkspaceID) (id contact.ID, company string) {
	t.Helper()
	ctx := t.Context()
	id = must(db.Contacts.Upsert(ctx, ws, []contact.Sighting{{At: 1, Address: "one@x.jp", UserID: "u", Name: "of " + string(ws), Tags: []string{"t"}}}))(t).Of[0]
	company = must(db.Contacts.Get(ctx, ws, id))(t).CompanyID
	must(db.Consents.Add(ctx, ws, []contact.Consent{{Key: "k", Address: "one@x.jp", Basis: contact.Agreed, State: contact.Granted, At: 1, Source: "of " + string(ws), Double: true}}))(t)
	ok(t, db.Suppressions.Put(ctx, ws, []store.SuppressedAddress{{Address: "one@x.jp", Suppression: contact.Suppression{Topic: "t", Reason: contact.ByHand, At: 1}}}))
	ok(t, db.Moments.Add(ctx, ws, []contact.Moment{{ID: "m", Contact: id, At: 1, Kind: contact.MomentNote, Text: "of " + string(ws)}}))
	return id, company
}

// contactAttempts are what one workspace tries with the people of another.
func contactAttempts(t *testing.T, db *store.DB, ours store.WorkspaceID, their filled) map[string]func(t *testing.T) {
	ctx := t.Context()
	noContact := store.ErrNotFound{What: "contact", Name: string(their.contact)}
	return map[string]func(t *testing.T){
		"Contacts.Upsert": func(t *testing.T) {
			same(t, len(must(db.Contacts.Upsert(ctx, ours, []contact.Sighting{{At: 9, Address: "one@x.jp", UserID: "u", Name: "ours"}, {At: 9, UserID: "w"}}))(t).Merges), 0)
		},
		"Contacts.Get": func(t *testing.T) {
			_, err := db.Contacts.Get(ctx, ours, their.contact)
			wantErr(t, err, noContact)
		},
		"Contacts.GetMany": func(t *testing.T) {
			same(t, len(must(db.Contacts.GetMany(ctx, ours, []contact.ID{their.contact}))(t)), 0)
		},
		"Contacts.List": func(t *testing.T) {
			list, _, err := db.Contacts.List(ctx, ours, store.ContactQuery{Search: "of "})
			ok(t, err)
			same(t, len(list), 0)
		},
		"Contacts.After": func(t *testing.T) {
			for _, c := range must(db.Contacts.After(ctx, ours, 0, 0))(t) {
				same(t, c.ID == their.contact, false)
			}
		},
		"Contacts.State": func(t *testing.T) { must(db.Contacts.State(ctx, ours))(t) },
		"Contacts.ChangedSince": func(t *testing.T) {
			for _, c := range must(db.Contacts.ChangedSince(ctx, ours, 0, 0, 100))(t) {
				same(t, c.ID == their.contact, false)
			}
		},
		"Contacts.Numbers": func(t *testing.T) {
			same(t, len(must(db.Contacts.Numbers(ctx, ours))(t)), len(must(db.Contacts.After(ctx, ours, 0, 0))(t)))
		},
		"Contacts.Tags": func(t *testing.T) { same(t, len(must(db.Contacts.Tags(ctx, ours))(t)), 0) },
		"Contacts.Find": func(t *testing.T) {
			for _, id := range must(db.Contacts.Find(ctx, ours, []contact.Identity{{Kind: contact.ByUser, Value: "u"}}))(t) {
				same(t, id == their.contact, false)
			}
		},
		"Contacts.Identities": func(t *testing.T) { same(t, len(must(db.Contacts.Identities(ctx, ours, their.contact))(t)), 0) },
		"Contacts.Addresses": func(t *testing.T) {
			same(t, len(must(db.Contacts.Addresses(ctx, ours, []contact.ID{their.contact}))(t)), 0)
		},
		"Contacts.NameThemselves": func(t *testing.T) {
			ok(t, db.Contacts.NameThemselves(ctx, ours, []contact.ID{their.contact}))
			same(t, len(must(db.Contacts.Find(ctx, ours, []contact.Identity{{Kind: contact.ByUser, Value: string(their.contact)}}))(t)), 0)
		},
		"Contacts.Leads": func(t *testing.T) {
			same(t, len(must(db.Contacts.Leads(ctx, ours, []contact.ID{their.contact}))(t)), 0)
		},
		"Contacts.Change": func(t *testing.T) {
			_, err := db.Contacts.Change(ctx, ours, their.contact, store.ContactEdit{})
			wantErr(t, err, noContact)
		},
		"Contacts.Merge": func(t *testing.T) {
			own := must(db.Contacts.Upsert(ctx, ours, []contact.Sighting{{At: 9, UserID: "own"}}))(t).Of[0]
			_, err := db.Contacts.Merge(ctx, ours, own, their.contact, "")
			wantErr(t, err, noContact)
		},
		"Contacts.Erase": func(t *testing.T) {
			_, err := db.Contacts.Erase(ctx, ours, their.contact, "")
			wantErr(t, err, noContact)
			must(db.Contacts.Erase(ctx, ours, must(db.Contacts.Upsert(ctx, ours, []contact.Sighting{{At: 9, Address: "one@x.jp"}}))(t).Of[0], ""))(t)
		},
		"Companies.GetMany": func(t *testing.T) {
			for _, c := range must(db.Companies.GetMany(ctx, ours, []string{their.company}))(t) {
				same(t, c.Name, "")
			}
		},
		"Companies.Rename": func(t *testing.T) { _ = db.Companies.Rename(ctx, ours, their.company, "ours") },
		"Consents.Add": func(t *testing.T) {
			must(db.Consents.Add(ctx, ours, []contact.Consent{{Key: "k", Address: "one@x.jp", State: contact.Refused, At: 1}}))(t)
		},
		"Consents.Topics": func(t *testing.T) { must(db.Consents.Topics(ctx, ours))(t) },
		"Consents.Sweep":  func(t *testing.T) { must(db.Consents.Sweep(ctx, ours, 1<<60))(t) },
		"Consents.Of": func(t *testing.T) {
			for _, c := range must(db.Consents.Of(ctx, ours, []string{"one@x.jp"}))(t)["one@x.jp"] {
				same(t, c.Source, "")
			}
		},
		"Consents.AskedBy": func(t *testing.T) {
			must(db.Consents.AskedBy(ctx, ours))(t)
		},
		"Consents.Confirm": func(t *testing.T) {
			_, err := db.Consents.Confirm(ctx, ours, "k", 9)
			wantErr(t, err, store.ErrNotFound{What: "consent", Name: "k"})
		},
		"Suppressions.Put": func(t *testing.T) {
			ok(t, db.Suppressions.Put(ctx, ours, []store.SuppressedAddress{{Address: "one@x.jp", Suppression: contact.Suppression{Topic: "t", Reason: contact.Erased, At: 9}}}))
		},
		"Suppressions.Of": func(t *testing.T) {
			for _, s := range must(db.Suppressions.Of(ctx, ours, []string{"one@x.jp"}))(t)["one@x.jp"] {
				same(t, s.Reason, contact.Erased)
			}
		},
		"Suppressions.Lift":      func(t *testing.T) { _ = db.Suppressions.Lift(ctx, ours, "one@x.jp", "t", "us", "ours") },
		"Suppressions.RefusedBy": func(t *testing.T) { same(t, len(must(db.Suppressions.RefusedBy(ctx, ours, ""))(t)), 0) },
		"Suppressions.Count": func(t *testing.T) {
			same(t, must(db.Suppressions.Count(ctx, ours))(t)[contact.ByHand], 0)
		},
		"Moments.Add": func(t *testing.T) {
			ok(t, db.Moments.Add(ctx, ours, []contact.Moment{{ID: "m", Contact: their.contact, At: 9, Kind: contact.MomentNote, Text: "ours"}}))
		},
		"Moments.List": func(t *testing.T) {
			for _, m := range must(db.Moments.List(ctx, ours, their.contact, 0, 0))(t) {
				same(t, m.Text, "ours")
			}
		},
		"Moments.Touched": func(t *testing.T) {
			same(t, slices.Contains(must(db.Moments.Touched(ctx, ours, 0, 1<<60))(t), their.contact), false)
		},
	}
}
