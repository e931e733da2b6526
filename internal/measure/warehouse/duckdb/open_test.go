package duckdb

import "testing"

func TestOpenTwice(t *testing.T) {
	path := t.TempDir() + "/events.duckdb"
	for range 2 {
		db, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
