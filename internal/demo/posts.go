package demo

import (
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// network is a social network the company posts on.
type network struct {
	id, code string // code begins the ids of its posts
	formats  []string
	shown    float64 // impressions of an ordinary post
}

var networks = []network{
	{"instagram", "ig", []string{"reel", "image", "reel", "carousel"}, 33_000},
	{"x", "x", []string{"text", "image", "text"}, 16_000},
	{"tiktok", "tt", []string{"video"}, 14_000},
}

// postCode is the id of a network's post of a day; visits carry it as utm_content.
func postCode(source string, day int) string {
	for _, n := range networks {
		if n.id == source {
			return fmt.Sprintf("%s%d", n.code, day)
		}
	}
	return ""
}

var postThemes = []struct {
	tag, text words.Text
	likes     float64 // of each who saw it
	clicks    float64
	leads     bool // it has the link to the careers site
}{
	{words.T("社員の一日", "dayatwork"), words.T("入社2年目の、朝から帰るまで", "From morning to evening in my second year"), .022, .013, true},
	{words.T("募集のお知らせ", "openings"), words.T("いっしょに働く人を探しています", "We are looking for people to work with"), .009, .019, true},
	{words.T("仕事の紹介", "ourwork"), words.T("私たちの仕事を3分で", "What we do in three minutes"), .016, .014, true},
	{words.T("面接のこと", "interviews"), words.T("面接でよく聞かれること", "What we are often asked in interviews"), .019, .013, true},
	{words.T("小ネタ", "justforfun"), words.T("社内の小さな事件", "A small incident at the office"), .15, .001, false},
}

// postHours are when posts go out.
var postHours = []int{12, 20, 7, 20, 18, 21}

// postTheme is what a day's posts are about.
func postTheme(day int) int { return (day*7 + day/5) % len(postThemes) }

// leadingDay is the day of the newest post, up to a day, that has a link to follow.
func leadingDay(day int) int {
	for day > 0 && !postThemes[postTheme(day)].leads {
		day--
	}
	return day
}

// Posts are the company's posts on its networks as far back as Visits go and some days
// more: single ones with ids, so that a visit tells which of them it came by.
func Posts(now time.Time, lang words.Lang) []event.Post {
	c := newCompany(series.DayOf(now.In(template.Zone)), seed)
	s := c.stream("single posts")
	var list []event.Post
	for i := max(c.days-visitDays-10, 0); i < c.days; i++ {
		year, month, date := c.day(i).Civil()
		about := postThemes[postTheme(i)]
		for k, n := range networks {
			at := time.Date(year, month, date, postHours[(i+k*2)%len(postHours)], s.Whole(60), 0, 0, template.Zone)
			shown := float64(s.Count(n.shown, .3))
			if !about.leads {
				shown *= 2
			}
			metrics := map[string]float64{
				"impressions": shown, "reach": float64(int(shown * .8)),
				"likes": float64(s.Count(shown*about.likes, .3)), "clicks": float64(s.Count(shown*about.clicks, .3)), "replies": float64(s.Poisson(shown * .001)),
			}
			metrics["engagements"] = metrics["likes"] + metrics["clicks"] + metrics["replies"]
			id := postCode(n.id, i)
			list = append(list, event.Post{
				Network: n.id, ID: id, At: event.Millis(at.UnixMilli()), Format: n.formats[i%len(n.formats)],
				Theme: about.tag.In(lang), Text: about.text.In(lang) + " #" + about.tag.In(lang), URL: "https://" + n.id + ".example/hinata/" + id,
				Metrics: metrics, UpdatedAt: event.Millis(now.UnixMilli()),
			})
		}
	}
	return list
}
