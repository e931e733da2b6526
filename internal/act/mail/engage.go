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
	Reason  Reason       // of an earlier touch: what was decided about it
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

// appleProxy is the whole user agent by which Apple fetches the pictures of every mail,
// read or not.
const appleProxy = "Mozilla/5.0"

// burst: so many different links within so many milliseconds is no hand.
const (
	burstLinks  = 3
	burstMillis = 5_000
	hasteMillis = 2_000  // a click so soon after hand-over: the gateway's, before delivery
	lookMillis  = 60_000 // a program that asked by HEAD, or took the honey, comes back within
)

// SettleMillis is when nothing that comes later changes what a touch is taken for.
const SettleMillis = 2 * burstMillis

// Judge tells whether a touch is a machine's. earlier are the other touches of the same
// mail that are known, in any order; links is how many there are in the mail.
//
// A burst is only known once it has happened: the first of its clicks looks human until
// JudgeAgain has seen the others.
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
	if t.What == "open" && t.Agent == appleProxy {
		return ByProxy
	}
	if t.What != "click" {
		return ""
	}
	if t.SentAt > 0 && t.At-t.SentAt < hasteMillis {
		return ByHaste
	}
	different := map[int]bool{t.Link: true}
	for _, e := range earlier {
		if e.Agent == t.Agent && within(e.At, t.At, lookMillis) {
			switch {
			case e.What == "honey":
				return ByHoney
			case e.Reason == ByHead && e.Link == t.Link:
				return ByHead // it asked what is there, and then fetched it
			}
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

// JudgeAgain judges all touches of one mail together, those before by what came after: it
// gives the reason of each, in their order. What was taken for a machine's stays one.
func JudgeAgain(all []Touch, links int) []Reason {
	reasons := make([]Reason, len(all))
	others := make([]Touch, 0, len(all))
	for i, t := range all {
		reasons[i] = t.Reason
		if t.Reason != "" {
			continue
		}
		others = append(append(others[:0], all[:i]...), all[i+1:]...)
		reasons[i] = Judge(t, others, links)
	}
	return reasons
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
