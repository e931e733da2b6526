package server

import (
	"context"
	"encoding/json"
	"html"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// FormView is a form as its owners see it.
type FormView struct {
	ID         string           `json:"id"`
	Name       string           `json:"name"`
	Version    int              `json:"version"`
	Open       bool             `json:"open" doc:"whether it takes anything in"`
	Definition *form.Definition `json:"definition"`
	Event      string           `json:"event" doc:"the event a submission becomes"`
	Address    string           `json:"address" doc:"where anybody opens it"`
	Embed      string           `json:"embed" doc:"HTML that shows it in a page of the sites it names"`
	Accepted   int              `json:"accepted"`
	Held       int              `json:"held" doc:"somebody has to look at these"`
	Newest     int64            `json:"newest" doc:"when the newest was accepted, milliseconds; 0 never"`
	UpdatedAt  int64            `json:"updated_at"`
	Frame      string           `json:"frame" doc:"HTML that shows it in a frame, for sites that allow no scripts"`
	Recent     []int            `json:"recent" doc:"accepted on each of the last 30 days, today last"`
	Score      *FormScore       `json:"score,omitempty" doc:"of the first question that is answered on a scale"`
	Confirm    *FormConfirm     `json:"confirm,omitempty" doc:"where the form asks once more by mail"`
	Placed     []FormPlaced     `json:"placed" doc:"the indicators of the map that count its answers"`
	// Unnamed is by the place of the words that are agreed to, "consent.text".
	Unnamed map[string]string `json:"unnamed,omitempty" doc:"by the place of its words: that they do not say whose mail it is; it cannot be opened with them"`
	MayEdit bool              `json:"may_edit" doc:"whether the person asking may change it"`
	MayRead bool              `json:"may_read" doc:"whether the person asking may see what single people sent in"`
}

// FormsReply is a workspace's forms, the one changed last first.
type FormsReply struct {
	Forms   []FormView `json:"forms"`
	Sender  string     `json:"sender" doc:"whom words of consent have to name; empty: there is no sender of marketing mail yet"`
	MayEdit bool       `json:"may_edit" doc:"whether the person asking may make one"`
}

// NewFormRequest is a form, or what it becomes.
type NewFormRequest struct {
	Name        string          `json:"name" minLength:"1" maxLength:"120"`
	Definition  form.Definition `json:"definition"`
	BaseVersion int             `json:"base_version,omitempty" doc:"of an edit: the version it was made from"`
}

// FormSwitch opens or closes a form.
type FormSwitch struct {
	Open bool `json:"open"`
}

// SubmissionView is one form that was sent in.
type SubmissionView struct {
	ID       string              `json:"id"`
	Form     string              `json:"form"`
	Version  int                 `json:"version"`
	Lang     string              `json:"lang" doc:"in which it was read; empty: in the form's own"`
	State    string              `json:"state" enum:"accepted,held,refused"`
	Why      []string            `json:"why" doc:"why it was held, in words"`
	Answers  map[string][]string `json:"answers"`
	Agreed   bool                `json:"agreed"`
	Page     string              `json:"page"`
	SentAt   int64               `json:"sent_at"`
	JudgedBy string              `json:"judged_by"`
}

// SubmissionsReply is a page of submissions, the newest first.
type SubmissionsReply struct {
	Submissions []SubmissionView `json:"submissions"`
	More        bool             `json:"more"`
}

// SubmissionJudgement is what somebody says of a held submission.
type SubmissionJudgement struct {
	Accept bool `json:"accept" doc:"true: it is a person's; false: it is not"`
}

// InForm is a form in a workspace.
type InForm struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"40"`
}

// mostForms bounds the forms of a workspace.
const mostForms = 200

func (s *Server) registerForms(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/forms"
	front.Handle(api, huma.Operation{
		OperationID: "list-forms", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path, Summary: "Forms and surveys", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (FormsReply, error) {
		return s.listForms(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-form", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: path, Summary: "Make a form; it is closed at first", Tags: tags,
		DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewFormRequest
	}) (FormView, error) {
		return s.createForm(ctx, in.Workspace, in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-form", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}", Summary: "One form", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
	}) (FormView, error) {
		ws, kept, err := s.ownForm(ctx, in.InForm)
		if err != nil {
			return FormView{}, err
		}
		return s.formView(ctx, ws, kept)
	})
	front.Handle(api, huma.Operation{
		OperationID: "edit-form", Metadata: front.Needs(access.EditModel), Method: http.MethodPut, Path: path + "/{id}", Summary: "Make a form's next version", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
		Body NewFormRequest
	}) (FormView, error) {
		return s.editForm(ctx, in.InForm, in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "switch-form", Metadata: front.Needs(access.EditModel), Method: http.MethodPut, Path: path + "/{id}/open", Summary: "Open or close a form", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
		Body FormSwitch
	}) (FormView, error) {
		return s.switchForm(ctx, in.InForm, in.Body.Open)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-form", Metadata: front.Needs(access.EditModel), Method: http.MethodDelete, Path: path + "/{id}",
		Summary: "Delete a form nothing was ever sent in with; others are closed", Tags: tags,
	}, func(ctx context.Context, in *struct{ InForm }) error { return s.deleteForm(ctx, in.InForm) })
	front.Handle(api, huma.Operation{
		OperationID: "list-submissions", Metadata: front.Needs(access.SeeVisits), Method: http.MethodGet, Path: path + "/{id}/submissions", Summary: "What was sent in", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
		State  string `query:"state" enum:"accepted,held,refused,"`
		Before string `query:"before" maxLength:"40" doc:"the id after which the page goes on"`
	}) (SubmissionsReply, error) {
		return s.listSubmissions(ctx, in.InForm, in.State, in.Before, in.Words())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "judge-submission", Metadata: front.Needs(access.SeeVisits), Method: http.MethodPost, Path: path + "/{id}/submissions/{submission}/judge",
		Summary: "Release a held submission, or refuse it", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
		Submission string `path:"submission" maxLength:"40"`
		Body       SubmissionJudgement
	}) error {
		return s.judgeSubmission(ctx, in.InForm, in.Submission, in.Body.Accept)
	})
	s.registerFormResults(api)
	s.registerFormVoices(api)
	s.registerFormVersions(api)
	s.registerFormPlace(api)
	s.registerFormDocuments(api)
}

// ownForm is a form of a workspace.
func (s *Server) ownForm(ctx context.Context, in InForm) (store.Workspace, store.Form, error) {
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return ws, store.Form{}, err
	}
	if !front.IsName(in.ID) {
		return ws, store.Form{}, store.ErrNotFound{What: "form", Name: in.ID}
	}
	kept, err := s.deps.Store.Forms.Get(ctx, ws.ID, store.FormID(in.ID))
	return ws, kept, err
}

func (s *Server) listForms(ctx context.Context, slug string, lang words.Lang) (FormsReply, error) {
	reply := FormsReply{Forms: []FormView{}, MayEdit: front.RequestOf(ctx).May(access.EditModel)}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.Forms.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	facts, err := s.formFacts(ctx, ws, lang)
	if err != nil {
		return reply, err
	}
	if len(facts.senders) > 0 {
		reply.Sender = facts.senders[0]
	}
	for _, kept := range list {
		view, err := s.viewOfForm(ctx, ws, kept, facts)
		if err != nil {
			return reply, err
		}
		reply.Forms = append(reply.Forms, view)
	}
	return reply, nil
}

func (s *Server) formView(ctx context.Context, ws store.Workspace, kept store.Form) (FormView, error) {
	facts, err := s.formFacts(ctx, ws, front.RequestOf(ctx).Lang)
	if err != nil {
		return FormView{}, err
	}
	return s.viewOfForm(ctx, ws, kept, facts)
}

func (s *Server) viewOfForm(ctx context.Context, ws store.Workspace, kept store.Form, facts formFacts) (FormView, error) {
	d, err := form.Parse(kept.Definition)
	if err != nil {
		return FormView{}, err
	}
	own, count := s.ownAddress(), facts.counts[kept.ID]
	view := FormView{
		ID: string(kept.ID), Name: kept.Name, Version: kept.Version, Open: kept.Open, Definition: &d, Event: d.Kind.Event(),
		Address: own + "/f/" + string(kept.ID),
		Embed: `<div data-shirube-form="` + string(kept.ID) + `"></div>` + "\n" +
			`<script async src="` + own + FormsScriptPath + `"></script>`,
		Frame: `<iframe src="` + own + "/f/" + string(kept.ID) + `?in=frame" title="` + html.EscapeString(d.Title) +
			`" style="width:100%;height:720px;border:0" loading="lazy"></iframe>`,
		Accepted: count.Accepted, Held: count.Held, Newest: int64(count.Newest), UpdatedAt: kept.UpdatedAt.UnixMilli(),
		Recent: facts.recent(kept.ID), Placed: facts.placed(kept.ID),
		MayEdit: front.RequestOf(ctx).May(access.EditModel), MayRead: front.RequestOf(ctx).May(access.SeeVisits), Unnamed: facts.unnamed(d),
	}
	if view.Confirm, err = s.formConfirm(ctx, ws.ID, kept.ID, d, facts); err != nil {
		return FormView{}, err
	}
	view.Score, err = s.formScore(ctx, ws.ID, kept.ID, d, facts)
	return view, err
}

// ownAddress is where others reach this server.
func (s *Server) ownAddress() string {
	if s.url != nil {
		return s.url.Scheme + "://" + s.url.Host
	}
	return "http://" + s.deps.Address
}

func (s *Server) createForm(ctx context.Context, slug string, asked NewFormRequest) (FormView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return FormView{}, err
	}
	made, err := newForm(ctx, asked)
	if err != nil {
		return FormView{}, err
	}
	if asked.Definition.Document != "" { // it has none yet
		return FormView{}, s.ownsDocument(ctx, ws.ID, "", asked.Definition)
	}
	list, err := s.deps.Store.Forms.List(ctx, ws.ID)
	if err != nil {
		return FormView{}, err
	}
	if len(list) >= mostForms {
		return FormView{}, front.BadRequest("body", words.T("フォームは%d個までです。使わないものを消してください。", "There can be %d forms. Please delete one that is not needed.", mostForms))
	}
	kept, err := s.deps.Store.Forms.Create(ctx, ws.ID, made)
	if err != nil {
		return FormView{}, err
	}
	return s.formView(ctx, ws, kept)
}

func newForm(ctx context.Context, asked NewFormRequest) (store.NewForm, error) {
	name := front.Clean(asked.Name)
	if name == "" {
		return store.NewForm{}, front.BadRequest("body.name", words.T("名前を付けてください。", "Please give it a name."))
	}
	if err := form.Check(asked.Definition); err != nil {
		return store.NewForm{}, err
	}
	text, err := json.Marshal(asked.Definition.Completed())
	return store.NewForm{Name: name, Definition: text, Author: front.AuthorOf(ctx)}, err
}

func (s *Server) editForm(ctx context.Context, in InForm, asked NewFormRequest) (FormView, error) {
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return FormView{}, err
	}
	made, err := newForm(ctx, asked)
	if err != nil {
		return FormView{}, err
	}
	if err := s.ownsDocument(ctx, ws.ID, kept.ID, asked.Definition); err != nil {
		return FormView{}, err
	}
	if kept.Open {
		if err := s.mayConfirm(ctx, ws.ID, asked.Definition); err != nil {
			return FormView{}, err
		}
		if err := mayHand(asked.Definition); err != nil {
			return FormView{}, err
		}
		if err := s.mayName(ctx, ws.ID, asked.Definition); err != nil {
			return FormView{}, err
		}
	}
	if string(made.Definition) == string(kept.Definition) {
		made.Definition = nil // the same questions: no version of its own
	}
	if kept, err = s.deps.Store.Forms.Edit(ctx, ws.ID, kept.ID, asked.BaseVersion, made); err != nil {
		return FormView{}, err
	}
	return s.formView(ctx, ws, kept)
}

func (s *Server) switchForm(ctx context.Context, in InForm, open bool) (FormView, error) {
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return FormView{}, err
	}
	d, err := form.Parse(kept.Definition)
	if err != nil {
		return FormView{}, err
	}
	if open {
		if err := s.mayConfirm(ctx, ws.ID, d); err != nil {
			return FormView{}, err
		}
		if err := mayHand(d); err != nil {
			return FormView{}, err
		}
		if err := s.mayName(ctx, ws.ID, d); err != nil {
			return FormView{}, err
		}
	}
	if err := s.deps.Store.Forms.SetOpen(ctx, ws.ID, kept.ID, open); err != nil {
		return FormView{}, err
	}
	kept.Open, kept.UpdatedAt = open, s.deps.Clock()
	return s.formView(ctx, ws, kept)
}

func (s *Server) deleteForm(ctx context.Context, in InForm) error {
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return err
	}
	sent, err := s.deps.Store.Submissions.List(ctx, ws.ID, store.SubmissionQuery{Form: kept.ID, Limit: 1})
	if err != nil {
		return err
	}
	if len(sent) > 0 {
		return front.BadRequest("path.id", words.T(
			"届いたものがあるフォームは消せません。同意の記録が読めなくなるからです。受付を止めてください。",
			"A form that was sent in cannot be deleted: records of consent stand on it. Please close it."))
	}
	return s.deps.Store.Forms.Delete(ctx, ws.ID, kept.ID)
}

const submissionsPage = 50

func (s *Server) listSubmissions(ctx context.Context, in InForm, state, before string, lang words.Lang) (SubmissionsReply, error) {
	reply := SubmissionsReply{Submissions: []SubmissionView{}}
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return reply, err
	}
	if before != "" && !front.IsName(before) {
		return reply, store.ErrNotFound{What: "submission", Name: before}
	}
	list, err := s.deps.Store.Submissions.List(ctx, ws.ID, store.SubmissionQuery{Form: kept.ID, State: state, Before: before, Limit: submissionsPage + 1})
	if err != nil {
		return reply, err
	}
	if reply.More = len(list) > submissionsPage; reply.More {
		list = list[:submissionsPage]
	}
	for _, one := range list {
		reply.Submissions = append(reply.Submissions, submissionView(one, lang))
	}
	return reply, nil
}

func submissionView(one store.Submission, lang words.Lang) SubmissionView {
	view := SubmissionView{ID: one.ID, Form: string(one.Form), Version: one.Version, Lang: one.Lang, State: one.State, Why: []string{}, Answers: one.Answers,
		Agreed: one.Agreed, Page: one.Page, SentAt: int64(one.SentAt), JudgedBy: one.JudgedBy}
	for _, sign := range one.Signs {
		view.Why = append(view.Why, form.Sign(sign).Words().In(lang))
	}
	return view
}

func (s *Server) judgeSubmission(ctx context.Context, in InForm, id string, accept bool) error {
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return err
	}
	if !front.IsName(id) {
		return store.ErrNotFound{What: "submission", Name: id}
	}
	one, err := s.deps.Store.Submissions.Get(ctx, ws.ID, id)
	if err != nil {
		return err
	}
	if one.Form != kept.ID {
		return store.ErrNotFound{What: "submission", Name: id}
	}
	state := store.SubmissionRefused
	if accept {
		state = store.SubmissionAccepted
	}
	if err := s.deps.Store.Submissions.Judge(ctx, ws.ID, id, state, front.AuthorOf(ctx)); err != nil {
		return err
	}
	if !accept {
		return nil
	}
	asked, err := s.formVersion(ctx, kept, one.Version)
	if err != nil {
		return err
	}
	return s.finishForm(ctx, ws.ID, asked, one, nil)
}

// eachSubmission hands over the accepted submissions of a span, the newest first.
func (s *Server) eachSubmission(ctx context.Context, ws store.WorkspaceID, id store.FormID, from, to time.Time, visit func(store.Submission) error) error {
	ask := store.SubmissionQuery{Form: id, State: store.SubmissionAccepted, From: event.Millis(from.UnixMilli()), To: event.Millis(to.UnixMilli()), Limit: 500}
	for {
		list, err := s.deps.Store.Submissions.List(ctx, ws, ask)
		if err != nil {
			return err
		}
		for _, one := range list {
			if err := visit(one); err != nil {
				return err
			}
		}
		if len(list) < ask.Limit {
			return nil
		}
		ask.Before = list[len(list)-1].ID
	}
}
