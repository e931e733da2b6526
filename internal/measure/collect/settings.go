package collect

import (
	"encoding/json"
	"net/http"
	"strings"
)

// settingsKey reads the path the browser's SDK fetches its settings from:
// /v1/projects/KEY/settings.
func settingsKey(path string) (key string, ok bool) {
	rest, ok := strings.CutPrefix(path, "/v1/projects/")
	if !ok {
		return "", false
	}
	key, ok = strings.CutSuffix(rest, "/settings")
	return key, ok && key != "" && !strings.Contains(key, "/")
}

// settings answers the least that analytics-next works with. With apiHost in it a page needs
// to know one address only, that of the settings.
func (h *Handler) settings(w http.ResponseWriter, r *http.Request, key string) {
	_, known, err := h.options.Keys.Lookup(r.Context(), key)
	switch {
	case err != nil:
		h.options.Log.Error("write key not looked up", "error", err)
		w.Header().Set("Retry-After", retryAfter(waitBroken))
		answerError(w, r, http.StatusServiceUnavailable, away)
		return
	case !known:
		answerError(w, r, http.StatusNotFound, badKey)
		return
	}
	protocol := "http"
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		protocol = "https"
	}
	type object = map[string]any
	body, err := json.Marshal(object{
		"integrations": object{"Segment.io": object{
			"apiKey": key, "apiHost": r.Host + "/v1", "protocol": protocol,
			"unbundledIntegrations": []string{}, "addBundledMetadata": true,
		}},
		"plan": object{}, "edgeFunction": object{}, "analyticsNextEnabled": true,
		"enabledMiddleware": object{}, "remotePlugins": []string{},
	})
	if err != nil {
		h.options.Log.Error("settings not written", "error", err)
		answerError(w, r, http.StatusInternalServerError, away)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "public, max-age=300")
	_, _ = w.Write(body)
}
