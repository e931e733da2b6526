package storetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

func testContacts(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	now := event.Millis(clock.Now().UnixMilli())
	got := must(db.Contacts.Upsert(ctx, ws, []contact.Sighting{
		{At: 5, Address: "Tanaka@tokai.co.jp", UserID: "u1", Visitor: "v1", Name: "田中 美咲", Tags: []string{"展示会"},
			Properties: map[string]contact.Value{"company": contact.TextValue("東海精機"), "size": contact.NumberValue(220)}},
		{At: 6, Visitor: "nobody's"},
		{At: 7, Address: "sato@gmail.com", Owner: "o1", Name: `100%_\`},
	}))(t)
	tanaka, sato := got.Of[0], got.Of[2]
	if got.Of[1] != "" || len(got.Created) != 2 || len(got.Companies) != 1 {
		t.Fatalf("%+v", got)
	}
	one := must(db.Contacts.Get(ctx, ws, tanaka))(t)
	same(t, one, contact.Contact{ID: tanaka, Number: 1, Address: "Tanaka@tokai.co.jp", Name: "田中 美咲", CompanyID: one.CompanyID, Tags: []string{"展示会"},
		Properties: map[string]contact.Value{"company": contact.TextValue("東海精機"), "size": contact.NumberValue(220)}, CreatedAt: now, UpdatedAt: now,
		Said: map[string]event.Millis{"address": 5, "name": 5, "p.company": 5, "p.size": 5}})
	same(t, must(db.Companies.GetMany(ctx, ws, []string{one.CompanyID, "x"}))(t),
		map[string]contact.Company{one.CompanyID: {ID: one.CompanyID, Domain: "tokai.co.jp", Name: "東海精機"}})
	ok(t, db.Companies.Rename(ctx, ws, one.CompanyID, "東海精機株式会社"))
	wantErr(t, db.Companies.Rename(ctx, ws, "x", "x"), store.ErrNotFound{What: "company", Name: "x"})
	for q, want := range map[store.ContactQuery][]contact.ID{
		{}: {sato, tanaka}, {Search: "TANAKA@"}: {tanaka}, {Search: "東海"}: {tanaka}, {Search: `%_\`}: {sato}, {Search: "%"}: {sato}, {Search: "100"}: {sato},
		{Tag: "展示会"}: {tanaka}, {Tag: "展示"}: nil, {Owner: "o1"}: {sato}, {Owner: store.NoOwner}: {tanaka}, {Company: one.CompanyID}: {tanaka},
		{Since: now}: {sato, tanaka}, {Since: now + 1}: nil, {Until: now}: nil, {Search: "a\x00"}: nil,
		{Limit: 1}: {sato}, {Limit: 1, Offset: 1}: {tanaka},
	} {
		list, total, err := db.Contacts.List(ctx, ws, q)
		ok(t, err)
		var ids []contact.ID
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		if !slices.Equal(ids, want) || q.Limit == 0 && total != len(want) {
			t.Errorf("%+v: %v of %d, want %v", q, ids, total, want)
		}
	}
	same(t, len(must(db.Contacts.After(ctx, ws, 1, 0))(t)), 1)
	same(t, must(db.Contacts.Tags(ctx, ws))(t), map[string]int{"展示会": 1})
	same(t, must(db.Contacts.Identities(ctx, ws, tanaka))(t), []contact.Identity{{Kind: "address", Value: "tanaka@tokai.co.jp"}, {Kind: "user", Value: "u1"}, {Kind: "visitor", Value: "v1"}})

	clock.Advance(time.Second)
	name, owner, taken := "田中", "o2", "SATO@gmail.com"
	after := must(db.Contacts.Change(ctx, ws, tanaka, store.ContactEdit{Name: &name, Owner: &owner, AddTags: []string{"既存"}, DropTags: []string{"展示会"},
		Properties: map[string]*contact.Value{"size": nil, "plan": {Kind: contact.Text, Text: "pro"}}, By: "営業"}))(t)
	same(t, must(db.Contacts.Get(ctx, ws, tanaka))(t), after)
	same(t, after.Tags, []string{"既存"})
	_, err := db.Contacts.Change(ctx, ws, tanaka, store.ContactEdit{Address: &taken})
	wantErr(t, err, store.ErrExists{What: "contact", Name: string(sato)})
	_, err = db.Contacts.Change(ctx, ws, "nobody", store.ContactEdit{})
	wantErr(t, err, store.ErrNotFound{What: "contact", Name: "nobody"})
	// What a person wrote is not undone by what was said before.
	must(db.Contacts.Upsert(ctx, ws, []contact.Sighting{{At: 9, UserID: "u1", Name: "たなか", Owner: "o9"}}))(t)
	same(t, must(db.Contacts.Get(ctx, ws, tanaka))(t), after)
	moments := must(db.Moments.List(ctx, ws, tanaka, 0, 0))(t)
	if len(moments) != 1 || moments[0].Kind != contact.MomentOwner || moments[0].Text != "o2" || moments[0].By != "営業" {
		t.Errorf("%+v", moments)
	}

	// Two become one: the older id stays, the other leads to it, and everything follows.
	ok(t, db.Moments.Add(ctx, ws, []contact.Moment{{ID: "n1", Contact: sato, At: 3, Kind: contact.MomentNote, Text: "電話", Body: []byte(`{"a":1}`)}}))
	merged := must(db.Contacts.Merge(ctx, ws, sato, tanaka, "営業"))(t)
	if merged.ID != tanaka || merged.Name != "田中" || must(db.Contacts.Get(ctx, ws, sato))(t).ID != tanaka {
		t.Errorf("%+v", merged)
	}
	same(t, must(db.Contacts.Leads(ctx, ws, []contact.ID{sato, tanaka}))(t), map[contact.ID]contact.ID{sato: tanaka})
	same(t, len(must(db.Contacts.GetMany(ctx, ws, []contact.ID{sato, tanaka, "x"}))(t)), 2)
	ok(t, db.Moments.Add(ctx, ws, []contact.Moment{{ID: "n1", Contact: sato}, {ID: "n2", Contact: sato, At: 4, Kind: contact.MomentNote}}))
	var kinds []contact.MomentKind
	for _, m := range must(db.Moments.List(ctx, ws, tanaka, 0, 0))(t) {
		kinds = append(kinds, m.Kind)
	}
	slices.Sort(kinds)
	same(t, kinds, []contact.MomentKind{"merge", "note", "note", "owner"})
	same(t, len(must(db.Moments.List(ctx, ws, tanaka, 4, 0))(t)), 1)
	same(t, len(must(db.Moments.List(ctx, ws, tanaka, 0, 2))(t)), 2)
	same(t, must(db.Moments.Touched(ctx, ws, now, now+2000))(t), []contact.ID{tanaka})
	same(t, len(must(db.Moments.Touched(ctx, ws, 5, 9))(t)), 0)
	must(db.Contacts.Merge(ctx, ws, sato, tanaka, ""))(t) // one already
	// A number is never given twice.
	next := must(db.Contacts.Upsert(ctx, ws, []contact.Sighting{{At: 1, Address: "new@x.jp"}}))(t)
	same(t, must(db.Contacts.Get(ctx, ws, next.Of[0]))(t).Number, 3)
	_, err = db.Contacts.Upsert(ctx, "nowhere", nil)
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	if err := db.Moments.Add(ctx, ws, []contact.Moment{{Contact: tanaka, Body: []byte("{")}}); err == nil {
		t.Error("a body that is no JSON")
	}
	if _, err := db.Contacts.Upsert(ctx, ws, []contact.Sighting{{UserID: "a\x00b"}}); err == nil {
		t.Error("an id with NUL")
	}
}

// peopleOf is who there is by what they are known by, without ids.
func peopleOf(t testing.TB, db *store.DB, ws store.WorkspaceID) []string {
	t.Helper()
	var list []string
	for _, c := range must(db.Contacts.After(t.Context(), ws, 0, 0))(t) {
		text := fmt.Sprint(c.Address, "|", c.Name, "|", c.Owner, "|", c.Tags, "|", c.CompanyID)
		for _, identity := range must(db.Contacts.Identities(t.Context(), ws, c.ID))(t) {
			text += fmt.Sprint("|", identity)
		}
		for _, key := range slices.Sorted(maps.Keys(c.Properties)) {
			text += fmt.Sprint("|", key, c.Properties[key], c.Said[contact.FieldProperty+key])
		}
		list = append(list, text)
	}
	slices.Sort(list)
	return list
}

// In any order, in any parts, however often: the same people.
func testContactOrder(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	count := 0
	rapid.Check(t, func(r *rapid.T) {
		count++
		if count > 25 {
			return // each draw writes to a real database
		}
		n := rapid.IntRange(2, 10).Draw(r, "n")
		var list []contact.Sighting
		for i := range n {
			pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(r, label) }
			s := contact.Sighting{At: event.Millis(10 + i), Address: pick("address", "", "a@x.jp", "b@x.jp", "c@y.jp"), UserID: pick("user", "", "u1", "u2", "u3"),
				Visitor: pick("visitor", "", "v1", "v2"), Name: pick("name", "", "田中", "佐藤"), Owner: pick("owner", "", "o1")}
			if tag := pick("tag", "", "x", "y"); tag != "" {
				s.Tags = []string{tag}
				s.Properties = map[string]contact.Value{"k": contact.TextValue(tag)}
			}
			if s.Address+s.UserID != "" {
				list = append(list, s)
			}
		}
		ours, theirs := workspace(t, db, fmt.Sprint("straight", count)), workspace(t, db, fmt.Sprint("shuffled", count))
		must(db.Contacts.Upsert(t.Context(), ours, list))(t)
		for _, s := range rapid.Permutation(list).Draw(r, "order") {
			must(db.Contacts.Upsert(t.Context(), theirs, []contact.Sighting{s}))(t)
		}
		if diff := cmp.Diff(peopleOf(t, db, ours), peopleOf(t, db, theirs)); diff != "" {
			r.Fatalf("two orders give other people:\n%s", diff)
		}
	})
}

// What need not be kept any longer goes; what mail rests on, or stops it, stays.
func testConsentSweep(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	const year = event.Millis(366 * 24 * 60 * 60 * 1000)
	who := must(db.Contacts.Upsert(ctx, ws, []contact.Sighting{{At: 1, Address: "a@x.jp"}, {At: 1, Address: "b@x.jp"}}))(t)
	record := func(key, address, topic string, at event.Millis) contact.Consent {
		return contact.Consent{Key: key, Address: address, Topic: topic, Basis: contact.Agreed, State: contact.Granted, At: at, Text: "読む"}
	}
	unsure := record("a/unsure", "a@x.jp", "seminar", 2*year)
	unsure.Double = true
	must(db.Consents.Add(ctx, ws, []contact.Consent{
		record("a/1", "a@x.jp", "", year), record("a/2", "a@x.jp", "", 2*year), record("a/news", "a@x.jp", "news", year),
		record("a/seminar", "a@x.jp", "seminar", year), unsure,
		record("b/1", "b@x.jp", "", year), record("b/2", "b@x.jp", "", 2*year),
		{Key: "a/no", Address: "a@x.jp", State: contact.Refused, At: year}, {Key: "a/no2", Address: "a@x.jp", State: contact.Refused, At: year + 1},
	}))(t)
	// A mail went to b later: what was said then has to be shown longer.
	ok(t, db.Deliveries.Add(ctx, ws, []store.MailDelivery{{MessageID: "m", Contact: who.Of[1], Cause: "x", Class: "accepted", At: 4 * year}}))
	keys := func() (list []string) {
		for _, records := range must(db.Consents.Of(ctx, ws, []string{"a@x.jp", "b@x.jp"}))(t) {
			for _, one := range records {
				list = append(list, one.Key)
			}
		}
		slices.Sort(list)
		return list
	}
	same(t, must(db.Consents.Sweep(ctx, ws, 4*year))(t), 0)
	same(t, must(db.Consents.Sweep(ctx, ws, 4*year+2))(t), 2)
	same(t, keys(), []string{"a/2", "a/news", "a/no2", "a/seminar", "a/unsure", "b/1", "b/2"})
	same(t, must(db.Consents.Sweep(ctx, ws, 7*year))(t), 0)
	same(t, must(db.Consents.Sweep(ctx, ws, 7*year+1))(t), 1)
	same(t, must(db.Consents.Sweep(ctx, ws, 99*year))(t), 0)
	same(t, must(db.Consents.Topics(ctx, ws))(t), []string{"news", "seminar"})
}

// What the columns of segments are read from is the same on every database.
func testContactColumns(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	now := func() event.Millis { return event.Millis(clock.Now().UnixMilli()) }
	same(t, must(db.Contacts.State(ctx, ws))(t), store.ContactsState{})
	made := must(db.Contacts.Upsert(ctx, ws, []contact.Sighting{{At: 1, Address: "a@x.jp"}, {At: 1, Address: "b@x.jp"}, {At: 1, UserID: "u"}}))(t)
	must(db.Contacts.Upsert(ctx, other, []contact.Sighting{{At: 1, Address: "a@x.jp"}}))(t)
	first := now()
	same(t, must(db.Contacts.State(ctx, ws))(t), store.ContactsState{Count: 3, Newest: first})
	clock.Advance(time.Minute)
	name := "安"
	must(db.Contacts.Change(ctx, ws, made.Of[1], store.ContactEdit{Name: &name}))(t)
	must(db.Consents.Add(ctx, ws, []contact.Consent{{Key: "k", Address: "a@x.jp", State: contact.Refused, At: 5}}))(t)
	ok(t, db.Suppressions.Put(ctx, ws, []store.SuppressedAddress{{Address: "b@x.jp", Suppression: contact.Suppression{Reason: contact.ByHand, At: 7}}}))
	same(t, must(db.Contacts.State(ctx, ws))(t), store.ContactsState{Count: 3, Newest: now(), Refused: 2, Said: 7})
	numbers := func(list []contact.Contact) (out []int64) {
		for _, c := range list {
			out = append(out, c.Number)
		}
		slices.Sort(out)
		return out
	}
	same(t, numbers(must(db.Contacts.ChangedSince(ctx, ws, first, 0, 0))(t)), []int64{1, 2, 3})
	same(t, numbers(must(db.Contacts.ChangedSince(ctx, ws, first, 1, 1))(t)), []int64{2})
	same(t, numbers(must(db.Contacts.ChangedSince(ctx, ws, now(), 0, 0))(t)), []int64{2})
	same(t, numbers(must(db.Contacts.ByNumber(ctx, ws, []int64{3, 1, 9}))(t)), []int64{1, 3})
	same(t, must(db.Contacts.Numbers(ctx, ws))(t), []int64{1, 2, 3})

	of := func(at event.Millis, watch condition.Watch, who contact.ID, id string) store.Occurrence {
		return did(watch, "c:"+string(who), at, id)
	}
	must(db.Occurrences.Add(ctx, ws, []store.Occurrence{of(10, "price", made.Of[0], "m1"), of(30, "case", made.Of[0], "m2"), did("price", "v:x", 40, "m3")}))(t)
	before := must(db.Occurrences.Revision(ctx, ws))(t)
	must(db.Occurrences.Add(ctx, ws, []store.Occurrence{of(20, "price", made.Of[2], "m4")}))(t)
	same(t, len(collect(t, db.Occurrences.Numbered(ctx, ws, 0))), 3)
	same(t, collect(t, db.Occurrences.Numbered(ctx, ws, before)), []store.NumberedOccurrence{{Watch: "price", Number: 3, At: 20}})
	same(t, must(db.Occurrences.Latest(ctx, ws, []string{"c:" + string(made.Of[0]), "v:x", "c:nobody"}))(t),
		map[string]condition.Occurrence{"c:" + string(made.Of[0]): {Watch: "case", At: 30}, "v:x": {Watch: "price", At: 40}})

	card := must(db.ScoreCards.Create(ctx, ws, store.NewScoreCard{Name: "c", Body: []byte("{}")}))(t)
	ok(t, db.Scores.Put(ctx, ws, []store.Scored{{Card: card.ID, Subject: "c:" + string(made.Of[1]), Points: 12_000}, {Card: card.ID, Subject: "v:x", Points: 1}}))
	same(t, collect(t, db.Scores.Numbered(ctx, ws, card.ID)), []store.NumberedScore{{Number: 2, Points: 12_000}})
}

func testConsents(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	card := contact.Consent{Key: "list/1", Address: "a@x.jp", Basis: contact.OnPaper, State: contact.Granted, At: 5, Source: "展示会 2026", Text: "名刺", Operator: "田中"}
	asked := contact.Consent{Key: "form/1", Address: "a@x.jp", Basis: contact.Agreed, Topic: "news", State: contact.Granted, At: 6, Form: "f", FormVersion: 2,
		Text: "お知らせを受け取る", Lang: "ja", IP: "203.0.113.9", UserAgent: "Firefox", Notice: "2026-04", Double: true}
	same(t, must(db.Consents.Add(ctx, ws, []contact.Consent{card, asked}))(t), 2)
	again := card
	again.At = 99
	same(t, must(db.Consents.Add(ctx, ws, []contact.Consent{again, {Address: "b@x.jp", State: contact.Refused, At: 1}}))(t), 1)
	of := must(db.Consents.Of(ctx, ws, []string{"a@x.jp", "b@x.jp", "c@x.jp"}))(t)
	if len(of) != 2 || len(of["a@x.jp"]) != 2 || len(of["b@x.jp"]) != 1 {
		t.Fatalf("%+v", of)
	}
	card.ID, asked.ID = of["a@x.jp"][0].ID, of["a@x.jp"][1].ID
	same(t, of["a@x.jp"], []contact.Consent{card, asked})
	asked.ConfirmedAt = 20
	same(t, must(db.Consents.AskedBy(ctx, ws))(t), map[store.FormID]store.Asked{store.FormID(asked.Form): {Asked: 1}})
	same(t, must(db.Consents.Confirm(ctx, ws, "form/1", 20))(t), asked)
	same(t, must(db.Consents.AskedBy(ctx, ws))(t)[store.FormID(asked.Form)].Confirmed, 1)
	same(t, must(db.Consents.Confirm(ctx, ws, "form/1", 30))(t), asked)
	for _, key := range []string{"list/1", "x"} {
		_, err := db.Consents.Confirm(ctx, ws, key, 1)
		wantErr(t, err, store.ErrNotFound{What: "consent", Name: key})
	}
	if _, err := db.Consents.Add(ctx, ws, []contact.Consent{{Address: "a@x.jp", State: contact.Granted, At: 1}}); !errors.As(err, new(*contact.ValueError)) {
		t.Errorf("no basis: %v", err)
	}

	stop := func(address, topic string, reason contact.Reason) {
		t.Helper()
		ok(t, db.Suppressions.Put(ctx, ws, []store.SuppressedAddress{{Address: address, Suppression: contact.Suppression{Topic: topic, Reason: reason, At: 7, By: "b", Note: "n"}}}))
	}
	same(t, len(must(db.Suppressions.Of(ctx, ws, []string{"a@x.jp"}))(t)), 0)
	stop("a@x.jp", "", contact.Unsubscribed)
	stop("A@x.jp", "", contact.Complained) // stopped already
	stop("a@x.jp", "news", contact.ByHand)
	stopped := must(db.Suppressions.Of(ctx, ws, []string{"a@x.jp", "b@x.jp"}))(t)
	same(t, stopped, map[string][]contact.Suppression{"a@x.jp": {{Reason: contact.Unsubscribed, At: 7, By: "b", Note: "n"}, {Topic: "news", Reason: contact.ByHand, At: 7, By: "b", Note: "n"}}})
	same(t, must(db.Suppressions.Count(ctx, ws))(t), map[contact.Reason]int{contact.Unsubscribed: 1, contact.ByHand: 1})
	same(t, must(db.Suppressions.RefusedBy(ctx, ws, "n"))(t), map[string]int{"n": 1})
	same(t, must(db.Suppressions.RefusedBy(ctx, ws, "_"))(t), map[string]int{})
	if err := db.Suppressions.Lift(ctx, ws, "a@x.jp", "", "田中", "  "); err == nil {
		t.Error("lifted without a reason")
	}
	ok(t, db.Suppressions.Lift(ctx, ws, "a@x.jp", "", "田中", "電話で希望"))
	wantErr(t, db.Suppressions.Lift(ctx, ws, "a@x.jp", "", "田中", "x"), store.ErrNotFound{What: "suppression", Name: ""})
	if lifted := must(db.Suppressions.Of(ctx, ws, []string{"a@x.jp"}))(t)["a@x.jp"][0].Lifted; lifted != event.Millis(clock.Now().UnixMilli()) {
		t.Errorf("lifted at %d", lifted)
	}
	stop("a@x.jp", "", contact.Complained)
	same(t, must(db.Suppressions.Of(ctx, ws, []string{"a@x.jp"}))(t)["a@x.jp"][0], contact.Suppression{Reason: contact.Complained, At: 7, By: "b", Note: "n"})
	if err := db.Suppressions.Put(ctx, ws, []store.SuppressedAddress{{Address: "x"}}); err == nil {
		t.Error("stopped without a reason")
	}
}

// Whoever asks to be forgotten is gone, but for the hash that keeps mail from them, however
// they come back.
func testErasing(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	sightings := []contact.Sighting{
		{At: 1, Address: "tanaka@tokai.co.jp", Visitor: "v1", Name: "田中", Properties: map[string]contact.Value{"company": contact.TextValue("東海精機")}},
		{At: 2, UserID: "u1"}, {At: 3, UserID: "u1", Address: "tanaka@tokai.co.jp"}, {At: 4, Address: "other@x.jp"},
	}
	made := must(db.Contacts.Upsert(ctx, ws, sightings[:2]))(t)
	must(db.Contacts.Upsert(ctx, ws, sightings[2:]))(t)
	consent := contact.Consent{Address: "tanaka@tokai.co.jp", Basis: contact.Agreed, State: contact.Granted, At: 1, Key: "k"}
	must(db.Consents.Add(ctx, ws, []contact.Consent{consent}))(t)
	ok(t, db.Moments.Add(ctx, ws, []contact.Moment{{ID: "n", Contact: made.Of[0], Kind: contact.MomentNote, Text: "tanaka"}}))
	gone := must(db.Contacts.Erase(ctx, ws, made.Of[1], "管理者"))(t) // by the id that was merged away
	same(t, gone, store.ErasedContact{IDs: []contact.ID{made.Of[0], made.Of[1]}, Identities: []contact.Identity{
		{Kind: "address", Value: "tanaka@tokai.co.jp"}, {Kind: "user", Value: "u1"}, {Kind: "visitor", Value: "v1"}}})
	for _, id := range made.Of {
		_, err := db.Contacts.Get(ctx, ws, id)
		wantErr(t, err, store.ErrNotFound{What: "contact", Name: string(id)})
		same(t, len(must(db.Moments.List(ctx, ws, id, 0, 0))(t)), 0)
	}
	same(t, len(must(db.Consents.Of(ctx, ws, []string{"tanaka@tokai.co.jp"}))(t)), 0)
	same(t, len(must(db.Contacts.Find(ctx, ws, gone.Identities))(t)), 0)
	kept := strings.ToLower(fmt.Sprintf("%+v", dump(t, db, ws)))
	for _, word := range []string{"tanaka", "田中", "東海精機"} {
		if strings.Contains(kept, word) {
			t.Errorf("%q is still there", word)
		}
	}
	// The same list again, with a fresh consent on it.
	must(db.Contacts.Upsert(ctx, ws, sightings))(t)
	must(db.Consents.Add(ctx, ws, []contact.Consent{consent}))(t)
	const address = "tanaka@tokai.co.jp"
	verdict := contact.MaySend(must(db.Consents.Of(ctx, ws, []string{address}))(t)[address], must(db.Suppressions.Of(ctx, ws, []string{address}))(t)[address],
		"", contact.Marketing, event.Millis(time.Now().Add(time.Hour).UnixMilli()))
	if verdict.May {
		t.Errorf("who was erased is sent to again: %+v", verdict)
	}
	_, err := db.Contacts.Erase(ctx, ws, "nobody", "")
	wantErr(t, err, store.ErrNotFound{What: "contact", Name: "nobody"})
}

// Several at once tell of the same people: nobody is there twice.
func testContactsAtOnce(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ws := workspace(t, db, "a")
	done := make(chan error, 4)
	for i := range 4 {
		go func() {
			for k := range 10 {
				_, err := db.Contacts.Upsert(t.Context(), ws, []contact.Sighting{{At: event.Millis(k + 1), Address: fmt.Sprintf("p%d@x.jp", k), UserID: fmt.Sprint("u", (k+i)%10)}})
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range 4 {
		ok(t, <-done)
	}
	// Every address is tied to every user by somebody: they are all one.
	same(t, len(must(db.Contacts.After(t.Context(), ws, 0, 0))(t)), 1)
	same(t, len(must(db.Contacts.Identities(t.Context(), ws, must(db.Contacts.After(t.Context(), ws, 0, 0))(t)[0].ID))(t)), 20)
}
