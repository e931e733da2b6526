package contact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// HashAddress is what is kept of an address that asked to be left alone. The key is the
// workspace's own: without it nobody can try addresses against a list that got out, and the
// lists of two workspaces cannot be compared.
func HashAddress(key []byte, address string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.ToLower(address)))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// ConsentKey is the key of a record that says the same whenever it is brought in: one from
// a list that may be imported again.
func ConsentKey(c Consent) string {
	h := sha256.New()
	for _, part := range []string{c.Address, string(c.Basis), c.Topic, string(c.State), c.Source, c.Form, c.Text} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return listKeys + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
}
