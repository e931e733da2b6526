package server

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ContactDetail is one person with what they are known by and what may be sent to them.
type ContactDetail struct {
	ContactView
	Addresses []AddressView  `json:"addresses" doc:"every address they have; the first is written to"`
	Known     []IdentityView `json:"known" doc:"user ids and browsers"`
	Acting    ContactActing  `json:"acting" doc:"points, leads, automations and mails"`
}

// AddressView is an address and whether mail may be sent to it.
type AddressView struct {
	Address    string            `json:"address"`
	Role       bool              `json:"role" doc:"an office's, such as info@"`
	Disposable bool              `json:"disposable" doc:"of a host whose addresses last for minutes"`
	Meant      string            `json:"meant" doc:"the address that was probably meant; empty where it looks right"`
	MaySend    bool              `json:"may_send" doc:"advertising, of any topic"`
	Article    string            `json:"article" doc:"of the law that speaks for or against it"`
	Why        string            `json:"why"`
	Consents   []ConsentView     `json:"consents" doc:"the oldest first"`
	Stopped    []SuppressionView `json:"stopped" doc:"also what was lifted since"`
}

// IdentityView is one thing somebody is known by.
type IdentityView struct {
	Kind  string `json:"kind" enum:"user,visitor"`
	Value string `json:"value"`
}

func asExists(err error) (store.ErrExists, bool) { return errors.AsType[store.ErrExists](err) }

func (s *Server) contactTags(ctx context.Context, slug string) (ContactTagsReply, error) {
	reply := ContactTagsReply{Tags: []TagCount{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	all, err := s.deps.Store.Contacts.Tags(ctx, ws.ID)
	for _, tag := range slices.Sorted(maps.Keys(all)) {
		reply.Tags = append(reply.Tags, TagCount{tag, all[tag]})
	}
	return reply, err
}

// contactViews shows people with their companies and owners by name.
func (s *Server) contactViews(ctx context.Context, ws store.WorkspaceID, list []contact.Contact, lang words.Lang) ([]ContactView, error) {
	var ids []string
	for _, c := range list {
		if c.CompanyID != "" && !slices.Contains(ids, c.CompanyID) {
			ids = append(ids, c.CompanyID)
		}
	}
	companies, err := s.deps.Store.Companies.GetMany(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	owners := map[string]string{}
	views := make([]ContactView, len(list))
	for i, c := range list {
		view := ContactView{ID: string(c.ID), Address: c.Address, Name: c.Name, Owner: c.Owner, Tags: append([]string{}, c.Tags...),
			Properties: propertyViews(c, lang), CreatedAt: int64(c.CreatedAt), UpdatedAt: int64(c.UpdatedAt), Role: contact.IsRole(c.Address)}
		if company, there := companies[c.CompanyID]; there {
			view.Company = &CompanyView{ID: company.ID, Name: company.Name, Domain: company.Domain}
			if company.Name == "" {
				view.Company.Name = company.Domain
			}
		}
		if view.OwnerName, err = s.ownerName(ctx, owners, c.Owner); err != nil {
			return nil, err
		}
		views[i] = view
	}
	return views, nil
}

// looksLikeID tells an id given here from a name somebody wrote in its place.
func looksLikeID(text string) bool {
	return len(text) == 26 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// ownerName is a user's name; "" for one who has left.
func (s *Server) ownerName(ctx context.Context, known map[string]string, id string) (string, error) {
	if name, there := known[id]; there || id == "" {
		return name, nil
	}
	user, err := s.deps.Store.Users.Get(ctx, store.UserID(id))
	if err != nil && !isNotFound(err) {
		return "", err
	}
	known[id] = user.Name
	if err != nil && !looksLikeID(id) {
		known[id] = id // a program wrote a name
	}
	return known[id], nil
}

var valueKinds = map[contact.ValueKind]string{contact.Text: "text", contact.Number: "number", contact.Truth: "truth", contact.Date: "date"}

func propertyViews(c contact.Contact, lang words.Lang) []PropertyView {
	views := []PropertyView{}
	for _, key := range slices.Sorted(maps.Keys(c.Properties)) {
		v := c.Properties[key]
		views = append(views, PropertyView{Key: key, Label: propertyLabel(key, lang), Kind: valueKinds[v.Kind], Value: v.String(), At: int64(c.Said[contact.FieldProperty+key])})
	}
	return views
}

func (s *Server) contactDetail(ctx context.Context, slug, id string, lang words.Lang) (ContactDetail, error) {
	ws, key, err := s.contactID(ctx, slug, id)
	if err != nil {
		return ContactDetail{}, err
	}
	one, err := s.deps.Store.Contacts.Get(ctx, ws.ID, key)
	if err != nil {
		return ContactDetail{}, err
	}
	views, err := s.contactViews(ctx, ws.ID, []contact.Contact{one}, lang)
	if err != nil {
		return ContactDetail{}, err
	}
	detail := ContactDetail{ContactView: views[0], Addresses: []AddressView{}, Known: []IdentityView{}}
	identities, err := s.deps.Store.Contacts.Identities(ctx, ws.ID, one.ID)
	if err != nil {
		return detail, err
	}
	var addresses []string
	for _, identity := range identities {
		if identity.Kind == contact.ByAddress {
			addresses = append(addresses, identity.Value)
		} else {
			detail.Known = append(detail.Known, IdentityView{string(identity.Kind), identity.Value})
		}
	}
	// The one that is written to first.
	slices.SortStableFunc(addresses, func(a, b string) int {
		first := strings.ToLower(one.Address)
		switch {
		case a == first && b != first:
			return -1
		case b == first && a != first:
			return 1
		}
		return 0
	})
	if detail.Addresses, err = s.addressViews(ctx, ws.ID, addresses, lang); err != nil {
		return detail, err
	}
	detail.Acting, err = s.contactActing(ctx, ws.ID, one, mostActingShown)
	return detail, err
}

func (s *Server) addressViews(ctx context.Context, ws store.WorkspaceID, addresses []string, lang words.Lang) ([]AddressView, error) {
	said, err := mailSaid(ctx, s.deps.Store.Repositories, ws, addresses)
	if err != nil {
		return nil, err
	}
	now := event.Millis(s.deps.Clock().UnixMilli())
	views := make([]AddressView, len(addresses))
	for i, address := range addresses {
		read, _ := contact.ParseAddress(address) // it was read once already
		verdict := wishesAt(said, address, addresses).MaySend("", contact.Marketing, now)
		views[i] = AddressView{Address: address, Role: read.Role, Disposable: read.Disposable, Meant: read.Meant,
			MaySend: verdict.May, Article: verdict.Article, Why: verdict.Why.In(lang), Consents: []ConsentView{}, Stopped: []SuppressionView{}}
		for _, c := range said[address].Consents {
			views[i].Consents = append(views[i].Consents, consentView(c, lang))
		}
		for _, stop := range said[address].Stops {
			views[i].Stopped = append(views[i].Stopped, SuppressionView{Topic: stop.Topic, Reason: string(stop.Reason), Label: stop.Reason.In(lang),
				At: int64(stop.At), By: stop.By, Note: stop.Note, LiftedAt: int64(stop.Lifted)})
		}
	}
	return views, nil
}
