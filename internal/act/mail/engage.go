package mail

import (
	"strings"

	"github.com/shirube/shirube/internal/event"
)

// Touch is one request for an address of a mail: the picture that counts openings, a
// link, or the address no person sees.
type Touch struct {
	At     event.Millis
	What   string // "open", "click", "honey"
	Link   int    // number of the link, with "click"
	Method string // "GET", "HEAD", "POST"
	Agent  string
	// Purpose is what Sec-Purpose, Purpose or X-Moz say: "prefetch", "preview".
	Purpose string
	SentAt  event.Millis // when the mail was handed over; 0 not known
}

// Reason is why a touch is taken to be a machine's; "" it looks like a person.
type Reason string

// The reasons. They are stored with the event: whoever doubts a number can look.
const (
	ByHead     Reason = "head"
	ByPrefetch Reason = "prefetch"
	ByAgent    Reason = "agent"
	ByHoney    Reason = "honey"
	ByBurst    Reason = "burst"
	ByHaste    Reason = "haste"
	ByProxy    Reason = "proxy" // a mail service that fetches pictures for everybody
)

// scanners are pieces of the user agents of programs that open mail to judge it, in
// lower case. They come from the makers' own pages.
var scanners = []string{
	"barracuda", "mimecast", "proofpoint", "symantec", "messagelabs", "trendmicro", "trend micro", "forcepoint", "fortigate", "fortimail", "fortiguard",
	"cisco-ironport", "ironport", "sophos", "mcafee", "fireeye", "trellix", "zscaler", "cloudmark", "vade", "agari", "area1", "avanan", "checkpoint", "bitdefender",
	"kaspersky", "eset", "websense", "safelinks", "microsoft office existence", "ms-office", "microsoftpreview", "skypeuripreview", "outlook-safelinks",
	"googleimageproxy-scan", "urlscan", "virustotal", "phish", "linkcheck", "headlesschrome", "phantomjs", "slimerjs", "puppeteer", "playwright", "selenium",
	"python-requests", "python-urllib", "aiohttp", "go-http-client", "curl/", "wget/", "okhttp", "java/", "apache-httpclient", "libwww", "node-fetch", "axios", "guzzle", "ruby",
}

// imageProxies fetch pictures when a person opens the mail (Gmail, Yahoo), so that what
// they fetch is an opening; pictures only.
var imageProxies = []string{"googleimageproxy", "yahoomailproxy"}

// burst: so many different links within so many milliseconds is no hand.
const (
	burstLinks  = 3
	burstMillis = 5_000
	hasteMillis = 2_000 // a click so soon after hand-over: the gateway's, before delivery
)

// Judge tells whether a touch is a machine's. earlier are the other touches of the same
// mail that are known, in any order; links is how many there are in the mail.
//
// A burst is only known once it has happened: the first of its clicks looks human. Who
// counts waits burstMillis and judges all of them again with what came meanwhile.
func Judge(t Touch, earlier []Touch, links int) Reason {
	agent := strings.ToLower(t.Agent)
	switch {
	case t.What == "honey":
		return ByHoney
	case t.Method == "HEAD" || t.Method == "OPTIONS":
		return ByHead
	case strings.Contains(t.Purpose, "prefetch") || strings.Contains(t.Purpose, "preview") || strings.Contains(t.Purpose, "prerender"):
		return ByPrefetch
	}
	if t.What != "open" || !containsAny(agent, imageProxies) {
		if agent == "" || containsAny(agent, scanners) || event.ParseAgent(t.Agent).Bot != "" {
			return ByAgent
		}
	}
	if t.What != "click" {
		return ""
	}
	if t.SentAt > 0 && t.At-t.SentAt < hasteMillis {
		return ByHaste
	}
	different := map[int]bool{t.Link: true}
	for _, e := range earlier {
		if e.What == "honey" && within(e.At, t.At, 60_000) && e.Agent == t.Agent {
			return ByHoney
		}
		if e.What == "click" && within(e.At, t.At, burstMillis) {
			different[e.Link] = true
		}
	}
	if len(different) >= min(burstLinks, max(links, 2)) {
		return ByBurst
	}
	return ""
}

func within(a, b, millis event.Millis) bool { return a-b <= millis && b-a <= millis }

func containsAny(s string, pieces []string) bool {
	for _, p := range pieces {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
