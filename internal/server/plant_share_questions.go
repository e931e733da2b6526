package server

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// plantedWord is a message of the made-up company: by whom (the place in the team; outside is
// -1), how long ago, and what.
type plantedWord struct {
	by   int
	ago  time.Duration
	text words.Text
}

// plantedTalk is a thread of the made-up company.
type plantedTalk struct {
	about question.Subject
	name  words.Text // of the subject
	words []plantedWord
	// answer is the number of the message that answers it; 0: it is open.
	answer int
	// unread by whoever the company is seen through.
	unread bool
}

const outsideWord = -1

// plantedTalks are what the people of the made-up company ask one another: the first of the
// team looks after the goal, the others are management, recruiting and sales.
func plantedTalks() []plantedTalk {
	const hour, day = time.Hour, 24 * time.Hour
	indicator := func(id string) question.Subject { return question.Subject{Kind: question.Indicator, ID: id} }
	return []plantedTalk{{
		about: indicator("applications"), name: words.T("SNS経由の採用応募数", "Applications from social media"), answer: 2,
		words: []plantedWord{
			{1, 9*day + 2*hour, words.T("この数には、途中でやめた人も入っていますか? 取締役会で聞かれました。",
				"Does this count people who stopped half way? The board asked me.")},
			{0, 9*day - hour, words.T("入っていません。応募書類が届いた人だけを、1人1件で数えています。途中でやめた人は「フォーム完了率」で見られます。",
				"No. Only people whose documents have arrived count, once each. Those who stopped half way show in the form completion rate.")},
			{1, 8*day + 20*hour, words.T("よく分かりました。ありがとうございます。", "That is clear now, thank you.")},
		},
	}, {
		about: indicator("ctr"), name: words.T("クリック率", "Click rate"), unread: true,
		words: []plantedWord{
			{3, 2*day + 3*hour, words.T("@田中 ストーリーズのリンクも入っていますか? 営業でもInstagramを始めるので、そろえておきたいです。",
				"@Misaki Are links in stories counted as well? Sales is starting on Instagram, too, and we want to count the same way.")},
		},
	}, {
		about: question.RoadBetween("likes", "impressions"), name: words.T("いいね数 → 表示回数", "Likes → Impressions"),
		words: []plantedWord{
			{2, 5*day + 4*hour, words.T("いいねを増やす企画を続けてよいか迷っています。本当に効いているのでしょうか。",
				"I wonder whether to go on with the posts that ask for likes. Do they really help?")},
			{0, 5*day + hour, words.T("確かめてみました。いいねが増えても、表示回数は増えていません（「確かめる」に出ています）。続けるかどうかは、次の点検で決めませんか?",
				"It was tested: more likes did not bring more impressions (see Ask). Shall we decide in the next review whether to go on?")},
		},
	}, {
		about: question.Subject{Kind: question.Finding, ID: "step-leaks:form_completion"}, name: words.T("途中で人が減っています", "A step is leaking"),
		words: []plantedWord{
			{0, 1*day + 6*hour, words.T("@佐藤 スマホの入力画面で、何か変えましたか? 心当たりがあれば教えてください。",
				"@Ken Did something change on the form for phones? Tell me if anything comes to mind.")},
			{2, 1*day + 2*hour, words.T("住所の欄を必須にしました。任意に戻して、来週の点検で数字を見ましょう。",
				"We made the address required. I will make it optional again; let us look at the numbers in next week's review.")},
		},
	}, {
		about: question.Subject{Kind: question.Whole}, unread: true,
		words: []plantedWord{
			{outsideWord, 20 * hour, words.T("説明会への申し込みも、この「応募」に入りますか?", "Do people who sign up for an information session count as applications, too?")},
		},
	}}
}

// PlantTalk writes down what the people of the made-up company ask and answer. team is their
// names, the first the one whose eyes it is seen through. All of it happens or nothing.
func PlantTalk(ctx context.Context, db *store.DB, ws store.WorkspaceID, team []string, now time.Time, lang words.Lang, past Past) error {
	members, err := db.Members.List(ctx, ws)
	if err != nil {
		return err
	}
	voices := make([]question.Voice, len(team))
	people := make([]question.Person, 0, len(members))
	for _, m := range members {
		people = append(people, question.Person{ID: string(m.User.ID), Name: m.User.Name, Department: m.Department})
		for k, name := range team {
			if m.User.Name == name {
				voices[k] = question.Voice{ID: string(m.User.ID), Name: name, Department: m.Department}
			}
		}
	}
	by := func(w plantedWord) question.Voice {
		if w.by == outsideWord {
			return question.Voice{Name: words.T("小川 真理", "Mari Ogawa").In(lang), Outside: true}
		}
		return voices[w.by]
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, t := range plantedTalks() {
			first := t.words[0]
			past.to(event.Millis(now.Add(-first.ago).UnixMilli()))
			text := first.text.In(lang)
			one, err := tx.Questions.Ask(ctx, ws, store.NewQuestion{Subject: t.about, Name: t.name.In(lang), By: by(first), Text: text, Calls: question.Calls(text, people)})
			if err != nil {
				return err
			}
			for _, w := range t.words[1:] {
				past.to(event.Millis(now.Add(-w.ago).UnixMilli()))
				text := w.text.In(lang)
				if _, _, err := tx.Questions.Say(ctx, ws, one.ID, by(w), text, question.Calls(text, people)); err != nil {
					return err
				}
			}
			if t.answer > 0 {
				if _, err := tx.Questions.Settle(ctx, ws, one.ID, true, t.answer); err != nil {
					return err
				}
			}
			if !t.unread {
				if err := tx.Questions.NoteRead(ctx, ws, store.UserID(voices[0].ID), one.ID, len(t.words)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	past.to(event.Millis(now.UnixMilli()))
	if err != nil {
		return fmt.Errorf("plant the questions of the team: %w", err)
	}
	return nil
}
