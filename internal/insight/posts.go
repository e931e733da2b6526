package insight

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// PostTouch is one visit before an outcome, with what tells which post it came by.
type PostTouch struct {
	At       int64  // milliseconds since 1970
	Source   string // utm_source, or the host it came from where there is none
	Campaign string // utm_campaign
	Content  string // utm_content
	Landing  string // the page it began on: /path
}

// PostOutcome is what somebody did, with the visits before it, oldest first.
type PostOutcome struct {
	At      int64
	Value   float64
	Touches []PostTouch
}

// PostOptions say how posts are judged.
type PostOptions struct {
	Model AttributionModel // "" is the last visit
	Zone  *time.Location   // of hours and weekdays; nil is UTC
}

// PostRank is what one post brought, with what the network says of it.
type PostRank struct {
	Post   event.Post
	Credit Credit // Credit.Key means nothing here
	// Proven of the outcomes' visits carried the post's own link; the others came from its
	// network to a page the post names, within PostWindow after it.
	Proven, Inferred int
	Engagement       *PostRate // engagements over impressions; nil where the network does not tell
	ClickRate        *PostRate // clicks over impressions
}

// PostRate is a share with few cases behind it.
type PostRate struct {
	Value  float64 // as counted
	Shrunk float64 // drawn to the mean of all posts, the more the fewer were shown
	Of     float64 // impressions
}

// PostGroup is the posts of one hour, weekday, format or theme together.
type PostGroup struct {
	Key        string // "9", "1" (Monday), "reel", "coffee"
	Posts      int
	Outcomes   float64
	PerPost    float64   // outcomes per post, drawn to the mean of all
	Engagement *PostRate // of all its impressions
	TooFew     bool      // fewer than LeastPosts: nothing can be told
	Clear      bool      // better or worse than all posts by more than chance does
}

// PostsRanked is the ranking of posts by what they brought to an outcome.
type PostsRanked struct {
	Ranks    []PostRank        // most outcomes first; posts that brought none by engagement
	Unlinked map[string]Credit // by network: its visits that no post could be found for
	Other    Credit            // by other ways
	Unknown  Credit            // outcomes without any visit
	Hours    []PostGroup       // of posts whose hour is known
	Weekdays []PostGroup
	Formats  []PostGroup
	Themes   []PostGroup
}

const (
	// PostWindow is how long after a post a visit to the page it names may be its doing.
	PostWindow = 7 * 24 * time.Hour
	// LeastPosts is how many posts a group needs before it is compared.
	LeastPosts = 5
	// priorPosts is how many average posts are laid beside each group and rate before it is
	// judged: a post that was shown 20 times and liked 4 times has not done better than all
	// others.
	priorPosts = 5
	// clearly is how many standard errors set a group apart. Some ten groups are compared at
	// once, so two would be passed by chance.
	clearly = 2.8
)

// networkSources are what visits from a network say of where they came from.
var networkSources = map[string][]string{
	"x":         {"x", "twitter", "x.com", "twitter.com", "t.co"},
	"instagram": {"instagram", "ig", "instagram.com", "l.instagram.com"},
	"facebook":  {"facebook", "fb", "facebook.com", "l.facebook.com", "m.facebook.com", "lm.facebook.com"},
	"youtube":   {"youtube", "youtube.com", "m.youtube.com", "youtu.be"},
	"tiktok":    {"tiktok", "tiktok.com"},
}

// networkOf is the network a source belongs to, or "".
func networkOf(source string) string {
	source = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(source)), "www.")
	for network, names := range networkSources {
		if slices.Contains(names, source) {
			return network
		}
	}
	return ""
}

// LinkPosts shares outcomes among the posts their visits came by and ranks the posts.
//
// A visit belongs to a post when its utm_content or utm_campaign is the post's id or the
// short code in its address. Failing that, to the latest post of its network in the 7 days
// before that names the page the visit began on. A visit of a network that fits no post
// stays with the network: nobody can say which it was.
func LinkPosts(posts []event.Post, outcomes []PostOutcome, opt PostOptions) PostsRanked {
	index := indexPosts(posts)
	sure, guessed := map[string]int{}, map[string]int{}
	shared := make([]Outcome, len(outcomes))
	for i, o := range outcomes {
		shared[i] = Outcome{At: o.At, Value: o.Value}
		for _, touch := range o.Touches {
			key, proven := index.find(touch)
			switch {
			case strings.HasPrefix(key, postKey) && proven:
				sure[key]++
			case strings.HasPrefix(key, postKey):
				guessed[key]++
			}
			shared[i].Touches = append(shared[i].Touches, Touch{At: touch.At, Key: key})
		}
	}
	credits, unknown := Attribute(shared, opt.Model)
	out := PostsRanked{Unknown: unknown, Unlinked: map[string]Credit{}}
	brought := map[string]Credit{}
	for _, c := range credits {
		switch {
		case strings.HasPrefix(c.Key, postKey):
			brought[c.Key] = c
		case strings.HasPrefix(c.Key, networkKey):
			out.Unlinked[strings.TrimPrefix(c.Key, networkKey)] = c
		default:
			out.Other = addCredit(out.Other, c)
		}
	}
	means := meansOf(posts)
	for i, p := range posts {
		key := index.keys[i]
		out.Ranks = append(out.Ranks, PostRank{Post: p, Credit: brought[key], Proven: sure[key], Inferred: guessed[key],
			Engagement: means.engagement.rate(engagements(p)), ClickRate: means.clicks.rate(pair(p, "clicks"))})
	}
	out.group(opt.Zone)
	slices.SortStableFunc(out.Ranks, func(a, b PostRank) int {
		return cmp.Or(cmp.Compare(b.Credit.Outcomes, a.Credit.Outcomes), cmp.Compare(b.Credit.Value, a.Credit.Value),
			cmp.Compare(shrunk(b.Engagement), shrunk(a.Engagement)), cmp.Compare(b.Post.At, a.Post.At), cmp.Compare(a.Post.ID, b.Post.ID))
	})
	return out
}

func addCredit(a, b Credit) Credit {
	a.Outcomes += b.Outcomes
	a.Value += b.Value
	a.Assists += b.Assists
	a.Firsts += b.Firsts
	a.Lasts += b.Lasts
	return a
}

func shrunk(r *PostRate) float64 {
	if r == nil {
		return -1
	}
	return r.Shrunk
}

const (
	postKey    = "post\x1f"
	networkKey = "network\x1f"
)

// postIndex finds the post of a visit.
type postIndex struct {
	keys    []string            // by place of the post
	byCode  map[string]string   // id and short code → key; "" where two posts share one
	byPage  map[string][]string // network and page → keys, oldest first
	posted  map[string]int64
	network map[string]bool // networks that have posts at all
}

func indexPosts(posts []event.Post) *postIndex {
	index := &postIndex{byCode: map[string]string{}, byPage: map[string][]string{}, posted: map[string]int64{}, network: map[string]bool{}}
	for _, p := range posts {
		key := postKey + p.Network + "\x1f" + p.ID
		index.keys = append(index.keys, key)
		index.posted[key] = int64(p.At)
		index.network[p.Network] = true
		for _, code := range []string{p.ID, shortCode(p.URL)} {
			if code == "" {
				continue
			}
			if other, taken := index.byCode[code]; taken && other != key {
				key := ""
				index.byCode[code] = key
				continue
			}
			index.byCode[code] = key
		}
		for _, page := range pagesOf(p.Text) {
			at := p.Network + "\x1f" + page
			index.byPage[at] = append(index.byPage[at], key)
		}
	}
	for _, keys := range index.byPage {
		slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(index.posted[a], index.posted[b]), cmp.Compare(a, b)) })
	}
	return index
}

// find is what a visit is credited to: a post, its network, or what else it came by.
func (x *postIndex) find(touch PostTouch) (key string, proven bool) {
	for _, code := range []string{touch.Content, touch.Campaign} {
		if key := x.byCode[strings.TrimSpace(code)]; code != "" && key != "" {
			return key, true
		}
	}
	network := networkOf(touch.Source)
	if network == "" || !x.network[network] {
		return touch.Source, false
	}
	keys := x.byPage[network+"\x1f"+plainPage(touch.Landing)]
	for _, key := range slices.Backward(keys) {
		if after := touch.At - x.posted[key]; after >= 0 && after <= PostWindow.Milliseconds() {
			return key, false
		}
	}
	return networkKey + network, false
}

// shortCode is what an address calls a post: the last part of its path, or v= of a video.
func shortCode(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	if v := u.Query().Get("v"); v != "" {
		return v
	}
	path := strings.Trim(u.Path, "/")
	code := path[strings.LastIndexByte(path, '/')+1:]
	if len(code) < 5 {
		return "" // a name, not a code
	}
	return code
}

// pagesOf are the pages a text links to.
func pagesOf(text string) []string {
	var out []string
	for rest := text; ; {
		at := strings.Index(rest, "http")
		if at < 0 || len(out) == 10 {
			return out
		}
		rest = rest[at:]
		end := strings.IndexFunc(rest, func(r rune) bool { return r <= ' ' || r == '"' || r == '<' || r == '>' || r >= 0x3000 })
		if end < 0 {
			end = len(rest)
		}
		if u, err := url.Parse(rest[:end]); err == nil && u.Host != "" {
			out = append(out, plainPage(u.Path))
		}
		rest = rest[max(end, 4):]
	}
}

func plainPage(path string) string {
	path, _, _ = strings.Cut(path, "?")
	if path = strings.TrimRight(path, "/"); path == "" {
		return "/"
	}
	return path
}
