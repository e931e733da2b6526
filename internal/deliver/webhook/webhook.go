// Package webhook tells other programs what has happened, signed, and without believing
// them more than an answer's status.
//
// The same item always bears the same id: a receiver that keeps the ids it has seen is told
// everything once. Whom an address may lead to is the client's to guard.
package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
)

// Headers of a webhook. The signature is "v1=" and the HMAC-SHA256, in hex, of the
// timestamp, a dot and the body.
const (
	HeaderID        = "Shirube-Id"
	HeaderTimestamp = "Shirube-Timestamp" // seconds since 1970
	HeaderSignature = "Shirube-Signature"
)

// maxAnswer bounds what is read of an answer; nothing is made of it.
const maxAnswer = 4 << 10

// Sender hands webhooks over. It is safe for concurrent use.
type Sender struct {
	Client *http.Client // guarded, with a time limit, following no redirect
	Secret func(ctx context.Context, ws event.Workspace) ([]byte, error)
	// Person adds what is told of a contact; nil tells the id alone. ok is false for
	// somebody who is gone.
	Person func(ctx context.Context, ws event.Workspace, id string) (told map[string]any, ok bool, err error)
	Now    func() time.Time
}

// message is the body.
type message struct {
	ID         string         `json:"id"`
	Type       string         `json:"type"`
	At         time.Time      `json:"at"`
	Automation string         `json:"automation"`
	Name       string         `json:"name"`
	Step       string         `json:"step"`
	Contact    map[string]any `json:"contact"`
}

// Hand posts one item to the address its step names.
func (s *Sender) Hand(ctx context.Context, item outbox.Item) outbox.Answer {
	var h automation.Handing
	if err := json.Unmarshal(item.Payload, &h); err != nil || h.Webhook == nil {
		return outbox.Answer{State: outbox.Failed, Reason: "nothing to send"}
	}
	told := map[string]any{"id": h.Contact}
	if s.Person != nil {
		more, ok, err := s.Person(ctx, item.Workspace, h.Contact)
		switch {
		case err != nil:
			return outbox.Answer{State: outbox.Queued, Reason: "the contact could not be read"}
		case !ok:
			return outbox.Answer{State: outbox.Cancelled, Reason: "erased"}
		}
		for key, value := range more {
			told[key] = value
		}
	}
	now := s.Now()
	body, err := json.Marshal(message{ID: item.Key, Type: "automation.step", At: now.UTC(), Automation: h.Automation, Name: h.Name, Step: h.Step, Contact: told})
	if err != nil {
		return outbox.Answer{State: outbox.Failed, Reason: "the message could not be written"}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, h.Webhook.URL, bytes.NewReader(body))
	if err != nil {
		return outbox.Answer{State: outbox.Failed, Reason: "the address cannot be used"}
	}
	secret, err := s.Secret(ctx, item.Workspace)
	if err != nil {
		return outbox.Answer{State: outbox.Queued, Reason: "the signature could not be made"}
	}
	stamp := strconv.FormatInt(now.Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Shirube-Webhook/1")
	request.Header.Set(HeaderID, item.Key)
	request.Header.Set(HeaderTimestamp, stamp)
	request.Header.Set(HeaderSignature, Signature(secret, stamp, body))
	reply, err := s.Client.Do(request)
	if err != nil {
		return failed(err)
	}
	defer reply.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(reply.Body, maxAnswer)) // so that the connection may be used again
	return answerOf(reply, now)
}

// Signature is the value of the signature header.
func Signature(secret []byte, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	return "v1=" + hex.EncodeToString(mac.Sum(nil))
}

// failed is an answer to no answer. It is tried again also where the message may have
// arrived: its id tells the receiver that it is the same one.
func failed(err error) outbox.Answer {
	reason := "no answer"
	switch {
	case refused(err):
		return outbox.Answer{State: outbox.Failed, Reason: "the address leads into a network that may not be reached"}
	case errors.Is(err, context.DeadlineExceeded) || isTimeout(err):
		reason = "no answer in time"
	}
	return outbox.Answer{State: outbox.Queued, Reason: reason}
}

// refused reports whether a guard said no. The guard is of another room: it is known by
// what it can tell.
func refused(err error) bool {
	var guarded interface{ Refused() bool }
	return errors.As(err, &guarded) && guarded.Refused()
}

func isTimeout(err error) bool {
	var timed interface{ Timeout() bool }
	return errors.As(err, &timed) && timed.Timeout()
}

func answerOf(reply *http.Response, now time.Time) outbox.Answer {
	status := reply.StatusCode
	reason := fmt.Sprintf("answered %d", status)
	switch {
	case status >= 200 && status < 300:
		return outbox.Answer{State: outbox.Sent}
	case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout, status == http.StatusTooEarly, status >= 500:
		return outbox.Answer{State: outbox.Queued, Reason: reason, RetryAfter: retryAfter(reply.Header.Get("Retry-After"), now)}
	case status >= 300 && status < 400:
		return outbox.Answer{State: outbox.Failed, Reason: reason + ": redirects are not followed"}
	}
	return outbox.Answer{State: outbox.Failed, Reason: reason}
}

// retryAfter reads seconds or a date.
func retryAfter(text string, now time.Time) event.Millis {
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return event.Millis(min(max(seconds, 0), 1<<31)) * 1000
	}
	if at, err := http.ParseTime(text); err == nil {
		return event.Millis(max(0, at.Sub(now).Milliseconds()))
	}
	return 0
}
