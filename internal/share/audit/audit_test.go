package audit_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/words"
)

// short is changes on one line: "role viewer→editor; email #".
func short(c audit.Changes) string {
	if !c.Read {
		return "not read"
	}
	var out []string
	side := func(text *string) string {
		if text == nil {
			return "-"
		}
		return *text
	}
	for _, f := range c.Fields {
		if f.Hidden {
			out = append(out, f.Field+" #")
			continue
		}
		out = append(out, f.Field+" "+side(f.Before)+"→"+side(f.After))
	}
	if c.More > 0 {
		out = append(out, fmt.Sprintf("+%d", c.More))
	}
	return strings.Join(out, "; ")
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, after string
		personal      bool
		want          string
	}{
		"nothing is known":         {"", "", false, "not read"},
		"no JSON":                  {"{", "{}", false, "not read"},
		"nothing changed":          {`{"a":1}`, `{"a":1,"b":""}`, false, ""},
		"a field":                  {`{"role":"viewer","you":true}`, `{"role":"editor","you":false}`, false, "role viewer→editor"},
		"made":                     {"", `{"name":"BI","scopes":["read","write"]}`, false, "name -→BI; scopes -→read, write"},
		"gone":                     {`{"name":"BI"}`, "", false, "name BI→-"},
		"numbers as written":       {`{"n":1.50}`, `{"n":0.10}`, false, "n 1.50→0.10"},
		"zero is a value":          {`{"n":0}`, `{"n":null}`, false, "n 0→-"},
		"deep, by name":            {`{"steps":[{"id":"a","wait":1},{"id":"b","wait":2}]}`, `{"steps":[{"id":"x","wait":9},{"id":"a","wait":1},{"id":"b","wait":3}]}`, false, "steps.b.wait 2→3; steps.x.id -→x; steps.x.wait -→9"},
		"deep, by place":           {`{"rows":[[1],[2]]}`, `{"rows":[[1],[3]]}`, false, "rows.2 2→3"},
		"the same name twice":      {`{"l":[{"name":"a","v":1},{"name":"a","v":2}]}`, `{"l":[{"name":"a","v":1},{"name":"a","v":3}]}`, false, "l.2.v 2→3"},
		"a secret":                 {`{"client_secret":"old","name":"a"}`, `{"client_secret":"new","name":"b"}`, false, "client_secret #; name a→b"},
		"a key by its look":        {"", `{"key":"shrb_w_12345"}`, false, "key #"},
		"an address":               {"", `{"outside":["boss@client.example"],"email":"m@own.example"}`, false, "email -→m@own.example; outside #"},
		"people outside":           {`{"address":"a@b"}`, `{"address":"c@d","tags":["x"]}`, true, "address #; tags #"},
		"what changes by itself":   {`{"updated_at":"1","version":1}`, `{"updated_at":"2","version":2}`, false, ""},
		"a point within a name":    {`{"m":{"a.b":1}}`, `{"m":{"a.b":2}}`, false, "m.a·b 1→2"},
		"a long text is cut short": {"", `{"t":"` + strings.Repeat("あ", 400) + `"}`, false, "t -→" + strings.Repeat("あ", 300) + "…"},
	} {
		bytes := func(text string) []byte {
			if text == "" {
				return nil
			}
			return []byte(text)
		}
		if got := short(audit.Compare(bytes(test.before), bytes(test.after), audit.How{Personal: test.personal})); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	many := map[string]int{}
	for i := range 100 {
		many[fmt.Sprintf("k%03d", i)] = i
	}
	text, _ := json.Marshal(many)
	if c := audit.Compare(nil, text, audit.How{}); len(c.Fields) != 40 || c.More != 60 {
		t.Errorf("%d fields and %d more", len(c.Fields), c.More)
	}
}

// The same twice is no change; swapped, before and after are swapped; what is about people
// never carries a value.
func TestCompareLaws(t *testing.T) {
	t.Parallel()
	value := rapid.OneOf(rapid.String().AsAny(), rapid.Int().AsAny(), rapid.Bool().AsAny(), rapid.Just[any](nil), rapid.SliceOfN(rapid.String(), 0, 3).AsAny())
	thing := rapid.MapOfN(rapid.StringMatching(`[a-z]{1,6}`), rapid.OneOf(value, rapid.MapOfN(rapid.StringMatching(`[a-z]{1,4}`), value, 0, 3).AsAny()), 0, 6)
	rapid.Check(t, func(t *rapid.T) {
		was, _ := json.Marshal(thing.Draw(t, "was"))
		is, _ := json.Marshal(thing.Draw(t, "is"))
		if c := audit.Compare(was, was, audit.How{}); !c.Read || len(c.Fields) != 0 {
			t.Fatalf("nothing changed, but %s", short(c))
		}
		there, back := audit.Compare(was, is, audit.How{}), audit.Compare(is, was, audit.How{})
		if len(there.Fields) != len(back.Fields) {
			t.Fatalf("there %s, back %s", short(there), short(back))
		}
		for i, f := range there.Fields {
			b := back.Fields[i]
			same := func(x, y *string) bool { return (x == nil) == (y == nil) && (x == nil || *x == *y) }
			if f.Field != b.Field || !same(f.Before, b.After) || !same(f.After, b.Before) {
				t.Fatalf("there %s, back %s", short(there), short(back))
			}
		}
		for _, f := range audit.Compare(was, is, audit.How{Personal: true}).Fields {
			if !f.Hidden || f.Before != nil || f.After != nil {
				t.Fatalf("%s tells %v→%v", f.Field, f.Before, f.After)
			}
		}
	})
}

func TestLists(t *testing.T) {
	t.Parallel()
	before := []byte(`{"keys":[{"id":"a","name":"A"}],"n":1}`)
	after := []byte(`{"keys":[{"id":"b","name":"B"},{"id":"a","name":"A"}],"n":2}`)
	if got := string(audit.Pick(after, "b")); got != `{"id":"b","name":"B"}` {
		t.Errorf("picked %s", got)
	}
	for _, id := range []string{"", "z"} {
		if audit.Pick(after, id) != nil {
			t.Errorf("picked %q", id)
		}
	}
	came := audit.Arrived(before, after)
	if len(came) != 1 || came[0].ID != "b" || audit.NameOf(came[0].State) != "B" {
		t.Errorf("came %v", came)
	}
	if went := audit.Arrived(after, before); len(went) != 0 {
		t.Errorf("went %v", went)
	}
	if audit.Arrived(nil, after) != nil || audit.Arrived(before, nil) != nil {
		t.Error("what was not read is taken for empty")
	}
	if !audit.Lists(after) || audit.Lists([]byte(`{"months":3}`)) || audit.Lists([]byte(`nonsense`)) {
		t.Error("lists are not told from things")
	}
	two := audit.Gathered([]audit.Arrival{{ID: "a", State: []byte(`{"v":1}`)}, {ID: "b", State: []byte(`{"v":2}`)}})
	if string(two) != `{"1":{"v":1},"2":{"v":2}}` || audit.Gathered(nil) != nil {
		t.Errorf("gathered %s", two)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for operation, want := range map[string]string{
		"update-member": "メンバーの役割・部署・権限を変えました", "create-thing": "「thing」をつくりました", "delete-thing": "「thing」を消しました", "think": "「」を変えました",
	} {
		if got := audit.Deed(operation).In(words.JA); got != want {
			t.Errorf("%s: %s", operation, got)
		}
	}
	for path, want := range map[string]audit.Area{
		"/members/{id}": audit.People, "/membersx": audit.Settings, "/act/notices/{id}": audit.Share, "/act/contacts": audit.Act, "": audit.Settings,
		"/reviews": audit.Share, "/review/mute": audit.Ask, "/model/edit": audit.Map,
	} {
		if got := audit.AreaOf(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	for _, area := range audit.Areas {
		if area.In(words.JA) == "" || area.In(words.EN) == area.In(words.JA) {
			t.Errorf("%s has no name", area)
		}
	}
	if audit.FieldName("a.role", words.JA) != "役割" || audit.FieldName("x.y", words.JA) != "y" {
		t.Error("names of fields")
	}
	// A decision of a review is read by people, not by programs.
	for _, field := range []string{"about", "what", "why", "by", "at", "held_on", "kind_name", "owner", "due", "indicator"} {
		if audit.FieldName("items.agreement.decision."+field, words.JA) == field {
			t.Errorf("%s is told as it is called inside", field)
		}
	}
}

func FuzzCompare(f *testing.F) {
	f.Add([]byte(`{"a":[{"id":"x"}]}`), []byte(`{"a":[{"id":"y","secret":"s3cr3t"}]}`))
	f.Fuzz(func(t *testing.T, before, after []byte) {
		c := audit.Compare(before, after, audit.How{})
		if len(c.Fields) > 40 {
			t.Errorf("%d fields", len(c.Fields))
		}
		audit.Arrived(before, after)
		audit.NameOf(after)
	})
}
