package report

import "github.com/shirube/shirube/internal/words"

// Order is a page that comes by itself: when, to whom, and how.
type Order struct {
	Name string `json:"name"`
	Plan
	// PDF says that the page on paper is put beside the mail.
	PDF bool `json:"pdf"`
	// Note is a word of the team above the page; "" without.
	Note    string   `json:"note"`
	Paused  bool     `json:"paused"`
	Readers []Reader `json:"readers"`
}

// Reader is somebody it goes to: a member of the workspace, or an address outside.
type Reader struct {
	ID      string     `json:"id"`                // within the order
	User    string     `json:"user,omitempty"`    // of a member
	Address string     `json:"address,omitempty"` // of somebody outside
	Name    string     `json:"name,omitempty"`    // of somebody outside
	Lang    words.Lang `json:"lang,omitempty"`    // of somebody outside; a member has chosen one
	// Stopped: they asked not to get it any more. It is kept, so that nobody adds them again
	// without seeing it.
	Stopped bool `json:"stopped,omitempty"`
}

// Outside tells that the reader is no member: no name of the team is shown to them, and
// nothing they could not open.
func (r Reader) Outside() bool { return r.User == "" }

// Reader finds a reader by id.
func (o Order) Reader(id string) (Reader, bool) {
	for _, r := range o.Readers {
		if r.ID == id {
			return r, true
		}
	}
	return Reader{}, false
}

// Variant names the page as one reader gets it.
func Variant(lang words.Lang, outside bool) string {
	if outside {
		return string(lang) + "-outside"
	}
	return string(lang)
}

// Issue is one page as it was sent, kept for good.
type Issue struct {
	Number  int              `json:"number"`
	Mark    string           `json:"mark"`
	Title   string           `json:"title"`
	Sheets  map[string]Sheet `json:"sheets"` // by Variant
	Readers []Sent           `json:"readers"`
}

// Sent is somebody an issue went to, as they were then.
type Sent struct {
	Reader
	Variant string `json:"variant"`
	// State is how that ended, where it is not told by the outbox.
	State string `json:"state,omitempty"`
}

// Sheet is the page in a language, or else in whatever language there is.
func (i Issue) Sheet(lang words.Lang) (Sheet, bool) {
	for _, want := range []string{Variant(lang, false), Variant(lang, true), Variant(words.JA, false), Variant(words.EN, false), Variant(words.JA, true), Variant(words.EN, true)} {
		if s, ok := i.Sheets[want]; ok {
			return s, true
		}
	}
	return Sheet{}, false
}
