package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ConsentView is one thing that was said about mail to an address.
type ConsentView struct {
	ID          string `json:"id"`
	State       string `json:"state" enum:"granted,refused"`
	Basis       string `json:"basis" doc:"agreed, paper, dealing, published; empty for a refusal"`
	Label       string `json:"label"`
	Topic       string `json:"topic" doc:"empty: any"`
	At          int64  `json:"at" doc:"milliseconds since 1970"`
	Source      string `json:"source"`
	Form        string `json:"form"`
	FormVersion int    `json:"form_version"`
	Text        string `json:"text" doc:"what was shown, to the letter"`
	Lang        string `json:"lang" doc:"in which a form of ours showed it; empty: not known"`
	IP          string `json:"ip"`
	UserAgent   string `json:"user_agent"`
	Notice      string `json:"notice" doc:"version of the privacy notice they were shown"`
	Operator    string `json:"operator" doc:"who entered it"`
	Note        string `json:"note"`
	Double      bool   `json:"double" doc:"counts once it is confirmed by mail"`
	ConfirmedAt int64  `json:"confirmed_at" doc:"0: not"`
	NoAds       bool   `json:"no_ads" doc:"the page that publishes the address refuses advertising"`
}

// NewConsent is what is to be recorded of somebody's consent or refusal.
type NewConsent struct {
	State  string `json:"state,omitempty" enum:"granted,refused" default:"granted"`
	Basis  string `json:"basis,omitempty" enum:"agreed,paper,dealing,published"`
	Topic  string `json:"topic,omitempty" maxLength:"100"`
	At     int64  `json:"at,omitempty" minimum:"0" doc:"milliseconds since 1970; now where absent"`
	Source string `json:"source,omitempty" maxLength:"2000" doc:"where: a URL, an event, a conversation"`
	Text   string `json:"text,omitempty" maxLength:"6000" doc:"what was shown, to the letter"`
	Notice string `json:"notice,omitempty" maxLength:"100"`
	Note   string `json:"note,omitempty" maxLength:"600"`
	NoAds  bool   `json:"no_ads,omitempty"`
}

// SuppressionView is why nothing more is sent to an address.
type SuppressionView struct {
	Topic    string `json:"topic" doc:"empty: every topic"`
	Reason   string `json:"reason" enum:"unsubscribed,complained,undeliverable,erased,by-hand"`
	Label    string `json:"label"`
	At       int64  `json:"at"`
	By       string `json:"by"`
	Note     string `json:"note"`
	LiftedAt int64  `json:"lifted_at" doc:"0: it holds"`
}

func consentView(c contact.Consent, lang words.Lang) ConsentView {
	label := c.Basis.In(lang)
	if c.State == contact.Refused {
		label = words.T("受け取らないという申し出", "They do not want it").In(lang)
	}
	return ConsentView{ID: c.ID, State: string(c.State), Basis: string(c.Basis), Label: label, Topic: c.Topic, At: int64(c.At), Source: c.Source,
		Form: c.Form, FormVersion: c.FormVersion, Text: c.Text, Lang: c.Lang, IP: c.IP, UserAgent: c.UserAgent, Notice: c.Notice, Operator: c.Operator, Note: c.Note,
		Double: c.Double, ConfirmedAt: int64(c.ConfirmedAt), NoAds: c.NoAds}
}

func (s *Server) registerContactConsents(api huma.API) {
	tags := []string{"contacts"}
	front.Handle(api, huma.Operation{
		OperationID: "add-consent", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: contactsPath + "/{id}/consents",
		Summary: "Record on what ground mail may be sent, or that it may not; records are never changed", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		ContactPath
		front.Lang
		Body struct {
			Address string `json:"address,omitempty" maxLength:"1000" doc:"which of theirs; the one that is written to where absent"`
			NewConsent
		}
	}) (ContactDetail, error) {
		ws, one, address, err := s.addressOf(ctx, in.Workspace, in.ID, in.Body.Address)
		if err != nil {
			return ContactDetail{}, err
		}
		err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			return s.addConsent(ctx, tx, ws, one.ID, address, in.Body.NewConsent)
		})
		if err != nil {
			return ContactDetail{}, err
		}
		s.segments.changed(ws)
		return s.contactDetail(ctx, in.Workspace, in.ID, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "stop-mail", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: contactsPath + "/{id}/stop",
		Summary: "Stop mail to somebody, at once and for good", Tags: tags, DefaultStatus: http.StatusOK,
	}, func(ctx context.Context, in *struct {
		ContactPath
		front.Lang
		Body struct {
			Topic  string `json:"topic,omitempty" maxLength:"100" doc:"empty: every topic"`
			Reason string `json:"reason,omitempty" enum:"unsubscribed,complained,undeliverable,by-hand" default:"by-hand"`
			Note   string `json:"note,omitempty" maxLength:"600"`
		}
	}) (ContactDetail, error) {
		return s.stopMail(ctx, in.Workspace, in.ID, in.Body.Topic, contact.Reason(in.Body.Reason), front.Clean(in.Body.Note), in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "lift-stop", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: contactsPath + "/{id}/lift",
		Summary: "Let mail to an address go out again; the reason is kept", Tags: tags, DefaultStatus: http.StatusOK,
	}, func(ctx context.Context, in *struct {
		ContactPath
		front.Lang
		Body struct {
			Address string `json:"address,omitempty" maxLength:"1000"`
			Topic   string `json:"topic,omitempty" maxLength:"100"`
			Why     string `json:"why" minLength:"1" maxLength:"600" doc:"who asked for it, and how"`
		}
	}) (ContactDetail, error) {
		ws, one, address, err := s.addressOf(ctx, in.Workspace, in.ID, in.Body.Address)
		if err != nil {
			return ContactDetail{}, err
		}
		why := front.Clean(in.Body.Why)
		if why == "" {
			return ContactDetail{}, front.BadRequest("body.why", words.T("再開する理由を書いてください。だれから、どう頼まれたかが後で必要になります。",
				"Write why. Later it matters who asked for it, and how."))
		}
		err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.Suppressions.Lift(ctx, ws, address, in.Body.Topic, front.AuthorOf(ctx), why); err != nil {
				return err
			}
			return tx.Moments.Add(ctx, ws, []contact.Moment{{Contact: one.ID, At: s.millis(), Kind: contact.MomentConsent, By: front.AuthorOf(ctx),
				Text: words.T("配信の停止を解除: %s", "Mail was let through again: %s", why).In(in.Words())}})
		})
		if err != nil {
			return ContactDetail{}, err
		}
		s.segments.changed(ws)
		return s.contactDetail(ctx, in.Workspace, in.ID, in.Words())
	})
}

func (s *Server) millis() event.Millis { return event.Millis(s.deps.Clock().UnixMilli()) }

// addressOf is the key of one of a contact's addresses; of the one that is written to where
// none is told.
func (s *Server) addressOf(ctx context.Context, slug, id, told string) (store.WorkspaceID, contact.Contact, string, error) {
	ws, key, err := s.contactID(ctx, slug, id)
	if err != nil {
		return "", contact.Contact{}, "", err
	}
	one, err := s.deps.Store.Contacts.Get(ctx, ws.ID, key)
	if err != nil {
		return "", contact.Contact{}, "", err
	}
	if told == "" {
		told = one.Address
	}
	a, err := contact.ParseAddress(told)
	if err != nil {
		return "", contact.Contact{}, "", badContact("body.address", err)
	}
	held, err := s.deps.Store.Contacts.Find(ctx, ws.ID, []contact.Identity{{Kind: contact.ByAddress, Value: a.Key}})
	if err != nil {
		return "", contact.Contact{}, "", err
	}
	if held[contact.Identity{Kind: contact.ByAddress, Value: a.Key}] != one.ID {
		return "", contact.Contact{}, "", front.BadRequest("body.address", words.T("この人のアドレスではありません。", "That is not an address of theirs."))
	}
	return ws.ID, one, a.Key, nil
}

func (s *Server) addConsent(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, id contact.ID, address string, in NewConsent) error {
	now := s.millis()
	record := contact.Consent{Address: address, Basis: contact.Basis(in.Basis), Topic: strings.TrimSpace(in.Topic), State: contact.State(in.State), At: event.Millis(in.At),
		Source: in.Source, Text: in.Text, Notice: in.Notice, Operator: front.AuthorOf(ctx), Note: in.Note, NoAds: in.NoAds}
	if record.State == "" {
		record.State = contact.Granted
	}
	if record.At == 0 {
		record.At = now
	}
	if record.At > now {
		return front.BadRequest("body.at", words.T("まだ来ていない日時です。", "That moment is still to come."))
	}
	if err := contact.CheckConsent(record); err != nil {
		return badContact("body.basis", err)
	}
	if _, err := tx.Consents.Add(ctx, ws, []contact.Consent{record}); err != nil {
		return err
	}
	about := said{Basis: record.Basis}
	if record.State == contact.Refused {
		about = said{Refused: true}
	}
	return tx.Moments.Add(ctx, ws, []contact.Moment{{Contact: id, At: record.At, Kind: contact.MomentConsent, By: record.Operator, Body: mustJSON(about)}})
}

// stopMail stops every address of a contact: whoever says "no more" does not mean one of them.
func (s *Server) stopMail(ctx context.Context, slug, id, topic string, reason contact.Reason, note string, lang words.Lang) (ContactDetail, error) {
	ws, key, err := s.contactID(ctx, slug, id)
	if err != nil {
		return ContactDetail{}, err
	}
	if reason == "" {
		reason = contact.ByHand
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		one, err := tx.Contacts.Get(ctx, ws.ID, key)
		if err != nil {
			return err
		}
		identities, err := tx.Contacts.Identities(ctx, ws.ID, one.ID)
		if err != nil {
			return err
		}
		var list []store.SuppressedAddress
		for _, identity := range identities {
			if identity.Kind == contact.ByAddress {
				list = append(list, store.SuppressedAddress{Address: identity.Value, Suppression: contact.Suppression{
					Topic: strings.TrimSpace(topic), Reason: reason, At: s.millis(), By: front.AuthorOf(ctx), Note: note}})
			}
		}
		if len(list) == 0 {
			return front.BadRequest("path.id", words.T("メールアドレスが分からない人です。", "No address of theirs is known."))
		}
		if err := tx.Suppressions.Put(ctx, ws.ID, list); err != nil {
			return err
		}
		return tx.Moments.Add(ctx, ws.ID, []contact.Moment{{Contact: one.ID, At: s.millis(), Kind: contact.MomentConsent, By: front.AuthorOf(ctx),
			Body: mustJSON(said{Stopped: reason})}})
	})
	if err != nil {
		return ContactDetail{}, err
	}
	s.segments.changed(ws.ID)
	return s.contactDetail(ctx, slug, id, lang)
}
