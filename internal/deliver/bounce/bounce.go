// Package bounce reads what comes back: reports of mail servers that could not deliver
// (DSN, RFC 3464), replies of Japanese carriers and old servers in plain words, and
// complaints (ARF, RFC 5965). What it reads was written by strangers: everything is
// bounded, and nothing is done on its word alone. Whoever acts on a report first looks
// whether the Message-ID in it is one that was really sent to that address.
package bounce

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"

	smtp "github.com/shirube/shirube/internal/deliver/mail"
)

// Kind is what came back.
type Kind string

// The kinds.
const (
	Nothing   Kind = ""          // no report: a reply of a person, or an absence note
	Bounced   Kind = "bounce"    // could not be delivered
	Delayed   Kind = "delay"     // still being tried over there: nothing to do
	Complaint Kind = "complaint" // somebody called it spam
)

// Report is what a message tells.
type Report struct {
	Kind      Kind
	MessageID string // of the mail it is about, without brackets; "" not told
	Addresses []Failure
}

// Failure is one address that could not be reached, or that complained.
type Failure struct {
	Address string
	Hard    bool   // nobody is there, now or later; else it may work another day
	Status  string // RFC 3463, "" not told
	Said    string
}

// Bounds of what is read.
const (
	MaxBytes    = 1 << 20
	maxParts    = 20
	maxFailures = 50
	maxText     = 64 << 10
)

// Parse reads one message. A message that is no report, or cannot be read, is Nothing:
// a mailbox for bounces gets everything.
func Parse(raw []byte) Report {
	if len(raw) > MaxBytes {
		raw = raw[:MaxBytes]
	}
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Report{}
	}
	p := &parser{}
	p.part(textproto.MIMEHeader(message.Header), message.Body, 0)
	header := message.Header
	switch {
	case p.complaint:
		p.report.Kind = Complaint
	case len(p.report.Addresses) > 0 && p.status:
		if p.report.Kind = Bounced; p.delayed == len(p.report.Addresses) {
			p.report.Kind = Delayed
		}
	case fromMailer(header):
		p.words(header)
	default:
		return Report{}
	}
	if p.report.Kind == Complaint && len(p.report.Addresses) == 0 {
		for _, to := range p.originalTo {
			p.add(Failure{Address: to, Hard: true})
		}
	}
	if p.report.MessageID == "" {
		p.report.MessageID = bare(messageID.FindString(p.text.String()))
	}
	if p.report.Kind == Nothing {
		return Report{}
	}
	return p.report
}

// fromMailer reports whether a message without a machine's part is from a machine.
func fromMailer(h mail.Header) bool {
	from := strings.ToLower(h.Get("From"))
	path := strings.TrimSpace(h.Get("Return-Path"))
	subject, _ := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
	subject = strings.ToLower(subject)
	for _, s := range []string{"mailer-daemon", "postmaster", "mail delivery", "mail-daemon", "mailerdaemon"} {
		if strings.Contains(from, s) {
			return true
		}
	}
	for _, s := range []string{"undeliver", "returned mail", "delivery status", "delivery failure", "mail system error", "failure notice", "配信不能", "送信できません", "エラーメール", "配信エラー"} {
		if strings.Contains(subject, s) {
			return path == "<>" || path == ""
		}
	}
	return false
}

type parser struct {
	report     Report
	text       strings.Builder
	status     bool // a part for machines was there
	complaint  bool
	delayed    int
	originalTo []string
	parts      int
}

func (p *parser) add(f Failure) {
	f.Address = strings.ToLower(strings.Trim(strings.TrimSpace(f.Address), "<>"))
	if _, ok := smtp.WireAddress(f.Address); !ok || len(p.report.Addresses) >= maxFailures {
		return
	}
	if f.Said = strings.Join(strings.Fields(f.Said), " "); len(f.Said) > 300 {
		f.Said = strings.ToValidUTF8(f.Said[:300], "")
	}
	for _, known := range p.report.Addresses {
		if known.Address == f.Address {
			return
		}
	}
	p.report.Addresses = append(p.report.Addresses, f)
}

func (p *parser) part(h textproto.MIMEHeader, body io.Reader, depth int) {
	if p.parts++; p.parts > maxParts || depth > 4 {
		return
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	body = decoded(h.Get("Content-Transfer-Encoding"), body)
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		if kind == "multipart/report" && strings.EqualFold(params["report-type"], "feedback-report") {
			p.complaint = true
		}
		reader := multipart.NewReader(body, params["boundary"])
		for {
			next, err := reader.NextRawPart()
			if err != nil || p.parts > maxParts {
				return
			}
			p.part(next.Header, next, depth+1)
		}
	case kind == "message/delivery-status" || kind == "message/global-delivery-status":
		p.deliveryStatus(body)
	case kind == "message/feedback-report":
		p.complaint = true
		p.feedback(body)
	case kind == "message/rfc822" || kind == "text/rfc822-headers" || kind == "message/global" || kind == "message/global-headers":
		p.original(body)
	case strings.HasPrefix(kind, "text/plain") || kind == "text":
		p.plain(params["charset"], body)
	}
}

func decoded(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

func (p *parser) plain(charset string, body io.Reader) {
	if e, err := htmlindex.Get(charset); err == nil && charset != "" {
		body = transform.NewReader(body, e.NewDecoder())
	}
	text, _ := io.ReadAll(io.LimitReader(body, maxText))
	if p.text.Len() < maxText {
		p.text.WriteString(strings.ToValidUTF8(string(text), "?"))
		p.text.WriteByte('\n')
	}
}

// fields reads groups of header lines, parted by empty lines.
func fields(body io.Reader, each func(textproto.MIMEHeader)) {
	reader := textproto.NewReader(bufio.NewReader(io.LimitReader(body, maxText)))
	for range maxFailures + 1 {
		h, err := reader.ReadMIMEHeader()
		if len(h) > 0 {
			each(h)
		}
		if err != nil {
			return
		}
	}
}

func typed(value string) string {
	if _, after, found := strings.Cut(value, ";"); found {
		return strings.TrimSpace(after)
	}
	return strings.TrimSpace(value)
}

var statusCode = regexp.MustCompile(`\b([245])\.(\d{1,3})\.(\d{1,3})\b`)

func (p *parser) deliveryStatus(body io.Reader) {
	fields(body, func(h textproto.MIMEHeader) {
		address := typed(h.Get("Original-Recipient"))
		if address == "" {
			address = typed(h.Get("Final-Recipient"))
		}
		if address == "" {
			return
		}
		p.status = true
		status, said := statusCode.FindString(h.Get("Status")), typed(h.Get("Diagnostic-Code"))
		switch strings.ToLower(strings.TrimSpace(h.Get("Action"))) {
		case "delivered", "relayed", "expanded":
			return
		case "delayed":
			p.delayed++
		}
		if inner := statusCode.FindString(said); strings.HasSuffix(status, ".0.0") && inner != "" {
			status = inner
		}
		p.add(Failure{Address: address, Status: status, Said: said, Hard: hard(status, said)})
	})
}

// hard reports whether nobody is there. A status of class 4 never is.
func hard(status, said string) bool {
	if strings.HasPrefix(status, "4") {
		return false
	}
	code := 0
	if replyCode.MatchString(said) {
		code = 550
	}
	return smtp.NoSuchAddress("", code, status, said)
}

func (p *parser) feedback(body io.Reader) {
	fields(body, func(h textproto.MIMEHeader) {
		for _, to := range h["Original-Rcpt-To"] {
			p.add(Failure{Address: typed(to), Hard: true, Said: h.Get("Feedback-Type")})
		}
	})
}

// original is the mail that came back, or its head.
func (p *parser) original(body io.Reader) {
	h, _ := textproto.NewReader(bufio.NewReader(io.LimitReader(body, maxText))).ReadMIMEHeader()
	if id := bare(h.Get("Message-Id")); id != "" && p.report.MessageID == "" {
		p.report.MessageID = id
	}
	for _, line := range h["To"] {
		if list, err := mail.ParseAddressList(line); err == nil {
			for _, a := range list {
				p.originalTo = append(p.originalTo, a.Address)
			}
		}
	}
}

var (
	messageID = regexp.MustCompile(`(?im)^\s*>?\s*Message-ID:\s*<[^<>\s]{3,250}>`)
	replyCode = regexp.MustCompile(`\b5[0-5]\d\b`)
	tempCode  = regexp.MustCompile(`\b4[0-5]\d\b`)
	anAddress = regexp.MustCompile(`[A-Za-z0-9._%+\-/=?^]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,6}`)
)

// bare is a Message-ID without what stands around it.
func bare(text string) string {
	if at := strings.LastIndexByte(text, '<'); at >= 0 {
		text = text[at+1:]
	}
	return strings.ToLower(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), ">")))
}

// words reads a reply without a part for machines, as carriers send: an address, and near
// it what is wrong. The words are looked for before the copy of the mail begins.
func (p *parser) words(h mail.Header) {
	text := p.text.String()
	told := text
	for _, mark := range []string{"----- Original message", "--- Below this line", "------ This is a copy", "Original-Message", "-----元のメッセージ", "\nReceived: from", "\nReturn-Path:", "\nMessage-ID:", "\nMessage-Id:"} {
		if at := strings.Index(told, mark); at > 0 {
			told = told[:at]
		}
	}
	if to := h.Get("X-Failed-Recipients"); to != "" {
		for one := range strings.SplitSeq(to, ",") {
			p.add(Failure{Address: one, Said: told, Status: statusCode.FindString(told), Hard: hardWords(told)})
		}
	}
	from := strings.ToLower(h.Get("From") + " " + h.Get("To"))
	lines := strings.Split(told, "\n")
	for i, line := range lines {
		for _, address := range anAddress.FindAllString(line, 5) {
			lower := strings.ToLower(address)
			if strings.Contains(from, lower) || strings.HasPrefix(lower, "postmaster@") || strings.HasPrefix(lower, "mailer-daemon@") {
				continue
			}
			near := strings.Join(lines[max(0, i-2):min(len(lines), i+4)], " ")
			p.add(Failure{Address: address, Said: near, Status: statusCode.FindString(near), Hard: hardWords(near)})
		}
	}
	if len(p.report.Addresses) > 0 {
		p.report.Kind = Bounced
	}
}

// carriers' own words for an address nobody has.
var goneWords = []string{
	"unknown user", "user unknown", "account is disabled or unknown", "no such user", "does not exist", "invalid recipient", "recipient address rejected", "unknown recipient",
	"host or domain name not found", "宛先が見つかりません", "あて先が見つかりません", "存在しません", "アドレスが間違って", "宛先不明", "あて先不明", "解約",
}

var notGoneWords = []string{"full", "quota", "容量", "over limit", "spam", "blocked", "policy", "拒否", "受信できない状態", "too large", "temporar", "一時的"}

func hardWords(text string) bool {
	lower := strings.ToLower(text)
	if status := statusCode.FindString(lower); status != "" && smtp.NoSuchAddress("", 550, status, "") {
		return true
	}
	for _, w := range notGoneWords {
		if strings.Contains(lower, w) {
			return false
		}
	}
	if tempCode.MatchString(lower) && !replyCode.MatchString(lower) {
		return false
	}
	for _, w := range goneWords {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}
