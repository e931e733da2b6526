package query

// Select is one select with all that may hang on it.
type Select struct {
	With     []Common
	Distinct bool
	Columns  []Column
	From     Source
	Joins    []Join
	Where    []Expr // all of them hold
	Group    []Expr
	Having   []Expr
	Order    []Order
	Limit    int // 0: all
	Offset   int
	Also     []*Select // UNION ALL
}

// Common is a named part of a statement, written once and read by name.
type Common struct {
	Name word
	Body *Select
}

// Column is what is selected and what it is called.
type Column struct {
	Expr Expr
	As   word
}

// Order is a sort key.
type Order struct {
	By   Expr
	Down bool
}

// JoinKind is how a join treats rows without a partner.
type JoinKind word

// The joins. AsofLeft pairs a row with the first later one: its On ends with the one
// inequality that says what later means.
const (
	Inner    JoinKind = "JOIN"
	Left     JoinKind = "LEFT JOIN"
	AsofLeft JoinKind = "ASOF LEFT JOIN"
)

// Join adds a source.
type Join struct {
	Kind JoinKind
	To   Source
	On   []Expr
}

// Source is what rows come from.
type Source interface {
	source(*writer)
	// narrowed is the condition that keeps a table within the workspace; nil for parts
	// that are narrowed inside.
	narrowed() Expr
}

// table is a table of the warehouse under a short name.
type table struct{ name, alias word }

func (t table) source(w *writer) { w.name(t.name); w.say(" AS "); w.name(t.alias) }
func (t table) narrowed() Expr   { return workspaceIs{t.alias} }

// workspaceIs is written by the compiler for every table.
type workspaceIs struct{ alias word }

func (e workspaceIs) write(w *writer) {
	w.name(e.alias)
	w.say(".ws = ")
	w.value(w.key)
}

// part is a Common under a short name.
type part struct{ name, alias word }

func (p part) source(w *writer) { w.name(p.name); w.say(" AS "); w.name(p.alias) }
func (p part) narrowed() Expr   { return nil }

// nested is a select within another.
type nested struct {
	body  *Select
	alias word
}

func (n nested) source(w *writer) {
	w.say("(")
	n.body.write(w)
	w.say(") AS ")
	w.name(n.alias)
}
func (n nested) narrowed() Expr { return nil }

// pairs are two lists of one length as a relation (traffic, value): how what was decided in
// Go comes into a statement without standing in its text.
type pairs struct {
	keys   []uint32
	values []string
	alias  word
}

func (p pairs) source(w *writer) { w.dialect.pairs(w, p) }
func (p pairs) narrowed() Expr   { return nil }

func (s *Select) write(w *writer) {
	for i, each := range s.With {
		if i == 0 {
			w.say("WITH ")
		} else {
			w.say(",\n")
		}
		w.name(each.Name)
		w.say(" AS (")
		each.Body.write(w)
		w.say(")")
	}
	if len(s.With) > 0 {
		w.say("\n")
	}
	s.writeBody(w)
	for _, each := range s.Also {
		w.say("\nUNION ALL ")
		each.writeBody(w)
	}
	s.writeOrder(w)
}

func (s *Select) writeBody(w *writer) {
	w.say("SELECT ")
	if s.Distinct {
		w.say("DISTINCT ")
	}
	for i, each := range s.Columns {
		if i > 0 {
			w.say(", ")
		}
		each.Expr.write(w)
		if each.As != "" {
			w.say(" AS ")
			w.name(each.As)
		}
	}
	where := s.Where
	if s.From != nil {
		w.say("\nFROM ")
		s.From.source(w)
		if own := s.From.narrowed(); own != nil {
			where = append([]Expr{own}, where...)
		}
	}
	for _, each := range s.Joins {
		on := each.On
		if own := each.To.narrowed(); own != nil {
			on = append([]Expr{own}, on...)
		}
		w.say("\n", word(each.Kind), " ")
		each.To.source(w)
		w.say(" ON ")
		all(on).write(w)
	}
	if len(where) > 0 {
		w.say("\nWHERE ")
		all(where).write(w)
	}
	writeList(w, "\nGROUP BY ", s.Group)
	if len(s.Having) > 0 {
		w.say("\nHAVING ")
		all(s.Having).write(w)
	}
}

func (s *Select) writeOrder(w *writer) {
	for i, each := range s.Order {
		if i == 0 {
			w.say("\nORDER BY ")
		} else {
			w.say(", ")
		}
		each.By.write(w)
		if each.Down {
			w.say(" DESC")
		}
	}
	if s.Limit > 0 {
		w.say("\nLIMIT ")
		w.value(int64(s.Limit))
	}
	if s.Offset > 0 {
		w.say(" OFFSET ")
		w.value(int64(s.Offset))
	}
}

func writeList(w *writer, before word, list []Expr) {
	for i, each := range list {
		if i == 0 {
			w.say(before)
		} else {
			w.say(", ")
		}
		each.write(w)
	}
}
