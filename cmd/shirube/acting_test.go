package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/store"
)

// mailsTo is, in a child process, the address of the mail server that mail is handed to.
const mailsTo = "SHIRUBE_TEST_MAILS_TO"

// sendingAtOnce is how many connections the server has to a mail server.
const sendingAtOnce = 32

func serveActing(folder, mails string) int {
	p := &program{stdout: os.Stdout, stderr: os.Stderr, now: time.Now}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	state, err := store.Open(ctx, folder, store.Options{})
	if err != nil {
		return p.statusOf(err)
	}
	defer state.Close()
	host, port, err := net.SplitHostPort(mails)
	if err != nil {
		return p.statusOf(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return p.statusOf(err)
	}
	pool := mail.NewPool(mail.Server{Host: host, Port: number, Security: "none", Connections: sendingAtOnce})
	defer pool.Close()
	return p.statusOf(p.serve(ctx, state, serving{
		address: "127.0.0.1:0", folder: folder, senders: map[outbox.Kind]actor.Sender{outbox.Mail: plainMail{pool}},
	}))
}

// plainMail hands over a mail that says no more than which item it is.
type plainMail struct{ pool *mail.Pool }

func (m plainMail) Hand(ctx context.Context, item outbox.Item) outbox.Answer {
	text := fmt.Sprintf("From: a@example.jp\r\nTo: %s@example.jp\r\nMessage-ID: <%s>\r\nX-Key: %s\r\nSubject: x\r\n\r\nx\r\n.\r\n", // Send takes it as it goes over the wire
		item.Contact, mail.MessageID(string(item.Workspace), item.Key, "example.jp"), item.Key)
	return m.pool.Send(ctx, "a@example.jp", item.Contact+"@example.jp", []byte(text)).Answer()
}

// One mail for everybody who asks: transactional, so that it needs no consent and nobody is
// held out.
const thanks = `{"name": "thanks", "kpi": "leads", "stream": "transactional", "trigger": {"event": {"event": "Inquiry Submitted"}},
	"steps": [{"id": "mail", "mail": {"template": "t"}, "next": "tag"}, {"id": "tag", "tag": {"add": ["asked"]}}]}`

func TestNoMailIsLostOrSentTwice(t *testing.T) {
	t.Parallel()
	sendOnce(t, 3, 2_000)
}

// TestGateNoMailIsLostOrSentTwice is the same with a hundred crashes over 50,000 mails.
func TestGateNoMailIsLostOrSentTwice(t *testing.T) {
	evidence.Gate(t)
	sendOnce(t, 100, 50_000)
}

// sendOnce kills the program, and asks it to end, while events let people into an automation
// and their mails are handed over. In the end everybody was handed one mail, or is told as
// unknown: no more of those for a crash than there are connections.
func sendOnce(t *testing.T, crashes, people int) {
	seed := uint64(2026 + crashes)
	random := rand.New(rand.NewPCG(seed, 5))
	folder := t.TempDir()
	ws, key := folderWithKey(t, folder)
	automate(t, folder, ws)
	taking := sink.Start(t)
	crowd := &crowd{key: key, people: people}
	start := func() *child {
		return serveFolder(t, folder, func(c *exec.Cmd) { c.Env = append(c.Env, mailsTo+"="+taking.Addr) })
	}
	killed := 0
	for crash := range crashes {
		c := start()
		// Somewhere in this crash's share of the mails, so that all are in mid-flight.
		share := people / (crashes + 1)
		target := int64(share*crash + random.IntN(share) + 1)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for end := time.Now().Add(30 * time.Second); taking.Taken.Load() < target && time.Now().Before(end); {
				time.Sleep(time.Millisecond)
			}
			if crash%3 == 2 {
				_ = c.command.Process.Signal(syscall.SIGTERM)
				_, _ = c.command.Process.Wait()
				return
			}
			killed++
			_ = c.command.Process.Kill()
		}()
		crowd.ask(c, ended)
		<-ended
		c.kill()
		if strings.Contains(c.said.String(), "panic") {
			t.Fatalf("crash %d: %s", crash+1, c.said)
		}
	}
	c := start()
	crowd.ask(c, nil)
	drained(t, folder)
	states := handedOver(t, folder)
	c.kill()

	times := map[string]int{}
	for _, m := range taking.Mails() {
		found := keyHeader.FindSubmatch(m.Data)
		if found == nil {
			t.Fatalf("a mail without its key: %s", m.Data)
		}
		times[string(found[1])]++
	}
	never, twice, unknown := 0, 0, 0
	for key, state := range states {
		switch {
		case state == string(outbox.Unknown):
			unknown++
		case state != string(outbox.Sent) || times[key] == 0:
			never++
		}
	}
	for _, n := range times {
		if n > 1 {
			twice++
		}
	}
	where := fmt.Sprintf("%d kill -9 and %d SIGTERM among %d mails, %d connections", killed, crashes-killed, people, sendingAtOnce)
	figure := evidence.Figure{Room: "act", Case: where, Tries: crashes, Seed: seed}
	for _, f := range []struct {
		name string
		got  int
		bar  float64
	}{
		{"people who asked and have no item", people - len(states), 0}, {"mails never handed over", never, 0}, {"mails handed over twice", twice, 0},
		{"mails of which nobody knows", unknown, float64(killed * sendingAtOnce)},
	} {
		figure.Name, figure.Got = f.name, float64(f.got)
		evidence.AtMost(t, figure, f.bar, 0)
	}
}

var keyHeader = regexp.MustCompile(`X-Key: (\S+)`)

// automate makes the automation and lets people in.
func automate(t testing.TB, folder string, ws store.WorkspaceID) {
	t.Helper()
	db, err := store.Open(t.Context(), folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	d, err := automation.Parse([]byte(thanks))
	if err != nil {
		t.Fatal(err)
	}
	body, err := automation.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	a, err := db.Automations.Create(t.Context(), ws, store.NewAutomation{Name: d.Name, KPI: d.KPI, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Automations.Switch(t.Context(), ws, a.ID, 1); err != nil {
		t.Fatal(err)
	}
}

// crowd are people who each say who they are and ask once; who gets no answer says it again.
type crowd struct {
	key    string
	people int

	mu    sync.Mutex
	next  int
	again [][2]int
}

// ask sends until everybody was answered or the program has ended.
func (c *crowd) ask(to *child, ended <-chan struct{}) {
	from := client()
	defer from.CloseIdleConnections()
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-ended:
					return
				default:
				}
				some, ok := c.some()
				if !ok {
					return
				}
				if !c.send(to, from, some) {
					c.mu.Lock()
					c.again = append(c.again, some)
					c.mu.Unlock()
					time.Sleep(5 * time.Millisecond)
				}
			}
		})
	}
	group.Wait()
}

func (c *crowd) some() ([2]int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.again); n > 0 {
		some := c.again[n-1]
		c.again = c.again[:n-1]
		return some, true
	}
	if c.next >= c.people {
		return [2]int{}, false
	}
	some := [2]int{c.next, min(c.next+20, c.people)}
	c.next = some[1]
	return some, true
}

func (c *crowd) send(to *child, from *http.Client, some [2]int) bool {
	type object = map[string]any
	var items []object
	for k := some[0]; k < some[1]; k++ {
		who := fmt.Sprintf("u%d", k)
		items = append(items,
			object{"type": "identify", "userId": who, "messageId": "i-" + who, "traits": object{"email": who + "@example.jp"}},
			object{"type": "track", "event": "Inquiry Submitted", "userId": who, "messageId": "t-" + who})
	}
	body, err := json.Marshal(object{"batch": items, "writeKey": c.key})
	if err != nil {
		return false
	}
	reply, err := from.Post(to.base+"/v1/batch", "application/json", bytes.NewReader(body))
	if err != nil {
		return false
	}
	defer reply.Body.Close()
	_, _ = io.Copy(io.Discard, reply.Body)
	return reply.StatusCode == http.StatusOK
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
