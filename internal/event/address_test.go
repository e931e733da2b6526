package event

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAddresses(t *testing.T) {
	cases := []struct {
		raw               string
		host, path, query string
		campaign          Campaign
		click             string
	}{
		{raw: ""},
		{raw: "   "},
		{raw: "https://example.jp", host: "example.jp", path: "/"},
		{raw: "https://Example.JP/", host: "example.jp", path: "/"},
		{raw: "//example.jp/a", host: "example.jp", path: "/a"},
		{raw: "/contact?x=1", path: "/contact", query: "x=1"},
		{raw: "https://user:secret@example.jp:8443/a", host: "example.jp", path: "/a"},
		{raw: "http://[::1]:8080/a", host: "[::1]", path: "/a"},
		{raw: "http://[::1/a", path: "/a"},
		{raw: "https://example.jp./a", host: "example.jp", path: "/a"},
		{raw: "about:blank"},
		{raw: "data:text/html,hello"},
		{raw: "javascript://x/a", host: "x", path: "/a"},
		{raw: "file:///C:/Users/me/index.html", path: "/C:/Users/me/index.html"},
		{raw: "https://exa mple.jp/a", path: "/a"},
		{raw: "https://example.jp/%E6%96%99%E9%87%91", host: "example.jp", path: "/料金"},
		{raw: "https://example.jp/料金", host: "example.jp", path: "/料金"},
		{raw: "https://example.jp/%zz", host: "example.jp", path: "/%zz"},
		{raw: "https://example.jp/%ff%00", host: "example.jp", path: "/\uFFFD"},
		{raw: "https://example.jp/a#top", host: "example.jp", path: "/a"},
		{raw: "https://example.jp/#/cart?coupon=1", host: "example.jp", path: "/#/cart"},
		{raw: "https://example.jp/app#!/cart", host: "example.jp", path: "/app#!/cart"},
		{raw: "https://example.jp/?utm_source=x&utm_medium=social&utm_campaign=%E7%A7%8B&utm_term=a+b&utm_content=%22c%22", host: "example.jp", path: "/",
			campaign: Campaign{"x", "social", "秋", "a b", `"c"`}},
		{raw: "https://example.jp/?UTM_Source=Newsletter&utm_medium=", host: "example.jp", path: "/", campaign: Campaign{Source: "Newsletter"}},
		{raw: "https://example.jp/?gclid=Cj0&q=1&_ga=2.1&fbclid=IwAR", host: "example.jp", path: "/", query: "q=1", click: "gclid"},
		{raw: "https://example.jp/?yclid=YSS.1", host: "example.jp", path: "/", click: "yclid"},
		{raw: "https://example.jp/?ldtag_cl=abc", host: "example.jp", path: "/", click: "ldtag_cl"},
		{raw: "https://example.jp/?gclid=&msclkid=1", host: "example.jp", path: "/", click: "msclkid"},
		{raw: "https://example.jp/?q=%E6%96%99+%E9%87%91&page=2", host: "example.jp", path: "/", query: "q=料 金&page=2"},
		{raw: "https://example.jp/?a=1&email=me%40example.jp&token=s&b=2&Password=x", host: "example.jp", path: "/", query: "a=1&b=2"},
		{raw: "https://example.jp/?&&=&a", host: "example.jp", path: "/", query: "=&a"},
		{raw: "https://example.jp/?utm_source=%zz", host: "example.jp", path: "/", campaign: Campaign{Source: "%zz"}},
		{raw: "android-app://com.google.android.gm/", host: "com.google.android.gm", path: "/"},
	}
	for _, c := range cases {
		got := ParseAddress(c.raw)
		want := Address{c.host, c.path, c.query, c.campaign, c.click}
		if got != want {
			t.Errorf("%s\n got %+v\nwant %+v", c.raw, got, want)
		}
	}
}

func TestEveryClickIDIsFoundAndItsValueForgotten(t *testing.T) {
	for _, id := range ClickIDs {
		a := ParseAddress("https://example.jp/?" + strings.ToUpper(id.Parameter) + "=SECRET&" + id.Parameter + "=SECRET")
		if a.ClickID != id.Parameter || a.Query != "" {
			t.Errorf("%s: %+v", id.Parameter, a)
		}
	}
}

func TestLongAddressesAreCut(t *testing.T) {
	a := ParseAddress("https://example.jp/" + strings.Repeat("あ", 1000) + "?q=" + strings.Repeat("x", 400) + "&r=" + strings.Repeat("y", 400))
	if len(a.Path) > maxPath || !utf8.ValidString(a.Path) || len(a.Query) > maxQuery || !strings.HasPrefix(a.Query, "q=x") {
		t.Errorf("%d bytes of path, %d of query", len(a.Path), len(a.Query))
	}
	if a := ParseAddress("https://" + strings.Repeat("x", 300) + "/"); a.Host != "" {
		t.Errorf("host %q", a.Host)
	}
}

func TestReferrers(t *testing.T) {
	own := []string{"example-group.jp"}
	cases := []struct{ raw, site, host, path string }{
		{"", "example.jp", "", ""},
		{"https://www.google.com/", "example.jp", "www.google.com", "/"},
		{"https://search.yahoo.co.jp/search?p=secret", "example.jp", "search.yahoo.co.jp", "/search"},
		{"https://example.jp/a", "example.jp", "", ""},
		{"https://www.example.jp/a", "example.jp", "", ""},
		{"https://example.jp/a", "www.example.jp", "", ""},
		{"https://shop.example.jp/a", "example.jp", "", ""},
		{"https://example.jp/a", "shop.example.jp", "", ""},
		{"https://badexample.jp/a", "example.jp", "badexample.jp", "/a"},
		{"https://blog.example-group.jp/", "example.jp", "", ""}, // one of our own
		{"https://note.com/someone", "someone.note.com", "note.com", "/someone"},
		{"https://a.github.io/", "b.github.io", "a.github.io", "/"},
		{"https://jp/", "example.jp", "jp", "/"},
		{"https://www.paypal.com/checkout", "example.jp", "", ""},
		{"https://checkout.stripe.com/c/pay", "example.jp", "", ""},
		{"https://accounts.google.com/", "example.jp", "", ""},
		{"https://access.line.me/oauth2", "example.jp", "", ""},
		{"https://example.auth0.com/u/login", "example.jp", "", ""},
		{"https://notpaypal.com/", "example.jp", "notpaypal.com", "/"},
		{"android-app://com.google.android.gm/", "example.jp", "com.google.android.gm", "/"},
		{"https://t.co/AbC", "", "t.co", "/AbC"},
		{"garbage", "example.jp", "", ""},
	}
	for _, c := range cases {
		host, path := Referrer(c.raw, c.site, own)
		if host != c.host || path != c.path {
			t.Errorf("%s on %s: %q %q, want %q %q", c.raw, c.site, host, path, c.host, c.path)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("https://example.jp/%E6%96%99?utm_source=x&gclid=1#/a", "example.jp")
	f.Add("//[::1]:80/%zz?%=%&&utm_term=+%2b", "")
	f.Fuzz(func(t *testing.T, raw, site string) {
		raw, site = strings.ToValidUTF8(raw, "?"), strings.ToValidUTF8(site, "?")
		a := ParseAddress(printable(raw))
		host, path := Referrer(printable(raw), site, []string{"", site})
		for _, text := range []string{a.Host, a.Path, a.Query, a.Campaign.Source, a.Campaign.Term, host, path} {
			if !utf8.ValidString(text) || len(text) > maxPath || strings.ContainsRune(text, 0) {
				t.Fatalf("%q", text)
			}
		}
		if strings.Contains(strings.ToLower(a.Query), "gclid=") {
			t.Fatalf("a click id stays: %q", a.Query)
		}
	})
}
