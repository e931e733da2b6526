package store

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// ErrNotFound says that the named object does not exist in the workspace asked.
type ErrNotFound struct {
	What string // "workspace", "model version", "upload", "view"
	Name string
}

// Error is for logs; people are told by the edge.
func (e ErrNotFound) Error() string { return fmt.Sprintf("%s %q not found", e.What, e.Name) }

// ErrExists says that the name of a new object is taken.
type ErrExists struct {
	What string
	Name string
}

// Error is for logs; people are told by the edge.
func (e ErrExists) Error() string { return fmt.Sprintf("%s %q exists already", e.What, e.Name) }

// ErrConflict says that a model was saved by someone else since the version the
// new one is based on. Newest is the version that is newest now, 0 when none is;
// both are 0 where it was the data that someone else changed.
type ErrConflict struct {
	Base, Newest int
}

// Error is for logs; people are told by the edge.
func (e ErrConflict) Error() string {
	if e == (ErrConflict{}) {
		return "the data were changed meanwhile"
	}
	return fmt.Sprintf("model version %d is not the newest, version %d is", e.Base, e.Newest)
}

// ErrClosed says that a link or a key no longer opens.
type ErrClosed struct {
	Reason ClosedReason
}

// ClosedReason tells why a link or a key no longer opens.
type ClosedReason string

// The reasons.
const (
	ClosedExpired ClosedReason = "expired"
	ClosedRevoked ClosedReason = "revoked"
	ClosedUsed    ClosedReason = "used" // works once
)

// Error is for logs; people are told by the edge.
func (e ErrClosed) Error() string { return "it is " + string(e.Reason) }

// ErrLastOwner says that a workspace would be left without an owner.
type ErrLastOwner struct{}

// Error is for logs; people are told by the edge.
func (ErrLastOwner) Error() string { return "the workspace would have no owner" }

// ErrTooLong says that a text does not fit: PostgreSQL indexes entries of at
// most 2.7 kB, and SQLite is held to the same so that both refuse alike.
type ErrTooLong struct {
	What  string // "metric", "dimensions", …
	Bytes int
	Limit int
}

// Error is for logs; people are told by the edge.
func (e ErrTooLong) Error() string {
	return fmt.Sprintf("%s is %d bytes long, at most %d fit", e.What, e.Bytes, e.Limit)
}

// ErrInUse says that another program holds the data folder.
type ErrInUse struct {
	Folder string
	PID    string // of the holder, "" when it cannot be told
}

// In renders the message for people.
func (e ErrInUse) In(lang words.Lang) string {
	ja, en := "", ""
	if e.PID != "" {
		ja, en = "（プロセス "+e.PID+"）", " (process "+e.PID+")"
	}
	return words.T(
		"データフォルダー「%[1]s」は、すでに動いている Shirube%[2]sが使っています。そちらを終了するか、別のフォルダーを指定してください。",
		"The data folder %[1]q is in use by a Shirube that is already running%[3]s. Stop that one, or name another folder.",
		e.Folder, ja, en).In(lang)
}

// Error says it in Japanese.
func (e ErrInUse) Error() string { return e.In(words.JA) }

// ErrNewerSchema says that the database was written by a newer program; opening
// it with this one could lose what the newer one added.
type ErrNewerSchema struct {
	Found, Known int64 // migration numbers, such as 20261121000005
}

// In renders the message for people.
func (e ErrNewerSchema) In(lang words.Lang) string {
	return words.T(
		"このデータは、より新しい Shirube で作られています（データの版 %[1]d、このプログラムが知る版 %[2]d）。Shirube を新しくしてから開いてください。",
		"This data was written by a newer Shirube (data version %[1]d; this program knows up to %[2]d). Update Shirube, then open it.",
		e.Found, e.Known).In(lang)
}

// Error says it in Japanese.
func (e ErrNewerSchema) Error() string { return e.In(words.JA) }

var errNestedWrite = errors.New("write outside of the transaction in progress: use the repositories of its Tx")

// checkText refuses what PostgreSQL cannot hold as text, on both databases.
func checkText(what, text string, limit int) error {
	switch {
	case limit > 0 && len(text) > limit:
		return ErrTooLong{What: what, Bytes: len(text), Limit: limit}
	case !utf8.ValidString(text):
		return fmt.Errorf("%s is not valid UTF-8", what)
	case strings.ContainsRune(text, 0):
		return fmt.Errorf("%s holds a NUL character", what)
	}
	return nil
}
