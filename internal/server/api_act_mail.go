package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// MailSenderSettings is how mail leaves. Its secrets are never in it.
type MailSenderSettings struct {
	Stream   string  `json:"stream" enum:"marketing,transactional" doc:"the two are kept apart: each has senders of its own"`
	FromName string  `json:"from_name" maxLength:"100"`
	From     string  `json:"from" format:"email" maxLength:"254"`
	ReplyTo  string  `json:"reply_to,omitempty" maxLength:"254"`
	Envelope string  `json:"envelope,omitempty" maxLength:"254" doc:"where bounces go; absent: from"`
	Host     string  `json:"host" minLength:"1" maxLength:"253" doc:"of the mail server"`
	Port     int     `json:"port" minimum:"1" maximum:"65535"`
	Security string  `json:"security" enum:"tls,starttls,none"`
	Username string  `json:"username,omitempty" maxLength:"254"`
	Relay    bool    `json:"relay,omitempty" doc:"the mail server is a mail service's, which sends on"`
	Parallel int     `json:"parallel,omitempty" minimum:"0" maximum:"32" doc:"connections at once; 0 is 4"`
	PerSec   float64 `json:"per_second,omitempty" minimum:"0" maximum:"10000" doc:"mails a second at most; 0 no limit"`
	Count    bool    `json:"count,omitempty" doc:"count openings and clicks"`
	// Warmup holds a new sender back; absent: as many as there are.
	Warmup *mail.Warmup `json:"warmup,omitempty"`

	Legal mail.Legal `json:"legal"`
}

// MailSenderView is a sender.
type MailSenderView struct {
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	Version     int                `json:"version"`
	Settings    MailSenderSettings `json:"settings"`
	HasPassword bool               `json:"has_password"`
	Keys        []MailKeyView      `json:"keys" doc:"signing keys (DKIM) as DNS should know them"`
	Warmup      *MailWarmupView    `json:"warmup" doc:"how far a new sender is; null: it is not being warmed up"`
	UpdatedAt   time.Time          `json:"updated_at"`
}

// MailKeyView is the public half of a signing key.
type MailKeyView struct {
	Name   string `json:"name" doc:"where in DNS the record belongs"`
	Record string `json:"record" doc:"the TXT record"`
}

// MailSenderWish is what a person says of a sender.
type MailSenderWish struct {
	Name     string             `json:"name" minLength:"1" maxLength:"100"`
	Settings MailSenderSettings `json:"settings"`
	Password *string            `json:"password,omitempty" maxLength:"1000" doc:"absent: as it is; empty: none"`
	Version  int                `json:"version,omitempty" minimum:"0" doc:"the version that is changed"`
}

// MailTemplateView is a template.
type MailTemplateView struct {
	ID        string            `json:"id"`
	Version   int               `json:"version"`
	Author    string            `json:"author"`
	Template  mailTemplate      `json:"template"`
	UpdatedAt time.Time         `json:"updated_at"`
	Versions  []MailVersionView `json:"versions,omitempty" doc:"the newest first; only where one template is asked for"`
}

// MailVersionView is one version of a template.
type MailVersionView struct {
	Version   int       `json:"version"`
	Author    string    `json:"author"`
	UpdatedAt time.Time `json:"updated_at"`
}

// MailTemplateWish is a template to keep or to look at.
type MailTemplateWish struct {
	Template mailTemplate `json:"template"`
	Version  int          `json:"version,omitempty" minimum:"0" doc:"the version that is changed"`
	Contact  string       `json:"contact,omitempty" maxLength:"80" doc:"for a preview: whom it is filled in for"`
}

// MailPreview is a mail as one person would get it.
type MailPreview struct {
	Subject string   `json:"subject"`
	HTML    string   `json:"html"`
	Text    string   `json:"text"`
	Links   []string `json:"links"`
	Bytes   int      `json:"bytes" doc:"of the HTML as it would leave, with its counted links; Gmail cuts what is longer than 102,400"`
	Frame   string   `json:"frame" doc:"where the HTML is shown for some minutes, as a page for a frame; with ?dark=true in dark colours"`
}

// MailOutcomeView is how handing a mail over ended.
type MailOutcomeView struct {
	Class string `json:"class" enum:"accepted,temporary,permanent,unknown,later"`
	Step  string `json:"step"`
	Code  int    `json:"code" doc:"of the mail server; 0 none came"`
	Said  string `json:"said"`
}

// PreflightView is what was looked at before sending.
type PreflightView struct {
	Blocks bool             `json:"blocks" doc:"something is red: marketing mail is held back"`
	Checks []PreflightCheck `json:"checks"`
}

// PreflightCheck is one light.
type PreflightCheck struct {
	Name  string `json:"name"`
	Light string `json:"light" enum:"green,amber,red"`
	What  string `json:"what"`
	Mend  string `json:"mend"`
	Found string `json:"found" doc:"the record that was found"`
}

// BroadcastPlan is a mail to many.
type BroadcastPlan struct {
	Name          string              `json:"name" minLength:"1" maxLength:"100"`
	Template      string              `json:"template" minLength:"1" maxLength:"80"`
	TemplateB     string              `json:"template_b,omitempty" maxLength:"80" doc:"the other one of an A/B test"`
	ShareB        int                 `json:"share_b,omitempty" minimum:"0" maximum:"100" doc:"percent who get the other one"`
	By            string              `json:"by,omitempty" enum:"clicks,opens,kpi" doc:"what tells A and B apart; clicks where it is absent"`
	KPI           string              `json:"kpi,omitempty" maxLength:"80" doc:"the indicator, by kpi"`
	Audience      condition.Condition `json:"audience,omitempty" doc:"whom it is for; absent: everybody with an address"`
	SpreadMinutes int                 `json:"spread_minutes,omitempty" minimum:"0" maximum:"2880" doc:"sent evenly over so long"`
	At            *time.Time          `json:"at,omitempty" doc:"when it is planned to begin"`
}

// BroadcastView is a broadcast with what became of it.
type BroadcastView struct {
	ID      string            `json:"id"`
	Version int               `json:"version"`
	State   string            `json:"state" enum:"draft,planned,asking,queueing,sending,sent,stopped" doc:"asking: its time was missed by more than an hour; it begins when somebody says so"`
	Plan    BroadcastPlan     `json:"plan"`
	Author  string            `json:"author"`
	Outbox  map[string]int    `json:"outbox" doc:"items by state: queued, sending, sent, failed, unknown, withheld, cancelled"`
	Results []BroadcastResult `json:"results" doc:"for each of A and B"`
	LeftOut []LeftOutView     `json:"left_out" doc:"why mails were withheld, refused or cancelled; only where one broadcast is asked for"`
	Versus  *VersusView       `json:"versus" doc:"B against A; null where there is one variant only, and by kpi where broadcasts are listed"`

	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// UnsureMail is a mail of which nobody knows whether it arrived, or that came too late to
// be sent without asking.
type UnsureMail struct {
	ID      string    `json:"id" doc:"of the item, to decide about"`
	Contact string    `json:"contact"`
	Name    string    `json:"name"`
	Address string    `json:"address"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

// AudienceQuestion asks whom a broadcast would reach.
type AudienceQuestion struct {
	Audience condition.Condition `json:"audience,omitempty" doc:"absent: everybody with an address"`
	Template string              `json:"template,omitempty" maxLength:"80" doc:"its stream and topic say who may be written to; absent: marketing without a topic"`
}

// BroadcastResult is what became of the mails of one variant.
type BroadcastResult struct {
	Variant     string `json:"variant"`
	Accepted    int    `json:"accepted"`
	Refused     int    `json:"refused"`
	Unknown     int    `json:"unknown" doc:"the connection broke after the last dot: nobody can tell"`
	HardBounces int    `json:"hard_bounces"`
	SoftBounces int    `json:"soft_bounces"`
	Complaints  int    `json:"complaints"`
	Opened      int    `json:"opened" doc:"by people, as far as can be told"`
	OpenedRaw   int    `json:"opened_raw" doc:"machines too"`
	Clicked     int    `json:"clicked"`
	ClickedRaw  int    `json:"clicked_raw"`
	Ended       int    `json:"unsubscribed" doc:"people who ended it from this mail"`
}

// MailPath names one thing of mail.
type MailPath struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"80"`
	front.Lang
}

type InMail struct {
	front.InWorkspace
	front.Lang
}

const mailPath = "/api/workspaces/{ws}/act/mail"

func (s *Server) registerMail(api huma.API) {
	s.registerMailSenders(api)
	s.registerMailTemplates(api)
	s.registerBroadcasts(api)
	front.Handle(api, huma.Operation{
		OperationID: "take-mail-return", Metadata: front.Needs(access.BringNumbers), Method: http.MethodPost, Path: mailPath + "/returns", DefaultStatus: http.StatusAccepted,
		Summary: "Take a mail that came back: a bounce or a complaint, as it arrived", Tags: []string{"mail"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		RawBody []byte `contentType:"message/rfc822"`
	}) (MailReturnReply, error) {
		return s.takeMailReturn(ctx, in.Workspace, in.RawBody)
	})
}

// MailReturnReply is what was understood.
type MailReturnReply struct {
	Kind    string `json:"kind" enum:"none,bounce,delay,complaint"`
	Known   bool   `json:"known" doc:"it is about a mail that was sent from here"`
	Stopped int    `json:"stopped" doc:"addresses nothing more is sent to"`
}

func mailOp(id, method, path, summary string, action access.Action) huma.Operation {
	op := huma.Operation{OperationID: id, Method: method, Path: mailPath + path, Summary: summary, Tags: []string{"mail"}, Metadata: front.Needs(action)}
	return op
}

func (s *Server) registerMailSenders(api huma.API) {
	front.Handle(api, mailOp("list-mail-senders", http.MethodGet, "/senders", "List how mail leaves", access.SeeContacts), func(ctx context.Context, in *InMail) (struct {
		Senders []MailSenderView `json:"senders"`
	}, error) {
		list, err := s.mailSenders(ctx, in.Workspace)
		return struct {
			Senders []MailSenderView `json:"senders"`
		}{list}, err
	})
	front.Handle(api, mailOp("create-mail-sender", http.MethodPost, "/senders", "Keep a sender", access.Manage), func(ctx context.Context, in *struct {
		InMail
		Body MailSenderWish
	}) (MailSenderView, error) {
		return s.saveMailSender(ctx, in.Workspace, "", in.Body)
	})
	front.Handle(api, mailOp("update-mail-sender", http.MethodPut, "/senders/{id}", "Change a sender", access.Manage), func(ctx context.Context, in *struct {
		MailPath
		Body MailSenderWish
	}) (MailSenderView, error) {
		return s.saveMailSender(ctx, in.Workspace, in.ID, in.Body)
	})
	front.HandleNothing(api, mailOp("delete-mail-sender", http.MethodDelete, "/senders/{id}", "Forget a sender and its secrets", access.Manage), func(ctx context.Context, in *MailPath) error {
		return s.deleteMailPiece(ctx, in.Workspace, in.ID)
	})
	front.Handle(api, mailOp("make-mail-key", http.MethodPost, "/senders/{id}/keys", "Make a signing key (DKIM) and tell its DNS record", access.Manage), func(ctx context.Context, in *struct {
		MailPath
		Body struct {
			Algorithm string `json:"algorithm" enum:"rsa,ed25519"`
			Selector  string `json:"selector" pattern:"^[a-z0-9][a-z0-9-]{0,40}$"`
		}
	}) (MailSenderView, error) {
		return s.makeMailKey(ctx, in.Workspace, in.ID, in.Body.Algorithm, in.Body.Selector)
	})
	front.Handle(api, mailOp("try-mail-sender", http.MethodPost, "/senders/{id}/try", "Connect and sign in; nothing is sent", access.Manage), func(ctx context.Context, in *MailPath) (MailOutcomeView, error) {
		return s.tryMailSender(ctx, in.Workspace, in.ID)
	})
	front.Handle(api, mailOp("preflight-mail-sender", http.MethodGet, "/senders/{id}/preflight", "Look whether the world would believe a sender", access.SeeContacts), func(ctx context.Context, in *struct {
		MailPath
		Template string `query:"template" maxLength:"80" doc:"a template to look at too"`
	}) (PreflightView, error) {
		return s.preflightView(ctx, in.Workspace, in.ID, in.Template, in.Words())
	})
}

func (s *Server) registerMailTemplates(api huma.API) {
	front.Handle(api, mailOp("list-mail-templates", http.MethodGet, "/templates", "List templates", access.SeeContacts), func(ctx context.Context, in *InMail) (struct {
		Templates []MailTemplateView `json:"templates"`
	}, error) {
		list, err := s.mailTemplates(ctx, in.Workspace)
		return struct {
			Templates []MailTemplateView `json:"templates"`
		}{list}, err
	})
	front.Handle(api, mailOp("create-mail-template", http.MethodPost, "/templates", "Keep a template", access.EditContacts), func(ctx context.Context, in *struct {
		InMail
		Body MailTemplateWish
	}) (MailTemplateView, error) {
		return s.saveMailTemplate(ctx, in.Workspace, "", in.Body)
	})
	front.Handle(api, mailOp("update-mail-template", http.MethodPut, "/templates/{id}", "Keep the next version of a template", access.EditContacts), func(ctx context.Context, in *struct {
		MailPath
		Body MailTemplateWish
	}) (MailTemplateView, error) {
		return s.saveMailTemplate(ctx, in.Workspace, in.ID, in.Body)
	})
	front.HandleNothing(api, mailOp("delete-mail-template", http.MethodDelete, "/templates/{id}", "Forget a template", access.EditContacts), func(ctx context.Context, in *MailPath) error {
		return s.deleteMailPiece(ctx, in.Workspace, in.ID)
	})
	front.Handle(api, mailOp("get-mail-template", http.MethodGet, "/templates/{id}", "One template, with its versions", access.SeeContacts), func(ctx context.Context, in *struct {
		MailPath
		Version int `query:"version" minimum:"0" doc:"0: the newest"`
	}) (MailTemplateView, error) {
		return s.mailTemplateAt(ctx, in.Workspace, in.ID, in.Version)
	})
	huma.Register(api, front.Bounded(mailOp("show-mail-preview", http.MethodGet, "/preview/{id}", "A previewed mail as a page for a frame", access.SeeContacts)), func(ctx context.Context, in *struct {
		MailPath
		Dark bool `query:"dark" doc:"in dark colours"`
	}) (*huma.StreamResponse, error) {
		return s.showFrame(ctx, in.Workspace, in.ID, in.Dark)
	})
	front.Handle(api, mailOp("preview-mail-template", http.MethodPost, "/preview", "Show a mail as one person would get it; nothing is kept", access.SeeContacts), func(ctx context.Context, in *struct {
		InMail
		Body MailTemplateWish
	}) (MailPreview, error) {
		return s.previewMail(ctx, in.Workspace, in.Body)
	})
	front.Handle(api, mailOp("test-mail-template", http.MethodPost, "/templates/{id}/test", "Send a template to somebody of this workspace", access.EditContacts), func(ctx context.Context, in *struct {
		MailPath
		Body struct {
			To      string `json:"to" format:"email" maxLength:"254" doc:"address of somebody who belongs to the workspace"`
			Contact string `json:"contact,omitempty" maxLength:"80" doc:"whom it is filled in for"`
		}
	}) (MailOutcomeView, error) {
		return s.testMail(ctx, in.Workspace, in.ID, in.Body.To, in.Body.Contact)
	})
}

func (s *Server) registerBroadcasts(api huma.API) {
	front.Handle(api, mailOp("list-broadcasts", http.MethodGet, "/broadcasts", "List broadcasts with what became of them", access.SeeContacts), func(ctx context.Context, in *InMail) (struct {
		Broadcasts []BroadcastView `json:"broadcasts"`
	}, error) {
		list, err := s.broadcasts(ctx, in.Workspace, in.Words())
		return struct {
			Broadcasts []BroadcastView `json:"broadcasts"`
		}{list}, err
	})
	front.Handle(api, mailOp("create-broadcast", http.MethodPost, "/broadcasts", "Keep a broadcast as a draft", access.EditContacts), func(ctx context.Context, in *struct {
		InMail
		Body BroadcastPlan
	}) (BroadcastView, error) {
		return s.saveBroadcast(ctx, in.Workspace, "", 0, in.Body)
	})
	front.Handle(api, mailOp("update-broadcast", http.MethodPut, "/broadcasts/{id}", "Change a draft", access.EditContacts), func(ctx context.Context, in *struct {
		MailPath
		Body struct {
			BroadcastPlan
			Version int `json:"version" minimum:"1" doc:"the version that is changed"`
		}
	}) (BroadcastView, error) {
		return s.saveBroadcast(ctx, in.Workspace, in.ID, in.Body.Version, in.Body.BroadcastPlan)
	})
	front.Handle(api, mailOp("look-at-audience", http.MethodPost, "/audience", "Whom a broadcast would reach now, and why others not", access.SeeContacts), func(ctx context.Context, in *struct {
		InMail
		Body AudienceQuestion
	}) (AudienceView, error) {
		return s.audience(ctx, in.Workspace, in.Body, in.Words())
	})
	front.Handle(api, mailOp("list-unsure-mails", http.MethodGet, "/broadcasts/{id}/unsure", "Mails of a broadcast about which a person decides", access.SeeContacts), func(ctx context.Context, in *MailPath) (struct {
		Mails []UnsureMail `json:"mails"`
	}, error) {
		list, err := s.unsureMails(ctx, in.Workspace, in.ID)
		return struct {
			Mails []UnsureMail `json:"mails"`
		}{list}, err
	})
	front.Handle(api, mailOp("get-broadcast", http.MethodGet, "/broadcasts/{id}", "One broadcast with what became of it", access.SeeContacts), func(ctx context.Context, in *MailPath) (BroadcastView, error) {
		return s.broadcast(ctx, in.Workspace, in.ID, in.Words())
	})
	front.Handle(api, mailOp("move-broadcast", http.MethodPost, "/broadcasts/{id}/move", "Plan, begin or stop a broadcast", access.ShareOut), func(ctx context.Context, in *struct {
		MailPath
		Body struct {
			To string `json:"to" enum:"draft,planned,sending,stopped" doc:"draft: what was planned is taken back"`
		}
	}) (BroadcastView, error) {
		return s.moveBroadcast(ctx, in.Workspace, in.ID, in.Body.To, in.Words())
	})
	front.HandleNothing(api, mailOp("delete-broadcast", http.MethodDelete, "/broadcasts/{id}", "Forget a draft", access.EditContacts), func(ctx context.Context, in *MailPath) error {
		return s.deleteBroadcast(ctx, in.Workspace, in.ID)
	})
}
