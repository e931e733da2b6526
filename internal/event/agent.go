package event

import "strings"

// Agent is what a user agent tells.
type Agent struct {
	Device  string // mobile, tablet, desktop, tv or ""
	Browser string
	OS      string
	Bot     string // class of robot: "search", "ai", "preview" …; "" for people
}

// ParseAgent classes a user agent. It is coarse on purpose: reports are cut by kinds of
// devices and by browser, nobody decides by a patch version, and less is kept of a person.
func ParseAgent(ua string) Agent {
	if ua == "" {
		return Agent{}
	}
	a := Agent{Bot: robot(ua)}
	a.OS = firstMark(ua, systems)
	a.Browser = firstMark(ua, browsers)
	a.Device = device(ua, a.OS)
	if a.Browser == "" && (a.OS == "iOS" || a.OS == "macOS") && strings.Contains(ua, "AppleWebKit") {
		a.Browser = "Safari" // a page inside an application that does not say its name
	}
	return a
}

// mark is a piece of a user agent and what it says. Order decides: Edge also calls itself
// Chrome and Safari, and an application's own browser calls itself all of them.
type mark struct{ piece, name string }

func firstMark(ua string, marks []mark) string {
	for _, m := range marks {
		if strings.Contains(ua, m.piece) {
			return m.name
		}
	}
	return ""
}

var browsers = []mark{
	{" Line/", "LINE"}, {"Instagram", "Instagram"}, {"FBAN", "Facebook"}, {"FBAV", "Facebook"}, {"FB_IAB", "Facebook"},
	{"Twitter", "X"}, {"TwitterAndroid", "X"}, {"musical_ly", "TikTok"}, {"BytedanceWebview", "TikTok"}, {"TikTok", "TikTok"},
	{"YJApp", "Yahoo! JAPAN"}, {"YahooJ", "Yahoo! JAPAN"}, {"SmartNews", "SmartNews"}, {"Gunosy", "Gunosy"},
	{"Pinterest", "Pinterest"}, {"LinkedInApp", "LinkedIn"}, {"MicroMessenger", "WeChat"}, {"KAKAOTALK", "KakaoTalk"},
	{"GSA/", "Google"}, {"DuckDuckGo/", "DuckDuckGo"}, {"Ddg/", "DuckDuckGo"},
	{"SamsungBrowser", "Samsung Internet"}, {"YaBrowser", "Yandex"}, {"Vivaldi", "Vivaldi"}, {"Brave", "Brave"},
	{"UCBrowser", "UC Browser"}, {"MiuiBrowser", "Mi Browser"}, {"Silk/", "Silk"}, {"Whale/", "Whale"}, {"Sleipnir", "Sleipnir"},
	{"OPR/", "Opera"}, {"OPT/", "Opera"}, {"OPiOS", "Opera"}, {"Opera", "Opera"},
	{"Edg/", "Edge"}, {"EdgA/", "Edge"}, {"EdgiOS", "Edge"}, {"Edge/", "Edge"},
	{"FxiOS", "Firefox"}, {"Firefox/", "Firefox"}, {"Focus/", "Firefox"},
	{"CriOS", "Chrome"}, {"Chrome/", "Chrome"}, {"Chromium/", "Chrome"},
	{"MSIE ", "Internet Explorer"}, {"Trident/", "Internet Explorer"},
	{"Android", "Android Browser"}, {"Safari/", "Safari"},
}

var systems = []mark{
	{"Windows Phone", "Windows Phone"}, {"Xbox", "Xbox"}, {"Windows", "Windows"},
	{"iPhone", "iOS"}, {"iPad", "iOS"}, {"iPod", "iOS"}, {"HarmonyOS", "HarmonyOS"},
	{"Tizen", "Tizen"}, {"Web0S", "webOS"}, {"webOS", "webOS"}, {"PlayStation", "PlayStation"}, {"Nintendo", "Nintendo"},
	{"KAIOS", "KaiOS"}, {"Android", "Android"}, {"CrOS", "ChromeOS"},
	{"Mac OS X", "macOS"}, {"Macintosh", "macOS"}, {"Linux", "Linux"}, {"X11", "Linux"},
}

func device(ua, os string) string {
	has := func(piece string) bool { return strings.Contains(ua, piece) }
	switch os {
	case "Xbox", "PlayStation", "Nintendo", "webOS", "Tizen":
		if os == "Tizen" && has("Mobile") && !has("TV") {
			return "mobile"
		}
		return "tv"
	case "Windows Phone", "KaiOS":
		return "mobile"
	case "iOS":
		if has("iPad") {
			return "tablet"
		}
		return "mobile"
	case "Android", "HarmonyOS":
		switch {
		case has("TV") || has("BRAVIA") || has("AFT") && !has("Mobile"):
			return "tv"
		case has("Tablet") || has("Pad") || !has("Mobile"):
			return "tablet"
		}
		return "mobile"
	case "Windows", "macOS", "Linux", "ChromeOS":
		if has("SmartTV") || has("HbbTV") || has("SMART-TV") || has("Apple TV") {
			return "tv"
		}
		return "desktop"
	}
	if has("Mobile") {
		return "mobile"
	}
	return ""
}
