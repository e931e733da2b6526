package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ContactListPreview is the head of a list of people and what its columns seem to mean.
type ContactListPreview struct {
	Name     string              `json:"name"`
	Header   []string            `json:"header"`
	Columns  []string            `json:"columns" doc:"what each means: address, name, family, given, user, tags, property:<key>; empty is left out"`
	Rows     [][]string          `json:"rows" doc:"the first 20"`
	Count    int                 `json:"count" doc:"rows there are"`
	Good     int                 `json:"good" doc:"rows that can be brought in"`
	Problems []front.ProblemView `json:"problems" doc:"the first 100, each with line and column"`
	Wrong    int                 `json:"wrong" doc:"rows that cannot"`
}

// ContactImport says how a list is brought in. Without a ground it is not: the law asks on
// what ground mail may be sent to each of them.
type ContactImport struct {
	Columns []string `json:"columns" maxItems:"500" doc:"what each column means"`
	Basis   string   `json:"basis" enum:"agreed,paper,dealing,published,none" doc:"none: they are kept, and no advertising is sent to them"`
	Source  string   `json:"source" minLength:"1" maxLength:"300" doc:"where the list comes from: 展示会 2026年9月"`
	Text    string   `json:"text,omitempty" maxLength:"6000" doc:"with agreed: the text they agreed to, to the letter"`
	On      string   `json:"on,omitempty" maxLength:"10" doc:"2026-09-01: when they said so; today where absent"`
	Topic   string   `json:"topic,omitempty" maxLength:"100"`
	Tags    []string `json:"tags,omitempty" maxItems:"20" doc:"for everybody on the list"`
	Owner   string   `json:"owner,omitempty" maxLength:"80"`
	// Provider is whom the list was received from, where it was not the people themselves.
	Provider string `json:"provider,omitempty" maxLength:"40" doc:"id of the recipient on the register of the law that hands lists to us"`
	Numbered bool   `json:"numbered,omitempty" doc:"somebody vouches for it that numbered addresses are in use: they were not generated"`
	// LeaveOut: rows with problems stay out; without it such a list is not brought in at all.
	LeaveOut bool `json:"leave_out,omitempty" doc:"bring in the others where rows have problems"`
	front.BodyLang
}

// ContactImportReply tells what came in.
type ContactImportReply struct {
	Rows    int `json:"rows"`
	Created int `json:"created"`
	Changed int `json:"changed"`
	Same    int `json:"same" doc:"people nothing new was told of"`
	Merged  int `json:"merged" doc:"contacts that turned out to be one with another"`
	Wrong   int `json:"wrong" doc:"rows left out for their problems"`
	Erased  int `json:"erased" doc:"rows left out because the person asked to be forgotten"`
	Stopped int `json:"stopped" doc:"people on the list to whom mail is stopped; it stays so"`
}

// Bounds of a list.
const (
	mostListRows     = 200_000
	mostListProblems = 100
	listPart         = 2000 // rows of one transaction: others write in between
)

func (s *Server) registerContactImports(api huma.API) {
	tags := []string{"contacts"}
	const path = "/api/workspaces/{ws}/act/contact-imports/{id}"
	front.Handle(api, huma.Operation{
		OperationID: "preview-contacts", Metadata: front.Needs(access.EditContacts), Method: http.MethodGet, Path: path,
		Summary: "Show what is in an uploaded list of people, and what its columns seem to mean", Tags: tags,
	}, func(ctx context.Context, in *struct {
		UploadPath
		front.Lang
		Columns []string `query:"columns" maxItems:"500" doc:"what the columns mean, where the proposal is wrong"`
	}) (ContactListPreview, error) {
		return s.previewContacts(ctx, in.Workspace, in.ID, in.Columns, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "import-contacts", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: path,
		Summary: "Bring an uploaded list of people in; the file is thrown away afterwards", Tags: tags, DefaultStatus: http.StatusOK,
	}, func(ctx context.Context, in *struct {
		UploadPath
		front.Lang
		Body ContactImport
	}) (ContactImportReply, error) {
		in.Body.Over(ctx, in.Lang)
		return s.importContacts(ctx, in.Workspace, in.ID, in.Body)
	})
}

// contactList is a list of people that was read.
type contactList struct {
	header   []string
	columns  []contact.Column
	head     [][]string
	people   []contact.Sighting
	count    int
	problems words.Problems // the first of them
	wrong    int
}

// readContacts reads a whole list. columns nil is what is guessed.
func (s *Server) readContacts(ctx context.Context, ws store.WorkspaceID, upload store.Upload, named []string) (contactList, error) {
	var list contactList
	content, err := s.deps.Store.Uploads.Open(ctx, ws, upload.ID)
	if err != nil {
		return list, err
	}
	defer content.Close()
	reader, err := table.Open(content, table.Options{Name: upload.FileName, Size: upload.Size})
	if err != nil {
		return list, err
	}
	for _, column := range reader.Header() {
		list.header = append(list.header, column.Name)
	}
	if list.columns, err = columnsOf(list.header, named); err != nil {
		return list, err
	}
	for {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		if list.count++; list.count > mostListRows {
			return list, front.BadRequest("path.id", words.T("一度に取り込めるのは%s行までです。分けてください。", "A list holds up to %s rows. Split it.", words.Group(mostListRows, 0)))
		}
		if len(list.head) < previewRows {
			list.head = append(list.head, append([]string{}, row.Cells...))
		}
		person, problems := contact.ReadRow(list.columns, row.Cells)
		if len(problems) == 0 {
			list.people = append(list.people, person)
			continue
		}
		list.wrong++
		for _, p := range problems {
			if len(list.problems) < mostListProblems {
				list.problems = append(list.problems, &words.Problem{At: row.At(p.Column), What: p.What})
			}
		}
	}
}

func columnsOf(header, named []string) ([]contact.Column, error) {
	columns := contact.GuessColumns(header)
	if len(named) == 0 {
		return columns, nil
	}
	if len(named) != len(header) {
		return nil, front.BadRequest("body.columns", words.T("列の数が表と合いません（表は%d列）。", "The columns do not match the table, which has %d.", len(header)))
	}
	taken := map[contact.Column]bool{}
	for i, name := range named {
		column := contact.Column(name)
		if !column.Known() {
			return nil, front.BadRequest("body.columns", words.T("列の意味「%s」が分かりません。", "The meaning %q of a column is not known.", name))
		}
		if column != contact.ColumnSkip && taken[column] {
			return nil, front.BadRequest("body.columns", words.T("2つの列が同じ意味になっています（%s）。", "Two columns have the same meaning (%s).", name))
		}
		columns[i], taken[column] = column, true
	}
	return columns, nil
}

func (s *Server) previewContacts(ctx context.Context, slug, id string, named []string, lang words.Lang) (ContactListPreview, error) {
	ws, upload, err := s.upload(ctx, slug, id)
	if err != nil {
		return ContactListPreview{}, err
	}
	list, err := s.readContacts(ctx, ws.ID, upload, named)
	if err != nil {
		return ContactListPreview{}, err
	}
	view := ContactListPreview{Name: upload.FileName, Header: append([]string{}, list.header...), Columns: []string{}, Rows: append([][]string{}, list.head...),
		Count: list.count, Good: len(list.people), Wrong: list.wrong, Problems: front.ProblemViews(list.problems, lang)}
	for _, column := range list.columns {
		view.Columns = append(view.Columns, string(column))
	}
	return view, nil
}

func (s *Server) importContacts(ctx context.Context, slug, id string, in ContactImport) (ContactImportReply, error) {
	var reply ContactImportReply
	ws, upload, err := s.upload(ctx, slug, id)
	if err != nil {
		return reply, err
	}
	plan, err := s.planImport(ctx, ws.ID, in)
	if err != nil {
		return reply, err
	}
	list, err := s.readContacts(ctx, ws.ID, upload, in.Columns)
	if err != nil {
		return reply, err
	}
	if err := plan.checkRuns(list.people); err != nil {
		return reply, err
	}
	if list.wrong > 0 && !in.LeaveOut {
		return reply, list.problems.Err()
	}
	reply.Rows, reply.Wrong = list.count, list.wrong
	defer s.segments.changed(ws.ID)
	// In parts, so that others write in between. What was told once is told again without
	// harm: an import that breaks off is simply done again.
	for from := 0; from < len(list.people); from += listPart {
		if err := s.importPart(ctx, ws.ID, plan, list.people[from:min(from+listPart, len(list.people))], &reply); err != nil {
			return reply, err
		}
	}
	// A list of people is not left lying about.
	return reply, s.deps.Store.Uploads.Delete(context.WithoutCancel(ctx), ws.ID, upload.ID)
}

// importPlan is what is the same for every row.
type importPlan struct {
	in   ContactImport
	tags []string
	said event.Millis // when they gave the ground
	now  event.Millis
	name string // the same for the same list
	by   string
	from string // whom the list was received from; "" the people themselves
	note string // on each record of consent
}

// checkRuns refuses a list whose addresses look generated, unless somebody vouches for them
// or nothing is to be sent.
func (p *importPlan) checkRuns(people []contact.Sighting) error {
	if !contact.Basis(p.in.Basis).Known() {
		return nil
	}
	addresses := make([]string, len(people))
	for i, row := range people {
		addresses[i] = row.Address
	}
	runs := contact.Runs(addresses)
	if len(runs) == 0 {
		return nil
	}
	if !p.in.Numbered {
		return front.BadRequest("body.numbered", words.T("%[1]s の形のアドレスが %[2]d 件、番号順に並んでいます。作られたアドレスには送れません（特定電子メール法6条）。本当に使われているアドレスなら、確かめたことを選んで取り込んでください。",
			"There are %[2]d numbered addresses like %[1]s. Nothing may be sent to generated addresses (article 6 of the mail act). If they are in use, say that you made sure.", runs[0].Pattern, runs[0].Count))
	}
	p.note = strings.TrimSpace(p.note + " 連番のアドレスが使われていることを確認（特定電子メール法6条）")
	return nil
}

// source is where the list comes from, with whom it was received from.
func (p *importPlan) source() string {
	if p.from == "" {
		return p.in.Source
	}
	return p.in.Source + "（" + p.from + "）"
}

// received names whom a list comes from, and refuses where nobody wrote down how the consent
// of the people in it was made sure of.
func (s *Server) received(ctx context.Context, ws store.WorkspaceID, provider string) (string, error) {
	list, err := s.recipientsOf(ctx, ws)
	if err != nil {
		return "", err
	}
	for _, r := range list {
		if r.doc.ID == provider && r.Receives && r.Missing() == nil {
			return r.Name, nil
		}
	}
	return "", front.BadRequest("body.provider", words.T("この相手から受け取ることと、本人の同意をどう確かめたかが、「守ること」の「渡す相手・受け取る相手」に書かれていません（個人情報保護法31条）。",
		"The register does not say that lists are received from them, and how the consent of the people was made sure of (Act on the Protection of Personal Information, article 31)."))
}

func (s *Server) planImport(ctx context.Context, ws store.WorkspaceID, in ContactImport) (importPlan, error) {
	plan := importPlan{in: in, now: s.millis(), by: front.AuthorOf(ctx)}
	var err error
	if plan.tags, err = cleanTags("body.tags", in.Tags); err != nil {
		return plan, err
	}
	if err := s.knownOwner(ctx, ws, in.Owner); err != nil {
		return plan, err
	}
	if plan.in.Source = front.Clean(in.Source); plan.in.Source == "" {
		return plan, front.BadRequest("body.source", words.T("名簿をどこで得たかを書いてください（例: 展示会 2026年9月）。", "Write where the list comes from (for example: trade fair, September 2026)."))
	}
	switch {
	case in.Basis == "":
		return plan, front.BadRequest("body.basis", words.T("送る根拠を選んでください（同意・名刺などの書面・取引関係・公表アドレス）。根拠がなければ「送らない」を選びます。",
			"Choose the ground (consent, told in writing, business relation, published address), or none to send nothing."))
	case in.Basis == string(contact.Agreed) && front.Clean(in.Text) == "":
		return plan, front.BadRequest("body.text", words.T("同意を得たときに見せた文を、そのまま書いてください（特定電子メール法3条2項）。",
			"Write the text they agreed to, to the letter (article 3, paragraph 2 of the mail act)."))
	}
	plan.said = plan.now
	if in.On != "" {
		day, err := series.ParseDay(in.On)
		zone := ledger{zone: s.zone}.location(event.Workspace(ws))
		if err != nil || day < front.EarliestDay || day > dayIn(plan.now, zone) {
			return plan, front.BadRequest("body.on", words.T("日付「%s」が読めないか、まだ来ていません。2026-09-01 の形で書いてください。", "The date %q cannot be read or is still to come. Write it like 2026-09-01.", in.On))
		}
		y, m, d := day.Civil()
		plan.said = min(plan.now, event.Millis(time.Date(y, m, d, 0, 0, 0, 0, zone).UnixMilli()))
	}
	if in.Provider != "" {
		if plan.from, err = s.received(ctx, ws, in.Provider); err != nil {
			return plan, err
		}
		plan.note = "受け取った相手: " + plan.from + "（個人情報保護法31条）"
	}
	sum := sha256.Sum256([]byte(plan.in.Source))
	plan.name = hex.EncodeToString(sum[:8])
	return plan, nil
}

func (s *Server) importPart(ctx context.Context, ws store.WorkspaceID, plan importPlan, rows []contact.Sighting, reply *ContactImportReply) error {
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		var addresses []string
		for _, row := range rows {
			if row.Address != "" {
				addresses = append(addresses, row.Identities()[0].Value)
			}
		}
		said, err := mailSaid(ctx, tx.Repositories, ws, addresses)
		if err != nil {
			return err
		}
		var people []contact.Sighting
		for _, row := range rows {
			var gone, quiet bool
			if row.Address != "" {
				before := said[row.Identities()[0].Value]
				for _, stop := range before.Stops {
					gone = gone || stop.Reason == contact.Erased && stop.Lifted == 0
					quiet = quiet || stop.Lifted == 0
				}
				quiet = quiet || contact.MaySend(before.Consents, before.Stops, plan.in.Topic, contact.Marketing, plan.now).Refused
			}
			if gone {
				reply.Erased++
				continue
			}
			if quiet {
				reply.Stopped++
			}
			row.At, row.Owner, row.Tags = plan.now, plan.in.Owner, append(row.Tags, plan.tags...)
			people = append(people, row)
		}
		folded, err := tx.Contacts.Upsert(ctx, ws, people)
		if err != nil {
			return err
		}
		reply.Created += len(folded.Created)
		reply.Changed += len(folded.Changed)
		reply.Same += len(folded.Repeated)
		reply.Merged += len(folded.Merges)
		if err := s.learned(ctx, tx, ws, folded); err != nil {
			return err
		}
		if err := s.importConsents(ctx, tx, ws, plan, people); err != nil {
			return err
		}
		moments := make([]contact.Moment, 0, len(people))
		seen := map[contact.ID]bool{}
		for _, id := range folded.Of {
			if !seen[id] {
				seen[id] = true
				moments = append(moments, contact.Moment{ID: "import/" + plan.name + "/" + string(id), Contact: id, At: plan.now, Kind: contact.MomentImport, By: plan.by, Text: plan.source()})
			}
		}
		return tx.Moments.Add(ctx, ws, moments)
	})
}

// importConsents records the ground for every address of the list, once however often it is
// brought in.
func (s *Server) importConsents(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, plan importPlan, people []contact.Sighting) error {
	basis := contact.Basis(plan.in.Basis)
	if !basis.Known() {
		return nil
	}
	var records []contact.Consent
	seen := map[string]bool{}
	for _, row := range people {
		if row.Address == "" {
			continue
		}
		record := contact.Consent{Address: row.Identities()[0].Value, Basis: basis, Topic: plan.in.Topic, State: contact.Granted, At: plan.said,
			Source: plan.in.Source, Text: plan.in.Text, Operator: plan.by, Note: plan.note}
		if record.Key = contact.ConsentKey(record); !seen[record.Key] {
			seen[record.Key] = true
			records = append(records, record)
		}
	}
	if len(records) == 0 {
		return nil
	}
	_, err := tx.Consents.Add(ctx, ws, records)
	return err
}
