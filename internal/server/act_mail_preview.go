package server

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// previews keeps the last mails that were looked at, so that each can be shown as a page of
// its own: within a page of ours, pictures of other sites would not load.
type previews struct {
	mu   sync.Mutex
	of   map[string]preview
	keys []string // the oldest first
}

type preview struct {
	ws    store.WorkspaceID
	html  string
	until time.Time
}

const (
	mostPreviews = 64
	previewLife  = 10 * time.Minute
)

func (p *previews) keep(key string, one preview) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of == nil {
		p.of = map[string]preview{}
	}
	for len(p.keys) >= mostPreviews {
		delete(p.of, p.keys[0])
		p.keys = p.keys[1:]
	}
	p.of[key], p.keys = one, append(p.keys, key)
}

func (p *previews) get(ws store.WorkspaceID, key string, now time.Time) (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	one, ok := p.of[key]
	if !ok || one.ws != ws || now.After(one.until) {
		return "", false
	}
	return one.html, true
}

// framePolicy lets a mail show its pictures, and do nothing else.
const framePolicy = "sandbox; default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// showFrame is a mail that was previewed, as a page for a frame.
func (s *Server) showFrame(ctx context.Context, slug, key string, dark bool) (*huma.StreamResponse, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, err
	}
	html, ok := s.mailing.previews.get(ws.ID, key, s.deps.Clock())
	if !ok {
		return nil, store.ErrNotFound{What: "preview", Name: key}
	}
	// What the reader's machine prefers is not asked: whoever looks chooses.
	scheme := "not all"
	if dark {
		scheme = "all"
	}
	html = strings.Replace(html, "(prefers-color-scheme:dark)", scheme, 1)
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/html; charset=utf-8")
		hc.SetHeader("Content-Security-Policy", framePolicy)
		hc.SetHeader("X-Frame-Options", "SAMEORIGIN")
		_, _ = hc.BodyWriter().Write([]byte(html)) // the reader may be gone
	}}, nil
}

// unsigned stands in the footer of a preview until a sender is chosen.
func unsigned(lang string) mail.Legal {
	say := func(ja, en string) string { return words.T(ja, en).In(words.Lang(lang)) }
	return mail.Legal{Sender: say("(差出人の名前)", "(name of the sender)"), Postal: say("(差出人の住所)", "(postal address)"), Contact: say("(苦情・問い合わせの受付先)", "(contact for complaints)")}
}
