package insight

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/event"
)

func at(day, hour int) int64 {
	return time.Date(2026, 9, day, hour, 0, 0, 0, time.UTC).UnixMilli()
}

func TestLinkPosts(t *testing.T) {
	t.Parallel()
	posts := []event.Post{
		{Network: "x", ID: "2102231408440246273", At: event.Millis(at(1, 9)), Text: "新豆 https://example.jp/beans/?utm_source=x", URL: "https://x.com/a/status/2102231408440246273", Metrics: map[string]float64{"impressions": 1000, "engagements": 20, "clicks": 5}},
		{Network: "x", ID: "2102231408440249999", At: event.Millis(at(3, 9)), Text: "また https://example.jp/beans", URL: "https://x.com/a/status/2102231408440249999", Metrics: map[string]float64{"impressions": 20, "engagements": 4}},
		{Network: "instagram", ID: "18010000000000001", At: event.Millis(at(2, 20)), URL: "https://www.instagram.com/reel/DAbc123/", Format: "reel", Metrics: map[string]float64{"impressions": 500, "likes": 50}},
	}
	got := LinkPosts(posts, []PostOutcome{
		{At: at(2, 12), Value: 100, Touches: []PostTouch{{At: at(2, 10), Source: "x", Content: "2102231408440246273"}}}, // its own link
		{At: at(4, 12), Touches: []PostTouch{{At: at(4, 11), Source: "t.co", Landing: "/beans/"}}},                      // the page, the latest post
		{At: at(2, 12), Touches: []PostTouch{{At: at(2, 11), Source: "t.co", Landing: "/beans"}}},                       // before the second
		{At: at(5, 12), Touches: []PostTouch{{At: at(5, 11), Source: "instagram", Campaign: "DAbc123"}}},                // the short code
		{At: at(20, 12), Touches: []PostTouch{{At: at(20, 11), Source: "x", Landing: "/beans"}}},                        // too late for any
		{At: at(5, 12), Touches: []PostTouch{{At: at(5, 11), Source: "google"}}},
		{At: at(5, 12)},
	}, PostOptions{})
	for i, want := range []struct {
		id               string
		outcomes, value  float64
		proven, inferred int
	}{
		{"2102231408440246273", 2, 100, 1, 1},
		{"18010000000000001", 1, 0, 1, 0}, // ten likes in a hundred are more than anything else here
		{"2102231408440249999", 1, 0, 0, 1},
	} {
		r := got.Ranks[i]
		if r.Post.ID != want.id || r.Credit.Outcomes != want.outcomes || r.Credit.Value != want.value || r.Proven != want.proven || r.Inferred != want.inferred {
			t.Errorf("%d: %+v, want %+v", i, r, want)
		}
	}
	if got.Unlinked["x"].Outcomes != 1 || got.Other.Outcomes != 1 || got.Unknown.Outcomes != 1 {
		t.Errorf("unlinked %v, other %v, unknown %v", got.Unlinked, got.Other, got.Unknown)
	}
	// Four engagements of 20 showings are no 20 %.
	if rate := got.Ranks[2].Engagement; rate.Value != 0.2 || rate.Shrunk > 0.06 {
		t.Errorf("engagement %+v", rate)
	}
	for _, g := range got.Weekdays {
		if !g.TooFew || g.Clear {
			t.Errorf("%d posts are compared: %+v", g.Posts, g)
		}
	}
}

func TestPostGroups(t *testing.T) {
	t.Parallel()
	var posts []event.Post
	var outcomes []PostOutcome
	for i := range 60 {
		p := event.Post{Network: "x", ID: fmt.Sprint(9_000_000 + i), At: event.Millis(at(1, 0) + int64(i)*24*3600*1000), Format: "text", Metrics: map[string]float64{"impressions": 1000, "engagements": 20 + float64(i%3)}}
		if i%4 == 0 {
			p.Format, p.At = "video", p.At+20*3600*1000
			for range 3 {
				outcomes = append(outcomes, PostOutcome{At: int64(p.At) + 9, Touches: []PostTouch{{At: int64(p.At) + 1, Source: "x", Content: p.ID}}})
			}
		}
		p.DayOnly = i == 59
		posts = append(posts, p)
	}
	got := LinkPosts(posts, outcomes, PostOptions{Zone: time.FixedZone("JST", 9*3600)})
	for _, g := range got.Formats {
		if !g.Clear || g.TooFew {
			t.Errorf("%+v is not told apart", g)
		}
	}
	hours := 0
	for _, g := range got.Hours {
		hours += g.Posts
	}
	if hours != 59 || got.Hours[0].Key != "5" {
		t.Errorf("hours %+v", got.Hours)
	}
}

// TestNoOutcomeIsLost: whatever visits there are, the credits add up to the outcomes, and
// rates stay between what was counted and what is usual.
func TestNoOutcomeIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		posts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) event.Post {
			return event.Post{Network: rapid.SampledFrom([]string{"x", "instagram", "elsewhere"}).Draw(t, "network"), ID: rapid.StringMatching(`[0-9]{5,6}`).Draw(t, "id"),
				At: event.Millis(rapid.Int64Range(0, 1<<40).Draw(t, "at")), Text: rapid.SampledFrom([]string{"", "http://h/a", "https://h/b?c http"}).Draw(t, "text"),
				Theme: rapid.SampledFrom([]string{"", "a", "a b a"}).Draw(t, "theme"), Metrics: map[string]float64{"impressions": float64(rapid.IntRange(0, 9).Draw(t, "shown")), "likes": float64(rapid.IntRange(0, 9).Draw(t, "likes"))}}
		}), 0, 8).Draw(t, "posts")
		outcomes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) PostOutcome {
			return PostOutcome{At: 1 << 40, Value: 2, Touches: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) PostTouch {
				return PostTouch{At: rapid.Int64Range(0, 1<<40).Draw(t, "at"), Source: rapid.SampledFrom([]string{"", "x", "t.co", "google"}).Draw(t, "source"),
					Content: rapid.StringMatching(`([0-9]{5,6})?`).Draw(t, "content"), Landing: rapid.SampledFrom([]string{"/a", "/b/", ""}).Draw(t, "landing")}
			}), 0, 3).Draw(t, "touches")}
		}), 0, 8).Draw(t, "outcomes")
		got := LinkPosts(posts, outcomes, PostOptions{Model: rapid.SampledFrom(AttributionModels).Draw(t, "model")})
		seen := map[string]bool{}
		sum := got.Other.Outcomes + got.Unknown.Outcomes
		for _, c := range got.Unlinked {
			sum += c.Outcomes
		}
		for _, r := range got.Ranks {
			if key := r.Post.Network + " " + r.Post.ID; !seen[key] {
				seen[key] = true
				sum += r.Credit.Outcomes
			}
			if e := r.Engagement; e != nil && (math.IsNaN(e.Shrunk) || e.Shrunk < 0) {
				t.Fatalf("rate %+v", e)
			}
		}
		if math.Abs(sum-float64(len(outcomes))) > 1e-9 {
			t.Fatalf("%v of %d outcomes", sum, len(outcomes))
		}
	})
}
