package event

import "testing"

func TestAgents(t *testing.T) {
	const webkit = " AppleWebKit/537.36 (KHTML, like Gecko) "
	cases := []struct {
		ua   string
		want Agent
	}{
		{"", Agent{}},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64)" + webkit + "Chrome/142.0.0.0 Safari/537.36", Agent{"desktop", "Chrome", "Windows", ""}},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64)" + webkit + "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", Agent{"desktop", "Edge", "Windows", ""}},
		{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", Agent{"desktop", "Safari", "macOS", ""}},
		{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0", Agent{"desktop", "Firefox", "macOS", ""}},
		{"Mozilla/5.0 (X11; Linux x86_64)" + webkit + "Chrome/142.0.0.0 Safari/537.36", Agent{"desktop", "Chrome", "Linux", ""}},
		{"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)" + webkit + "Chrome/142.0.0.0 Safari/537.36", Agent{"desktop", "Chrome", "ChromeOS", ""}},
		{"Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", Agent{"desktop", "Internet Explorer", "Windows", ""}},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", Agent{"mobile", "Safari", "iOS", ""}},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0 Mobile/15E148 Safari/604.1", Agent{"mobile", "Chrome", "iOS", ""}},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.19.0", Agent{"mobile", "LINE", "iOS", ""}},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 358.0.0.34.99 (iPhone14,5; iOS 18_1; ja_JP; ja; scale=3.00; 1170x2532)", Agent{"mobile", "Instagram", "iOS", ""}},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 [FBAN/FBIOS;FBAV/490.0.0.31.108]", Agent{"mobile", "Facebook", "iOS", ""}},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 YJApp-IOS jp.co.yahoo.ipn.appli/4.150.0", Agent{"mobile", "Yahoo! JAPAN", "iOS", ""}},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Twitter for iPhone/10.70", Agent{"mobile", "X", "iOS", ""}},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148", Agent{"mobile", "Safari", "iOS", ""}},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/345.0 Mobile/15E148 Safari/604.1", Agent{"mobile", "Google", "iOS", ""}},
		{"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", Agent{"tablet", "Safari", "iOS", ""}},
		{"Mozilla/5.0 (Linux; Android 14; Pixel 8)" + webkit + "Chrome/142.0.0.0 Mobile Safari/537.36", Agent{"mobile", "Chrome", "Android", ""}},
		{"Mozilla/5.0 (Linux; Android 14; SM-S921Q)" + webkit + "SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", Agent{"mobile", "Samsung Internet", "Android", ""}},
		{"Mozilla/5.0 (Linux; Android 13; SM-X700)" + webkit + "Chrome/142.0.0.0 Safari/537.36", Agent{"tablet", "Chrome", "Android", ""}},
		{"Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0", Agent{"mobile", "Firefox", "Android", ""}},
		{"Mozilla/5.0 (Linux; Android 9; CUBOT X19)" + webkit + "Chrome/120.0.0.0 Mobile Safari/537.36", Agent{"mobile", "Chrome", "Android", ""}},
		{"Mozilla/5.0 (Linux; Android 12; BRAVIA 4K VH2)" + webkit + "Chrome/120.0.0.0 Safari/537.36", Agent{"tv", "Chrome", "Android", ""}},
		{"Mozilla/5.0 (Linux; Android 11; AFTKA)" + webkit + "Silk/112 like Chrome/112.0 Safari/537.36", Agent{"tv", "Silk", "Android", ""}},
		{"Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0)" + webkit + "Version/7.0 TV Safari/537.36", Agent{"tv", "Safari", "Tizen", ""}},
		{"Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15", Agent{"tv", "Safari", "PlayStation", ""}},
		{"Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/606.4 (KHTML, like Gecko) NF/6.0.1.15.4 NintendoBrowser/5.1.0.20389", Agent{"tv", "", "Nintendo", ""}},
	}
	for _, c := range cases {
		if got := ParseAgent(c.ua); got != c.want {
			t.Errorf("%s\n got %+v\nwant %+v", c.ua, got, c.want)
		}
	}
}

func TestRobots(t *testing.T) {
	for ua, class := range map[string]string{
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)":                                "search",
		"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)":                                 "search",
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)":  "ai",
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)": "ai",
		"facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)":                               "preview",
		"facebookexternalhit/1.1;line-poker/1.0":                                                                  "preview",
		"Twitterbot/1.0":                                                                                          "preview",
		"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)":                                              "preview",
		"Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)":                                      "seo",
		"Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)":                                  "monitor",
		"curl/8.5.0":             "library",
		"python-requests/2.32.3": "library",
		"Wget/1.21":              "library",
		"Go-http-client/2.0":     "library",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36": "automation",
		"ichiro/3.0 (http://search.goo.ne.jp/option/use/sub4/sub4-1/)":                                                  "search",
		"Mozilla/5.0 (compatible; NobodyKnowsMe-bot/0.1)":                                                               "other",
		"Some crawler": "other",
	} {
		if got := ParseAgent(ua).Bot; got != class {
			t.Errorf("%s: %q, want %q", ua, got, class)
		}
	}
}

func BenchmarkAgent(b *testing.B) {
	for b.Loop() {
		ParseAgent("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15")
	}
}
