package collect_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/collect"
)

// A sender that gives a byte now and then holds a connection, but not for ever.
func TestASlowSenderIsLetGo(t *testing.T) {
	var looks atomic.Int64 // every look at the clock finds it most of a minute later
	r := start(t, func(o *collect.Options) {
		o.Now = func() time.Time { return received.Add(time.Duration(looks.Add(1)) * 50 * time.Second) }
	})
	connection, err := net.Dial("tcp", strings.TrimPrefix(r.server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: 1000000\r\n\r\n{", basic("server-key:"))
	answer := make(chan *http.Response, 1)
	go func() {
		response, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err == nil {
			answer <- response
		}
		close(answer)
	}()
	for {
		_, _ = fmt.Fprint(connection, " ")
		select {
		case response := <-answer:
			if response == nil || response.StatusCode != http.StatusRequestTimeout {
				t.Fatalf("%+v", response)
			}
			return
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// Without a key nothing of a body is read, however large it says it is.
func TestABodyWithoutAKeyIsNotRead(t *testing.T) {
	r := start(t, nil)
	connection, err := net.Dial("tcp", strings.TrimPrefix(r.server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: 4000000\r\nExpect: 100-continue\r\n\r\n", basic("wrong:"))
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil || response.StatusCode != http.StatusUnauthorized {
		t.Errorf("%+v %v", response, err)
	}
}

// Many large bodies at once are asked to come again, not piled up.
func TestLargeBodiesAtOnce(t *testing.T) {
	r := start(t, func(o *collect.Options) { o.MostHeld = 6 << 20 })
	body := `{"batch":[` + strings.Repeat(" ", event.MaxBody-64) + `]}`
	send := func(from io.Reader) (status int) {
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, r.server.URL+"/v1/batch", from)
		request.Header.Set("Authorization", basic("server-key:"))
		response, err := r.server.Client().Do(request)
		if err != nil {
			return http.StatusTooManyRequests // answered, and closed, while it was still sending
		}
		_ = response.Body.Close()
		return response.StatusCode
	}
	// The first keeps its last byte back until the second was answered.
	pipe, feed := io.Pipe()
	first := make(chan int, 1)
	go func() { first <- send(pipe) }()
	if _, err := io.WriteString(feed, body[:len(body)-1]); err != nil {
		t.Fatal(err)
	}
	// The pipe is empty when the client has taken all; the server may be a moment behind.
	crowded := false
	for range 100 {
		if crowded = send(strings.NewReader(body)) == http.StatusTooManyRequests; crowded {
			break
		}
	}
	if !crowded {
		t.Error("8 MB were taken where 6 may be held")
	}
	_, _ = io.WriteString(feed, body[len(body)-1:])
	_ = feed.Close()
	// Whichever came to the bound had to go; what matters is that it was told to come again.
	if status := <-first; status != http.StatusOK && status != http.StatusTooManyRequests {
		t.Errorf("the first: %d", status)
	}
	if status := send(strings.NewReader(body)); status != http.StatusOK {
		t.Errorf("afterwards: %d", status)
	}
}

func TestOutcomesAreBounded(t *testing.T) {
	r := start(t, nil)
	for i := range 250 {
		r.send("POST", "/v1/track", fmt.Sprintf(`{"writeKey":"server-key","event":"e%d"}`, i))
	}
	recent := r.handler.Recent("w")
	if len(recent) != 200 || recent[0].Refused[0].Name != "e249" || recent[199].Refused[0].Name != "e50" {
		t.Errorf("%d, from %+v", len(recent), recent[0])
	}
	if r.handler.Counts("w").Refused["no_user_anon_id"] != 250 || len(r.handler.Recent("nobody")) != 0 {
		t.Errorf("%+v", r.handler.Counts("w"))
	}
}

// memory is a SaltStore that two nodes share.
type memory struct {
	day, salt map[string]string // by zone
	err       error
}

func (m *memory) Salt(_ context.Context, zone, day string, fresh []byte) ([]byte, error) {
	if m.err != nil {
		return nil, m.err
	}
	if m.day[zone] != day {
		m.day[zone], m.salt[zone] = day, string(fresh)
	}
	return []byte(m.salt[zone]), nil
}

func TestSaltsLastADay(t *testing.T) {
	zone := func(ws event.Workspace) string { return string(ws) }
	const tokyo = "Asia/Tokyo"
	shared := &memory{day: map[string]string{}, salt: map[string]string{}}
	first := collect.NewDailySalts(shared, bytes.NewReader(bytes.Repeat([]byte{1}, 1<<10)), zone)
	second := collect.NewDailySalts(shared, bytes.NewReader(bytes.Repeat([]byte{2}, 1<<10)), zone)
	salt := func(s *collect.DailySalts, at time.Time) string {
		got, err := s.Salt(t.Context(), tokyo, at)
		if err != nil {
			t.Fatal(err)
		}
		return string(got)
	}
	evening := time.Date(2026, 11, 22, 14, 59, 59, 0, time.UTC) // a second before midnight in Tokyo
	today := salt(first, evening)
	if salt(second, evening) != today {
		t.Error("two nodes, two salts")
	}
	shared.salt[tokyo], shared.day[tokyo] = "tomorrow's", "2026-11-23"
	if salt(first, evening) != today {
		t.Error("the salt changed within the day")
	}
	if salt(first, evening.Add(time.Second)) == today {
		t.Error("the salt did not change at midnight")
	}
	if salt(first, evening) == today {
		t.Error("yesterday's salt came back")
	}
	shared.err = errors.New("away")
	if _, err := first.Salt(t.Context(), tokyo, evening.Add(48*time.Hour)); err == nil {
		t.Error("a salt that is not kept was given out")
	}
}

// A workspace's visitors are told apart for its own day: not for Tokyo's, nor for that of what
// is no zone at all.
func TestSaltsChangeAtTheWorkspacesMidnight(t *testing.T) {
	drawn := make([]byte, 1<<16)
	for i := range drawn {
		drawn[i] = byte(i / 32) // every salt is another
	}
	salts := collect.NewDailySalts(nil, bytes.NewReader(drawn), func(ws event.Workspace) string { return string(ws) })
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for zone, midnights := range map[string][]int{ // hours after noon of the 22nd, UTC
		"Asia/Tokyo": {3, 27}, "America/New_York": {17, 41}, "Asia/Kathmandu": {7, 31}, "UTC": {12, 36}, "": {12, 36}, "Nowhere/Else": {12, 36},
	} {
		last, changes := "", []int{}
		for hour := range 48 {
			got, err := salts.Salt(t.Context(), event.Workspace(zone), noon.Add(time.Duration(hour)*time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			if last != "" && string(got) != last {
				changes = append(changes, hour)
			}
			last = string(got)
		}
		if !slices.Equal(changes, midnights) {
			t.Errorf("%q: changes %v hours after noon, not %v", zone, changes, midnights)
		}
	}
}
