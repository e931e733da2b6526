package server

import (
	"context"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// nameless is a visitor without a name, as sales are told of them.
type nameless struct {
	may     bool // the workspace's notice says that what they did is looked at
	company *CompanyGuess
}

// called is what such a visitor is called.
func (v nameless) called() words.Text {
	if v.company == nil {
		return words.T("匿名のお客さま", "A visitor without a name")
	}
	return words.T("匿名のお客さま（%s の方かもしれません）", "A visitor without a name (maybe from %s)", v.company.Name)
}

// whom is whom a notice is about: a contact, or (not nil) a visitor without a name, with who
// looks after the company they may be from. Who has got a name since then is the contact.
// ErrNotFound for somebody who is gone.
func (n *noticing) whom(ctx context.Context, ws store.WorkspaceID, key, id string) (contact.Contact, *nameless, error) {
	s := n.server
	if id == "" {
		lead, found, err := n.leadOf(ctx, ws, key)
		if err != nil {
			return contact.Contact{}, nil, err
		}
		if !found {
			return contact.Contact{}, nil, store.ErrNotFound{What: "lead", Name: key}
		}
		if id = string(contactOf(lead)); id == "" {
			rows, may, err := s.eventsOfVisitor(ctx, ws, lead)
			if err != nil || !may {
				return contact.Contact{}, &nameless{}, err
			}
			company, err := s.guessedCompany(ctx, ws, rows, words.JA)
			visitor := &nameless{may: true, company: company}
			if company != nil {
				return contact.Contact{Owner: company.Owner}, visitor, err
			}
			return contact.Contact{}, visitor, err
		}
	}
	person, err := s.deps.Store.Contacts.Get(ctx, ws, contact.ID(id))
	return person, nil, err
}
