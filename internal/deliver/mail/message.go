package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wneessen/go-mail"
	"golang.org/x/net/idna"

	act "github.com/shirube/shirube/internal/act/mail"
)

// Message is one mail for one person.
type Message struct {
	From     netmail.Address
	ReplyTo  string // address; "" the same as From
	Envelope string // where bounces go; "" the same as From
	To       netmail.Address
	Date     time.Time
	// ID is stable: handing the same item over again bears the same Message-ID.
	ID   string
	Body act.Rendered
	// Marketing mail carries the way to refuse with one click (RFC 8058); Unsubscribe is
	// its https address.
	Marketing   bool
	Unsubscribe string
	// Auto marks what no person typed as such, so that out-of-office replies stay away.
	Auto bool
	// Attached are files beside the mail.
	Attached []Attachment
}

// Attachment is a file beside a mail.
type Attachment struct {
	Name string // as the reader sees it
	Type string // "application/pdf"
	Data []byte
}

// MessageID makes the Message-ID of an outbox item: the same for the same key.
func MessageID(workspace, key, domain string) string {
	sum := sha256.Sum256([]byte("shirube message id\x00" + workspace + "\x00" + key))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:20])) + "@" + domain
}

var errNoEnvelope = errors.New("bounces have nowhere to go: the sender's address cannot be written")

// By RFC 8058 the address is https; Gmail and Yahoo want it of marketing.
var errNoOneClick = errors.New("marketing mail needs an https address to refuse with one click")

// Write puts the message as it goes over the wire into a buffer.
func (m *Message) Write(into *bytes.Buffer) error {
	if m.Marketing && !strings.HasPrefix(m.Unsubscribe, "https://") {
		return errNoOneClick
	}
	if m.ID == "" {
		return errors.New("a message without a Message-ID could not be told from its copy")
	}
	options := []mail.MsgOption{mail.WithEncoding(mail.EncodingB64), mail.WithNoDefaultUserAgent()}
	if len(m.Attached) == 0 {
		// With files there are parts within parts, and the library would give all of them the
		// one boundary: these are drawn.
		options = append(options, mail.WithBoundary(boundaryOf(m.ID)))
	}
	msg := mail.NewMsg(options...)
	from, to := safeAddress(m.From), safeAddress(m.To)
	if from.Address == "" || to.Address == "" {
		return fmt.Errorf("address of %q or %q cannot be written", m.From.Address, m.To.Address)
	}
	msg.FromMailAddress(&from)
	msg.ToMailAddress(&to)
	if m.ReplyTo != "" {
		if err := msg.ReplyTo(act.OneLine(m.ReplyTo)); err != nil {
			return fmt.Errorf("write the reply address: %w", err)
		}
	}
	msg.Subject(act.OneLine(m.Body.Subject))
	msg.SetDateWithValue(m.Date)
	msg.SetMessageIDWithValue(m.ID)
	if m.Auto {
		msg.SetGenHeader("Auto-Submitted", "auto-generated")
	}
	if m.Marketing {
		if err := msg.SetListUnsubscribeOneClick(m.Unsubscribe); err != nil {
			return fmt.Errorf("write List-Unsubscribe: %w", err)
		}
	}
	msg.SetBodyString(mail.TypeTextPlain, string(m.Body.Text))
	if len(m.Body.HTML) > 0 {
		msg.AddAlternativeString(mail.TypeTextHTML, string(m.Body.HTML))
	}
	for _, a := range m.Attached {
		if err := msg.AttachReader(act.OneLine(a.Name), bytes.NewReader(a.Data), mail.WithFileContentType(mail.ContentType(a.Type))); err != nil {
			return fmt.Errorf("attach %q: %w", a.Name, err)
		}
	}
	if _, err := msg.WriteTo(into); err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	return nil
}

// boundaryOf is stable as well; base64 has no underscore.
func boundaryOf(id string) string {
	sum := sha256.Sum256([]byte(id))
	return "part_" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:15])
}

// safeAddress takes what could end a header out of a name, and writes the domain as DNS
// knows it. Address "" where it cannot be written to.
func safeAddress(a netmail.Address) netmail.Address {
	address, ok := WireAddress(a.Address)
	if !ok {
		return netmail.Address{}
	}
	return netmail.Address{Name: act.OneLine(a.Name), Address: address}
}

// WireAddress is an address as mail servers take it: an IDN domain in its ASCII form.
// false where it is none, or where the part before the @ needs SMTPUTF8.
func WireAddress(address string) (string, bool) {
	at := strings.LastIndexByte(address, '@')
	if at < 1 || len(address) > 254 || at > 64 {
		return "", false
	}
	local, domain := address[:at], address[at+1:]
	for i := range len(local) {
		if b := local[i]; b <= ' ' || b >= utf8.RuneSelf || strings.IndexByte(`<>()[],;:\"`, b) >= 0 || b == 0x7f {
			// A quoted local part holds such signs; nobody has one, and attackers do.
			return "", false
		}
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || ascii == "" || strings.ContainsAny(ascii, "<> \r\n\"") || strings.HasPrefix(ascii, ".") || strings.Contains(ascii, "..") {
		return "", false
	}
	return local + "@" + ascii, true
}
