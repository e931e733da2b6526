package track

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var key = []byte("0123456789abcdef0123456789abcdef")

func keys(string) ([]byte, error) { return key, nil }

// What was signed comes back; changed anywhere it does not.
func TestTokens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 40, 150)
		want := Token{
			Kind: rapid.SampledFrom([]byte{Unsubscribe, Preferences, Open, Click, Honey}).Draw(t, "kind"), Workspace: text.Draw(t, "ws"), Contact: text.Draw(t, "contact"),
			Cause: text.Draw(t, "cause"), Topic: text.Draw(t, "topic"), Mail: text.Draw(t, "mail"), SentAt: rapid.Int64Range(0, 1<<50).Draw(t, "at"),
			Link: rapid.IntRange(0, 1000).Draw(t, "link"), Links: rapid.IntRange(0, 1000).Draw(t, "links"),
		}
		to := text.Draw(t, "to")
		signed := Sign(key, want, to)
		if len(signed) > maxToken {
			return
		}
		got, err := Read(signed, to, keys)
		if err != nil || got != want {
			t.Fatalf("%+v %v, want %+v", got, err, want)
		}
		if _, err := Read(signed, to+"x", keys); err == nil {
			t.Fatal("leads elsewhere")
		}
		at := rapid.IntRange(0, len(signed)-1).Draw(t, "place")
		changed := []byte(signed)
		changed[at] ^= 1
		if _, err := Read(string(changed), to, keys); err == nil {
			t.Fatal("a changed token is taken")
		}
		if _, err := Read(signed, to, func(string) ([]byte, error) { return []byte("another key"), nil }); err == nil {
			t.Fatal("another's token is taken")
		}
	})
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	a := Addresses{Base: "https://m.example.jp", Key: key, Token: Token{Workspace: "w", Contact: "c", Links: 3}, Count: true}
	link := a.Link(2, "https://example.jp/?a=1&b=日本")
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(strings.TrimPrefix(u.Path, "/c/"), u.Query().Get("to"), keys)
	if err != nil || got.Link != 2 || got.Kind != Click || got.Links != 3 {
		t.Errorf("%+v %v", got, err)
	}
	if a.Link(0, "tel:03") != "tel:03" {
		t.Error("a telephone number is counted")
	}
	a.Count = false
	if a.Pixel() != "" || a.Honey() != "" || a.Link(0, "https://x.jp/") != "https://x.jp/" {
		t.Error("counted without being asked to")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(Sign(key, Token{Kind: Click, Workspace: "w"}, "https://x.jp/"), "https://x.jp/")
	f.Fuzz(func(t *testing.T, text, to string) {
		token, err := Read(text, to, keys)
		if err == nil && Sign(key, token, to) != text {
			t.Fatalf("%q is a second name of %+v", text, token)
		}
	})
}
