package server

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

func TestSelfCheckOfATeam(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ours := h.plant("ours", smallModel, nil)
	owner := h.join(ours.ID, "owner@ours", access.Owner)
	viewer := h.join(ours.ID, "viewer@ours", access.Viewer)
	verdicts := func(b *browser) map[string]string {
		out := map[string]string{}
		for _, one := range b.must(200, "GET", "/api/workspaces/ours/selfcheck", nil)["result"].(object)["lines"].([]any) {
			out[one.(object)["id"].(string)] = one.(object)["verdict"].(string)
		}
		return out
	}
	first := owner.must(200, "GET", "/api/workspaces/ours/selfcheck", nil)
	if first["mine"] != nil || len(first["people"].([]any)) != 0 || len(first["works"].([]any)) != 8 || verdicts(owner)["goal"] != "together" {
		t.Errorf("before anybody answered: %v", first)
	}
	owner.must(200, "PUT", "/api/workspaces/ours/selfcheck", object{"skills": object{"goal": 2, "reading": 2, "review": 2, "unheard": 3}, "hours": 10})
	viewer.must(200, "PUT", "/api/workspaces/ours/selfcheck", object{"skills": object{"content": 3, "ads": -1}, "hours": 30})
	got := verdicts(viewer)
	if got["goal"] != "own" || got["content"] != "own" || got["ads"] != "hand" || got["tags"] != "hand" {
		t.Errorf("of both: %v", got)
	}
	mine := viewer.must(200, "GET", "/api/workspaces/ours/selfcheck", nil)
	if mine["mine"].(object)["hours"] != 30.0 || len(mine["people"].([]any)) != 2 {
		t.Errorf("one's own: %v", mine)
	}
	owner.wants(
		[3]any{"PUT /api/workspaces/ours/selfcheck", object{"skills": object{"goal": 4}, "hours": 10}, 400},
		[3]any{"PUT /api/workspaces/ours/selfcheck", object{"skills": object{}, "hours": 1000}, 422},
	)
}

// No name, no address, no secret leaves in the pack; and only who may take things out gets it.
func TestHandoverPack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ours := h.plant("ours", smallModel, smallFiles())
	owner := h.join(ours.ID, "himitsu@ours.example", access.Owner)
	editor := h.join(ours.ID, "sato@ours.example", access.Editor)
	viewer := h.join(ours.ID, "viewer@ours.example", access.Viewer)
	owner.must(201, "POST", "/api/workspaces/ours/act/contacts", object{"address": "kokyaku@customer.example", "name": "顧客 花子"})
	owner.must(200, "PUT", "/api/workspaces/ours/selfcheck", object{"skills": object{"goal": 2, "reading": 2, "review": 2}, "hours": 10})
	about := owner.must(200, "GET", "/api/workspaces/ours/handover?lang=ja", nil)
	if about["indicators"].(float64) < 2 || about["sources"] != 2.0 || len(about["wishes"].([]any)) == 0 || len(about["accesses"].([]any)) < 2 {
		t.Errorf("the pack in short: %v", about)
	}
	for _, lang := range []string{"ja", "en"} {
		file := owner.do("GET", "/api/workspaces/ours/handover/pack?lang="+lang, nil)
		if file.status != 200 || file.header.Get("Content-Type") != "application/zip" {
			t.Fatalf("%d %s", file.status, file.text)
		}
		pack, err := zip.NewReader(bytes.NewReader([]byte(file.text)), int64(len(file.text)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range pack.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(r)
			if err != nil || len(body) == 0 {
				t.Fatalf("%s: %v", f.Name, err)
			}
			for _, one := range []string{"himitsu", "sato@", "田中", "社長", "花子", "kokyaku", "customer.example", "@ours"} {
				if strings.Contains(string(body), one) {
					t.Errorf("%s (%s) holds %q", f.Name, lang, one)
				}
			}
			if f.Name == "index.html" && !strings.Contains(string(body), "応募数") {
				t.Error("the page does not tell the goal")
			}
		}
	}
	owner.must(204, "PATCH", "/api/workspaces/ours/members/"+h.idOf(ours.ID, "sato@ours.example"), object{"export": false})
	for _, b := range []*browser{editor, viewer} {
		b.wants([3]any{"GET /api/workspaces/ours/handover", nil, 403}, [3]any{"GET /api/workspaces/ours/handover/pack", nil, 403})
	}
	taken := 0
	for _, e := range h.auditOf(owner, "ours", "&area=share") {
		if e["operation"] == "export-handover" {
			taken++
		}
	}
	if taken != 2 {
		t.Errorf("%d of 2 packs on the record", taken)
	}
}

func (h *house) idOf(ws store.WorkspaceID, email string) string {
	h.t.Helper()
	list, err := h.db.Members.List(context.Background(), ws)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, m := range list {
		if m.User.Email == email {
			return string(m.User.ID)
		}
	}
	h.t.Fatalf("no member %q", email)
	return ""
}

// An agency sees each client with what waits there; a guest of one hears of its goal alone.
func TestGoalsOfAnAgency(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.plant("first", smallModel, smallFiles())
	second := h.plant("second", smallModel, smallFiles())
	h.join(first.ID, "client@x", access.Owner)
	b := h.join(first.ID, "agency@x", access.Editor)
	if err := h.db.Members.Put(context.Background(), second.ID, store.UserID(h.idOf(first.ID, "agency@x")), string(access.Owner)); err != nil {
		t.Fatal(err)
	}
	guest := h.join(second.ID, "guest@x", access.Guest)
	of := func(b *browser) map[string]object {
		out := map[string]object{}
		for _, group := range b.must(200, "GET", "/api/goals", nil)["goals"].([]any) {
			for _, one := range group.(object)["workspaces"].([]any) {
				out[one.(object)["slug"].(string)] = one.(object)
			}
		}
		return out
	}
	var all map[string]object
	for range 100 { // what is at stake may come later than the page
		if all = of(b); all["first"]["measuring"] == false && all["second"]["measuring"] == false {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	for slug, one := range all {
		if one["stake"] == nil || one["stake"].(object)["findings"].(float64) < 1 || one["stake"].(object)["sentence"] == "" {
			t.Errorf("%s: at stake %v", slug, one["stake"])
		}
		if one["agreement"] == nil {
			t.Errorf("%s: agreement %v", slug, one["agreement"])
		}
	}
	if len(all) != 2 || all["first"]["role"] != "editor" || all["second"]["role"] != "owner" {
		t.Errorf("roles %v %v", all["first"]["role"], all["second"]["role"])
	}
	seen := of(guest)["second"]
	if seen["stake"] != nil || seen["agreement"] != nil || seen["export"] != false || seen["role"] != "guest" || seen["measuring"] != false {
		t.Errorf("a guest hears %v", seen)
	}
}

// What is planted in the made-up company shows on its pages.
func TestPlantedActivity(t *testing.T) {
	t.Parallel()
	for _, lang := range []words.Lang{words.JA, words.EN} {
		r := newRig(t)
		seed := Seed{Slug: "d", Name: "d", Demo: true, Model: []byte(smallModel)}
		for _, c := range demo.Team(lang) {
			seed.People = append(seed.People, SeedPerson{Name: c.Name, Email: c.Email, Department: c.Department, Role: access.Role(c.Role), Lang: lang})
		}
		ws, err := Plant(t.Context(), r.db, seed)
		if err != nil {
			t.Fatal(err)
		}
		if err := PlantActivity(t.Context(), r.db, ws.ID, testNow, lang, nil); err != nil {
			t.Fatal(err)
		}
		a := r.do("GET", "/api/workspaces/d/activity", nil).body.(object)
		if len(a["departments"].([]any)) != 4 || len(a["silent"].([]any)) != 1 || a["silent"].([]any)[0] != demo.Team(lang)[3].Department {
			t.Errorf("%s: %v", lang, a)
		}
		if list := r.do("GET", "/api/workspaces/d/audit", nil).body.(object)["entries"].([]any); len(list) != 8 {
			t.Errorf("%s: %d entries", lang, len(list))
		}
		if people := r.do("GET", "/api/workspaces/d/selfcheck", nil).body.(object)["people"].([]any); len(people) != 2 {
			t.Errorf("%s: answered by %v", lang, people)
		}
	}
}
