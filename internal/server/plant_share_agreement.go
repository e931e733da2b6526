package server

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// plantedGoal is what somebody of the made-up company says the goal is.
type plantedGoal struct {
	ago                                time.Duration
	amount, deadline, purpose, meaning words.Text
}

// The words of the four: one as the goal has it, one in months, one of another thing. The
// last one has not answered yet.
var plantedGoals = []plantedGoal{
	{
		ago: 20 * 24 * time.Hour, amount: words.T("年100件", "100 a year"), deadline: words.T("年度末", "end of the fiscal year"),
		purpose: words.T("30名の採用に足りる応募を集める", "Enough applications to hire 30 people"), meaning: words.T("SNSから来た応募書類。1人1件", "Applications that came by social media, one per person"),
	},
	{
		ago: 19 * 24 * time.Hour, amount: words.T("年120件", "120 a year"), deadline: words.T("12月末", "end of December"),
		purpose: words.T("春までに30名を採用する", "Hire 30 people by spring"), meaning: words.T("内定を出せる人の数", "People we can make an offer to"),
	},
	{
		ago: 18 * 24 * time.Hour, amount: words.T("月8件", "8 a month"), deadline: words.T("年度末", "end of the fiscal year"),
		purpose: words.T("現場の人手を増やす採用", "Hiring for the shop floor"), meaning: words.T("応募フォームが送られた数", "Application forms that were sent"),
	},
}

// PlantAgreement has the made-up company say its goal in four people's words and begin to
// sign it, before now. past sets the clock back; the caller lets it go on.
func PlantAgreement(ctx context.Context, db *store.DB, ws store.WorkspaceID, now time.Time, lang words.Lang, past Past) error {
	members, err := db.Members.List(ctx, ws)
	if err != nil {
		return err
	}
	newest, err := db.ModelVersions.Newest(ctx, ws)
	if err != nil {
		return err
	}
	model, err := goal.Parse(modelFile, []byte(newest.YAML))
	if err != nil {
		return fmt.Errorf("read the model of the made-up company: %w", err)
	}
	var people []agreement.Person // in the order of the made-up team
	for _, c := range demo.Team(lang) {
		for _, m := range members {
			if m.User.Email == c.Email {
				people = append(people, agreement.Person{ID: string(m.User.ID), Name: m.User.Name, Department: m.Department})
			}
		}
	}
	if len(people) <= len(plantedGoals) {
		return nil
	}
	at := func(ago time.Duration) series.Day {
		if past != nil {
			past(now.Add(-ago))
		}
		return series.DayOf(now.Add(-ago).In(model.Location))
	}
	return db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		answerBy := at(21*24*time.Hour) + 7
		note := words.T("上期の振り返りの前に、目標の受け取り方をそろえたいです。", "Before we look back on the half-year, I would like us to mean the same by our goal.")
		if _, err := tx.Agreements.Ask(ctx, ws, store.AgreementRound{People: people, Note: note.In(lang), AnswerBy: &answerBy, Author: people[0]}); err != nil {
			return err
		}
		for i, w := range plantedGoals {
			said := agreement.Said{Amount: w.amount.In(lang), Deadline: w.deadline.In(lang), Purpose: w.purpose.In(lang), Meaning: w.meaning.In(lang)}
			on := at(w.ago)
			one := agreement.Statement{By: people[i], Said: said, Reading: agreement.Read(said, on, model.Fiscal), Round: 1, Version: newest.Version, On: on, Blind: true}
			if _, err := tx.Agreements.State(ctx, ws, one); err != nil {
				return err
			}
		}
		g := agreement.GoalOf(model)
		if !g.Signable() {
			return nil
		}
		at(12 * 24 * time.Hour)
		p, err := tx.Agreements.Propose(ctx, ws, store.AgreementProposal{Version: newest.Version, Goal: g, Wording: g.Wording().In(lang), People: people, Author: people[0]})
		if err != nil {
			return err
		}
		at(11 * 24 * time.Hour)
		if err := tx.Agreements.Sign(ctx, ws, p.Number, people[0]); err != nil {
			return err
		}
		at(10 * 24 * time.Hour)
		return tx.Agreements.Sign(ctx, ws, p.Number, people[2])
	})
}
