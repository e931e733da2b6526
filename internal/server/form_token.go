package server

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/words"
)

// A form's page carries a token: when it was shown, of which version, in which language, and
// a number of its own, signed with the form's secret. So a robot that posts without opening the page, that
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
	lang    words.Lang // "" is the form's own, as in pages from before there were two
	nonce   string
}

// The language stands in the version's highest byte: a page that was shown before forms had
// two languages, when that byte was 0, can still be sent in.
const formLangShift = 24

var formLangs = []words.Lang{"", words.JA, words.EN}

func newFormToken(random io.Reader, secret []byte, version int, lang words.Lang, now time.Time) (string, error) {
	body := make([]byte, formTokenBytes, formTokenBytes+formSignBytes)
	binary.BigEndian.PutUint64(body, uint64(now.UnixMilli()))
	spoken := max(0, slices.Index(formLangs, lang))
	binary.BigEndian.PutUint32(body[8:], uint32(version)&(1<<formLangShift-1)|uint32(spoken)<<formLangShift)
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
	kept := binary.BigEndian.Uint32(body[8:])
	spoken := int(kept >> formLangShift)
	if spoken >= len(formLangs) {
		return formPage{}, false
	}
	return formPage{
		shown:   time.UnixMilli(int64(binary.BigEndian.Uint64(body))),
		version: int(kept & (1<<formLangShift - 1)),
		lang:    formLangs[spoken],
		nonce:   base64.RawURLEncoding.EncodeToString(body[12:]),
	}, true
}
