package server

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
)

func tagging() object {
	return object{
		"name": "料金を見た方へ", "kpi": "inquiries",
		"trigger": object{"condition": viewed("/price", 2, 7)},
		"steps": []any{
			object{"id": "wait", "wait": object{"for": object{"amount": 2, "unit": "days"}}, "next": "tag"},
			object{"id": "tag", "tag": object{"add": []string{"料金"}}},
		},
	}
}

func with(of object, key string, value any) object {
	next := object{}
	for k, v := range of {
		next[k] = v
	}
	next[key] = value
	return next
}

// What is wrong is told with its place before it is saved, in the reader's language; what a
// definition names has to be there.
func TestAutomationsAreCheckedWhileTheyAreWritten(t *testing.T) {
	t.Parallel()
	r, _ := newPeopleRig(t)
	const base = "/api/workspaces/web/automations"
	fine := r.must(200, "POST", base+"/check", object{"definition": tagging()})
	if n := len(fine["problems"].([]any)); n != 0 {
		t.Fatalf("%v", fine["problems"])
	}
	r.wantAt(fine, "「/price」のページを7日に2回以上見た", "sentences", "trigger")
	r.wantAt(fine, "2日", "sentences", "steps", "wait")
	english := r.must(200, "POST", base+"/check?lang=en", object{"definition": tagging()})
	r.wantAt(english, "2 days", "sentences", "steps", "wait")
	asked := r.must(200, "POST", base+"/check", object{"definition": with(tagging(), "goal", object{"did": object{"event": "Inquiry Submitted"}})})
	r.wantAt(asked, "問い合わせをした", "sentences", "goal")

	steps := func(all ...any) object { return with(tagging(), "steps", all) }
	for _, c := range []struct {
		what  string
		draft object
		place string
	}{
		{"a KPI that is none", with(tagging(), "kpi", "nothing"), "/kpi"},
		{"no KPI yet", with(tagging(), "kpi", ""), "/kpi"},
		{"a condition that cannot be asked", with(tagging(), "trigger", object{"condition": viewed("price", 1, 7)}), "/trigger/condition/did/page"},
		{"a segment that is gone", with(tagging(), "goal", object{"segment": "gone"}), "/goal"},
		{"a card that is gone", with(tagging(), "trigger", object{"band": object{"card": "gone", "at_least": 3}}), "/trigger/band/card"},
		{"a template that is gone", steps(object{"id": "m", "mail": object{"template": "gone"}}), "/steps/0/mail/template"},
		{"a place to be told at that is gone", steps(object{"id": "m", "notify": object{"channel": "gone", "text": "x"}}), "/steps/0/notify/channel"},
		{"a score that is gone", steps(object{"id": "m", "score": object{"card": "gone", "points": 3}}), "/steps/0/score/card"},
		{"a round", steps(object{"id": "a", "tag": object{"add": []string{"x"}}, "next": "b"}, object{"id": "b", "tag": object{"add": []string{"y"}}, "next": "a"}), "/steps/0"},
		{"a step nobody comes to", steps(object{"id": "a", "tag": object{"add": []string{"x"}}}, object{"id": "b", "tag": object{"add": []string{"y"}}}), "/steps/1"},
	} {
		reply := r.must(200, "POST", base+"/check", object{"definition": c.draft})
		if len(reply["problems"].([]any)) == 0 {
			t.Errorf("%s: nothing is told", c.what)
			continue
		}
		r.wantAt(reply, c.place, "problems", 0, "place")
		r.must(400, "POST", base, object{"definition": c.draft})
	}
}

// What an automation names may be gone by the time it is switched on: the KPI it serves before
// all, without which nobody could tell whether it works.
func TestSwitchingOnWhatLostItsKPI(t *testing.T) {
	t.Parallel()
	r, _ := newPeopleRig(t)
	id := r.must(201, "POST", "/api/workspaces/web/automations", object{"definition": with(tagging(), "kpi", "calls")})["id"].(string)
	version := r.get("/api/workspaces/web/model")["version"]
	without := strings.NewReplacer("  calls: {name: 電話, unit: 件, measure: field.calls}\n", "", "  field: {entry: {calls: 電話の件数}}\n", "").Replace(measuringModel)
	r.must(200, "PUT", "/api/workspaces/web/model", object{"yaml": without, "base_version": version})
	a := r.do("POST", "/api/workspaces/web/automations/"+id+"/switch", object{"version": 1})
	if a.status != 400 || !strings.Contains(a.text, "「calls」が地図にありません") || !strings.Contains(a.text, "body.version/kpi") {
		t.Errorf("%d %s", a.status, a.text)
	}
	r.wantAt(r.get("/api/workspaces/web/automations/"+id), 0, "live")
}

// Switched off, nobody goes on and nothing waits, unless it is asked for; versions tell who
// is inside of which.
func TestSwitchingAnAutomationOff(t *testing.T) {
	t.Parallel()
	r, ws := newPeopleRig(t)
	const base = "/api/workspaces/web/automations"
	db := r.server.deps.Store
	made := r.must(201, "POST", base, object{"definition": tagging()})
	r.wantAt(made, "問い合わせ", "kpi_name")
	id := made["id"].(string)
	r.must(200, "POST", base+"/"+id+"/switch", object{"version": 1})
	fill := func(who contact.ID) {
		t.Helper()
		j := automation.Journey{Automation: id, Version: 1, Contact: who, Entry: 1, State: automation.Inside, Step: "wait", WakeAt: 1 << 50,
			Passed: []automation.Passage{{From: "wait", To: "tag"}}}
		if err := db.Journeys.Put(t.Context(), ws, []automation.Journey{j}); err != nil {
			t.Fatal(err)
		}
		item := outbox.Item{Workspace: event.Workspace(ws), Key: "k" + string(who), Kind: outbox.Mail, Contact: string(who), Cause: automation.Cause(id), NotBefore: 1 << 50}
		if _, err := db.Outbox.Queue(t.Context(), []outbox.Item{item}); err != nil {
			t.Fatal(err)
		}
	}
	fill("nobody1")
	second := with(tagging(), "holdout", 0.2)
	r.must(200, "PUT", base+"/"+id, object{"definition": second, "base_version": 1})
	on := r.must(200, "POST", base+"/"+id+"/switch", object{"version": 2})
	r.wantAt(on, 1, "ways", 0, "people")
	versions := r.must(200, "GET", base+"/"+id+"/versions", nil)
	r.wantAt(versions, 2, "versions", 0, "version")
	r.wantAt(versions, 0.2, "versions", 0, "definition", "holdout")
	r.wantAt(versions, 1, "versions", 1, "inside")

	finishing := r.must(200, "POST", base+"/"+id+"/switch", object{"version": 0, "inside": "finish"})
	r.wantAt(finishing, 1, "items", "queued")
	r.wantAt(finishing, "inside", "people", 0, "state")
	r.must(200, "POST", base+"/"+id+"/switch", object{"version": 2})
	off := r.must(200, "POST", base+"/"+id+"/switch", object{"version": 0})
	r.wantAt(off, 1, "items", "cancelled")
	r.wantAt(off, "removed", "people", 0, "state")
	if list, err := db.Journeys.Inside(t.Context(), ws, []contact.ID{"nobody1"}); err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
}

// What a trigger would have done is told before it is switched on.
func TestTriggersAreReplayed(t *testing.T) {
	t.Parallel()
	r, ws := newPeopleRig(t)
	const replay = "/api/workspaces/web/automations/replay"
	reply := r.must(200, "POST", replay, object{"trigger": object{"condition": viewed("/price", 2, 7)}, "days": 14})
	r.wantAt(reply, 1, "people")
	reply = r.must(200, "POST", replay, object{"trigger": object{"event": object{"page": "/price"}}, "days": 14})
	r.wantAt(reply, 1, "people")
	r.wantAt(reply, 1, "entries")
	reply = r.must(200, "POST", replay, object{"trigger": object{"event": object{"page": "/price"}}, "reentry": object{"mode": "always"}, "days": 14})
	r.wantAt(reply, 2, "entries")
	_, err := r.server.deps.Store.Contacts.Upsert(t.Context(), ws, []contact.Sighting{
		{At: tokyo(7, 9, 0), Address: "ann@example.jp", Properties: map[string]contact.Value{"更新日": {Kind: contact.Date, Number: float64(tokyo(8, 9, 0))}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	reply = r.must(200, "POST", replay, object{"trigger": object{"date": object{"property": "更新日", "days": -1}}, "days": 14})
	r.wantAt(reply, 1, "people")
	r.wantAt(reply, "「更新日」の1日前の9:00", "sentence")
	// The day somebody came to be known is a date like those that were told.
	reply = r.must(200, "POST", replay, object{"trigger": object{"date": object{"property": "created", "days": -1}}, "days": 14})
	r.wantAt(reply, 2, "people")
	r.must(400, "POST", replay, object{"trigger": object{"band": object{"card": "c", "at_least": 3}}})
}
