package server

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/deliver/preflight"
	"github.com/shirube/shirube/internal/store"
)

// sendersNames are the names that marketing mail leaves under: of who is responsible, as
// the law has it at the mail's end, and as mailboxes show the sender.
func (s *Server) sendersNames(ctx context.Context, ws store.WorkspaceID) ([]string, error) {
	list, err := s.deps.Store.Mails.List(ctx, ws, store.MailSender)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, piece := range list {
		var settings MailSenderSettings
		if err := json.Unmarshal(piece.Body, &settings); err != nil {
			return nil, fmt.Errorf("read sender %q: %w", piece.ID, err)
		}
		if settings.Stream != mail.Marketing {
			continue
		}
		for _, name := range []string{settings.Legal.Sender, settings.FromName} {
			if strings.TrimSpace(name) != "" {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

// mayName refuses to let a form ask for consents whose words do not say whose mail it is.
func (s *Server) mayName(ctx context.Context, ws store.WorkspaceID, d form.Definition) error {
	names, err := s.sendersNames(ctx, ws)
	if err != nil {
		return err
	}
	return form.Unnamed(d, names).Err()
}

// openForms are the forms that ask for consent, and those of them whose words name none of
// the senders there are: they were opened before there was one, or it was renamed since.
func (s *Server) openForms(ctx context.Context, ws store.WorkspaceID) (f preflight.Forms, err error) {
	names, err := s.sendersNames(ctx, ws)
	if err != nil {
		return f, err
	}
	list, err := s.deps.Store.Forms.List(ctx, ws)
	if err != nil {
		return f, err
	}
	for _, kept := range list {
		d, err := form.Parse(kept.Definition)
		if err != nil {
			return f, fmt.Errorf("read form %q: %w", kept.ID, err)
		}
		if !kept.Open || d.Consent == nil {
			continue
		}
		f.Asking++
		if len(form.Unnamed(d, names)) > 0 {
			f.Unnamed = append(f.Unnamed, kept.Name)
		}
	}
	return f, nil
}
