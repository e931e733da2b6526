package server

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// believing is a house with an issuer.
func believing(t *testing.T, change ...func(*OIDC)) (*house, *issuer) {
	t.Helper()
	var h *house
	i := newIssuer(t, func() time.Time { return *h.now })
	settings := OIDC{Issuer: i.http.URL, ClientID: issuerClient, ClientSecret: issuerSecret, Name: "Hinata ID"}
	for _, c := range change {
		c(&settings)
	}
	h = newHouse(t, func(d *Deps) {
		d.OIDC = &settings
		d.Puller = onThisMachine()
	})
	h.server.deps.Address = strings.TrimPrefix(h.http.URL, "http://")
	return h, i
}

// tourist is a browser that is sent from page to page.
type tourist struct {
	*house
	cookies map[string]string
}

func (h *house) tourist() *tourist { return &tourist{h, map[string]string{}} }

// step fetches one page and does not follow where it leads.
func (b *tourist) step(address string) (status int, to string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	if strings.HasPrefix(address, b.http.URL) {
		for name, value := range b.cookies {
			req.AddCookie(&http.Cookie{Name: name, Value: value})
		}
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	for _, c := range res.Cookies() {
		if b.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
			b.t.Errorf("cookie %s", c)
		}
	}
	return res.StatusCode, res.Header.Get("Location")
}

// signIn goes all the way, and ends where the house sends it.
func (b *tourist) signIn(next string) string {
	b.t.Helper()
	return b.back(b.begin(next))
}

// begin goes as far as the address that the issuer sends it back to.
func (b *tourist) begin(next string) string {
	b.t.Helper()
	status, there := b.step(b.http.URL + "/oidc/start?next=" + url.QueryEscape(next))
	if status != http.StatusSeeOther || strings.HasPrefix(there, "/") {
		b.t.Fatalf("sent to %q with %d", there, status)
	}
	_, back := b.step(there)
	if !strings.HasPrefix(back, b.http.URL+"/oidc/callback?") {
		b.t.Fatalf("sent back to %q", back)
	}
	return back
}

func (b *tourist) back(address string) string {
	b.t.Helper()
	status, to := b.step(address)
	if status != http.StatusSeeOther {
		b.t.Errorf("%s: %d", address, status)
	}
	return to
}

// who is signed in; "" nobody.
func (b *tourist) who() string {
	b.t.Helper()
	var header []string
	for name, value := range b.cookies {
		header = append(header, name+"="+value)
	}
	a := b.do("GET", "/api/me", nil, "Cookie", strings.Join(header, "; "))
	p, _ := a.body.(object)["person"].(object)
	if p == nil {
		return ""
	}
	return p["email"].(string)
}

func verified(subject, email string) object {
	return object{"sub": subject, "email": email, "email_verified": true, "name": "田中 美咲", "locale": "ja"}
}

func TestSigningInAtAnIssuer(t *testing.T) {
	t.Parallel()
	h, i := believing(t)
	owner := h.found("misaki@b.example")
	if ways := h.get("/api/me")["ways"].(object); ways["oidc"] != "Hinata ID" {
		t.Errorf("ways %v", ways)
	}
	i.set(func(i *issuer) { i.person = verified("s1", "Misaki@b.example") })
	b := h.tourist()
	if to := b.signIn("/w/x/map?open=ctr"); to != "/w/x/map?open=ctr" || b.who() != "misaki@b.example" {
		t.Fatalf("%q as %q", to, b.who())
	}
	if len(b.cookies) != 1 {
		t.Errorf("cookies stay: %v", b.cookies)
	}
	// Who founded the house is known to be themselves: nothing of theirs ends.
	owner.wants([3]any{"GET /api/workspaces", nil, 200})
	// Opened by another name of this machine, it goes on at the one the issuer knows.
	byName := strings.Replace(h.http.URL, "127.0.0.1", "localhost", 1)
	if _, to := h.tourist().step(byName + "/oidc/start?next=/x"); to != h.http.URL+"/oidc/start?here=1&next=%2Fx" {
		t.Errorf("by another name sent to %q", to)
	}
	if _, to := h.tourist().step(byName + "/oidc/start?here=1"); !strings.HasPrefix(to, i.http.URL) {
		t.Errorf("sent round and round: %q", to)
	}
	// From then on the person is known by the issuer's name for them: addresses change hands.
	i.set(func(i *issuer) { i.person = verified("s1", "misaki.married@b.example") })
	if to := h.tourist().signIn("/"); to != "/" {
		t.Errorf("with another address: %q", to)
	}
	i.set(func(i *issuer) { i.person = verified("s2", "misaki@b.example") })
	if other := h.tourist(); other.signIn("/") != "/signin?problem=taken" || other.who() != "" {
		t.Errorf("somebody else with the address is %q", other.who())
	}
	// "true" in quotes is how some issuers write it; and some tell the address only when asked.
	h.plant("w", smallModel, nil)
	for n, change := range []func(*issuer){
		func(i *issuer) {
			i.person = object{"sub": "s3", "email": "sato@b.example", "email_verified": "true"}
		},
		func(i *issuer) {
			i.person, i.more = object{"sub": "s4"}, object{"sub": "s4", "email": "ito@b.example", "email_verified": true}
		},
	} {
		email := []string{"sato@b.example", "ito@b.example"}[n]
		if _, err := h.db.Users.Create(t.Context(), store.NewUser{Email: email, Name: "x", Locale: "ja"}); err != nil {
			t.Fatal(err)
		}
		i.set(change)
		if b := h.tourist(); b.signIn("/") != "/" || b.who() != email {
			t.Errorf("%s is %q", email, b.who())
		}
	}
	if strings.Contains(h.log.String(), issuerSecret) {
		t.Error("the log holds the client's secret")
	}
}

// Whom the issuer does not vouch for, and whom nobody added, does not come in.
func TestWhoDoesNotComeInAtAnIssuer(t *testing.T) {
	t.Parallel()
	h, i := believing(t, func(o *OIDC) { o.Allow = []string{"b.example", "guest@c.example"} })
	h.found("misaki@b.example")
	for _, email := range []string{"guest@c.example", "other@c.example", "x@sub.b.example"} {
		if _, err := h.db.Users.Create(t.Context(), store.NewUser{Email: email, Name: "x", Locale: "ja"}); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		person object
		to     string
	}{
		"not verified":         {object{"sub": "1", "email": "misaki@b.example", "email_verified": false}, "/signin?problem=unverified"},
		"nothing said of it":   {object{"sub": "1", "email": "misaki@b.example"}, "/signin?problem=unverified"},
		"no address":           {object{"sub": "1", "email_verified": true}, "/signin?problem=unverified"},
		"no address, really":   {verified("1", "Misaki <misaki@b.example>"), "/signin?problem=unverified"},
		"nobody added them":    {verified("1", "nobody@b.example"), "/signin?problem=unknown"},
		"another domain":       {verified("1", "other@c.example"), "/signin?problem=not-allowed"},
		"a domain below":       {verified("1", "x@sub.b.example"), "/signin?problem=not-allowed"},
		"one address of these": {verified("2", "guest@c.example"), "/"},
	} {
		i.set(func(i *issuer) { i.person, i.more = c.person, object{"sub": c.person["sub"]} })
		b := h.tourist()
		if to := b.signIn("/"); to != c.to || (b.who() != "") != (c.to == "/") {
			t.Errorf("%s: sent to %q as %q", name, to, b.who())
		}
	}
	// Who is no longer among those that may come in stays out though known.
	h.server.oidc.Allow = []string{"b.example"}
	i.set(func(i *issuer) { i.person = verified("2", "guest@c.example") })
	if to := h.tourist().signIn("/"); to != "/signin?problem=not-allowed" {
		t.Errorf("sent to %q", to)
	}
}

// Every answer of the issuer that does not hold is refused, and signs nobody in.
func TestAnswersOfAnIssuerThatDoNotHold(t *testing.T) {
	t.Parallel()
	h, i := believing(t)
	h.found("misaki@b.example")
	person := verified("s1", "misaki@b.example")
	strange, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	with := func(key string, value any) func(*issuer) {
		return func(i *issuer) { i.lie = func(claims map[string]any) { claims[key] = value } }
	}
	lies := map[string]func(*issuer){
		"another issuer":       with("iss", "https://evil.example"),
		"for another client":   with("aud", "somebody-else"),
		"for several":          with("aud", []string{issuerClient, "somebody-else"}),
		"for another party":    with("azp", "somebody-else"),
		"over already":         with("exp", testNow.Add(-time.Minute).Unix()),
		"another nonce":        with("nonce", "another"),
		"no nonce":             func(i *issuer) { i.lie = func(claims map[string]any) { delete(claims, "nonce") } },
		"nobody":               with("sub", ""),
		"signed by a stranger": func(i *issuer) { i.sign = func(c map[string]any) string { return signedWith(t, strange, "k", c) } },
		"an unknown key":       func(i *issuer) { i.sign = func(c map[string]any) string { return signedWith(t, strange, "k2", c) } },
		"not signed": func(i *issuer) {
			i.sign = func(c map[string]any) string {
				body, _ := json.Marshal(c)
				return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString(body) + "."
			}
		},
		"changed after signing": func(i *issuer) {
			i.sign = func(c map[string]any) string {
				parts := strings.Split(i.signed(c), ".")
				c["email"] = "else@b.example"
				body, _ := json.Marshal(c)
				return parts[0] + "." + base64.RawURLEncoding.EncodeToString(body) + "." + parts[2]
			}
		},
		"no answer at all": func(i *issuer) { i.sign = func(map[string]any) string { return "" } },
		"told of somebody else": func(i *issuer) {
			i.lie = func(c map[string]any) { delete(c, "email"); delete(c, "email_verified") }
			i.more = object{"sub": "s2", "email": "misaki@b.example", "email_verified": true}
		},
		"without end": func(i *issuer) {
			i.answer = func(w http.ResponseWriter) bool {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(`{"id_token":"` + strings.Repeat("x", 3<<20)))
				return true
			}
		},
		"refused": func(i *issuer) {
			i.answer = func(w http.ResponseWriter) bool { w.WriteHeader(http.StatusBadRequest); return true }
		},
	}
	for name, lie := range lies {
		i.set(func(i *issuer) { i.person = person; lie(i) })
		b := h.tourist()
		if to := b.signIn("/"); to != "/signin?problem=refused" && to != "/signin?problem=unreachable" || b.who() != "" {
			t.Errorf("%s: sent to %q as %q", name, to, b.who())
		}
		*h.now = h.now.Add(time.Minute)
	}
	i.set(func(i *issuer) { i.person = person })
	if b := h.tourist(); b.signIn("/") != "/" {
		t.Error("an honest answer is refused")
	}
}

// Only the browser that began a sign-in ends it, once, and soon.
func TestASignInAtAnIssuerIsOneBrowsers(t *testing.T) {
	t.Parallel()
	h, i := believing(t)
	h.found("misaki@b.example")
	i.set(func(i *issuer) { i.person = verified("s1", "misaki@b.example") })
	expired := func(name, to string) {
		t.Helper()
		if to != "/signin?problem=expired" {
			t.Errorf("%s: %q", name, to)
		}
	}
	// An attacker's code in a victim's browser, which has begun nothing, or something of its own.
	attacker, victim := h.tourist(), h.tourist()
	caught := attacker.begin("/")
	expired("nothing begun", victim.back(caught))
	victim.begin("/")
	expired("begun by itself", victim.back(caught))
	if victim.who() != "" {
		t.Error("signed in as the attacker")
	}
	// The code of a victim is of no use to whoever caught it: it goes with another verifier.
	theirs, err := url.Parse(victim.begin("/"))
	if err != nil {
		t.Fatal(err)
	}
	mine, err := url.Parse(attacker.begin("/"))
	if err != nil {
		t.Fatal(err)
	}
	query := mine.Query()
	query.Set("code", theirs.Query().Get("code"))
	mine.RawQuery = query.Encode()
	if to := attacker.back(mine.String()); to != "/signin?problem=refused" || attacker.who() != "" {
		t.Errorf("with somebody else's code: %q as %q", to, attacker.who())
	}
	// Once.
	b := h.tourist()
	address := b.begin("/")
	if b.back(address) != "/" {
		t.Error("not signed in")
	}
	expired("a second time", b.back(address))
	// Soon.
	slow := h.tourist()
	address = slow.begin("/")
	*h.now = h.now.Add(oidcLife + time.Second)
	expired("too late", slow.back(address))
	// What the issuer says of it.
	for query, problem := range map[string]string{"&error=access_denied": "cancelled", "&error=server_error": "refused", "": "refused"} {
		b := h.tourist()
		begun, err := url.Parse(b.begin("/"))
		if err != nil {
			t.Fatal(err)
		}
		if to := b.back(h.http.URL + "/oidc/callback?state=" + begun.Query().Get("state") + query); to != "/signin?problem="+problem {
			t.Errorf("%q: %q", query, to)
		}
	}
	begun, err := url.Parse(b.begin("/"))
	if err != nil {
		t.Fatal(err)
	}
	other := begun.Query()
	other.Set("iss", "https://evil.example")
	if to := b.back(h.http.URL + "/oidc/callback?" + other.Encode()); to != "/signin?problem=refused" {
		t.Errorf("by another issuer: %q", to)
	}
	// Where it leads afterwards is here.
	for _, next := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", "", "/oidc/start", "/x\r\nSet-Cookie: a=b"} {
		if got := ownPath(next); got != "/" {
			t.Errorf("%q leads to %q", next, got)
		}
	}
	if got := ownPath("/w/a/share/questions?open=1#x"); got != "/w/a/share/questions?open=1#x" {
		t.Errorf("leads to %q", got)
	}
}

// People of domains that the operator names join by themselves, as what the operator says.
func TestJoiningAtAnIssuer(t *testing.T) {
	t.Parallel()
	h, i := believing(t, func(o *OIDC) { o.Allow, o.Join, o.JoinRole = []string{"b.example"}, "ours", access.Viewer })
	h.found("misaki@b.example")
	ours := h.plant("ours", smallModel, nil)
	h.join(ours.ID, "owner@b.example", access.Owner)
	i.set(func(i *issuer) {
		i.person = object{"sub": "n1", "email": "new@b.example", "email_verified": true, "name": "新人 太郎", "locale": "en"}
	})
	b := h.tourist()
	if to := b.signIn("/"); to != "/" || b.who() != "new@b.example" {
		t.Fatalf("%q as %q", to, b.who())
	}
	user, err := h.db.Users.ByEmail(t.Context(), "new@b.example")
	if err != nil || user.Name != "新人 太郎" || user.Locale != "en" || user.ProvenAt.IsZero() || user.InstanceOwner {
		t.Errorf("%+v, %v", user, err)
	}
	if role, err := h.db.Members.Role(t.Context(), ours.ID, user.ID); err != nil || role != "viewer" {
		t.Errorf("role %q, %v", role, err)
	}
	i.set(func(i *issuer) { i.person = verified("n2", "stranger@c.example") })
	if to := h.tourist().signIn("/"); to != "/signin?problem=not-allowed" {
		t.Errorf("a stranger: %q", to)
	}
}

// An account somebody else made in advance for an address becomes its person's, alone.
func TestAnIssuerProvesWhoseAnAccountIs(t *testing.T) {
	t.Parallel()
	h, i := believing(t)
	h.found("misaki@b.example")
	w := h.plant("w", smallModel, nil)
	h.join(w.ID, "owner@b.example", access.Owner)
	squatter := h.join(w.ID, "victim@b.example", access.Viewer)
	i.set(func(i *issuer) { i.person = verified("v", "victim@b.example") })
	if b := h.tourist(); b.signIn("/") != "/" || b.who() != "victim@b.example" {
		t.Errorf("as %q", b.who())
	}
	squatter.wants([3]any{"GET /api/workspaces", nil, 401}, [3]any{"POST /api/sign-in", object{"email": "victim@b.example", "password": housePassword}, 400})
}

// The house starts and goes on where the issuer does not answer, and finds it later; and it
// reaches no address the operator has not allowed.
func TestAnIssuerThatIsNotThere(t *testing.T) {
	t.Parallel()
	h, i := believing(t)
	h.found("misaki@b.example")
	real := h.server.oidc.Issuer
	h.server.oidc.Issuer = "http://127.0.0.1:1"
	b := h.tourist()
	if _, to := b.step(h.http.URL + "/oidc/start"); to != "/signin?problem=unreachable" {
		t.Errorf("sent to %q", to)
	}
	h.server.oidc.Issuer = real
	i.set(func(i *issuer) { i.person = verified("s1", "misaki@b.example") })
	if to := b.signIn("/"); to != "/" {
		t.Errorf("sent to %q", to)
	}
	guarded := newHouse(t, func(d *Deps) { d.OIDC = &OIDC{Issuer: i.http.URL, ClientID: "c"} })
	guarded.server.deps.Address = strings.TrimPrefix(guarded.http.URL, "http://")
	if _, to := guarded.tourist().step(guarded.http.URL + "/oidc/start"); to != "/signin?problem=unreachable" || !strings.Contains(guarded.log.String(), "may not be reached") {
		t.Errorf("an address inside is reached: %q", to)
	}
	without := newHouse(t)
	if status, _ := without.tourist().step(without.http.URL + "/oidc/callback?state=x&code=y"); status != 200 { // a page of the screens, like any other
		t.Errorf("status %d", status)
	}
	for range addressTries + 1 {
		if _, to := b.step(h.http.URL + "/oidc/callback"); to == "/signin?problem=busy" {
			return
		}
	}
	t.Error("one address may try as often as it likes")
}

func TestIssuerSettings(t *testing.T) {
	t.Parallel()
	good := OIDC{Issuer: "https://id.example", ClientID: "c"}
	if err := good.Check(); err != nil || good.shown() != "id.example" {
		t.Errorf("%v, shown as %q", err, good.shown())
	}
	for name, change := range map[string]func(*OIDC){
		"no issuer":            func(o *OIDC) { o.Issuer = "id.example" },
		"in the clear":         func(o *OIDC) { o.Issuer = "http://id.example" },
		"with a password":      func(o *OIDC) { o.Issuer = "https://u:p@id.example" },
		"no client":            func(o *OIDC) { o.ClientID = "" },
		"no domain":            func(o *OIDC) { o.Allow = []string{"example"} },
		"every domain":         func(o *OIDC) { o.Allow = []string{"*"} },
		"everybody joins":      func(o *OIDC) { o.Join, o.JoinRole = "w", access.Viewer },
		"joining as owner":     func(o *OIDC) { o.Allow, o.Join, o.JoinRole = []string{"a.example"}, "w", access.Owner },
		"joining as something": func(o *OIDC) { o.Allow, o.Join, o.JoinRole = []string{"a.example"}, "w", "king" },
	} {
		bad := good
		change(&bad)
		if err := bad.Check(); err == nil || words.In(err, words.EN) == words.In(err, words.JA) {
			t.Errorf("%s: %v", name, err)
		}
	}
	allow := OIDC{Allow: []string{"@B.example", "one@c.example"}}
	for email, want := range map[string]bool{"a@b.example": true, "A@B.EXAMPLE": true, "one@c.example": true, "two@c.example": false, "a@x.b.example": false, "a@b.example.evil.example": false, "": false} {
		if allow.allows(email) != want {
			t.Errorf("%s: %v", email, !want)
		}
	}
}
