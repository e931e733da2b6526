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

	"github.com/shirube/shirube/internal/act/law"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// LawReply is how a workspace stands with what the law asks.
type LawReply struct {
	Duties   []DutyView    `json:"duties"`
	Handings []HandingView `json:"handings" doc:"whom the present settings hand data of people to"`
}

// DutyView is one duty.
type DutyView struct {
	Number  int    `json:"number"`
	Name    string `json:"name"`
	Article string `json:"article"`
	Does    string `json:"does" doc:"what is done about it"`
	Stops   bool   `json:"stops"`
	Keeps   bool   `json:"keeps"`
	Light   string `json:"light" enum:"green,amber,red,none" doc:"none: settings alone tell nothing"`
	Found   string `json:"found"`
	// Last is on the record of whoever may read it.
	Last *DutyDeed `json:"last,omitempty" doc:"the newest entry that stands on the record because of it"`
}

// DutyDeed is something that was done because of a duty.
type DutyDeed struct {
	At       time.Time `json:"at"`
	Who      string    `json:"who"`
	Sentence string    `json:"sentence"`
}

// HandingView is one way by which data of people leave.
type HandingView struct {
	Kind      string `json:"kind" enum:"mail,notice,webhook"`
	Name      string `json:"name"`
	Host      string `json:"host"`
	Recipient string `json:"recipient" doc:"id of who is declared to be there; empty: nobody is"`
}

// RecipientView is one who is handed data, or hands some to us.
type RecipientView struct {
	ID string `json:"id"`
	law.Recipient
	Author    string    `json:"author"`
	UpdatedAt time.Time `json:"updated_at"`
}

// RecipientsReply is the register.
type RecipientsReply struct {
	Recipients []RecipientView `json:"recipients"`
}

// RecipientPath names one.
type RecipientPath struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"40"`
}

// TagsView is the other tags of the websites.
type TagsView struct {
	Tags []law.Tag `json:"tags" maxItems:"50"`
}

// TagsReply is them with the notice that comes of it.
type TagsReply struct {
	TagsView
	HTML      string     `json:"html" doc:"the notice to paste into a page of one's own"`
	UpdatedAt *time.Time `json:"updated_at"`
}

const lawPath = "/api/workspaces/{ws}/act/law"

func (s *Server) registerLaw(api huma.API) {
	tags := []string{"law"}
	front.Handle(api, huma.Operation{
		OperationID: "get-law", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: lawPath, Summary: "What the law asks, and how things stand", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (LawReply, error) {
		return s.lawReply(ctx, in.Workspace, in.Words())
	})
	const recipients = lawPath + "/recipients"
	front.Handle(api, huma.Operation{
		OperationID: "list-recipients", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: recipients, Summary: "Who is handed data of people", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (RecipientsReply, error) {
		return s.listRecipients(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-recipient", Metadata: front.Needs(access.Manage), Method: http.MethodPost, Path: recipients, Summary: "Write down somebody who is handed data of people", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body law.Recipient
	}) (RecipientView, error) {
		return s.keepRecipient(ctx, in.Workspace, "", in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "edit-recipient", Metadata: front.Needs(access.Manage), Method: http.MethodPut, Path: recipients + "/{id}", Summary: "Change what is written of them", Tags: tags,
	}, func(ctx context.Context, in *struct {
		RecipientPath
		front.Lang
		Body law.Recipient
	}) (RecipientView, error) {
		return s.keepRecipient(ctx, in.Workspace, in.ID, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-recipient", Metadata: front.Needs(access.Manage), Method: http.MethodDelete, Path: recipients + "/{id}", Summary: "Take them off the register", Tags: tags,
	}, func(ctx context.Context, in *struct{ RecipientPath }) error {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return err
		}
		return s.deps.Store.Documents.Delete(ctx, ws.ID, kindRecipient, in.ID)
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "export-recipients", Metadata: front.Needs(access.Export), Method: http.MethodGet, Path: lawPath + "/recipient-export", Summary: "The register as CSV", Tags: tags,
	}), func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (*huma.StreamResponse, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return nil, err
		}
		list, err := s.recipientsOf(ctx, ws.ID)
		if err != nil {
			return nil, err
		}
		return s.contactFile(ws.Slug+"-recipients.csv", func(_ context.Context, w io.Writer) error { return writeRecipients(list, w, in.Words()) }), nil
	})
	const others = lawPath + "/tags"
	front.Handle(api, huma.Operation{
		OperationID: "get-tags", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: others, Summary: "The other tags of the websites, and the notice of all of them", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (TagsReply, error) {
		return s.tagsReply(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "put-tags", Metadata: front.Needs(access.Manage), Method: http.MethodPut, Path: others, Summary: "Say what other tags the websites have", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body TagsView
	}) (TagsReply, error) {
		return s.putTags(ctx, in.Workspace, in.Body, in.Words())
	})
}

func recipientView(r keptRecipient) RecipientView {
	return RecipientView{ID: r.doc.ID, Recipient: r.Recipient, Author: r.doc.Author, UpdatedAt: r.doc.UpdatedAt}
}

func (s *Server) listRecipients(ctx context.Context, slug string) (RecipientsReply, error) {
	reply := RecipientsReply{Recipients: []RecipientView{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	list, err := s.recipientsOf(ctx, ws.ID)
	for _, r := range list {
		reply.Recipients = append(reply.Recipients, recipientView(r))
	}
	return reply, err
}

func (s *Server) keepRecipient(ctx context.Context, slug, id string, in law.Recipient) (RecipientView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return RecipientView{}, err
	}
	in.Name, in.Data, in.Purpose, in.Sure = front.Clean(in.Name), front.Clean(in.Data), front.Clean(in.Purpose), front.Clean(in.Sure)
	for i := range in.Hosts {
		in.Hosts[i] = strings.ToLower(strings.TrimSuffix(front.Clean(in.Hosts[i]), "."))
	}
	if err := refuseMissing("body.", in.Missing()); err != nil {
		return RecipientView{}, err
	}
	if id != "" {
		if _, err := s.deps.Store.Documents.Get(ctx, ws.ID, kindRecipient, id); err != nil {
			return RecipientView{}, err
		}
	}
	doc, err := s.deps.Store.Documents.Put(ctx, ws.ID, kindRecipient, store.Document{ID: id, Name: in.Name, Body: mustJSON(in), Author: front.AuthorOf(ctx)})
	return recipientView(keptRecipient{in, doc}), err
}

// refuseMissing refuses by the first thing that is missing.
func refuseMissing(place string, problems words.Problems) error {
	if len(problems) == 0 {
		return nil
	}
	p := problems[0]
	return front.BadRequest(place+p.At.File, words.T("%[1]s %[2]s", "%[1]s %[2]s", p.What, p.Mend))
}

func writeRecipients(list []keptRecipient, w io.Writer, lang words.Lang) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	head := words.T("相手,接続先,渡し方,国,渡す情報,目的,第三者提供の根拠,外国への根拠,受け取る,同意の確かめ方,書いた人,更新",
		"recipient,hosts,role,country,data,purpose,ground,ground abroad,received from,how consent was made sure of,written by,changed").In(lang)
	if err := out.Write(strings.Split(head, ",")); err != nil {
		return err
	}
	roles := map[law.Role]words.Text{law.Own: words.T("自社", "own"), law.Processor: words.T("委託", "processor"), law.ThirdParty: words.T("第三者提供", "third party"), law.Joint: words.T("共同利用", "joint")}
	grounds := map[law.Ground]words.Text{law.Consent: words.T("本人の同意", "consent"), law.Statute: words.T("法令", "law"), law.Equivalent: words.T("相手の体制", "its measures"), law.Adequate: words.T("国の制度", "its country")}
	for _, r := range list {
		received := ""
		if r.Receives {
			received = words.T("はい", "yes").In(lang)
		}
		row := []string{r.Name, strings.Join(r.Hosts, " "), roles[r.Role].In(lang), r.Country, r.Data, r.Purpose, grounds[r.Ground].In(lang), grounds[r.Abroad].In(lang), received, r.Sure, r.doc.Author, r.doc.UpdatedAt.UTC().Format(time.RFC3339)}
		for i := range row {
			row[i] = words.Cell(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// keptTags is the tags with when they were last changed; never is the zero time.
type keptTags struct {
	TagsView
	at time.Time
}

func (s *Server) tagsOf(ctx context.Context, ws store.WorkspaceID) (keptTags, error) {
	kept := keptTags{TagsView: TagsView{Tags: []law.Tag{}}}
	doc, err := s.deps.Store.Documents.Get(ctx, ws, kindTags, kindTags)
	if isNotFound(err) {
		return kept, nil
	}
	if err != nil {
		return kept, err
	}
	if err := json.Unmarshal(doc.Body, &kept.TagsView); err != nil {
		return kept, fmt.Errorf("read tags of %q: %w", ws, err)
	}
	kept.at = doc.UpdatedAt
	return kept, nil
}

func (s *Server) tagsReply(ctx context.Context, slug string, lang words.Lang) (TagsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return TagsReply{}, err
	}
	kept, err := s.tagsOf(ctx, ws.ID)
	if err != nil {
		return TagsReply{}, err
	}
	reply := TagsReply{TagsView: kept.TagsView, UpdatedAt: timeOrNull(kept.at)}
	reply.HTML, err = s.noticeHTML(ctx, ws.Name, kept, lang)
	return reply, err
}

func (s *Server) putTags(ctx context.Context, slug string, in TagsView, lang words.Lang) (TagsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return TagsReply{}, err
	}
	for i := range in.Tags {
		if err := refuseMissing(fmt.Sprintf("body.tags[%d].", i), in.Tags[i].Missing()); err != nil {
			return TagsReply{}, err
		}
	}
	if in.Tags == nil {
		in.Tags = []law.Tag{}
	}
	if _, err := s.deps.Store.Documents.Put(ctx, ws.ID, kindTags, store.Document{ID: kindTags, Name: kindTags, Body: mustJSON(in), Author: front.AuthorOf(ctx)}); err != nil {
		return TagsReply{}, err
	}
	return s.tagsReply(ctx, slug, lang)
}
