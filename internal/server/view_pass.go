package server

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/shirube/shirube/internal/store"
)

// A pass says until when somebody who told the password of a page may read it. It is signed
// with what is kept of the password: where that changes, or the link is another, no pass
// works any more, and nothing needs to be kept of who has one. It is no cookie, because a
// page inside the page of another site has none.
const (
	passLife  = 12 * time.Hour
	passSigns = 16
)

func newPass(view store.View, now time.Time) string {
	body := binary.BigEndian.AppendUint64(nil, uint64(now.Add(passLife).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(body, signPass(view, body)...))
}

func signPass(view store.View, body []byte) []byte {
	mac := hmac.New(sha256.New, []byte(view.PasswordHash))
	mac.Write([]byte(view.ID))
	mac.Write(body)
	return mac.Sum(nil)[:passSigns]
}

// passWorks reports whether a pass was given for this page and password and is not over.
func passWorks(view store.View, pass string, now time.Time) bool {
	raw, err := base64.RawURLEncoding.DecodeString(pass)
	if err != nil || len(raw) != 8+passSigns {
		return false
	}
	body := raw[:8]
	return hmac.Equal(raw[8:], signPass(view, body)) && now.Unix() < int64(binary.BigEndian.Uint64(body))
}
