package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// WorkspacesReply lists the workspaces, the last changed first.
type WorkspacesReply struct {
	Workspaces []WorkspaceView `json:"workspaces"`
}

// WorkspaceView is one team's place: a model and its data.
type WorkspaceView struct {
	Slug      string    `json:"slug"`
	Name      string    `json:"name"`
	Demo      bool      `json:"demo"`
	UpdatedAt time.Time `json:"updated_at"`
}

// NewWorkspace asks for a workspace made from a template.
type NewWorkspace struct {
	Name     string  `json:"name" minLength:"1" maxLength:"200"`
	Template string  `json:"template" maxLength:"80" doc:"key of a template; empty for a model with a KGI only"`
	Sample   bool    `json:"sample" required:"false" doc:"bring the template's sample data along"`
	Locale   string  `json:"locale,omitempty" enum:"ja,en" default:"ja"`
	KGI      *NewKGI `json:"kgi,omitempty" doc:"what the start page asked about the KGI"`
}

// NewKGI is the goal in the team's own words and numbers.
type NewKGI struct {
	Name   string      `json:"name,omitempty" maxLength:"200"`
	Unit   string      `json:"unit,omitempty" maxLength:"40"`
	Owner  string      `json:"owner,omitempty" maxLength:"80"`
	Serves string      `json:"serves,omitempty" maxLength:"200"`
	Amount *float64    `json:"amount,omitempty" doc:"the number to reach; ratios as ratios"`
	Kind   string      `json:"kind,omitempty" enum:"total,growth,hold,reach" doc:"the template's kind where absent"`
	Per    string      `json:"per,omitempty" enum:"day,week,month,quarter,year"`
	From   *series.Day `json:"from,omitempty" format:"date"`
	By     *series.Day `json:"by,omitempty" format:"date"`
}

// WorkspaceMade names the new workspace.
type WorkspaceMade struct {
	Slug string `json:"slug"`
}

// WorkspaceChange renames a workspace.
type WorkspaceChange struct {
	Name string `json:"name" minLength:"1" maxLength:"200"`
}

func (s *Server) registerWorkspaces(api huma.API) {
	tags := []string{"workspaces"}
	handle(api, huma.Operation{
		OperationID: "list-workspaces", Method: http.MethodGet, Path: "/api/workspaces",
		Summary: "List the workspaces", Tags: tags,
	}, func(ctx context.Context, _ *struct{}) (WorkspacesReply, error) {
		return s.listWorkspaces(ctx)
	})
	handle(api, huma.Operation{
		OperationID: "create-workspace", Method: http.MethodPost, Path: "/api/workspaces",
		Summary: "Make a workspace from a template", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		Lang
		Body NewWorkspace
	}) (WorkspaceMade, error) {
		return s.createWorkspace(ctx, in.Body)
	})
	handle(api, huma.Operation{
		OperationID: "update-workspace", Method: http.MethodPatch, Path: "/api/workspaces/{ws}",
		Summary: "Rename a workspace", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Body WorkspaceChange
	}) (WorkspaceView, error) {
		return s.renameWorkspace(ctx, in.Workspace, in.Body.Name)
	})
	handleNothing(api, huma.Operation{
		OperationID: "delete-workspace", Method: http.MethodDelete, Path: "/api/workspaces/{ws}",
		Summary: "Delete a workspace with its models and data", Tags: tags,
	}, func(ctx context.Context, in *struct{ InWorkspace }) error {
		return s.deleteWorkspace(ctx, in.Workspace)
	})
}

func (s *Server) listWorkspaces(ctx context.Context) (WorkspacesReply, error) {
	all, err := s.deps.Store.Workspaces.List(ctx)
	if err != nil {
		return WorkspacesReply{}, err
	}
	slices.SortStableFunc(all, func(a, b store.Workspace) int { return b.UpdatedAt.Compare(a.UpdatedAt) })
	reply := WorkspacesReply{Workspaces: make([]WorkspaceView, len(all))}
	for i, ws := range all {
		reply.Workspaces[i] = workspaceView(ws)
	}
	return reply, nil
}

func workspaceView(ws store.Workspace) WorkspaceView {
	return WorkspaceView{Slug: ws.Slug, Name: ws.Name, Demo: ws.Demo, UpdatedAt: ws.UpdatedAt}
}

func (s *Server) createWorkspace(ctx context.Context, in NewWorkspace) (WorkspaceMade, error) {
	seed, err := s.newSeed(in)
	if err != nil {
		return WorkspaceMade{}, err
	}
	stem := slugOf(in.Name, in.Template)
	const mostOfOneName = 1000
	for n := 1; n <= mostOfOneName; n++ {
		seed.Slug = stem
		if n > 1 {
			seed.Slug = fmt.Sprintf("%s-%d", stem, n)
		}
		ws, err := Plant(ctx, s.deps.Store, seed)
		if _, taken := errors.AsType[store.ErrExists](err); taken {
			continue
		}
		return WorkspaceMade{Slug: ws.Slug}, err
	}
	return WorkspaceMade{}, refuse(http.StatusConflict, words.T(
		"同じ名前のワークスペースが多すぎます。別の名前にしてください。", "Too many workspaces have this name. Choose another."))
}

// emptyModel is what a workspace without a template starts from.
const emptyModel = "shirube: 1\nname: x\nlocale: ja\ntimezone: Asia/Tokyo\nfiscal_year_start: 4\n\nkgi:\n  id: kgi\n"

// newSeed writes the model of a new workspace: the template, with what the start
// page asked put in.
func (s *Server) newSeed(in NewWorkspace) (Seed, error) {
	lang := words.ParseLang(in.Locale)
	seed := Seed{Name: clean(in.Name), Note: firstNote(lang, in.Template), Model: []byte(emptyModel)}
	if in.Template != "" {
		year, month, day := s.deps.Clock().In(tokyo).Date()
		files, err := template.Files(in.Template, lang, template.Options{Today: series.Date(year, month, day), Sample: in.Sample})
		if unknown, ok := errors.AsType[*template.UnknownError](err); ok {
			return Seed{}, badRequest("body.template", words.Text{JA: unknown.In(words.JA), EN: unknown.In(words.EN)})
		}
		if err != nil {
			return Seed{}, err
		}
		seed.Model = files[0].Data
		for _, f := range files[1:] {
			seed.Files = append(seed.Files, SeedFile(f))
		}
	}
	model, err := goal.Parse(modelFile, seed.Model)
	if err != nil {
		return Seed{}, fmt.Errorf("parse template %q: %w", in.Template, err)
	}
	locale := string(lang)
	edits := []goal.Edit{{Op: goal.SetModel, Fields: map[string]*string{"name": &seed.Name, "locale": &locale}}}
	if in.Template == "" {
		// A goal needs a name to be read; the rest is told by the check.
		edits = append(edits, goal.Edit{Op: goal.SetIndicator, ID: model.KGI().ID, Fields: map[string]*string{"name": &seed.Name}})
	}
	edits = append(edits, kgiEdits(model, in.KGI)...)
	seed.Model, err = goal.ApplyEdits(seed.Model, edits)
	return seed, err
}

// tokyo is where templates are at home; it is fixed so that a machine without a
// zone database makes the same workspace.
var tokyo = time.FixedZone("Asia/Tokyo", 9*60*60)

// kgiEdits puts the answers of the start page into a model.
func kgiEdits(m *goal.Model, in *NewKGI) []goal.Edit {
	if in == nil {
		return nil
	}
	kgi := m.KGI()
	fields := map[string]*string{}
	for key, value := range map[string]string{"name": in.Name, "unit": in.Unit, "owner": in.Owner, "serves": in.Serves} {
		if value != "" {
			fields[key] = &value
		}
	}
	var edits []goal.Edit
	if len(fields) > 0 {
		edits = append(edits, goal.Edit{Op: goal.SetIndicator, ID: kgi.ID, Fields: fields})
	}
	if in.Amount == nil && in.From == nil && in.By == nil && in.Kind == "" {
		return edits
	}
	return append(edits, goal.Edit{Op: goal.SetTarget, ID: kgi.ID, Target: kgiTarget(kgi.Target, in)})
}

// kgiTarget is the template's target with the answers over it.
func kgiTarget(base *goal.Target, in *NewKGI) *goal.TargetEdit {
	out := &goal.TargetEdit{Kind: "total"}
	if base != nil {
		out.Kind, out.Amount = string(base.Kind), strconv.FormatFloat(base.Amount, 'f', -1, 64)
		out.From, out.By = dayText(base.From), dayText(base.By)
		if base.Kind == goal.TargetHold {
			out.Per = base.Per.String()
		}
		if base.Direction == goal.Down {
			out.Direction = "down"
		}
	}
	if in.Kind != "" && in.Kind != out.Kind {
		out.Kind, out.Per = in.Kind, ""
	}
	if in.Per != "" {
		out.Per = in.Per
	}
	if out.Kind == "hold" && out.Per == "" {
		out.Per = "month"
	}
	if in.Amount != nil {
		out.Amount = strconv.FormatFloat(*in.Amount, 'f', -1, 64)
	}
	if in.From != nil {
		out.From = dayText(in.From)
	}
	if in.By != nil {
		out.By = dayText(in.By)
	}
	return out
}

func dayText(d *series.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// slugOf makes the part of an address that names a workspace: the Latin letters
// and digits of its name, or the template's key where it has none.
func slugOf(name, template string) string {
	const longest = 40
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKC.String(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := strings.Trim(b.String(), "-")
	if len(slug) > longest {
		slug = strings.Trim(slug[:longest], "-")
	}
	if len(slug) < 2 || strings.Trim(slug, "0123456789-") == "" {
		slug = strings.Trim(template+"-"+slug, "-")
	}
	if slug == "" {
		slug = "team"
	}
	return slug
}

func (s *Server) renameWorkspace(ctx context.Context, slug, name string) (WorkspaceView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return WorkspaceView{}, err
	}
	if err := s.deps.Store.Workspaces.Rename(ctx, ws.ID, clean(name)); err != nil {
		return WorkspaceView{}, err
	}
	ws, err = s.deps.Store.Workspaces.Get(ctx, ws.ID)
	return workspaceView(ws), err
}

func (s *Server) deleteWorkspace(ctx context.Context, slug string) error {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return err
	}
	return s.deps.Store.Workspaces.Delete(ctx, ws.ID)
}
