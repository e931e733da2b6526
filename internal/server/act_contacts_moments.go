package server

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// mostActingTold is how much of each kind of acting stands in a timeline.
const mostActingTold = 500

// said is what a moment of consent is about. The moment itself keeps no sentence: whoever
// reads it has a language of their own.
type said struct {
	Basis   contact.Basis  `json:"basis,omitempty"`
	Refused bool           `json:"refused,omitempty"`
	Stopped contact.Reason `json:"stopped,omitempty"`
}

// momentText is what a moment says to a reader.
func momentText(m contact.Moment, lang words.Lang) string {
	var about said
	if m.Kind != contact.MomentConsent || m.Body == nil || json.Unmarshal(m.Body, &about) != nil {
		return m.Text
	}
	switch {
	case about.Refused:
		return words.T("受け取らないという申し出", "They said that they do not want it").In(lang)
	case about.Stopped != "":
		return words.T("配信を停止: %s", "Mail was stopped: %s", words.Text{JA: about.Stopped.In(words.JA), EN: about.Stopped.In(words.EN)}).In(lang)
	case about.Basis != "":
		return about.Basis.In(lang)
	}
	return m.Text
}

// actingMoments is what the house did with somebody, as moments of their timeline: mails that
// left and came back, automations they went through, when sales were told of them and what
// came of it. before 0 is up to now.
func (s *Server) actingMoments(ctx context.Context, ws store.WorkspaceID, one contact.Contact, before event.Millis, lang words.Lang) ([]MomentView, error) {
	acting, err := s.contactActing(ctx, ws, one, mostActingTold)
	if err != nil {
		return nil, err
	}
	var moments []MomentView
	put := func(kind contact.MomentKind, id string, at int64, cause string, text words.Text) {
		if at > 0 && (before == 0 || event.Millis(at) < before) {
			moments = append(moments, MomentView{ID: string(kind) + "/" + id, At: at, Kind: string(kind), Label: momentLabels[kind].In(lang), Text: text.In(lang), Cause: cause, Body: json.RawMessage("{}")})
		}
	}
	for k, m := range acting.Mails {
		put(contact.MomentMail, strconv.FormatInt(m.At, 10)+"/"+strconv.Itoa(k), m.At, m.Cause, mailText(m))
	}
	for _, j := range acting.Journeys {
		id, name := j.Automation+"/"+strconv.Itoa(j.Entry), quoted(j.Name)
		put(contact.MomentJourney, id, j.EnteredAt, automation.Cause(j.Automation), enteredText(j, name))
		put(contact.MomentJourney, id+"/end", j.EndedAt, automation.Cause(j.Automation), endedText(j, name))
	}
	for _, l := range acting.Leads {
		put(contact.MomentScore, l.ID, l.At, "", words.T("%[1]d点%[2]sで、営業に知らせました", "Told to sales with %[1]d points%[2]s", l.Points, quoted(l.Band)))
		put(contact.MomentVerdict, l.ID, l.DecidedAt, "", verdictText(l))
	}
	return moments, nil
}

// quoted is a name in quotation marks, "" where there is none.
func quoted(name string) words.Text {
	if name == "" {
		return words.Text{}
	}
	return words.T("「%s」", " “%s”", name)
}

func mailText(m MailOf) words.Text {
	name := quoted(m.Name)
	switch {
	case m.Returned == string(store.ReturnedComplaint):
		return words.T("メール%sが、迷惑メールと報告されました", "The mail%s was reported as spam", name)
	case m.Returned != "":
		return words.T("メール%sが戻ってきました", "The mail%s came back", name)
	case m.Class == string(mail.Permanent):
		return words.T("メール%sを、相手のサーバーが受け取りませんでした", "Their server did not take the mail%s", name)
	case m.Class == string(mail.Unknown):
		return words.T("メール%sを送りました（届いたかは分かりません）", "The mail%s was sent; nobody knows whether it arrived", name)
	}
	return words.T("メール%sを送りました", "The mail%s was sent", name)
}

func enteredText(j JourneyOf, name words.Text) words.Text {
	if j.State == string(automation.Held) {
		return words.T("%sには、くらべるために送らない人として入りました", "Entered%s as one of those who are sent nothing, to compare", name)
	}
	return words.T("%sに入りました", "Entered%s", name)
}

func endedText(j JourneyOf, name words.Text) words.Text {
	switch automation.State(j.State) {
	case automation.Reached:
		return words.T("%sの目標に届いて終わりました", "Reached the goal of%s", name)
	case automation.Removed:
		return words.T("%sから外れました", "Was taken out of%s", name)
	}
	return words.T("%sを最後まで進みました", "Went through%s to the end", name)
}

func verdictText(l LeadOf) words.Text {
	reason := words.Text{}
	if r := strings.TrimSpace(l.Reason); r != "" {
		reason = words.T("（%s）", " (%s)", r)
	}
	switch score.Verdict(l.Verdict) {
	case score.Rejected:
		return words.T("今は違う%s", "Not now%s", reason)
	case score.Accepted:
		return words.T("話を進める%s", "Taken up%s", reason)
	case score.Meeting:
		return words.T("商談になった%s", "Became a meeting%s", reason)
	case score.Won:
		return words.T("受注した%s", "Was won%s", reason)
	}
	return reason
}
