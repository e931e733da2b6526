package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/event"
)

// Posts is the repository of posts of social networks, as their exports tell them.
type Posts struct{ session }

// Limits of a post, in bytes.
const (
	maxPostText = 8_000
	maxPostURL  = 4_000
	postsAtOnce = 500
)

type postRow struct {
	bun.BaseModel `bun:"table:posts"`

	WorkspaceID WorkspaceID  `bun:"workspace_id,pk"`
	Network     string       `bun:"network,pk"`
	PostID      string       `bun:"post_id,pk"`
	PostedAt    event.Millis `bun:"posted_at"`
	DayOnly     bool         `bun:"day_only"`
	Format      string       `bun:"format"`
	Theme       string       `bun:"theme"`
	ThemeBy     string       `bun:"theme_by"`
	Text        string       `bun:"text"`
	URL         string       `bun:"url"`
	Metrics     string       `bun:"metrics"`
	UpdatedAt   event.Millis `bun:"updated_at"`
}

func (r postRow) post() (event.Post, error) {
	p := event.Post{Network: r.Network, ID: r.PostID, At: r.PostedAt, DayOnly: r.DayOnly, Format: r.Format, Theme: r.Theme,
		Text: r.Text, URL: r.URL, UpdatedAt: r.UpdatedAt}
	if err := json.Unmarshal([]byte(r.Metrics), &p.Metrics); err != nil {
		return event.Post{}, fmt.Errorf("read post %q: %w", r.PostID, err)
	}
	return p, nil
}

// Put keeps posts in the place of those with the same network and id: the same file twice
// changes nothing. A theme that somebody wrote stays, and so does a format where the new
// reading tells none. ErrNotFound without the workspace; ErrTooLong.
func (p Posts) Put(ctx context.Context, ws WorkspaceID, posts []event.Post) error {
	rows := make([]postRow, 0, len(posts))
	at := map[[2]string]int{}
	for _, one := range posts {
		for _, text := range []struct {
			what, text string
			limit      int
		}{{"network", one.Network, maxNameBytes}, {"post id", one.ID, maxNameBytes}, {"theme", one.Theme, maxPostText},
			{"text", one.Text, maxPostText}, {"url", one.URL, maxPostURL}, {"format", one.Format, maxNameBytes}} {
			if err := checkText(text.what, text.text, text.limit); err != nil {
				return fmt.Errorf("keep post %q: %w", one.ID, err)
			}
		}
		metrics, err := json.Marshal(one.Metrics)
		if err != nil {
			return fmt.Errorf("keep post %q: %w", one.ID, err)
		}
		row := postRow{WorkspaceID: ws, Network: one.Network, PostID: one.ID, PostedAt: one.At, DayOnly: one.DayOnly, Format: one.Format,
			Theme: one.Theme, Text: one.Text, URL: one.URL, Metrics: string(metrics), UpdatedAt: one.UpdatedAt}
		// One statement may not meet the same row twice.
		key := [2]string{one.Network, one.ID}
		if i, again := at[key]; again {
			rows[i] = row
			continue
		}
		at[key] = len(rows)
		rows = append(rows, row)
	}
	err := p.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := p.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		for from := 0; from < len(rows); from += postsAtOnce {
			part := rows[from:min(from+postsAtOnce, len(rows))]
			_, err := tx.NewInsert().Model(&part).On("CONFLICT (workspace_id, network, post_id) DO UPDATE").
				Set("posted_at = EXCLUDED.posted_at").Set("day_only = EXCLUDED.day_only").
				Set("format = CASE WHEN EXCLUDED.format = '' THEN post_row.format ELSE EXCLUDED.format END").
				Set("theme = CASE WHEN post_row.theme_by = '' THEN EXCLUDED.theme ELSE post_row.theme END").
				Set("text = EXCLUDED.text").Set("url = EXCLUDED.url").
				Set("metrics = EXCLUDED.metrics").Set("updated_at = EXCLUDED.updated_at").Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep %d posts of %q: %w", len(posts), ws, err)
	}
	return nil
}

// PostQuery says which posts are asked for.
type PostQuery struct {
	Network  string       // "" is all
	From, To event.Millis // posted in [From, To); To 0 is without end
	Limit    int          // 0 is 1,000
}

// List is the posts of a span, the newest first.
func (p Posts) List(ctx context.Context, ws WorkspaceID, ask PostQuery) ([]event.Post, error) {
	var rows []postRow
	limit := ask.Limit
	if limit <= 0 {
		limit = 1000
	}
	query := p.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("posted_at >= ?", ask.From)
	if ask.To > 0 {
		query = query.Where("posted_at < ?", ask.To)
	}
	if ask.Network != "" {
		query = query.Where("network = ?", ask.Network)
	}
	if err := query.Order("posted_at DESC", "network", "post_id").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list posts of %q: %w", ws, err)
	}
	list := make([]event.Post, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = row.post(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// PostEdit is what a person says of a post.
type PostEdit struct {
	Theme  string // "" with By goes back to the hashtags of the next reading
	Format string // "" leaves it
	By     string // who says it; not empty
}

// Describe writes what a person says of a post. ErrNotFound.
func (p Posts) Describe(ctx context.Context, ws WorkspaceID, network, id string, edit PostEdit) error {
	for what, text := range map[string]string{"theme": edit.Theme, "format": edit.Format, "author": edit.By} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return fmt.Errorf("describe post %q: %w", id, err)
		}
	}
	by := edit.By
	if edit.Theme == "" {
		by = ""
	}
	return p.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		query := tx.NewUpdate().Model((*postRow)(nil)).Set("theme = ?", edit.Theme).Set("theme_by = ?", by)
		if edit.Format != "" {
			query = query.Set("format = ?", edit.Format)
		}
		n, err := affected(query.Where("workspace_id = ?", ws).Where("network = ?", network).Where("post_id = ?", id).Exec(ctx))
		if err != nil {
			return fmt.Errorf("describe post %q: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"post", id}
		}
		return nil
	})
}

// Withdraw forgets posts, by network and id; those that are not there are passed over.
func (p Posts) Withdraw(ctx context.Context, ws WorkspaceID, posts []event.Post) error {
	byNetwork := map[string][]string{}
	for _, one := range posts {
		byNetwork[one.Network] = append(byNetwork[one.Network], one.ID)
	}
	return p.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := p.touch(ctx, tx, ws, changesRest); err != nil {
			return fmt.Errorf("withdraw %d posts: %w", len(posts), err)
		}
		for network, ids := range byNetwork {
			for part := range slices.Chunk(ids, postsAtOnce) {
				_, err := tx.NewDelete().Model((*postRow)(nil)).Where("workspace_id = ?", ws).Where("network = ?", network).
					Where("post_id IN (?)", bun.List(part)).Exec(ctx)
				if err != nil {
					return fmt.Errorf("withdraw posts of %q: %w", network, err)
				}
			}
		}
		return nil
	})
}
