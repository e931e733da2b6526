package mail

import (
	"errors"
	"net/textproto"
	"regexp"
	"strings"

	act "github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
)

const (
	minute = 60_000
	hour   = 60 * minute
	// maxSaid bounds what is kept of the other side's words.
	maxSaid = 300
)

var enhancedCode = regexp.MustCompile(`^([245]\.\d{1,3}\.\d{1,3})\b`)

// said puts what a server answered on one line.
func said(text string) string {
	text = act.OneLine(text)
	if len(text) > maxSaid {
		text = strings.ToValidUTF8(text[:maxSaid], "")
	}
	return text
}

// answer classes a refusal of a server at a step.
func answer(step string, code int, text string) act.Outcome {
	o := act.Outcome{Step: step, Code: code, Said: said(text)}
	if m := enhancedCode.FindString(text); m != "" {
		o.Enhanced = m
	}
	// Before a recipient was named nothing is said about one: a wrong password or a closed
	// door must not turn fifty thousand addresses into bad ones.
	about := step == "rcpt" || step == "data" || step == "body" || step == "dot"
	switch {
	case code >= 200 && code < 300:
		o.Class = act.Accepted
	case code >= 400 && code < 500:
		o.Class, o.RetryAfter = act.Temporary, retryAfter(o)
		o.Ours = !about && step != "mail"
	case code >= 500 && about:
		o.Class = act.Permanent
		o.NoSuchAddress = NoSuchAddress(step, code, o.Enhanced, text)
	default:
		o.Class, o.Ours, o.RetryAfter = act.Temporary, true, 10*minute
	}
	return o
}

func retryAfter(o act.Outcome) event.Millis {
	lower := strings.ToLower(o.Said)
	switch {
	case strings.Contains(lower, "grey") || strings.Contains(lower, "gray"):
		return 5 * minute
	case o.Enhanced == "4.2.2" || o.Code == 452:
		return 6 * hour // a full mailbox, or a server without room
	case o.Code == 421 || strings.HasPrefix(o.Enhanced, "4.7."):
		return 15 * minute // too fast, or too many connections
	}
	return 5 * minute
}

// words that servers say of an address nobody has, where the code alone does not tell.
var unknownUser = []string{
	"user unknown", "unknown user", "no such user", "no such recipient", "does not exist", "doesn't exist", "no mailbox", "mailbox not found", "invalid recipient",
	"recipient rejected", "unknown recipient", "recipient not found", "address unknown", "unknown address", "invalid mailbox", "mailbox unavailable", "account has been disabled", "no user",
	"not a valid mailbox", "user not found", "宛先", "あて先",
}

// NoSuchAddress reports whether a refusal for good says that nobody is there. A refusal
// by policy (5.7.x), a full mailbox (5.2.2) or a mail that is too large (5.3.4) does not.
func NoSuchAddress(step string, code int, enhanced, text string) bool {
	switch enhanced {
	case "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4":
		return true
	}
	lower := strings.ToLower(text)
	if strings.HasPrefix(enhanced, "5.7.") || strings.HasPrefix(enhanced, "5.3.") || enhanced == "5.2.2" || code == 552 ||
		strings.Contains(lower, "spam") || strings.Contains(lower, "block") || strings.Contains(lower, "policy") || strings.Contains(lower, "quota") {
		return false
	}
	if step != "rcpt" && step != "" {
		return false
	}
	for _, w := range unknownUser {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}

// broken classes an error of the connection at a step; dotted tells that the whole
// message, its last dot included, had left.
func broken(step string, err error, dotted bool) act.Outcome {
	if protocol, ok := errors.AsType[*textproto.Error](err); ok {
		return answer(step, protocol.Code, protocol.Msg)
	}
	o := act.Outcome{Class: act.Temporary, Step: step, Said: said(err.Error()), RetryAfter: 5 * minute}
	switch {
	case dotted:
		o.Class, o.RetryAfter = act.Unknown, 0
	case step == "connect" || step == "tls" || step == "auth" || step == "hello":
		o.Ours = true
	}
	return o
}
