package server

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/deliver/notice"
	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// plantedAlert is one thing the made-up company was told of, so many days ago.
type plantedAlert struct {
	ago  int
	keys []string // of the causes, as they are found today
	line alert.Line
}

// PlantAlerts writes what the made-up company was told in the last weeks, as if it had been
// told here: what was planted in its numbers, each on the morning it could be known. What
// began lately is left for the next message.
func PlantAlerts(ctx context.Context, db *store.DB, ws store.WorkspaceID, now time.Time, lang words.Lang, past Past) error {
	today := series.DayOf(now.In(template.Zone))
	truth := demo.TruthsOn(today)
	// In the demo's language, as its model has them.
	called := func(ja, en string) string { return words.T(ja, en).In(lang) }
	views, clicks, forms, reply := called("プロフィールの閲覧数", "Profile visits"), called("クリック率", "Click rate"), called("フォーム完了率", "Form completion rate"), called("DMの初回返信", "Time to first reply")
	hours := called("時間", "hours")
	list := []plantedAlert{
		{66, []string{"step-leaks:ctr", "link-broken:profile_visits:profile_visits>ctr"}, alert.Line{Kind: alert.Link, Path: "/map?open=profile_visits&tab=roads",
			What: words.T("「%[1]s」が増えても、「%[2]s」が動かなくなりました(%[3]sごろから)。", "“%[2]s” no longer follows “%[1]s” (since about %[3]s).", views, clicks, truth.AlgorithmChange+2),
			Why:  words.T("%sの「アルゴリズム変更」と時期が重なります。", "It falls together with the change of the algorithm on %s.", truth.AlgorithmChange),
			Do:   words.T("「%s」を増やす手はいったん止め、配信のしくみとリンクの置き場所を確かめましょう。", "Pause what raises “%s”, and look at the feed and at where the link stands.", views)}},
		{16, []string{"step-leaks:form_completion"}, alert.Line{Kind: alert.Step, Path: "/ask",
			What: words.T("「%[1]s」が%[2]sごろに23.4%%から16.1%%へ下がりました。", "“%[1]s” fell from 23.4%% to 16.1%% around %[2]s.", forms, today-30),
			Why:  words.T("下がったのは「%s」です。", "It fell on “%s”.", truth.LeakDevice),
			Do:   words.T("「%s」でこの段を自分の手で通ってみましょう。", "Walk through the step yourself on “%s”.", truth.LeakDevice)}},
		{2, []string{"target:dm_reply:" + fiscalEnd(today).String() + ":3:true"}, alert.Line{Kind: alert.Milestone, Good: true, Path: "/map?open=dm_reply",
			What: words.T("「%[1]s」が%[2]sになり、期限より早く目標の%[3]sに届きました。", "“%[1]s” is at %[2]s: its target of %[3]s is reached early.",
				reply, words.Amount{Value: 2.4, Unit: hours}, words.Amount{Value: 3, Unit: hours}),
			Do: words.T("何が効いたかを1行書き留めて、かかわった人に伝えましょう。", "Write down in one line what worked, and tell those who had a part in it.")}},
	}
	room := called("マーケの部屋", "Marketing room")
	to := []string{demo.Team(lang)[0].Name, room}
	calendar := series.NewCalendar(nil)
	book := alert.Book{Held: []alert.Held{}, Morning: today}
	err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		place := noticePlace{Kind: notice.Slack, Alerts: true, Hint: "hooks.slack.com"}
		past.to(event.Millis(now.AddDate(0, -3, 0).UnixMilli()))
		if _, err := tx.Documents.Put(ctx, ws, kindNotice, store.Document{ID: "team", Name: room, Body: mustJSON(place), Author: to[0]}); err != nil {
			return err
		}
		for n, one := range list {
			day := today - series.Day(one.ago)
			for !calendar.IsBusinessDay(day) {
				day--
			}
			year, month, date := day.Civil()
			at := time.Date(year, month, date, 8, 0, 20, 0, template.Zone)
			past.to(event.Millis(at.UnixMilli()))
			for _, key := range one.keys {
				book.Held = append(book.Held, alert.Held{Key: key, Kind: one.line.Kind, Since: day, Told: day})
			}
			// A book is kept in the order of its keys.
			slices.SortFunc(book.Held, func(a, b alert.Held) int { return cmp.Compare(a.Key, b.Key) })
			book.Looked, book.Told = at, at
			letter := alert.Letter{Title: alert.Compose([]alert.Cause{{What: one.line.What, Kind: one.line.Kind}}).Title, Lines: []alert.Line{one.line}}
			if _, err := tx.Alerts.Keep(ctx, ws, n, book, &store.AlertMessage{Letter: letter, To: to}); err != nil {
				return err
			}
		}
		return nil
	})
	past.to(event.Millis(now.UnixMilli()))
	if err != nil {
		return fmt.Errorf("plant what was told: %w", err)
	}
	return nil
}

// fiscalEnd is the last day of the fiscal year that begins in April.
func fiscalEnd(day series.Day) series.Day {
	return series.Fiscal{StartMonth: time.April}.Containing(series.GrainYear, day).To
}
