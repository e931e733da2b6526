package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// ConnectionsReply lists where numbers are fetched from.
type ConnectionsReply struct {
	Connections []ConnectionView `json:"connections" doc:"by name"`
	// SQLite tells whether the operator named a folder for SQLite files.
	SQLite bool `json:"sqlite" doc:"whether SQLite files can be read here"`
	Manage bool `json:"manage" doc:"whether the person asking may add, change and remove them"`
}

// ConnectionView is one connection; its secret is never in it.
type ConnectionView struct {
	ID          string            `json:"id"`
	Name        string            `json:"name" doc:"the model's connection:"`
	Kind        string            `json:"kind" enum:"sql,ga4,search_console,sheets,http"`
	Settings    *connect.Settings `json:"settings" doc:"null for whoever may not manage connections"`
	HasSecret   bool              `json:"has_secret"`
	Schedule    string            `json:"schedule" doc:"hourly, or daily 06:30 in the model's time zone"`
	WindowDays  int               `json:"window_days" doc:"the last days fetched again each time"`
	Since       series.Day        `json:"since" format:"date"`
	Windowed    bool              `json:"windowed" doc:"days are asked for; otherwise whatever the other side has is fetched whole"`
	State       string            `json:"state" enum:"unused,paused,running,waiting,ok,failed" doc:"unused: no source of the model names it"`
	Sources     []string          `json:"sources" doc:"ids of the sources it brings"`
	LastRun     *time.Time        `json:"last_run"`
	LastSuccess *time.Time        `json:"last_success"`
	NextRun     *time.Time        `json:"next_run" doc:"null while paused or unused"`
	Failure     *PullFailure      `json:"failure" doc:"why the last run brought nothing; null after a good one"`
	Author      string            `json:"author"`
	CreatedAt   time.Time         `json:"created_at"`
}

// PullFailure is why nothing was fetched.
type PullFailure struct {
	Code string `json:"code" enum:"refused,unreachable,sign_in,forbidden,not_found,busy,broken,too_much,too_slow,bad_settings,bad_query,bad_answer,bad_data,bad_key,internal"`
	Text string `json:"text"`
}

// ConnectionWish is what a person says about a connection.
type ConnectionWish struct {
	Settings   connect.Settings `json:"settings"`
	Secret     *string          `json:"secret,omitempty" maxLength:"20000" doc:"password, service account's JSON or header value; absent: as it is; empty: none"`
	Schedule   string           `json:"schedule" pattern:"^(hourly|daily ([01][0-9]|2[0-3]):[0-5][0-9])$"`
	WindowDays *int             `json:"window_days,omitempty" minimum:"1" maximum:"90"`
	Since      *series.Day      `json:"since,omitempty" format:"date" doc:"first day fetched; 90 days ago where absent"`
	Paused     bool             `json:"paused,omitempty"`
}

// NewConnection is a new connection, with the source of the model it brings if that is to
// be made at once.
type NewConnection struct {
	Name string `json:"name" minLength:"1" maxLength:"60"`
	Kind string `json:"kind" enum:"sql,ga4,search_console,sheets,http"`
	ConnectionWish
	SourceID    string           `json:"source_id,omitempty" maxLength:"80" doc:"the source of the model it brings; absent: none yet"`
	Spec        *goal.SourceEdit `json:"spec,omitempty" doc:"how that source reads the rows"`
	BaseVersion int              `json:"base_version,omitempty" minimum:"0" doc:"with source_id: the version the source is added to"`
	front.BodyLang
}

// ConnectionTry is a connection to be tried before it is kept.
type ConnectionTry struct {
	ID   string `json:"id,omitempty" maxLength:"80" doc:"of a kept connection, whose secret is taken where none is given"`
	Name string `json:"name,omitempty" maxLength:"60"`
	Kind string `json:"kind" enum:"sql,ga4,search_console,sheets,http"`
	ConnectionWish
	front.BodyLang
}

// ConnectionTried is what came back.
type ConnectionTried struct {
	Preview UploadPreview `json:"preview" doc:"as of an uploaded file; its suggestion names the connection"`
	First   series.Day    `json:"first" format:"date" doc:"the days asked for"`
	Last    series.Day    `json:"last" format:"date"`
	Notes   []string      `json:"notes" doc:"what to know about the numbers"`
}

// ConnectionRunsReply is the history of a connection.
type ConnectionRunsReply struct {
	Runs []ConnectionRunView `json:"runs" doc:"the newest first, at most 50"`
}

// ConnectionRunView is one run.
type ConnectionRunView struct {
	Started time.Time    `json:"started"`
	Ended   time.Time    `json:"ended"`
	First   *series.Day  `json:"first" format:"date" doc:"the days asked for"`
	Last    *series.Day  `json:"last" format:"date"`
	Rows    int          `json:"rows"`
	Days    int          `json:"days" doc:"with a row"`
	Failure *PullFailure `json:"failure"`
	Notes   []string     `json:"notes"`
}

// ConnectionPath names one connection.
type ConnectionPath struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"80"`
}

func (s *Server) registerConnections(api huma.API) {
	tags := []string{"connections"}
	const base = "/api/workspaces/{ws}/connections"
	front.Handle(api, huma.Operation{
		OperationID: "list-connections", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: base,
		Summary: "List where numbers are fetched from", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (ConnectionsReply, error) {
		return s.listConnections(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-connection", Metadata: front.Needs(access.Manage), Method: http.MethodPost, Path: base,
		Summary: "Keep a connection, and fetch at once", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewConnection
	}) (ConnectionView, error) {
		return s.createConnection(ctx, in.Workspace, in.Body, in.Body.Over(ctx, in.Lang))
	})
	front.Handle(api, huma.Operation{
		OperationID: "try-connection", Metadata: front.Needs(access.Manage), Method: http.MethodPost, Path: base + "/try",
		Summary: "Fetch the last days and show their head; nothing is kept", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body ConnectionTry
	}) (ConnectionTried, error) {
		return s.tryConnection(ctx, in.Workspace, in.Body, in.Body.Over(ctx, in.Lang))
	})
	front.Handle(api, huma.Operation{
		OperationID: "update-connection", Metadata: front.Needs(access.Manage), Method: http.MethodPut, Path: base + "/{id}",
		Summary: "Change a connection; it runs at once", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ConnectionPath
		front.Lang
		Body struct {
			ConnectionWish
			Restart bool `json:"restart,omitempty" doc:"fetch everything anew from since on"`
			front.BodyLang
		}
	}) (ConnectionView, error) {
		lang := in.Body.Over(ctx, in.Lang)
		return s.updateConnection(ctx, in.Workspace, in.ID, in.Body.ConnectionWish, in.Body.Restart, lang)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-connection", Metadata: front.Needs(access.Manage), Method: http.MethodDelete, Path: base + "/{id}",
		Summary: "Forget a connection and its secret; what it brought stays", Tags: tags,
	}, func(ctx context.Context, in *ConnectionPath) error {
		return s.deleteConnection(ctx, in.Workspace, in.ID)
	})
	front.Handle(api, huma.Operation{
		OperationID: "run-connection", Metadata: front.Needs(access.BringNumbers), Method: http.MethodPost, Path: base + "/{id}/run",
		Summary: "Fetch now", Tags: tags, DefaultStatus: http.StatusAccepted,
	}, func(ctx context.Context, in *struct {
		ConnectionPath
		front.Lang
	}) (ConnectionView, error) {
		return s.runConnection(ctx, in.Workspace, in.ID, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-connection-runs", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: base + "/{id}/runs",
		Summary: "Tell how a connection's last runs went", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ConnectionPath
		front.Lang
	}) (ConnectionRunsReply, error) {
		return s.connectionRuns(ctx, in.Workspace, in.ID, in.Words())
	})
}
