package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strconv"
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

// mailsFrom is the domain that mails come from; their ids end in it.
const mailsFrom = "example.jp"

// plainMail hands over a mail that says no more than which item it is.
type plainMail struct{ pool *mail.Pool }

func (m plainMail) Hand(ctx context.Context, item outbox.Item) outbox.Answer {
	text := fmt.Sprintf("From: a@example.jp\r\nTo: %s@example.jp\r\nMessage-ID: <%s>\r\nSubject: x\r\n\r\nx\r\n.\r\n", // Send takes it as it goes over the wire
		item.Contact, mail.MessageID(string(item.Workspace), item.Key, mailsFrom))
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
// and their mails are handed over.
func sendOnce(t *testing.T, crashes, people int) {
	folder := t.TempDir()
	ws, key := folderWithKey(t, folder)
	automate(t, folder, ws)
	taking := sink.Start(t)
	crowd := &crowd{key: key, people: people}
	d := downfall{taking: taking, crashes: crashes, mails: people, seed: uint64(2026 + crashes), start: func() *child {
		return serveFolder(t, folder, func(c *exec.Cmd) { c.Env = append(c.Env, mailsTo+"="+taking.Addr) })
	}}
	d.bringDown(t, crowd.ask)
	c := d.start()
	crowd.ask(c, nil)
	drained(t, folder)
	states := handedOver(t, folder)
	c.kill()
	d.publish(t, "people who asked and have no item", people-len(states), 0)
	d.onceEach(t, ws, slices.Collect(maps.Keys(states)), states)
}

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
