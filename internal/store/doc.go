// Package store keeps the state of the program in SQL: workspaces, the versions
// of their models, uploaded files, daily metric points and read-only links.
//
// SQLite in the data folder is the default; PostgreSQL is for more than one
// machine. Both are reached through the same small repositories (one file per
// thing here), and both pass the one suite in storetest. What a caller needs of
// a repository it declares as its own small interface.
//
// Every repository is there twice: on DB, where each call is a transaction of
// its own, and on the Tx that InTx and Snapshot hand out, where the calls belong
// to one transaction. Every call but Workspaces.List, Uploads.Prune,
// Connections.All and Views.Resolve names the workspace it is about and sees nothing of another. Users,
// SignIns and EntryLinks are of people, who stand outside of the workspaces;
// APIKeys.Find and WriteKeys.Active tell the workspace. The
// Inbox and the Catalogue's Note and Seen stand before the workspaces: what came
// in for all of them goes through there.
//
// Units: days are series.Day (civil dates), times are UTC in whole
// milliseconds, sizes are bytes. The clock and randomness come in by Options.
package store
