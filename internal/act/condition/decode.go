package condition

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/shirube/shirube/internal/words"
)

// Decode reads a condition from JSON and checks it. Nothing is passed over: a field nobody
// knows, a field that comes twice and a text where a number belongs are Problems.
func Decode(raw []byte) (Condition, error) {
	var problems Problems
	var c Condition
	switch {
	case len(raw) > MaxBytes:
		problems.add("", "条件が大きすぎます(%d KBまで)。値を減らしてください。", "The condition is too large (at most %d KB); please leave some values out.", MaxBytes>>10)
		return c, problems
	case !jsontext.Value(raw).IsValid():
		problems.add("", "条件がJSONとして読めません。書き方を確かめてください。", "The condition is not valid JSON, or says something twice.")
		return c, problems
	}
	r := reader{&problems}
	c = r.condition("", bytes.TrimSpace(raw), 1)
	if len(problems) > 0 {
		return Condition{}, problems
	}
	if problems = Check(c); len(problems) > 0 {
		return Condition{}, problems
	}
	return c, nil
}

type reader struct{ problems *Problems }

// object is the fields of an object of which only these are known.
func (r reader) object(path string, raw []byte, known ...string) map[string]json.RawMessage {
	var fields map[string]json.RawMessage
	if raw[0] != '{' || json.Unmarshal(raw, &fields) != nil {
		r.problems.add(path, "ここは { … } の形で書いてください。", "This has to be an object.")
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(known, name) {
			near := words.Suggestion(name, known)
			r.problems.add(path+"."+short(name), "「%s」という項目はありません。%s", "There is no field “%s”. %s", short(name), near)
		}
	}
	return fields
}

func value[T any](r reader, path string, fields map[string]json.RawMessage, name string, into *T, ja, en string) {
	raw, given := fields[name]
	if !given {
		return
	}
	if raw[0] == 'n' || json.Unmarshal(raw, into) != nil {
		r.problems.add(path+"."+name, ja, en)
	}
}

func (r reader) text(path string, fields map[string]json.RawMessage, name string, into *string) {
	value(r, path, fields, name, into, "文字で書いてください。", "This has to be a text.")
}

func (r reader) whole(path string, fields map[string]json.RawMessage, name string, into *int) {
	value(r, path, fields, name, into, "整数で書いてください。", "This has to be a whole number.")
}

// list reads the elements of an array.
func (r reader) list(path string, raw []byte, most int) []json.RawMessage {
	var list []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &list) != nil {
		r.problems.add(path, "ここは [ … ] の形で書いてください。", "This has to be a list.")
		return nil
	}
	if len(list) > most {
		r.problems.add(path, "%d個までです。減らしてください。", "At most %d fit here.", most)
		return nil
	}
	return list
}

func (r reader) condition(path string, raw []byte, depth int) Condition {
	var c Condition
	if depth > MaxDepth {
		r.problems.add(path, "入れ子は%d段までです。まとめ方を簡単にしてください。", "Groups may lie %d deep at most; please simplify them.", MaxDepth)
		return c
	}
	fields := r.object(path, raw, "all", "any", "not", "property", "did", "score", "tag", "consent", "segment")
	group := func(name string) []Condition {
		if fields[name] == nil {
			return nil
		}
		out := []Condition{}
		for i, each := range r.list(path+"."+name, fields[name], MaxLeaves) {
			out = append(out, r.condition(fmt.Sprintf("%s.%s[%d]", path, name, i), each, depth+1))
		}
		return out
	}
	c.All, c.Any = group("all"), group("any")
	if raw := fields["not"]; raw != nil {
		inner := r.condition(path+".not", raw, depth+1)
		c.Not = &inner
	}
	if raw := fields["property"]; raw != nil {
		inner := r.property(path+".property", raw)
		c.Property = &inner
	}
	if raw := fields["did"]; raw != nil {
		c.Did = r.did(path+".did", raw)
	}
	if raw := fields["score"]; raw != nil {
		c.Score = new(Score)
		inner := r.object(path+".score", raw, "card", "op", "of")
		r.text(path+".score", inner, "card", &c.Score.Card)
		r.text(path+".score", inner, "op", &c.Score.Op)
		value(r, path+".score", inner, "of", &c.Score.Of, "数で書いてください。", "This has to be a number.")
	}
	if raw := fields["consent"]; raw != nil {
		c.Consent = new(Consent)
		inner := r.object(path+".consent", raw, "topic", "state")
		r.text(path+".consent", inner, "topic", &c.Consent.Topic)
		r.text(path+".consent", inner, "state", &c.Consent.State)
	}
	r.text(path, fields, "tag", &c.Tag)
	r.text(path, fields, "segment", &c.Segment)
	return c
}

func (r reader) did(path string, raw []byte) *Did {
	d := new(Did)
	fields := r.object(path, raw, "page", "event", "where", "op", "times", "days", "distinct_days")
	r.text(path, fields, "page", &d.Page)
	r.text(path, fields, "event", &d.Event)
	r.text(path, fields, "op", &d.Op)
	r.whole(path, fields, "times", &d.Times)
	r.whole(path, fields, "days", &d.Days)
	value(r, path, fields, "distinct_days", &d.DistinctDays, "true か false で書いてください。", "This has to be true or false.")
	if where := fields["where"]; where != nil {
		for i, each := range r.list(path+".where", where, MaxWhere) {
			d.Where = append(d.Where, r.property(fmt.Sprintf("%s.where[%d]", path, i), each))
		}
	}
	return d
}

func (r reader) property(path string, raw []byte) Property {
	var p Property
	fields := r.object(path, raw, "key", "op", "values")
	r.text(path, fields, "key", &p.Key)
	r.text(path, fields, "op", &p.Op)
	if raw := fields["values"]; raw != nil {
		for i, each := range r.list(path+".values", raw, MaxValues) {
			var text string
			if each[0] != '"' || json.Unmarshal(each, &text) != nil {
				r.problems.add(fmt.Sprintf("%s.values[%d]", path, i), "文字で書いてください(例:\"3\")。", "Values are texts, like \"3\".")
			}
			p.Values = append(p.Values, text)
		}
	}
	return p
}
