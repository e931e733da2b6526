package server

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

const contactsOf1 = "/api/workspaces/web/act/contacts"

func TestContacts(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		r.plant("web", smallModel, nil)
		made := r.must(201, "POST", contactsOf1, object{"address": "Ｔａｎａｋａ@tokai.co.jp", "name": "田中 美咲", "tags": []string{"展示会"},
			"properties": object{"company": "東海精機"}, "consent": object{"basis": "paper", "source": "展示会で名刺"}})
		id := made["id"].(string)
		r.wantAt(made, "東海精機", "company", "name")
		r.wantAt(made, true, "addresses", 0, "may_send")
		r.wantAt(made, "特定電子メール法3条1項2号・規則2条", "addresses", 0, "article")
		one := contactsOf1 + "/" + id
		r.run([]scenario{
			{name: "no address", method: "POST", url: contactsOf1, body: object{"name": "x"}, status: 400},
			{name: "a wrong address", method: "POST", url: contactsOf1, body: object{"address": "tanaka@"}, status: 400, want: `{"errors": [{"location": "body.address", "message": "「@」のあとがありません。"}]}`},
			{name: "an owner from elsewhere", method: "POST", url: contactsOf1, body: object{"address": "a@x.jp", "owner": "nobody"}, status: 400},
			{name: "consent without a ground", method: "POST", url: contactsOf1, body: object{"address": "a@x.jp", "consent": object{}}, status: 400},
			{name: "found by part of the company", method: "GET", url: contactsOf1 + "?search=" + url.QueryEscape("東海"), status: 200, want: `{"total": 1, "contacts": [{"address": "Tanaka@tokai.co.jp", "tags": ["展示会"]}]}`},
			{name: "by tag", method: "GET", url: contactsOf1 + "?tag=x", status: 200, want: `{"total": 0, "contacts": []}`},
			{name: "tags", method: "GET", url: "/api/workspaces/web/act/contact-tags", status: 200, want: `{"tags": [{"tag": "展示会", "count": 1}]}`},
			{name: "nobody", method: "GET", url: contactsOf1 + "/nobody", status: 404},
			{name: "changed", method: "PATCH", url: one, body: object{"name": "田中", "add_tags": []string{"既存"}, "drop_tags": []string{"展示会"}, "properties": object{"company": nil, "size": "220"}},
				status: 200, want: `{"name": "田中", "tags": ["既存"], "properties": [{"key": "size", "value": "220"}], "company": {"domain": "tokai.co.jp"}}`},
			{name: "a tag that is none", method: "PATCH", url: one, body: object{"add_tags": []string{" "}}, status: 400},
			{name: "note", method: "POST", url: one + "/notes", body: object{"text": "電話した"}, status: 204},
			{name: "no note", method: "POST", url: one + "/notes", body: object{"text": "  "}, status: 400},
			{name: "stopped", method: "POST", url: one + "/stop", body: object{"note": "電話で"}, status: 200, want: `{"addresses": [{"may_send": false, "article": "特定電子メール法3条3項"}]}`},
			{name: "lifted without a reason", method: "POST", url: one + "/lift", body: object{"why": " "}, status: 400},
			{name: "lifted", method: "POST", url: one + "/lift", body: object{"why": "本人から再開の電話"}, status: 200, want: `{"addresses": [{"may_send": true}]}`},
			{name: "lifted again", method: "POST", url: one + "/lift", body: object{"why": "x"}, status: 404},
			{name: "refused", method: "POST", url: one + "/consents", body: object{"state": "refused"}, status: 201, want: `{"addresses": [{"may_send": false}]}`},
			{name: "another's address", method: "POST", url: one + "/consents", body: object{"address": "b@x.jp", "basis": "agreed"}, status: 400},
			{name: "of tomorrow", method: "POST", url: one + "/consents", body: object{"basis": "agreed", "at": 99999999999999}, status: 400},
		})
		other := r.must(201, "POST", contactsOf1, object{"address": "m.tanaka@gmail.com"})["id"].(string)
		r.must(409, "PATCH", one, object{"address": "M.TANAKA@gmail.com"})
		merged := r.must(200, "POST", contactsOf1+"/"+other+"/merge", object{"other": id})
		r.wantAt(merged, id, "id")
		r.wantAt(r.get(contactsOf1+"/"+other), id, "id")
		r.must(404, "POST", one+"/merge", object{"other": "nobody"})
		timeline := r.get(one + "/timeline")
		var kinds []string
		for _, m := range timeline["moments"].([]any) {
			kinds = append(kinds, m.(object)["kind"].(string))
		}
		if got := strings.Join(kinds, " "); strings.Count(got, "consent") != 4 || strings.Count(got, "note") != 1 || strings.Count(got, "merge") != 1 {
			t.Errorf("timeline %s", got)
		}
		// What acting keeps of them.
		db, ws := r.server.deps.Store, r.idOf("web")
		if err := db.Deliveries.Add(t.Context(), ws, []store.MailDelivery{{MessageID: "m@x.jp", Contact: contact.ID(id), Cause: "broadcast:gone", Class: "accepted", Said: "tanaka", At: 5}}); err != nil {
			t.Fatal(err)
		}
		card, err := db.ScoreCards.Create(t.Context(), ws, store.NewScoreCard{Name: "採用の点", Live: true, Body: []byte(`{"name": "採用の点",
			"fit": [{"id": "name", "name": "名前", "if": {"property": {"key": "name", "op": "known"}}, "points": 12}], "bands": [{"name": "高", "from": 10}]}`)})
		if err != nil {
			t.Fatal(err)
		}
		subject := subjectOf(contact.ID(id))
		if err := db.Scores.Put(t.Context(), ws, []store.Scored{{Card: card.ID, Subject: subject, Points: 12_000, Band: "高"}}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := db.Leads.Open(t.Context(), ws, store.Lead{Card: card.ID, Subject: subject, Points: 12_000, Band: "高", Why: []byte("[]"), HotAt: 6}, 0); err != nil {
			t.Fatal(err)
		}
		r.must(200, "POST", one+"/stop", object{})
		r.run([]scenario{
			{name: "with their points", method: "GET", url: contactsOf1 + "?consent=refused", status: 200, want: `{"total": 1, "contacts": [{"consent": "refused", "points": [{"points": 12, "band": "高"}], "role": false}]}`},
			{name: "nobody agreed", method: "GET", url: contactsOf1 + "?consent=granted", status: 200, want: `{"total": 0, "contacts": []}`},
			{name: "in a segment that is none", method: "GET", url: contactsOf1 + "?segment=none", status: 400},
			{name: "found among those who refused", method: "GET", url: contactsOf1 + "?consent=refused&search=" + url.QueryEscape("田中"), status: 200, want: `{"total": 1}`},
			{name: "what acting keeps", method: "GET", url: one, status: 200, want: `{"acting": {"points": [{"name": "採用の点"}], "leads": [{"points": 12}], "mails": [{"class": "accepted"}], "journeys": []}}`},
		})
		told := r.get(one + "/disclosure")
		for _, part := range []string{"採用の点", "お送りしたメール", "田中", "tanaka@tokai.co.jp", "m.tanaka@gmail.com", "電話した", "展示会で名刺", "220"} {
			if !strings.Contains(told["text"].(string), part) {
				t.Errorf("%q is not disclosed", part)
			}
		}
		// A cell that a spreadsheet would work out is text.
		r.must(201, "POST", contactsOf1, object{"address": "evil@x.jp", "name": `=HYPERLINK("http://evil")`})
		export := r.do("GET", "/api/workspaces/web/act/contact-export", nil)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(export.text, "\uFEFF"))).ReadAll()
		if err != nil || len(rows) != 3 || !strings.HasPrefix(rows[2][2], "'=") {
			t.Errorf("%v %q", err, rows)
		}
		affected := fmt.Sprintf("/api/workspaces/web/act/affected?since=%d&until=%d", testNow.UnixMilli(), testNow.UnixMilli()+1)
		if a := r.do("GET", affected, nil); strings.Count(a.text, "\n") != 3 {
			t.Errorf("affected: %s", a.text)
		}
		r.must(200, "DELETE", one, nil)
		if left, err := db.Deliveries.Of(t.Context(), ws, contact.ID(id), 10); err != nil || len(left) != 0 {
			t.Errorf("mails of somebody who was erased: %v, %v", left, err)
		}
		r.must(404, "GET", one, nil)
		r.must(404, "GET", contactsOf1+"/"+other, nil)
	})
}

func TestImportingContacts(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, r *rig) {
		r.plant("web", smallModel, nil)
		const list = "会社名,お名前,メールアドレス,備考\n東海精機,田中,tanaka@tokai.co.jp,A\nみなと食品,三浦,miura@,B\n北陸リハビリ,大野,ohno@hokuriku.jp,C\n消えた人,中村,gone@x.jp,D\n止めた人,佐藤,sato@x.jp,E\n"
		bring := func() string {
			t.Helper()
			return r.must(201, "POST", "/api/workspaces/web/uploads?name="+url.QueryEscape("名簿.csv"), strings.NewReader(list))["upload_id"].(string)
		}
		gone := r.must(201, "POST", contactsOf1, object{"address": "gone@x.jp"})["id"].(string)
		r.must(200, "DELETE", contactsOf1+"/"+gone, nil)
		stopped := r.must(201, "POST", contactsOf1, object{"address": "sato@x.jp"})["id"].(string)
		r.must(200, "POST", contactsOf1+"/"+stopped+"/stop", object{})
		at := "/api/workspaces/web/act/contact-imports/" + bring()
		preview := r.get(at)
		if fmt.Sprint(preview["columns"]) != "[property:company name address property:備考]" || preview["count"] != 5.0 || preview["wrong"] != 1.0 {
			t.Errorf("%v", preview)
		}
		r.wantAt(preview, 3, "problems", 0, "line")
		r.wantAt(preview, 10, "problems", 0, "col")
		good := object{"columns": preview["columns"], "basis": "paper", "source": "展示会 2026年9月", "on": "2026-09-01", "tags": []string{"展示会"}}
		without := func(change object) object {
			body := object{}
			for key, value := range good {
				body[key] = value
			}
			for key, value := range change {
				body[key] = value
			}
			return body
		}
		r.run([]scenario{
			{name: "no ground", method: "POST", url: at, body: without(object{"basis": ""}), status: 422},
			{name: "agreed to nothing", method: "POST", url: at, body: without(object{"basis": "agreed"}), status: 400},
			{name: "from nowhere", method: "POST", url: at, body: without(object{"source": " "}), status: 400},
			{name: "of tomorrow", method: "POST", url: at, body: without(object{"on": "2026-09-20"}), status: 400},
			{name: "columns that do not fit", method: "POST", url: at, body: without(object{"columns": []string{"address"}}), status: 400},
			{name: "two addresses", method: "POST", url: at, body: without(object{"columns": []string{"", "address", "address", ""}}), status: 400},
			{name: "rows with problems", method: "POST", url: at, body: good, status: 422, want: `{"errors": [{"location": "名簿.csv:3:10", "message": "「@」のあとがありません。"}]}`},
			{name: "the others", method: "POST", url: at, body: without(object{"leave_out": true}), status: 200,
				want: `{"rows": 5, "created": 2, "changed": 1, "same": 0, "wrong": 1, "erased": 1, "stopped": 1}`},
			{name: "the file is gone", method: "GET", url: at, status: 404},
			{name: "again", method: "POST", url: "/api/workspaces/web/act/contact-imports/" + bring(), body: without(object{"leave_out": true}), status: 200,
				want: `{"rows": 5, "created": 0, "changed": 0, "merged": 0, "wrong": 1, "erased": 1, "stopped": 1}`},
			{name: "who was erased stays away", method: "GET", url: contactsOf1 + "?search=gone", status: 200, want: `{"total": 0}`},
			{name: "suppression wins", method: "GET", url: contactsOf1 + "/" + stopped, status: 200, want: `{"name": "佐藤", "addresses": [{"may_send": false}]}`},
		})
		found := r.get(contactsOf1 + "?search=tanaka")
		id := at2(found, "contacts", 0, "id")
		detail := r.get(contactsOf1 + "/" + id)
		r.wantAt(detail, true, "addresses", 0, "may_send")
		if n := len(at3(detail, "addresses", 0, "consents")); n != 1 {
			t.Errorf("%d records after two imports of one list", n)
		}
		if n := len(r.get(contactsOf1 + "/" + id + "/timeline")["moments"].([]any)); n != 1 {
			t.Errorf("%d moments after two imports of one list", n)
		}
	})
}

func at2(body any, path ...any) string { s, _ := at(body, path...).(string); return s }
func at3(body any, path ...any) []any  { l, _ := at(body, path...).([]any); return l }

// What somebody did is in their timeline as far as it may be, is disclosed whole, and is
// gone with them.
func TestTimelineOfVisits(t *testing.T) {
	r, ws := newMeasuringRig(t)
	events := append(someVisits(ws), event.Event{
		Workspace: ws, MessageID: "known", Kind: event.Identify, Visitor: "ann", AnonymousID: "ann", UserID: "u-ann",
		At: tokyo(8, 21, 0), ReceivedAt: tokyo(8, 21, 0),
	})
	r.bring(events)
	id := r.must(201, "POST", contactsOf1, object{"address": "ann@example.jp", "user_id": "u-ann"})["id"].(string)
	one := contactsOf1 + "/" + id
	timeline := r.get(one + "/timeline")
	if hidden, _ := timeline["hidden"].(float64); hidden == 0 || len(timeline["moments"].([]any)) != 1 {
		t.Errorf("before it is allowed: %v hidden, %d shown", hidden, len(timeline["moments"].([]any)))
	}
	const stitching = "/api/workspaces/web/act/stitching"
	r.must(400, "PUT", stitching, object{"allowed": true, "notice": ""})
	r.must(200, "PUT", stitching, object{"allowed": true, "notice": "2026-04"})
	whole := r.get(one + "/timeline")
	shown := len(whole["moments"].([]any))
	if whole["hidden"] != 0.0 || shown < 4 {
		t.Errorf("%d moments, %v hidden", shown, whole["hidden"])
	}
	// Page by page it is the same.
	var paged int
	for before := 0.0; ; {
		page := r.get(fmt.Sprintf("%s/timeline?limit=2&before=%.0f", one, before))
		paged += len(page["moments"].([]any))
		if before, _ = page["before"].(float64); before == 0 {
			break
		}
	}
	if paged != shown {
		t.Errorf("%d moments page by page, %d at once", paged, shown)
	}
	if events := r.get(one + "/disclosure")["events"].([]any); len(events) != shown {
		t.Errorf("%d events disclosed, %d shown", len(events), shown)
	}
	erased := r.must(200, "DELETE", one, nil)
	if erased["events"].(float64) != float64(shown) {
		t.Errorf("%v events erased, not %d", erased["events"], shown)
	}
	rows, err := r.server.measuring.warehouse.Person(context.Background(), ws, warehouse.Who{ID: "u-ann"})
	if err != nil || len(rows) != 0 {
		t.Errorf("%d events left, %v", len(rows), err)
	}
}

// People by their names are not for everybody who may see numbers.
func TestWhoSeesContacts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ours := h.plant("web", smallModel, nil)
	h.join(ours.ID, "owner@ours", access.Owner).must(201, "POST", contactsOf1, object{"address": "tanaka@x.jp"})
	for role, status := range map[access.Role][3]int{access.Guest: {403, 403, 403}, access.Viewer: {403, 403, 403}, access.Member: {200, 403, 403}, access.Editor: {200, 200, 403}} {
		b := h.join(ours.ID, string(role)+"@ours", role)
		b.wants([3]any{"GET " + contactsOf1, nil, status[0]}, [3]any{"GET /api/workspaces/web/act/contact-export", nil, status[1]},
			[3]any{"GET /api/workspaces/web/act/affected?since=0&until=1", nil, status[2]})
	}
	if strings.Contains(h.log.String(), "tanaka@x.jp") {
		t.Error("the log holds an address")
	}
}

func (r *rig) idOf(slug string) store.WorkspaceID {
	r.t.Helper()
	ws, err := r.server.workspace(r.t.Context(), slug)
	if err != nil {
		r.t.Fatal(err)
	}
	return ws.ID
}
