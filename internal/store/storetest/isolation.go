package storetest

import (
	"context"
	"io"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
)

// state is all that can be read of one workspace.
type state struct {
	Versions []store.ModelVersion
	Uploads  []store.Upload
	Sources  []store.SourceSummary
	Days     map[string][]store.SourceDay
	Points   map[string][]store.Point
	Series   []store.Series
	Views    []store.View
	Looks    map[store.ViewID][]store.ViewDay
	Muted    []store.MutedFinding
	Saved    []store.Scenario
	Foretold []store.Foretold
	Kept     []store.Document
	Posts    []event.Post
	Forms    []store.Form
	Sent     []store.Submission
	Typed    []store.Entry
	Scoring  scoring
	Fetched  []store.Connection
	Names    []event.NameSeen
	Keys     []event.KeySeen
	People   []store.Member
	Doors    []store.WriteKey
	Programs []store.APIKey
	Acting   acting
	Watching watching
	Mail     mails
	Contacts known
	Doing    []store.Initiative
	Told     map[string]store.InitiativeEstimate
	Reported reporting
	Alerted  alerted
	Audited  []audit.Entry
	Looked   []store.Look
	Asked    []store.QuestionStanding
	Said     []question.Thread
	Reviewed reviewed
	Agreed   agreed
}

func dump(t testing.TB, db *store.DB, ws store.WorkspaceID) state {
	t.Helper()
	return dumpOf(t, db.Repositories, ws)
}

func dumpOf(t testing.TB, from store.Repositories, ws store.WorkspaceID) state {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	s := state{
		Versions: must(from.ModelVersions.List(ctx, ws))(t),
		Uploads:  must(from.Uploads.Imported(ctx, ws, ""))(t),
		Sources:  must(from.Points.Sources(ctx, ws))(t),
		Series:   collect(t, from.Points.Series(ctx, ws, "")),
		Views:    must(from.Views.List(ctx, ws))(t),
		Looks:    must(from.Views.Looks(ctx, ws))(t),
		Muted:    must(from.MutedFindings.List(ctx, ws))(t),
		Saved:    must(from.Scenarios.List(ctx, ws))(t),
		Foretold: must(from.Foretellings.Due(ctx, ws, april+10_000))(t),
		Kept:     must(from.Documents.List(ctx, ws, "segment"))(t),
		Forms:    must(from.Forms.List(ctx, ws))(t),
		Sent:     must(from.Submissions.List(ctx, ws, store.SubmissionQuery{}))(t),
		Posts:    must(from.Posts.List(ctx, ws, store.PostQuery{}))(t),
		Typed:    must(from.Entries.History(ctx, ws, "", 100))(t),
		Scoring:  dumpScoring(t, from, ws),
		Fetched:  must(from.Connections.List(ctx, ws))(t),
		Names:    must(from.Catalogue.EventNames(ctx, ws, event.Track, 100))(t),
		Keys:     must(from.Catalogue.KeyActivity(ctx, ws))(t),
		People:   must(from.Members.List(ctx, ws))(t),
		Doors:    must(from.WriteKeys.List(ctx, ws))(t),
		Programs: must(from.APIKeys.List(ctx, ws))(t),
		Acting:   dumpActing(t, from, ws),
		Watching: dumpWatching(t, from, ws),
		Mail:     dumpMails(t, from, ws),
		Contacts: dumpContacts(t, from, ws),
		Doing:    must(from.Initiatives.List(ctx, ws))(t),
		Told:     must(from.Initiatives.Newest(ctx, ws))(t),
		Reported: dumpReports(t, from, ws),
		Alerted:  dumpAlerts(t, from, ws),
		Audited:  must(from.Audit.List(ctx, ws, store.AuditQuery{}))(t),
		Looked:   must(from.Looks.Since(ctx, ws, 0))(t),
		Asked:    must(from.Questions.Standing(ctx, ws, ""))(t),
		Reviewed: dumpReviews(t, from, ws),
		Agreed:   dumpAgreements(t, from, ws),
	}
	for _, one := range s.Asked {
		s.Said = append(s.Said, must(from.Questions.Get(ctx, ws, one.ID))(t))
	}
	for _, source := range s.Sources {
		if s.Days == nil {
			s.Days, s.Points = map[string][]store.SourceDay{}, map[string][]store.Point{}
		}
		s.Days[source.Source] = must(from.Points.Days(ctx, ws, source.Source))(t)
		s.Points[source.Source] = collect(t, from.Points.Each(ctx, ws, source.Source))
	}
	return s
}

// filled is what fill has put into a workspace.
type filled struct {
	imported, staged store.UploadID
	view             store.ViewID
	scenario         store.ScenarioID
	document         string
	form             store.FormID
	handout          string // a file of the form
	submission       string
	entry            store.EntryID
	connection       store.ConnectionID
	token            string
	person           store.UserID
	writeKey         store.WriteKeyID
	apiKey           store.APIKeyID
	contact          contact.ID
	company          string
}

// fill puts one of everything into a workspace, with the same names in each.
func fill(t testing.TB, db *store.DB, ws store.WorkspaceID) filled {
	t.Helper()
	ctx := t.Context()
	must(db.ModelVersions.Append(ctx, ws, 0, store.NewModelVersion{YAML: "of " + string(ws)}))(t)
	f := filled{
		imported: must(db.Uploads.Put(ctx, ws, "f.csv", strings.NewReader("imported "+string(ws))))(t).ID,
		staged:   must(db.Uploads.Put(ctx, ws, "g.csv", strings.NewReader("staged "+string(ws))))(t).ID,
	}
	ok(t, db.Points.ImportDays(ctx, ws, store.Import{
		Source: "s", Upload: f.imported, Days: days(april, 2), Points: pointSeq(
			store.Point{Metric: "m", Day: april, Value: 1},
			store.Point{Metric: "m", Day: april + 1, Value: 2, Dimensions: []string{"x"}},
		),
	}))
	ok(t, db.Uploads.MarkImported(ctx, ws, f.imported, store.Imported{Source: "s", Rows: 2, Span: series.Span{From: april, To: april + 1}}))
	view, token, err := db.Views.Create(ctx, ws, store.NewView{Version: 1})
	ok(t, err)
	f.view, f.token = view.ID, token
	ok(t, db.Views.Opened(ctx, ws, view.ID, april, true))
	ok(t, db.MutedFindings.Mute(ctx, ws, "stale-data:k", "of "+string(ws), ""))
	f.scenario = must(db.Scenarios.Create(ctx, ws, "of "+string(ws), []string{"k=*2"}, ""))(t).ID
	ok(t, db.Foretellings.Keep(ctx, ws, []store.Foretold{{Indicator: "k", Deadline: april + 30, Amount: 10, ToldOn: april, Probability: 0.5}}))
	f.document = must(db.Documents.Put(ctx, ws, "segment", store.Document{Name: "of " + string(ws), Body: []byte(`{"of":"` + string(ws) + `"}`)}))(t).ID
	f.form = must(db.Forms.Create(ctx, ws, store.NewForm{Name: "of " + string(ws), Definition: []byte(`{}`)}))(t).ID
	f.handout = must(db.Forms.PutDocument(ctx, ws, store.FormDocument{Form: f.form, Name: "a.pdf"}, []byte("%PDF-")))(t).ID
	f.submission = must(db.Submissions.Add(ctx, ws, store.Submission{Form: f.form, Version: 1, State: store.SubmissionHeld, Address: "of@example.jp", Nonce: "n"}))(t).ID
	f.entry = must(db.Entries.Add(ctx, ws, []store.Entry{{Source: "s", Metric: "m", Day: april, Value: new(float64)}}))(t)[0].ID
	ok(t, db.Posts.Put(ctx, ws, []event.Post{{Network: "x", ID: "1", At: 1, Text: "of " + string(ws), Metrics: map[string]float64{"likes": 1}}}))
	f.connection = must(db.Connections.Create(ctx, ws, store.NewConnection{Name: "ga", Kind: "ga4", Settings: []byte(`{"of":"` + string(ws) + `"}`), Schedule: "hourly"}))(t).ID
	ok(t, db.Connections.SetSecret(ctx, ws, f.connection, []byte("sealed of "+string(ws))))
	place := must(db.Inbox.Place(ctx, "fill"))(t)
	ok(t, db.Catalogue.Note(ctx, "fill", place, place+1, event.Sightings{
		Names: []event.NameSeen{{Workspace: event.Workspace(ws), Kind: event.Track, Name: "n", Count: 7, First: 1, Last: 2}},
		Keys:  []event.KeySeen{{Workspace: event.Workspace(ws), Key: "k", Count: 7, First: 1, Last: 2}},
	}))
	f.contact, f.company = fillContacts(t, db, ws)
	f.person = person(t, db, "of@"+string(ws))
	ok(t, db.Members.Put(ctx, ws, f.person, "owner"))
	f.writeKey = must(db.WriteKeys.Create(ctx, ws, store.NewWriteKey{Key: "key of " + string(ws), Kind: store.ServerKey}))(t).ID
	f.apiKey = must(db.APIKeys.Create(ctx, ws, store.NewAPIKey{Fingerprint: "of " + string(ws), Name: "n"}))(t).ID
	return f
}

// testIsolation lets one workspace do everything, with the names and ids of
// another, and checks that the other has stayed as it was.
func testIsolation(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	theirs := workspace(t, db, "theirs")
	their := fill(t, db, theirs)
	ours := workspace(t, db, "ours")
	noUpload := func(id store.UploadID) store.ErrNotFound { return store.ErrNotFound{What: "upload", Name: string(id)} }
	us := person(t, db, "us@example.com")
	ok(t, db.Members.Put(ctx, ours, us, "owner"))
	noForm := store.ErrNotFound{What: "form", Name: string(their.form)}
	noSubmission := store.ErrNotFound{What: "submission", Name: their.submission}
	noConnection := store.ErrNotFound{What: "connection", Name: string(their.connection)}
	oneDay := store.Import{Source: "s", Days: days(april, 1), Points: pointSeq(store.Point{Metric: "m", Day: april, Value: 99})}
	withTheirs := oneDay
	withTheirs.Upload = their.imported

	attempts := map[string]func(t *testing.T){
		"Workspaces.Create": func(t *testing.T) { workspace(t, db, "third") },
		"Workspaces.List":   nil, // all workspaces, by intent
		"Workspaces.BySlug": func(t *testing.T) { same(t, must(db.Workspaces.BySlug(ctx, "ours"))(t).ID, ours) },
		"Workspaces.Get":    func(t *testing.T) { same(t, must(db.Workspaces.Get(ctx, ours))(t).Slug, "ours") },
		"Workspaces.Rename": func(t *testing.T) { ok(t, db.Workspaces.Rename(ctx, ours, "renamed")) },
		"Workspaces.Delete": func(t *testing.T) { ok(t, db.Workspaces.Delete(ctx, workspace(t, db, "short-lived"))) },
		"ModelVersions.Append": func(t *testing.T) {
			_, err := db.ModelVersions.Append(ctx, ours, 1, store.NewModelVersion{})
			wantErr(t, err, store.ErrConflict{Base: 1, Newest: 0})
		},
		"ModelVersions.List": func(t *testing.T) { same(t, len(must(db.ModelVersions.List(ctx, ours))(t)), 0) },
		"ModelVersions.Get": func(t *testing.T) {
			_, err := db.ModelVersions.Get(ctx, ours, 1)
			wantErr(t, err, store.ErrNotFound{What: "model version", Name: "1"})
		},
		"ModelVersions.Newest": func(t *testing.T) {
			_, err := db.ModelVersions.Newest(ctx, ours)
			wantErr(t, err, store.ErrNotFound{What: "model version", Name: "newest"})
		},
		"Uploads.Put": func(t *testing.T) { must(db.Uploads.Put(ctx, ours, "f.csv", strings.NewReader("x")))(t) },
		"Uploads.Get": func(t *testing.T) {
			_, err := db.Uploads.Get(ctx, ours, their.imported)
			wantErr(t, err, noUpload(their.imported))
		},
		"Uploads.Open": func(t *testing.T) {
			_, err := db.Uploads.Open(ctx, ours, their.imported)
			wantErr(t, err, noUpload(their.imported))
		},
		"Uploads.Imported": func(t *testing.T) {
			same(t, len(must(db.Uploads.Imported(ctx, ours, ""))(t)), 0)
			same(t, len(must(db.Uploads.Imported(ctx, ours, "s"))(t)), 0)
		},
		"Uploads.MarkImported": func(t *testing.T) {
			wantErr(t, db.Uploads.MarkImported(ctx, ours, their.staged, store.Imported{Source: "s"}), noUpload(their.staged))
			own := must(db.Uploads.Put(ctx, ours, "f.csv", strings.NewReader("x")))(t)
			ok(t, db.Uploads.MarkImported(ctx, ours, own.ID, store.Imported{Source: "s"}))
			same(t, must(db.Uploads.Get(ctx, ours, own.ID))(t).Seq, 1)
			ok(t, db.Uploads.Delete(ctx, ours, own.ID))
		},
		"Uploads.Delete": func(t *testing.T) { wantErr(t, db.Uploads.Delete(ctx, ours, their.imported), noUpload(their.imported)) },
		"Uploads.Prune":  func(t *testing.T) { must(db.Uploads.Prune(ctx, time.Now()))(t) }, // by age only; testPrune
		"Points.ImportDays": func(t *testing.T) {
			wantErr(t, db.Points.ImportDays(ctx, ours, withTheirs), noUpload(their.imported))
			ok(t, db.Points.ImportDays(ctx, ours, oneDay))
		},
		"Points.ReplaceSource": func(t *testing.T) {
			wantErr(t, db.Points.ReplaceSource(ctx, ours, withTheirs), noUpload(their.imported))
			ok(t, db.Points.ReplaceSource(ctx, ours, oneDay))
			ok(t, db.Points.ReplaceSource(ctx, ours, store.Import{Source: "s"}))
		},
		"Points.Each":    func(t *testing.T) { same(t, collect(t, db.Points.Each(ctx, ours, "s")), nil) },
		"Points.Series":  func(t *testing.T) { same(t, collect(t, db.Points.Series(ctx, ours, "")), nil) },
		"Points.Days":    func(t *testing.T) { same(t, len(must(db.Points.Days(ctx, ours, "s"))(t)), 0) },
		"Points.Sources": func(t *testing.T) { same(t, len(must(db.Points.Sources(ctx, ours))(t)), 0) },
		"Views.Create": func(t *testing.T) {
			_, _, err := db.Views.Create(ctx, ours, store.NewView{Version: 1})
			wantErr(t, err, store.ErrNotFound{What: "model version", Name: "1"})
		},
		"Views.Resolve": func(t *testing.T) { same(t, must(db.Views.Resolve(ctx, their.token))(t).Workspace, theirs) },
		"Views.List":    func(t *testing.T) { same(t, len(must(db.Views.List(ctx, ours))(t)), 0) },
		"Views.Get": func(t *testing.T) {
			_, err := db.Views.Get(ctx, ours, their.view)
			wantErr(t, err, store.ErrNotFound{What: "view", Name: string(their.view)})
		},
		"Views.Change": func(t *testing.T) {
			wantErr(t, db.Views.Change(ctx, ours, their.view, store.ViewSettings{}), store.ErrNotFound{What: "view", Name: string(their.view)})
		},
		"Views.Opened": func(t *testing.T) {
			wantErr(t, db.Views.Opened(ctx, ours, their.view, april, false), store.ErrNotFound{What: "view", Name: string(their.view)})
		},
		"Views.Looks": func(t *testing.T) { same(t, len(must(db.Views.Looks(ctx, ours))(t)), 0) },
		"Views.Revoke": func(t *testing.T) {
			wantErr(t, db.Views.Revoke(ctx, ours, their.view), store.ErrNotFound{What: "view", Name: string(their.view)})
		},
		"MutedFindings.Mute":   func(t *testing.T) { ok(t, db.MutedFindings.Mute(ctx, ours, "stale-data:k", "ours", "")) },
		"MutedFindings.Unmute": func(t *testing.T) { ok(t, db.MutedFindings.Unmute(ctx, ours, "stale-data:k")) },
		"MutedFindings.List":   func(t *testing.T) { same(t, len(must(db.MutedFindings.List(ctx, ours))(t)), 0) },
		"Scenarios.Create":     func(t *testing.T) { must(db.Scenarios.Create(ctx, ours, "ours", nil, ""))(t) },
		"Scenarios.List": func(t *testing.T) {
			for _, s := range must(db.Scenarios.List(ctx, ours))(t) {
				same(t, s.Name, "ours")
			}
		},
		"Scenarios.Delete": func(t *testing.T) {
			wantErr(t, db.Scenarios.Delete(ctx, ours, their.scenario), store.ErrNotFound{What: "scenario", Name: string(their.scenario)})
		},
		"Foretellings.Keep": func(t *testing.T) {
			ok(t, db.Foretellings.Keep(ctx, ours, []store.Foretold{{Indicator: "k", Deadline: april + 30, Amount: 10, ToldOn: april, Probability: 0.9}}))
		},
		"Foretellings.Due": func(t *testing.T) {
			for _, f := range must(db.Foretellings.Due(ctx, ours, april+30))(t) {
				same(t, f.Probability, 0.9)
			}
		},
		"Documents.Put": func(t *testing.T) {
			must(db.Documents.Put(ctx, ours, "segment", store.Document{ID: their.document, Body: []byte("{}")}))(t)
		},
		"Documents.Get": func(t *testing.T) {
			_, err := db.Documents.Get(ctx, ours, "other", their.document)
			wantErr(t, err, store.ErrNotFound{What: "other", Name: their.document})
		},
		"Documents.List":   func(t *testing.T) { same(t, len(must(db.Documents.List(ctx, ours, "other"))(t)), 0) },
		"Documents.Delete": func(t *testing.T) { _ = db.Documents.Delete(ctx, ours, "segment", their.document) },
		"Forms.Create":     func(t *testing.T) { must(db.Forms.Create(ctx, ours, store.NewForm{Name: "f"}))(t) },
		"Forms.Edit": func(t *testing.T) {
			_, err := db.Forms.Edit(ctx, ours, their.form, 1, store.NewForm{Definition: []byte("{}")})
			wantErr(t, err, noForm)
		},
		"Forms.SetOpen": func(t *testing.T) { wantErr(t, db.Forms.SetOpen(ctx, ours, their.form, true), noForm) },
		"Forms.Delete":  func(t *testing.T) { wantErr(t, db.Forms.Delete(ctx, ours, their.form), noForm) },
		"Forms.List": func(t *testing.T) {
			for _, f := range must(db.Forms.List(ctx, ours))(t) {
				same(t, f.Workspace, ours)
			}
		},
		"Forms.Get": func(t *testing.T) {
			_, err := db.Forms.Get(ctx, ours, their.form)
			wantErr(t, err, noForm)
		},
		"Forms.PutDocument": func(t *testing.T) {
			wantErr(t, second(db.Forms.PutDocument(ctx, ours, store.FormDocument{Form: their.form, Name: "a.pdf"}, []byte("%PDF-"))), noForm)
		},
		"Forms.Documents": func(t *testing.T) { same(t, len(must(db.Forms.Documents(ctx, ours, their.form))(t)), 0) },
		"Forms.Document": func(t *testing.T) {
			_, _, err := db.Forms.Document(ctx, ours, their.form, their.handout)
			wantErr(t, err, store.ErrNotFound{What: "document", Name: their.handout})
		},
		"Forms.DropDocument": func(t *testing.T) {
			wantErr(t, db.Forms.DropDocument(ctx, ours, their.form, their.handout), store.ErrNotFound{What: "document", Name: their.handout})
		},
		"Forms.Public":   nil, // of all workspaces, by intent: anybody may open a form
		"Forms.Versions": func(t *testing.T) { same(t, len(must(db.Forms.Versions(ctx, ours, their.form))(t)), 0) },
		"Submissions.Times": func(t *testing.T) {
			same(t, len(must(db.Submissions.Times(ctx, ours, 0))(t)[their.form]), 0)
		},
		"Forms.Version": func(t *testing.T) {
			_, err := db.Forms.Version(ctx, ours, their.form, 1)
			wantErr(t, err, store.ErrNotFound{What: "form version", Name: "1"})
		},
		"Submissions.Add": func(t *testing.T) {
			_, err := db.Submissions.Add(ctx, ours, store.Submission{Form: their.form, State: store.SubmissionAccepted})
			wantErr(t, err, noForm)
		},
		"Submissions.Repeated": func(t *testing.T) {
			same(t, must(db.Submissions.Repeated(ctx, ours, their.form, "n"))(t), false)
		},
		"Submissions.List": func(t *testing.T) {
			same(t, len(must(db.Submissions.List(ctx, ours, store.SubmissionQuery{Form: their.form, Before: their.submission}))(t)), 0)
		},
		"Submissions.Get": func(t *testing.T) {
			_, err := db.Submissions.Get(ctx, ours, their.submission)
			wantErr(t, err, noSubmission)
		},
		"Submissions.Judge": func(t *testing.T) {
			wantErr(t, db.Submissions.Judge(ctx, ours, their.submission, store.SubmissionRefused, "us"), noSubmission)
		},
		"Submissions.By": func(t *testing.T) {
			same(t, len(must(db.Submissions.By(ctx, ours, "", "of@example.jp"))(t)), 0)
		},
		"Submissions.Undone": nil, // of all workspaces, by intent: whoever finishes them asks
		"Submissions.Done":   func(t *testing.T) { wantErr(t, db.Submissions.Done(ctx, ours, their.submission, "c"), noSubmission) },
		"Submissions.Erase": func(t *testing.T) {
			same(t, must(db.Submissions.Erase(ctx, ours, "", "of@example.jp", ""))(t), int64(0))
		},
		"Submissions.Count": func(t *testing.T) { same(t, len(must(db.Submissions.Count(ctx, ours))(t)), 0) },
		"Posts.Put": func(t *testing.T) {
			ok(t, db.Posts.Put(ctx, ours, []event.Post{{Network: "x", ID: "1", Text: "ours"}}))
		},
		"Posts.List": func(t *testing.T) {
			for _, p := range must(db.Posts.List(ctx, ours, store.PostQuery{}))(t) {
				same(t, p.Text, "ours")
			}
		},
		"Posts.Describe": func(t *testing.T) {
			_ = db.Posts.Describe(ctx, ours, "x", "1", store.PostEdit{Theme: "ours", By: "us"})
		},
		"Posts.Withdraw": func(t *testing.T) { ok(t, db.Posts.Withdraw(ctx, ours, []event.Post{{Network: "x", ID: "1"}})) },
		"Entries.Add": func(t *testing.T) {
			must(db.Entries.Add(ctx, ours, []store.Entry{{Source: "s", Metric: "m", Day: april + 1}}))(t)
		},
		"Entries.Current": func(t *testing.T) {
			same(t, len(must(db.Entries.Current(ctx, ours, "s", series.Span{From: april, To: april}))(t)), 0)
		},
		"Entries.History": func(t *testing.T) {
			for _, e := range must(db.Entries.History(ctx, ours, "s", 9))(t) {
				same(t, e.Day, april+1)
			}
		},
		"Entries.Of": func(t *testing.T) {
			same(t, len(must(db.Entries.Of(ctx, ours, "s", store.Cell{Metric: "m", Day: april}))(t)), 0)
		},
		"Entries.Get": func(t *testing.T) {
			_, err := db.Entries.Get(ctx, ours, their.entry)
			wantErr(t, err, store.ErrNotFound{What: "entry", Name: string(their.entry)})
		},
		"Connections.All": nil, // of all workspaces, by intent: whoever fetches asks
		"Connections.Create": func(t *testing.T) {
			must(db.Connections.Create(ctx, ours, store.NewConnection{Name: "ga", Kind: "ga4"}))(t)
		},
		"Connections.List": func(t *testing.T) {
			for _, c := range must(db.Connections.List(ctx, ours))(t) {
				same(t, c.Workspace, ours)
			}
		},
		"Connections.Get": func(t *testing.T) {
			_, err := db.Connections.Get(ctx, ours, their.connection)
			wantErr(t, err, noConnection)
		},
		"Connections.Update": func(t *testing.T) {
			wantErr(t, db.Connections.Update(ctx, ours, their.connection, store.NewConnection{}, true), noConnection)
		},
		"Connections.SetSecret": func(t *testing.T) {
			wantErr(t, db.Connections.SetSecret(ctx, ours, their.connection, nil), noConnection)
		},
		"Connections.Secret": func(t *testing.T) {
			_, err := db.Connections.Secret(ctx, ours, their.connection)
			wantErr(t, err, noConnection)
			same(t, string(must(db.Connections.Secret(ctx, theirs, their.connection))(t)), "sealed of "+string(theirs))
		},
		"Connections.Wake":   func(t *testing.T) { wantErr(t, db.Connections.Wake(ctx, ours, their.connection), noConnection) },
		"Connections.Delete": func(t *testing.T) { wantErr(t, db.Connections.Delete(ctx, ours, their.connection), noConnection) },
		"Connections.Lease": func(t *testing.T) {
			same(t, must(db.Connections.Lease(ctx, ours, their.connection, "n", time.Minute))(t), false)
		},
		"Connections.Advance": func(t *testing.T) {
			wantErr(t, db.Connections.Advance(ctx, ours, their.connection, "", nil), store.ErrConflict{})
		},
		"Connections.Finish": func(t *testing.T) {
			wantErr(t, db.Connections.Finish(ctx, ours, their.connection, "", store.ConnectionRun{}, time.Time{}), noConnection)
		},
		"Connections.Runs": func(t *testing.T) { same(t, len(must(db.Connections.Runs(ctx, ours, their.connection))(t)), 0) },
		"Points.ImportSpan": func(t *testing.T) {
			wantErr(t, db.Points.ImportSpan(ctx, ours, withTheirs, series.Span{From: april, To: april + 9}), noUpload(their.imported))
			ok(t, db.Points.ImportSpan(ctx, ours, oneDay, series.Span{From: april, To: april + 9}))
		},
		// The inbox stands before the workspaces, by intent; testInbox, testCatalogue.
		"Inbox.Append": nil, "Inbox.After": nil, "Inbox.Drop": nil, "Inbox.Dropped": nil, "Inbox.Backlog": nil, "Inbox.SkipTo": nil,
		"Inbox.Place": nil, "Inbox.Advance": nil, "Inbox.SetAside": nil, "Inbox.Aside": nil, "Inbox.Restore": nil, "Inbox.EmptyAside": nil,
		"Catalogue.Seen": nil, "Salts.Salt": nil,
		"Catalogue.Note": func(t *testing.T) {
			ok(t, db.Catalogue.Note(ctx, "isolation", 0, 1, event.Sightings{
				Names: []event.NameSeen{{Workspace: event.Workspace(ours), Kind: event.Track, Name: "n", Count: 1}},
				Keys:  []event.KeySeen{{Workspace: event.Workspace(ours), Key: "k", Count: 1}},
			}))
		},
		"Catalogue.EventNames":  func(t *testing.T) { same(t, len(must(db.Catalogue.EventNames(ctx, ours, event.Track, 9))(t)), 0) },
		"Catalogue.KeyActivity": func(t *testing.T) { same(t, len(must(db.Catalogue.KeyActivity(ctx, ours))(t)), 0) },
		// People stand outside of the workspaces, with what is theirs alone; testUsers, testSignIns, testEntryLinks,
		// testSignInLinks, testUserIdentities.
		"Users.Any": nil, "Users.Create": nil, "Users.Get": nil, "Users.ByEmail": nil, "Users.Describe": nil, "Users.SetPassword": nil, "Users.Prove": nil,
		"SignIns.Create": nil, "SignIns.Find": nil, "SignIns.Seen": nil, "SignIns.List": nil, "SignIns.Revoke": nil, "SignIns.RevokeAll": nil, "SignIns.RevokeWay": nil,
		"EntryLinks.Create": nil, "EntryLinks.Void": nil, "EntryLinks.Find": nil, "EntryLinks.Use": nil,
		"SignInLinks.Create": nil, "SignInLinks.Find": nil, "SignInLinks.Use": nil, "SignInLinks.Void": nil,
		"Identities.Find": nil, "Identities.Tie": nil, "Identities.Used": nil, "Identities.Of": nil, "Identities.Untie": nil,
		"Accounts.Note": nil, "Accounts.Record": nil, "Attempts.Keep": nil, "Attempts.Spent": nil, // testAccounts, testAttempts
		"Members.List": func(t *testing.T) { same(t, len(must(db.Members.List(ctx, ours))(t)), 1) },
		"Members.Of":   func(t *testing.T) { same(t, must(db.Members.Of(ctx, us))(t)[0].Workspace, ours) },
		"Members.Put":  func(t *testing.T) { ok(t, db.Members.Put(ctx, ours, us, "owner")) },
		"Members.Standing": func(t *testing.T) {
			_, err := db.Members.Standing(ctx, ours, their.person)
			wantErr(t, err, store.ErrNotFound{What: "member", Name: string(their.person)})
		},
		"Members.Allow": func(t *testing.T) {
			wantErr(t, db.Members.Allow(ctx, ours, their.person, new(bool)), store.ErrNotFound{What: "member", Name: string(their.person)})
		},
		"Members.Role": func(t *testing.T) {
			_, err := db.Members.Role(ctx, ours, their.person)
			wantErr(t, err, store.ErrNotFound{What: "member", Name: string(their.person)})
		},
		"Members.Place": func(t *testing.T) {
			wantErr(t, db.Members.Place(ctx, ours, their.person, "営業"), store.ErrNotFound{What: "member", Name: string(their.person)})
		},
		"Members.Remove": func(t *testing.T) {
			wantErr(t, db.Members.Remove(ctx, ours, their.person), store.ErrNotFound{What: "member", Name: string(their.person)})
		},
		"WriteKeys.Active": nil, // of all workspaces, by intent: events come in with nothing else
		"WriteKeys.List":   func(t *testing.T) { same(t, len(must(db.WriteKeys.List(ctx, ours))(t)), 0) },
		"WriteKeys.Create": func(t *testing.T) {
			if _, err := db.WriteKeys.Create(ctx, ours, store.NewWriteKey{Key: "key of " + string(theirs)}); err == nil {
				t.Error("their key given out again")
			}
		},
		"WriteKeys.Revoke": func(t *testing.T) {
			wantErr(t, db.WriteKeys.Revoke(ctx, ours, their.writeKey), store.ErrNotFound{What: "write key", Name: string(their.writeKey)})
		},
		"APIKeys.Find": func(t *testing.T) {
			same(t, must(db.APIKeys.Find(ctx, "of "+string(theirs)))(t).Workspace, theirs)
		},
		"APIKeys.List": func(t *testing.T) { same(t, len(must(db.APIKeys.List(ctx, ours))(t)), 0) },
		"APIKeys.Used": func(t *testing.T) { ok(t, db.APIKeys.Used(ctx, ours, their.apiKey)) },
		"APIKeys.Create": func(t *testing.T) {
			if _, err := db.APIKeys.Create(ctx, ours, store.NewAPIKey{Fingerprint: "of " + string(theirs)}); err == nil {
				t.Error("their key given out again")
			}
		},
		"APIKeys.Revoke": func(t *testing.T) {
			wantErr(t, db.APIKeys.Revoke(ctx, ours, their.apiKey), store.ErrNotFound{What: "API key", Name: string(their.apiKey)})
		},
	}
	maps.Copy(attempts, isolationOfActing(db, ours, fillActing(t, db, theirs)))
	maps.Copy(attempts, isolationOfReports(db, ours, fillReports(t, db, theirs)))
	maps.Copy(attempts, isolationOfInitiatives(db, ours, fillInitiatives(t, db, theirs)))
	fillAlerts(t, db, theirs)
	maps.Copy(attempts, isolationOfAlerts(db, ours))
	maps.Copy(attempts, isolationOfQuestions(t, db, ours, us, theirs, their.person))
	maps.Copy(attempts, isolationOfReviews(db, ours, fillReviews(t, db, theirs)))
	fillAgreements(t, db, theirs)
	maps.Copy(attempts, isolationOfAgreements(db, ours, theirs))
	fillWatching(t, db, theirs)
	maps.Copy(attempts, isolationOfWatching(db, ours))
	maps.Copy(attempts, isolationOfMails(db, ours, fillMails(t, db, theirs), theirs))
	maps.Copy(attempts, contactAttempts(t, db, ours, their))
	maps.Copy(attempts, isolationOfScores(db, ours, fillScores(t, db, theirs)))
	maps.Copy(attempts, isolationOfAudit(t, db, ours, theirs))
	before := dump(t, db, theirs)
	for _, name := range methodNames() {
		attempt, listed := attempts[name]
		if !listed {
			t.Errorf("%s has no isolation test: add one here", name)
		}
		if attempt == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			ok(t, db.Points.ReplaceSource(ctx, ours, store.Import{Source: "s"}))
			attempt(t)
			same(t, dump(t, db, theirs), before)
			read := must(db.Uploads.Open(ctx, theirs, their.imported))(t)
			same(t, string(must(io.ReadAll(read))(t)), "imported "+string(theirs))
			same(t, must(db.Uploads.Get(ctx, theirs, their.staged))(t).State, store.UploadStaged)
		})
	}
}

// methodNames is every method of every repository, so that none is forgotten.
func methodNames() []string {
	var names []string
	repositories := reflect.TypeFor[store.Repositories]()
	for i := range repositories.NumField() {
		repository := repositories.Field(i)
		for k := range repository.Type.NumMethod() {
			names = append(names, repository.Name+"."+repository.Type.Method(k).Name)
		}
	}
	return names
}
