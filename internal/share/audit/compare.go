package audit

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds of what is kept of one change.
const (
	mostFields = 40
	mostRunes  = 300
	mostDepth  = 8
	mostLeaves = 20_000 // of one state; what is larger is not compared
)

// How says what must not be kept.
type How struct {
	// Personal: the thing is about people outside of the team. Which of its fields changed
	// is kept, never what they held: the record would outlive the person's wish to be gone.
	Personal bool
}

// Compare tells what became of a thing, from its states as JSON before and after; nil
// stands for one that was not there. Not read where neither is there, or one is no JSON.
func Compare(before, after []byte, how How) Changes {
	if before == nil && after == nil {
		return Changes{}
	}
	was, fine := leaves(before)
	is, too := leaves(after)
	if !fine || !too {
		return Changes{}
	}
	out := Changes{Read: true}
	for _, path := range paths(was, is) {
		old, had := was[path]
		now, has := is[path]
		if had == has && old == now {
			continue
		}
		if len(out.Fields) == mostFields {
			out.More++
			continue
		}
		c := Change{Field: path, Hidden: how.Personal || secret(path, old) || secret(path, now) || outside(path, old) || outside(path, now)}
		if had && !c.Hidden {
			c.Before = new(cut(old))
		}
		if has && !c.Hidden {
			c.After = new(cut(now))
		}
		out.Fields = append(out.Fields, c)
	}
	return out
}

// paths is every path of both, in the order people read: the shallow ones first, and what
// belongs together beside one another.
func paths(was, is map[string]string) []string {
	all := make([]string, 0, len(was))
	for path := range was {
		all = append(all, path)
	}
	for path := range is {
		if _, both := was[path]; !both {
			all = append(all, path)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmpOr(strings.Count(a, ".")-strings.Count(b, "."), strings.Compare(a, b))
	})
	return all
}

func cmpOr(first, second int) int {
	if first != 0 {
		return first
	}
	return second
}

// leaves is what a state holds, by path. What is empty is as good as absent.
func leaves(text []byte) (map[string]string, bool) {
	out := map[string]string{}
	if text == nil {
		return out, true
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // a number is kept as it was written
	var state any
	if err := decoder.Decode(&state); err != nil {
		return nil, false
	}
	gather(out, "", state, 0)
	return out, len(out) < mostLeaves
}

func gather(out map[string]string, path string, value any, depth int) {
	if len(out) >= mostLeaves {
		return
	}
	put := func(text string) {
		if text != "" {
			out[path] = text
		}
	}
	switch v := value.(type) {
	case string:
		put(v)
	case json.Number:
		put(v.String())
	case bool:
		put(strconv.FormatBool(v))
	case map[string]any:
		for key, inner := range v {
			if !passing[key] && depth < mostDepth {
				gather(out, join(path, key), inner, depth+1)
			}
		}
	case []any:
		if words, plain := scalars(v); plain {
			put(strings.Join(words, ", "))
			return
		}
		names := namesOf(v)
		for i, inner := range v {
			if depth < mostDepth {
				gather(out, join(path, names[i]), inner, depth+1)
			}
		}
	}
}

func join(path, key string) string {
	key = strings.ReplaceAll(key, ".", "·")
	if path == "" {
		return key
	}
	return path + "." + key
}

// scalars is a list of plain values.
func scalars(list []any) ([]string, bool) {
	out := make([]string, 0, len(list))
	for _, one := range list {
		switch v := one.(type) {
		case string:
			out = append(out, v)
		case json.Number:
			out = append(out, v.String())
		case bool:
			out = append(out, strconv.FormatBool(v))
		default:
			return nil, false
		}
	}
	return out, true
}

// namesOf tells the things of a list apart: by what names them, where that differs, else by
// their place. So one that is put in between does not change all that follow.
func namesOf(list []any) []string {
	for _, key := range []string{"id", "key", "name", "field"} {
		names, seen := make([]string, 0, len(list)), map[string]bool{}
		for _, one := range list {
			object, _ := one.(map[string]any)
			name, _ := object[key].(string)
			if name == "" || seen[name] {
				break
			}
			seen[name] = true
			names = append(names, name)
		}
		if len(names) == len(list) {
			return names
		}
	}
	names := make([]string, len(list))
	for i := range names {
		names[i] = strconv.Itoa(i + 1)
	}
	return names
}

// passing is what changes by itself whenever a thing is saved or looked at; it tells
// nothing of what somebody did.
var passing = map[string]bool{
	"updated_at": true, "created_at": true, "changed_at": true, "version": true, "you": true, "last_run": true, "last_success": true,
	"next_run": true, "last_used": true, "last_seen": true, "now": true, "as_of": true, "has_secret": true, "author": true,
}

// secret reports whether a field is one whose content must not be kept, whoever asks. The
// states come from what screens show, which holds no secret; this stands behind it.
func secret(path, value string) bool {
	name := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
	for _, word := range []string{"secret", "password", "token", "passphrase", "credential", "private"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return strings.HasPrefix(value, "shrb_")
}

// outside reports whether a value is an address of somebody: whom a report goes to. Those of
// members stand under their own name.
func outside(path, value string) bool {
	return strings.Contains(value, "@") && path[strings.LastIndexByte(path, '.')+1:] != "email"
}

// cut is the beginning of a long text.
func cut(text string) string {
	if utf8.RuneCountInString(text) <= mostRunes {
		return text
	}
	return string([]rune(text)[:mostRunes]) + "…"
}

// Pick is one thing of a list of things, by its id, with the name people know it by. text
// is an object whose lists hold the things; nil where it is not among them.
func Pick(text []byte, id string) []byte {
	var lists map[string]json.RawMessage
	if json.Unmarshal(text, &lists) != nil {
		return nil
	}
	for _, list := range lists {
		var things []json.RawMessage
		if json.Unmarshal(list, &things) != nil {
			continue
		}
		for _, thing := range things {
			var named struct {
				ID string `json:"id"`
			}
			if json.Unmarshal(thing, &named) == nil && named.ID == id && id != "" {
				return thing
			}
		}
	}
	return nil
}

// Arrival is a thing that stands in a list and did not before.
type Arrival struct {
	ID    string
	State []byte
}

// Arrived is what stands in a list after a change and did not before; swapped, it is what
// went. The lists are objects as for Pick. Nothing where one of them was not read.
func Arrived(before, after []byte) []Arrival {
	if before == nil || after == nil {
		return nil
	}
	known := map[string]bool{}
	for _, one := range idsOf(before) {
		known[one] = true
	}
	var out []Arrival
	for _, one := range idsOf(after) {
		if !known[one] {
			out = append(out, Arrival{one, Pick(after, one)})
		}
	}
	return out
}

// Gathered is several things as one state: one by itself, several by their numbers; nil for
// none.
func Gathered(list []Arrival) []byte {
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0].State
	}
	all := map[string]json.RawMessage{}
	for i, one := range list {
		all[strconv.Itoa(i+1)] = one.State
	}
	text, err := json.Marshal(all)
	if err != nil {
		return nil
	}
	return text
}

// Lists reports whether a state is a list of things that have ids: what became of one that
// was only looked at says nothing.
func Lists(text []byte) bool { return len(idsOf(text)) > 0 }

func idsOf(text []byte) []string {
	var lists map[string]json.RawMessage
	if json.Unmarshal(text, &lists) != nil {
		return nil
	}
	var ids []string
	for _, list := range lists {
		var things []struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(list, &things) != nil {
			continue
		}
		for _, thing := range things {
			if thing.ID != "" {
				ids = append(ids, thing.ID)
			}
		}
	}
	slices.Sort(ids) // the lists of an object come in no order
	return ids
}

// NameOf is what people call a thing, from its state; "" where it has no name.
func NameOf(state []byte) string {
	var named map[string]any
	if json.Unmarshal(state, &named) != nil {
		return ""
	}
	for _, key := range []string{"name", "title", "label", "subject", "text"} {
		if name, _ := named[key].(string); name != "" {
			return cut(name)
		}
	}
	for _, inner := range []string{"thread", "form", "automation", "card", "initiative", "segment", "template", "broadcast", "definition"} {
		if object, _ := named[inner].(map[string]any); object != nil {
			if name, _ := object["name"].(string); name != "" {
				return cut(name)
			}
		}
	}
	return ""
}
