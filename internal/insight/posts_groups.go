package insight

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// engagements are what people did with a post, and how often it was shown. Where the network
// does not add them up, likes, replies, shares, saves and clicks are.
func engagements(p event.Post) (done, shown float64, ok bool) {
	if done, shown, ok = pair(p, "engagements"); ok {
		return done, shown, true
	}
	some := false
	for _, name := range []string{"likes", "replies", "shares", "saves", "clicks"} {
		if v, known := p.Metrics[name]; known {
			done, some = done+v, true
		}
	}
	shown = p.Metrics["impressions"]
	return done, shown, some && shown > 0
}

func pair(p event.Post, metric string) (done, shown float64, ok bool) {
	done, ok = p.Metrics[metric]
	shown = p.Metrics["impressions"]
	return done, shown, ok && shown > 0
}

// pool is a share over all posts.
type pool struct {
	done, shown float64
	posts       int
	rates       []float64 // of each post
}

func (s *pool) add(done, shown float64, ok bool) {
	if ok {
		s.done, s.shown, s.posts, s.rates = s.done+done, s.shown+shown, s.posts+1, append(s.rates, done/shown)
	}
}

// rate draws a share to that of the pool, as though priorPosts average posts stood beside it.
func (s *pool) rate(done, shown float64, ok bool) *PostRate {
	if !ok || s.shown == 0 {
		return nil
	}
	prior := priorPosts * s.shown / float64(s.posts)
	return &PostRate{Value: done / shown, Shrunk: (done + prior*s.done/s.shown) / (shown + prior), Of: shown}
}

type postMeans struct{ engagement, clicks pool }

func meansOf(posts []event.Post) *postMeans {
	m := &postMeans{}
	for _, p := range posts {
		m.engagement.add(engagements(p))
		m.clicks.add(pair(p, "clicks"))
	}
	return m
}

// group makes the comparisons by hour, weekday, format and theme.
func (r *PostsRanked) group(zone *time.Location) {
	if zone == nil {
		zone = time.UTC
	}
	at := func(p event.Post) time.Time { return time.UnixMilli(int64(p.At)).In(zone) }
	r.Hours = r.groups(func(p event.Post) []string {
		if p.DayOnly {
			return nil
		}
		return []string{strconv.Itoa(at(p).Hour())}
	})
	r.Weekdays = r.groups(func(p event.Post) []string { return []string{strconv.Itoa(int(at(p).Weekday()))} })
	r.Formats = r.groups(func(p event.Post) []string {
		if p.Format == "" {
			return nil
		}
		return []string{p.Format}
	})
	r.Themes = r.groups(func(p event.Post) []string {
		themes := strings.Fields(p.Theme)
		slices.Sort(themes)
		return slices.Compact(themes)
	})
	slices.SortStableFunc(r.Themes, func(a, b PostGroup) int { return cmp.Compare(b.Posts, a.Posts) })
	const mostThemes = 50
	r.Themes = r.Themes[:min(len(r.Themes), mostThemes)]
	for _, numbered := range [][]PostGroup{r.Hours, r.Weekdays} {
		slices.SortFunc(numbered, func(a, b PostGroup) int {
			x, _ := strconv.Atoi(a.Key)
			y, _ := strconv.Atoi(b.Key)
			return cmp.Compare(x, y)
		})
	}
}

// groups compares the posts that have a key with all that have any.
func (r *PostsRanked) groups(keys func(event.Post) []string) []PostGroup {
	type members struct {
		posts    int
		outcomes float64
		pool     pool
	}
	by := map[string]*members{}
	all := members{}
	for _, rank := range r.Ranks {
		list := keys(rank.Post)
		if len(list) == 0 {
			continue
		}
		all.posts, all.outcomes = all.posts+1, all.outcomes+rank.Credit.Outcomes
		all.pool.add(engagements(rank.Post))
		for _, key := range list {
			if by[key] == nil {
				by[key] = &members{}
			}
			m := by[key]
			m.posts, m.outcomes = m.posts+1, m.outcomes+rank.Credit.Outcomes
			m.pool.add(engagements(rank.Post))
		}
	}
	var out []PostGroup
	for key, m := range by {
		mean := all.outcomes / float64(all.posts)
		g := PostGroup{Key: key, Posts: m.posts, Outcomes: m.outcomes, TooFew: m.posts < LeastPosts,
			PerPost:    (m.outcomes + priorPosts*mean) / (float64(m.posts) + priorPosts),
			Engagement: all.pool.rate(m.pool.done, m.pool.shown, m.pool.shown > 0)}
		if !g.TooFew && m.posts < all.posts {
			g.Clear = apart(m.outcomes, mean*float64(m.posts)) || drifted(m.pool.rates, all.pool.rates)
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b PostGroup) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

// apart: counts differ from what is expected by more than counts do by chance.
func apart(got, expected float64) bool {
	return expected > 0 && math.Abs(got-expected) > clearly*math.Sqrt(max(expected, 1))
}

// drifted: the rates of some posts differ from those of all by more than rates of single
// posts scatter.
func drifted(some, all []float64) bool {
	if len(some) < LeastPosts || len(all) < 2*LeastPosts {
		return false
	}
	mean, spread := meanAndSpread(all)
	own, _ := meanAndSpread(some)
	return spread > 0 && math.Abs(own-mean) > clearly*spread/math.Sqrt(float64(len(some)))
}

func meanAndSpread(values []float64) (mean, spread float64) {
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		spread += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(spread / float64(max(len(values)-1, 1)))
}
