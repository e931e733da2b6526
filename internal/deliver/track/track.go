// Package track makes the addresses that lead from a mail back to us, and reads them. An
// address carries all that is needed, signed: nothing is looked up, none can be made up,
// and a click leads only where the signed link leads.
package track

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"net/url"
	"strings"
)

// What an address is for.
const (
	Unsubscribe byte = 'u'
	Preferences byte = 'p'
	Open        byte = 'o'
	Click       byte = 'c'
	Honey       byte = 'h'
	Confirm     byte = 'y' // a consent given in a form; Mail is the submission
	Report      byte = 'r' // leaving a report; Cause is the report, Contact the reader
	Ask         byte = 'q' // a page to ask on; Topic is what about, Cause the thread it opens
)

// Token says whose mail an address stands in. It holds ids only: no address, no name.
type Token struct {
	Kind      byte
	Workspace string
	Contact   string
	Cause     string // "broadcast:<id>", "automation:<id>"
	Topic     string
	Mail      string // short name of the one mail: its touches are judged together
	SentAt    int64  // milliseconds
	Link      int    // number of the link, with Click
	Links     int    // how many the mail has
}

const (
	version  = 1
	macBytes = 16
	maxToken = 1024
	maxURL   = 4096
)

// ErrNone says that a text is no token of ours.
var ErrNone = errors.New("no token of ours")

// Sign writes a token; to is where a Click leads, and belongs to what is signed.
func Sign(key []byte, t Token, to string) string {
	body := make([]byte, macBytes, 192)
	body = append(body, version, t.Kind)
	for _, field := range []string{t.Workspace, t.Contact, t.Cause, t.Topic, t.Mail} {
		if len(field) > 200 {
			field = field[:200]
		}
		body = append(body, byte(len(field)))
		body = append(body, field...)
	}
	body = binary.AppendUvarint(body, uint64(max(t.SentAt, 0)))
	body = binary.AppendUvarint(body, uint64(max(t.Link, 0)))
	body = binary.AppendUvarint(body, uint64(max(t.Links, 0)))
	copy(body, mac(key, body[macBytes:], to))
	return base64.RawURLEncoding.EncodeToString(body)
}

func mac(key, body []byte, to string) []byte {
	h := hmac.New(sha256.New, key)
	_, _ = h.Write([]byte("shirube mail address\x00"))
	_, _ = h.Write(body)
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(to))
	return h.Sum(nil)[:macBytes]
}

// Read reads a token. key gives the key of the workspace it names; nothing of a token is
// returned that was not signed with it.
func Read(text, to string, key func(workspace string) ([]byte, error)) (Token, error) {
	if len(text) > maxToken || len(to) > maxURL {
		return Token{}, ErrNone
	}
	body, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(body) < macBytes+2 || body[macBytes] != version {
		return Token{}, ErrNone
	}
	t := Token{Kind: body[macBytes+1]}
	rest := body[macBytes+2:]
	for _, field := range []*string{&t.Workspace, &t.Contact, &t.Cause, &t.Topic, &t.Mail} {
		if len(rest) == 0 || len(rest) < 1+int(rest[0]) {
			return Token{}, ErrNone
		}
		*field, rest = string(rest[1:1+rest[0]]), rest[1+rest[0]:]
	}
	numbers := [3]uint64{}
	for i := range numbers {
		n, size := binary.Uvarint(rest)
		if size <= 0 || n > 1<<53 {
			return Token{}, ErrNone
		}
		numbers[i], rest = n, rest[size:]
	}
	if len(rest) != 0 {
		return Token{}, ErrNone
	}
	t.SentAt, t.Link, t.Links = int64(numbers[0]), int(numbers[1]), int(numbers[2])
	secret, err := key(t.Workspace)
	if err != nil {
		return Token{}, err
	}
	if len(secret) == 0 || !hmac.Equal(mac(secret, body[macBytes:], to), body[:macBytes]) {
		return Token{}, ErrNone
	}
	return t, nil
}

// Addresses makes the addresses of one mail.
type Addresses struct {
	Base  string // "https://shirube.example.jp", without a slash at the end
	Key   []byte
	Token Token // of the mail; Kind and Link are filled in
	// Count tells whether openings and clicks are counted at all.
	Count bool
}

func (a Addresses) of(kind byte, path string) string {
	t := a.Token
	t.Kind = kind
	return a.Base + path + Sign(a.Key, t, "")
}

// Unsubscribe is the address for one click, and the page with the button.
func (a Addresses) Unsubscribe() string { return a.of(Unsubscribe, "/u/") }

// Preferences is the page of topics.
func (a Addresses) Preferences() string { return a.of(Preferences, "/p/") }

// Pixel is the picture that counts openings; "" where nothing is counted.
func (a Addresses) Pixel() string {
	if !a.Count {
		return ""
	}
	return a.of(Open, "/o/")
}

// Honey is an address no person sees.
func (a Addresses) Honey() string {
	if !a.Count {
		return ""
	}
	return a.of(Honey, "/c/")
}

// Link is the address that counts a click and leads on. Only web pages are counted; a
// telephone number or a mail address stays what it is.
func (a Addresses) Link(n int, to string) string {
	if !a.Count || !strings.HasPrefix(to, "https://") && !strings.HasPrefix(to, "http://") || len(to) > maxURL {
		return to
	}
	t := a.Token
	t.Kind, t.Link = Click, n
	return a.Base + "/c/" + Sign(a.Key, t, to) + "?to=" + url.QueryEscape(to)
}
