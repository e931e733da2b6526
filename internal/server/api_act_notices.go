package server

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/notice"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// NoticesReply is where people of the team are told.
type NoticesReply struct {
	Places  []NoticePlace `json:"places"`
	Senders []NamedChoice `json:"senders" doc:"of transactional mail, by which a notice may be mailed"`
	House   *string       `json:"house" doc:"whom the house's own mails are from, by which a notice may be mailed as well; null: it sends none"`
	Owners  []string      `json:"owners" doc:"who looks after contacts"`
}

// NoticePlace is one place, without what opens it.
type NoticePlace struct {
	ID string `json:"id"`
	NoticeSettings
	Hint string `json:"hint" doc:"by what the address or the token can be known again; nobody can open anything with it"`
}

// NoticeSettings are what a person decides of a place.
type NoticeSettings struct {
	Name   string       `json:"name" minLength:"1" maxLength:"100"`
	Kind   notice.Kind  `json:"kind" enum:"mail,slack,chatwork,teams,lineworks,webhook"`
	Room   string       `json:"room,omitempty" maxLength:"20" doc:"of Chatwork: the number of the room"`
	To     string       `json:"to,omitempty" maxLength:"254" doc:"of mail: whom to"`
	Sender string       `json:"sender,omitempty" maxLength:"80" doc:"of mail: id of the sender it leaves by; empty: as the house writes to its people"`
	Leads  bool         `json:"leads" doc:"is told of hot leads, and of what automations tell to whoever looks after somebody"`
	Owners []string     `json:"owners,omitempty" maxItems:"50" doc:"only of those these people look after; empty: of all"`
	Alerts bool         `json:"alerts,omitempty" doc:"is told of the team's alerts"`
	Kinds  []alert.Kind `json:"kinds,omitempty" maxItems:"20" enum:"milestone,pace,step,link,stale,leads,review,question,agreement" doc:"of alerts: these kinds alone; empty: all"`
}

// NewNoticePlace is a place with what opens it.
type NewNoticePlace struct {
	NoticeSettings
	URL   string `json:"url,omitempty" maxLength:"2000" doc:"of Slack, Teams, LINE WORKS and webhooks; absent: as it is"`
	Token string `json:"token,omitempty" maxLength:"200" doc:"of Chatwork; absent: as it is"`
}

// NoticePath names one place.
type NoticePath struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"40"`
}

// NoticeTried is what became of a notice that was sent to try a place.
type NoticeTried struct {
	OK   bool   `json:"ok"`
	Said string `json:"said"`
}

func (s *Server) registerNotices(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/act/notices"
	front.Handle(api, huma.Operation{
		OperationID: "list-notices", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: path, Summary: "Where the team is told", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (NoticesReply, error) {
		return s.notices(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-notice", Metadata: front.Needs(access.Manage), Method: http.MethodPost, Path: path, Summary: "Keep a place the team is told at", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewNoticePlace
	}) (NoticePlace, error) {
		return s.keepNotice(ctx, in.Workspace, "", in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "edit-notice", Metadata: front.Needs(access.Manage), Method: http.MethodPut, Path: path + "/{id}", Summary: "Change a place the team is told at", Tags: tags,
	}, func(ctx context.Context, in *struct {
		NoticePath
		front.Lang
		Body NewNoticePlace
	}) (NoticePlace, error) {
		return s.keepNotice(ctx, in.Workspace, in.ID, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-notice", Metadata: front.Needs(access.Manage), Method: http.MethodDelete, Path: path + "/{id}", Summary: "Forget a place", Tags: tags,
	}, func(ctx context.Context, in *struct{ NoticePath }) error {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return err
		}
		return s.deps.Store.Documents.Delete(ctx, ws.ID, kindNotice, in.ID)
	})
	front.Handle(api, huma.Operation{
		OperationID: "try-notice", Metadata: front.Needs(access.Manage), Method: http.MethodPost, Path: path + "/{id}/test", Summary: "Send a notice to try a place", Tags: tags,
	}, func(ctx context.Context, in *struct {
		NoticePath
		front.Lang
	}) (NoticeTried, error) {
		return s.tryNotice(ctx, in.NoticePath, in.Words())
	})
}

func noticeView(doc store.Document, p noticePlace) NoticePlace {
	return NoticePlace{ID: doc.ID, Hint: p.Hint, NoticeSettings: NoticeSettings{Name: doc.Name, Kind: p.Kind, Room: p.Room, To: p.To, Sender: p.Sender, Leads: p.Leads, Owners: p.Owners, Alerts: p.Alerts, Kinds: p.Kinds}}
}

func (s *Server) notices(ctx context.Context, slug string) (NoticesReply, error) {
	reply := NoticesReply{Places: []NoticePlace{}, Senders: []NamedChoice{}, Owners: []string{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	docs, err := s.deps.Store.Documents.List(ctx, ws.ID, kindNotice)
	if err != nil {
		return reply, err
	}
	for _, doc := range docs {
		p, err := noticePlaceOf(doc)
		if err != nil {
			return reply, err
		}
		reply.Places = append(reply.Places, noticeView(doc, p))
	}
	senders, err := s.deps.Store.Mails.List(ctx, ws.ID, store.MailSender)
	if err != nil {
		return reply, err
	}
	for _, sender := range senders {
		var settings MailSenderSettings
		if err := json.Unmarshal(sender.Body, &settings); err != nil {
			return reply, err
		}
		if settings.Stream == "transactional" {
			reply.Senders = append(reply.Senders, NamedChoice{sender.ID, sender.Name})
		}
	}
	if s.deps.House != nil {
		reply.House = &s.deps.House.From.Address
	}
	members, err := s.deps.Store.Members.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	for _, m := range members {
		if m.User.Name != "" {
			reply.Owners = append(reply.Owners, m.User.Name)
		}
	}
	slices.Sort(reply.Owners)
	return reply, nil
}

var digits = regexp.MustCompile(`^[0-9]{1,20}$`)

// noticeHosts are where the addresses of a kind lead; nothing for any. Those that begin with
// a dot are ends: every workflow of Teams has a host of its own.
var noticeHosts = map[notice.Kind][]string{
	notice.Slack: {"hooks.slack.com", "hooks.slack-gov.com"}, notice.LineWorks: {"webhook.worksmobile.com"},
	notice.Teams: {".api.powerplatform.com", ".logic.azure.com", ".api.powerplatform.us", ".logic.azure.us"},
}

func isHostOf(kind notice.Kind, name string) bool {
	hosts := noticeHosts[kind]
	return hosts == nil || slices.ContainsFunc(hosts, func(host string) bool {
		return name == host || strings.HasPrefix(host, ".") && strings.HasSuffix(strings.ToLower(name), host)
	})
}

// checkNotice refuses a place that nothing could be told at.
func checkNotice(in NewNoticePlace, known bool) error {
	switch in.Kind {
	case notice.Chatwork:
		if !digits.MatchString(in.Room) {
			return front.BadRequest("body.room", words.T("ルームIDは数字です。ルームのアドレスの「rid」のあとを入れてください。", "The room's id is a number: what stands after “rid” in its address."))
		}
		if in.Token == "" && !known || strings.ContainsAny(in.Token, "\r\n ") {
			return front.BadRequest("body.token", words.T("Chatwork の API トークンを入れてください。", "Enter the API token of Chatwork."))
		}
	case notice.Mail:
		if _, err := contact.ParseAddress(in.To); err != nil {
			return front.BadRequest("body.to", words.T("メールアドレス「%s」が正しくありません。", "The address %q cannot be used.", in.To))
		}
	default:
		if in.URL == "" && known {
			return nil
		}
		address, err := url.Parse(in.URL)
		if err != nil || address.Scheme != "https" || address.Host == "" || address.User != nil {
			return front.BadRequest("body.url", words.T("https:// ではじまるアドレスを入れてください。", "Enter an address that begins with https://."))
		}
		if !isHostOf(in.Kind, address.Hostname()) {
			host := noticeHosts[in.Kind][0]
			if strings.HasPrefix(host, ".") {
				host = "…" + host
			}
			return front.BadRequest("body.url", words.T("このアドレスは%sのものではないようです。https://%s/… を入れてください。", "This is no address of %s. Enter https://%s/….", kindName(in.Kind), host))
		}
	}
	return nil
}

func kindName(k notice.Kind) string {
	return map[notice.Kind]string{notice.Slack: "Slack", notice.LineWorks: "LINE WORKS", notice.Chatwork: "Chatwork", notice.Teams: "Microsoft Teams"}[k]
}

const mostNotices = 50

func (s *Server) keepNotice(ctx context.Context, slug, id string, in NewNoticePlace) (NoticePlace, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return NoticePlace{}, err
	}
	in.Name, in.URL, in.Token, in.To = front.Clean(in.Name), strings.TrimSpace(in.URL), strings.TrimSpace(in.Token), strings.TrimSpace(in.To)
	if in.Name == "" {
		return NoticePlace{}, front.BadRequest("body.name", words.T("名前を付けてください。", "Please give it a name."))
	}
	places, err := s.noticePlaces(ctx, ws.ID)
	if err != nil {
		return NoticePlace{}, err
	}
	was, known := places[id]
	switch {
	case id != "" && !known:
		return NoticePlace{}, store.ErrNotFound{What: "place of notices", Name: id}
	case id == "" && len(places) >= mostNotices:
		return NoticePlace{}, front.BadRequest("body", words.T("知らせる先は%d個までです。", "There can be %d places.", mostNotices))
	}
	known = known && was.Kind == in.Kind
	if err := checkNotice(in, known); err != nil {
		return NoticePlace{}, err
	}
	if in.Kind == notice.Mail && in.Sender == "" && s.deps.House == nil {
		return NoticePlace{}, front.BadRequest("body.sender", words.T("手続きのメール用の差出人を選んでください。宣伝のメールとは分けて送ります。", "Choose a sender of transactional mail: it is kept apart from marketing."))
	}
	if id == "" {
		if id, err = s.newRequestID(); err != nil {
			return NoticePlace{}, err
		}
	}
	place := noticePlace{Kind: in.Kind, Room: in.Room, To: in.To, Sender: in.Sender, Leads: in.Leads, Owners: in.Owners, Alerts: in.Alerts, Kinds: in.Kinds, Asked: alert.Kinds}
	if known {
		place.Sealed, place.Hint = was.Sealed, was.Hint
	}
	if in.URL != "" || in.Token != "" {
		if s.deps.Vault == nil {
			return NoticePlace{}, front.Refuse(http.StatusUnprocessableEntity, words.T("鍵ファイルがないため、アドレスやトークンを預かれません。", "Without a key file no address and no token can be kept."))
		}
		if place.Sealed, err = s.deps.Vault.Seal(noticeOwner(ws.ID, id), mustJSON(noticeSecret{in.URL, in.Token})); err != nil {
			return NoticePlace{}, err
		}
		place.Hint = hintOf(in)
	}
	doc, err := s.deps.Store.Documents.Put(ctx, ws.ID, kindNotice, store.Document{ID: id, Name: in.Name, Body: mustJSON(place), Author: front.AuthorOf(ctx)})
	if err != nil {
		return NoticePlace{}, err
	}
	return noticeView(doc, place), nil
}

// hintOf is by what an address or a token is known again.
func hintOf(in NewNoticePlace) string {
	if in.Kind == notice.Chatwork {
		return "…" + in.Token[max(0, len(in.Token)-4):]
	}
	address, err := url.Parse(in.URL)
	if err != nil {
		return ""
	}
	return address.Host
}

func (s *Server) tryNotice(ctx context.Context, in NoticePath, lang words.Lang) (NoticeTried, error) {
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return NoticeTried{}, err
	}
	places, err := s.noticePlaces(ctx, ws.ID)
	if err != nil {
		return NoticeTried{}, err
	}
	place, there := places[in.ID]
	if !there {
		return NoticeTried{}, store.ErrNotFound{What: "place of notices", Name: in.ID}
	}
	if place.Kind == notice.Mail && place.Sender == "" { // nobody floods others with the house's letters
		if err := s.slowLetters(front.RequestOf(ctx), accountOf(place.To)); err != nil {
			return NoticeTried{}, err
		}
	}
	key, err := s.newRequestID()
	if err != nil {
		return NoticeTried{}, err
	}
	answer := s.noticing.tell(ctx, ws.ID, in.ID, place, notice.Message{Key: "test/" + key, Type: "test", Title: words.T("Shirube からのお試しです", "A try from Shirube").In(lang),
		Points: []string{words.T("話すとよい方があらわれると、ここに理由つきで届きます。", "When there is somebody to talk with, it will say so here, and why.").In(lang)},
		Link:   s.ownAddress() + "/w/" + url.PathEscape(ws.Slug) + "/act", Button: words.T("今日のリードを開く", "Open today's leads").In(lang)})
	switch answer.State {
	case outbox.Sent:
		return NoticeTried{true, words.T("届きました。", "It has arrived.").In(lang)}, nil
	case outbox.Withheld:
		return NoticeTried{false, nothingLeaves.In(lang)}, nil
	case outbox.Unknown:
		return NoticeTried{false, words.T("返事がなく、届いたか分かりません。", "There was no answer: nobody can tell whether it has arrived.").In(lang)}, nil
	}
	return NoticeTried{false, words.T("届きませんでした（%s）。アドレスやトークンを確かめてください。", "It did not arrive (%s). Check the address or the token.", answer.Reason).In(lang)}, nil
}
