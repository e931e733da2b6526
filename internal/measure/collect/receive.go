package collect

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/inbox"
)

// receive takes one body in, from the first byte to the answer.
func (h *Handler) receive(w http.ResponseWriter, r *http.Request, kind event.Kind) {
	visit := &visit{Handler: h, w: w, r: r}
	key, bearer := headerKey(r)
	// A key in a header is looked at before the body is: what has none is not worth reading.
	if key != "" && !visit.admit(key) {
		return
	}
	var envelope event.Envelope
	err := h.read(r, func(raw []byte) error {
		body, err := event.Open(raw)
		if err != nil {
			return err
		}
		if key == "" {
			if key = body.WriteKey(); key == "" {
				key = bearer
			}
			if !visit.admit(key) {
				return errAnswered
			}
		}
		request, err := visit.request(kind)
		if err != nil {
			return err
		}
		envelope, err = body.Decode(request)
		return err
	})
	if err == nil {
		err = visit.keep(envelope)
	}
	if err != nil {
		visit.fail(err)
		return
	}
	h.record(visit, http.StatusOK, "", envelope)
	answerTaken(w, r, envelope)
}

// visit is one request on its way.
type visit struct {
	*Handler
	w   http.ResponseWriter
	r   *http.Request
	key Key
}

var (
	errAnswered  = errors.New("already answered")
	errSendsMuch = errors.New("the key sends more than it may")
)

// admit looks the key up and answers where it may not be used.
//
// A wrong key is answered 401, although that makes the SDKs drop what they hold, and the
// original answers 200. With 200 the loss would be the same and nobody would know; with 429
// or 503 every page of a site with a mistyped or revoked key would go on sending for hours.
// A key that cannot be looked up right now is another thing: 503, and nothing is lost.
func (v *visit) admit(secret string) bool {
	if secret == "" {
		v.reject(http.StatusUnauthorized, noKey)
		return false
	}
	key, known, err := v.options.Keys.Lookup(v.r.Context(), secret)
	switch {
	case err != nil:
		v.options.Log.Error("write key not looked up", "error", err)
		v.w.Header().Set("Retry-After", retryAfter(waitBroken))
		v.reject(http.StatusServiceUnavailable, away)
		return false
	case !known:
		v.reject(http.StatusUnauthorized, badKey)
		return false
	}
	v.key = key
	if !mayUse(key, v.r.Header.Get("Origin")) {
		v.reject(http.StatusForbidden, badOrigin)
		return false
	}
	return true
}

// request gathers what the decoder has to know beside the body.
func (v *visit) request(kind event.Kind) (event.Request, error) {
	now := v.options.Now()
	request := event.Request{
		Workspace: v.key.Workspace, Key: v.key.ID, Browser: v.key.Browser, Kind: kind,
		ReceivedAt: event.Millis(now.UnixMilli()), OwnHosts: v.key.OwnHosts,
		Agent: v.agents.parse,
	}
	if text := v.r.Header.Get("X-Retry-Count"); text != "" {
		request.Retries, _ = strconv.Atoi(text) // nonsense is no retry
	}
	if v.key.Browser {
		request.Address = v.options.Address(v.r)
		request.UserAgent = v.r.UserAgent()
		request.Languages = v.r.Header.Get("Accept-Language")
	}
	if v.options.Salts != nil {
		salt, err := v.options.Salts.Salt(v.r.Context(), v.key.Workspace, now)
		if err != nil {
			return request, err
		}
		request.Salt = salt
	}
	return request, nil
}

// keep hands the events to the inbox. All or nothing: a part that was kept and an answer
// that says "again" would still be one event each, but half a batch is nobody's wish.
func (v *visit) keep(envelope event.Envelope) error {
	if len(envelope.Events) == 0 {
		return nil
	}
	if !v.within(v.key, len(envelope.Events), v.options.Now()) {
		return errSendsMuch
	}
	return v.options.Inbox.Accept(v.r.Context(), envelope.Events)
}

// fail answers a body that was not taken.
func (v *visit) fail(err error) {
	wait := func(seconds int) { v.w.Header().Set("Retry-After", retryAfter(seconds)) }
	if bad, ok := errors.AsType[*event.Unreadable](err); ok {
		status := http.StatusBadRequest
		if bad.Code == event.BodyTooLarge {
			status = http.StatusRequestEntityTooLarge
		}
		v.reject(status, sentence{string(bad.Code), bad.Reason})
		return
	}
	switch {
	case errors.Is(err, errAnswered):
	case errors.Is(err, errTooLarge):
		v.reject(http.StatusRequestEntityTooLarge, tooLarge)
	case errors.Is(err, errEncoding):
		v.reject(http.StatusUnsupportedMediaType, encoding)
	case errors.Is(err, errTooSlow):
		v.w.Header().Set("Connection", "close")
		v.reject(http.StatusRequestTimeout, tooSlow)
	case errors.Is(err, errCut):
		v.reject(http.StatusBadRequest, cutOff)
	case errors.Is(err, inbox.ErrFull), errors.Is(err, errCrowded), errors.Is(err, errSendsMuch):
		wait(waitFull)
		v.w.Header().Set("X-RateLimit-Reset", retryAfter(waitFull))
		v.reject(http.StatusTooManyRequests, full)
	case errors.Is(err, inbox.ErrDiskFull):
		wait(waitBroken)
		v.reject(http.StatusServiceUnavailable, diskFull)
	case v.r.Context().Err() != nil:
		// The sender has gone; nobody hears an answer.
	default:
		v.options.Log.Error("events not taken", "error", err)
		wait(waitBroken)
		v.reject(http.StatusServiceUnavailable, away)
	}
}

// reject answers and remembers a whole request that was not taken.
func (v *visit) reject(status int, why sentence) {
	v.record(v, status, why.code, event.Envelope{})
	answerError(v.w, v.r, status, why)
}
