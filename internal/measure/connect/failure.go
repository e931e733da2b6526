package connect

import (
	"context"
	"errors"
	"time"

	"github.com/shirube/shirube/internal/words"
)

// Code is what kind of failure it was. The values are stored.
type Code string

// The codes.
const (
	Refused     Code = "refused"     // the address is inside a network that is not allowed
	Unreachable Code = "unreachable" // no answer
	SignInCode  Code = "sign_in"     // the secret is not accepted
	Forbidden   Code = "forbidden"   // accepted, but may not see this
	NotFound    Code = "not_found"   // the address, property, table is not there
	Busy        Code = "busy"        // too many requests, or a quota is used up
	Broken      Code = "broken"      // the other side failed, or its answer ended half way
	TooMuch     Code = "too_much"    // beyond the bounds
	TooSlow     Code = "too_slow"    // beyond the time limit
	BadSettings Code = "bad_settings"
	BadQuery    Code = "bad_query"
	BadAnswer   Code = "bad_answer" // not the table that was expected
	BadData     Code = "bad_data"   // the rows cannot be read as the model says
	BadKey      Code = "bad_key"    // the key file does not open the secret
	Internal    Code = "internal"
)

// Failure is why nothing was fetched, in words for people. It holds no secret.
type Failure struct {
	Code Code
	What words.Text
	// After is how long the other side asked to be left alone; 0 where it did not say.
	After time.Duration
	// Field names the setting at fault; "" where none is.
	Field string
	cause error
}

// In renders the message for people.
func (f *Failure) In(lang words.Lang) string { return f.What.In(lang) }

// Error says it in Japanese.
func (f *Failure) Error() string { return f.What.JA }

// Unwrap is what lies behind it.
func (f *Failure) Unwrap() error { return f.cause }

// Lasting reports whether trying again soon cannot help: somebody must change something.
func (f *Failure) Lasting() bool {
	switch f.Code {
	case Unreachable, Busy, Broken, TooSlow, Internal:
		return false
	}
	return true
}

func fail(code Code, what words.Text) *Failure { return &Failure{Code: code, What: what} }

func badSetting(field string, what words.Text) *Failure {
	return &Failure{Code: BadSettings, What: what, Field: field}
}

// unreached tells of an error of the network by the name of the other side. The error's
// own text is left out: it can hold an address with its query.
func unreached(ctx context.Context, host string, err error) error {
	if ctx.Err() != nil && errors.Is(context.Cause(ctx), context.Canceled) {
		return context.Cause(ctx)
	}
	if refused, ok := errors.AsType[*RefusedError](err); ok {
		return &Failure{Code: Refused, cause: err, What: words.T(
			"「%[1]s」は社内のネットワーク(%[2]s)を指しているため、つなぎませんでした。つないでよい場合は、管理者が起動時に --allow-network で許可してください。",
			"%[1]s points into a private network (%[2]s), so it was not reached. If it may be, allow that network with --allow-network when starting.", host, refused.Address)}
	}
	var known *Failure
	if errors.As(err, &known) {
		return known
	}
	var timed interface{ Timeout() bool }
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timed) && timed.Timeout() {
		return &Failure{Code: TooSlow, cause: err, What: words.T("「%s」から時間内に返事がありませんでした。", "%s did not answer in time.", host)}
	}
	return &Failure{Code: Unreachable, cause: err, What: words.T("「%s」につながりませんでした。アドレスと、相手が動いているかを確かめてください。",
		"%s could not be reached. Check the address, and whether the other side is running.", host)}
}
