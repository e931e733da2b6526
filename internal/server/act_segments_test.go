package server

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/store"
)

func viewed(page string, times, days int) object {
	return object{"did": object{"page": page, "op": "at-least", "times": times, "days": days}}
}

// ann and ben are contacts, cat is a visitor nobody knows the name of.
func newPeopleRig(t *testing.T) (*rig, store.WorkspaceID) {
	r, ws := newMeasuringRig(t)
	id := store.WorkspaceID(ws)
	_, err := r.server.deps.Store.Contacts.Upsert(t.Context(), id, []contact.Sighting{
		{At: tokyo(7, 9, 0), Address: "ann@example.jp", Name: "安", Visitor: "ann", Tags: []string{"展示会"}, Properties: map[string]contact.Value{"employees": {Kind: contact.Number, Number: 120}}},
		{At: tokyo(7, 9, 0), Address: "ben@example.jp", Name: "弁", Visitor: "ben"},
	})
	if err != nil {
		t.Fatal(err)
	}
	r.bring(someVisits(ws))
	return r, id
}

// stale has what is in memory compared with the state again.
func (r *rig) stale(ws store.WorkspaceID) {
	r.server.segments.changed(ws)
}

// A sample's clock stands still, and who has just brought somebody in counts them.
func TestWhoJustCameIsCounted(t *testing.T) {
	t.Parallel()
	r, _ := newPeopleRig(t)
	of := func(want int) {
		t.Helper()
		r.wantAt(r.must(200, "POST", "/api/workspaces/web/segments/count", object{"condition": object{"tag": "new"}}), want, "of")
	}
	of(2)
	id := r.must(201, "POST", contactsOf1, object{"address": "new@x.example"})["id"].(string)
	of(3)
	r.must(200, "DELETE", contactsOf1+"/"+id, nil)
	of(2)
}

func TestPeopleSegments(t *testing.T) {
	t.Parallel()
	r, ws := newPeopleRig(t)
	const base = "/api/workspaces/web/segments"
	db := r.server.deps.Store
	count := func(c object, people int) object {
		t.Helper()
		reply := r.must(200, "POST", base+"/count", object{"condition": c})
		r.wantAt(reply, people, "people")
		r.wantAt(reply, 2, "of")
		return reply
	}

	// While it is being built, what was done is read from the events.
	reply := count(viewed("/price", 2, 7), 1)
	r.wantAt(reply, "ann@example.jp", "examples", 0, "address")
	r.wantAt(reply, "「/price」のページを7日に2回以上見た", "sentence")
	if at(reply, "note") == "" {
		t.Error("nothing is said of visitors without a cookie")
	}
	count(viewed("/price", 3, 7), 0)
	count(viewed("/", 1, 7), 2)
	count(object{"not": viewed("/price", 1, 7)}, 1)
	count(object{"all": []any{viewed("/", 1, 7), object{"property": object{"key": "employees", "op": "at-least", "values": []string{"100"}}}}}, 1)
	count(object{"tag": "展示会"}, 1)
	count(object{"property": object{"key": "address", "op": "contains", "values": []string{"@example.jp"}}}, 2)
	count(object{"consent": object{"state": "none"}}, 2)
	ann := at(reply, "examples", 0, "id").(string)
	r.must(201, "POST", contactsOf1+"/"+ann+"/consents", object{"state": "refused"})
	r.stale(ws)
	count(object{"consent": object{"state": "refused"}}, 1)

	// What there is to build it from.
	choices := r.get(base + "/choices")
	r.wantAt(choices, "メールアドレス", "properties", 0, "label")
	r.wantAt(choices, "date", "properties", 3, "kind")
	r.wantAt(choices, object{"key": "employees", "label": "従業員数", "kind": "number", "values": []any{"120"}}, "properties", 6)
	if !slices.ContainsFunc(choices["usual"].([]any), func(one any) bool {
		return one.(object)["id"] == "Page Engaged" && one.(object)["name"] == "見ていた時間"
	}) {
		t.Errorf("a rule about the time on a page is read by its English name: %v", choices["usual"])
	}
	r.wantAt(choices, "展示会", "tags", 0)
	if pages := fmt.Sprint(at(choices, "pages")); !strings.Contains(pages, "/price") {
		t.Errorf("pages %s", pages)
	}

	// Saved, it is watched, and has its past.
	made := r.must(201, "POST", base, object{"name": "料金を見た人", "condition": viewed("/price", 2, 7)})
	r.wantAt(made, 1, "people")
	id := made["id"].(string)
	if err := r.server.watchOnce(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	watch := condition.WatchOf(condition.Matcher{Page: "/price"})
	if n, err := db.Occurrences.Count(t.Context(), ws, watch); err != nil || n < 2 {
		t.Errorf("%d occurrences, %v", n, err)
	}
	before, _ := db.Occurrences.Count(t.Context(), ws, watch)
	if err := r.server.watchOnce(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if after, _ := db.Occurrences.Count(t.Context(), ws, watch); after != before {
		t.Errorf("%d occurrences, then %d", before, after)
	}
	r.stale(ws)
	r.wantAt(r.get(base+"/"+id), 1, "people")
	people, _, err := db.Contacts.List(t.Context(), ws, store.ContactQuery{Search: "ben"})
	if err != nil || len(people) != 1 {
		t.Fatalf("%v, %v", people, err)
	}
	var more []store.Occurrence
	for i, message := range []string{"x1", "x2"} {
		more = append(more, store.Occurrence{Watch: watch, Subject: "c:" + string(people[0].ID), At: tokyo(9, 9, i), MessageID: message})
	}
	if _, err := db.Occurrences.Add(t.Context(), ws, more); err != nil {
		t.Fatal(err)
	}
	r.stale(ws)
	members := r.get(base + "/" + id + "/members?limit=1")
	r.wantAt(members, 2, "people")
	r.wantAt(members, "ben@example.jp", "members", 0, "address")
	r.wantAt(r.get(base+"/"+id+"/members?limit=1&offset=1"), "ann@example.jp", "members", 0, "address")

	// Segments within segments.
	outer := r.must(201, "POST", base, object{"name": "料金を見て展示会に来た人", "condition": object{"all": []any{object{"segment": id}, object{"tag": "展示会"}}}})
	r.wantAt(outer, 1, "people")
	r.wantAt(outer, "セグメント「料金を見た人」に入っている、かつタグ「展示会」が付いている", "sentence")
	r.must(409, "DELETE", base+"/"+id, nil)
	r.must(400, "PUT", base+"/"+id, object{"name": "輪", "condition": object{"segment": outer["id"]}})
	r.must(400, "POST", base+"/count", object{"condition": object{"segment": "nowhere"}})
	r.wantAt(r.get(base), 2, "segments", 0, "people")

	// An erased contact is gone from what is in memory, too.
	if _, err := db.Contacts.Erase(t.Context(), ws, people[0].ID, "test"); err != nil {
		t.Fatal(err)
	}
	r.stale(ws)
	r.wantAt(r.get(base+"/"+id), 1, "people")

	r.must(200, "PUT", base+"/"+id, object{"name": "料金", "condition": object{"tag": "展示会"}})
	if inUse, err := db.Watches.List(t.Context(), ws); err != nil || len(inUse) != 0 {
		t.Errorf("still watched: %+v, %v", inUse, err)
	}
	r.do("DELETE", base+"/"+outer["id"].(string), nil)
	if a := r.do("DELETE", base+"/"+id, nil); a.status != 204 {
		t.Errorf("delete: %d %s", a.status, a.text)
	}
	r.must(404, "GET", base+"/"+id, nil)

	wrong := r.must(422, "POST", base+"/count", object{"condition": object{"all": []any{object{"tag": "a"}, viewed("price", 1, 1)}}})
	if location, _ := at(wrong, "errors", 0, "location").(string); location != "body.condition.all[1].did.page:1:1" && location != "body.condition.all[1].did.page" {
		t.Errorf("the problem is at %q", location)
	}
}

func TestReplayOfCondition(t *testing.T) {
	t.Parallel()
	r, _ := newPeopleRig(t)
	const url = "/api/workspaces/web/segments/replay"
	reply := r.must(200, "POST", url, object{"condition": viewed("/price", 2, 7), "days": 14})
	r.wantAt(reply, 1, "people")
	r.wantAt(reply, 1, "entries")
	days := reply["days"].([]any)
	if len(days) != 14 {
		t.Fatalf("%d days", len(days))
	}
	for i, d := range days {
		want := 0
		if at(d, "from") == "2026-09-08" {
			want = 1
		}
		r.wantAt(days, want, i, "people")
	}
	reply = r.must(200, "POST", url, object{"condition": object{"all": []any{viewed("/*", 1, 1), object{"tag": "誰もいない"}}}, "days": 7})
	r.wantAt(reply, 3, "people")
	if note, _ := reply["note"].(string); note == "" {
		t.Error("it is not said what is left aside")
	}
	r.must(400, "POST", url, object{"condition": object{"tag": "展示会"}})
}

// Whoever may see numbers but no people reads what a condition asks: what there is to choose
// from is called by its names, without what is known of anybody.
func TestChoicesWithoutPeople(t *testing.T) {
	t.Parallel()
	a := newAgreeing(t)
	_, err := a.db.Contacts.Upsert(context.Background(), a.ws.ID, []contact.Sighting{{At: 1, Address: "ann@example.jp", Name: "Ann", Properties: map[string]contact.Value{"employees": contact.TextValue("秘密")}}})
	if err != nil {
		t.Fatal(err)
	}
	const path = "/api/workspaces/small/segments/choices"
	if all := a.owner.do("GET", path, nil); all.status != 200 || len(at(all.body, "owners").([]any)) == 0 {
		t.Errorf("owner: %d %s", all.status, all.text)
	}
	read := a.viewer.do("GET", path, nil)
	if read.status != 200 || len(at(read.body, "owners").([]any)) != 0 || strings.Contains(read.text, "秘密") || !strings.Contains(read.text, "従業員数") {
		t.Errorf("viewer: %d %s", read.status, read.text)
	}
	if got := a.guest.do("GET", path, nil); got.status != 403 {
		t.Errorf("guest: %d", got.status)
	}
}
