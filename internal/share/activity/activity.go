// Package activity is who of which department looked at the goal and asked about it: what
// one needs to see whether a goal is shared or only published. It counts days on which
// somebody looked, never how often or how long: a team is not to be watched.
package activity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/series"
)

// Person is somebody of the team.
type Person struct {
	ID         string
	Name       string
	Department string // "" = not said
}

// Look is that somebody looked at something on a day.
type Look struct {
	Day    series.Day
	Person string
	What   string
	Thing  string
}

// Word is that somebody said something: asked, answered, decided.
type Word struct {
	Person string
	Kind   Kind
	Times  int
}

// Kind is what was said.
type Kind string

// What is said.
const (
	Asked   Kind = "asked"
	Spoke   Kind = "spoke" // answered, stated how they understand the goal
	Changed Kind = "changed"
)

// kinds are the operations by which people say something to each other; all others that
// are on the record change something.
var kinds = map[string]Kind{
	"ask-question": Asked,
	"state-goal":   Spoke, "sign-wording": Spoke, "withdraw-signature": Spoke,
	"answer-question": Spoke, "settle-question": Spoke, "reopen-question": Spoke, "edit-message": Spoke, "delete-message": Spoke, "delete-question": Spoke,
}

// KindOf is what somebody does by an operation.
func KindOf(operation string) Kind {
	if kind, known := kinds[operation]; known {
		return kind
	}
	return Changed
}

// Row is what one person or one department did within some days.
type Row struct {
	ID      string // of the person; the department's name
	Name    string
	People  int // how many there are; 1 for a person
	Active  int // how many of them looked or said something
	Days    int // on how many days somebody looked
	Last    *series.Day
	Looked  []string // what was looked at, in the order given by Whats
	Asked   int
	Spoke   int
	Changed int

	Department string // of a person
}

// Thing is something that was looked at.
type Thing struct {
	What, Thing string
	People      int
	Departments []string // "" = not said
}

// Week is who looked and asked.
type Week struct {
	People      []Row // those who did something first, the most recent before the others
	Departments []Row // every department there is, in the same order
	Things      []Thing
	// Silent is the departments of whom nobody looked or said anything.
	Silent []string
}

// Whats is everything that can be looked at, in the order it is told.
var Whats = []string{"map", "indicator", "findings", "now", "agreement", "questions", "reviews", "reports", "glossary"}

// Summarise adds up what was seen and said by the people there are. What others did, who
// are gone since, is left out.
func Summarise(people []Person, looks []Look, said []Word) Week {
	rows, byID := make([]Row, len(people)), make(map[string]*Row, len(people))
	for i, p := range people {
		rows[i] = Row{ID: p.ID, Name: p.Name, People: 1, Department: p.Department}
		byID[p.ID] = &rows[i]
	}
	days := map[string]map[series.Day]bool{} // of a person, and of a department
	note := func(of string, day series.Day) {
		if days[of] == nil {
			days[of] = map[series.Day]bool{}
		}
		days[of][day] = true
	}
	type thing struct{ what, thing string }
	seen := map[thing]map[string]bool{}
	for _, look := range looks {
		row := byID[look.Person]
		if row == nil {
			continue
		}
		note("p:"+row.ID, look.Day)
		note("d:"+row.Department, look.Day)
		if row.Last == nil || *row.Last < look.Day {
			row.Last = new(look.Day)
		}
		if !slices.Contains(row.Looked, look.What) {
			row.Looked = append(row.Looked, look.What)
		}
		at := thing{look.What, look.Thing}
		if seen[at] == nil {
			seen[at] = map[string]bool{}
		}
		seen[at][row.ID] = true
	}
	for _, word := range said {
		row := byID[word.Person]
		if row == nil {
			continue
		}
		switch word.Kind {
		case Asked:
			row.Asked += word.Times
		case Spoke:
			row.Spoke += word.Times
		case Changed:
			row.Changed += word.Times
		}
	}
	var week Week
	departments := map[string]*Row{}
	for i := range rows {
		row := &rows[i]
		row.Days = len(days["p:"+row.ID])
		if row.Days > 0 || row.said() > 0 {
			row.Active = 1
		}
		sortWhats(row.Looked)
		d := departments[row.Department]
		if d == nil {
			d = &Row{ID: row.Department, Name: row.Department, Days: len(days["d:"+row.Department])}
			departments[row.Department] = d
		}
		d.add(*row)
	}
	for _, d := range departments {
		sortWhats(d.Looked)
		week.Departments = append(week.Departments, *d)
		if d.Active == 0 && d.Name != "" {
			week.Silent = append(week.Silent, d.Name)
		}
	}
	week.People = slices.Clone(rows) // the sorting must not move what is pointed at
	sortRows(week.People)
	sortRows(week.Departments)
	slices.Sort(week.Silent)
	for at, who := range seen {
		one := Thing{What: at.what, Thing: at.thing, People: len(who)}
		for id := range who {
			if d := byID[id].Department; !slices.Contains(one.Departments, d) {
				one.Departments = append(one.Departments, d)
			}
		}
		slices.Sort(one.Departments)
		week.Things = append(week.Things, one)
	}
	slices.SortFunc(week.Things, func(a, b Thing) int {
		return cmp.Or(cmp.Compare(b.People, a.People), whatOrder(a.What, b.What), strings.Compare(a.Thing, b.Thing))
	})
	return week
}

func (r *Row) said() int { return r.Asked + r.Spoke + r.Changed }

func (r *Row) add(one Row) {
	r.People++
	r.Active += one.Active
	r.Asked += one.Asked
	r.Spoke += one.Spoke
	r.Changed += one.Changed
	if one.Last != nil && (r.Last == nil || *r.Last < *one.Last) {
		r.Last = one.Last
	}
	for _, what := range one.Looked {
		if !slices.Contains(r.Looked, what) {
			r.Looked = append(r.Looked, what)
		}
	}
}

func sortWhats(list []string) { slices.SortFunc(list, whatOrder) }

func whatOrder(a, b string) int {
	return cmp.Or(cmp.Compare(placeOf(a), placeOf(b)), strings.Compare(a, b))
}

func placeOf(what string) int {
	if at := slices.Index(Whats, what); at >= 0 {
		return at
	}
	return len(Whats)
}

// sortRows puts those first who looked last; whoever is of no department comes last.
func sortRows(rows []Row) {
	last := func(r Row) series.Day {
		if r.Last == nil {
			return 0
		}
		return *r.Last
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(last(b), last(a)), cmp.Compare(b.said(), a.said()), cmp.Compare(boolRank(a.Name == ""), boolRank(b.Name == "")), strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
}

func boolRank(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
