package main

import (
	"bufio"
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// floorKind names, in a child process, the floor that it serves: what no program that
// answers over HTTP, or that also waits for this disk, can beat here.
const floorKind = "SHIRUBE_FLOOR"

// serveFloor answers every request without a thought, or after a group commit of its bytes.
func serveFloor(kind string) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitBad
	}
	keep := func([]byte) {}
	if kind != "empty" {
		file, err := os.CreateTemp(kind, "floor-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return exitBad
		}
		keep = groupCommit(file)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		keep(body)
		w.Header()["Content-Type"] = []string{"application/json"}
		_, _ = io.WriteString(w, `{"success":true}`)
	})
	fmt.Fprintln(os.Stderr, http.Serve(listener, handler)) // until it is killed
	return exitBad
}

// groupCommit appends what waits and returns when it is on the disk.
func groupCommit(file *os.File) func([]byte) {
	type waiter struct {
		body []byte
		done chan struct{}
	}
	queue := make(chan waiter, 1024)
	go func() {
		for first := range queue {
			group, text := []waiter{first}, append([]byte(nil), first.body...)
			for more := true; more; {
				select {
				case w := <-queue:
					group, text = append(group, w), append(text, w.body...)
				default:
					more = false
				}
			}
			if _, err := file.Write(text); err == nil {
				err = file.Sync()
				if err != nil {
					panic(err)
				}
			}
			for _, w := range group {
				close(w.done)
			}
		}
	}()
	return func(body []byte) {
		w := waiter{body, make(chan struct{})}
		queue <- w
		<-w.done
	}
}

// benchSeconds is how long each load lasts; SHIRUBE_BENCH_SECONDS=60 for the record.
func benchSeconds(b *testing.B) time.Duration {
	text := os.Getenv("SHIRUBE_BENCH_SECONDS")
	if text == "" {
		return 10 * time.Second
	}
	seconds, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(seconds) * time.Second
}

const idPlace = "################" // an id of 16 letters is written here

// shot is a request as it goes over the wire, with the places of its ids.
type shot struct {
	bytes  []byte
	ids    []int
	events int
	every  time.Duration // between the requests of one connection; 0 is as fast as it goes
}

func newShot(key string, events int) shot {
	var body strings.Builder
	for i := range events {
		if i > 0 {
			body.WriteByte(',')
		}
		fmt.Fprintf(&body, `{"type":"page","messageId":"%s","anonymousId":"visitor-%s","timestamp":"%s","name":"料金","properties":{"plan":"standard","step":%d},`+
			`"context":{"page":{"url":"https://www.example.jp/p/%d?utm_source=x&utm_medium=social&utm_campaign=autumn","path":"/p/%d","title":"料金プラン %d","referrer":"https://t.co/abc"},`+
			`"userAgent":"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1","locale":"ja-JP","library":{"name":"shirube.js","version":"1"}}}`,
			idPlace, idPlace, time.Now().UTC().Format(time.RFC3339), i%5, i*7%40, i*7%40, i*7%40)
	}
	text := body.String()
	path := "/v1/page"
	if events > 1 {
		path, text = "/v1/batch", `{"batch":[`+text+`]}`
	}
	s := shot{events: events, bytes: fmt.Appendf(nil, "POST %s?writeKey=%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", path, key, len(text), text)}
	for from := 0; ; {
		at := bytes.Index(s.bytes[from:], []byte(idPlace))
		if at < 0 {
			return s
		}
		s.ids = append(s.ids, from+at)
		from += at + len(idPlace)
	}
}

// load is what came of a stretch of shooting.
type loaded struct {
	events, refused int64
	took            time.Duration
	waits           []time.Duration
}

func (l loaded) perSecond() float64 { return float64(l.events) / l.took.Seconds() }

func (l loaded) p99() float64 {
	slices.Sort(l.waits)
	if len(l.waits) == 0 {
		return 0
	}
	return float64(l.waits[len(l.waits)*99/100]) / float64(time.Millisecond)
}

var shots atomic.Int64

// shoot sends from many connections, each waiting for its answer before the next request.
// It writes the bytes by itself: a whole HTTP client beside would cost more than the server.
func shoot(b testing.TB, base string, s shot, connections int, lasts time.Duration) (all loaded) {
	b.Helper()
	var mu sync.Mutex
	var group sync.WaitGroup
	start := time.Now()
	for c := range connections {
		group.Go(func() {
			one, err := shootOne(strings.TrimPrefix(base, "http://"), s, c, start.Add(lasts))
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				b.Error(err)
			}
			all.events += one.events
			all.refused += one.refused
			all.waits = append(all.waits, one.waits...)
		})
	}
	group.Wait()
	all.took = time.Since(start)
	return all
}

func shootOne(address string, s shot, visitor int, until time.Time) (l loaded, err error) {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return l, err
	}
	defer connection.Close()
	text, reader := bytes.Clone(s.bytes), bufio.NewReader(connection)
	for due := time.Now(); time.Now().Before(until); due = due.Add(s.every) {
		time.Sleep(time.Until(due))
		for k, at := range s.ids {
			if k%2 == 0 {
				copy(text[at:], fmt.Sprintf("%016x", shots.Add(1)))
			} else { // a visitor sends some twenty events
				copy(text[at:], fmt.Sprintf("%08x%08x", visitor, shots.Load()/20/64))
			}
		}
		sent := time.Now()
		if _, err := connection.Write(text); err != nil {
			return l, err
		}
		status, err := answer(reader)
		if err != nil {
			return l, err
		}
		l.waits = append(l.waits, time.Since(sent))
		if status != http.StatusOK {
			l.refused += int64(s.events)
			if status != http.StatusTooManyRequests {
				return l, fmt.Errorf("status %d", status)
			}
			time.Sleep(10 * time.Millisecond)
			continue
		}
		l.events += int64(s.events)
	}
	return l, nil
}

// answer reads one answer and throws its body away.
func answer(reader *bufio.Reader) (status int, err error) {
	length := 0
	for first := true; ; first = false {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case first && len(line) >= 12:
			status, err = strconv.Atoi(string(line[9:12]))
			if err != nil {
				return 0, err
			}
		case len(line) == 0:
			_, err = reader.Discard(length)
			return status, err
		default:
			if name, value, _ := bytes.Cut(line, []byte(": ")); bytes.EqualFold(name, []byte("Content-Length")) {
				length, _ = strconv.Atoi(string(value)) // a server of ours wrote it
			}
		}
	}
}

// processor is the seconds a process has worked, and its memory at most, where Linux tells.
func (c *child) processor() (seconds, megabytes float64) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.command.Process.Pid))
	if err != nil {
		return 0, 0
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	for _, ticks := range fields[11:13] {
		n, _ := strconv.ParseFloat(ticks, 64)
		seconds += n / 100
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.command.Process.Pid))
	if err != nil {
		return seconds, 0
	}
	for line := range strings.Lines(string(status)) {
		var kilobytes float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kilobytes); err == nil {
			megabytes = kilobytes / 1024
		}
	}
	return seconds, megabytes
}

// groupsOf is how many rows an inbox had that is empty now: each was one write to the disk.
func groupsOf(b *testing.B, folder string) (groups float64) {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(folder, "shirube.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(b.Context(), "SELECT COALESCE(MAX(seq), 0) FROM inbox_places").Scan(&groups); err != nil {
		b.Fatal(err)
	}
	return groups
}

// BenchmarkEvents sends to the whole program, and in the same run to the machine's floors:
// a handler that does nothing, and one that only waits for the disk.
func BenchmarkEvents(b *testing.B) {
	lasts := benchSeconds(b)
	floors := map[string]float64{}
	for _, load := range []struct {
		name                string
		events, connections int
		perSecond           int // 0 is as fast as it goes
	}{
		{"one a request", 1, 64, 0},
		{"batches of 100", 100, 16, 0},
		{"batches of 100, 33,000 events a second", 100, 16, 33_000},
	} {
		for _, floor := range []string{"empty handler", "fsync"} {
			if load.perSecond > 0 {
				break // its floor is its pace
			}
			b.Run(load.name+"/floor "+floor, func(b *testing.B) {
				kind := "empty"
				if floor == "fsync" {
					kind = b.TempDir()
				}
				c := serveFolder(b, "", func(command *exec.Cmd) { command.Env = append(os.Environ(), floorKind+"="+kind) })
				defer c.kill()
				got := shoot(b, c.base, newShot("k", load.events), load.connections, lasts/2)
				seconds, _ := c.processor()
				floors[load.name+floor] = got.perSecond()
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(got.perSecond(), "events/s")
				b.ReportMetric(got.p99(), "p99-ms")
				b.ReportMetric(seconds/float64(got.events)*1e6, "cpu-µs/event")
			})
		}
		b.Run(load.name+"/shirube", func(b *testing.B) {
			folder := b.TempDir()
			_, key := folderWithKey(b, folder)
			c := serveFolder(b, folder, nil)
			defer c.kill()
			s := newShot(key, load.events)
			if load.perSecond > 0 {
				s.every = time.Duration(load.connections*load.events) * time.Second / time.Duration(load.perSecond)
			}
			got := shoot(b, c.base, s, load.connections, lasts)
			ended := time.Now()
			drained(b, folder)
			lag := time.Since(ended)
			seconds, megabytes := c.processor()
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(got.perSecond(), "events/s")
			b.ReportMetric(got.p99(), "p99-ms")
			b.ReportMetric(seconds/float64(got.events)*1e6, "cpu-µs/event")
			b.ReportMetric(megabytes, "MB-at-most")
			b.ReportMetric(lag.Seconds(), "s-behind")
			b.ReportMetric(float64(got.refused), "refused")
			if groups := groupsOf(b, folder); groups > 0 {
				b.ReportMetric(float64(got.events)/groups, "events/group")
			}
			for _, floor := range []string{"empty handler", "fsync"} {
				if floors[load.name+floor] > 0 {
					b.ReportMetric(100*got.perSecond()/floors[load.name+floor], "%-of-"+strings.ReplaceAll(floor, " ", "-"))
				}
			}
			if stored, err := os.Stat(filepath.Join(folder, eventsFile)); err == nil {
				b.ReportMetric(float64(stored.Size())/float64(got.events), "B/event")
			}
		})
	}
}
