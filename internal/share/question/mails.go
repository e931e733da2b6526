package question

import "slices"

// Mails is what of questions somebody wants to be mailed; on the screen they see all the same.
type Mails string

// What somebody may choose; the zero value is AllMails.
const (
	AllMails    Mails = "all"    // whatever concerns them
	CalledMails Mails = "called" // where they are called by name, and what is said to a question of theirs
	NoMails     Mails = "none"
)

// Known reports whether it is one that can be chosen.
func (m Mails) Known() bool { return slices.Contains([]Mails{AllMails, CalledMails, NoMails}, m) }

// wants reports whether a message is mailed to somebody.
func (p Person) wants(h Head, m Message) bool {
	switch p.Mails {
	case NoMails:
		return false
	case CalledMails:
		return h.Asked.ID == p.ID || slices.ContainsFunc(m.Calls, func(c Call) bool { return c.ID == p.ID })
	}
	return true
}
