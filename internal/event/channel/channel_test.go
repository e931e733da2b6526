package channel_test

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event/channel"
	"github.com/shirube/shirube/internal/words"
)

// in reads "source/medium/campaign click referrer"; - stands for nothing.
func in(t *testing.T, text string) channel.Inputs {
	t.Helper()
	f := strings.Split(text, " ")
	if len(f) != 5 {
		t.Fatalf("%q has %d parts", text, len(f))
	}
	for i := range f {
		f[i] = strings.ReplaceAll(strings.TrimPrefix(f[i], "-"), "_", " ")
	}
	return channel.Inputs{Source: f[0], Medium: f[1], Campaign: f[2], ClickID: strings.ReplaceAll(f[3], " ", "_"), ReferrerHost: f[4]}
}

// TestDefaultRules: source, medium, campaign, click id, referrer → channel.
func TestDefaultRules(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]channel.ID{
		"- - - - -":                                       channel.Direct,
		"(direct) (none) - - -":                           channel.Direct,
		"- - - - www.google.co.jp":                        channel.Search,
		"- - - - www.google.com":                          channel.Search,
		"- - - - google.com.au":                           channel.Search,
		"- - - - search.yahoo.co.jp":                      channel.Search,
		"- - - - www.yahoo.co.jp":                         channel.Search,
		"- - - - www.bing.com":                            channel.Search,
		"- - - - duckduckgo.com":                          channel.Search,
		"- - - - yandex.ru":                               channel.Search,
		"- - - - service.smt.docomo.ne.jp":                channel.Search,
		"google organic - - -":                            channel.Search,
		"unknown organic - - -":                           channel.Search,
		"google cpc 指名 - -":                               channel.PaidSearch,
		"google ppc - - www.google.com":                   channel.PaidSearch,
		"yahoo cpc - - -":                                 channel.PaidSearch,
		"- - - gclid www.google.com":                      channel.PaidSearch,
		"- - - gclid -":                                   channel.PaidSearch,
		"- - - yclid search.yahoo.co.jp":                  channel.PaidSearch,
		"- - - msclkid -":                                 channel.PaidSearch,
		"- - - wbraid -":                                  channel.PaidSearch,
		"google listing - - -":                            channel.PaidSearch,
		"- - - - l.instagram.com":                         channel.Social,
		"instagram social recruit - l.instagram.com":      channel.Social,
		"ig social - - -":                                 channel.Social,
		"- - - - t.co":                                    channel.Social,
		"x social - - t.co":                               channel.Social,
		"twitter - - - -":                                 channel.Social,
		"- - - fbclid l.facebook.com":                     channel.Social,
		"- - - fbclid -":                                  channel.Social,
		"- - - - www.tiktok.com":                          channel.Social,
		"- - - - note.com":                                channel.Social,
		"- - - - b.hatena.ne.jp":                          channel.Social,
		"- - - - tech.hatenablog.com":                     channel.Social,
		"- - - - qiita.com":                               channel.Social,
		"- - - - ameblo.jp":                               channel.Social,
		"- - - - www.linkedin.com":                        channel.Social,
		"- - - - jp.pinterest.com":                        channel.Social,
		"- - - - www.pinterest.jp":                        channel.Social,
		"influencer sns - - -":                            channel.Social,
		"hanako social-media - - -":                       channel.Social,
		"facebook cpc - fbclid -":                         channel.PaidSocial,
		"instagram paid_social - - -":                     channel.PaidSocial,
		"meta paid - - -":                                 channel.PaidSocial,
		"- - - ttclid www.tiktok.com":                     channel.PaidSocial,
		"- - - twclid t.co":                               channel.PaidSocial,
		"- - - ldtag_cl -":                                channel.PaidSocial,
		"line cpc - - -":                                  channel.PaidSocial,
		"- - - - www.youtube.com":                         channel.Video,
		"youtube video - - -":                             channel.Video,
		"unknown video-post - - -":                        channel.Video,
		"- - - - www.nicovideo.jp":                        channel.Video,
		"youtube cpv - - -":                               channel.PaidVideo,
		"- - - - chatgpt.com":                             channel.Assistant,
		"chatgpt.com - - - -":                             channel.Assistant,
		"- - - - www.perplexity.ai":                       channel.Assistant,
		"- - - - gemini.google.com":                       channel.Assistant,
		"- - - - claude.ai":                               channel.Assistant,
		"- - - - copilot.microsoft.com":                   channel.Assistant,
		"- - - - liff.line.me":                            channel.Message,
		"line line 9月配信 - -":                              channel.Message,
		"crm sms - - -":                                   channel.Message,
		"app webpush - - -":                               channel.Message,
		"- - - - app.slack.com":                           channel.Message,
		"- - - - www.chatwork.com":                        channel.Message,
		"mail email - - -":                                channel.Email,
		"salesforce メルマガ 9月 - -":                          channel.Email,
		"newsletter - - - -":                              channel.Email,
		"- - - - mail.google.com":                         channel.Email,
		"- - - - outlook.live.com":                        channel.Email,
		"- - - - mail.yahoo.co.jp":                        channel.Email,
		"a8 affiliate - - -":                              channel.Affiliate,
		"- - - - px.a8.net":                               channel.Affiliate,
		"partner アフィリエイト - - -":                           channel.Affiliate,
		"- - - - item.rakuten.co.jp":                      channel.Shopping,
		"- - - - www.amazon.co.jp":                        channel.Shopping,
		"- - - - store.shopping.yahoo.co.jp":              channel.Shopping,
		"google cpc summer-shopping - -":                  channel.PaidShopping,
		"amazon cpc - - -":                                channel.PaidShopping,
		"criteo display - - -":                            channel.Display,
		"smartnews cpm - - -":                             channel.Display,
		"yahoo banner - - -":                              channel.Display,
		"criteo retargeting - - -":                        channel.PaidOther,
		"taboola cpc - - -":                               channel.PaidOther,
		"google cross-network Cross-network_pmax gclid -": channel.CrossNetwork,
		"- - - - prtimes.jp":                              channel.News,
		"- - - - news.yahoo.co.jp":                        channel.News,
		"- - - - www.smartnews.com":                       channel.News,
		"prtimes press - - -":                             channel.News,
		"expo2026 展示会 - - -":                              channel.Offline,
		"leaflet qr - - -":                                channel.Offline,
		"voicy podcast - - -":                             channel.Audio,
		"- - - - partner.example.co.jp":                   channel.Referral,
		"partner referral - - -":                          channel.Referral,
		"- - - - notgoogle.example":                       channel.Referral,
		"- - - - google.evil-example.com":                 channel.Referral,
		"partner something - - -":                         channel.Other,
	} {
		if got := channel.Classify(channel.Default, in(t, text)); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"l.instagram.com": "Instagram", "IG": "Instagram", "www.google.co.jp": "Google 検索", "search.yahoo.co.jp": "Yahoo!検索",
		"news.yahoo.co.jp": "Yahoo!ニュース", "mail.google.com": "Gmail", "twitter": "X(旧Twitter)", "m.youtube.com": "YouTube", "unknown.example": "", "": "",
	} {
		got, ok := channel.Find(text)
		if got.Name.JA != want || ok != (want != "") {
			t.Errorf("%q: got %q", text, got.Name.JA)
		}
	}
}

func TestOwnRules(t *testing.T) {
	t.Parallel()
	partners := words.T("代理店", "Partners")
	rules := append(channel.Rules{{Channel: "partners", Name: &partners, When: []channel.Condition{{On: "source", Op: "starts", Values: []string{"Partner-"}}, {On: "medium", Op: "not", Values: []string{"email"}}}}}, channel.Default...)
	if err := rules.Check(); err != nil {
		t.Fatal(err)
	}
	if got := channel.Classify(rules, channel.Inputs{Source: "partner-a", Medium: "web"}); got != "partners" {
		t.Errorf("got %s", got)
	}
	if got := channel.Classify(rules, channel.Inputs{Source: "partner-a", Medium: "email"}); got != channel.Email {
		t.Errorf("got %s", got)
	}
	if got := rules.Name("partners").JA; got != "代理店" {
		t.Errorf("got %q", got)
	}
	if id, ok := rules.Named("sns"); !ok || id != channel.Social {
		t.Errorf("got %q", id)
	}
	if id, ok := rules.Named("代理店"); !ok || id != "partners" {
		t.Errorf("got %q", id)
	}
	if rules.Key() == channel.Default.Key() {
		t.Error("other rules, the same key")
	}
	for what, bad := range map[string]channel.Rules{
		"no conditions":   {{Channel: channel.Social}},
		"no channel":      {{When: []channel.Condition{{On: "source", Op: "is", Values: []string{"x"}}}}},
		"unnamed channel": {{Channel: "mine", When: []channel.Condition{{On: "source", Op: "is", Values: []string{"x"}}}}},
		"unknown field":   {{Channel: channel.Social, When: []channel.Condition{{On: "colour", Op: "is", Values: []string{"x"}}}}},
		"unknown op":      {{Channel: channel.Social, When: []channel.Condition{{On: "source", Op: "like", Values: []string{"x"}}}}},
		"no values":       {{Channel: channel.Social, When: []channel.Condition{{On: "source", Op: "is"}}}},
		"too many":        make(channel.Rules, 201),
	} {
		if bad.Check() == nil {
			t.Errorf("%s: no problem", what)
		}
	}
}

func TestEveryChannelHasAName(t *testing.T) {
	t.Parallel()
	for _, id := range channel.Default.Channels() {
		if name := channel.Default.Name(id); name.JA == "" || name.EN == "" || name.JA == string(id) {
			t.Errorf("%s: %+v", id, name)
		}
	}
	if err := channel.Default.Check(); err != nil {
		t.Error(err)
	}
}

func BenchmarkClassify(b *testing.B) {
	for b.Loop() {
		channel.Classify(channel.Default, channel.Inputs{Source: "instagram", Medium: "social", ReferrerHost: "l.instagram.com"})
	}
}
