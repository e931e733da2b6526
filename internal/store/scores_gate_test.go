//go:build unix

package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/store"
)

// TestGateRescore works out everybody's points anew from history: contacts × 30 rules with
// 20 occurrences each, out of the state database and back into it. The floor is the
// database reading the same rows and adding up one column.
func TestGateRescore(t *testing.T) {
	evidence.Gate(t)
	const contacts, each, watches = 400_000, 20, 30
	folder := t.TempDir()
	ctx := t.Context()
	db, err := store.Open(ctx, folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ws, err := db.Workspaces.Create(ctx, store.NewWorkspace{Slug: "a", Name: "a"})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC).UnixMilli()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(folder, store.SQLiteFile)+"?_pragma=busy_timeout(60000)&_pragma=synchronous(OFF)&_pragma=foreign_keys(0)&_pragma=cache_size(-200000)")
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	began := time.Now()
	// Spread by a fixed scramble: the same rows every time, in the order of the key.
	for _, statement := range []string{
		`DROP INDEX occurrences_by_subject`, `DROP INDEX occurrences_by_revision`,
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			INSERT INTO occurrences (workspace_id, watch, message_id, subject, at, revision)
			SELECT '%s', printf('w%%02d', (i * 2654435761) %% 1000003 %% %d), printf('%%016x', i), printf('c:%%026d', i / %d), %d - (i * 40503 %% 65537) * 237000, 1 FROM n ORDER BY 2, 3`,
			contacts*each-1, ws.ID, watches, each, now),
		`CREATE INDEX occurrences_by_subject ON occurrences (workspace_id, subject, watch, at)`,
	} {
		if _, err := raw.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d occurrences made in %v", contacts*each, time.Since(began).Round(time.Second))

	began = time.Now()
	var rows, sum int64
	if err := raw.QueryRowContext(ctx, `SELECT COUNT(*), SUM(at % 1000) FROM (SELECT subject, watch, at FROM occurrences WHERE workspace_id = ? ORDER BY subject, watch, at)`, ws.ID).Scan(&rows, &sum); err != nil {
		t.Fatal(err)
	}
	floor := time.Since(began).Seconds()

	card := score.Card{Name: "thirty", Groups: []score.Group{{Name: "g", Most: 60}}, Bands: []score.Band{{Name: "A", From: 60}, {Name: "B", From: 40}, {Name: "C", From: 20}, {Name: "D", From: 5}}}
	hot := 60
	card.Hot = &hot
	for i := range watches {
		r := score.Rule{ID: fmt.Sprint(i), Name: "r", Matcher: condition.Matcher{Page: fmt.Sprintf("/w%02d", i)}, Points: 1 + i%9}
		switch i % 5 {
		case 0:
			r.Decay = &score.Decay{Kind: score.Linear, Days: 60}
		case 1:
			r.Decay, r.Group = &score.Decay{Kind: score.HalfLife, Days: 30}, "g"
		case 2:
			r.Times, r.Days = 2, 30
		case 3:
			r.ADay, r.Most = 1, 20
		case 4:
			r.Points, r.InAll = -2, 3
		}
		card.Behaviour = append(card.Behaviour, r)
	}
	scorer, err := score.Compile(card, time.FixedZone("JST", 9*3600), score.Language{
		Watch: func(m condition.Matcher) condition.Watch { return condition.Watch(m.Page[1:]) }, Holds: condition.Holds})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := db.ScoreCards.Create(ctx, ws.ID, store.NewScoreCard{Name: "n", Body: []byte(`{}`)})
	if err != nil {
		t.Fatal(err)
	}
	run := func(write func([]store.Scored) error) (took float64, scored int, highest uint64) {
		began := time.Now()
		var part []store.Scored
		var memory runtime.MemStats
		err := scorer.Rescore(db.Scores.History(ctx, ws.ID, scorer.Watches()), nil, nil, event.Millis(now), func(one score.Standing) error {
			scored++
			if scored%50_000 == 0 {
				runtime.ReadMemStats(&memory)
				highest = max(highest, memory.HeapAlloc)
			}
			if write == nil {
				return nil
			}
			part = append(part, store.Scored{Workspace: ws.ID, Card: kept.ID, Subject: one.Subject, Version: 1, Points: one.Total, Band: one.Band, Hot: one.Hot, Next: one.Next})
			if len(part) < 5000 {
				return nil
			}
			err := write(part)
			part = part[:0]
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if write != nil {
			if err := write(part); err != nil {
				t.Fatal(err)
			}
		}
		return time.Since(began).Seconds(), scored, highest
	}
	before := processorSeconds(t)
	took, scored, highest := run(nil)
	spent := processorSeconds(t) - before
	if scored != contacts || rows != contacts*each {
		t.Errorf("%d contacts of %d rows were scored", scored, rows)
	}
	what := fmt.Sprintf("%d contacts × %d rules from %d occurrences", contacts, watches, rows)
	publish := func(name string, got, bar float64, shown string) {
		evidence.Publish(t, evidence.Figure{Room: "scores", Case: what, Name: name, Got: got, Bar: shown, OK: bar == 0 || got <= bar, Tries: 1})
	}
	publish("seconds to score everybody", took, 60, "≤ 60")
	publish("seconds of one core it takes", spent, 60, "≤ 60")
	publish("seconds the database needs to read the same rows (floor)", floor, 0, "shown")
	publish("MB in use at most", float64(highest)/1e6, 150, "≤ 150")
	took, _, _ = run(func(part []store.Scored) error { return db.Scores.Put(context.WithoutCancel(ctx), ws.ID, part) })
	publish("seconds to score everybody and keep it", took, 60, "≤ 60")
}

// processorSeconds is what this program has used of the processor: what a busy machine
// takes to answer says more of the others on it.
func processorSeconds(t *testing.T) float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e9
}
