package accesslog

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

const log = `203.0.113.7 - - [10/Sep/2026:13:55:36 +0900] "GET /beans/?utm_source=x&utm_medium=social&utm_content=2102 HTTP/1.1" 200 2326 "https://t.co/abc" "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
203.0.113.7 - - [10/Sep/2026:13:55:36 +0900] "GET /style.css HTTP/1.1" 200 100 "https://example.jp/beans/" "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
203.0.113.7 - - [10/Sep/2026:13:56:00 +0900] "GET /%E3%81%8A%E5%95%8F%E3%81%84%E5%90%88%E3%82%8F%E3%81%9B HTTP/1.1" 200 2326 "https://example.jp/beans/" "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
2001:db8::1 - - [10/Sep/2026:14:00:00 +0900] "GET / HTTP/2.0" 200 5 "-" "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
198.51.100.9 - frank [10/Sep/2026:14:00:00 +0900] "POST /login HTTP/1.1" 302 5 "-" "curl/8"
198.51.100.9 - - [10/Sep/2026:14:00:01 +0900] "GET /missing HTTP/1.1" 404 5 "-" "Mozilla/5.0"
shop.example.jp:443 198.51.100.9 - - [10/Sep/2026:14:00:02 +0900] "GET /a b?q=\"x\" HTTP/1.1" 304 - "-" "Mozilla/5.0 \xe3\x81\x82" 0.003
198.51.100.9 - - [10/Sep/2026:14:00:02 +0900] "\x16\x03\x01" 400 5 "-" "-"
`

func options() Options {
	tokyo := time.FixedZone("JST", 9*3600)
	return Options{Name: "access.log", Workspace: "w", Key: "k", Host: "example.jp", Now: event.Millis(time.Date(2026, 10, 1, 0, 0, 0, 0, tokyo).UnixMilli()), Zone: tokyo,
		Salt: func(day string) []byte { return []byte("salt of " + day) }}
}

func readAll(t testing.TB, text []byte, opt Options) ([]event.Event, Summary, error) {
	t.Helper()
	var all []event.Event
	sum, err := Read(context.Background(), bytes.NewReader(text), opt, func(_ context.Context, list []event.Event) error {
		all = append(all, list...)
		return nil
	})
	return all, sum, err
}

func TestRead(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(log)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var first string
	for _, data := range [][]byte{[]byte(log), packed.Bytes(), []byte(strings.ReplaceAll(log, "\n", "\r\n"))} {
		if !Looks(data) {
			t.Error("not seen to be a log")
		}
		events, sum, err := readAll(t, data, options())
		if err != nil {
			t.Fatal(err)
		}
		if sum.Lines != 8 || sum.Views != 4 || sum.Robots != 1 || sum.Skipped != 4 || sum.Unreadable != 0 {
			t.Errorf("%+v", sum)
		}
		var lines []string
		for _, e := range events {
			lines = append(lines, fmt.Sprintf("%s%s ?%s from %s %s %s %s bot=%q %s", e.Host, e.Path, e.Query, e.ReferrerHost, e.Campaign.Source, e.Campaign.Content, e.Device, e.Bot, e.MessageID))
			if text := fmt.Sprintf("%+v", e); strings.Contains(text, "203.0.113") || strings.Contains(text, "2001:db8") || !e.Cookieless || e.Kind != event.Page {
				t.Errorf("holds an address: %s", text)
			}
		}
		got := strings.Join(lines, "\n")
		if first == "" {
			first = got
		}
		if got != first {
			t.Errorf("read again it differs:\n%s\n%s", got, first)
		}
		if events[0].Visitor != events[1].Visitor || events[0].Visitor == events[2].Visitor {
			t.Error("visitors are mixed up")
		}
	}
	for i, want := range []string{"example.jp/beans/ ? from t.co x 2102 mobile bot=\"\" log-", "example.jp/お問い合わせ ? from ", "example.jp/ ? from    ", "shop.example.jp/a b ?q=\"x\" from "} {
		if line := strings.Split(first, "\n")[i]; !strings.HasPrefix(line, want) {
			t.Errorf("line %d: %s\nwant %s", i, line, want)
		}
	}
}

func TestEqualRequestsOfASecondAreSeveral(t *testing.T) {
	t.Parallel()
	line := strings.SplitAfter(log, "\n")[0]
	events, _, err := readAll(t, []byte(strings.Repeat(line, 3)), options())
	ids := map[string]bool{}
	for _, e := range events {
		ids[e.MessageID] = true
	}
	if err != nil || len(ids) != 3 {
		t.Errorf("%d ids, %v", len(ids), err)
	}
}

func TestNoLog(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a table":        "日付,売上\n2026-09-01,100\n",
		"common format":  `1.2.3.4 - - [10/Sep/2026:14:00:01 +0900] "GET / HTTP/1.1" 200 5` + "\n",
		"empty":          "",
		"endless line":   strings.Repeat("x", 300_000),
		"broken archive": "\x1f\x8bgarbage",
		"from the year 1999, and from tomorrow's tomorrow": strings.Repeat(strings.ReplaceAll(strings.SplitAfter(log, "\n")[0], "2026", "1999"), 2) + strings.ReplaceAll(strings.SplitAfter(log, "\n")[0], "2026", "2036"),
	} {
		_, _, err := readAll(t, []byte(text), options())
		if _, ok := words.AsProblems(err); !ok {
			t.Errorf("%s: %v", name, err)
		}
		if name != "from the year 1999, and from tomorrow's tomorrow" && Looks([]byte(text)) {
			t.Errorf("%s looks like a log", name)
		}
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	for range 120 {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := readAll(t, packed.Bytes(), options()); err == nil {
		t.Error("a bomb was read")
	}
	full := errors.New("full")
	if _, err := Read(t.Context(), strings.NewReader(log), options(), func(context.Context, []event.Event) error { return full }); !errors.Is(err, full) {
		t.Errorf("the receiver's error is lost: %v", err)
	}
}

// FuzzRead: no line makes an event that holds an address or lies outside of time.
func FuzzRead(f *testing.F) {
	for line := range strings.Lines(log) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		opt := options()
		events, sum, err := readAll(t, []byte(line), opt)
		if _, ok := words.AsProblems(err); err != nil && !ok {
			t.Fatal(err)
		}
		if sum.Views+sum.Skipped+sum.Unreadable != sum.Lines {
			t.Fatalf("%+v", sum)
		}
		for _, e := range events {
			if e.At < earliest || e.At > opt.Now+ahead || e.Visitor == "" || e.MessageID == "" || len(e.Path) > 4096 {
				t.Fatalf("%+v", e)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := []byte(strings.Repeat(log, 5000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Read(b.Context(), bytes.NewReader(text), options(), func(context.Context, []event.Event) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
