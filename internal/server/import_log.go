package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/inbox"
	"github.com/shirube/shirube/internal/measure/source/accesslog"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// logPreview recognises a web server's log, which has no columns to choose from.
func logPreview(content io.ReaderAt, upload store.Upload, lang words.Lang) (UploadPreview, bool, error) {
	head := make([]byte, min(upload.Size, 64<<10))
	n, err := content.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return UploadPreview{}, false, fmt.Errorf("preview upload %q: %w", upload.ID, err)
	}
	if !accesslog.Looks(head[:n]) {
		return UploadPreview{}, false, nil
	}
	name := words.T("Webサーバーのアクセスログ", "a web server's access log")
	return UploadPreview{
		Format: name.In(lang), File: FileFormat{Kind: "csv"}, Header: []string{}, Columns: []PreviewColumn{}, Rows: [][]string{}, Sheets: []string{},
		Platform: &PlatformView{
			ID: "access_log", Name: name.In(lang), Note: words.T("「%s」です。", "This is %s.", name).In(lang),
			Warnings: []string{
				words.T("ページの表示だけを数え、ロボットは分けて残します。IPアドレスは保存しません。", "Only page views are counted, robots are kept apart, and no IP address is stored.").In(lang),
				words.T("訪問者は日ごとの人数です。Cookieがないので、日をまたいだ同じ人は分かりません。", "Visitors are people of a day: without cookies nobody can tell who came back on another one.").In(lang),
			},
			Tables: []TableLabel{},
		},
	}, true, nil
}

// backfill hands the page views of an uploaded access log over, some hundred at a time. The
// visitors' salts are made for this reading and forgotten after it.
func (s *Server) backfill(ctx context.Context, ws store.Workspace, upload store.Upload, key, host string, deliver func(context.Context, []event.Event) error) (accesslog.Summary, error) {
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return accesslog.Summary{}, err
	}
	content, err := s.deps.Store.Uploads.Open(ctx, ws.ID, upload.ID)
	if err != nil {
		return accesslog.Summary{}, err
	}
	defer content.Close()
	var broken error
	sum, err := accesslog.Read(ctx, io.NewSectionReader(content, 0, upload.Size), accesslog.Options{
		Name: upload.FileName, Workspace: event.Workspace(ws.ID), Key: key, Host: host, Own: []string{host},
		Now: event.Millis(s.deps.Clock().UnixMilli()), Zone: saved.model.Location,
		Salt: func(string) []byte {
			salt := make([]byte, 32)
			if _, err := io.ReadFull(s.deps.Random, salt); err != nil && broken == nil {
				broken = fmt.Errorf("make a salt: %w", err)
			}
			return salt
		},
	}, func(ctx context.Context, views []event.Event) error {
		if broken != nil {
			return broken
		}
		return deliver(ctx, views)
	})
	if err != nil {
		return sum, fmt.Errorf("read log %q: %w", upload.ID, err)
	}
	return sum, nil
}

// BackfillRequest brings an access log's page views in.
type BackfillRequest struct {
	Host string `json:"host" minLength:"1" maxLength:"253" doc:"of the site, for lines that do not begin with it: example.jp"`
	front.BodyLang
}

// BackfillReply tells what came in.
type BackfillReply struct {
	Lines      int         `json:"lines"`
	Views      int         `json:"views" doc:"page views, those of robots among them"`
	Robots     int         `json:"robots"`
	Skipped    int         `json:"skipped" doc:"lines of images, scripts and failed requests"`
	Unreadable int         `json:"unreadable"`
	First      *series.Day `json:"first" format:"date"`
	Last       *series.Day `json:"last" format:"date"`
}

// logSlot is what an upload is imported as that has become events. No source has the name.
const logSlot = "#access_log"

func (s *Server) registerBackfill(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "backfill-upload", Metadata: front.Needs(access.BringNumbers), Method: http.MethodPost, Path: "/api/workspaces/{ws}/uploads/{id}/backfill",
		Summary: "Make page views of a staged access log", Tags: []string{"uploads"},
	}, func(ctx context.Context, in *struct {
		UploadPath
		front.Lang
		Body BackfillRequest
	}) (BackfillReply, error) {
		in.Body.Over(ctx, in.Lang)
		return s.backfillUpload(ctx, in.Workspace, in.ID, in.Body.Host)
	})
}

func (s *Server) backfillUpload(ctx context.Context, slug, id, host string) (BackfillReply, error) {
	if s.measuring == nil {
		return BackfillReply{}, front.Refuse(http.StatusServiceUnavailable, words.T("このサーバーは計測を受け取っていません。", "This server takes no events in."))
	}
	address := event.ParseAddress("https://" + host + "/")
	if address.Host == "" {
		return BackfillReply{}, front.BadRequest("body.host", words.T("「%s」はサイトの名前(ドメイン)として読めません。", "“%s” is not the name of a site.", host))
	}
	leave, ws, upload, err := s.enterWithUpload(ctx, slug, id)
	if err != nil {
		return BackfillReply{}, err
	}
	defer leave()
	if upload.State == store.UploadImported {
		return BackfillReply{}, front.Refuse(http.StatusConflict, words.T("「%s」はもう取り込まれています。", "“%s” is imported already.", upload.FileName))
	}
	s.progress.note(upload.ID, 0)
	defer s.progress.forget(upload.ID)
	sum, err := s.backfill(ctx, ws, upload, event.LogKey, address.Host, s.acceptPatiently)
	if err != nil {
		return BackfillReply{}, err
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return BackfillReply{}, err
	}
	reply := BackfillReply{Lines: sum.Lines, Views: sum.Views, Robots: sum.Robots, Skipped: sum.Skipped, Unreadable: sum.Unreadable}
	span := noDays
	if sum.Views > 0 {
		day := func(at event.Millis) series.Day {
			return series.DayOf(time.UnixMilli(int64(at)).In(saved.model.Location))
		}
		span = series.Span{From: day(sum.First), To: day(sum.Last)}
	}
	reply.First, reply.Last = spanEnds(span)
	err = s.deps.Store.Uploads.MarkImported(ctx, ws.ID, upload.ID, store.Imported{Source: logSlot, Rows: sum.Views, Span: span})
	return reply, err
}

// acceptPatiently hands events to the inbox; visitors of today come before those of a log, so
// it waits when there is a crowd.
func (s *Server) acceptPatiently(ctx context.Context, events []event.Event) error {
	for {
		err := s.measuring.inbox.Accept(ctx, events)
		if !errors.Is(err, inbox.ErrFull) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
}
