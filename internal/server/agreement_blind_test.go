package server

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/store"
)

// everyWord is an answer as text; of a file that is packed, what is in it.
func everyWord(t *testing.T, a answered) string {
	t.Helper()
	packed, err := zip.NewReader(bytes.NewReader([]byte(a.text)), int64(len(a.text)))
	if err != nil {
		return a.text
	}
	var all strings.Builder
	for _, f := range packed.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
		_ = r.Close()
	}
	return all.String()
}

// Whatever page, list, record or file is opened: what somebody said of the goal stands in none
// of them for who has not said it, be it the owner. A new operation is tried without anybody
// thinking of it.
func TestNobodyReadsAheadAnywhere(t *testing.T) {
	t.Parallel()
	a := newAgreeing(t)
	const said, path = "ひみつの百三十七件", "/api/workspaces/small/agreement"
	a.owner.must(201, "POST", path+"/rounds", map[string]any{"people": []string{}})
	a.viewer.must(201, "POST", path+"/statements", map[string]any{"purpose": said, "meaning": said, "amount": said, "deadline": "年度末"})
	a.pass()
	reads := 0
	everyOperation(a.rig, func(method, path string, op *huma.Operation) {
		if method != http.MethodGet || !strings.Contains(path, "{ws}") {
			return
		}
		at := strings.Replace(filled(path), "/ours", "/small", 1)
		for _, b := range []*browser{a.owner, a.guest} {
			got := b.do(method, at, nil)
			if got.status == 200 {
				reads++
			}
			if strings.Contains(everyWord(t, got), "百三十七") {
				t.Errorf("%s (%s) tells what somebody said", op.OperationID, at)
			}
		}
	})
	if reads < 60 {
		t.Errorf("only %d answers were read", reads)
	}
	items, err := a.db.Outbox.List(context.Background(), a.ws.ID, store.ItemQuery{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if strings.Contains(string(item.Payload), "百三十七") {
			t.Errorf("%s tells what somebody said", item.Key)
		}
	}
	if rows := a.viewer.must(200, "GET", path, nil)["rows"].([]any); len(rows) != 1 {
		t.Errorf("who said it reads %d rows", len(rows))
	}
}

// Whoever left the team is waited for no more; what they signed stands.
func TestWhoLeftIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	a := newAgreeing(t)
	const path = "/api/workspaces/small/agreement"
	a.owner.must(201, "POST", path+"/rounds", map[string]any{"people": []string{}})
	a.owner.must(201, "POST", path+"/wordings", map[string]any{"version": 1, "text": "年100件にします", "people": []string{}})
	a.owner.must(200, "POST", path+"/wordings/1/sign", nil)
	a.guest.must(200, "POST", path+"/wordings/1/sign", nil)
	state := func() map[string]any { return agreementOf(a.owner)["state"].(map[string]any) }
	if s := state(); s["standing"] != "partly" || s["waiting"] != float64(1) {
		t.Fatalf("one is missing: %v", s)
	}
	for email, left := range map[string]int{"yamamoto@example.jp": 2, "guest@example.jp": 2} {
		a.owner.must(204, "DELETE", "/api/workspaces/small/members/"+a.idOf(a.ws.ID, email), nil)
		s := state()
		if email == "yamamoto@example.jp" && (s["standing"] != "agreed" || s["waiting"] != float64(0)) {
			t.Errorf("who left is waited for: %v", s)
		}
		if s["signed"] != float64(left) {
			t.Errorf("%s left, and %v signatures stand", email, s["signed"])
		}
	}
	page := agreementOf(a.owner)
	for _, list := range []any{page["wording"].(map[string]any)["people"], page["round"].(map[string]any)["people"]} {
		for _, p := range list.([]any) {
			if p.(map[string]any)["name"] == "yamamoto@example.jp" {
				t.Errorf("who left without an answer is listed: %v", p)
			}
		}
	}
}

// Other words for the same goal are waited for, and the agreement to the goal stands meanwhile.
func TestOtherWordsForTheSameGoal(t *testing.T) {
	t.Parallel()
	a := newAgreeing(t)
	const path = "/api/workspaces/small/agreement"
	everybody := []*browser{a.owner, a.viewer, a.guest}
	propose := func(text string) {
		a.owner.must(201, "POST", path+"/wordings", map[string]any{"version": 1, "text": text, "people": []string{}})
	}
	propose("年100件にします")
	for _, b := range everybody {
		b.must(200, "POST", path+"/wordings/1/sign", nil)
	}
	propose("年100件にします")
	if s := standingOf(agreementOf(a.owner)); s != "agreed" {
		t.Errorf("the same words again: %s", s)
	}
	propose("来春の新卒を、年100件の応募で採ります")
	s := agreementOf(a.owner)["state"].(map[string]any)
	if s["standing"] != "partly" || s["waiting"] != float64(3) || s["signed"] != float64(3) || !strings.Contains(s["sentence"].(string), "言葉が新しくなった") {
		t.Errorf("other words: %v", s)
	}
	for _, b := range everybody {
		b.must(200, "POST", path+"/wordings/3/sign", nil)
	}
	if s := standingOf(agreementOf(a.owner)); s != "agreed" {
		t.Errorf("all signed the new words: %s", s)
	}
}
