package query

// Expr is a value or a condition.
type Expr interface{ write(*writer) }

// col is a column of a source; without a source, a name given in the same select.
type col struct{ of, name word }

func (c col) write(w *writer) {
	if c.of != "" {
		w.name(c.of)
		w.say(".")
	}
	w.name(c.name)
}

// param is a value from outside.
type param struct{ value any }

func (p param) write(w *writer) { w.value(p.value) }

// fixed is a constant of the question itself: 0, 1, ” or *.
type fixed struct{ text word }

func (f fixed) write(w *writer) { w.say(f.text) }

var (
	zero  = fixed{"0"}
	one   = fixed{"1"}
	empty = fixed{"''"}
	star  = fixed{"*"}
	null  = fixed{"NULL"}
)

// call is a function both dialects know by one name.
type call struct {
	name word
	args []Expr
}

func fn(name word, args ...Expr) Expr { return call{name, args} }

func (c call) write(w *writer) {
	w.say(c.name, "(")
	writeList(w, "", c.args)
	w.say(")")
}

// distinct is count(DISTINCT …).
type distinct struct{ of Expr }

func (d distinct) write(w *writer) { w.say("count(DISTINCT "); d.of.write(w); w.say(")") }

// apart is what is told apart in a filtered count.
type apart struct{ of Expr }

func (a apart) write(w *writer) { w.say("DISTINCT "); a.of.write(w) }

// operation is a left and a right with something between.
type operation struct {
	operator    word
	left, right Expr
}

func op(left Expr, operator word, right Expr) Expr { return operation{operator, left, right} }
func eq(left, right Expr) Expr                     { return operation{"=", left, right} }

func (o operation) write(w *writer) {
	w.say("(")
	o.left.write(w)
	w.say(" ", o.operator, " ")
	o.right.write(w)
	w.say(")")
}

type not struct{ of Expr }

func (n not) write(w *writer) { w.say("NOT ("); n.of.write(w); w.say(")") }

type isNull struct{ of Expr }

func (e isNull) write(w *writer) { w.say("("); e.of.write(w); w.say(" IS NULL)") }

// all holds when every part does, and when there is none.
type all []Expr

func (a all) write(w *writer) { writeJoined(w, a, " AND ", "TRUE") }

// either holds when some part does.
type either []Expr

func (e either) write(w *writer) {
	if len(e) > 1 {
		w.say("(")
		defer w.say(")")
	}
	writeJoined(w, e, " OR ", "FALSE")
}

func writeJoined(w *writer, list []Expr, between, none word) {
	if len(list) == 0 {
		w.say(none)
	}
	for i, each := range list {
		if i > 0 {
			w.say(between)
		}
		each.write(w)
	}
}

// within is a value's being in a select of one column.
type within struct {
	value Expr
	body  *Select
}

func (e within) write(w *writer) {
	w.say("(")
	e.value.write(w)
	w.say(" IN (")
	e.body.write(w)
	w.say("))")
}

// among is a value's being in a list, which is one parameter however long it is.
type among struct {
	value Expr
	list  any // []string, []uint32 or []int32
}

func (e among) write(w *writer) { w.dialect.among(w, e.value, e.list) }

// filtered is an aggregate over the rows for which a condition holds.
type filtered struct {
	aggregate word // "count", "sum", "max", "min"
	of        Expr // star for count
	when      Expr
}

func (f filtered) write(w *writer) { w.dialect.filtered(w, f) }

func countIf(when Expr) Expr { return filtered{"count", star, when} }

// over is a window function.
type over struct {
	function  Expr
	partition []Expr
	order     []Order
}

func (o over) write(w *writer) {
	o.function.write(w)
	w.say(" OVER (")
	writeList(w, "PARTITION BY ", o.partition)
	for i, each := range o.order {
		if i == 0 {
			w.say(" ORDER BY ")
		} else {
			w.say(", ")
		}
		each.By.write(w)
		if each.Down {
			w.say(" DESC")
		}
	}
	w.say(")")
}

// choose is the first value where its condition holds, else the other.
type choose struct{ when, then, otherwise Expr }

func (c choose) write(w *writer) {
	w.say("CASE WHEN ")
	c.when.write(w)
	w.say(" THEN ")
	c.then.write(w)
	w.say(" ELSE ")
	c.otherwise.write(w)
	w.say(" END")
}

// spelled is what every dialect spells in its own way.
type spelled struct {
	how  spelling
	args []Expr
}

func spell(how spelling, args ...Expr) Expr { return spelled{how, args} }

func (s spelled) write(w *writer) { w.dialect.spell(w, s.how, s.args) }
