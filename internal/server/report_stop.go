package server

import (
	"net/http"

	"github.com/shirube/shirube/internal/deliver/track"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// mountReports serves the address by which a reader leaves a report. It knows them by the
// signed token alone; opening it changes nothing, because gateways open every link.
func (s *Server) mountReports(mux *http.ServeMux) {
	mux.HandleFunc("GET /r/{token}", s.showLeaving)
	mux.HandleFunc("POST /r/{token}", s.leaveReport)
}

// leavingReader is whose token a request bears, with their report.
func (s *Server) leavingReader(r *http.Request) (store.Report, report.Reader, error) {
	t, err := s.tokenOf(r, "")
	if err == nil && t.Kind != track.Report {
		err = track.ErrNone
	}
	if err != nil {
		return store.Report{}, report.Reader{}, err
	}
	kept, err := s.deps.Store.Reports.Get(r.Context(), store.WorkspaceID(t.Workspace), t.Cause)
	if isNotFound(err) {
		return kept, report.Reader{}, track.ErrNone
	}
	if err != nil {
		return kept, report.Reader{}, err
	}
	reader, listed := kept.Order.Reader(t.Contact)
	if !listed {
		return kept, reader, track.ErrNone
	}
	return kept, reader, nil
}

func (s *Server) showLeaving(w http.ResponseWriter, r *http.Request) {
	kept, reader, err := s.leavingReader(r)
	if err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	lang := front.LanguageOf(r)
	if reader.Stopped {
		s.showLeft(w, kept, lang)
		return
	}
	showPage(w, http.StatusOK, refusingView{
		Lang: string(lang), Action: "/r/" + r.PathValue("token"), Title: words.T("「%s」の受け取りをやめますか?", "Stop getting “%s”?", kept.Name).In(lang),
		Text:    words.T("ボタンを押すと、次からお届けしません。サインインは要りません。", "From the next one on you get none. You need not sign in.").In(lang),
		Buttons: []refusingButton{{"stop", words.T("受け取りをやめる", "Stop getting it").In(lang)}},
	})
}

func (s *Server) leaveReport(w http.ResponseWriter, r *http.Request) {
	kept, reader, err := s.leavingReader(r)
	if err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	_, err = s.deps.Store.Reports.Readers(r.Context(), kept.Workspace, kept.ID, func(list []report.Reader) []report.Reader {
		for i := range list {
			if list[i].ID == reader.ID {
				list[i].Stopped = true
			}
		}
		return list
	})
	if err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	s.showLeft(w, kept, front.LanguageOf(r))
}

func (s *Server) showLeft(w http.ResponseWriter, kept store.Report, lang words.Lang) {
	showPage(w, http.StatusOK, refusingView{
		Lang: string(lang), Title: words.T("受け取りをやめました", "Done").In(lang),
		Text: words.T("「%s」は、もうお届けしません。また必要になったら、送り主にお知らせください。", "You get “%s” no more. Should you want it again, tell whoever sent it.", kept.Name).In(lang),
	})
}
