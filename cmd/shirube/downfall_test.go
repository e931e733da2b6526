package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/store"
)

// downfall kills the program, and asks it to end, while mail is handed over. In the end
// everybody was handed one mail, or is told as unknown: no more of those for a crash than
// there are connections.
type downfall struct {
	what           string // beside the crashes, for the record
	taking         *sink.Sink
	crashes, mails int
	seed           uint64
	start          func() *child

	killed int // by kill -9; the others were asked to end
}

// bringDown starts the program for each crash and brings it down somewhere in that crash's
// share of the mails, so that all are in mid-flight. meanwhile is done to it until then.
func (d *downfall) bringDown(t *testing.T, meanwhile func(c *child, ended <-chan struct{})) {
	t.Helper()
	random := rand.New(rand.NewPCG(d.seed, 5))
	share := d.mails / (d.crashes + 1)
	for crash := range d.crashes {
		c := d.start()
		target := int64(share*crash + random.IntN(share) + 1)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for end := time.Now().Add(30 * time.Second); d.taking.Taken.Load() < target && time.Now().Before(end); {
				time.Sleep(time.Millisecond)
			}
			if crash%3 == 2 {
				_ = c.command.Process.Signal(syscall.SIGTERM)
				_, _ = c.command.Process.Wait()
				return
			}
			d.killed++
			_ = c.command.Process.Kill()
		}()
		meanwhile(c, ended)
		<-ended
		c.kill()
		if strings.Contains(c.said.String(), "panic") {
			t.Fatalf("crash %d: %s", crash+1, c.said)
		}
	}
}

// onceEach counts what became of the items that are due, by their keys and what the outbox
// says of each.
func (d *downfall) onceEach(t *testing.T, ws store.WorkspaceID, due []string, states map[string]string) {
	t.Helper()
	times := timesTaken(t, d.taking)
	never, twice, unknown, stray := 0, 0, 0, len(times)
	for _, key := range due {
		n := times[mail.MessageID(string(ws), key, mailsFrom)]
		stray -= min(n, 1)
		switch state := states[key]; {
		case n > 1:
			twice++
		case state == string(outbox.Unknown):
			unknown++
		case state != string(outbox.Sent) || n == 0:
			never++
		}
	}
	d.publish(t, "mails never handed over", never, 0)
	d.publish(t, "mails handed over twice", twice, 0)
	d.publish(t, "mails nobody was to have", stray, 0)
	d.publish(t, "mails of which nobody knows", unknown, d.killed*sendingAtOnce)
}

func (d *downfall) publish(t *testing.T, name string, got, bar int) {
	t.Helper()
	where := fmt.Sprintf("%s%d kill -9 and %d SIGTERM among %d mails, %d connections", d.what, d.killed, d.crashes-d.killed, d.mails, sendingAtOnce)
	evidence.AtMost(t, evidence.Figure{Room: "act", Case: where, Name: name, Got: float64(got), Tries: d.crashes, Seed: d.seed}, float64(bar), 0)
}

// timesTaken is how often each mail was taken, by its Message-ID.
func timesTaken(t testing.TB, taking *sink.Sink) map[string]int {
	t.Helper()
	const begins = "\nmessage-id: <"
	times := map[string]int{}
	for _, m := range taking.Mails() {
		at := bytes.Index(bytes.ToLower(m.Data), []byte(begins))
		if at < 0 {
			t.Fatalf("a mail without its id: %.300s", m.Data)
		}
		id, _, found := strings.Cut(string(m.Data[at+len(begins):]), ">")
		if !found {
			t.Fatalf("a mail whose id does not end: %.300s", m.Data)
		}
		times[id]++
	}
	return times
}

// handedOver waits until nothing is left to hand over, and tells the state of every item.
func handedOver(t testing.TB, folder string) map[string]string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(folder, "shirube.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for end := time.Now().Add(90 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		left := 0
		if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending')").Scan(&left); err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("%d items are still to be handed over", left)
		}
	}
	rows, err := db.QueryContext(t.Context(), "SELECT key, state FROM outbox")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	states := map[string]string{}
	for rows.Next() {
		var key, state string
		if err := rows.Scan(&key, &state); err != nil {
			t.Fatal(err)
		}
		states[key] = state
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return states
}
