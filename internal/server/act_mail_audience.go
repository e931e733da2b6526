package server

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// AudienceView is whom a broadcast would reach now.
type AudienceView struct {
	Sentence string        `json:"sentence" doc:"whom it is for, as one would say it; empty: everybody"`
	Chosen   int           `json:"chosen" doc:"contacts it is for"`
	May      int           `json:"may" doc:"of them, to whom it may be sent now"`
	LeftOut  []LeftOutView `json:"left_out" doc:"why the others are left out, the most first"`
	Days     []int         `json:"days" doc:"mails of each day while the sender is new; one number: all on the first"`
}

// LeftOutView is one reason not to write to somebody.
type LeftOutView struct {
	Why     string `json:"why"`
	Article string `json:"article" doc:"of the law; empty where it is not the law that speaks"`
	People  int    `json:"people"`
}

// audience weighs everybody a broadcast is for as the gate will at the moment of hand-over.
func (s *Server) audience(ctx context.Context, slug string, plan AudienceQuestion, lang words.Lang) (AudienceView, error) {
	v := AudienceView{LeftOut: []LeftOutView{}, Days: []int{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return v, err
	}
	if !emptyCondition(plan.Audience) {
		if err := checkedCondition("body.audience", plan.Audience); err != nil {
			return v, err
		}
		names, err := s.conditionNames(ctx, ws.ID, plan.Audience)
		if err != nil {
			return v, err
		}
		v.Sentence = condition.Sentence(plan.Audience, names).In(lang)
	}
	var p *preparedMail
	stream, topic := contact.Stream(outboxMarketing), ""
	if plan.Template != "" {
		if p, err = s.mailing.prepare(ctx, ws.ID, plan.Template); err != nil {
			return v, toldMail(err)
		}
		stream, topic = contact.Stream(p.template.Stream), p.template.Topic
	}
	if v.Chosen, err = s.chosen(ctx, ws.ID, plan.Audience); err != nil {
		return v, err
	}
	type reason struct{ why, article string }
	why, addressed := map[reason]int{}, 0
	err = s.mailing.eachReader(ctx, ws.ID, plan.Audience, func(people []contact.Contact) error {
		addressed += len(people)
		verdicts, err := s.verdicts(ctx, ws.ID, people, topic, stream)
		if err != nil {
			return err
		}
		for _, verdict := range verdicts {
			if verdict.May {
				v.May++
			} else {
				why[reason{verdict.Why.In(lang), articleIn(verdict.Article, lang)}]++
			}
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	if missing := v.Chosen - addressed; missing > 0 {
		why[reason{words.T("メールアドレスがありません。", "They have no mail address.").In(lang), ""}] += missing
	}
	for r, n := range why {
		v.LeftOut = append(v.LeftOut, LeftOutView{r.why, r.article, n})
	}
	slices.SortFunc(v.LeftOut, func(a, b LeftOutView) int { return cmp.Or(b.People-a.People, strings.Compare(a.Why, b.Why)) })
	if p != nil {
		leaving, err := s.mailing.scheduleOf(ctx, ws.ID, p, BroadcastPlan{})
		if err != nil {
			return v, err
		}
		v.Days = leaving.days(v.May)
	}
	return v, nil
}

const outboxMarketing = "marketing"

// chosen is how many contacts a condition is true of.
func (s *Server) chosen(ctx context.Context, ws store.WorkspaceID, audience condition.Condition) (int, error) {
	if emptyCondition(audience) {
		_, all, err := s.segments.find(ctx, ws, condition.Condition{})
		return all, err
	}
	set, _, err := s.segments.find(ctx, ws, audience)
	if err != nil {
		return 0, lostSegment(err)
	}
	return set.Count(), nil
}

func (s *Server) verdicts(ctx context.Context, ws store.WorkspaceID, people []contact.Contact, topic string, stream contact.Stream) ([]contact.Verdict, error) {
	wishes, err := wishesOf(ctx, s.deps.Store.Repositories, ws, people)
	if err != nil {
		return nil, err
	}
	now := s.nowMillis()
	verdicts := make([]contact.Verdict, len(people))
	for i, one := range people {
		verdicts[i] = wishes[one.ID].MaySend(topic, stream, now)
	}
	return verdicts, nil
}

var (
	articleParts = regexp.MustCompile(`(\d+)条(?:(\d+)項)?(?:(\d+)号)?`)
	lawNames     = strings.NewReplacer("特定電子メール法施行規則", "Rules of the Specified Electronic Mail Act, ", "特定電子メール法", "Specified Electronic Mail Act, ", "規則", "rules, ", "・", "; ")
)

// articleIn names an article in a language.
func articleIn(article string, lang words.Lang) string {
	if lang != words.EN || article == "" {
		return article
	}
	article = articleParts.ReplaceAllStringFunc(article, func(found string) string {
		parts := articleParts.FindStringSubmatch(found)
		named := "art. " + parts[1]
		for _, part := range parts[2:] {
			if part != "" {
				named += "-" + part
			}
		}
		return named
	})
	return lawNames.Replace(article)
}

// withheldWhy says why items of a broadcast never left, the most first.
func withheldWhy(reasons map[outbox.State]map[string]int, lang words.Lang) []LeftOutView {
	list := []LeftOutView{}
	for _, state := range []outbox.State{outbox.Withheld, outbox.Failed, outbox.Cancelled} {
		for reason, n := range reasons[state] {
			list = append(list, LeftOutView{Why: reasonIn(reason, lang), People: n})
		}
	}
	slices.SortFunc(list, func(a, b LeftOutView) int { return cmp.Or(b.People-a.People, strings.Compare(a.Why, b.Why)) })
	return list
}

// reasonIn says in words what the outbox notes for itself; what a mail server said stays.
func reasonIn(reason string, lang words.Lang) string {
	switch reason {
	case "stopped":
		return words.T("途中で止めました。", "The broadcast was stopped.").In(lang)
	case fictional:
		return words.T("存在しないアドレスが1割を超えたため、止めました（特定電子メール法6条）。", "It was stopped: more than one address in ten does not exist (article 6 of the Specified Electronic Mail Act).").In(lang)
	case outbox.Unready:
		return words.T("送る前の確認が赤なので、待っています（特定電子メール法4条・RFC 8058）。", "They wait: a check before sending is red (article 4 of the Specified Electronic Mail Act, RFC 8058).").In(lang)
	case "erased":
		return words.T("連絡先が消去されました。", "The contact was erased.").In(lang)
	case outbox.Merged:
		return words.T("同じ人と分かったほかの連絡先へ送っています。", "They turned out to be somebody who was sent it already.").In(lang)
	case outbox.Goal:
		return words.T("送る前に、ゴールに届きました。", "They reached the goal before it was sent.").In(lang)
	case outbox.Capped:
		return words.T("短いあいだに送る数の上限に達していました。", "They had been sent as many as may be sent for now.").In(lang)
	}
	if ja, en, both := strings.Cut(reason, betweenLanguages); both {
		return words.Text{JA: ja, EN: en}.In(lang)
	}
	return reason
}
