package server

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// DisclosureReply is everything kept of one person: what is handed out when they ask
// (Act on the Protection of Personal Information, article 33).
type DisclosureReply struct {
	MadeAt  int64         `json:"made_at" doc:"milliseconds since 1970"`
	Contact ContactDetail `json:"contact"`
	Moments []MomentView  `json:"moments" doc:"the newest first"`
	Events  []EventRow    `json:"events" doc:"the oldest first"`
	// Forms are what they sent in, as they wrote it.
	Forms []SubmissionView `json:"forms" doc:"the newest first"`
	Note  string           `json:"note" doc:"where else something may be"`
	Text  string           `json:"text" doc:"the same to read"`
}

// ErasedContactReply says what was deleted.
type ErasedContactReply struct {
	Events int64  `json:"events"`
	Note   string `json:"note"`
}

func (s *Server) registerContactRights(api huma.API) {
	tags := []string{"contacts"}
	front.Handle(api, huma.Operation{
		OperationID: "erase-contact", Metadata: front.Needs(access.Manage), Method: http.MethodDelete, Path: contactsPath + "/{id}",
		Summary: "Erase somebody: values, timeline, consents and every event; a hash of the address stays, so that nothing is sent to them any more",
		Tags:    tags, DefaultStatus: http.StatusOK,
	}, func(ctx context.Context, in *struct {
		ContactPath
		front.Lang
	}) (ErasedContactReply, error) {
		return s.eraseContact(ctx, in.Workspace, in.ID, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "disclose-contact", Metadata: front.Needs(access.Manage), Method: http.MethodGet, Path: contactsPath + "/{id}/disclosure",
		Summary: "Everything kept of one person, for programs and to read", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ContactPath
		front.Lang
	}) (DisclosureReply, error) {
		return s.disclose(ctx, in.Workspace, in.ID, in.Words())
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "export-contacts", Metadata: front.Needs(access.ExportContacts), Method: http.MethodGet, Path: "/api/workspaces/{ws}/act/contact-export",
		Summary: "Everybody as CSV", Tags: tags,
	}), func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (*huma.StreamResponse, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return nil, err
		}
		return s.contactFile(ws.Slug+"-contacts.csv", func(ctx context.Context, w io.Writer) error {
			return WriteContacts(ctx, s.deps.Store, ws.ID, nil, w, in.Words())
		}), nil
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "list-affected", Metadata: front.Needs(access.Manage), Method: http.MethodGet, Path: "/api/workspaces/{ws}/act/affected",
		Summary: "Everybody whose data was written or changed in a span, as CSV: whom to tell when data got out", Tags: tags,
	}), func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Since int64 `query:"since" required:"true" minimum:"0" doc:"milliseconds since 1970"`
		Until int64 `query:"until" required:"true" minimum:"0"`
	}) (*huma.StreamResponse, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return nil, err
		}
		ids, err := s.deps.Store.Moments.Touched(ctx, ws.ID, event.Millis(in.Since), event.Millis(in.Until))
		if err != nil {
			return nil, err
		}
		return s.contactFile(ws.Slug+"-affected.csv", func(ctx context.Context, w io.Writer) error {
			return WriteContacts(ctx, s.deps.Store, ws.ID, append([]contact.ID{}, ids...), w, in.Words())
		}), nil
	})
}

// contactFile streams a file of people.
func (s *Server) contactFile(name string, write func(context.Context, io.Writer) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/csv; charset=utf-8")
		hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+pathEscape(name))
		front.RequestOf(hc.Context()).Log.Info("a list of people was handed out", "file", name, "by", front.AuthorOf(hc.Context()))
		if err := write(hc.Context(), hc.BodyWriter()); err != nil && hc.Context().Err() == nil {
			front.RequestOf(hc.Context()).Log.Error("export broke off", "error", err)
			panic(http.ErrAbortHandler) // a file cut short must not look whole
		}
	}}
}

// WriteContacts writes people as CSV (UTF-8 with a byte order mark, as spreadsheets want
// it): those named, or everybody where ids is nil.
func WriteContacts(ctx context.Context, db *store.DB, ws store.WorkspaceID, ids []contact.ID, w io.Writer, lang words.Lang) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	head := words.T("ID,メールアドレス,氏名,会社,タグ,項目,登録,更新", "id,address,name,company,tags,properties,created,changed").In(lang)
	if err := out.Write(strings.Split(head, ",")); err != nil {
		return err
	}
	line := func(list []contact.Contact) error {
		var companies []string
		for _, c := range list {
			companies = append(companies, c.CompanyID)
		}
		names, err := db.Companies.GetMany(ctx, ws, companies)
		if err != nil {
			return err
		}
		for _, c := range list {
			properties := map[string]string{}
			for key, v := range c.Properties {
				properties[key] = v.String()
			}
			text, err := json.Marshal(properties)
			if err != nil {
				return fmt.Errorf("write contact %q: %w", c.ID, err)
			}
			company := names[c.CompanyID].Name
			if company == "" {
				company = names[c.CompanyID].Domain
			}
			row := []string{string(c.ID), c.Address, c.Name, company, strings.Join(c.Tags, ";"), string(text), isoMoment(c.CreatedAt), isoMoment(c.UpdatedAt)}
			for i := range row {
				row[i] = words.Cell(row[i])
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
		return nil
	}
	const part = 500
	if ids != nil {
		for from := 0; from < len(ids); from += part {
			found, err := db.Contacts.GetMany(ctx, ws, ids[from:min(from+part, len(ids))])
			if err != nil {
				return err
			}
			var list []contact.Contact
			for _, id := range ids[from:min(from+part, len(ids))] {
				if c, there := found[id]; there {
					list = append(list, c)
				}
			}
			if err := line(list); err != nil {
				return err
			}
		}
	} else {
		for after := int64(0); ; {
			list, err := db.Contacts.After(ctx, ws, after, part)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				break
			}
			if err := line(list); err != nil {
				return err
			}
			after = list[len(list)-1].Number
		}
	}
	out.Flush()
	return out.Error()
}

func isoMoment(at event.Millis) string { return time.UnixMilli(int64(at)).UTC().Format(time.RFC3339) }

func (s *Server) eraseContact(ctx context.Context, slug, id string, lang words.Lang) (ErasedContactReply, error) {
	ws, key, err := s.contactID(ctx, slug, id)
	if err != nil {
		return ErasedContactReply{}, err
	}
	one, err := s.deps.Store.Contacts.Get(ctx, ws.ID, key)
	if err != nil {
		return ErasedContactReply{}, err
	}
	reply := ErasedContactReply{Note: elsewhere(lang)}
	// The events first: should that fail, the contact still tells which they are.
	if s.measuring != nil {
		identities, err := s.deps.Store.Contacts.Identities(ctx, ws.ID, one.ID)
		if err != nil {
			return ErasedContactReply{}, err
		}
		for _, identity := range withReading(identities, one.ID) {
			erased, err := s.erasePerson(ctx, slug, warehouse.Who{ID: identity.Value}, lang)
			if err != nil {
				return ErasedContactReply{}, err
			}
			reply.Events += erased.Events
		}
	}
	return reply, s.forgetContact(ctx, ws.ID, one.ID)
}

// withReading adds the name under which events of their mails were kept before people were
// known by their own ids.
func withReading(identities []contact.Identity, id contact.ID) []contact.Identity {
	return append(identities, contact.Identity{Kind: contact.ByVisitor, Value: subjectOf(id)})
}

func (s *Server) disclose(ctx context.Context, slug, id string, lang words.Lang) (DisclosureReply, error) {
	reply := DisclosureReply{MadeAt: int64(s.millis()), Moments: []MomentView{}, Events: []EventRow{}, Forms: []SubmissionView{}, Note: elsewhere(lang)}
	ws, key, err := s.contactID(ctx, slug, id)
	if err != nil {
		return reply, err
	}
	if reply.Contact, err = s.contactDetail(ctx, slug, id, lang); err != nil {
		return reply, err
	}
	one, err := s.deps.Store.Contacts.Get(ctx, ws.ID, key)
	if err != nil {
		return reply, err
	}
	if reply.Contact.Acting, err = s.contactActing(ctx, ws.ID, one, mostActingDisclosed); err != nil {
		return reply, err
	}
	moments, err := s.deps.Store.Moments.List(ctx, ws.ID, one.ID, 0, mostDisclosed)
	if err != nil {
		return reply, err
	}
	for _, m := range moments {
		view := MomentView{ID: m.ID, At: int64(m.At), Kind: string(m.Kind), Label: momentLabels[m.Kind].In(lang), Text: momentText(m, lang), By: m.By, Cause: m.Cause, Body: json.RawMessage("{}")}
		if m.Body != nil {
			view.Body = m.Body
		}
		reply.Moments = append(reply.Moments, view)
	}
	sent, err := s.deps.Store.Submissions.By(ctx, ws.ID, string(one.ID), addressKey(one.Address))
	if err != nil {
		return reply, err
	}
	for _, submission := range sent {
		reply.Forms = append(reply.Forms, submissionView(submission, lang))
	}
	if s.measuring != nil {
		a, err := s.ask(ctx, slug, MeasuredSpan{}, lang)
		if err != nil {
			return reply, err
		}
		// Whatever is kept is disclosed, whether the team may see it or not.
		identities, err := s.deps.Store.Contacts.Identities(ctx, ws.ID, one.ID)
		if err != nil {
			return reply, err
		}
		seen := map[string]bool{}
		for _, identity := range withReading(identities, one.ID) {
			rows, err := s.measuring.warehouse.Person(ctx, event.Workspace(ws.ID), warehouse.Who{ID: identity.Value})
			if err != nil {
				return reply, err
			}
			for _, row := range rows {
				if !seen[row.MessageID] {
					seen[row.MessageID] = true
					reply.Events = append(reply.Events, a.eventRow(row))
				}
			}
		}
	}
	reply.Text = reply.read(lang)
	return reply, nil
}

// mostDisclosed is more moments than anybody has.
const mostDisclosed = 100_000

// read is the disclosure for people.
func (d DisclosureReply) read(lang words.Lang) string {
	var b strings.Builder
	put := func(label words.Text, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", label.In(lang), value)
		}
	}
	head := func(label words.Text) { fmt.Fprintf(&b, "\n■ %s\n", label.In(lang)) }
	c := d.Contact
	fmt.Fprintln(&b, words.T("お預かりしている情報（%s 現在、個人情報保護法33条）", "What we keep of you (as of %s; Act on the Protection of Personal Information, article 33)", isoMoment(event.Millis(d.MadeAt))).In(lang))
	head(words.T("ご本人", "You"))
	put(words.T("氏名", "Name"), c.Name)
	if c.Company != nil {
		put(words.T("会社", "Company"), c.Company.Name)
	}
	for _, p := range c.Properties {
		put(words.Text{JA: p.Label, EN: p.Label}, p.Value)
	}
	put(words.T("タグ", "Tags"), strings.Join(c.Tags, ", "))
	for _, known := range c.Known {
		put(words.T("識別子", "Identifier"), known.Kind+" "+known.Value)
	}
	for _, a := range c.Addresses {
		head(words.T("メールアドレス %s", "Address %s", a.Address))
		put(words.T("広告メール", "Advertising mail"), a.Why)
		for _, consent := range a.Consents {
			put(words.T("記録", "Record"), strings.Join([]string{isoMoment(event.Millis(consent.At)), consent.Label, consent.Topic, consent.Source, consent.Text, consent.IP, consent.UserAgent, consent.Note}, " / "))
		}
		for _, stop := range a.Stopped {
			put(words.T("配信停止", "Stopped"), isoMoment(event.Millis(stop.At))+" / "+stop.Label)
		}
	}
	head(words.T("やりとり", "What happened"))
	for _, m := range d.Moments {
		fmt.Fprintf(&b, "%s  %s  %s\n", isoMoment(event.Millis(m.At)), m.Label, m.Text)
	}
	c.Acting.read(put, head)
	head(words.T("サイトでの行動", "What you did on our sites"))
	for _, e := range d.Events {
		fmt.Fprintf(&b, "%s  %s  %s%s %s\n", isoMoment(event.Millis(e.At)), e.Label, e.Host, e.Path, e.Device)
	}
	fmt.Fprintf(&b, "\n%s\n", d.Note)
	return b.String()
}
