package server

import (
	"context"
	"encoding/json"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// missingMail tells what a mail step names and cannot be sent or told by; places begin in
// the step's mail.
func (s *Server) missingMail(ctx context.Context, ws store.WorkspaceID, d *automation.Definition, m *automation.Mail, model *savedModel, gone func(place string, what, mend words.Text)) error {
	another := words.T("別のテンプレートを選ぶか、「メール」で直してください。", "Choose another template, or mend this one under Mail.")
	first, problem, err := s.sendable(ctx, ws, m.Template, d.StreamName())
	if err != nil {
		return err
	}
	if !problem.Zero() {
		gone("/template", problem, another)
	}
	if m.Trying == nil {
		return nil
	}
	second, wrong, err := s.sendable(ctx, ws, m.Trying.Template, d.StreamName())
	switch {
	case err != nil:
		return err
	case !wrong.Zero():
		gone("/trying/template", wrong, another)
	case problem.Zero() && first.Topic != second.Topic:
		gone("/trying/template", words.T("AとBの話題が違います。", "A and B are of different topics."), words.T("同じ話題のテンプレートを選んでください。同意は話題ごとにいただいています。", "Choose a template of the same topic: consent is given by topic."))
	}
	if m.Trying.Yardstick() == mail.ByKPI && (model == nil || !toldByPerson(model.model, d.KPI)) {
		gone("/trying/by", words.T("このKPIは、人ごとに分からない数です。", "This KPI is not known person by person."), words.T("クリックか開封でくらべてください。", "Compare by clicks or openings."))
	}
	return nil
}

// sendable reads a template; problem is why it cannot be sent in a stream, zero where it can.
func (s *Server) sendable(ctx context.Context, ws store.WorkspaceID, id, stream string) (kept mailTemplate, problem words.Text, err error) {
	piece, err := s.deps.Store.Mails.Get(ctx, ws, id, 0)
	if isNotFound(err) || err == nil && piece.Kind != store.MailTemplate {
		return kept, words.T("メールのテンプレートがありません。", "The mail's template is not there."), nil
	}
	if err != nil {
		return kept, words.Text{}, err
	}
	if err := json.Unmarshal(piece.Body, &kept); err != nil {
		return kept, words.Text{}, err
	}
	if string(kept.Stream) != stream {
		return kept, words.T("このテンプレートは、自動化と種類(お知らせ・手続き)が違います。", "This template is of the other stream (marketing, transactional) than the automation."), nil
	}
	return kept, words.Text{}, nil
}
