package score

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/shirube/shirube/internal/words"
)

// Parse reads a card strictly. file is how problems name the text. The error is
// words.Problems with the line and column of every problem, or nothing is wrong.
func Parse(file string, text []byte) (Card, error) {
	r := &reading{file: file, text: text, at: map[string]int{}, keys: map[string][]string{}}
	if len(text) > MostBytes {
		r.problem("", words.T("カードが%d KBあり、大きすぎます。", "The card has %d kB, which is too large.", len(text)/1000), words.T("%d KBまでに分けてください。", "Keep it within %d kB.", MostBytes/1000))
		return Card{}, r.problems
	}
	if !r.walk() {
		return Card{}, r.problems
	}
	r.unknown(reflect.TypeFor[Card](), "")
	var card Card
	if err := json.Unmarshal(text, &card); err != nil {
		r.mistyped(err)
	}
	if len(r.problems) > 0 {
		return Card{}, r.problems
	}
	for _, wrong := range Check(card) {
		r.problem(wrong.Pointer, wrong.What, wrong.Mend)
	}
	return card, r.problems.Err()
}

// reading is a text with the places of everything in it.
type reading struct {
	file     string
	text     []byte
	at       map[string]int      // JSON pointer: offset
	keys     map[string][]string // JSON pointer of an object: its keys
	problems words.Problems
}

// walk notes where everything stands. It reports whether the text is JSON.
func (r *reading) walk() bool {
	in := jsontext.NewDecoder(bytes.NewReader(r.text))
	for {
		token, err := in.ReadToken()
		if errors.Is(err, io.EOF) && len(r.at) > 0 {
			return true
		}
		if err != nil {
			offset := int(in.InputOffset())
			mend := words.T("かっこ・カンマ・引用符を見直してください。", "Look at brackets, commas and quotes here.")
			if errors.Is(err, jsontext.ErrDuplicateName) {
				mend = words.T("同じ名前が2回あります。1つにしてください。", "The same name stands here twice: keep one.")
			}
			r.problems = append(r.problems, &words.Problem{At: r.place(offset), What: words.T("JSONとして読めません。", "This is not JSON."), Mend: mend})
			return false
		}
		pointer := string(in.StackPointer())
		end := int(in.InputOffset())
		switch token.Kind() {
		case '}', ']':
			continue
		}
		if _, known := r.at[pointer]; !known {
			r.at[pointer] = end - len(token.String())
			if token.Kind() == '"' {
				// As written, a text has quotes and escapes: its place is where it begins.
				r.at[pointer] = r.opening(end)
			}
			if token.Kind() == '{' || token.Kind() == '[' {
				r.at[pointer] = end - 1
			}
		}
		// After a name the pointer is that of its value.
		if cut := strings.LastIndexByte(pointer, '/'); cut >= 0 {
			parent, name := pointer[:cut], pointer[cut+1:]
			if in.StackDepth() > 0 {
				if kind, length := in.StackIndex(in.StackDepth()); kind == '{' && length%2 == 1 && token.Kind() == '"' {
					r.keys[parent] = append(r.keys[parent], strings.NewReplacer("~1", "/", "~0", "~").Replace(name))
				}
			}
		}
	}
}

// opening is where the text that ends at an offset begins.
func (r *reading) opening(end int) int {
	for i := end - 2; i >= 0; i-- {
		if r.text[i] != '"' {
			continue
		}
		back := 0
		for k := i - 1; k >= 0 && r.text[k] == '\\'; k-- {
			back++
		}
		if back%2 == 0 {
			return i
		}
	}
	return 0
}

func (r *reading) place(offset int) words.At {
	offset = min(max(offset, 0), len(r.text))
	before := r.text[:offset]
	line := 1 + bytes.Count(before, []byte("\n"))
	begin := bytes.LastIndexByte(before, '\n') + 1
	return words.At{File: r.file, Line: line, Col: 1 + utf8.RuneCount(r.text[begin:offset])}
}

// problem notes what is wrong at a pointer, or at the nearest place above it that exists.
func (r *reading) problem(pointer string, what, mend words.Text) {
	offset, known := r.at[pointer]
	for !known && pointer != "" {
		pointer = pointer[:max(0, strings.LastIndexByte(pointer, '/'))]
		offset, known = r.at[pointer]
	}
	r.problems = append(r.problems, &words.Problem{At: r.place(offset), What: what, Mend: mend})
}

// unknown finds names that mean nothing: a misspelt limit would otherwise be no limit.
func (r *reading) unknown(t reflect.Type, pointer string) {
	switch t.Kind() {
	case reflect.Pointer:
		r.unknown(t.Elem(), pointer)
	case reflect.Slice:
		for i := 0; ; i++ {
			next := pointer + "/" + strconv.Itoa(i)
			if _, there := r.at[next]; !there {
				return
			}
			r.unknown(t.Elem(), next)
		}
	case reflect.Struct:
		fields := map[string]reflect.Type{}
		named(t, fields)
		var names []string
		for name := range fields {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, key := range r.keys[pointer] {
			next := pointer + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
			if field, known := fields[key]; known {
				r.unknown(field, next)
				continue
			}
			mend := words.Suggestion(key, names)
			if mend.Zero() {
				mend = words.T("書けるのは %s です。", "What can stand here: %s.", strings.Join(names, ", "))
			}
			r.problem(next, words.T("「%s」という項目はありません。", "There is no entry %q.", key), mend)
		}
	}
}

func named(t reflect.Type, into map[string]reflect.Type) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && name == "":
			named(field.Type, into)
		case name != "" && name != "-":
			into[name] = field.Type
		}
	}
}

// mistyped tells of a value of the wrong kind.
func (r *reading) mistyped(err error) {
	offset, found := 0, ""
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset, found = int(kind.Offset), kind.Value
		// The offset is behind the value.
		best := -1
		for _, at := range r.at {
			if at < offset && at > best {
				best = at
			}
		}
		r.problems = append(r.problems, &words.Problem{At: r.place(best),
			What: words.T("「%s」に合わない値（%s）です。", "%[2]s does not fit %[1]q.", kind.Field, found),
			Mend: wanted(kind.Type)})
		return
	}
	r.problems = append(r.problems, &words.Problem{At: r.place(offset), What: words.T("カードとして読めません。", "This cannot be read as a card."), Mend: words.T("%s", "%s", fmt.Sprint(err))})
}

func wanted(t reflect.Type) words.Text {
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return words.T("整数を書いてください。", "Write a whole number.")
	case reflect.Float64:
		return words.T("数を書いてください。", "Write a number.")
	case reflect.String:
		return words.T("文字を引用符で囲んで書いてください。", "Write a text in quotes.")
	case reflect.Slice:
		return words.T("[ ] で囲んだ並びを書いてください。", "Write a list in [ ].")
	}
	return words.T("{ } で囲んだ組を書いてください。", "Write an object in { }.")
}
