package contact

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/event"
)

// IdentityKind is what an identity is of.
type IdentityKind string

// The kinds of identity. An address or a user id is a person's own; a browser may be used
// by several.
const (
	ByAddress IdentityKind = "address" // the Key of an Address
	ByUser    IdentityKind = "user"    // the user id a site or a program gives
	ByVisitor IdentityKind = "visitor" // the anonymous id a browser keeps
)

// Identity is one thing somebody is known by.
type Identity struct {
	Kind  IdentityKind
	Value string
}

// Sighting is what was learned of one person in one moment: everything in it is of one and
// the same.
type Sighting struct {
	At         event.Millis
	Address    string // as ParseAddress has Written it; "" unknown
	UserID     string
	Visitor    string // an anonymous id; never one that is another tomorrow
	Name       string
	Owner      string
	Tags       []string
	Properties map[string]Value
}

// Identities are what the person is known by, the strong ones first.
func (s Sighting) Identities() []Identity {
	list := make([]Identity, 0, 3)
	if s.Address != "" {
		list = append(list, Identity{ByAddress, strings.ToLower(s.Address)})
	}
	if s.UserID != "" {
		list = append(list, Identity{ByUser, s.UserID})
	}
	if s.Visitor != "" {
		list = append(list, Identity{ByVisitor, s.Visitor})
	}
	return list
}

// Strong reports whether an identity is one person's own.
func (i Identity) Strong() bool { return i.Kind != ByVisitor }

// OfEvent is what an event tells about a person; false where it tells nothing that makes
// anybody known. Robots and visitors without a lasting id tell nothing of a browser.
func OfEvent(e *event.Event) (Sighting, bool) {
	s := Sighting{At: e.At, UserID: e.UserID}
	if !e.Cookieless {
		s.Visitor = e.AnonymousID
	}
	if e.Bot != "" || e.UserID == "" && e.Kind != event.Identify {
		return Sighting{}, false
	}
	if e.Kind == event.Identify {
		s.readTraits(e.Properties)
	}
	// Many sites use the address itself as the user id.
	if s.Address == "" && strings.Contains(s.UserID, "@") {
		if a, err := ParseAddress(s.UserID); err == nil {
			s.Address = a.Written
		}
	}
	return s, s.Address != "" || s.UserID != ""
}

// readTraits takes what identify says: the names Segment's SDKs use, the rest as properties.
func (s *Sighting) readTraits(raw []byte) {
	var traits map[string]json.RawMessage
	if len(raw) == 0 || json.Unmarshal(raw, &traits) != nil {
		return
	}
	text := func(key string) string {
		var t string
		_ = json.Unmarshal(traits[key], &t) // not a text: nothing to take from it
		return strings.TrimSpace(t)
	}
	if a, err := ParseAddress(text("email")); err == nil {
		s.Address = a.Written
	}
	s.Name = Clip(text("name"), MaxName)
	if first, last := text("firstName"), text("lastName"); s.Name == "" && first+last != "" {
		s.Name = Clip(strings.TrimSpace(fullName(first, last)), MaxName)
	}
	for _, key := range slices.Sorted(maps.Keys(traits)) {
		switch key {
		case "email", "name", "firstName", "lastName":
			continue
		case PropertyCompany:
			var company struct {
				Name string `json:"name"`
			}
			if json.Unmarshal(traits[key], &company) == nil && company.Name != "" {
				s.set(key, TextValue(Clip(company.Name, MaxText)))
				continue
			}
		}
		if v, ok := ParseValue(traits[key]); ok {
			s.set(key, v)
		}
	}
}

// fullName is the family name first where it is written in Japanese.
func fullName(first, last string) string {
	for _, r := range last + first {
		if r >= 0x3040 {
			return last + " " + first
		}
	}
	return first + " " + last
}

// set keeps a property within its limits; one that cannot be kept is left out, since losing
// the rest over it would help nobody.
func (s *Sighting) set(key string, v Value) {
	if CheckKey(key) != nil || v.Check() != nil || len(s.Properties) >= MaxProperties {
		return
	}
	if s.Properties == nil {
		s.Properties = map[string]Value{}
	}
	s.Properties[key] = v
}

// Clip cuts a text to so many bytes between characters.
func Clip(text string, most int) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
