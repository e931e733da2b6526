package accesslog

import (
	"net/netip"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// request is one line.
type request struct {
	host     string // of the site, where the log is of several
	address  string // of the visitor: goes into a hash and no further
	at       event.Millis
	method   string
	target   string // path and query, as asked for
	status   string
	size     string
	referrer string
	agent    string
}

// parse reads a line of the combined format:
//
//	[vhost:port ]address ident user [10/Oct/2026:13:55:36 +0900] "GET /path HTTP/1.1" 200 2326 "referrer" "agent"
//
// What stands behind the agent (times, cookies) is left alone. A line of the common format,
// without referrer and agent, is none: without an agent robots cannot be told from people.
func parse(line string) (request, bool) {
	var q request
	before, rest, ok := strings.Cut(line, " [")
	if !ok {
		return q, false
	}
	names := strings.Fields(before)
	switch {
	case len(names) >= 3 && isAddress(names[0]):
		q.address = names[0]
	case len(names) >= 4 && isAddress(names[1]):
		q.host, _, _ = strings.Cut(names[0], ":")
		q.address = names[1]
	case len(names) == 3:
		q.address = names[0] // a server that looks names up
	default:
		return q, false
	}
	stamp, rest, ok := strings.Cut(rest, "] ")
	if !ok {
		return q, false
	}
	at, err := time.Parse("02/Jan/2006:15:04:05 -0700", stamp)
	if err != nil {
		return q, false
	}
	q.at = event.Millis(at.UnixMilli())
	asked, rest, ok := quoted(rest)
	if !ok {
		return q, false
	}
	// A target may hold spaces that a client did not escape.
	q.method, asked, ok = strings.Cut(asked, " ")
	if protocol := strings.LastIndex(asked, " HTTP/"); ok && protocol >= 0 {
		asked = asked[:protocol]
	}
	q.target = asked
	numbers := strings.SplitN(strings.TrimLeft(rest, " "), " ", 3)
	if len(numbers) < 3 || len(numbers[0]) != 3 {
		return q, false
	}
	q.status, q.size = numbers[0], numbers[1]
	if q.referrer, rest, ok = quoted(numbers[2]); !ok {
		return q, false
	}
	if q.agent, _, ok = quoted(rest); !ok {
		return q, false
	}
	if q.referrer == "-" {
		q.referrer = ""
	}
	return q, true
}

func isAddress(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil
}

// quoted takes a text in quotes from the front; \" inside is a quote, and \xNN what a server
// wrote of bytes that are no letters.
func quoted(s string) (text, rest string, ok bool) {
	s = strings.TrimLeft(s, " ")
	if !strings.HasPrefix(s, `"`) {
		return "", "", false
	}
	s = s[1:]
	if end := strings.IndexAny(s, `"\`); end >= 0 && s[end] == '"' {
		return s[:end], s[end+1:], true
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return strings.ToValidUTF8(b.String(), "\uFFFD"), s[i+1:], true
		case c == '\\' && i+3 < len(s) && s[i+1] == 'x' && hex(s[i+2]) >= 0 && hex(s[i+3]) >= 0:
			b.WriteByte(byte(hex(s[i+2])<<4 | hex(s[i+3])))
			i += 3
		case c == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
