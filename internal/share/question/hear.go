package question

import (
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/share/access"
)

// mostHear is how many people one message reaches by mail.
const mostHear = 50

// Hear is who is told of a message, besides whoever wrote it: who is called in it; of an
// answer also who takes part; of a question also who looks after what it is about, and where
// nobody is known to, whoever decides things here. Ids, each once, only of people who are
// here, see the thread and want to hear of it by mail: a question that the one who looks after
// it does not want to hear of is told to whoever decides.
func Hear(h Head, m Message, people []Person, owners []string) []string {
	var list []string
	add := func(id string) {
		if id == m.By.ID || slices.Contains(list, id) || len(list) == mostHear {
			return
		}
		at := slices.IndexFunc(people, func(p Person) bool { return p.ID == id })
		if at >= 0 && (Me{ID: id, Role: people[at].Role}).Sees(h) && people[at].wants(h, m) {
			list = append(list, id)
		}
	}
	for _, c := range m.Calls {
		add(c.ID)
	}
	if m.Number > 1 {
		for _, id := range h.Parts {
			add(id)
		}
		return list
	}
	for _, owner := range owners {
		if p, found := Named(people, owner); found {
			add(p.ID)
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, p := range people {
		if p.Role.May(access.Decide) {
			add(p.ID)
		}
	}
	return list
}

// Named is the one person a name means: models call people 田中, who sign in as 田中 美咲.
func Named(people []Person, name string) (Person, bool) {
	// An owner may carry what they do: 田中(SNS運用).
	name, _, _ = strings.Cut(strings.ReplaceAll(name, "（", "("), "(")
	name = strings.TrimSpace(name)
	if name == "" {
		return Person{}, false
	}
	for _, n := range namesOf(people) {
		if n.name == name || strings.Join(strings.Fields(name), "") == n.name {
			at := slices.IndexFunc(people, func(p Person) bool { return p.ID == n.id })
			return people[at], true
		}
	}
	return Person{}, false
}

// Parts are those who take part once a message is there: as before, with its writer and whom
// it calls.
func Parts(before []string, m Message) []string {
	parts := slices.Clone(before)
	add := func(id string) {
		if id != "" && !slices.Contains(parts, id) && len(parts) < 4*mostHear {
			parts = append(parts, id)
		}
	}
	add(m.By.ID)
	for _, c := range m.Calls {
		add(c.ID)
	}
	return parts
}
