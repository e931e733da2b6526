package law

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/words"
)

func TestDuties(t *testing.T) {
	if len(Duties) != 20 {
		t.Fatal(len(Duties))
	}
	for n, d := range Duties {
		if d.Number != n+1 || d.Name.EN == "" || d.Article.JA == "" || d.Article.EN == "" || d.Does.EN == "" || !d.Stops && !d.Keeps {
			t.Errorf("%+v", d)
		}
	}
	seen := map[string]bool{}
	for number, list := range deeds {
		for _, deed := range list {
			if found, ok := OfDeed(deed); !ok || found.Number != number || seen[deed] {
				t.Errorf("%s: %v", deed, found.Number)
			}
			seen[deed] = true
		}
	}
	if _, ok := OfDeed("get-map"); ok {
		t.Error("looking at the map is asked for by a law")
	}
}

func TestRecipients(t *testing.T) {
	fine := Recipient{Name: "株式会社くらげ", Hosts: []string{"hooks.example.com"}, Role: Processor, Country: "JP", Data: "氏名とメールアドレス", Purpose: "商談の記録"}
	for _, c := range []struct {
		name   string
		change func(*Recipient)
		field  string
		says   string
	}{
		{"whole", func(*Recipient) {}, "", ""},
		{"nobody", func(r *Recipient) { r.Name = " " }, "name", "27条"},
		{"nothing", func(r *Recipient) { r.Data = "" }, "data", "27条"},
		{"for nothing", func(r *Recipient) { r.Purpose = "" }, "purpose", "27条"},
		{"as nothing", func(r *Recipient) { r.Role = "friend" }, "role", "27条"},
		{"a third party without a ground", func(r *Recipient) { r.Role = ThirdParty }, "ground", "27条"},
		{"a third party by consent", func(r *Recipient) { r.Role, r.Ground = ThirdParty, Consent }, "", ""},
		{"measures are no ground at home", func(r *Recipient) { r.Role, r.Ground = ThirdParty, Equivalent }, "ground", "27条"},
		{"abroad without a ground", func(r *Recipient) { r.Country = "US" }, "abroad", "28条"},
		{"abroad by its measures", func(r *Recipient) { r.Country, r.Abroad = "US", Equivalent }, "", ""},
		{"our own abroad", func(r *Recipient) { r.Country, r.Role = "DE", Own }, "", ""},
		{"a law is no ground abroad", func(r *Recipient) { r.Country, r.Abroad = "US", Statute }, "abroad", "28条"},
		{"received without a word", func(r *Recipient) { r.Receives = true }, "sure", "31条"},
		{"received with too few", func(r *Recipient) { r.Receives, r.Sure = true, " はい " }, "sure", "31条"},
		{"received with words", func(r *Recipient) { r.Receives, r.Sure = true, "契約書第5条で同意の取得を保証" }, "", ""},
		{"an address for a host", func(r *Recipient) { r.Hosts = []string{"https://x.jp/"} }, "hosts", "ホスト"},
	} {
		r := fine
		c.change(&r)
		problems := r.Missing()
		switch {
		case c.field == "" && len(problems) > 0:
			t.Errorf("%s: %v", c.name, problems)
		case c.field != "" && (len(problems) != 1 || problems[0].At.File != c.field || !strings.Contains(problems[0].What.In(words.JA), c.says) || problems[0].What.EN == ""):
			t.Errorf("%s: %v", c.name, problems)
		}
	}
	for host, theirs := range map[string]bool{"hooks.example.com": true, "HOOKS.example.com.": true, "a.hooks.example.com": true, "example.com": false, "evilhooks.example.com": false, "": false} {
		if fine.At(host) != theirs {
			t.Error(host)
		}
	}
}

func TestTags(t *testing.T) {
	fine := Tag{Name: "計測サービス", Recipient: "株式会社くらげ", Sends: "見たページのアドレス、Cookie の番号", Purpose: "広告の効果を測るため", Theirs: "自社のサービスを良くするため", Policy: "https://example.com/policy"}
	if problems := fine.Missing(); problems != nil {
		t.Fatal(problems)
	}
	for name, change := range map[string]func(*Tag){
		"name": func(g *Tag) { g.Name = "" }, "recipient": func(g *Tag) { g.Recipient = " " }, "sends": func(g *Tag) { g.Sends = "Cookie の番号等" },
		"purpose": func(g *Tag) { g.Purpose = "広告の配信など。" }, "theirs": func(g *Tag) { g.Theirs = "analytics, etc." },
	} {
		g := fine
		change(&g)
		if problems := g.Missing(); len(problems) != 1 || problems[0].At.File != name || !strings.Contains(problems[0].What.JA, "22条の2の29") {
			t.Errorf("%s: %v", name, problems)
		}
	}
	for name, change := range map[string]func(*Tag){"policy": func(g *Tag) { g.Policy = "http://x.jp" }, "opt_out": func(g *Tag) { g.OptOut = "https://x.jp/\"><script>" }} {
		g := fine
		change(&g)
		if problems := g.Missing(); len(problems) != 1 || problems[0].At.File != name {
			t.Errorf("%s: %v", name, problems)
		}
	}
	// A word that only looks like it is none.
	g := fine
	g.Sends = "等級と、平等に数えた回数"
	if problems := g.Missing(); problems != nil {
		t.Error(problems)
	}
}
