package server

import (
	"errors"
	"net/http"
	"strings"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/viewlink"
	"github.com/shirube/shirube/internal/store"
)

// Where read-only pages stand: by themselves, and inside the pages of the sites they name.
const (
	viewPath  = "/view/"
	embedPath = "/embed/"
)

// noRobots keeps what was meant for a few out of search engines.
const noRobots = "noindex, nofollow, noarchive"

// framed serves the screens for a frame: only pages of the sites that a link names may show
// it. What is shown is asked for afterwards, like everywhere; here it is decided alone who
// may put a frame around it.
func (s *Server) framed(screens http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Robots-Tag", noRobots)
		view, err := s.deps.Store.Views.Resolve(r.Context(), r.PathValue("token"))
		if err == nil && len(view.Sites) > 0 {
			h.Del("X-Frame-Options") // it knows no list of sites; frame-ancestors rules
			h.Set("Content-Security-Policy", strings.Replace(contentSecurityPolicy, "frame-ancestors 'none'",
				"frame-ancestors "+viewlink.FrameAncestors(view.Sites), 1))
			h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		} else if err != nil && !errors.As(err, new(store.ErrNotFound)) && !errors.As(err, new(store.ErrClosed)) {
			front.RequestOf(r.Context()).Log.Error("link not looked up", "error", err) // it stays without a frame
		}
		screens.ServeHTTP(w, r)
	})
}

// unlisted serves the screens of a read-only page and keeps it out of search engines.
func unlisted(screens http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Robots-Tag", noRobots)
		screens.ServeHTTP(w, r)
	})
}
