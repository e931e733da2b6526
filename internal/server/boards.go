package server

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// boards keeps in memory what maps are made of. Everything is kept under the
// version of the model and the revision of the data it was made from, so nothing
// ever has to be thrown away when something changes: it is simply not asked for
// any more, here and on any other node.
type boards struct {
	server  *Server
	models  *memo[modelKey, *savedModel]
	data    *memo[dataKey, heldData]
	sources *memo[sourceKey, *source.Held] // sources as an old version read them
	boards  *memo[boardKey, *board]
	replies *memo[replyKey, *packed]
	ground  *ground
}

type dataKey struct {
	workspace store.WorkspaceID
	revision  int64
}

type sourceKey struct {
	dataKey
	source  string
	reading string
}

type boardKey struct {
	workspace store.WorkspaceID
	version   int
	revision  int64
	initiated string // what was undertaken, as it stands
}

// replyKey is everything a reply depends on.
type replyKey struct {
	workspace store.Workspace // its name and its revision are part of the reply
	version   int
	newest    int
	indicator string // empty: the map
	asOf      series.Day
	today     series.Day
	lang      words.Lang
	readOnly  bool
	shown     string // a page handed out: what it shows
	measuring bool   // the evidence was still being worked out
	focus     int    // number of the choice of what is watched; 0 for none
	agreed    string // digest of the state of the agreement
	initiated string // what was undertaken, as it stands
}

// Bounds of what is kept.
const (
	keptModels     = 256
	keptBoards     = 32
	keptDataBytes  = 256 << 20
	keptReplyBytes = 64 << 20
)

func newBoards(s *Server) *boards {
	return &boards{
		server: s,
		models: newMemo[modelKey, *savedModel](keptModels, nil),
		data:   newMemo[dataKey](keptDataBytes, heldData.weight),
		sources: newMemo[sourceKey](keptDataBytes/4, func(of *source.Held) int {
			return heldData{"": of}.weight()
		}),
		boards:  newMemo[boardKey, *board](keptBoards, nil),
		ground:  newGround(),
		replies: newMemo[replyKey](keptReplyBytes, func(p *packed) int { return len(p.plain) + len(p.gzipped) }),
	}
}

// board is a version of the model over the data there are; the newest version
// for 0. versions is the list of all, the newest first.
func (bs *boards) board(ctx context.Context, ws store.Workspace, version int) (b *board, versions []store.ModelVersion, err error) {
	versions, err = bs.server.versions(ctx, ws.ID)
	if err != nil {
		return nil, nil, err
	}
	newest := versions[0].Version
	if version == 0 {
		version = newest
	}
	initiated, err := bs.initiated(ctx, ws.ID)
	if err != nil {
		return nil, nil, err
	}
	b, err = bs.boards.get(ctx, boardKey{ws.ID, version, ws.DataRevision, initiated}, func(ctx context.Context) (*board, error) {
		b, err := bs.make(ctx, ws, version, newest)
		if err == nil {
			b.initiated = initiated
		}
		return b, err
	})
	return b, versions, err
}

func (bs *boards) make(ctx context.Context, ws store.Workspace, version, newest int) (*board, error) {
	saved, err := bs.server.model(ctx, ws.ID, version)
	if err != nil {
		return nil, err
	}
	held, err := bs.held(ctx, ws)
	if err != nil {
		return nil, err
	}
	if version != newest {
		if held, err = bs.asThen(ctx, ws, saved.model, newest, held); err != nil {
			return nil, err
		}
	}
	undertaken, err := bs.undertaken(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	return newBoard(saved.model, source.Assemble(saved.model, held), undertaken, dataKey{ws.ID, ws.DataRevision}, bs.ground), nil
}

// trial is a model that is not saved, over the data there are.
func (bs *boards) trial(ctx context.Context, ws store.Workspace, m *goal.Model) (*board, error) {
	held, err := bs.held(ctx, ws)
	if err != nil {
		return nil, err
	}
	undertaken, err := bs.undertaken(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	return newBoard(m, source.Assemble(m, held), undertaken, dataKey{ws.ID, ws.DataRevision}, bs.ground), nil
}

func (bs *boards) held(ctx context.Context, ws store.Workspace) (heldData, error) {
	return bs.data.get(ctx, dataKey{ws.ID, ws.DataRevision}, func(ctx context.Context) (heldData, error) {
		return bs.server.loadData(ctx, ws.ID)
	})
}

// asThen is the data as an old version of the model read them: the sources that
// the newest version reads in another way are read from their files again.
func (bs *boards) asThen(ctx context.Context, ws store.Workspace, old *goal.Model, newest int, held heldData) (heldData, error) {
	now, err := bs.server.modelOrEmpty(ctx, ws.ID, newest)
	if err != nil {
		return nil, err
	}
	then := heldData{}
	for _, src := range old.Sources {
		reading := readingKey(old, src.ID)
		if readingKey(now.model, src.ID) == reading {
			then[src.ID] = held[src.ID]
			continue
		}
		key := sourceKey{dataKey{ws.ID, ws.DataRevision}, src.ID, reading}
		then[src.ID], err = bs.sources.get(ctx, key, func(ctx context.Context) (*source.Held, error) {
			parts, err := bs.server.readAll(ctx, ws.ID, old, old, src)
			if err != nil {
				return nil, err
			}
			readings := make([]*source.Tally, len(parts))
			for i, part := range parts {
				readings[i] = part.tally
			}
			return source.Fold(src, readings...), nil
		})
		if err != nil {
			return nil, err
		}
	}
	return then, nil
}

// lookAt says what to look at and how.
type lookAt struct {
	version  int
	asOf     *series.Day
	lang     words.Lang
	readOnly bool
	shown    string // a page handed out: all that its reply depends on beside the map
}

// mapOf is the map's reply, ready to be sent.
func (bs *boards) mapOf(ctx context.Context, ws store.Workspace, look lookAt) (*packed, error) {
	return bs.reply(ctx, ws, "", look, func(ctx context.Context, b *board, at moment) (any, error) {
		reply, standing := b.mapReply(at)
		if look.version == 0 && look.asOf == nil {
			if err := bs.remember(ctx, ws.ID, standing); err != nil {
				// The map is worth more than the record of it: a full disk must not hide it.
				front.RequestOf(ctx).Log.Warn("keeping probabilities", "workspace", ws.Slug, "error", err)
			}
		}
		return reply, nil
	})
}

// indicatorOf is the reply about one indicator, ready to be sent.
func (bs *boards) indicatorOf(ctx context.Context, ws store.Workspace, id string, look lookAt) (*packed, error) {
	return bs.reply(ctx, ws, id, look, func(ctx context.Context, b *board, at moment) (any, error) {
		if b.model.Indicator(id) == nil {
			return nil, noIndicator(id)
		}
		history, err := bs.server.touches(ctx, ws.ID, id, at.versions, at.lang)
		if err != nil {
			return nil, err
		}
		return b.indicatorDetail(id, at, history), nil
	})
}

// moment is one way of looking at a board.
type moment struct {
	lookAt
	workspace store.Workspace
	versions  []store.ModelVersion
	version   int
	asOf      series.Day
	today     series.Day
	opt       insight.Options
	focus     store.FocusChoice
	agreed    agreement.State
}

func (bs *boards) reply(ctx context.Context, ws store.Workspace, indicator string, look lookAt,
	build func(context.Context, *board, moment) (any, error),
) (*packed, error) {
	b, versions, err := bs.board(ctx, ws, look.version)
	if err != nil {
		return nil, err
	}
	opt := b.options(bs.server.deps.Clock(), look.asOf, look.lang)
	at := moment{
		lookAt: look, workspace: ws, versions: versions, version: look.version, asOf: opt.AsOf, today: opt.Today,
	}
	if at.version == 0 {
		at.version = versions[0].Version
	}
	if indicator == "" {
		day := at.today
		if look.asOf != nil {
			day = at.asOf
		}
		if at.focus, err = bs.server.deps.Store.Focuses.On(ctx, ws.ID, day); err != nil {
			return nil, err
		}
	}
	if at.agreed, err = bs.server.agreementAt(ctx, ws.ID, versions, at.version); err != nil {
		return nil, err
	}
	agreed, err := digestOf(at.agreed)
	if err != nil {
		return nil, err
	}
	opt.Agreed = agreedOf(at.agreed)
	// When a file is staged or a page handed out, the workspace changes but not
	// what it shows.
	ws.CreatedAt, ws.UpdatedAt = time.Time{}, time.Time{}
	key := replyKey{
		workspace: ws, version: at.version, newest: versions[0].Version, indicator: indicator,
		asOf: at.asOf, today: at.today, lang: look.lang, readOnly: look.readOnly, shown: look.shown, focus: at.focus.Number, agreed: agreed, initiated: b.initiated,
	}
	if done, ok := bs.replies.peek(key); ok {
		return done, nil
	}
	if at.opt, err = b.grounded(ctx, opt, bs.ground.patience); err != nil {
		return nil, err
	}
	key.measuring = at.opt.Measuring
	return bs.replies.get(ctx, key, func(ctx context.Context) (*packed, error) {
		reply, err := build(ctx, b, at)
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(reply)
		if err != nil {
			return nil, fmt.Errorf("marshal reply about %q: %w", ws.Slug, err)
		}
		return pack(text)
	})
}
