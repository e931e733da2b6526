package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/words"
)

const (
	maxRedirects = 5
	maxTries     = 4
	firstWait    = time.Second
	// longestWait is how long one pull waits for the other side by itself; whoever asks
	// for more is come back to later.
	longestWait = 20 * time.Second
)

// web is one pull's way to addresses: through the guard, following few redirects, giving
// the secret to nobody but the host it is for.
type web struct {
	puller *Puller
	client *http.Client
}

// secretHeader marks the header of a request that must not follow it to another host.
type secretHeader struct{}

func (p *Puller) web() *web {
	transport := func(dial func(ctx context.Context, network, address string) (net.Conn, error)) *http.Transport {
		return &http.Transport{
			Proxy:       nil, // a proxy of the environment would be dialled instead of the host that was checked
			DialContext: dial, TLSHandshakeTimeout: dialTimeout, ResponseHeaderTimeout: p.timeout(),
			MaxResponseHeaderBytes: 64 << 10, DisableKeepAlives: true, ForceAttemptHTTP2: false,
		}
	}
	w := &web{puller: p}
	w.client = &http.Client{
		Transport: byScheme{secure: transport(p.Guard.Dial), plain: transport(p.Guard.dialAllowed)},
		CheckRedirect: func(next *http.Request, before []*http.Request) error {
			if len(before) > maxRedirects {
				return fail(Broken, words.T("「%s」の転送が多すぎます。", "%s redirects too often.", before[0].URL.Hostname()))
			}
			next.Header.Del("Referer") // it would tell the query of the address to the next host
			if name, ok := next.Context().Value(secretHeader{}).(string); ok && !sameOrigin(next.URL, before[0].URL) {
				next.Header.Del(name)
			}
			if !sameOrigin(next.URL, before[0].URL) {
				next.Header.Del("Authorization")
			}
			return nil
		},
	}
	return w
}

func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Host, b.Host)
}

// byScheme keeps what is not encrypted inside of allowed networks.
type byScheme struct{ secure, plain *http.Transport }

// RoundTrip sends one request.
func (b byScheme) RoundTrip(r *http.Request) (*http.Response, error) {
	switch r.URL.Scheme {
	case "https":
		return b.secure.RoundTrip(r)
	case "http":
		return b.plain.RoundTrip(r)
	}
	return nil, fail(Refused, words.T("https で始まるアドレスだけが使えます。", "Only addresses that begin with https can be used."))
}

// answer is what came back, whole.
type answer struct {
	body   []byte
	header http.Header
	status int
	host   string // that answered, after redirects
}

// ask sends a request until it is answered, waiting between tries where the other side is
// busy or broken, and reads the answer to its end. make makes the request anew for each
// try. Only answers of status 200 come back; refused turns any other into a failure.
func (w *web) ask(ctx context.Context, make func(ctx context.Context) (*http.Request, error), refused func(*answer) *Failure) (*answer, error) {
	var last error
	for try := range maxTries {
		if try > 0 {
			wait := backOff(try)
			if failure, ok := errors.AsType[*Failure](last); ok && failure.After > 0 {
				wait = failure.After
			}
			if wait > longestWait {
				return nil, last
			}
			if err := w.puller.wait(ctx, wait); err != nil {
				return nil, err
			}
		}
		got, err := w.once(ctx, make)
		if err == nil && got.status == http.StatusOK {
			return got, nil
		}
		if err == nil {
			err = failureOf(got, refused)
		}
		failure, ok := errors.AsType[*Failure](err)
		if !ok || failure.Lasting() || failure.Code == TooSlow {
			return nil, err
		}
		last = err
	}
	return nil, last
}

// backOff grows with each try; drawn, so that many that failed together do not come back
// together.
func backOff(try int) time.Duration {
	most := firstWait << (try - 1)
	return most/2 + rand.N(most)
}

func (w *web) once(ctx context.Context, make func(ctx context.Context) (*http.Request, error)) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*w.puller.timeout())
	defer cancel()
	request, err := make(ctx)
	if err != nil {
		return nil, err
	}
	host := request.URL.Hostname()
	request.Header.Set("User-Agent", "Shirube")
	response, err := w.client.Do(request)
	if err != nil {
		if cause, ok := errors.AsType[*url.Error](err); ok {
			err = cause.Err // without the address
		}
		return nil, unreached(ctx, host, err)
	}
	defer response.Body.Close()
	limit := w.puller.maxBytes()
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if err != nil {
		if ctx.Err() != nil {
			return nil, unreached(ctx, host, err)
		}
		return nil, &Failure{Code: Broken, cause: err, What: words.T("「%s」の返事が途中で切れました。", "The answer of %s broke off half way.", host)}
	}
	if int64(len(body)) > limit {
		return nil, fail(TooMuch, words.T("「%[1]s」の返事が大きすぎます。%[2]s MBまでです。", "The answer of %[1]s is too large; at most %[2]s MB.", host, words.Group(float64(limit)/(1<<20), 0)))
	}
	return &answer{body: body, header: response.Header, status: response.StatusCode, host: response.Request.URL.Hostname()}, nil
}

// failureOf turns an answer that is no table into words. specific may know better; nil
// from it takes the general ones.
func failureOf(got *answer, specific func(*answer) *Failure) *Failure {
	failure := (*Failure)(nil)
	if specific != nil {
		failure = specific(got)
	}
	if failure == nil {
		failure = plainFailure(got)
	}
	if failure.After == 0 {
		failure.After = retryAfter(got.header, time.Now())
	}
	return failure
}

func plainFailure(got *answer) *Failure {
	switch {
	case got.status == http.StatusUnauthorized:
		return fail(SignInCode, words.T("「%s」が、この接続の秘密(パスワードや鍵)を受け付けませんでした。", "%s does not accept this connection's secret.", got.host))
	case got.status == http.StatusForbidden:
		return fail(Forbidden, words.T("「%s」を見る権限がありません。", "This may not be seen on %s.", got.host))
	case got.status == http.StatusNotFound, got.status == http.StatusGone:
		return fail(NotFound, words.T("「%s」に、このアドレスのものはありません。", "There is nothing at this address of %s.", got.host))
	case got.status == http.StatusTooManyRequests:
		return fail(Busy, words.T("「%s」が混み合っているか、使える回数を使い切りました。", "%s is busy, or its quota is used up.", got.host))
	case got.status >= 500:
		return fail(Broken, words.T("「%[1]s」で問題が起きています(%[2]d)。", "%[1]s has a problem of its own (%[2]d).", got.host, got.status))
	}
	return fail(BadAnswer, words.T("「%[1]s」から思わぬ返事(%[2]d)がありました。", "%[1]s answered unexpectedly (%[2]d).", got.host, got.status))
}

// retryAfter reads how long to stay away: seconds, or a date.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.Atoi(text); err == nil && seconds >= 0 {
		return min(time.Duration(min(seconds, 7*24*3600))*time.Second, 7*24*time.Hour)
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, min(at.Sub(now), 7*24*time.Hour))
	}
	return 0
}

// addressOf reads an address a person gave. A name or password in it would end up in logs
// of the other side.
func addressOf(field, text string) (*url.URL, error) {
	address, err := url.Parse(strings.TrimSpace(text))
	if err != nil || address.Host == "" || address.Opaque != "" || address.Scheme != "https" && address.Scheme != "http" {
		return nil, badSetting(field, words.T("アドレスが読めません。https:// で始めてください。", "The address cannot be read. Begin it with https://."))
	}
	if address.User != nil {
		return nil, badSetting(field, words.T("アドレスに名前やパスワードを入れないでください。秘密は秘密の欄に入れてください。", "Keep names and passwords out of the address; secrets have a field of their own."))
	}
	address.Fragment = ""
	return address, nil
}

func newGet(ctx context.Context, address *url.URL) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("make a request to %q: %w", address.Hostname(), err)
	}
	return request, nil
}
