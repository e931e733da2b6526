// Package sink is a real mail server on loopback for tests and benchmarks: it takes mail,
// keeps or only counts it, and fails at whatever step of the protocol it is told to.
package sink

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Mail is one message that was taken.
type Mail struct {
	From, To string
	Data     []byte
}

// Plan says what goes wrong; nil errors and false let everything through. Each function
// may be called by several connections at once.
type Plan struct {
	Connect func() error                         // before the greeting
	Mail    func(from string) error              // after MAIL
	Rcpt    func(to string) error                // after RCPT
	Data    func(to string) error                // after the last dot
	Drop    func(to string) (before, after bool) // closes the connection before, or after, the last dot
}

// Sink is the server.
type Sink struct {
	Addr     string
	Host     string
	Port     int
	Taken    atomic.Int64
	Opened   atomic.Int64 // connections
	Bytes    atomic.Int64
	counting bool
	heads    bool
	plan     Plan
	user     string
	password string

	mu    sync.Mutex
	mails []Mail
}

// Option changes a sink.
type Option func(*Sink, *smtp.Server)

// Counting only counts what is taken: for benchmarks.
func Counting() Option { return func(s *Sink, _ *smtp.Server) { s.counting = true } }

// Heads keeps of what is taken no more than stands above the first empty line: for many mails.
func Heads() Option { return func(s *Sink, _ *smtp.Server) { s.heads = true } }

// Failing fails by a plan.
func Failing(p Plan) Option { return func(s *Sink, _ *smtp.Server) { s.plan = p } }

// TLS offers STARTTLS.
func TLS(c *tls.Config) Option { return func(_ *Sink, server *smtp.Server) { server.TLSConfig = c } }

// Password wants one.
func Password(user, password string) Option {
	return func(s *Sink, server *smtp.Server) {
		s.user, s.password = user, password
		server.AllowInsecureAuth = true
	}
}

// Start serves until the test ends.
func Start(t testing.TB, options ...Option) *Sink {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, stop := Serve(listener, options...)
	t.Cleanup(stop)
	return s
}

// Serve serves on a listener until stop is called: for programs that are no test.
func Serve(listener net.Listener, options ...Option) (s *Sink, stop func()) {
	s = &Sink{Addr: listener.Addr().String(), Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port}
	server := smtp.NewServer(s)
	server.Domain = "sink.example"
	server.ReadTimeout, server.WriteTimeout = time.Minute, time.Minute
	server.MaxMessageBytes = 20 << 20
	server.ErrorLog = quiet{}
	for _, o := range options {
		o(s, server)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = server.Serve(listener) }()
	return s, func() { _ = server.Close(); _ = listener.Close(); <-ended }
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// Mails are those taken so far, in the order they came.
func (s *Sink) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// NewSession is called by the library for each connection.
func (s *Sink) NewSession(c *smtp.Conn) (smtp.Session, error) {
	s.Opened.Add(1)
	if s.plan.Connect != nil {
		if err := s.plan.Connect(); err != nil {
			return nil, err
		}
	}
	return &session{sink: s, conn: c, signedIn: s.user == ""}, nil
}

type session struct {
	sink     *Sink
	conn     *smtp.Conn
	from, to string
	signedIn bool
}

// AuthMechanisms is part of the library's interface.
func (s *session) AuthMechanisms() []string {
	if s.sink.user == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth is part of the library's interface.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.sink.user || password != s.sink.password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "Authentication credentials invalid"}
		}
		s.signedIn = true
		return nil
	}), nil
}

// Reset is part of the library's interface.
func (s *session) Reset() { s.from, s.to = "", "" }

// Logout is part of the library's interface.
func (s *session) Logout() error { return nil }

// Mail is part of the library's interface.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if !s.signedIn {
		return smtp.ErrAuthRequired
	}
	s.from = from
	if s.sink.plan.Mail != nil {
		return s.sink.plan.Mail(from)
	}
	return nil
}

// Rcpt is part of the library's interface.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if s.sink.plan.Rcpt != nil {
		return s.sink.plan.Rcpt(to)
	}
	return nil
}

var errDropped = errors.New("dropped")

// Data is part of the library's interface.
func (s *session) Data(r io.Reader) error {
	before, after := false, false
	if s.sink.plan.Drop != nil {
		before, after = s.sink.plan.Drop(s.to)
	}
	if before {
		_, _ = r.Read(make([]byte, 64))
		reset(s.conn.Conn())
		return errDropped
	}
	mail := Mail{From: s.from, To: s.to}
	var n int64
	var err error
	if s.sink.counting {
		n, err = io.Copy(io.Discard, r)
	} else {
		var b bytes.Buffer
		n, err = b.ReadFrom(r)
		mail.Data = b.Bytes()
		if end := bytes.Index(mail.Data, []byte("\r\n\r\n")); s.sink.heads && end >= 0 {
			mail.Data = bytes.Clone(mail.Data[:end+2])
		}
	}
	if err != nil {
		return err
	}
	if s.sink.plan.Data != nil {
		if err := s.sink.plan.Data(s.to); err != nil {
			return err
		}
	}
	s.sink.Taken.Add(1)
	s.sink.Bytes.Add(n)
	if !s.sink.counting {
		s.sink.mu.Lock()
		s.sink.mails = append(s.sink.mails, mail)
		s.sink.mu.Unlock()
	}
	if after {
		reset(s.conn.Conn())
		return errDropped
	}
	return nil
}

// reset closes without the polite end of TCP, as a machine that dies does.
func reset(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.Close()
}

// Refuse is an answer of a server.
func Refuse(code int, enhanced [3]int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}
