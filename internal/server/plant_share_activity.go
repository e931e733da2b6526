package server

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// PlantActivity writes who of the made-up company looked at the goal, what was changed
// lately and by whom, and what two of them answered in the self-check. Sales has not looked
// for a while: that is what the page is there to show.
func PlantActivity(ctx context.Context, db *store.DB, ws store.WorkspaceID, now time.Time, lang words.Lang, past Past) error {
	members, err := db.Members.List(ctx, ws)
	if err != nil {
		return err
	}
	team := demo.Team(lang)
	person := func(n int) store.User { // of the team, in its order
		for _, m := range members {
			if m.User.Email == team[n].Email {
				return m.User
			}
		}
		return store.User{Name: team[n].Name}
	}
	marketing, management, recruiting, sales := person(0), person(1), person(2), person(3)
	today := series.DayOf(now.In(template.Zone))
	looks := func(of store.User, what, thing string, ago ...int) (list []store.Look) {
		for _, n := range ago {
			list = append(list, store.Look{Day: today - series.Day(n), Person: of.ID, What: what, Thing: thing})
		}
		return list
	}
	var seen []store.Look
	for _, some := range [][]store.Look{
		looks(marketing, "map", "", 0, 1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15), looks(marketing, "findings", "", 0, 2, 6, 9, 13),
		looks(marketing, "indicator", "ctr", 1, 6, 8), looks(marketing, "indicator", "form_completion", 0, 2),
		looks(recruiting, "map", "", 1, 3, 8, 10, 15), looks(recruiting, "indicator", "form_completion", 1), looks(recruiting, "questions", "", 3),
		looks(management, "now", "", 2, 9, 16), looks(management, "map", "", 2), looks(management, "indicator", "applications", 2, 9),
		looks(sales, "map", "", 12),
	} {
		seen = append(seen, some...)
	}
	in := func(ja, en string) string { return words.T(ja, en).In(lang) }
	field := func(name, before, after string) audit.Change {
		return audit.Change{Field: name, Before: front.OrNull(before), After: front.OrNull(after)}
	}
	deeds := []struct {
		ago       time.Duration
		by        store.User
		role      string
		operation string
		area      audit.Area
		name      string
		changes   []audit.Change
	}{
		{3 * time.Hour, marketing, "owner", "create-view", audit.Share, "", []audit.Change{field("expires_at", "", (today + 30).String())}},
		{26 * time.Hour, recruiting, "member", "put-entries", audit.Measure, "", []audit.Change{
			field("metric", "", in("DMの初回返信", "Time to first reply")), field("day", "", (today - 2).String()), field("value", "", "2.4")}},
		{50 * time.Hour, marketing, "owner", "mute-finding", audit.Ask, in("いいね数", "Likes"), []audit.Change{field("reason", "", in("書き出しは月初にまとめて行います", "exported once at the beginning of each month"))}},
		{30 * time.Hour, marketing, "owner", "answer-question", audit.Share, "", nil},
		{54 * time.Hour, management, "viewer", "ask-question", audit.Share, "", nil},
		{6*24*time.Hour + 4*time.Hour, marketing, "owner", "edit-model", audit.Map, "", []audit.Change{
			field("version", "1", "2"), field("ctr.definition", "", in("プロフィールを見た人のうち、リンクを押した割合", "Of those who saw the profile, the share that followed the link"))}},
		{8 * 24 * time.Hour, marketing, "owner", "update-member", audit.People, sales.Name, []audit.Change{field("department", "", sales.Name), field("export", "true", "false")}},
		{13 * 24 * time.Hour, marketing, "owner", "update-connection", audit.Measure, "GA4", []audit.Change{field("schedule", "weekly", "daily")}},
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Looks.Note(ctx, ws, seen); err != nil {
			return err
		}
		for n, d := range deeds {
			changes := d.changes
			if d.operation == "update-member" {
				changes[0] = field("department", "", team[3].Department)
			}
			_, err := tx.Audit.Add(ctx, ws, audit.Entry{
				ID: fmt.Sprintf("planted%02d", n), At: now.Add(-d.ago), Area: d.area, Operation: d.operation, SubjectName: d.name,
				Actor: audit.Actor{Kind: audit.Person, ID: string(d.by.ID), Name: d.by.Name, Role: d.role}, Changes: audit.Changes{Read: len(changes) > 0, Fields: changes},
			})
			if err != nil {
				return err
			}
		}
		past.to(event.Millis(now.AddDate(0, 0, -20).UnixMilli()))
		for _, sheet := range []struct {
			of     store.User
			skills map[string]int
			hours  float64
		}{
			{marketing, map[string]int{"goal": 2, "numbers": 1, "tags": 0, "reading": 2, "content": 3, "ads": 1, "mail": 0, "review": 2}, 30},
			{recruiting, map[string]int{"goal": 1, "numbers": 2, "tags": 0, "reading": 1, "content": 1, "ads": 0, "mail": 1, "review": 1}, 8},
		} {
			doc := store.Document{ID: string(sheet.of.ID), Name: sheet.of.Name, Author: sheet.of.Name, Body: mustJSON(SelfCheckSheet{Skills: sheet.skills, Hours: sheet.hours})}
			if _, err := tx.Documents.Put(ctx, ws, selfCheckKind, doc); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("plant who looked: %w", err)
	}
	return nil
}
