package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	act "github.com/shirube/shirube/internal/act/mail"
)

// Server is a mail server that takes mail from us.
type Server struct {
	Host string
	Port int
	// Security is "tls" (from the first byte, port 465), "starttls" (port 587; without it
	// nothing is sent) or "none": only without a password, or on this machine.
	Security           string
	Username, Password string
	Hello              string // our name; "" localhost
	// Connections at most at once; 0 is 4. PerConnection is how many mails one carries
	// before it is closed; 0 is 500.
	Connections, PerConnection int
	// Times of one step, zero: the usual (30 s, 2 min, 5 min).
	DialTimeout, StepTimeout, FinalTimeout time.Duration
	Roots                                  *x509.CertPool // nil: the system's
	// Dial reaches the server; nil: the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Check says what is wrong with the settings, for logs.
func (s Server) Check() error {
	switch {
	case s.Host == "" || strings.ContainsAny(s.Host, " \r\n/@"):
		return fmt.Errorf("mail server %q is no name", s.Host)
	case s.Port < 1 || s.Port > 65535:
		return fmt.Errorf("port %d of mail server %q", s.Port, s.Host)
	case s.Security != "tls" && s.Security != "starttls" && s.Security != "none":
		return fmt.Errorf("security %q of mail server %q", s.Security, s.Host)
	case s.Security == "none" && s.Username != "" && !local(s.Host):
		return fmt.Errorf("mail server %q: a password does not cross the network in the clear", s.Host)
	case strings.ContainsAny(s.Username+s.Password+s.Hello, "\r\n\x00"):
		return fmt.Errorf("mail server %q: a line break in name or password", s.Host)
	}
	return nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// connection is one conversation with a mail server.
type connection struct {
	raw     net.Conn
	client  *smtp.Client
	server  *Server
	carried int
	idle    time.Time
	pipes   bool // several commands may be sent before the first is answered (RFC 2920)
	eight   bool
	size    bool
}

// open dials and goes as far as being signed in.
func open(ctx context.Context, s *Server) (*connection, *act.Outcome) {
	fail := func(step string, err error) (*connection, *act.Outcome) {
		o := broken(step, err, false)
		return nil, &o
	}
	if err := s.Check(); err != nil {
		return fail("connect", err)
	}
	dial := s.Dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	dialing, cancel := context.WithTimeout(ctx, orElse(s.DialTimeout, 30*time.Second))
	defer cancel()
	raw, err := dial(dialing, "tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
	if err != nil {
		return fail("connect", err)
	}
	c := &connection{raw: raw, server: s}
	if step, err := c.greet(); err != nil {
		_ = raw.Close()
		return fail(step, err)
	}
	return c, nil
}

func orElse(d, usual time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return usual
}

func (c *connection) deadline(d, usual time.Duration) {
	// A deadline that cannot be set shows as an error of what follows.
	_ = c.raw.SetDeadline(time.Now().Add(orElse(d, usual)))
}

func (c *connection) greet() (step string, err error) {
	s := c.server
	c.deadline(s.StepTimeout, 2*time.Minute)
	secure := &tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
	over := c.raw
	if s.Security == "tls" {
		wrapped := tls.Client(c.raw, secure)
		if err := wrapped.Handshake(); err != nil {
			return "tls", err
		}
		over = wrapped
	}
	if c.client, err = smtp.NewClient(over, s.Host); err != nil {
		return "connect", err
	}
	name := s.Hello
	if name == "" {
		name = "localhost"
	}
	if err := c.client.Hello(name); err != nil {
		return "hello", err
	}
	if s.Security == "starttls" {
		if offered, _ := c.client.Extension("STARTTLS"); !offered {
			return "tls", errors.New("the server offers no STARTTLS, and mail does not go in the clear")
		}
		if err := c.client.StartTLS(secure); err != nil {
			return "tls", err
		}
	}
	if s.Username != "" {
		if err := c.signIn(); err != nil {
			return "auth", err
		}
	}
	c.pipes, _ = c.client.Extension("PIPELINING")
	c.eight, _ = c.client.Extension("8BITMIME")
	c.size, _ = c.client.Extension("SIZE")
	return "", nil
}

// signIn takes the strongest way both sides know.
func (c *connection) signIn() error {
	s := c.server
	offered, ways := c.client.Extension("AUTH")
	if !offered {
		return errors.New("the server lets nobody sign in")
	}
	known := strings.Fields(strings.ToUpper(ways))
	clear := s.Security == "none" // only on this machine: Check has seen to it
	switch {
	case slices.Contains(known, "SCRAM-SHA-256"):
		return c.client.Auth(smtp.ScramSHA256Auth(s.Username, s.Password))
	case slices.Contains(known, "PLAIN"):
		return c.client.Auth(smtp.PlainAuth("", s.Username, s.Password, s.Host, clear))
	case slices.Contains(known, "LOGIN"):
		return c.client.Auth(smtp.LoginAuth(s.Username, s.Password, s.Host, clear))
	case slices.Contains(known, "CRAM-MD5"):
		return c.client.Auth(smtp.CRAMMD5Auth(s.Username, s.Password))
	}
	return fmt.Errorf("no way of signing in that is known here: %s", ways)
}

// send hands one message over. usable tells whether the connection may carry another;
// fresh, with a Temporary outcome, that nothing was tried because the connection had
// died while it lay idle.
func (c *connection) send(from, to string, message []byte) (o act.Outcome, usable, stale bool) {
	c.deadline(c.server.StepTimeout, 2*time.Minute)
	text := c.client.Text
	mailLine := "MAIL FROM:<" + from + ">"
	if c.size {
		mailLine += " SIZE=" + strconv.Itoa(len(message))
	}
	if c.eight {
		mailLine += " BODY=8BITMIME"
	}
	lines := []string{mailLine, "RCPT TO:<" + to + ">", "DATA"}
	steps := []string{"mail", "rcpt", "data"}
	expect := []int{2, 2, 3}
	var refused *act.Outcome
	ready := false
	for i := 0; i < len(lines); i++ {
		if c.pipes && i == 0 {
			_, _ = text.W.WriteString(lines[0] + "\r\n" + lines[1] + "\r\n" + lines[2] + "\r\n")
		} else if !c.pipes {
			if refused != nil {
				break
			}
			_, _ = text.W.WriteString(lines[i] + "\r\n")
		}
		if i == 0 || !c.pipes {
			if err := text.W.Flush(); err != nil {
				return broken(steps[i], err, false), false, i == 0 && c.carried > 0
			}
		}
		code, words, err := text.ReadResponse(0)
		if err != nil {
			if refused != nil {
				return *refused, false, false
			}
			return broken(steps[i], err, false), false, i == 0 && c.carried > 0
		}
		if code/100 == expect[i] {
			ready = ready || steps[i] == "data"
			continue
		}
		if refused == nil {
			refusal := answer(steps[i], code, words)
			refused = &refusal
			if code == 421 {
				return refusal, false, false
			}
		}
	}
	if refused != nil {
		if ready { // a pipelined DATA was let in though nobody is written to: end it empty
			_, _ = text.W.WriteString(".\r\n")
			if text.W.Flush() != nil {
				return *refused, false, false
			}
			if _, _, err := text.ReadResponse(0); err != nil {
				return *refused, false, false
			}
		}
		return *refused, c.reset(), false
	}
	return c.body(message)
}

// body sends what stands after DATA.
func (c *connection) body(message []byte) (o act.Outcome, usable, stale bool) {
	c.deadline(c.server.FinalTimeout, 5*time.Minute)
	w := c.client.Text.W
	// What is written in whole, its last dot included, has left; a write that ends in an
	// error has not: the dot is the last thing in it.
	_, err := w.Write(message)
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		// A server that does not want the rest may have said why before it closed.
		_ = c.raw.SetReadDeadline(time.Now().Add(time.Second))
		if code, words, readErr := c.client.Text.ReadResponse(0); readErr == nil && code >= 400 {
			return answer("body", code, words), false, false
		}
		return broken("body", err, false), false, false
	}
	code, words, err := c.client.Text.ReadResponse(0)
	if err != nil {
		return broken("dot", err, true), false, false
	}
	o = answer("dot", code, words)
	return o, code != 421, false
}

// reset makes the connection ready for the next after a refusal.
func (c *connection) reset() bool { return c.client.Reset() == nil }

// quit ends politely, without waiting long.
func (c *connection) quit() {
	_ = c.raw.SetDeadline(time.Now().Add(2 * time.Second))
	_ = c.client.Quit()
	_ = c.raw.Close()
}

// stuffed is a message as it goes after DATA: dots at the beginning of a line doubled
// (RFC 5321, 4.5.2), every line ended, the last dot included.
func stuffed(message []byte, into *bytes.Buffer) {
	if bytes.HasPrefix(message, []byte(".")) {
		into.WriteByte('.')
	}
	for {
		at := bytes.Index(message, []byte("\n."))
		if at < 0 {
			break
		}
		into.Write(message[:at+2])
		into.WriteByte('.')
		message = message[at+2:]
	}
	into.Write(message)
	if !bytes.HasSuffix(message, []byte("\r\n")) {
		into.WriteString("\r\n")
	}
	into.WriteString(".\r\n")
}
