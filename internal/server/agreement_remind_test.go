package server

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/alert"
)

// Who has not signed hears of it again by itself, on two business mornings, each once however
// often it is looked; who has signed hears nothing more, and the team of a standstill.
func TestRemindedByItself(t *testing.T) {
	t.Parallel()
	a := newAgreeing(t)
	ctx := context.Background()
	const path = "/api/workspaces/small/agreement"
	a.owner.must(201, "POST", path+"/wordings", object{"version": 1, "text": "この言葉で", "people": []string{}})
	asked := *a.now // Wednesday, the 9th; the three days from the 21st on are holidays
	look := func(days, hour int) int {
		t.Helper()
		year, month, day := asked.Date()
		*a.now = time.Date(year, month, day+days, hour, 10, 0, 0, time.FixedZone("JST", 9*3600))
		for range 2 {
			if err := a.server.remindByItself(ctx, a.ws); err != nil {
				t.Fatal(err)
			}
		}
		return len(a.told("agreement/sign/1/by-itself/"))
	}
	waits := func() []alert.Cause {
		t.Helper()
		at, _, err := a.server.alertMoment(ctx, a.ws)
		if err != nil {
			t.Fatal(err)
		}
		open, err := a.server.openAgreement(ctx, a.ws)
		if err != nil {
			t.Fatal(err)
		}
		return alert.Agreements(open, series.DayOf(at.Now))
	}
	for _, step := range []struct{ days, hour, want int }{
		{0, 20, 0}, {2, 9, 0}, {3, 9, 0}, {5, 7, 0}, {5, 9, 3}, {6, 9, 3}, // Monday is the third business day
	} {
		if got := look(step.days, step.hour); got != step.want {
			t.Errorf("after %d days at %d: %d reminders, not %d", step.days, step.hour, got, step.want)
		}
	}
	if causes := waits(); len(causes) != 0 {
		t.Errorf("the team hears of it after six days: %v", causes)
	}
	a.guest.must(200, "POST", path+"/wordings/1/sign", nil)
	if got := look(15, 9); got != 5 { // the eighth: Thursday, for the two that are left
		t.Errorf("%d reminders", got)
	}
	if causes := waits(); len(causes) != 1 || !strings.Contains(causes[0].What.JA, "9月9日から2人ぶん") || causes[0].Path != agreementPath {
		t.Errorf("%+v", causes)
	}
	a.viewer.must(200, "POST", path+"/wordings/1/sign", nil)
	a.owner.must(200, "POST", path+"/wordings/1/sign", nil)
	if got := look(16, 9); got != 5 || len(waits()) != 0 {
		t.Errorf("all have signed: %d reminders, %v", got, waits())
	}
	// Another round; the team wants to hear nothing of it.
	a.owner.must(201, "POST", path+"/rounds", object{"people": []string{}})
	a.owner.must(201, "POST", path+"/wordings", object{"version": 1, "text": "べつの言葉で", "people": []string{}})
	settings := a.owner.must(200, "GET", "/api/workspaces/small/alerts", nil)["settings"].(object)
	settings["off"] = []string{"agreement"}
	a.owner.must(200, "PUT", "/api/workspaces/small/alerts/settings", settings)
	if look(21, 9); len(a.told("agreement/sign/2/by-itself/")) != 0 {
		t.Error("a team that wants to hear nothing of it is reminded")
	}
}

// Before it is saved, the check says how many signatures another goal ends, and whose.
func TestCheckTellsWhatLapses(t *testing.T) {
	t.Parallel()
	a := newAgreeing(t)
	const path = "/api/workspaces/small/agreement"
	yaml := a.owner.must(200, "GET", "/api/workspaces/small/model", nil)["yaml"].(string)
	lapses := func(text string) any {
		t.Helper()
		return a.owner.must(200, "POST", "/api/workspaces/small/model/check", object{"yaml": text})["lapses"]
	}
	later := strings.Replace(yaml, "by: 2027-03-31", "by: 2027-02-28", 1)
	if got := lapses(later); got != nil {
		t.Errorf("nobody has signed: %v", got)
	}
	a.owner.must(201, "POST", path+"/wordings", object{"version": 1, "text": "この言葉で", "people": []string{}})
	a.owner.must(200, "POST", path+"/wordings/1/sign", nil)
	a.viewer.must(200, "POST", path+"/wordings/1/sign", nil)
	for text, want := range map[string]int{yaml: 0, strings.Replace(yaml, "locale: ja", "locale: en", 1): 0, later: 2} {
		got := lapses(text)
		if (got == nil) != (want == 0) {
			t.Errorf("%d signatures: %v", want, got)
			continue
		}
		if want > 0 {
			one := got.(object)
			sentence := one["sentence"].(string) // both signed in the same moment: either may come first
			if one["signatures"] != float64(want) || !strings.Contains(sentence, "2人の署名が切れます(") || !strings.Contains(sentence, "田中 美咲さん") || len(one["changes"].([]any)) != 1 {
				t.Errorf("%v", one)
			}
		}
	}
	kgi := a.owner.must(200, "GET", "/api/workspaces/small/map", nil)["indicators"].([]any)[0].(object)
	edit := object{"base_version": 1, "dry_run": true, "edits": []object{{"op": "set_target", "id": kgi["id"], "target": object{"kind": "total", "amount": "777", "from": "2026-04-01", "by": "2027-03-31"}}}}
	if one := a.owner.must(200, "POST", "/api/workspaces/small/model/edit", edit)["lapses"]; one == nil || one.(object)["signatures"] != float64(2) {
		t.Errorf("an edit: %v", one)
	}
	if standing := standingOf(agreementOf(a.owner)); standing != "partly" {
		t.Errorf("asking has changed it: %s", standing)
	}
}
