package server

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// PostsReply ranks posts by what they brought.
type PostsReply struct {
	ReportHead
	Outcomes  []OutcomeView   `json:"outcomes" doc:"what can be chosen, the KGI first"`
	Outcome   *OutcomeView    `json:"outcome" doc:"what was chosen; null where nothing can be traced"`
	Kept      int             `json:"kept" doc:"posts of the span, before network, format and theme"`
	Posts     []PostView      `json:"posts" doc:"what brought most first; then by engagement"`
	Networks  []ValueView     `json:"networks" doc:"to choose from"`
	Formats   []ValueView     `json:"formats"`
	Themes    []ValueView     `json:"themes"`
	Hours     []PostGrouping  `json:"hours" doc:"by the hour posted"`
	Weekdays  []PostGrouping  `json:"weekdays" doc:"by the weekday posted, Monday first"`
	ByFormat  []PostGrouping  `json:"by_format"`
	ByTheme   []PostGrouping  `json:"by_theme"`
	Followers []FollowersView `json:"followers" doc:"by network, where an import has them"`
	Unlinked  []UnlinkedView  `json:"unlinked" doc:"outcomes that came from a network, nobody can say by which post"`
	Total     float64         `json:"total" doc:"all outcomes of the span, by posts or not"`
	ByPosts   float64         `json:"by_posts" doc:"those that came by posts"`
	Note      string          `json:"note" doc:"what these numbers do not say"`
}

// PostView is one post with what the network says of it and what it brought.
type PostView struct {
	Network      string       `json:"network"`
	NetworkLabel string       `json:"network_label"`
	ID           string       `json:"id"`
	At           int64        `json:"at" doc:"milliseconds since 1970"`
	DayOnly      bool         `json:"day_only" doc:"the hour is not known"`
	Format       string       `json:"format"`
	FormatLabel  string       `json:"format_label"`
	Theme        string       `json:"theme"`
	Text         string       `json:"text"`
	URL          string       `json:"url"`
	Impressions  front.Number `json:"impressions"`
	Reach        front.Number `json:"reach"`
	Likes        front.Number `json:"likes"`
	Engagement   front.Number `json:"engagement" doc:"engagements / impressions, as counted"`
	Clicks       front.Number `json:"clicks"`
	ClickRate    front.Number `json:"click_rate"`
	Visits       int64        `json:"visits" doc:"visits of the span that carried the post's own link"`
	Outcomes     front.Number `json:"outcomes"`
	Value        front.Number `json:"value"`
	Inferred     bool         `json:"inferred" doc:"some outcomes are taken to be its own by page and time, without its own link"`
}

// PostGrouping is posts of one hour, weekday, format or theme together.
type PostGrouping struct {
	Key        string       `json:"key"`
	Label      string       `json:"label"`
	Posts      int          `json:"posts"`
	Outcomes   front.Number `json:"outcomes"`
	PerPost    front.Number `json:"per_post" doc:"outcomes per post, drawn to the mean of all, the more the fewer posts"`
	Engagement front.Number `json:"engagement" doc:"drawn to the mean likewise"`
	TooFew     bool         `json:"too_few" doc:"too few posts to tell anything"`
	Clear      bool         `json:"clear" doc:"apart from the others by more than chance"`
}

// UnlinkedView is a network's outcomes that no post could be found for.
type UnlinkedView struct {
	Network  string  `json:"network"`
	Label    string  `json:"label"`
	Outcomes float64 `json:"outcomes"`
}

// PostTheme is what a person says a post is about.
type PostTheme struct {
	Theme string `json:"theme" maxLength:"120" doc:"empty: the hashtags again, with the next reading"`
}

// postsAsked is a request's own part.
type postsAsked struct{ indicator, event, model, network, format, theme string }

// postLookback is how many days before the span posts may have been posted that visits of
// the span came by. It is also how far visits before an outcome count.
const postLookback = 90

// mostPosts bounds one report, and shownPosts its rows.
const (
	mostPosts  = 5_000
	shownPosts = 200
)

func (s *Server) registerPosts(api huma.API) {
	tags := []string{"measure"}
	front.Handle(api, huma.Operation{
		OperationID: "get-posts", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/posts",
		Summary: "Posts of social networks by what they brought", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Indicator string `query:"indicator" maxLength:"80" doc:"the outcome, as in attribution"`
		Event     string `query:"event" maxLength:"200" doc:"an event as the outcome"`
		Model     string `query:"model" enum:"last,first,linear,position,decay" default:"last"`
		Network   string `query:"network" maxLength:"80"`
		Format    string `query:"format" maxLength:"80"`
		Theme     string `query:"theme" maxLength:"120"`
	}) (PostsReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return PostsReply{}, err
		}
		zone := a.board.model.Location
		from, to := midnight(a.scope.Span.From, zone), midnight(a.scope.Span.To+1, zone)
		posts, err := s.deps.Store.Posts.List(ctx, a.workspace.ID, store.PostQuery{
			From: event.Millis(from.AddDate(0, 0, -postLookback).UnixMilli()), To: event.Millis(to.UnixMilli()), Limit: mostPosts,
		})
		if err != nil {
			return PostsReply{}, err
		}
		return a.posts(ctx, posts, from, postsAsked{in.Indicator, in.Event, in.Model, in.Network, in.Format, in.Theme})
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "set-post-theme", Metadata: front.Needs(access.BringNumbers), Method: http.MethodPut, Path: "/api/workspaces/{ws}/measure/posts/{network}/{id}/theme",
		Summary: "Say what a post is about", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Network string `path:"network" maxLength:"80"`
		ID      string `path:"id" maxLength:"200"`
		Body    PostTheme
	}) error {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return err
		}
		by := front.AuthorOf(ctx)
		if by == "" {
			by = "-" // a theme that somebody wrote outlives the next reading, whoever it was
		}
		return s.deps.Store.Posts.Describe(ctx, ws.ID, in.Network, in.ID, store.PostEdit{Theme: front.Clean(in.Body.Theme), By: by})
	})
}

// midnight is the moment a day begins.
func midnight(d series.Day, zone *time.Location) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

// posts ranks what was posted in the span, and what was posted before and still brought
// somebody. What hour and weekday say is said of the posts of the span alone.
func (a asked) posts(ctx context.Context, posts []event.Post, from time.Time, in postsAsked) (PostsReply, error) {
	reply := PostsReply{
		ReportHead: a.head(), Posts: []PostView{}, Unlinked: []UnlinkedView{}, Followers: a.followers(),
		Note: words.T("投稿のリンクから来た人の成果を数えています。リンクを押さずにあとから検索で来た人は、ここには入りません。",
			"Counted are outcomes of people who came by a post's link. Who saw a post and came later by a search is not in here.").In(a.lang),
	}
	choice, err := a.chooseOutcome(ctx, in.indicator, in.event)
	if err != nil {
		return reply, err
	}
	reply.Outcomes, reply.Outcome = choice.all, choice.view
	var outcomes []insight.PostOutcome
	for _, step := range choice.steps {
		found, err := a.reader.Journeys(ctx, a.scope, warehouse.JourneyQuery{Outcome: step, LookbackDays: postLookback, Limit: mostJourneys})
		if err != nil {
			return reply, err
		}
		for _, j := range found {
			outcomes = append(outcomes, postOutcome(j))
		}
	}
	visits, err := a.postVisits(ctx, posts)
	if err != nil {
		return reply, err
	}
	opt := insight.PostOptions{Model: insight.AttributionModel(in.model), Zone: a.board.model.Location}
	began := event.Millis(from.UnixMilli())
	fresh := slices.DeleteFunc(slices.Clone(posts), func(p event.Post) bool { return p.At < began })
	groups := insight.LinkPosts(fresh, outcomes, opt)
	reply.Hours, reply.Weekdays = a.groupings(groups.Hours, hourLabel), a.groupings(mondayFirst(groups.Weekdays), weekdayLabel)
	reply.ByFormat, reply.ByTheme = a.groupings(groups.Formats, formatLabel), a.groupings(groups.Themes, nil)
	reply.Networks, reply.Formats, reply.Themes = a.postChoices(posts)
	ranked := insight.LinkPosts(posts, outcomes, opt)
	reply.Total = float64(len(outcomes))
	for _, rank := range ranked.Ranks {
		reply.ByPosts += rank.Credit.Outcomes
		seen := visits[postName(rank.Post)]
		if rank.Post.At < began && rank.Credit.Outcomes == 0 && seen == 0 {
			continue
		}
		reply.Kept++
		if in.fits(rank.Post) && len(reply.Posts) < shownPosts {
			reply.Posts = append(reply.Posts, a.postView(rank, seen, choice.view != nil))
		}
	}
	for _, network := range sortedKeys(ranked.Unlinked) {
		if n := ranked.Unlinked[network].Outcomes; n > 0 {
			reply.Unlinked = append(reply.Unlinked, UnlinkedView{Network: network, Label: networkLabel(network), Outcomes: n})
		}
	}
	return reply, nil
}

func (in postsAsked) fits(p event.Post) bool {
	return (in.network == "" || p.Network == in.network) && (in.format == "" || p.Format == in.format) &&
		(in.theme == "" || slices.Contains(strings.Fields(p.Theme), in.theme))
}

func postOutcome(j warehouse.Journey) insight.PostOutcome {
	o := insight.PostOutcome{At: int64(j.At), Value: j.Value, Touches: make([]insight.PostTouch, len(j.Touches))}
	for i, t := range j.Touches {
		o.Touches[i] = insight.PostTouch{At: int64(t.At), Source: trafficSource(t.Traffic), Campaign: t.Campaign.Name, Content: t.Campaign.Content, Landing: t.Entry}
	}
	return o
}

// postVisits counts the visits that carried a post's own link, as outcomes of that worth.
func (a asked) postVisits(ctx context.Context, posts []event.Post) (map[[2]string]int64, error) {
	days, err := a.reader.Traffic(ctx, a.scope)
	if err != nil {
		return nil, err
	}
	visits := make([]insight.PostOutcome, len(days))
	for i, d := range days {
		// Without a source, nothing but the link itself can tell the post.
		visits[i] = insight.PostOutcome{Value: float64(d.Visits), Touches: []insight.PostTouch{{Campaign: d.Campaign.Name, Content: d.Campaign.Content}}}
	}
	counts := map[[2]string]int64{}
	for _, rank := range insight.LinkPosts(posts, visits, insight.PostOptions{}).Ranks {
		counts[postName(rank.Post)] = int64(rank.Credit.Value)
	}
	return counts, nil
}

func postName(p event.Post) [2]string { return [2]string{p.Network, p.ID} }

func (a asked) postView(r insight.PostRank, visits int64, traced bool) PostView {
	metric := func(name string) front.Number {
		if v, ok := r.Post.Metrics[name]; ok {
			return front.Number(v)
		}
		return front.Number(math.NaN())
	}
	rate := func(r *insight.PostRate) front.Number {
		if r == nil {
			return front.Number(math.NaN())
		}
		return front.Number(r.Value)
	}
	p := r.Post
	view := PostView{
		Network: p.Network, NetworkLabel: networkLabel(p.Network), ID: p.ID, At: int64(p.At), DayOnly: p.DayOnly,
		Format: p.Format, FormatLabel: formatLabel(p.Format).In(a.lang), Theme: p.Theme, Text: p.Text, URL: p.URL,
		Impressions: metric("impressions"), Reach: metric("reach"), Likes: metric("likes"), Clicks: metric("clicks"),
		Engagement: rate(r.Engagement), ClickRate: rate(r.ClickRate), Visits: visits,
		Outcomes: front.Number(math.NaN()), Value: front.Number(math.NaN()), Inferred: r.Inferred > 0,
	}
	if traced {
		view.Outcomes, view.Value = front.Number(r.Credit.Outcomes), front.Number(r.Credit.Value)
	}
	return view
}

// postChoices are the networks, formats and themes there are.
func (a asked) postChoices(posts []event.Post) (networks, formats, themes []ValueView) {
	networks, formats, themes = []ValueView{}, []ValueView{}, []ValueView{}
	add := func(list *[]ValueView, value, label string) {
		if value != "" && len(*list) < 50 && !slices.ContainsFunc(*list, func(v ValueView) bool { return v.Value == value }) {
			*list = append(*list, ValueView{Value: value, Label: label})
		}
	}
	for _, p := range posts {
		add(&networks, p.Network, networkLabel(p.Network))
		add(&formats, p.Format, formatLabel(p.Format).In(a.lang))
		for _, theme := range strings.Fields(p.Theme) {
			add(&themes, theme, theme)
		}
	}
	return networks, formats, themes
}

func (a asked) groupings(groups []insight.PostGroup, label func(string) words.Text) []PostGrouping {
	out := make([]PostGrouping, len(groups))
	for i, g := range groups {
		out[i] = PostGrouping{Key: g.Key, Label: g.Key, Posts: g.Posts, Outcomes: front.Number(g.Outcomes), PerPost: front.Number(g.PerPost),
			Engagement: front.Number(math.NaN()), TooFew: g.TooFew, Clear: g.Clear}
		if label != nil {
			out[i].Label = label(g.Key).In(a.lang)
		}
		if g.Engagement != nil {
			out[i].Engagement = front.Number(g.Engagement.Shrunk)
		}
	}
	return out
}

// mondayFirst moves Sunday, key 0, to the end.
func mondayFirst(days []insight.PostGroup) []insight.PostGroup {
	if len(days) > 0 && days[0].Key == "0" {
		return append(slices.Clone(days[1:]), days[0])
	}
	return days
}

var weekdayLabels = map[string]words.Text{
	"0": words.T("日曜", "Sunday"), "1": words.T("月曜", "Monday"), "2": words.T("火曜", "Tuesday"), "3": words.T("水曜", "Wednesday"),
	"4": words.T("木曜", "Thursday"), "5": words.T("金曜", "Friday"), "6": words.T("土曜", "Saturday"),
}

func weekdayLabel(key string) words.Text { return weekdayLabels[key] }

func hourLabel(key string) words.Text { return words.T("%s時台", "%s:00", key) }

var formatLabels = map[string]words.Text{
	"text": words.T("文章", "Text"), "image": words.T("画像", "Image"), "carousel": words.T("カルーセル", "Carousel"), "video": words.T("動画", "Video"),
	"reel": words.T("リール", "Reel"), "story": words.T("ストーリーズ", "Story"), "link": words.T("リンク", "Link"), "live": words.T("ライブ", "Live"),
}

func formatLabel(format string) words.Text {
	if label, ok := formatLabels[format]; ok {
		return label
	}
	return words.T("%[1]s", "%[1]s", format)
}

var networkLabels = map[string]string{"x": "X", "instagram": "Instagram", "facebook": "Facebook", "youtube": "YouTube", "tiktok": "TikTok", "line": "LINE"}

func networkLabel(network string) string {
	if label, ok := networkLabels[network]; ok {
		return label
	}
	return network
}
