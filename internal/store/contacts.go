package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Contacts is the repository of people with a name and of what they are known by.
type Contacts struct{ session }

// contactsAtOnce bounds what one statement reads or writes.
const contactsAtOnce = 500

type contactRow struct {
	bun.BaseModel `bun:"table:contacts"`

	WorkspaceID WorkspaceID  `bun:"workspace_id,pk"`
	ID          contact.ID   `bun:"id,pk"`
	Number      int64        `bun:"number"`
	Address     string       `bun:"address"`
	Name        string       `bun:"name"`
	CompanyID   string       `bun:"company_id"`
	Owner       string       `bun:"owner"`
	Tags        string       `bun:"tags"`
	Properties  string       `bun:"properties"`
	Said        string       `bun:"said"`
	Search      string       `bun:"search"`
	CreatedAt   event.Millis `bun:"created_at"`
	UpdatedAt   event.Millis `bun:"updated_at"`
}

func (r contactRow) contact() (contact.Contact, error) {
	c := contact.Contact{ID: r.ID, Number: r.Number, Address: r.Address, Name: r.Name, CompanyID: r.CompanyID, Owner: r.Owner,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
	err := errors.Join(json.Unmarshal([]byte(r.Tags), &c.Tags), json.Unmarshal([]byte(r.Properties), &c.Properties), json.Unmarshal([]byte(r.Said), &c.Said))
	if err != nil {
		return contact.Contact{}, fmt.Errorf("read contact %q: %w", r.ID, err)
	}
	return c, nil
}

func rowOfContact(ws WorkspaceID, c *contact.Contact) (contactRow, error) {
	for what, text := range map[string]string{"address": c.Address, "name": c.Name, "owner": c.Owner} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return contactRow{}, fmt.Errorf("keep contact: %w", err)
		}
	}
	for key, value := range c.Properties {
		if err := errors.Join(contact.CheckKey(key), value.Check()); err != nil {
			return contactRow{}, fmt.Errorf("keep contact: property %q: %w", key, err)
		}
	}
	tags, properties, said := c.Tags, c.Properties, c.Said
	if tags == nil {
		tags = []string{}
	}
	if properties == nil {
		properties = map[string]contact.Value{}
	}
	if said == nil {
		said = map[string]event.Millis{}
	}
	row := contactRow{WorkspaceID: ws, ID: c.ID, Number: c.Number, Address: c.Address, Name: c.Name, CompanyID: c.CompanyID, Owner: c.Owner,
		Search: searchOf(c), CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt}
	for _, part := range []struct {
		into  *string
		value any
	}{{&row.Tags, tags}, {&row.Properties, properties}, {&row.Said, said}} {
		text, err := json.Marshal(part.value)
		if err != nil {
			return contactRow{}, fmt.Errorf("keep contact: %w", err)
		}
		*part.into = string(text)
	}
	return row, nil
}

// searchOf is what somebody is looked for by.
func searchOf(c *contact.Contact) string {
	return strings.ToLower(strings.Join([]string{c.Name, c.Address, c.Properties[contact.PropertyCompany].Text}, "\n"))
}

// putContacts keeps contacts as they are now.
func putContacts(ctx context.Context, tx bun.Tx, ws WorkspaceID, list []*contact.Contact) error {
	for from := 0; from < len(list); from += contactsAtOnce {
		rows := make([]contactRow, 0, contactsAtOnce)
		for _, c := range list[from:min(from+contactsAtOnce, len(list))] {
			row, err := rowOfContact(ws, c)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		_, err := tx.NewInsert().Model(&rows).On("CONFLICT (workspace_id, id) DO UPDATE").
			Set("address = EXCLUDED.address").Set("name = EXCLUDED.name").Set("company_id = EXCLUDED.company_id").
			Set("owner = EXCLUDED.owner").Set("tags = EXCLUDED.tags").Set("properties = EXCLUDED.properties").Set("said = EXCLUDED.said").
			Set("search = EXCLUDED.search").Set("created_at = EXCLUDED.created_at").Set("updated_at = EXCLUDED.updated_at").Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// Get is a contact by its id, or by one that was merged into it. ErrNotFound.
func (c Contacts) Get(ctx context.Context, ws WorkspaceID, id contact.ID) (contact.Contact, error) {
	if checkText("contact", string(id), maxNameBytes) != nil {
		return contact.Contact{}, ErrNotFound{"contact", "…"}
	}
	return getContact(ctx, c.read(), ws, id)
}

func getContact(ctx context.Context, from bun.IDB, ws WorkspaceID, id contact.ID) (contact.Contact, error) {
	var row contactRow
	// A contact's own id is never one that was merged away.
	err := from.NewSelect().Model(&row).Where("workspace_id = ?", ws).
		Where("id = COALESCE((SELECT contact_id FROM contact_merges WHERE workspace_id = ? AND old_id = ?), ?)", ws, id, id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return contact.Contact{}, ErrNotFound{"contact", string(id)}
	}
	if err != nil {
		return contact.Contact{}, fmt.Errorf("find contact %q: %w", id, err)
	}
	return row.contact()
}

// GetMany is contacts by their ids, or by those merged into them; who is not there is left
// out. The keys are the ids that were asked for.
func (c Contacts) GetMany(ctx context.Context, ws WorkspaceID, ids []contact.ID) (map[contact.ID]contact.Contact, error) {
	leads, err := c.Leads(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	want := make([]contact.ID, len(ids))
	for i, id := range ids {
		if want[i] = id; leads[id] != "" {
			want[i] = leads[id]
		}
	}
	found, err := contactsByID(ctx, c.read(), ws, want)
	if err != nil {
		return nil, fmt.Errorf("find %d contacts: %w", len(ids), err)
	}
	all := make(map[contact.ID]contact.Contact, len(ids))
	for i, id := range ids {
		if one := found[want[i]]; one != nil {
			all[id] = *one
		}
	}
	return all, nil
}

func contactsByID(ctx context.Context, from bun.IDB, ws WorkspaceID, ids []contact.ID) (map[contact.ID]*contact.Contact, error) {
	all := make(map[contact.ID]*contact.Contact, len(ids))
	for start := 0; start < len(ids); start += contactsAtOnce {
		var rows []contactRow
		err := from.NewSelect().Model(&rows).Where("workspace_id = ?", ws).
			Where("id IN (?)", bun.List(ids[start:min(start+contactsAtOnce, len(ids))])).Scan(ctx)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			one, err := row.contact()
			if err != nil {
				return nil, err
			}
			all[row.ID] = &one
		}
	}
	return all, nil
}

// ContactQuery says which contacts are asked for; zero fields ask for nothing.
type ContactQuery struct {
	Search  string // part of a name, an address or a company's name, in whatever case
	Tag     string
	Owner   string // a user's id; NoOwner: whom nobody looks after
	Company string // its id
	// Since and Until bound when they were last changed: [Since, Until); Until 0 is without end.
	Since, Until  event.Millis
	Limit, Offset int // Limit 0 is 100
}

// NoOwner asks for those nobody looks after.
const NoOwner = "-"

func (q ContactQuery) apply(ws WorkspaceID) func(*bun.SelectQuery) *bun.SelectQuery {
	return func(s *bun.SelectQuery) *bun.SelectQuery {
		s = s.Where("workspace_id = ?", ws)
		if q.Search != "" {
			s = s.Where(`search LIKE ? ESCAPE '\'`, "%"+likeText(strings.ToLower(q.Search))+"%")
		}
		if q.Tag != "" {
			quoted, _ := json.Marshal(q.Tag) // a string always is JSON
			s = s.Where(`tags LIKE ? ESCAPE '\'`, "%"+likeText(string(quoted))+"%")
		}
		switch q.Owner {
		case "":
		case NoOwner:
			s = s.Where("owner = ''")
		default:
			s = s.Where("owner = ?", q.Owner)
		}
		if q.Company != "" {
			s = s.Where("company_id = ?", q.Company)
		}
		if q.Since > 0 {
			s = s.Where("updated_at >= ?", q.Since)
		}
		if q.Until > 0 {
			s = s.Where("updated_at < ?", q.Until)
		}
		return s
	}
}

// likeText is a text that LIKE takes for itself.
func likeText(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}

// List is contacts, those changed last first, and how many there are in all.
func (c Contacts) List(ctx context.Context, ws WorkspaceID, ask ContactQuery) (list []contact.Contact, total int, err error) {
	for _, text := range []string{ask.Search, ask.Tag, ask.Owner, ask.Company} {
		if checkText("query", text, maxNameBytes) != nil {
			return nil, 0, nil // no such text can have been stored
		}
	}
	if ask.Limit <= 0 {
		ask.Limit = 100
	}
	var rows []contactRow
	count, err := c.read().NewSelect().Model(&rows).Apply(ask.apply(ws)).Order("updated_at DESC", "number DESC").
		Limit(int64(ask.Limit)).Offset(int64(ask.Offset)).ScanAndCount(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("list contacts of %q: %w", ws, err)
	}
	list, err = contactsOf(rows)
	return list, int(count), err
}

func contactsOf(rows []contactRow) ([]contact.Contact, error) {
	list := make([]contact.Contact, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = row.contact(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// After is contacts in the order of their numbers, above the given one: how all of them are
// gone through in parts. limit 0 is 1,000.
func (c Contacts) After(ctx context.Context, ws WorkspaceID, number int64, limit int) ([]contact.Contact, error) {
	if limit <= 0 {
		limit = 1000
	}
	var rows []contactRow
	err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("number > ?", number).
		Order("number").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list contacts of %q: %w", ws, err)
	}
	return contactsOf(rows)
}

// Tags is every tag in use and how many have it.
func (c Contacts) Tags(ctx context.Context, ws WorkspaceID) (map[string]int, error) {
	var lists []struct {
		Tags  string `bun:"tags"`
		Count int    `bun:"n"`
	}
	err := c.read().NewSelect().Model((*contactRow)(nil)).Column("tags").ColumnExpr("COUNT(*) AS n").
		Where("workspace_id = ?", ws).Where("tags <> '[]'").Group("tags").Scan(ctx, &lists)
	if err != nil {
		return nil, fmt.Errorf("list tags of %q: %w", ws, err)
	}
	all := map[string]int{}
	for _, list := range lists {
		var tags []string
		if err := json.Unmarshal([]byte(list.Tags), &tags); err != nil {
			return nil, fmt.Errorf("list tags of %q: %w", ws, err)
		}
		for _, tag := range tags {
			all[tag] += list.Count
		}
	}
	return all, nil
}
