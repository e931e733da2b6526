package server

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// serverKey is a key of the workspace for programs.
func serverKey(t *testing.T, r *rig, ws event.Workspace) string {
	t.Helper()
	keys, err := r.db.WriteKeys.List(t.Context(), store.WorkspaceID(ws))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		if key.Kind != store.BrowserKey {
			return key.Key
		}
	}
	t.Fatal("no key for programs")
	return ""
}

// Whoever invents names is held to 10,000 of them; what comes beyond is kept under one, and
// whoever looks is told. Names that are known go on being counted.
func TestTenThousandNames(t *testing.T) {
	r, ws := newMeasuringRig(t)
	key := serverKey(t, r, ws)
	send := func(names ...string) {
		t.Helper()
		items := make([]any, len(names))
		for i, name := range names {
			items[i] = map[string]any{"type": "track", "event": name, "userId": "u1"}
		}
		r.wantAt(r.must(200, "POST", "/v1/batch", map[string]any{"writeKey": key, "batch": items}), len(names), "accepted")
	}
	const path = "/api/workspaces/web/measure/"
	for i := range 4 {
		names := make([]string, 2500)
		for k := range names {
			names[k] = fmt.Sprintf("Bought %05d", i*2500+k)
		}
		send(names...)
	}
	told := func() bool {
		return strings.Contains(r.get(path + "intake")["sentence"].(string), "10,000種類まで")
	}
	wait(t, func() bool { return fmt.Sprint(at(r.get(path+"intake"), "names")) == "10000" })
	if told() {
		t.Error("10,000 names are not too many")
	}
	send("One too many", "Two too many", "Bought 00000")
	wait(t, told)
	wait(t, func() bool {
		kept := map[string]int{}
		list, _ := at(r.get(path+"names"), "names").([]any)
		for _, one := range list {
			named := one.(map[string]any)
			kept[named["name"].(string)] = int(named["count"].(float64))
		}
		return kept["(other)"] == 2 && kept["Bought 00000"] == 2 && kept["One too many"] == 0
	})
}

// A row of the inbox that nobody can read is set aside and told; what comes after it is counted.
func TestACorruptRow(t *testing.T) {
	r, ws := newMeasuringRig(t)
	key := serverKey(t, r, ws)
	for _, payload := range []string{"s\xff\xff\xff\xff\x0fgarbage", "", strings.Repeat("\x00", 100)} {
		if _, err := r.db.Inbox.Append(t.Context(), []byte(payload), 3); err != nil {
			t.Fatal(err)
		}
	}
	const path = "/api/workspaces/web/measure/"
	r.must(200, "POST", "/v1/track", map[string]any{"writeKey": key, "event": "Asked", "userId": "u1"})
	wait(t, func() bool { return at(r.get(path+"names"), "names", 0, "name") == "Asked" })
	var in map[string]any
	wait(t, func() bool { in = r.get(path + "intake"); return fmt.Sprint(at(in, "aside")) == "3" })
	if sentence := in["sentence"].(string); !strings.Contains(sentence, "3まとまり") {
		t.Errorf("nobody is told: %s", sentence)
	}
	r.wantAt(r.get("/api/health"), 3, "measuring", "aside")
}

// Those who hold connections and say nothing, or say it a letter at a time, keep nobody else
// from being answered.
func TestSlowSendersKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.server.Serve(ctx, listener) }()
	address := listener.Addr().String()
	var held []net.Conn
	for i := range 200 {
		slow, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, slow)
		fmt.Fprintf(slow, "POST /v1/batch HTTP/1.1\r\nHost: %s\r\n%s", address, strings.Repeat("X", i))
	}
	response, err := http.Get("http://" + address + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("status %d", response.StatusCode)
	}
	// More of a header than can be is refused at once, not held.
	long, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer long.Close()
	go func() { // it is closed while this still writes
		_, _ = fmt.Fprintf(long, "GET /readyz HTTP/1.1\r\nHost: %s\r\nX: %s\r\n\r\n", address, strings.Repeat("x", 256<<10))
	}()
	if refused, err := http.ReadResponse(bufio.NewReader(long), nil); err == nil {
		refused.Body.Close()
		if refused.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("a header of 256 KB: %d", refused.StatusCode)
		}
	}
	for _, slow := range held {
		_ = slow.Close()
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
