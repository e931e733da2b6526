package server

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"time"
)

// A form's page carries a token: when it was shown, of which version, and a number of its
// own, signed with the form's secret. So a robot that posts without opening the page, that
// posts at once or posts one page many times is known without asking anybody else.
const (
	formNonceBytes = 12
	formTokenBytes = 8 + 4 + formNonceBytes
	formSignBytes  = 16
)

// formPage is what a token says.
type formPage struct {
	shown   time.Time
	version int
	nonce   string
}

func newFormToken(random io.Reader, secret []byte, version int, now time.Time) (string, error) {
	body := make([]byte, formTokenBytes, formTokenBytes+formSignBytes)
	binary.BigEndian.PutUint64(body, uint64(now.UnixMilli()))
	binary.BigEndian.PutUint32(body[8:], uint32(version))
	if _, err := io.ReadFull(random, body[12:]); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(append(body, signForm(secret, body)...)), nil
}

func signForm(secret, body []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write(body)
	return mac.Sum(nil)[:formSignBytes]
}

// readFormToken reports false for what this form never gave out.
func readFormToken(secret []byte, token string) (formPage, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != formTokenBytes+formSignBytes {
		return formPage{}, false
	}
	body := raw[:formTokenBytes]
	if !hmac.Equal(raw[formTokenBytes:], signForm(secret, body)) {
		return formPage{}, false
	}
	return formPage{
		shown:   time.UnixMilli(int64(binary.BigEndian.Uint64(body))),
		version: int(binary.BigEndian.Uint32(body[8:])),
		nonce:   base64.RawURLEncoding.EncodeToString(body[12:]),
	}, true
}
