package server

import (
	"context"
	"strings"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/store"
)

// wishesOf is what people said about mail, each by every address known to be theirs: whoever
// refused at one address is not written to at another.
func wishesOf(ctx context.Context, db store.Repositories, ws store.WorkspaceID, people []contact.Contact) (map[contact.ID]contact.Wishes, error) {
	ids := make([]contact.ID, len(people))
	for i, one := range people {
		ids[i] = one.ID
	}
	known, err := db.Contacts.Addresses(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	var addresses []string
	for _, one := range people {
		addresses = append(addresses, strings.ToLower(one.Address))
		addresses = append(addresses, known[one.ID]...)
	}
	said, err := mailSaid(ctx, db, ws, addresses)
	if err != nil {
		return nil, err
	}
	all := make(map[contact.ID]contact.Wishes, len(people))
	for _, one := range people {
		all[one.ID] = wishesAt(said, strings.ToLower(one.Address), known[one.ID])
	}
	return all, nil
}

// mailSaid is what was said about mail to addresses (their keys).
func mailSaid(ctx context.Context, db store.Repositories, ws store.WorkspaceID, addresses []string) (map[string]contact.Said, error) {
	consents, err := db.Consents.Of(ctx, ws, addresses)
	if err != nil {
		return nil, err
	}
	stops, err := db.Suppressions.Of(ctx, ws, addresses)
	if err != nil {
		return nil, err
	}
	said := make(map[string]contact.Said, len(addresses))
	for _, address := range addresses {
		said[address] = contact.Said{Consents: consents[address], Stops: stops[address]}
	}
	return said, nil
}

// wishesAt is what somebody with some addresses said, as it bears on one of them.
func wishesAt(said map[string]contact.Said, address string, all []string) contact.Wishes {
	w := contact.Wishes{Own: said[address]}
	for _, other := range all {
		if other != address {
			w.Others = append(w.Others, said[other])
		}
	}
	return w
}
