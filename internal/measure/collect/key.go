package collect

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
)

// headerKey is the write key a request carries beside its body: Basic with the key as the
// user and no password (the colon may be missing, as the contract says "for backward
// compatibility"), or in the address, for beacons. A Bearer token is OAuth's in the contract,
// with the key in the body; only where the body names none it is taken for the key.
func headerKey(r *http.Request) (key, bearer string) {
	scheme, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	value = strings.TrimSpace(value)
	switch strings.ToLower(scheme) {
	case "basic":
		if plain, err := base64.StdEncoding.DecodeString(value); err == nil {
			key, _, _ = strings.Cut(string(plain), ":")
		}
	case "bearer":
		bearer = value
	}
	if key == "" {
		key = queryKey(r.URL.RawQuery)
	}
	return key, bearer
}

// queryKey is the write key in an address. Only that one value is looked at: what else stands
// there would cost more to take apart than the event itself.
func queryKey(query string) string {
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		value, found := strings.CutPrefix(pair, "writeKey=")
		if !found {
			continue
		}
		if plain, err := url.QueryUnescape(value); err == nil {
			return plain
		}
	}
	return ""
}
