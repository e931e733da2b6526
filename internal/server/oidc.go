package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// OIDC is an issuer of sign-ins (OpenID Connect) the house believes, such as Google
// Workspace, Entra ID or Keycloak.
type OIDC struct {
	Issuer       string // its address: https://accounts.google.com
	ClientID     string
	ClientSecret string
	Name         string // on the button; "" the issuer's host
	// Allow are the e-mail addresses ("a@b.example") and domains ("b.example") that may come
	// in this way; empty: everybody somebody has added here.
	Allow []string
	// Join is the workspace that people of Allow nobody has added yet become members of,
	// as JoinRole; "" they are not let in.
	Join     string
	JoinRole access.Role
	// TrustEmail takes every address the issuer tells as proven, for issuers that do not say
	// so and have only the house's own people.
	TrustEmail bool
}

// Check says what is wrong with the settings, in both languages for whoever started the
// program; nil where nothing is.
func (o OIDC) Check() error {
	issuer, err := url.Parse(o.Issuer)
	switch {
	case err != nil || issuer.Host == "" || issuer.User != nil || issuer.RawQuery != "" || issuer.Fragment != "" || issuer.Scheme != "https" && issuer.Scheme != "http":
		return &addressError{words.T("--oidc-issuer「%s」が読めません。https://accounts.google.com のように指定してください。", "The --oidc-issuer %q cannot be read. Write it like https://accounts.google.com.", o.Issuer)}
	case issuer.Scheme == "http" && !isLoopback(issuer.Hostname()):
		return &addressError{words.T("--oidc-issuer「%s」は https にしてください。", "The --oidc-issuer %q has to be https.", o.Issuer)}
	case o.ClientID == "":
		return &addressError{words.T("--oidc-issuer には --oidc-client-id も要ります。", "--oidc-issuer needs --oidc-client-id too.")}
	case o.Join != "" && len(o.Allow) == 0:
		return &addressError{words.T("--oidc-join には --oidc-allow も要ります。ないと、だれでもメンバーになれてしまいます。", "--oidc-join needs --oidc-allow too: without it anybody could become a member.")}
	case o.Join != "" && (!o.JoinRole.Known() || o.JoinRole == access.Owner):
		return &addressError{words.T("--oidc-join は WORKSPACE=viewer の形で、editor、member、viewer、guest のどれかにしてください。", "Write --oidc-join like WORKSPACE=viewer, with editor, member, viewer or guest.")}
	}
	for _, one := range o.Allow {
		if domain := one[strings.LastIndex(one, "@")+1:]; domain == "" || strings.ContainsAny(domain, " */:") || !strings.Contains(domain, ".") {
			return &addressError{words.T("--oidc-allow「%s」が読めません。example.co.jp か name@example.co.jp の形で指定してください。", "The --oidc-allow %q cannot be read. Write example.com or name@example.com.", one)}
		}
	}
	return nil
}

// shown is what stands on the button.
func (o OIDC) shown() string {
	if o.Name != "" {
		return o.Name
	}
	if issuer, err := url.Parse(o.Issuer); err == nil {
		return issuer.Hostname()
	}
	return o.Issuer
}

// allows reports whether an address may come in this way. A domain stands for itself, not
// for what lies below it.
func (o OIDC) allows(email string) bool {
	if len(o.Allow) == 0 {
		return true
	}
	email = accountOf(email)
	_, domain, _ := strings.Cut(email, "@")
	for _, one := range o.Allow {
		if one = accountOf(strings.TrimPrefix(one, "@")); one == email || !strings.Contains(one, "@") && one == domain {
			return true
		}
	}
	return false
}

// relying is this house as the issuer knows it. Whom the issuer says it is is asked when
// somebody first signs in, and again as long as that fails: the house starts without it.
type relying struct {
	OIDC
	client *http.Client
	now    func() time.Time

	mu       sync.Mutex
	provider *oidc.Provider
}

// oidcWithin bounds one question to the issuer; maxIssuerAnswer what it answers.
const (
	oidcWithin      = 15 * time.Second
	maxIssuerAnswer = 1 << 20
)

func newRelying(settings OIDC, client *http.Client, now func() time.Time) *relying {
	bounded := *client
	bounded.Transport = shortAnswers{client.Transport}
	return &relying{OIDC: settings, client: &bounded, now: now}
}

// shortAnswers cuts off what is longer than any honest answer of an issuer.
type shortAnswers struct{ http.RoundTripper }

// RoundTrip asks.
func (s shortAnswers) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := s.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, maxIssuerAnswer), answer.Body}
	}
	return answer, err
}

// found is the issuer with its keys and addresses.
func (r *relying) found(ctx context.Context) (*oidc.Provider, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.provider != nil {
		return r.provider, nil
	}
	// The provider keeps the context for fetching keys later: it must not end with the request.
	provider, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), r.client), r.Issuer)
	if err != nil {
		return nil, fmt.Errorf("find the issuer of sign-ins: %w", err)
	}
	r.provider = provider
	return provider, nil
}

func (r *relying) config(provider *oidc.Provider, back string) oauth2.Config {
	return oauth2.Config{
		ClientID: r.ClientID, ClientSecret: r.ClientSecret, Endpoint: provider.Endpoint(), RedirectURL: back,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}
}

// told is what an issuer says of a person.
type toldPerson struct {
	Subject  string
	Email    string
	Verified bool
	Name     string
	Locale   string
}

// errNotBelieved is an answer of the issuer that does not hold: forged, for somebody else,
// or of another time.
var errNotBelieved = errors.New("the issuer's answer does not hold")

// redeem trades the code for what the issuer says of the person, and believes it only when
// everything fits: signature, issuer, audience, time, and the nonce that was sent along.
func (r *relying) redeem(ctx context.Context, provider *oidc.Provider, back, code, verifier, nonce string) (toldPerson, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, r.client), 2*oidcWithin)
	defer cancel()
	config := r.config(provider, back)
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok { // without its body: codes could stand in it
			return toldPerson{}, fmt.Errorf("trade the code: %w (%d %.40q)", errNotBelieved, statusOf(refused.Response), refused.ErrorCode)
		}
		return toldPerson{}, fmt.Errorf("trade the code: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	signed, err := provider.Verifier(&oidc.Config{ClientID: r.ClientID, Now: r.now}).Verify(ctx, raw)
	if err != nil {
		return toldPerson{}, fmt.Errorf("%w: %w", errNotBelieved, err)
	}
	var claims struct {
		Email    string    `json:"email"`
		Verified looseBool `json:"email_verified"`
		Name     string    `json:"name"`
		Locale   string    `json:"locale"`
		Party    string    `json:"azp"`
	}
	if err := signed.Claims(&claims); err != nil {
		return toldPerson{}, fmt.Errorf("%w: %w", errNotBelieved, err)
	}
	switch {
	case signed.Nonce == "" || !sameSecret(signed.Nonce, nonce):
		return toldPerson{}, fmt.Errorf("%w: another nonce", errNotBelieved)
	case claims.Party != "" && claims.Party != r.ClientID, claims.Party == "" && len(signed.Audience) > 1:
		return toldPerson{}, fmt.Errorf("%w: made for another party", errNotBelieved)
	case signed.Subject == "" || len(signed.Subject) > 255:
		return toldPerson{}, fmt.Errorf("%w: nobody in it", errNotBelieved)
	}
	told := toldPerson{Subject: signed.Subject, Email: claims.Email, Verified: bool(claims.Verified), Name: claims.Name, Locale: claims.Locale}
	if told.Email != "" || provider.UserInfoEndpoint() == "" {
		return told, nil
	}
	// Some issuers tell addresses only where one asks for them.
	more, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return toldPerson{}, fmt.Errorf("ask about the person: %w", err)
	}
	if more.Subject != signed.Subject {
		return toldPerson{}, fmt.Errorf("%w: told of somebody else", errNotBelieved)
	}
	told.Email, told.Verified = more.Email, more.EmailVerified
	return told, nil
}

func statusOf(r *http.Response) int {
	if r == nil {
		return 0
	}
	return r.StatusCode
}

// looseBool reads true and "true": issuers write both.
type looseBool bool

// UnmarshalJSON reads one.
func (b *looseBool) UnmarshalJSON(text []byte) error {
	*b = string(text) == "true" || string(text) == `"true"`
	return nil
}
