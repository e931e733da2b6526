package server

import (
	"context"
	"net/url"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/collect"
	"github.com/shirube/shirube/internal/store"
)

// How long write keys are taken to be what they were. A key that is revoked through this
// server ends at once (forget); on another node it lasts this much longer.
const (
	keysLife = 5 * time.Second
	// keysAgain bounds how often a key that nobody knows makes us look again.
	keysAgain = time.Second
)

// writeKeys keeps the keys that work in memory: one is looked up with every request.
type writeKeys struct {
	store *store.DB

	mu     sync.Mutex
	known  map[string]collect.Key
	loaded time.Time
}

// Lookup finds whose a key is. An error only where no keys could be read at all: those that
// were known go on working while the state is away.
func (k *writeKeys) Lookup(ctx context.Context, secret string) (collect.Key, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	age := time.Since(k.loaded)
	key, found := k.known[secret]
	if k.known == nil || age > keysLife || !found && age > keysAgain {
		active, err := k.store.WriteKeys.Active(context.WithoutCancel(ctx))
		if err != nil && (k.known == nil || !found) {
			return collect.Key{}, false, err
		}
		k.loaded = time.Now() // a state that fails is not asked by every request
		if err == nil {
			k.known = keysOf(active)
			key, found = k.known[secret]
		}
	}
	return key, found, nil
}

// writeKeysChanged has write keys looked up anew: one was made, or revoked.
func (s *Server) writeKeysChanged() {
	if s.measuring != nil {
		s.measuring.keys.forget()
	}
}

// forget has the keys read again: one was made or revoked.
func (k *writeKeys) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known = nil
}

func keysOf(active []store.WriteKey) map[string]collect.Key {
	keys := make(map[string]collect.Key, len(active))
	for _, a := range active {
		keys[a.Key] = collect.Key{
			Workspace: event.Workspace(a.Workspace), ID: string(a.ID), Browser: a.Kind == store.BrowserKey, Origins: hostsOf(a.Origins),
		}
	}
	return keys
}

// hostsOf is the hosts of websites, however they were written down: "https://example.jp/",
// "example.jp", "*.example.jp".
func hostsOf(origins []string) []string {
	var hosts []string
	for _, origin := range origins {
		if at, err := url.Parse(origin); err == nil && at.Host != "" {
			origin = at.Hostname()
		}
		hosts = append(hosts, origin)
	}
	return hosts
}
