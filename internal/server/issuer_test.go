package server

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// issuer is a real OpenID Connect issuer on loopback: discovery, keys, codes that work
// once with their verifier, signed answers. It signs in whoever it is told to at once, and
// lies in every way it is told to.
type issuer struct {
	t      testing.TB
	http   *httptest.Server
	key    *rsa.PrivateKey
	now    func() time.Time
	secret string

	mu     sync.Mutex
	person map[string]any                     // claims of who signs in next
	lie    func(claims map[string]any)        // changes what is signed
	answer func(w http.ResponseWriter) bool   // takes the place of an answer to a code; true: it did
	sign   func(claims map[string]any) string // takes the place of signing
	codes  map[string]wanted                  // given out and not yet redeemed
	more   map[string]any                     // what the address for more tells
	asked  []url.Values                       // at the address of signing in
}

// wanted is what a code was given out for.
type wanted struct {
	nonce, challenge, back string
	person                 map[string]any
}

const issuerClient, issuerSecret = "shirube-client", "a secret of the client"

func newIssuer(t testing.TB, now func() time.Time) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{t: t, key: key, now: now, secret: issuerSecret, codes: map[string]wanted{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		i.tell(w, map[string]any{
			"issuer": i.http.URL, "authorization_endpoint": i.http.URL + "/authorize", "token_endpoint": i.http.URL + "/token",
			"jwks_uri": i.http.URL + "/keys", "userinfo_endpoint": i.http.URL + "/userinfo", "id_token_signing_alg_values_supported": []string{"RS256"},
			"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		i.tell(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &key.PublicKey, KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("GET /authorize", i.authorize)
	mux.HandleFunc("POST /token", i.token)
	mux.HandleFunc("GET /userinfo", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer access" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		i.mu.Lock()
		defer i.mu.Unlock()
		i.tell(w, i.more)
	})
	i.http = httptest.NewServer(mux)
	t.Cleanup(i.http.Close)
	return i
}

func (i *issuer) tell(w http.ResponseWriter, what any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(what); err != nil {
		i.t.Error(err)
	}
}

// authorize signs the person in and sends the browser back with a code.
func (i *issuer) authorize(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	q := r.URL.Query()
	i.asked = append(i.asked, q)
	if q.Get("client_id") != issuerClient || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || len(q.Get("state")) < 40 || len(q.Get("nonce")) < 40 {
		i.t.Errorf("asked with %v", q)
	}
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil {
		i.t.Error(err)
		return
	}
	code := rand.Text()
	i.codes[code] = wanted{q.Get("nonce"), q.Get("code_challenge"), q.Get("redirect_uri"), i.person}
	back.RawQuery = url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {i.http.URL}}.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.answer != nil && i.answer(w) {
		return
	}
	id, secret, ok := r.BasicAuth()
	if !ok {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	code := r.PostFormValue("code")
	of, there := i.codes[code]
	delete(i.codes, code)
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	secret, err := url.QueryUnescape(secret)
	if err != nil || id != issuerClient || secret != i.secret || !there || r.PostFormValue("redirect_uri") != of.back || base64.RawURLEncoding.EncodeToString(sum[:]) != of.challenge {
		w.WriteHeader(http.StatusBadRequest)
		i.tell(w, map[string]any{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{
		"iss": i.http.URL, "aud": issuerClient, "nonce": of.nonce, "iat": i.now().Unix(), "exp": i.now().Add(5 * time.Minute).Unix(),
	}
	for key, value := range of.person {
		claims[key] = value
	}
	if i.lie != nil {
		i.lie(claims)
	}
	signed := i.signed(claims)
	if i.sign != nil {
		signed = i.sign(claims)
	}
	i.tell(w, map[string]any{"access_token": "access", "token_type": "Bearer", "expires_in": 300, "id_token": signed})
}

func (i *issuer) signed(claims map[string]any) string { return signedWith(i.t, i.key, "k", claims) }

func signedWith(t testing.TB, key *rsa.PrivateKey, id string, claims map[string]any) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: id}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// set changes the issuer between sign-ins.
func (i *issuer) set(change func(*issuer)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.lie, i.answer, i.sign, i.more = nil, nil, nil, nil
	change(i)
}
