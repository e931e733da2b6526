package duckdb

// state is what the writer remembers between calls. Everything in it can be read again
// from the tables.
type state struct{}
