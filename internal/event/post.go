package event

import "strings"

// Post is one post of a social network, with what came of it there.
type Post struct {
	Network string // "x", "instagram", "facebook", "youtube"
	ID      string // the network's own, as text: it is longer than a float holds
	At      Millis // when it was posted
	DayOnly bool   // the hour is not known: At is midnight of the day
	Format  string // one of PostFormats; "" where the network does not tell
	Theme   string // its hashtags, or what somebody has written in their place
	Text    string
	URL     string
	// Metrics are the network's numbers by the names of PostMetrics. What is not there is
	// not known, which is not zero.
	Metrics   map[string]float64
	UpdatedAt Millis // when these numbers were read
}

// PostMetrics are the numbers a post may have.
var PostMetrics = []string{"impressions", "reach", "engagements", "likes", "replies", "shares", "saves", "clicks", "follows", "video_views"}

// PostFormats are the kinds of post.
var PostFormats = []string{"text", "image", "carousel", "video", "reel", "story", "link", "live"}

// Hashtags are the tags of a post's text in their order, each once, without the sign and
// in lower case.
func Hashtags(text string) []string {
	var out []string
	seen := map[string]bool{}
	for rest := text; ; {
		at := strings.IndexAny(rest, "#＃")
		if at < 0 || len(out) == mostTags {
			return out
		}
		before := rest[:at]
		rest = strings.TrimPrefix(strings.TrimPrefix(rest[at:], "#"), "＃")
		end := strings.IndexFunc(rest, notOfTag)
		if end < 0 {
			end = len(rest)
		}
		tag := strings.ToLower(rest[:end])
		rest = rest[end:]
		// example.com/#top is an address, &#39; an escape, #1 a number.
		if tag == "" || strings.HasSuffix(before, "/") || strings.HasSuffix(before, "&") || strings.Trim(tag, "0123456789_") == "" || seen[tag] {
			continue
		}
		seen[tag] = true
		out = append(out, tag)
	}
}

const mostTags = 30

// notOfTag ends a hashtag: what is no letter of any script, digit or underscore.
func notOfTag(r rune) bool {
	switch {
	case r == '_', r >= '0' && r <= '9', r|0x20 >= 'a' && r|0x20 <= 'z', r == 'ー', r == '々', r == '〆':
		return false
	case r < 0x80:
		return true
	case r >= 0x2000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFF0F, r >= 0xFF1A && r <= 0xFF20, r == '・':
		return true
	}
	return r == 0xA0 || r >= 0x1F000 && r <= 0x1FAFF
}
