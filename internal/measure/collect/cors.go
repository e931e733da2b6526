package collect

import (
	"net/http"
	"net/url"
	"strings"
)

// Pages of any site send here. What answers knows a sender by its write key and never by a
// cookie, so letting every origin read the answer gives nothing away.

func allowOrigin(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return
	}
	header := w.Header()
	header.Add("Vary", "Origin")
	header.Set("Access-Control-Allow-Origin", origin)
	header.Set("Access-Control-Expose-Headers", "Retry-After")
	// Our pages may ask this to be loaded although it is another site.
	header.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// allowRequest answers the question browsers ask before a request with Authorization. They
// may remember the answer for as long as they like; Chromium forgets after two hours.
func allowRequest(w http.ResponseWriter) {
	header := w.Header()
	header.Set("Access-Control-Allow-Methods", "POST, GET, OPTIONS")
	header.Set("Access-Control-Allow-Headers", "authorization, content-type, content-encoding, x-retry-count")
	header.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

// mayUse reports whether a page of an origin may use a key.
func mayUse(key Key, origin string) bool {
	if len(key.Origins) == 0 || origin == "" {
		return true
	}
	address, err := url.Parse(origin)
	if err != nil {
		return false
	}
	host := strings.ToLower(address.Hostname())
	for _, allowed := range key.Origins {
		allowed = strings.ToLower(allowed)
		if host == allowed {
			return true
		}
		if domain, wild := strings.CutPrefix(allowed, "*."); wild && (host == domain || strings.HasSuffix(host, "."+domain)) {
			return true
		}
	}
	return false
}
