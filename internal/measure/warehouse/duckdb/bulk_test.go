package duckdb

import (
	"context"
	"database/sql/driver"
	"fmt"
	"testing"
	"time"
)

// bulk puts a number of events of one workspace ("bulk", UTC) straight into the tables, by
// the engine's own means, as a website's last days would have left them: 40 pages, 13 ways
// in, 5 devices, visits of 1 to 5 views each with its engagement, an inquiry in every
// fiftieth visit. The roll-ups are made. It is a hundred times faster than Write, and only
// good to ask questions of.
func bulk(t testing.TB, db *DB, events, days int, last time.Time) {
	t.Helper()
	ctx := context.Background()
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := db.conn.ExecContext(ctx, query, args...); err != nil {
			t.Fatalf("bulk: %v", err)
		}
	}
	const perVisit, ws = 6, 1
	visits := events / perVisit
	visitors := max(visits/2, 1)
	from := last.Truncate(24*time.Hour).AddDate(0, 0, 1-days).UnixMilli()
	step := float64(days) * 24 * 3600 * 1000 / float64(visits)
	exec(`INSERT INTO workspaces VALUES (1, 'bulk')`)
	if err := db.fill("traffic", 13, func(i int) []driver.Value {
		source := []string{"", "google", "yahoo", "x", "instagram", "newsletter"}[i%6]
		medium := []string{"", "cpc", "social", "email"}[i%4]
		referrer := []string{"", "www.google.com", "search.yahoo.co.jp", "t.co", "note.com"}[i%5]
		return []driver.Value{int32(ws), uint32(i), source, medium, "2026秋", "", "", "", referrer}
	}); err != nil {
		t.Fatal(err)
	}
	exec(`INSERT INTO visitors SELECT 1, n + 1, hash(n), 'a:' || n, n + 1, n % 4 = 0, ?::BIGINT, ?::BIGINT
		FROM range(?) r(n)`, from, last.UnixMilli(), visitors)
	const chunk = 400_000
	for first := 0; first < visits; first += chunk {
		exec(`CREATE OR REPLACE TEMP TABLE stays AS SELECT i + 1 AS visit,
				(hash(i) % ?::UBIGINT + 1)::UINTEGER AS visitor, (?::BIGINT + i * ?::DOUBLE)::BIGINT AS started,
				(1 + hash(i + 7) % 5)::INTEGER AS views, (hash(i + 13) % 13)::UINTEGER AS traffic,
				hash(i + 17) % 50 = 0 AS inquiry
			FROM range(?, ?) r(i)`, visitors, from, step, first, min(first+chunk, visits))
		exec(`INSERT INTO visits SELECT 1, visit, visitor, started // 86400000, started, started + views * 60000 - 30000,
				started + (views - 1) * 60000, views, inquiry::INTEGER, views * 20000, FALSE,
				'/page/' || (hash(visit) % 40), '/page/' || (hash(visit + views - 1) % 40), 'www.shirube.example', traffic,
				['mobile', 'mobile', 'desktop', 'desktop', 'tablet'][1 + visitor % 5], ['Safari', 'Chrome', 'Chrome', 'Edge', 'Safari'][1 + visitor % 5],
				['iOS', 'Android', 'Windows', 'Windows', 'iPadOS'][1 + visitor % 5], 'ja', '' FROM stays`)
		exec(`INSERT INTO events SELECT 1, happened // 86400000, happened, happened + 100, gen_random_uuid(),
				CASE WHEN k % 2 = 1 OR k = views * 2 THEN 1 ELSE 2 END,
				CASE WHEN k = views * 2 THEN 'Inquiry Submitted' WHEN k % 2 = 1 THEN 'Page Engaged' ELSE '' END, '',
				visitor, visit, CASE WHEN k = 0 THEN traffic ELSE 0 END, 'www.shirube.example', '/page/' || (hash(visit + k // 2) % 40), '',
				'株式会社しるべ ' || (hash(visit + k // 2) % 40), '', '',
				['mobile', 'mobile', 'desktop', 'desktop', 'tablet'][1 + visitor % 5], ['Safari', 'Chrome', 'Chrome', 'Edge', 'Safari'][1 + visitor % 5],
				['iOS', 'Android', 'Windows', 'Windows', 'iPadOS'][1 + visitor % 5], 'ja', '', 'shirube.js', 'key',
				CASE WHEN k % 2 = 1 AND k < views * 2 THEN 20000 ELSE 0 END, CASE WHEN k = views * 2 THEN 5000 ELSE 0 END,
				CASE WHEN k = views * 2 THEN 'JPY' ELSE '' END, '', '', '', '', ''
			FROM (SELECT *, started + k * 30000 AS happened FROM (
				SELECT *, unnest(range(views * 2 + inquiry::INTEGER)) AS k FROM stays)) ORDER BY happened`)
	}
	exec(`INSERT INTO names SELECT ws, name, count(*), min(happened), max(happened) FROM events WHERE kind = 1 GROUP BY ws, name`)
	exec(`INSERT INTO dirty SELECT DISTINCT ws, day FROM events`)
	exec(`CHECKPOINT`)
	db.state = nil
	if err := db.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	exec(`CHECKPOINT`)
}

func TestBulk(t *testing.T) {
	db := open(t, suiteOptions())
	bulk(t, db, 60_000, 10, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	var events, visits, views, counted, rolled int64
	err := db.conn.QueryRowContext(context.Background(), `SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM visits),
		(SELECT sum(views) FROM visits)::BIGINT, (SELECT count(*) FROM events WHERE kind = 2),
		(SELECT sum(views) FROM rollup_days)::BIGINT`).Scan(&events, &visits, &views, &counted, &rolled)
	if err != nil {
		t.Fatal(err)
	}
	if visits != 10_000 || views != counted || views != rolled || events < 55_000 {
		t.Fatal(fmt.Sprint(events, visits, views, counted, rolled))
	}
}
