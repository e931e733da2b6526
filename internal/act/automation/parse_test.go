package automation

import (
	"bytes"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/words"
)

const whole = `{
 "name": "資料を見た人へ", "kpi": "meetings", "holdout": 0.2,
 "trigger": {"condition": {"did": {"page": "/price", "op": "at-least", "times": 3, "days": 7}}},
 "goal": {"did": {"event": "Inquiry Submitted"}},
 "reentry": {"mode": "after", "days": 30}, "cap": {"mails": 2, "days": 7}, "quiet": {"from": "21:00", "to": "08:00"}, "priority": 1,
 "steps": [
  {"id": "mail", "mail": {"template": "t1"}, "next": "wait"},
  {"id": "wait", "wait": {"event": {"page": "/case/*"}, "timeout": {"amount": 3, "unit": "days"}, "then": "tag"}, "next": "ask"},
  {"id": "ask", "branch": {"if": {"score": {"card": "c", "op": "at-least", "of": 40}}, "then": "notify", "else": "later"}},
  {"id": "later", "wait": {"until": {"weekdays": ["mon"], "time": "09:00"}}, "next": "mail"},
  {"id": "tag", "tag": {"add": ["事例"]}, "next": "notify"},
  {"id": "notify", "notify": {"channel": "owner", "text": "お電話を"}, "next": "hook"},
  {"id": "hook", "webhook": {"url": "https://example.jp/hook"}, "next": "points"},
  {"id": "points", "score": {"card": "c", "points": 5}, "next": "note"},
  {"id": "note", "property": {"key": "stage", "value": null}, "next": "goal"},
  {"id": "goal", "goal": {"if": {"tag": "won"}}}
 ]}`

func TestDefinitionsAreReadAndWritten(t *testing.T) {
	d, err := Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	text, err := Write(d)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Parse(text)
	if err != nil {
		t.Fatalf("%v of %s", err, text)
	}
	second, err := Write(again)
	if err != nil || !bytes.Equal(text, second) {
		t.Errorf("%s\n%s", text, second)
	}
	conditions, matchers := 0, 0
	d.Conditions(func(string, *condition.Condition) { conditions++ })
	d.Matchers(func(string, *condition.Matcher) { matchers++ })
	if conditions != 4 || matchers != 1 {
		t.Errorf("%d conditions, %d matchers", conditions, matchers)
	}
}

func TestFaultsHaveAPlaceAndAMend(t *testing.T) {
	for _, c := range []struct{ name, old, new, place string }{
		{"no KPI", `"kpi": "meetings"`, `"kpi": ""`, "/kpi"},
		{"one wording twice", `"mail": {"template": "t1"}`, `"mail": {"template": "t1", "trying": {"template": "t1"}}`, "/steps/0/mail/trying/template"},
		{"no second wording", `"mail": {"template": "t1"}`, `"mail": {"template": "t1", "trying": {}}`, "/steps/0/mail/trying/template"},
		{"a wording for nobody", `"mail": {"template": "t1"}`, `"mail": {"template": "t1", "trying": {"template": "t2", "share": 0.01}}`, "/steps/0/mail/trying/share"},
		{"an unknown yardstick", `"mail": {"template": "t1"}`, `"mail": {"template": "t1", "trying": {"template": "t2", "by": "luck"}}`, "/steps/0/mail/trying/by"},
		{"unknown key", `"priority": 1`, `"prioritty": 1`, "/prioritty"},
		{"key twice", `"priority": 1`, `"priority": 1, "priority": 2`, "/priority"},
		{"wrong sort", `"amount": 3`, `"amount": "3"`, "/steps/1/wait/timeout/amount"},
		{"no JSON", `"steps": [`, `"steps": `, "/steps"},
		{"held out of what all need", `"holdout": 0.2`, `"holdout": 0.2, "stream": "transactional"`, "/holdout"},
		{"all held out", `"holdout": 0.2`, `"holdout": 0.9`, "/holdout"},
		{"two triggers", `"trigger": {`, `"trigger": {"event": {"event": "x"}, `, "/trigger"},
		{"nobody comes", `"next": "goal"}`, `"next": ""}`, "/steps/9"},
		{"round without a wait", `{"id": "goal", "goal": {"if": {"tag": "won"}}}`, `{"id": "goal", "goal": {"if": {"tag": "won"}}, "next": "tag"}`, "/steps/5"},
		{"nowhere", `"next": "wait"`, `"next": "elsewhere"`, "/steps/0"},
		{"two of a name", `{"id": "tag", "tag"`, `{"id": "mail", "tag"`, "/steps/4/id"},
		{"two things", `"tag": {"add": ["事例"]}`, `"tag": {"add": ["事例"]}, "goal": {"if": {}}`, "/steps/4"},
		{"no timeout", `"timeout": {"amount": 3, "unit": "days"}, `, ``, "/steps/1/wait/timeout"},
		{"no time", `"time": "09:00"`, `"time": "25:00"`, "/steps/3/wait/until/time"},
		{"no weekday", `["mon"]`, `["fun"]`, "/steps/3/wait/until/weekdays"},
		{"a file", `https://example.jp/hook`, `file:///etc/passwd`, "/steps/6/webhook/url"},
		{"a password", `https://example.jp/hook`, `https://a:b@example.jp/hook`, "/steps/6/webhook/url"},
		{"no quiet", `"from": "21:00"`, `"from": "9pm"`, "/quiet"},
		{"a page without its slash", `"page": "/price"`, `"page": "price"`, "/trigger/condition/did/page"},
		{"a condition of nothing", `"goal": {"did": {"event": "Inquiry Submitted"}}`, `"goal": {}`, "/goal"},
		{"an event with a star inside", `"page": "/case/*"`, `"page": "/c*se"`, "/steps/1/wait/event/page"},
		{"a branch on broken points", `"op": "at-least", "of": 40`, `"op": "about", "of": 40`, "/steps/2/branch/if/score/op"},
		{"a goal in the middle", `{"if": {"tag": "won"}}`, `{"if": {"any": []}}`, "/steps/9/goal/if/any"},
		{"no points", `"points": 5`, `"points": 0`, "/steps/7/score"},
	} {
		text := strings.Replace(whole, c.old, c.new, 1)
		if text == whole {
			t.Fatalf("%s: nothing was replaced", c.name)
		}
		_, err := Parse([]byte(text))
		faults, _ := err.(Faults)
		if len(faults) == 0 || faults[0].Place != c.place {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if told := faults.In(words.JA) + faults.In(words.EN); faults.In(words.JA) == faults.In(words.EN) || strings.Contains(told, "%!") || strings.Contains(told, "%%") {
			t.Errorf("%s: %s / %s", c.name, faults.In(words.JA), faults.In(words.EN))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(`{"steps":[{"id":"a","next":"a"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Parse(text)
		if err != nil {
			if _, ok := err.(Faults); !ok {
				t.Fatalf("%T", err)
			}
			return
		}
		if text, err = Write(d); err != nil {
			t.Fatal(err)
		}
		if _, err := Parse(text); err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
	})
}
