// Package accesslog reads what a web server has written of its visitors, in the combined
// format of Apache and nginx, plain or gzipped, as page views: so that traffic from before
// the tracker was in place can be seen too.
//
// Addresses are used for the visitor's hash of the day and for nothing else: no event holds
// one, nor anything it could be found again by.
package accesslog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// Options say whose log it is.
type Options struct {
	Name      string // the file, as shown in messages
	Workspace event.Workspace
	Key       string // id of the write key the events count under
	Host      string // of the site, where the lines do not begin with it
	Own       []string
	Now       event.Millis
	Zone      *time.Location // where the visitor's day ends; nil is UTC
	// Salt is the salt of a day (2026-09-01). It should be forgotten when the log is read.
	Salt func(day string) []byte
}

// Summary tells what was in a log.
type Summary struct {
	Lines      int
	Views      int          // page views handed over, those of robots among them
	Robots     int          // of Views
	Skipped    int          // lines of images, scripts, forms and of requests that failed
	Unreadable int          // lines that are no requests
	First      event.Millis // of the views; 0 without any
	Last       event.Millis
}

const (
	atOnce    = 500
	longest   = 64 << 10 // bytes of a line
	mostBytes = 4 << 30  // of an unpacked log
	bombFrom  = 64 << 20
	bombRatio = 400 // logs pack very well
	trialSize = 200 // lines after which it must be clear that it is a log
	earliest  = 946_684_800_000
	ahead     = 24 * 3600 * 1000
)

// Looks reports whether the beginning of a file is an access log.
func Looks(head []byte) bool {
	if bytes.HasPrefix(head, []byte{0x1F, 0x8B}) {
		unzip, err := gzip.NewReader(bytes.NewReader(head))
		if err != nil {
			return false
		}
		plain := make([]byte, 32<<10)
		n, _ := io.ReadFull(unzip, plain) // cut off, as the head is
		head = plain[:n]
	}
	lines, good := 0, 0
	for line := range bytes.SplitSeq(head, []byte{'\n'}) {
		if len(line) == 0 || lines == 20 {
			break
		}
		lines++
		if _, ok := parse(string(line)); ok {
			good++
		}
	}
	return good > 0 && good*2 > lines
}

// Read reads a log and hands its page views over, some hundred at a time, in the order of
// the lines. The error is a *words.Problem where the file is none, or what deliver returned;
// what was delivered before stays. Reading the same lines again makes the same events, by
// their message ids.
func Read(ctx context.Context, file io.Reader, opt Options, deliver func(context.Context, []event.Event) error) (Summary, error) {
	src, err := unpacked(file, opt.Name)
	if err != nil {
		return Summary{}, err
	}
	r := &reader{opt: opt, salts: map[string][]byte{}, same: map[string]uint64{}}
	if r.opt.Zone == nil {
		r.opt.Zone = time.UTC
	}
	lines := bufio.NewReaderSize(src, longest)
	for {
		line, tooLong, err := nextLine(lines)
		if err == io.EOF {
			break
		}
		if err != nil {
			if _, ok := words.AsProblems(err); ok {
				return r.sum, err
			}
			return r.sum, damaged(opt.Name)
		}
		if len(line) == 0 && !tooLong {
			continue
		}
		r.take(string(line), tooLong)
		if r.sum.Lines == trialSize && r.sum.Unreadable*2 > r.sum.Lines {
			return r.sum, noLog(opt.Name)
		}
		if len(r.batch) == atOnce {
			if err := r.flush(ctx, deliver); err != nil {
				return r.sum, err
			}
		}
	}
	if r.sum.Lines == 0 || r.sum.Unreadable*2 > r.sum.Lines {
		return r.sum, noLog(opt.Name)
	}
	return r.sum, r.flush(ctx, deliver)
}

type reader struct {
	opt   Options
	sum   Summary
	batch []event.Event
	salts map[string][]byte // by day
	same  map[string]uint64 // how often a request came within its second
	at    event.Millis      // that second
}

func (r *reader) flush(ctx context.Context, deliver func(context.Context, []event.Event) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("read log %q: %w", r.opt.Name, context.Cause(ctx))
	}
	if len(r.batch) == 0 {
		return nil
	}
	if err := deliver(ctx, r.batch); err != nil {
		return fmt.Errorf("hand over views of %q: %w", r.opt.Name, err)
	}
	r.batch = nil // the receiver may keep it
	return nil
}

func (r *reader) take(line string, tooLong bool) {
	r.sum.Lines++
	one, ok := parse(line)
	if !ok || tooLong || one.at < earliest || one.at > r.opt.Now+ahead {
		r.sum.Unreadable++
		return
	}
	if !one.isView() {
		r.sum.Skipped++
		return
	}
	host := r.opt.Host
	if one.host != "" {
		host = one.host
	}
	address := event.ParseAddress("https://" + host + one.target)
	agent := event.ParseAgent(one.agent)
	e := event.Event{
		Workspace: r.opt.Workspace, Key: r.opt.Key, Kind: event.Page, At: one.at, ReceivedAt: r.opt.Now, Cookieless: true,
		Host: address.Host, Path: address.Path, Query: address.Query, Campaign: address.Campaign, ClickID: address.ClickID,
		Device: agent.Device, Browser: agent.Browser, OS: agent.OS, Bot: agent.Bot, Library: "access-log",
		Visitor: event.CookielessVisitor(r.salt(one.at), r.opt.Workspace, one.address, one.agent),
	}
	e.ReferrerHost, e.ReferrerPath = event.Referrer(one.referrer, host, r.opt.Own)
	e.MessageID = r.messageID(one)
	r.sum.Views++
	if e.Bot != "" {
		r.sum.Robots++
	}
	if r.sum.First == 0 || e.At < r.sum.First {
		r.sum.First = e.At
	}
	r.sum.Last = max(r.sum.Last, e.At)
	r.batch = append(r.batch, e)
}

func (r *reader) salt(at event.Millis) []byte {
	day := time.UnixMilli(int64(at)).In(r.opt.Zone).Format("2006-01-02")
	if r.salts[day] == nil {
		r.salts[day] = r.opt.Salt(day)
	}
	return r.salts[day]
}

// messageID names a view by its line without the address: a hash of the address, however
// good, could be found again by trying all there are. What is equal within a second is
// numbered.
func (r *reader) messageID(one request) string {
	if one.at != r.at {
		r.at = one.at
		clear(r.same)
	}
	what := strings.Join([]string{one.host, one.target, one.status, one.size, one.referrer, one.agent}, "\x00")
	r.same[what]++
	h := sha256.New()
	var numbers [16]byte
	binary.LittleEndian.PutUint64(numbers[:8], uint64(one.at))
	binary.LittleEndian.PutUint64(numbers[8:], r.same[what])
	h.Write(numbers[:])
	h.Write([]byte(r.opt.Workspace))
	h.Write([]byte{0})
	h.Write([]byte(what))
	var sum [sha256.Size]byte
	return "log-" + base64.RawURLEncoding.EncodeToString(h.Sum(sum[:0])[:16])
}

// isView: a page was shown to somebody. Endings of what pages are made of are no pages.
func (q request) isView() bool {
	if q.method != "GET" || !(strings.HasPrefix(q.status, "2") && q.status != "204" || q.status == "304") {
		return false
	}
	target, _, _ := strings.Cut(q.target, "?")
	return !parts[strings.ToLower(path.Ext(target))] && strings.HasPrefix(target, "/") && target != "/robots.txt" && !strings.HasPrefix(target, "/.well-known/")
}

var parts = func() map[string]bool {
	out := map[string]bool{}
	for ending := range strings.FieldsSeq(`.css .js .mjs .map .json .xml .txt .ico .png .jpg .jpeg .gif .webp .avif .svg .bmp .woff .woff2 .ttf .otf .eot
		.mp3 .mp4 .webm .mov .m4a .wav .zip .gz .wasm .webmanifest .rss .atom`) {
		out[ending] = true
	}
	return out
}()

// nextLine is the next line without its end. A line that is too long is passed over.
func nextLine(r *bufio.Reader) (line []byte, tooLong bool, err error) {
	line, err = r.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) {
		tooLong = true
		line, err = r.ReadSlice('\n')
	}
	if err == io.EOF && len(line) > 0 {
		err = nil
	}
	return bytes.TrimRight(line, "\r\n"), tooLong, err
}

// unpacked reads gzip and plain text alike.
func unpacked(file io.Reader, name string) (io.Reader, error) {
	counted := &counter{src: file}
	buffered := bufio.NewReaderSize(counted, 64<<10)
	magic, err := buffered.Peek(2)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("read log %q: %w", name, err)
	}
	if !bytes.Equal(magic, []byte{0x1F, 0x8B}) {
		return buffered, nil
	}
	unzip, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, damaged(name)
	}
	return &guard{src: unzip, name: name, packed: counted}, nil
}

type counter struct {
	src io.Reader
	n   int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}

// guard stops what unfolds to more than a log can hold.
type guard struct {
	src    io.Reader
	name   string
	packed *counter
	out    int64
}

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.src.Read(p)
	g.out += int64(n)
	if g.out > mostBytes || g.out > bombFrom && g.out/bombRatio > g.packed.n {
		return 0, problem(g.name, words.T("圧縮された中身が大きくふくらみすぎるため、安全のため読み込みを止めました。", "The compressed content unfolds to far too much; it was not read for safety."),
			words.T("解凍したログを、日ごとに分けて置いてください。", "Unpack the log and bring it in day by day."))
	}
	return n, err
}

func noLog(name string) error {
	return problem(name, words.T("アクセスログ(combined 形式)ではないようです。", "This does not look like an access log in the combined format."),
		words.T("Apache や nginx の combined 形式のログを置いてください。", "Use a log of Apache or nginx in the combined format."))
}

func damaged(name string) error {
	return problem(name, words.T("圧縮ファイル(.gz)が壊れているか、途中で切れています。", "The compressed file (.gz) is damaged or cut off."),
		words.T("もう一度取り出してください。", "Fetch it again."))
}

func problem(name string, what, mend words.Text) error {
	return &words.Problem{At: words.At{File: name, Line: 1, Col: 1}, What: what, Mend: mend}
}
