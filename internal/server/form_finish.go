package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// How submissions are finished that were kept and not finished: the program died in between,
// or somebody released them.
const (
	finishEvery = 30 * time.Second
	finishAfter = 10 * time.Second
	finishMost  = 200
)

// mailAddress is a mail address as it is kept.
func mailAddress(text string) (string, bool) {
	address, err := contact.ParseAddress(text)
	if err != nil {
		return "", false
	}
	return address.Written, true
}

// addressKey is how a mail address is compared, "" where there is none.
func addressKey(written string) string {
	address, err := contact.ParseAddress(written)
	if err != nil {
		return ""
	}
	return address.Key
}

// finishForm makes of an accepted submission what it is for: a contact, where it gives a
// mail address, and an event. Doing it again changes nothing: all of it is known by the
// submission's id. r is the request it came with, nil where that is over.
func (s *Server) finishForm(ctx context.Context, ws store.WorkspaceID, asked form.Definition, kept store.Submission, r *http.Request) error {
	if person := form.PersonOf(asked, kept.Answers); person.Address != "" {
		id, err := s.formContact(ctx, ws, asked, kept, person, r)
		if err != nil {
			return fmt.Errorf("make a contact of submission %q: %w", kept.ID, err)
		}
		kept.ContactID = string(id)
	}
	if s.measuring != nil {
		events, err := s.formEvents(ctx, ws, asked, kept, formEvent{name: asked.SentEvent(), id: "form-" + kept.ID}, r)
		if err != nil {
			return err
		}
		if err := s.Accept(ctx, events); err != nil {
			return fmt.Errorf("take submission %q in: %w", kept.ID, err)
		}
	}
	return s.deps.Store.Submissions.Done(ctx, ws, kept.ID, kept.ContactID)
}

// formContact is who sent a form in: somebody known, or new. What they agreed to is kept
// with the words they saw.
func (s *Server) formContact(ctx context.Context, ws store.WorkspaceID, asked form.Definition, kept store.Submission, person form.Person, r *http.Request) (id contact.ID, err error) {
	defer s.segments.changed(ws)
	seen := contact.Sighting{At: kept.SentAt, Address: person.Address, Visitor: kept.Visitor, Properties: map[string]contact.Value{}}
	for key, text := range person.Properties {
		if key == contact.FieldName {
			seen.Name = contact.Clip(text, contact.MaxName)
			continue
		}
		seen.Properties[key] = contact.ReadText(contact.Clip(text, contact.MaxText))
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		folded, err := tx.Contacts.Upsert(ctx, ws, []contact.Sighting{seen})
		if err != nil {
			return err
		}
		id = folded.Of[0]
		if err := s.learned(ctx, tx, ws, folded); err != nil {
			return err
		}
		// The event names them by their own id, however they are called elsewhere.
		if err := tx.Contacts.NameThemselves(ctx, ws, []contact.ID{id}); err != nil {
			return err
		}
		if kept.Agreed && asked.Consent != nil {
			if err := s.agree(ctx, tx, ws, asked, kept, id, r); err != nil {
				return err
			}
		}
		return tx.Moments.Add(ctx, ws, []contact.Moment{{
			ID: "form/" + kept.ID, Contact: id, At: kept.SentAt, Kind: contact.MomentForm, Cause: "form:" + string(kept.Form), Text: asked.Title,
		}})
	})
	return id, err
}

// agree records a consent, and queues the mail that asks once more where the form wants it.
func (s *Server) agree(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, asked form.Definition, kept store.Submission, person contact.ID, r *http.Request) error {
	now := event.Millis(s.deps.Clock().UnixMilli())
	said, err := tx.Consents.Of(ctx, ws, []string{kept.Address})
	if err != nil {
		return err
	}
	added, err := tx.Consents.Add(ctx, ws, []contact.Consent{s.formConsent(asked, kept, r)})
	if err != nil || added == 0 || !asked.Confirms() || askedToday(said[kept.Address], now) >= form.MailsADay {
		return err
	}
	_, err = tx.Outbox.Queue(ctx, []outbox.Item{confirmItem(ws, kept, person, now)})
	return err
}

// formConsent is the record of a box that was ticked: with the words as they were read, in
// the language they were read in.
func (s *Server) formConsent(asked form.Definition, kept store.Submission, r *http.Request) contact.Consent {
	asked = readAs(asked, kept)
	c := contact.Consent{
		Key: consentKey(kept.ID), Address: kept.Address, Basis: contact.Agreed, Topic: asked.Consent.Topic, State: contact.Granted, At: kept.SentAt,
		Source: kept.Page, Form: string(kept.Form), FormVersion: kept.Version, Text: asked.Consent.Text, Lang: string(asked.Own()), Double: asked.Consent.Confirm,
	}
	if c.Source == "" {
		c.Source = s.ownAddress() + "/f/" + string(kept.Form)
	}
	if r != nil {
		c.IP, c.UserAgent = addressOf(r, s.deps.URL != ""), shortText(r.UserAgent(), 500)
	}
	return c
}

// readAs is a form in the language somebody read it in who sent it in.
func readAs(asked form.Definition, kept store.Submission) form.Definition {
	if kept.Lang == "" {
		return asked
	}
	return asked.In(words.Lang(kept.Lang))
}

// formEvent names an event of a submission.
type formEvent struct{ name, id string }

// formEvents is an event of a submission, made as if the website had sent it: by the same
// decoder, so that it belongs to the same visitor and visit.
func (s *Server) formEvents(ctx context.Context, ws store.WorkspaceID, asked form.Definition, kept store.Submission, made formEvent, r *http.Request) ([]event.Event, error) {
	properties := form.Counted(asked, kept.Answers)
	properties["form"] = string(kept.Form)
	sent := map[string]any{
		"type": "track", "event": made.name, "messageId": made.id,
		"timestamp":  time.UnixMilli(int64(kept.SentAt)).UTC().Format(time.RFC3339Nano),
		"properties": properties,
	}
	if kept.Page != "" {
		sent["context"] = map[string]any{"page": map[string]any{"url": kept.Page}}
	}
	if kept.ContactID != "" {
		sent["userId"] = kept.ContactID
	}
	now := s.deps.Clock()
	request := event.Request{Workspace: event.Workspace(ws), Key: "form", ReceivedAt: event.Millis(now.UnixMilli())}
	switch {
	case kept.Visitor != "":
		sent["anonymousId"] = kept.Visitor
	case r == nil && kept.ContactID == "":
		sent["anonymousId"] = "form-" + kept.ID // who it was is not known any more; somebody it was
	}
	if r != nil {
		salt, err := s.measuring.salts.Salt(ctx, event.Workspace(ws), now)
		if err != nil {
			return nil, err
		}
		request.Browser, request.Salt = true, salt
		request.Address, request.UserAgent, request.Languages = addressOf(r, s.deps.URL != ""), r.UserAgent(), r.Header.Get("Accept-Language")
	}
	text, err := json.Marshal(sent)
	if err != nil {
		return nil, fmt.Errorf("write the event of submission %q: %w", kept.ID, err)
	}
	body, err := event.Open(text)
	if err != nil {
		return nil, fmt.Errorf("read the event of submission %q: %w", kept.ID, err)
	}
	envelope, err := body.Decode(request)
	if err != nil {
		return nil, fmt.Errorf("read the event of submission %q: %w", kept.ID, err)
	}
	if len(envelope.Refused) > 0 {
		return nil, fmt.Errorf("make an event of submission %q: %s", kept.ID, envelope.Refused[0].Reason)
	}
	return envelope.Events, nil
}

// finishForms finishes what was left until ctx ends.
func (s *Server) finishForms(ctx context.Context) {
	ticker := time.NewTicker(finishEvery)
	defer ticker.Stop()
	for {
		if err := s.finishLeft(ctx, s.deps.Clock().Add(-finishAfter)); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("finishing forms", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (s *Server) finishLeft(ctx context.Context, before time.Time) error {
	left, err := s.deps.Store.Submissions.Undone(ctx, before, finishMost)
	if err != nil {
		return err
	}
	for ws, list := range left {
		for _, kept := range list {
			text, err := s.deps.Store.Forms.Version(ctx, ws, kept.Form, kept.Version)
			if err != nil {
				return err
			}
			asked, err := form.Parse(text)
			if err != nil {
				return fmt.Errorf("read form %q: %w", kept.Form, err)
			}
			if err := s.finishForm(ctx, ws, asked, kept, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
