package connect

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// What a row of JSON may hold: far more than any table, and little enough to be bounded.
const (
	maxJSONColumns = 500
	maxJSONDepth   = 4 // of what lies inside a row: address.city
)

// tableOfJSON makes a table of a list: of objects, whose keys become headers, or of lists,
// the first of which is the header.
func (p *Puller) tableOfJSON(text []byte, path string) (*Table, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // digits as they were sent
	var whole any
	if err := decoder.Decode(&whole); err != nil {
		return nil, &Failure{Code: BadAnswer, cause: err, What: words.T("返事の JSON が途中で切れているか、読めません。", "The JSON of the answer broke off or cannot be read.")}
	}
	list, ok := at(whole, path).([]any)
	if !ok {
		if path == "" {
			return nil, badSetting("path", words.T("返事は行の並びではありません。行のある場所を data.items のように入れてください。", "The answer is no list of rows. Say where the rows are, like data.items."))
		}
		return nil, badSetting("path", words.T("「%s」に行の並びがありません。", "There is no list of rows at %q.", path))
	}
	if len(list) == 0 {
		return &Table{Written: true}, nil
	}
	if _, lists := list[0].([]any); lists {
		return p.tableOfLists(list)
	}
	return p.tableOfObjects(list)
}

// at walks a path such as data.items or result[0].rows.
func at(value any, path string) any {
	path = strings.NewReplacer("[", ".", "]", "").Replace(strings.TrimPrefix(strings.TrimPrefix(path, "$"), "."))
	if path == "" {
		return value
	}
	for step := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

var oddRow = fail(BadAnswer, words.T("返事の行の形がそろっていません。", "The rows of the answer are not all of one form."))

func (p *Puller) tableOfLists(list []any) (*Table, error) {
	var out *writer
	for _, one := range list {
		row, ok := one.([]any)
		if !ok || len(row) > maxJSONColumns {
			return nil, oddRow
		}
		cells := make([]string, len(row))
		for i, value := range row {
			cells[i] = cellOf(value)
		}
		var err error
		if out == nil {
			out, err = p.writer(cells)
		} else {
			err = out.row(cells)
		}
		if err != nil {
			return nil, err
		}
	}
	return out.table(), nil
}

func (p *Puller) tableOfObjects(list []any) (*Table, error) {
	var header []string
	seen := map[string]bool{}
	rows := make([]map[string]string, len(list))
	for i, one := range list {
		object, ok := one.(map[string]any)
		if !ok {
			return nil, oddRow
		}
		rows[i] = map[string]string{}
		flatten(rows[i], "", object, 0)
		names := make([]string, 0, len(rows[i]))
		for name := range rows[i] {
			if !seen[name] {
				names = append(names, name)
				seen[name] = true
			}
		}
		slices.Sort(names) // the order of an object's keys says nothing
		if header = append(header, names...); len(header) > maxJSONColumns {
			return nil, fail(TooMuch, words.T("列が多すぎます(%d列まで)。", "There are too many columns (at most %d).", maxJSONColumns))
		}
	}
	out, err := p.writer(header)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		cells := make([]string, len(header))
		for i, name := range header {
			cells[i] = row[name]
		}
		if err := out.row(cells); err != nil {
			return nil, err
		}
	}
	return out.table(), nil
}

// flatten lays what is inside of a row beside its columns: {"a": {"b": 1}} has a column
// a.b.
func flatten(into map[string]string, prefix string, object map[string]any, depth int) {
	for name, value := range object {
		if inner, ok := value.(map[string]any); ok && depth < maxJSONDepth {
			flatten(into, prefix+name+".", inner, depth+1)
			continue
		}
		into[prefix+name] = cellOf(value)
	}
}

// cellOf writes one value. Lists and deep objects are kept as their JSON: they are no
// numbers, but may be counted.
func cellOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
