package duckdb

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
)

// written is how many events a gate writes one by one. More are made of these.
const written = 10_000_000

// multiplied makes a file of n events, a multiple of written, out of one that was written
// event by event: so many sites' traffic side by side, with people, visits and message ids
// of their own and never at the same millisecond, in the order of time. The days are counted
// by Settle as ever. It takes minutes where writing takes hours.
func multiplied(t *testing.T, base, path string, n int) {
	t.Helper()
	part := path + ".part"
	if err := os.RemoveAll(part); err != nil {
		t.Fatal(err)
	}
	db, err := Open(part, Options{Channel: warehousetest.WorldChannel, Memory: 3 << 30})
	if err != nil {
		t.Fatal(err)
	}
	do := func(text string) {
		t.Helper()
		text = strings.NewReplacer("{times}", fmt.Sprint(n/written), "{base}", filepath.ToSlash(base)).Replace(text)
		if _, err := db.conn.ExecContext(t.Context(), text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	do(`SET preserve_insertion_order = true`)
	do(`ATTACH '{base}' AS base (READ_ONLY)`)
	for _, table := range []string{"workspaces", "traffic", "names"} {
		do(`INSERT INTO ` + table + ` SELECT * FROM base.` + table)
	}
	do(`INSERT INTO visitors SELECT p.* REPLACE (
			(visitor * {times} + k)::UINTEGER AS visitor, (person * {times} + k)::UINTEGER AS person,
			hash(id, k) AS hash, id || '-' || k AS id)
		FROM base.visitors p, range({times}) r(k) ORDER BY first_seen, visitor`)
	for day := gateFirst; day <= gateFirst+gateDays; day++ {
		do(fmt.Sprintf(`INSERT INTO events SELECT e.* REPLACE (
				(happened + 97 * k) // 86400000 AS day, happened + 97 * k AS happened, received + 97 * k AS received,
				('00000000-0000-0000-0000-' || right(md5(id || k), 12))::UUID AS id,
				(visitor * {times} + k)::UINTEGER AS visitor, if(visit = 0, 0, visit * {times} + k)::UBIGINT AS visit,
				if(user_id = '', '', user_id || '-' || k) AS user_id)
			FROM base.events e, range({times}) r(k) WHERE e.day = %d ORDER BY happened`, day))
		do(fmt.Sprintf(`INSERT INTO visits SELECT v.* REPLACE (
				(visit * {times} + k)::UBIGINT AS visit, (visitor * {times} + k)::UINTEGER AS visitor,
				(started + 97 * k) // 86400000 AS day, started + 97 * k AS started, ended + 97 * k AS ended,
				last_view + 97 * k AS last_view)
			FROM base.visits v, range({times}) r(k) WHERE v.day = %d ORDER BY started, visit`, day))
		do(`CHECKPOINT`)
		t.Logf("%v", day)
	}
	do(`INSERT INTO dirty SELECT DISTINCT ws, day FROM visits UNION SELECT DISTINCT ws, day FROM events`)
	do(`DETACH base`)
	for range 3 {
		if err := db.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	bytes, kept, err := db.Size(t.Context())
	t.Logf("%d events, %d MB on disk: %v", kept, bytes>>20, err)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(part, path); err != nil {
		t.Fatal(err)
	}
}
