package server

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/notice"
	"github.com/shirube/shirube/internal/store"
)

// A visitor without a name becomes a lead only where the notice of the workspace says so:
// then what they did is shown, the company they may be from is guessed from where they came
// from, and who looks after it is told. When the notice goes, all of that goes, also what
// waits to be told.
func TestLeadsWithoutAName(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.written = true
		s.card(`{"name": "見込み", "hot": 20, "behaviour": [{"id": "p", "name": "料金", "page": "/price", "points": 10}]}`)
		_, err := s.db.Contacts.Upsert(t.Context(), s.id(), []contact.Sighting{{At: s.now(), Address: "kobayashi@tokai-seiki.co.jp", Owner: "小林"}})
		if err != nil {
			t.Fatal(err)
		}
		came := s.view("v1", "/price")
		came.Host, came.ReferrerHost = "www.example.com", "intra.tokai-seiki.co.jp"
		s.happen(came, s.view("v1", "/price"))
		const leads = "/api/workspaces/web/leads"
		s.wantAt(s.get(leads), 0, "counts", "open") // nothing says that they may be looked at
		s.must(200, "PUT", "/api/workspaces/web/act/stitching", object{"allowed": true, "notice": "2026-04"})
		s.happen(s.view("v1", "/price"))
		list := s.get(leads)
		s.wantAt(list, 1, "counts", "open")
		s.wantAt(list, "", "leads", 0, "contact")
		id := at(list, "leads", 0, "id").(string)

		line := s.get(leads + "/" + id + "/timeline")
		s.wantAt(line, "tokai-seiki.co.jp", "company", "name")
		s.wantAt(line, "小林", "company", "owner")
		s.wantAt(line, "intra.tokai-seiki.co.jp から来ました", "company", "why")
		s.wantAt(line, "", "withheld")
		if moments := line["moments"].([]any); len(moments) != 3 {
			t.Errorf("%d moments", len(moments))
		}
		if first := s.get(leads + "/" + id + "/timeline?limit=1"); len(first["moments"].([]any)) == 0 {
			t.Error("nothing on the first page")
		}

		// Who looks after the company is told, and those of all leads; others are not.
		for place, owners := range map[string][]string{"kobayashi": {"小林"}, "nakajima": {"中島"}, "all": nil} {
			body, err := json.Marshal(noticePlace{Kind: notice.Mail, To: "a@example.jp", Sender: "s", Leads: true, Owners: owners})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.db.Documents.Put(t.Context(), s.id(), kindNotice, store.Document{ID: place, Name: place, Body: body}); err != nil {
				t.Fatal(err)
			}
		}
		items, err := s.db.Outbox.List(t.Context(), s.id(), store.ItemQuery{Limit: 100})
		if err != nil || len(items) != 1 {
			t.Fatalf("%d items (%v)", len(items), err)
		}
		item, telling := items[0], newNoticing(s.server)
		if got := telling.Hand(t.Context(), item); got.State != outbox.Sent {
			t.Errorf("%+v", got)
		}
		items, err = s.db.Outbox.List(t.Context(), s.id(), store.ItemQuery{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]bool{}
		for _, one := range items {
			told[strings.TrimPrefix(one.Key, item.Key)] = true
		}
		if len(told) != 3 || !told["/kobayashi"] || !told["/all"] {
			t.Errorf("told: %v", told)
		}
		var h automation.Handing
		if err := json.Unmarshal(item.Payload, &h); err != nil {
			t.Fatal(err)
		}
		m, ok, err := telling.message(t.Context(), s.id(), item, h)
		if err != nil || !ok || !strings.HasPrefix(m.Title, "匿名のお客さま（tokai-seiki.co.jp の方かもしれません）が30点") || m.Link == "" || len(m.Points) != 1 || !strings.Contains(m.Foot, "小林") {
			t.Errorf("%+v %v %v", m, ok, err)
		}

		// The notice goes.
		s.must(200, "PUT", "/api/workspaces/web/act/stitching", object{"allowed": false, "notice": ""})
		if got := telling.Hand(t.Context(), item); got.State != outbox.Cancelled || !strings.Contains(got.Reason, "17条") {
			t.Errorf("%+v", got)
		}
		if _, ok, err := telling.message(t.Context(), s.id(), item, h); ok || err != nil {
			t.Errorf("told all the same (%v)", err)
		}
		line = s.get(leads + "/" + id + "/timeline")
		s.wantAt(line, nil, "company")
		if len(line["moments"].([]any)) != 0 || !strings.Contains(line["withheld"].(string), "21条") {
			t.Errorf("%v", line)
		}

		// With a name they are who they are.
		s.must(200, "PUT", "/api/workspaces/web/act/stitching", object{"allowed": true, "notice": "2026-04"})
		s.happen(s.says("v1", "ann@tokai-seiki.co.jp"))
		s.wantAt(s.get(leads+"/"+id+"/timeline"), nil, "company")
		if m, ok, err := telling.message(t.Context(), s.id(), item, h); err != nil || !ok || !strings.Contains(m.Title, "ann@tokai-seiki.co.jp") {
			t.Errorf("%+v %v %v", m, ok, err)
		}
	})
}
