package question

import (
	"slices"
	"time"

	"github.com/shirube/shirube/internal/share/access"
)

// Voice is whose word something is. The name is kept beside the id: people leave.
type Voice struct {
	ID         string // of the person; "" of somebody outside of the workspace
	Name       string
	Department string
	Outside    bool // asked from a read-only page or a report: nobody who signs in
}

// Head is a thread without its messages: enough for a list, and to tell what is new.
type Head struct {
	ID      string
	Subject Subject
	Name    string // of the subject, as it was called when it was asked
	Quote   string // what it said then: a number with its day, the sentence of a finding
	Asked   Voice
	AskedAt time.Time
	LastAt  time.Time // of the newest message
	Last    int       // number of the newest message
	Replied bool      // somebody else than the asker has written
	Settled bool
	Answer  int      // number of the message that answers it; 0: none is marked
	Summary string   // the question's beginning, one line
	Parts   []string // ids of those who wrote in it or were called
}

// Message is one word in a thread.
type Message struct {
	Number   int // 1 is the question
	By       Voice
	Text     string // "" of a deleted one
	Calls    []Call
	At       time.Time
	EditedAt time.Time // zero: as it was written
	Deleted  bool
}

// Thread is a question with all that was said to it, the oldest first.
type Thread struct {
	Head
	Messages []Message
}

// Message is one message by its number.
func (t Thread) Message(number int) (Message, bool) {
	at := slices.IndexFunc(t.Messages, func(m Message) bool { return m.Number == number })
	if at < 0 {
		return Message{}, false
	}
	return t.Messages[at], true
}

// Same reports whether two words are one person's, or both of the one from outside.
func (v Voice) Same(other Voice) bool {
	if v.Outside || other.Outside {
		return v.Outside == other.Outside
	}
	return v.ID != "" && v.ID == other.ID
}

// Concerns reports whether somebody takes part: asked, answered or was called.
func (h Head) Concerns(person string) bool { return person != "" && slices.Contains(h.Parts, person) }

// New is how many messages somebody has not seen who has read as far as number read. A
// thread that is settled is news only to those it concerns; an open one is to everybody, for
// anybody may have the answer.
func (h Head) New(person string, read int) int {
	if person == "" || h.Settled && !h.Concerns(person) {
		return 0
	}
	return max(0, h.Last-read)
}

// Me is whoever wants to do something.
type Me struct {
	ID   string
	Role access.Role
}

// decides reports whether somebody looks after the workspace.
func (m Me) decides() bool { return m.Role.May(access.Decide) }

// Sees reports whether a thread is there for somebody. Who sees the whole workspace sees all
// of them; a guest sees the map, and so what is asked of it, and what concerns the guest.
func (m Me) Sees(h Head) bool {
	if m.Role.May(access.SeeNumbers) || h.Concerns(m.ID) {
		return true
	}
	return m.Role.May(access.Speak) && (h.Subject.Kind == Whole || h.Subject.Kind == Indicator || h.Subject.Kind == Road)
}

// editWithin is how long one's own words can be changed. Later others have built on them.
const editWithin = 24 * time.Hour

// MayEdit reports whether somebody may change the words of a message.
func (m Me) MayEdit(one Message, now time.Time) bool {
	return m.wrote(one) && !one.Deleted && now.Sub(one.At) < editWithin
}

// MayDelete reports whether somebody may take a message away: their own at any time; whoever
// answers for the workspace every one, for anybody can write from outside.
func (m Me) MayDelete(one Message) bool {
	return !one.Deleted && (m.wrote(one) || m.Role.AtLeast(access.Owner))
}

// MaySettle reports whether somebody may say that a question is answered, or is not any
// more: whoever asked it, and whoever decides things here.
func (m Me) MaySettle(h Head) bool { return m.decides() || m.ID != "" && h.Asked.ID == m.ID }

func (m Me) wrote(one Message) bool { return m.ID != "" && one.By.ID == m.ID }
