package event

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// now is when everything in these tests was received: 2026-11-22T01:02:04Z.
const now Millis = 1795309324000

func at(t testing.TB, s string) Millis {
	t.Helper()
	moment, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		t.Fatal(err)
	}
	return Millis(moment.UnixMilli())
}

func server() Request { return Request{Workspace: "w", Key: "k", ReceivedAt: now} }

func browser() Request {
	return Request{
		Workspace: "w", Key: "k", ReceivedAt: now, Browser: true, Address: "203.0.113.7",
		UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
		Languages: "ja,en-US;q=0.9", Salt: []byte("today"),
	}
}

func mustDecode(t testing.TB, body string, request Request) Envelope {
	t.Helper()
	envelope, err := Decode([]byte(body), request)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	if envelope.Received != envelope.Accepted()+len(envelope.Refused) {
		t.Fatalf("%d came, %d were taken, %d refused", envelope.Received, envelope.Accepted(), len(envelope.Refused))
	}
	return envelope
}

// one decodes a single event with more fields added to a sound one.
func one(t testing.TB, fields string, request Request) Event {
	t.Helper()
	envelope := mustDecode(t, "{"+fields+"}", request)
	if len(envelope.Events) != 1 {
		t.Fatalf("%s: refused %+v", fields, envelope.Refused)
	}
	return envelope.Events[0]
}

func TestOneOfEachKind(t *testing.T) {
	const who = `"anonymousId":"a1","userId":"u1","messageId":"m1"`
	base := Event{Workspace: "w", Key: "k", MessageID: "m1", Visitor: "a1", AnonymousID: "a1", UserID: "u1", At: now, ReceivedAt: now}
	cases := []struct {
		body string
		want func(*Event)
	}{
		{`{"type":"track","event":"Inquiry Submitted","properties":{"form":"contact"},` + who + `}`, func(e *Event) {
			e.Kind, e.Name, e.Properties = Track, "Inquiry Submitted", []byte(`{"form":"contact"}`)
		}},
		{`{"type":"page","name":"料金","category":"Docs",` + who + `}`, func(e *Event) { e.Kind, e.Name, e.Category = Page, "料金", "Docs" }},
		{`{"type":"screen","name":"Home",` + who + `}`, func(e *Event) { e.Kind, e.Name = Screen, "Home" }},
		{`{"type":"identify","traits":{"email":"a@example.jp"},` + who + `}`, func(e *Event) {
			e.Kind, e.Properties = Identify, []byte(`{"email":"a@example.jp"}`)
		}},
		{`{"type":"group","groupId":"g1","traits":{"name":"Acme"},` + who + `}`, func(e *Event) {
			e.Kind, e.GroupID, e.Properties = Group, "g1", []byte(`{"name":"Acme"}`)
		}},
		{`{"type":"alias","previousId":"p1",` + who + `}`, func(e *Event) { e.Kind, e.PreviousID = Alias, "p1" }},
	}
	for _, c := range cases {
		want := base
		c.want(&want)
		for _, body := range []string{c.body, `{"batch":[` + c.body + `]}`, `[` + c.body + `]`, " \n\uFEFF"[2:] + c.body} {
			if diff := cmp.Diff([]Event{want}, mustDecode(t, body, server()).Events); diff != "" {
				t.Errorf("%s\n%s", body, diff)
			}
		}
	}
}

func TestThePathSaysTheKindOfASingleEvent(t *testing.T) {
	request := server()
	request.Kind = Page
	if e := one(t, `"userId":"u"`, request); e.Kind != Page {
		t.Errorf("kind %d", e.Kind)
	}
	if e := mustDecode(t, `{"batch":[{"type":"track","event":"x","userId":"u"}]}`, request).Events[0]; e.Kind != Track {
		t.Errorf("in a batch each says its own: %d", e.Kind)
	}
}

func TestRefusals(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	nested := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	many := func(n int) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = fmt.Sprintf(`"p%d":%d`, i, i)
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	sized := func(n int) string {
		head := `{"type":"track","event":"e","userId":"u","properties":{"x":"`
		return head + long(n-len(head)-3) + `"}}`
	}
	track := func(more string) string { return `{"type":"track","event":"e","userId":"u",` + more + `}` }
	// Each limit from both sides.
	cases := []struct {
		name, item string
		code       Code // "": taken
	}{
		{"size at the limit", sized(MaxEvent), ""},
		{"size beyond", sized(MaxEvent + 1), TooLarge},
		{"name at the limit", `{"type":"track","userId":"u","event":"` + long(MaxName) + `"}`, ""},
		{"name beyond", `{"type":"track","userId":"u","event":"` + long(MaxName+1) + `"}`, NameTooLong},
		{"a page's name at the limit", `{"type":"page","userId":"u","name":"` + long(MaxName) + `"}`, ""},
		{"a page's name beyond", `{"type":"page","userId":"u","name":"` + long(MaxName+1) + `"}`, NameTooLong},
		{"category at the limit", `{"type":"page","userId":"u","category":"` + long(MaxName) + `"}`, ""},
		{"category beyond", `{"type":"page","userId":"u","category":"` + long(MaxName+1) + `"}`, NameTooLong},
		{"message id at the limit", track(`"messageId":"` + long(MaxMessageID) + `"`), ""},
		{"message id beyond", track(`"messageId":"` + long(MaxMessageID+1) + `"`), MessageIDTooLong},
		{"id at the limit", `{"type":"track","event":"e","userId":"` + long(MaxID) + `"}`, ""},
		{"id beyond", `{"type":"track","event":"e","userId":"` + long(MaxID+1) + `"}`, IDTooLong},
		{"anonymous id at the limit", `{"type":"track","event":"e","anonymousId":"` + long(MaxID) + `"}`, ""},
		{"anonymous id beyond", `{"type":"track","event":"e","anonymousId":"` + long(MaxID+1) + `"}`, IDTooLong},
		{"previous id at the limit", `{"type":"alias","userId":"u","previousId":"` + long(MaxID) + `"}`, ""},
		{"previous id beyond", `{"type":"alias","userId":"u","previousId":"` + long(MaxID+1) + `"}`, IDTooLong},
		{"group at the limit", `{"type":"group","userId":"u","groupId":"` + long(MaxID) + `"}`, ""},
		{"group of the context beyond", track(`"context":{"groupId":"` + long(MaxID+1) + `"}`), IDTooLong},
		{"group beyond", `{"type":"group","userId":"u","groupId":"` + long(MaxID+1) + `"}`, IDTooLong},
		{"depth at the limit", track(`"properties":` + nested(MaxDepth)), ""},
		{"depth beyond", track(`"properties":` + nested(MaxDepth+1)), TooDeep},
		{"depth of lists", track(`"properties":{"a":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "}"), TooDeep},
		{"properties at the limit", track(`"properties":` + many(MaxProperties)), ""},
		{"properties beyond", track(`"properties":` + many(MaxProperties+1)), TooManyProperties},
		{"traits at the limit", `{"type":"identify","userId":"u","traits":` + many(MaxProperties) + `}`, ""},
		{"traits beyond", `{"type":"identify","userId":"u","traits":` + many(MaxProperties+1) + `}`, TooManyProperties},
		{"traits too deep", `{"type":"group","userId":"u","groupId":"g","traits":` + nested(MaxDepth+1) + `}`, TooDeep},
		{"a key twice beyond", track(`"properties":{` + strings.Repeat(`"a":1,`, MaxProperties) + `"a":1}`), TooManyProperties},
		{"a number at the limit", track(`"properties":{"n":1.7e308}`), ""},
		{"a number beyond", track(`"properties":{"n":1e309}`), NumberTooLarge},
		{"a negative number beyond", track(`"properties":{"a":[1,{"n":-1e99999999}]}`), NumberTooLarge},
		{"a number of many digits", track(`"properties":{"n":` + strings.Repeat("9", 400) + `}`), NumberTooLarge},
		{"a huge number in quotes", track(`"properties":{"n":"1e999","m":"\"1e999"}`), ""},
		{"properties null", track(`"properties":null`), ""},
		{"properties of PHP", track(`"properties":[]`), ""},
		{"properties a list", track(`"properties":[1]`), PropertiesNoMap},
		{"properties text", track(`"properties":"x"`), PropertiesNoMap},
		{"traits a list", `{"type":"identify","userId":"u","traits":[1]}`, PropertiesNoMap},
		{"no type", `{"event":"e","userId":"u"}`, UnknownType},
		{"a type nobody knows", `{"type":"purchase","userId":"u"}`, UnknownType},
		{"no name", `{"type":"track","userId":"u"}`, NoEventName},
		{"an empty name", `{"type":"track","event":" ","userId":"u"}`, NoEventName},
		{"a name that is no text", `{"type":"track","event":{},"userId":"u"}`, NoEventName},
		{"nobody", `{"type":"track","event":"e"}`, NobodyNamed},
		{"nobody, said as null", `{"type":"track","event":"e","userId":null,"anonymousId":""}`, NobodyNamed},
		{"a mistake of a program", `{"type":"track","event":"e","userId":"undefined"}`, NobodyNamed},
		{"no group", `{"type":"group","userId":"u"}`, NoGroup},
		{"no previous", `{"type":"alias","userId":"u"}`, NoPrevious},
		{"nobody to be", `{"type":"alias","previousId":"u"}`, NoPrevious},
		{"a moment that is none", track(`"timestamp":"yesterday"`), BadMoment},
		{"a moment that is no text", track(`"timestamp":{}`), BadMoment},
		{"a moment that was never set", track(`"timestamp":"1970-01-01T00:00:00Z"`), MomentTooOld},
		{"a moment at the limit", track(`"timestamp":"1990-01-01T00:00:00Z"`), ""},
		{"the year 12000", track(`"timestamp":4e14`), BadMoment},
		{"the year 9999", track(`"timestamp":253402300799999`), ""},
		{"a millisecond too old", track(`"timestamp":631151999999`), MomentTooOld},
		{"before the year nought", track(`"timestamp":-1`), BadMoment},
		{"not an object", `5`, NotAnObject},
		{"null", `null`, NotAnObject},
		{"a list", `[]`, NotAnObject},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			good := `{"type":"track","event":"good","userId":"u"}`
			envelope := mustDecode(t, `{"batch":[`+good+`,`+c.item+`,`+good+`]}`, server())
			if c.code == "" {
				if len(envelope.Events) != 3 {
					t.Fatalf("refused: %+v", envelope.Refused)
				}
				return
			}
			if len(envelope.Events) != 2 || len(envelope.Refused) != 1 {
				t.Fatalf("%d taken, refused %+v", len(envelope.Events), envelope.Refused)
			}
			refused := envelope.Refused[0]
			if refused.Code != c.code || refused.Index != 1 {
				t.Errorf("got %s at %d, want %s at 1", refused.Code, refused.Index, c.code)
			}
			if refused.Reason.JA == "" || refused.Reason.EN == "" || refused.Reason == Reason("") {
				t.Errorf("no reason is given: %+v", refused.Reason)
			}
		})
	}
}

// What is not refused but cut keeps what fits, and no half of a letter.
func TestLongTextsAreCut(t *testing.T) {
	letter := "あ" // three bytes
	fits := func(limit int) string { return strings.Repeat("x", limit%3) + strings.Repeat(letter, limit/3) }
	at := func(title, term, library string) Event {
		return one(t, `"type":"page","userId":"u","context":{"page":{"url":"https://example.jp/","title":"`+title+`"},"campaign":{"term":"`+term+
			`","source":"`+term+`"},"library":{"name":"`+library+`"}}`, server())
	}
	if e := at(fits(maxTitle), fits(maxTerm), fits(maxWord)); len(e.Title) != maxTitle || len(e.Campaign.Term) != maxTerm || len(e.Campaign.Source) != maxTerm || len(e.Library) != maxWord {
		t.Errorf("at the limit: %d %d %d %d", len(e.Title), len(e.Campaign.Term), len(e.Campaign.Source), len(e.Library))
	}
	e := at(fits(maxTitle)+"y", "y"+fits(maxTerm), fits(maxWord)+letter)
	if e.Title != fits(maxTitle) || len(e.Campaign.Term) > maxTerm || e.Library != fits(maxWord) {
		t.Errorf("beyond: %d %d %d", len(e.Title), len(e.Campaign.Term), len(e.Library))
	}
	if !utf8.ValidString(e.Title + e.Campaign.Term + e.Library) {
		t.Error("half a letter is left")
	}
}

func TestABatchIsLimited(t *testing.T) {
	batch := func(n int) string {
		return `{"batch":[` + strings.TrimSuffix(strings.Repeat(`{"type":"track","event":"e","userId":"u"},`, n), ",") + `]}`
	}
	if envelope := mustDecode(t, batch(MaxBatch), server()); len(envelope.Events) != MaxBatch {
		t.Errorf("%d of a full batch", len(envelope.Events))
	}
	envelope := mustDecode(t, batch(MaxBatch+2), server())
	if len(envelope.Events) != MaxBatch || len(envelope.Refused) != 2 || envelope.Refused[1].Code != TooMany || envelope.Refused[1].Index != MaxBatch+1 {
		t.Errorf("%d taken, %+v", len(envelope.Events), envelope.Refused)
	}
	if envelope := mustDecode(t, `{"batch":[]}`, server()); envelope.Received != 0 {
		t.Errorf("an empty batch held %d", envelope.Received)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for body, code := range map[string]Code{
		"":                                       NotJSON,
		"hello":                                  NotJSON,
		`{"type":"track"`:                        NotJSON,
		`{"a":1}{"b":2}`:                         NotJSON,
		`{"batch":[{"a":1},]}`:                   NotJSON,
		"\xff\xfe{}":                             NotJSON,
		strings.Repeat("[", 200000):              NotJSON,
		`5`:                                      NoBatch,
		`"text"`:                                 NoBatch,
		`null`:                                   NoBatch,
		`{"batch":{}}`:                           NoBatch,
		`{"batch":null}`:                         NoBatch,
		`[` + strings.Repeat(" ", MaxBody) + `]`: BodyTooLarge,
	} {
		_, err := Decode([]byte(body), server())
		bad, ok := err.(*Unreadable)
		if !ok || bad.Code != code || bad.Reason.EN == "" {
			t.Errorf("%.40q: %v, want %s", body, err, code)
		}
	}
	full := `[` + strings.Repeat(" ", MaxBody-2) + `]`
	if _, err := Decode([]byte(full), server()); err != nil {
		t.Errorf("a body at the limit: %v", err)
	}
}

func TestOddTextIsMended(t *testing.T) {
	e := one(t, `"type":"track","event":"caf`+"\xe9"+` \u0000x","userId":"u","properties":{"a":"\ud800","b":1,"a":"\ud83d\ude00","c":"`+"\xff"+`","big":12345678901234567890}`, server())
	if e.Name != "caf\uFFFD x" {
		t.Errorf("name %q", e.Name)
	}
	var got map[string]any
	if err := json.Unmarshal(e.Properties, &got); err != nil {
		t.Fatal(err)
	}
	if got["a"] != "😀" || got["c"] != "\uFFFD" {
		t.Errorf("properties %s", e.Properties)
	}
	if !strings.Contains(string(e.Properties), "12345678901234567890") || strings.Count(string(e.Properties), `"a"`) != 1 {
		t.Errorf("properties %s", e.Properties)
	}
}

func TestIDsMayBeNumbers(t *testing.T) {
	e := one(t, `"type":"track","event":"e","userId":12345,"anonymousId":null`, server())
	if e.UserID != "12345" || e.Visitor != "12345" || e.Cookieless {
		t.Errorf("%+v", e)
	}
	if e := one(t, `"type":"track","event":"e","userId":"u","anonymousId":"00000000-0000-0000-0000-000000000001"`, server()); e.Visitor != e.AnonymousID {
		t.Errorf("%+v", e)
	}
}

func TestTheBatchSpeaksForItsEvents(t *testing.T) {
	envelope := mustDecode(t, `{"writeKey":"wk","context":{"library":{"name":"analytics-go","version":"3.0.0"},"page":{"url":"https://a.example/"},"locale":"ja-JP"},"batch":[
		{"type":"page","userId":"u"},
		{"type":"page","userId":"u","context":{"page":{"path":"/own"},"library":null}}]}`, server())
	first, second := envelope.Events[0], envelope.Events[1]
	if envelope.WriteKey != "wk" || first.Library != "analytics-go" || first.Host != "a.example" || first.Language != "ja" {
		t.Errorf("%+v", first)
	}
	if second.Host != "" || second.Path != "/own" || second.Library != "analytics-go" {
		t.Errorf("what the event says itself wins: %+v", second)
	}
}

func TestABlindResendIsOneEvent(t *testing.T) {
	id := func(body string, received Millis) string {
		request := server()
		request.ReceivedAt = received
		return mustDecode(t, body, request).Events[0].MessageID
	}
	plain := `{"type":"track","event":"e","userId":"u"}`
	stamped := `{"type":"track","event":"e","userId":"u","timestamp":"2026-11-22T01:00:00Z"}`
	if id(plain, now) != id(plain, now+20000) {
		t.Error("the same body a moment later is the same event")
	}
	if id(plain, now) == id(plain, now+3600000) {
		t.Error("the same words an hour later are another event")
	}
	if id(stamped, now) != id(stamped, now+3600000) {
		t.Error("a stamped event is itself for ever")
	}
	other := server()
	other.Key = "k2"
	if id(stamped, now) == mustDecode(t, stamped, other).Events[0].MessageID {
		t.Error("two keys are two senders")
	}
	both := mustDecode(t, `{"batch":[`+stamped+`,`+stamped+`]}`, server()).Events
	if both[0].MessageID == both[1].MessageID {
		t.Error("two in one batch are two")
	}
}

func TestAnAliasToOneselfSaysNothing(t *testing.T) {
	envelope := mustDecode(t, `{"type":"alias","userId":"u1","previousId":"u1"}`, server())
	if len(envelope.Events) != 0 || len(envelope.Refused) != 0 || envelope.Accepted() != 1 {
		t.Errorf("%+v", envelope)
	}
}

func TestVisitorsWithoutIDs(t *testing.T) {
	visitor := func(change func(*Request)) string {
		request := browser()
		change(&request)
		e := one(t, `"type":"page"`, request)
		if !e.Cookieless {
			t.Fatal("not marked")
		}
		return e.Visitor
	}
	same := func(*Request) {}
	if first, again := visitor(same), visitor(same); first != again || len(first) != 22 {
		t.Error("the same request is the same visitor")
	}
	for name, change := range map[string]func(*Request){
		"salt":      func(r *Request) { r.Salt = []byte("tomorrow") },
		"workspace": func(r *Request) { r.Workspace = "w2" },
		"address":   func(r *Request) { r.Address = "203.0.113.8" },
		"agent":     func(r *Request) { r.UserAgent += " " },
	} {
		if visitor(change) == visitor(same) {
			t.Errorf("another %s is another visitor", name)
		}
	}
	if e := one(t, `"type":"page"`, browser()); e.Device != "mobile" || e.Browser != "Safari" || e.Language != "ja" {
		t.Errorf("%+v", e)
	}
	// A server passes on whom it serves, and never counts itself.
	request := server()
	request.Salt, request.Address, request.UserAgent = []byte("today"), "192.0.2.1", "curl/8"
	envelope := mustDecode(t, `{"batch":[{"type":"page"},{"type":"page","context":{"ip":"198.51.100.1","userAgent":"Mozilla/5.0"}}]}`, request)
	if len(envelope.Refused) != 1 || len(envelope.Events) != 1 || !envelope.Events[0].Cookieless || envelope.Events[0].Bot != "" {
		t.Errorf("%+v", envelope)
	}
	text := fmt.Sprintf("%+v", envelope.Events)
	if strings.Contains(text, "198.51") || strings.Contains(text, "192.0.2") {
		t.Error("an address was kept")
	}
}

func TestMoney(t *testing.T) {
	cases := []struct {
		properties string
		value      float64
		currency   string
	}{
		{`{"revenue":1200,"currency":"jpy"}`, 1200, "JPY"},
		{`{"revenue":"1200.5"}`, 1200.5, ""},
		{`{"total":3300,"revenue":3000,"value":1}`, 3000, ""},
		{`{"value":5,"total":7}`, 5, ""},
		{`{"total":7,"currency":"yen!"}`, 7, ""},
		{`{"currency":"JPY"}`, 0, ""},
		{`{"revenue":"free","value":null}`, 0, ""},
	}
	for _, c := range cases {
		e := one(t, `"type":"track","event":"Order Completed","userId":"u","properties":`+c.properties, server())
		if e.Value != c.value || e.Currency != c.currency {
			t.Errorf("%s: %v %q", c.properties, e.Value, e.Currency)
		}
	}
	if e := one(t, `"type":"track","event":"`+Engagement+`","userId":"u","properties":{"engaged_ms":12000.7}`, server()); e.EngagedMillis != 12000 {
		t.Errorf("engaged %d", e.EngagedMillis)
	}
	if e := one(t, `"type":"track","event":"`+Engagement+`","userId":"u","properties":{"engaged_ms":1e300}`, server()); e.EngagedMillis != mostEngaged {
		t.Errorf("engaged %d", e.EngagedMillis)
	}
}

func TestPages(t *testing.T) {
	// What a server says of a page stands in properties.
	e := one(t, `"type":"page","userId":"u","properties":{"url":"https://Example.JP:443/a?utm_source=x&q=1","title":"A","referrer":"https://note.com/x?y=z"}`, server())
	if e.Host != "example.jp" || e.Path != "/a" || e.Query != "q=1" || e.Campaign.Source != "x" || e.Title != "A" || e.ReferrerHost != "note.com" || e.ReferrerPath != "/x" {
		t.Errorf("%+v", e)
	}
	// context.campaign is what the SDK read from the address, and wins.
	e = one(t, `"type":"track","event":"e","userId":"u","context":{"page":{"url":"https://example.jp/?utm_source=a&utm_medium=b&gclid=secret"},"campaign":{"source":"c"},"referrer":{"url":"https://search.yahoo.co.jp/"}}`, server())
	if e.Campaign != (Campaign{Source: "c", Medium: "b"}) || e.ClickID != "gclid" || e.ReferrerHost != "search.yahoo.co.jp" {
		t.Errorf("%+v", e)
	}
	// Applications say what they run on.
	e = one(t, `"type":"screen","name":"Home","userId":"u","context":{"device":{"type":"ios"},"os":{"name":"iOS"},"userAgent":"CFNetwork/1.0"}`, server())
	if e.Device != "mobile" || e.OS != "iOS" || e.Bot != "" {
		t.Errorf("%+v", e)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(browserItem(1)))
	f.Add(batchOf(3, serverItem))
	f.Add([]byte(`{"batch":[{"type":"identify","traits":{"a":"\ud800","a":[[[]]]},"userId":1e400}],"context":{"page":[]}}`))
	f.Add([]byte(`[{"type":"track","event":"e","userId":"u","properties":{"n":1e999}},null,5,"x",[{}]]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		envelope, err := Decode(body, browser())
		if err != nil {
			if _, ok := err.(*Unreadable); !ok {
				t.Fatal(err)
			}
			return
		}
		if envelope.Received != envelope.Accepted()+len(envelope.Refused) {
			t.Fatalf("%d came, %d were taken, %d refused", envelope.Received, envelope.Accepted(), len(envelope.Refused))
		}
		for _, e := range envelope.Events {
			checkEvent(t, e)
		}
		if _, err := DecodeBatch(Encode(envelope.Events)); err != nil {
			t.Fatal(err)
		}
	})
}
