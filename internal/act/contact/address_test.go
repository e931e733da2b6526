package contact_test

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/words"
)

func TestAddresses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]contact.Address{
		"tanaka@example.co.jp":                  {Written: "tanaka@example.co.jp", Key: "tanaka@example.co.jp", Domain: "example.co.jp"},
		" Misaki.Tanaka@Example.CO.jp\n":        {Written: "Misaki.Tanaka@example.co.jp", Key: "misaki.tanaka@example.co.jp", Domain: "example.co.jp"},
		"ｔａｎａｋａ＠ｅｘａｍｐｌｅ．ｊｐ":                     {Written: "tanaka@example.jp", Key: "tanaka@example.jp", Domain: "example.jp"},
		"田中 美咲 <tanaka@example.jp>":             {Written: "tanaka@example.jp", Key: "tanaka@example.jp", Domain: "example.jp"},
		"mailto:tanaka%40example.jp?subject=x":  {Written: "tanaka@example.jp", Key: "tanaka@example.jp", Domain: "example.jp"},
		"\uFEFFa+b@例え.テスト":                      {Written: "a+b@xn--r8jz45g.xn--zckzah", Key: "a+b@xn--r8jz45g.xn--zckzah", Domain: "xn--r8jz45g.xn--zckzah"},
		"info@example.jp":                       {Written: "info@example.jp", Key: "info@example.jp", Domain: "example.jp", Role: true},
		"sales-2@example.jp":                    {Written: "sales-2@example.jp", Key: "sales-2@example.jp", Domain: "example.jp", Role: true},
		"x@sub.mailinator.com":                  {Written: "x@sub.mailinator.com", Key: "x@sub.mailinator.com", Domain: "sub.mailinator.com", Disposable: true},
		"a..b.@docomo.ne.jp":                    {Written: "a..b.@docomo.ne.jp", Key: "a..b.@docomo.ne.jp", Domain: "docomo.ne.jp", Free: true},
		"x@gmial.com":                           {Written: "x@gmial.com", Key: "x@gmial.com", Domain: "gmial.com", Meant: "x@gmail.com"},
		"o'hara@münchen.de.":                    {Written: "o'hara@xn--mnchen-3ya.de", Key: "o'hara@xn--mnchen-3ya.de", Domain: "xn--mnchen-3ya.de"},
		strings.Repeat("a", 64) + "@example.jp": {Written: strings.Repeat("a", 64) + "@example.jp", Key: strings.Repeat("a", 64) + "@example.jp", Domain: "example.jp"},
	} {
		got, err := contact.ParseAddress(in)
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v; want %+v", in, got, err, want)
		}
	}
	if a, _ := contact.ParseAddress("a..b.@docomo.ne.jp"); a.Quoted() != `"a..b."@docomo.ne.jp` {
		t.Errorf("in the envelope: %s", a.Quoted())
	}
	for in, part := range map[string]string{
		"": "空です", "   ": "空です", "tanaka": "「@」がありません", "@example.jp": "前がありません", "tanaka@": "あとがありません",
		"a@b@c.jp": "2つ以上", "a@x.jp,b@x.jp": "2つ以上", "a@localhost": "「.」がありません", "a@127.0.0.1": "ドメイン名として",
		"a@[127.0.0.1]": "IPアドレス", "田中@example.jp": "「田」は使えません", "a b@example.jp": "空白", "a..b@example.jp": "「.」の位置",
		"a.@example.jp": "「.」の位置", "a@-x.jp": "ドメイン名として", "a@x_y.jp": "ドメイン名として", "a@x..jp": "ドメイン名として",
		"a@x.jp\r\nBcc: b@y.jp": "制御文字", "a\x00@x.jp": "制御文字", "a@x.jp\xff": "読めない文字", `"a"@x.jp`: "使えません",
		strings.Repeat("a", 65) + "@example.jp": "長すぎます", "a@" + strings.Repeat("x.", 200) + "jp": "ドメイン名として", strings.Repeat("a", 5000): "長すぎます",
	} {
		_, err := contact.ParseAddress(in)
		if err == nil || !strings.Contains(words.In(err, words.JA), part) || words.In(err, words.EN) == words.In(err, words.JA) {
			t.Errorf("%.40q: %v, want %q", in, err, part)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{"tanaka@example.co.jp", "田中 <tanaka@example.jp>", "mailto:a@b.jp", "a..b.@docomo.ne.jp", "a@例え.テスト", "a@x.jp\r\nBcc: b@y.jp"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := contact.ParseAddress(text)
		if err != nil {
			return
		}
		// What is written into a header may hold nothing that ends it, and what was read
		// reads the same again.
		if strings.ContainsAny(a.Written, "\r\n\x00<>,; ") || strings.Count(a.Written, "@") != 1 {
			t.Fatalf("%q became %q", text, a.Written)
		}
		again, err := contact.ParseAddress(a.Written)
		if err != nil || again != a {
			t.Fatalf("%q → %+v → %+v, %v", text, a, again, err)
		}
	})
}

func TestCompanies(t *testing.T) {
	t.Parallel()
	same := [][2]string{{"a@tokyo.example.co.jp", "b@example.co.jp"}, {"a@example.com", "b@mail.example.com"}}
	for _, pair := range same {
		if contact.CompanyOf(pair[0], "").ID != contact.CompanyOf(pair[1], "X").ID {
			t.Errorf("%v are two companies", pair)
		}
	}
	if contact.CompanyOf("a@gmail.com", "株式会社 東海精機").ID != contact.CompanyOf("b@docomo.ne.jp", "東海精機㈱").ID {
		t.Error("one company by two ways of writing it")
	}
	for _, nobody := range []string{"a@gmail.com", "a@mailinator.com", "", "a@co.jp"} {
		if got := contact.CompanyOf(nobody, ""); got.ID != "" {
			t.Errorf("%q works for %+v", nobody, got)
		}
	}
	if contact.CompanyOf("a@example.co.jp", "").ID == contact.CompanyOf("a@example.jp", "").ID {
		t.Error("two domains are one company")
	}
}
