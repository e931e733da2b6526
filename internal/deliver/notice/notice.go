// Package notice tells people of the team, where they read anyway: Slack, Chatwork, Teams,
// LINE WORKS, or a program of their own that is told signed. Mail is handed over by the room
// mail.
//
// Whom an address may lead to is the client's to guard. Trying again is the outbox's: an
// answer here says whether that makes sense. Where nobody can tell whether a message has
// arrived it is Unknown, so that nobody is told twice.
package notice

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/webhook"
	"github.com/shirube/shirube/internal/event"
)

// Kind is where people are told.
type Kind string

// The kinds of place.
const (
	Mail      Kind = "mail" // not handed over here
	Slack     Kind = "slack"
	Chatwork  Kind = "chatwork"
	LineWorks Kind = "lineworks"
	Teams     Kind = "teams"
	Webhook   Kind = "webhook"
)

// Target is one place with what opens it.
type Target struct {
	Kind  Kind
	URL   string // of Slack, Teams, LINE WORKS and webhooks; whoever knows it can write there
	Room  string // Chatwork: digits
	Token string // Chatwork: of the account that writes
	Sign  []byte // webhooks: what they are signed with
}

// Message is what is told.
type Message struct {
	Key    string // the same for the same thing
	Type   string // "lead.hot", "automation.notify", "test"
	Title  string
	Points []string // each with its event and date
	Foot   string   // who looks after them; "" nobody
	Link   string   // to the lead or the person
	Button string   // what stands on the link
}

// Text is the message as plain text, without its link.
func (m Message) Text() string {
	lines := []string{m.Title}
	for _, p := range m.Points {
		lines = append(lines, "・"+p)
	}
	if m.Foot != "" {
		lines = append(lines, m.Foot)
	}
	return strings.Join(lines, "\n")
}

// ChatworkAPI is where Chatwork is reached.
const ChatworkAPI = "https://api.chatwork.com/v2"

// Sender hands messages over. It is safe for concurrent use.
type Sender struct {
	Client   *http.Client // guarded, with a time limit, following no redirect
	Now      func() time.Time
	Chatwork string // "" is ChatworkAPI
}

// longest is the most characters of a text; Chatwork takes 65,535 letters and LINE WORKS
// 2,000, of which the rest is title and link.
const longest = 1_800

// Tell hands a message over and says what became of it.
func (s *Sender) Tell(ctx context.Context, to Target, m Message) outbox.Answer {
	request, err := s.request(ctx, to, m)
	if err != nil {
		return outbox.Answer{State: outbox.Failed, Reason: "the address cannot be used"}
	}
	request.Header.Set("User-Agent", "Shirube-Notice/1")
	reply, err := s.Client.Do(request)
	if err != nil {
		return s.unanswered(err, to.Kind)
	}
	defer reply.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(reply.Body, 4<<10)) // what it says only helps whoever reads it
	return s.answerOf(reply, said)
}

func (s *Sender) request(ctx context.Context, to Target, m Message) (*http.Request, error) {
	text := clip(m.Text(), longest)
	switch to.Kind {
	case Slack:
		// docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: JSON with a text;
		// &, < and > are escaped (formatting-message-text), a link is <address|label>.
		body := slackText.Replace(text)
		if m.Link != "" {
			body += "\n<" + m.Link + "|" + slackText.Replace(m.Button) + ">"
		}
		return postJSON(ctx, to.URL, map[string]any{"text": body})
	case Chatwork:
		// developer.chatwork.com, POST /rooms/{room_id}/messages: a form with a body, and the
		// token in a header of its own.
		base := s.Chatwork
		if base == "" {
			base = ChatworkAPI
		}
		title, rest, _ := strings.Cut(text, "\n")
		body := "[info][title]" + chatworkText.Replace(title) + "[/title]" + chatworkText.Replace(rest)
		if m.Link != "" {
			body += "\n" + m.Link
		}
		form := url.Values{"body": {body + "[/info]"}, "self_unread": {"1"}}
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/rooms/"+url.PathEscape(to.Room)+"/messages", strings.NewReader(form.Encode()))
		if err != nil {
			return nil, err
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("X-ChatWorkToken", to.Token)
		return request, nil
	case LineWorks:
		// The app "Incoming Webhook" of LINE WORKS, described for developers (in Japanese) at
		// https://developers.worksmobile.com/jp/docs/webhook : it takes one shape only, JSON
		// with a title, the text of a body, and a button that opens an address; no files and no
		// other form. Programs that post to it in public write the same.
		title, rest, _ := strings.Cut(text, "\n")
		if rest == "" {
			title, rest = "Shirube", title
		}
		told := map[string]any{"title": clip(title, 100), "body": map[string]string{"text": rest}}
		if m.Link != "" {
			told["button"] = map[string]string{"label": clip(m.Button, 20), "url": m.Link}
		}
		return postJSON(ctx, to.URL, told)
	case Teams:
		return postJSON(ctx, to.URL, teamsMessage(m))
	case Webhook:
		return s.signed(ctx, to, m)
	}
	return nil, fmt.Errorf("no place of kind %q", to.Kind)
}

// Slack and Chatwork read signs in a text; what people are called must not become one.
var (
	slackText    = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	chatworkText = strings.NewReplacer("[", "［", "]", "］")
)

// signed is a webhook, signed as those of automations are.
func (s *Sender) signed(ctx context.Context, to Target, m Message) (*http.Request, error) {
	now := s.Now()
	told := map[string]any{"id": m.Key, "type": m.Type, "at": now.UTC(), "title": m.Title, "reasons": m.Points, "note": m.Foot, "link": m.Link}
	request, err := postJSON(ctx, to.URL, told)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	stamp := strconv.FormatInt(now.Unix(), 10)
	request.Header.Set(webhook.HeaderID, m.Key)
	request.Header.Set(webhook.HeaderTimestamp, stamp)
	request.Header.Set(webhook.HeaderSignature, webhook.Signature(to.Sign, stamp, body))
	return request, nil
}

func postJSON(ctx context.Context, address string, body any) (*http.Request, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	return request, nil
}

// unanswered is what becomes of a message without an answer. Before there was a connection
// it cannot have arrived; a webhook is known again by its id; of all else nobody can tell.
func (s *Sender) unanswered(err error, kind Kind) outbox.Answer {
	var guarded interface{ Refused() bool }
	if errors.As(err, &guarded) && guarded.Refused() {
		return outbox.Answer{State: outbox.Failed, Reason: "the address leads into a network that may not be reached"}
	}
	var dialled *net.OpError
	if errors.As(err, &dialled) && dialled.Op == "dial" {
		return outbox.Answer{State: outbox.Queued, Reason: "no connection"}
	}
	if kind == Webhook {
		return outbox.Answer{State: outbox.Queued, Reason: "no answer in time"}
	}
	return outbox.Answer{State: outbox.Unknown, Reason: "no answer in time"}
}

func (s *Sender) answerOf(reply *http.Response, said []byte) outbox.Answer {
	status := reply.StatusCode
	reason := fmt.Sprintf("answered %d", status)
	if text := strings.TrimSpace(strings.ToValidUTF8(string(said), "")); text != "" && status >= 400 {
		reason += ": " + clip(strings.ReplaceAll(text, "\n", " "), 200)
	}
	switch {
	case status >= 200 && status < 300:
		return outbox.Answer{State: outbox.Sent}
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable, status >= 500:
		return outbox.Answer{State: outbox.Queued, Reason: reason, RetryAfter: s.retryAfter(reply.Header)}
	case status >= 300 && status < 400:
		return outbox.Answer{State: outbox.Failed, Reason: reason + ": redirects are not followed"}
	}
	return outbox.Answer{State: outbox.Failed, Reason: reason}
}

// retryAfter reads Retry-After, in seconds or as a date, and Chatwork's x-ratelimit-reset,
// a moment in seconds since 1970.
func (s *Sender) retryAfter(h http.Header) event.Millis {
	const most = 6 * time.Hour
	wait := time.Duration(0)
	if seconds, err := strconv.ParseInt(h.Get("Retry-After"), 10, 32); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(h.Get("Retry-After")); err == nil {
		wait = at.Sub(s.Now())
	} else if reset, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64); err == nil {
		wait = time.Unix(reset, 0).Sub(s.Now())
	}
	return event.Millis(min(max(wait, 0), most).Milliseconds())
}

// clip cuts a text to so many characters.
func clip(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
