package connect

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/jwt"

	"github.com/shirube/shirube/internal/words"
)

// account is a Google service account, as its JSON file says.
type account struct {
	Type    string `json:"type"`
	Email   string `json:"client_email"`
	Key     string `json:"private_key"`
	KeyID   string `json:"private_key_id"`
	Address string `json:"token_uri"`
}

func parseAccount(secret string) (account, error) {
	var a account
	bad := badSetting("secret", words.T("サービスアカウントの鍵(JSON ファイル)の中身を、そのまま貼り付けてください。",
		"Paste the whole JSON file of the service account's key."))
	if err := json.Unmarshal([]byte(secret), &a); err != nil || a.Type != "service_account" || a.Email == "" || a.Key == "" {
		return a, bad
	}
	block, _ := pem.Decode([]byte(a.Key))
	if block == nil {
		return a, bad
	}
	_, err8 := x509.ParsePKCS8PrivateKey(block.Bytes)
	_, err1 := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err8 != nil && err1 != nil {
		return a, bad
	}
	if a.Address == "" {
		a.Address = "https://oauth2.googleapis.com/token"
	}
	_, err := addressOf("secret", a.Address)
	return a, err
}

// google is one pull's signed-in way to a Google API.
type google struct {
	web   *web
	email string
	token string
}

func (p *Puller) google(ctx context.Context, secret, scope string) (*google, error) {
	a, err := parseAccount(secret)
	if err != nil {
		return nil, err
	}
	w := p.web()
	config := jwt.Config{Email: a.Email, PrivateKey: []byte(a.Key), PrivateKeyID: a.KeyID, Scopes: []string{scope}, TokenURL: a.Address}
	address, _ := addressOf("secret", a.Address)
	// The library asks once; busy and broken are waited out here as for any answer.
	for try := 0; ; try++ {
		way := &noting{next: w.client.Transport}
		client := &http.Client{Transport: way, CheckRedirect: w.client.CheckRedirect, Timeout: p.timeout()}
		token, err := config.TokenSource(context.WithValue(ctx, oauth2.HTTPClient, client)).Token()
		if err == nil && token.AccessToken != "" {
			return &google{web: w, email: a.Email, token: token.AccessToken}, nil
		}
		failure := signInFailure(ctx, address.Hostname(), a.Email, err, way.err)
		known, ok := errors.AsType[*Failure](failure)
		if !ok || known.Lasting() || try+1 == maxTries || known.After > longestWait {
			return nil, failure
		}
		if err := p.wait(ctx, max(known.After, backOff(try+1))); err != nil {
			return nil, err
		}
	}
}

// noting keeps the error of the network, of which the library hands on the words alone.
type noting struct {
	next http.RoundTripper
	err  error
}

// RoundTrip sends one request.
func (n *noting) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := n.next.RoundTrip(r)
	n.err = err
	return response, err
}

func signInFailure(ctx context.Context, host, email string, err, network error) error {
	if told, ok := errors.AsType[*oauth2.RetrieveError](err); ok && told.Response != nil {
		if status := told.Response.StatusCode; status == http.StatusTooManyRequests || status >= 500 {
			return failureOf(&answer{status: status, header: told.Response.Header, host: host}, nil)
		}
		return &Failure{Code: SignInCode, cause: errors.New("the token was refused"), What: words.T(
			"Google がサービスアカウント「%s」の鍵を受け付けませんでした。鍵が消されたか、無効になっています。新しい鍵を作って入れ直してください。",
			"Google does not accept the key of the service account %s; it was deleted or disabled. Make a new key and enter it.", email)}
	}
	if network != nil || ctx.Err() != nil {
		return unreached(ctx, host, network)
	}
	return fail(BadAnswer, words.T("「%s」から思わぬ返事がありました。", "%s answered unexpectedly.", host))
}

// googleError is how every Google API tells of an error.
type googleError struct {
	Error struct {
		Status  string `json:"status"`
		Message string `json:"message"`
		Errors  []struct {
			Reason string `json:"reason"`
		} `json:"errors"`
		Details []struct {
			Reason string `json:"reason"`
		} `json:"details"`
	} `json:"error"`
}

func (e googleError) reasons() string {
	var all []string
	for _, one := range e.Error.Errors {
		all = append(all, one.Reason)
	}
	for _, one := range e.Error.Details {
		all = append(all, one.Reason)
	}
	return strings.Join(all, " ")
}

// post asks a Google API and decodes its answer. known turns a refusal that the API
// explains into words; nil takes the general ones.
func (g *google) post(ctx context.Context, address string, body, into any, known func(status int, e googleError) *Failure) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write request: %w", err)
	}
	got, err := g.web.ask(ctx, func(ctx context.Context) (*http.Request, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("make request: %w", err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Authorization", "Bearer "+g.token)
		return request, nil
	}, func(got *answer) *Failure {
		var told googleError
		_ = json.Unmarshal(got.body, &told) // without a reason the status alone is told
		if failure := known(got.status, told); failure != nil {
			return failure
		}
		if reasons := told.reasons(); told.Error.Status == "RESOURCE_EXHAUSTED" || strings.Contains(reasons, "rateLimitExceeded") ||
			strings.Contains(reasons, "quotaExceeded") || strings.Contains(reasons, "RateLimitExceeded") {
			return fail(Busy, words.T("Google の API の使える回数を使い切りました。しばらくして、もう一度取りに行きます。",
				"The quota of Google's API is used up. It will be asked again later."))
		}
		if strings.Contains(told.reasons(), "SERVICE_DISABLED") || strings.Contains(told.reasons(), "accessNotConfigured") {
			return fail(Forbidden, words.T("Google Cloud で、この API がまだ有効になっていません。サービスアカウントのプロジェクトで有効にしてください。",
				"This API is not enabled in Google Cloud. Enable it in the service account's project."))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := json.Unmarshal(got.body, into); err != nil {
		return &Failure{Code: Broken, cause: err, What: words.T("「%s」の返事が途中で切れているか、読めません。", "The answer of %s broke off or cannot be read.", got.host)}
	}
	return nil
}
