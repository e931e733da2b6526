package platform

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/words"
)

// Bounds of what is kept of posts. A file with more of them is told, not cut.
const (
	mostPosts    = 100_000
	mostPostText = 4_000 // bytes of a post's text; the longest networks allow more, nobody shows it
	mostPostURL  = 2_000
	mostPostID   = 200
)

// ReadPosts reads the posts of a table that was recognised. opt is how the file was opened
// for its daily numbers, style how its numbers are written where the columns alone do not
// tell; zone is that of the workspace and now the moment of reading. A row without an id is
// no post; of one that comes twice the first stands, as exports are newest first.
func ReadPosts(ctx context.Context, file io.ReaderAt, opt table.Options, p *Posts, style table.NumberStyle, zone *time.Location, now event.Millis) ([]event.Post, error) {
	r := &postReader{posts: p, zone: zone, now: now, seen: map[string]bool{}}
	if p.UTC {
		r.clock = time.UTC
	} else {
		r.clock = zone
	}
	if err := r.settle(file, opt, style); err != nil {
		return nil, err
	}
	reader, err := table.Open(file, opt)
	if err != nil {
		return nil, err
	}
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("read posts of %q: %w", opt.Name, context.Cause(ctx))
		}
		row, err := reader.Next()
		if err == io.EOF {
			return r.out, nil
		}
		if err != nil {
			return nil, err
		}
		if row.IsTotal(row.Cells[r.at]) {
			continue
		}
		if err := r.take(row); err != nil {
			return nil, err
		}
	}
}

type postReader struct {
	posts *Posts
	zone  *time.Location // of the workspace
	clock *time.Location // of moments without a zone
	now   event.Millis
	order table.DateOrder

	id, at, text, url, format int
	metrics                   []postMetric
	out                       []event.Post
	seen                      map[string]bool
}

type postMetric struct {
	name  string
	index int
	style table.NumberStyle
}

// settle finds the columns and how they are written.
func (r *postReader) settle(file io.ReaderAt, opt table.Options, style table.NumberStyle) error {
	reader, err := table.Open(file, opt)
	if err != nil {
		return err
	}
	find := func(name string) (int, error) {
		if name == "" {
			return -1, nil
		}
		return reader.FindColumn(name)
	}
	p := r.posts
	for _, one := range []struct {
		name string
		at   *int
	}{{p.ID, &r.id}, {p.At, &r.at}, {p.Text, &r.text}, {p.URL, &r.url}, {p.Format, &r.format}} {
		if *one.at, err = find(one.name); err != nil {
			return err
		}
	}
	var numbers []int
	for _, name := range event.PostMetrics {
		at, err := find(p.Metrics[name])
		if err != nil {
			return err
		}
		if at >= 0 {
			r.metrics, numbers = append(r.metrics, postMetric{name: name, index: at, style: style}), append(numbers, at)
		}
	}
	dates, columns := table.DateColumn{Name: p.At}, make([]table.NumberColumn, len(numbers))
	for i, m := range r.metrics {
		columns[i] = table.NumberColumn{Name: p.Metrics[m.name], Semicolon: reader.Format().Delimiter == ';'}
	}
	for {
		row, err := reader.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		dates.FeedRow(row, r.at)
		for i := range columns {
			columns[i].FeedRow(row, numbers[i])
		}
	}
	if r.order = p.Order; r.order == table.OrderUnknown {
		if r.order, err = dates.Order(); err != nil {
			return err
		}
	}
	for i := range r.metrics {
		if style == table.StyleUnknown {
			if r.metrics[i].style, err = columns[i].Style(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *postReader) take(row table.Row) error {
	id := strings.TrimSpace(row.Cells[r.id])
	if id == "" || r.seen[id] || strings.TrimSpace(row.Cells[r.at]) == "" {
		return nil
	}
	if len(r.out) == mostPosts {
		return &words.Problem{At: row.At(r.id), What: words.T("投稿が多すぎます(%d件まで)。", "There are too many posts (at most %d).", mostPosts),
			Mend: words.T("期間を分けて書き出してください。", "Export shorter periods.")}
	}
	moment, timed, err := table.ParseMoment(row.Cells[r.at], r.order, r.clock)
	if err != nil {
		if cell, ok := err.(*table.CellError); ok {
			return cell.Problem(row.At(r.at), r.posts.At)
		}
		return err
	}
	r.seen[id] = true
	post := event.Post{Network: r.posts.Network, ID: cut(id, mostPostID), At: event.Millis(moment.UnixMilli()), DayOnly: !timed,
		Text: cut(r.cell(row, r.text), mostPostText), URL: cut(r.cell(row, r.url), mostPostURL), Metrics: map[string]float64{}, UpdatedAt: r.now}
	if at, ok := snowflake(id); ok && post.Network == "x" && post.DayOnly && nearDay(at, moment) {
		post.At, post.DayOnly = at, false
	}
	if post.Network == "youtube" && post.URL == "" {
		post.URL = "https://www.youtube.com/watch?v=" + post.ID
	}
	post.Format = formatOf(r.cell(row, r.format), r.posts.Fixed)
	post.Theme = strings.Join(event.Hashtags(post.Text), " ")
	for _, m := range r.metrics {
		v, ok, err := row.Number(m.index, m.style)
		if err != nil {
			return err
		}
		if ok {
			post.Metrics[m.name] = v
		}
	}
	r.out = append(r.out, post)
	return nil
}

func (r *postReader) cell(row table.Row, at int) string {
	if at < 0 {
		return ""
	}
	return strings.TrimSpace(row.Cells[at])
}

// cut shortens a text to a number of bytes without cutting a letter.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}

// Ids of X since November 2010 begin with the millisecond they were made in, counted from a
// day of that month. It tells the hour where the export tells the day only.
const (
	snowflakeEpoch = 1_288_834_974_657
	firstSnowflake = 29_700_859_247
)

func snowflake(id string) (event.Millis, bool) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < firstSnowflake {
		return 0, false
	}
	return event.Millis(n>>22 + snowflakeEpoch), true
}

// nearDay: the export's day may be that of another zone.
func nearDay(at event.Millis, day time.Time) bool {
	apart := time.UnixMilli(int64(at)).Sub(day)
	return apart > -24*time.Hour && apart < 48*time.Hour
}

// formats are words of a post's type, as Meta writes them in both languages; the first that
// is part of the cell says it.
var formats = []struct {
	format string
	words  []string
}{
	{"reel", []string{"reel", "リール"}},
	{"story", []string{"story", "stories", "ストーリー"}},
	{"carousel", []string{"carousel", "カルーセル", "album", "アルバム"}},
	{"live", []string{"live", "ライブ"}},
	{"video", []string{"video", "動画", "ビデオ"}},
	{"image", []string{"image", "photo", "画像", "写真"}},
	{"link", []string{"link", "リンク"}},
	{"text", []string{"text", "テキスト", "status"}},
}

func formatOf(cell, fixed string) string {
	if fixed != "" {
		return fixed
	}
	told := plain(cell)
	for _, f := range formats {
		if slices.ContainsFunc(f.words, func(word string) bool { return strings.Contains(told, word) }) {
			return f.format
		}
	}
	return ""
}
