package main

import (
	"bytes"
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/duckdb"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// served names, in a child process, the data folder that it serves until it is killed: the
// whole program, as a user runs it, with the real clock.
const served = "SHIRUBE_SERVED_FOLDER"

func serveUntilKilled(folder string) int {
	return run([]string{"serve", "--data", folder, "--listen", cmp.Or(os.Getenv("SHIRUBE_LISTEN"), "127.0.0.1:0")},
		&program{stdout: os.Stdout, stderr: os.Stderr, now: time.Now})
}

// folderWithKey is a data folder with one workspace and a key to write to it.
func folderWithKey(t testing.TB, folder string) (ws store.WorkspaceID, key string) {
	t.Helper()
	db, err := store.Open(t.Context(), folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	w, err := db.Workspaces.Create(t.Context(), store.NewWorkspace{Slug: "w", Name: "w"})
	if err != nil {
		t.Fatal(err)
	}
	key = "wk_test"
	if _, err := db.WriteKeys.Create(t.Context(), w.ID, store.NewWriteKey{Key: key, Kind: store.ServerKey, Name: "test"}); err != nil {
		t.Fatal(err)
	}
	return w.ID, key
}

// child is a served folder.
type child struct {
	command *exec.Cmd
	base    string
	said    *bytes.Buffer // what it complained of; read it when it has ended
}

// listens is the address a program names: where it is, or where the world finds it.
var listens = regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+|https://[a-z.]+`)

// serveFolder starts the program and waits until it names its address. prepare may change
// the command; it may be nil.
func serveFolder(t testing.TB, folder string, prepare func(*exec.Cmd)) *child {
	t.Helper()
	c := &child{command: exec.Command(os.Args[0]), said: &bytes.Buffer{}}
	c.command.Env = append(os.Environ(), served+"="+folder)
	c.command.Stderr = c.said
	if prepare != nil {
		prepare(c.command)
	}
	out, err := c.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.kill)
	var said strings.Builder
	buffer := make([]byte, 4096)
	for c.base == "" {
		n, err := out.Read(buffer)
		said.Write(buffer[:n])
		c.base = listens.FindString(said.String())
		if err != nil && c.base == "" {
			c.kill()
			t.Fatalf("the program ended without naming its address: %s%s", said.String(), c.said)
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return c
}

// kill ends it as kill -9 does.
func (c *child) kill() {
	_ = c.command.Process.Kill() // one that has ended already is as good
	_ = c.command.Wait()
}

// client keeps its connections, as SDKs do.
func client() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 30 * time.Second}
}

// send posts a batch of events with these ids; the status, or 0 when no answer came.
func (c *child) send(from *http.Client, key string, ids []string) int {
	type object = map[string]any
	items := make([]object, len(ids))
	for i, id := range ids {
		items[i] = object{"type": "track", "event": "Inquiry Submitted", "messageId": id, "anonymousId": "a" + id[len(id)-1:],
			"properties": object{"id": id}, "context": object{"page": object{"url": "https://www.example.jp/contact?id=" + id}}}
	}
	body, err := json.Marshal(object{"batch": items, "writeKey": key})
	if err != nil {
		return 0
	}
	reply, err := from.Post(c.base+"/v1/batch", "application/json", bytes.NewReader(body))
	if err != nil {
		return 0
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil || reply.StatusCode == http.StatusOK && !bytes.Contains(text, fmt.Appendf(nil, `"accepted":%d`, len(ids))) {
		return 0
	}
	return reply.StatusCode
}

// kept is the ids in the warehouse, with how often each is there.
func kept(t testing.TB, folder string, ws store.WorkspaceID) map[string]int {
	t.Helper()
	db, err := duckdb.Open(filepath.Join(folder, eventsFile), duckdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	today := series.DayOf(time.Now().UTC())
	var text bytes.Buffer
	scope := warehouse.Scope{Workspace: event.Workspace(ws), Span: series.Span{From: today - 3, To: today + 3}, WithBots: true}
	if err := db.Export(t.Context(), scope, "csv", &text); err != nil {
		t.Fatal(err)
	}
	ids := map[string]int{}
	for _, id := range idInProperties.FindAllStringSubmatch(text.String(), -1) {
		ids[id[1]]++
	}
	return ids
}

// The quotes of JSON are doubled in CSV.
var idInProperties = regexp.MustCompile(`""id"":""([a-z0-9.-]+)""`)

// drained waits until every reader of a program that runs has everything.
func drained(t testing.TB, folder string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(folder, "shirube.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for end := time.Now().Add(60 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		left := 0
		if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM inbox").Scan(&left); err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d batches are still in the inbox", left)
		}
	}
}

func TestNothingAcknowledgedIsLost(t *testing.T) {
	t.Parallel()
	loseNothing(t, 5)
}

// TestGateNothingAcknowledgedIsLost is the same with two hundred kills.
func TestGateNothingAcknowledgedIsLost(t *testing.T) {
	evidence.Gate(t)
	loseNothing(t, 200)
}

// loseNothing kills the program at random moments while many send to it, some while it still
// starts. Who got no answer sends the same again. In the end every id that was acknowledged
// must be in the warehouse, no id twice, and the catalogue must have counted each once.
func loseNothing(t *testing.T, kills int) {
	seed := uint64(2026 + kills)
	random := rand.New(rand.NewPCG(seed, 1))
	folder := t.TempDir()
	ws, key := folderWithKey(t, folder)
	s := &senders{key: key, acknowledged: map[string]bool{}, random: random}
	for kill := range kills {
		c := serveFolder(t, folder, nil)
		wait := time.Duration(random.IntN(700)) * time.Millisecond
		if kill%7 == 3 {
			wait = time.Duration(random.IntN(20)) * time.Millisecond
		}
		timer := time.AfterFunc(wait, func() { _ = c.command.Process.Kill() })
		s.sendUntilDead(c)
		timer.Stop()
		c.kill()
		if strings.Contains(c.said.String(), "panic") {
			t.Fatalf("kill %d: %s", kill+1, c.said)
		}
	}
	c := serveFolder(t, folder, nil)
	from := client()
	for len(s.again) > 0 {
		s.one(c, from)
	}
	drained(t, folder)
	c.kill()

	there := kept(t, folder, ws)
	lost, twice := 0, 0
	for id := range s.acknowledged {
		if there[id] == 0 {
			lost++
		}
	}
	for _, n := range there {
		if n > 1 {
			twice++
		}
	}
	db, err := store.Open(t.Context(), folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	keys, err := db.Catalogue.KeyActivity(t.Context(), ws)
	if err != nil {
		t.Fatal(err)
	}
	counted := int64(0)
	for _, k := range keys {
		counted += k.Count
	}
	names, err := db.Catalogue.EventNames(t.Context(), ws, event.Track, 10)
	if err != nil || len(names) != 1 || names[0].Count != counted {
		t.Errorf("the catalogue's names are %+v, %v; its keys count %d", names, err, counted)
	}
	if len(s.acknowledged) == 0 || s.repeated == 0 && kills > 5 {
		t.Errorf("%d ids acknowledged, %d sent again: the test shows nothing", len(s.acknowledged), s.repeated)
	}
	where := fmt.Sprintf("kill -9 at a random moment, %d ids acknowledged, %d sent again", len(s.acknowledged), s.repeated)
	figure := evidence.Figure{Room: "events", Case: where, Tries: kills, Seed: seed}
	for _, f := range []struct {
		name string
		got  int
	}{
		{"acknowledged ids lost", lost}, {"ids twice in the warehouse", twice},
		{"ids the catalogue counted too often or not at all", max(int(counted)-len(there), len(there)-int(counted))},
	} {
		figure.Name, figure.Got = f.name, float64(f.got)
		evidence.AtMost(t, figure, 0, 0)
	}
}

// senders are SDKs: each batch has ids of its own, and who got no answer sends it again.
type senders struct {
	key string

	mu           sync.Mutex
	random       *rand.Rand
	next         int
	again        [][]string
	repeated     int
	acknowledged map[string]bool
}

// sendUntilDead sends from several sides until nobody answers any more.
func (s *senders) sendUntilDead(c *child) {
	from := client()
	defer from.CloseIdleConnections()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for s.one(c, from) {
			}
		})
	}
	group.Wait()
}

// one sends one batch: one that was not answered before, or a new one. It reports whether it
// was answered.
func (s *senders) one(c *child, from *http.Client) bool {
	s.mu.Lock()
	var ids []string
	if len(s.again) > 0 {
		ids, s.again = s.again[0], s.again[1:]
		s.repeated += len(ids)
	} else {
		for range 1 + s.random.IntN(20)*s.random.IntN(2) {
			ids = append(ids, fmt.Sprintf("id-%d", s.next))
			s.next++
		}
	}
	s.mu.Unlock()
	status := c.send(from, s.key, ids)
	s.mu.Lock()
	defer s.mu.Unlock()
	if status != http.StatusOK {
		s.again = append(s.again, ids)
		return status != 0
	}
	for _, id := range ids {
		s.acknowledged[id] = true
	}
	return true
}
