package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
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

// finishForm makes of an accepted submission what it is for: an event. Doing it again
// changes nothing, because the event's message id is the submission's. r is the request it
// came with, nil where that is over.
func (s *Server) finishForm(ctx context.Context, ws store.WorkspaceID, asked form.Definition, kept store.Submission, r *http.Request) error {
	if s.measuring != nil {
		events, err := s.formEvents(ctx, ws, asked, kept, r)
		if err != nil {
			return err
		}
		if err := s.Accept(ctx, events); err != nil {
			return fmt.Errorf("take submission %q in: %w", kept.ID, err)
		}
	}
	return s.deps.Store.Submissions.Done(ctx, ws, kept.ID, kept.ContactID)
}

// formEvents is the event of a submission, made as if the website had sent it: by the same
// decoder, so that it belongs to the same visitor and visit.
func (s *Server) formEvents(ctx context.Context, ws store.WorkspaceID, asked form.Definition, kept store.Submission, r *http.Request) ([]event.Event, error) {
	properties := form.Counted(asked, kept.Answers)
	properties["form"] = string(kept.Form)
	sent := map[string]any{
		"type": "track", "event": asked.Kind.Event(), "messageId": "form-" + kept.ID,
		"timestamp":  time.UnixMilli(int64(kept.SentAt)).UTC().Format(time.RFC3339Nano),
		"properties": properties,
	}
	if kept.Page != "" {
		sent["context"] = map[string]any{"page": map[string]any{"url": kept.Page}}
	}
	now := s.deps.Clock()
	request := event.Request{Workspace: event.Workspace(ws), Key: "form", ReceivedAt: event.Millis(now.UnixMilli())}
	switch {
	case kept.Visitor != "":
		sent["anonymousId"] = kept.Visitor
	case r == nil:
		sent["anonymousId"] = "form-" + kept.ID // who it was is not known any more; somebody it was
	}
	if r != nil {
		salt, err := s.measuring.salts.Salt(ctx, now)
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
