package collect

import (
	"encoding/base64"
	"net/http"
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
	if key == "" && r.URL.RawQuery != "" {
		key = r.URL.Query().Get("writeKey")
	}
	return key, bearer
}
