package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
)

// The rooms of a chat, and the program of their own, that a team is told at besides mail.
var alertedPlaces = []string{"slack", "teams", "lineworks", "webhook"}

// chat is a server that stands for all of these rooms and writes down what each was told.
type chat struct {
	*httptest.Server
	mu    sync.Mutex
	times map[string]int // by room and message: "slack <id of the message>"
}

// opensAlert is the button of a message: it names the message.
var opensAlert = regexp.MustCompile(`/share/alerts\?open=([a-z0-9]+)`)

func newChat(t *testing.T) *chat {
	c := &chat{times: map[string]int{}}
	c.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the program died in the middle of it: a room takes no half of a message
		}
		said := opensAlert.FindSubmatch(body)
		if said == nil {
			t.Errorf("%s is told nothing that can be opened: %s", r.URL.Path, body)
			return
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.times[strings.Trim(r.URL.Path, "/")+" "+string(said[1])]++
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *chat) told() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := map[string]int{}
	for room, n := range c.times {
		out[room] = n
	}
	return out
}

func TestAlertsThroughCrashes(t *testing.T) {
	t.Parallel()
	alertsThroughCrashes(t, 3, 12)
}

// TestGateAlertsThroughCrashes is the same with sixty crashes.
func TestGateAlertsThroughCrashes(t *testing.T) {
	evidence.Gate(t)
	alertsThroughCrashes(t, 60, 30)
}

// alertsThroughCrashes kills the program between an alert that is kept and its mails and
// rooms, and in the middle of them. In the end everybody and every room has heard of every
// alert once, or it is told as unknown; nobody hears of an alert that is not kept; and no
// cause is in two of them.
func alertsThroughCrashes(t *testing.T, crashes, people int) {
	seed := uint64(80 + crashes)
	random := rand.New(rand.NewPCG(seed, 8))
	taking, rooms := sink.Start(t), newChat(t)
	s := sharedFolder(t, t.TempDir())
	hear := s.alertEverybody(rooms, people)
	start := func() *child {
		return serveFolder(t, s.folder, func(c *exec.Cmd) {
			c.Env = append(c.Env, "SHIRUBE_MAIL_URL=smtp://"+taking.Addr, "SHIRUBE_MAIL_FROM=shirube@b.example", "SHIRUBE_ALLOW_NETWORK=127.0.0.1/32")
		})
	}
	kept := func() (n int) {
		s.peek("SELECT COUNT(*) FROM alert_messages", &n)
		return n
	}
	arrived := func() (n int) {
		for _, times := range rooms.told() {
			n += times
		}
		return n + int(taking.Taken.Load())
	}
	causes := []string{}
	between := 0 // crashes at which an alert was kept and somebody not told yet
	for crash := range crashes {
		causes = append(causes, s.askLongAgo(crash))
		before, had := kept(), arrived()
		target := had + random.IntN(len(hear))
		c := start()
		for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
			if crash%2 == 0 && kept() > before || crash%2 == 1 && arrived() > target {
				break
			}
		}
		c.kill()
		if strings.Contains(c.said.String(), "panic") {
			t.Fatalf("crash %d: %s", crash+1, c.said)
		}
		if kept() > before && arrived() < had+len(hear) {
			between++
		}
		s.nextMorning()
	}
	causes = append(causes, s.askLongAgo(crashes))
	before := kept()
	c := start()
	for end := time.Now().Add(60 * time.Second); kept() == before && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	states := handedOver(t, s.folder)
	c.kill()

	times, met, arrivedAt := timesTaken(t, taking), arrivals{}, rooms.told()
	messages, again := s.alertMessages(causes)
	for _, id := range messages {
		for _, one := range hear {
			key := fmt.Sprintf("team/alert/%s/0/%s", id, one)
			n := times[mail.MessageID(string(s.ws), key, "b.example")]
			if place, is := strings.CutPrefix(one, "c:"); is {
				n = arrivedAt[place+" "+id]
			}
			met.count(n, states[key])
		}
	}
	if between == 0 {
		t.Error("no crash came between an alert and those who hear of it: the test shows nothing")
	}
	figure := evidence.Figure{Room: "share", Case: fmt.Sprintf("kill -9 while alerts leave: %d crashes, %d alerts to %d people and %d rooms", crashes, len(messages), people+1, len(alertedPlaces)), Tries: crashes, Seed: seed}
	met.hold(t, figure, "messages", "alerts", len(times)+len(arrivedAt), crashes*(sendingAtOnce+len(alertedPlaces)))
	figure.Name, figure.Got = "causes told of twice, or not at all", float64(again)
	evidence.AtMost(t, figure, 0, 0)
	t.Logf("%d of %d crashes between an alert and those who hear of it; %d alerts, %d mails, %d in rooms, %d unknown", between, crashes, len(messages), len(times), len(arrivedAt), met.unknown)
}

// alertEverybody makes a team whose every member and every room is told of questions that
// wait, at whatever hour the test runs; it names them as the outbox does.
func (s *shared) alertEverybody(rooms *chat, people int) (hear []string) {
	s.t.Helper()
	box := vault.At(filepath.Join(s.folder, vault.KeyFile), nil)
	s.open(func(db *store.DB) error {
		ctx := s.t.Context()
		hear = append(hear, "p:"+string(s.owner))
		for n := range people {
			user, err := db.Users.Create(ctx, store.NewUser{Email: fmt.Sprintf("p%d@d%d.example", n, n), Name: fmt.Sprintf("p%d", n), Locale: "ja", Proven: true})
			if err != nil {
				return err
			}
			if err := db.Members.Put(ctx, s.ws, user.ID, string(access.Editor)); err != nil {
				return err
			}
			hear = append(hear, "p:"+string(user.ID))
		}
		for _, kind := range alertedPlaces {
			sealed, err := box.Seal("notice\x00"+string(s.ws)+"\x00"+kind, []byte(fmt.Sprintf(`{"url": %q}`, rooms.URL+"/"+kind)))
			if err != nil {
				return err
			}
			if err := s.document(db, "notice_channel", kind, map[string]any{"kind": kind, "alerts": true, "sealed": sealed}); err != nil {
				return err
			}
			hear = append(hear, "c:"+kind)
		}
		settings := alert.Usual()
		settings.Hour, settings.QuietFrom, settings.QuietTo, settings.Closed = 0, 0, 0, true
		for _, kind := range alert.Kinds {
			if kind != alert.Question {
				settings.Off = append(settings.Off, kind)
			}
		}
		return s.document(db, "alert_settings", "settings", settings)
	})
	return hear
}

func (s *shared) document(db *store.DB, kind, id string, body any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	_, err = db.Documents.Put(s.t.Context(), s.ws, kind, store.Document{ID: id, Name: id, Body: content})
	return err
}

// askLongAgo asks something that has waited for too long: a cause nobody was told of.
func (s *shared) askLongAgo(n int) (id string) {
	s.t.Helper()
	db, err := store.Open(s.t.Context(), s.folder, store.Options{Now: func() time.Time { return time.Now().Add(-5 * 24 * time.Hour) }})
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	asked, err := db.Questions.Ask(s.t.Context(), s.ws, store.NewQuestion{
		Subject: question.Subject{Kind: question.Indicator, ID: "applications"}, Name: "応募数", By: question.Voice{Name: "営業の小林"}, Text: fmt.Sprintf("%d回目の質問です。", n+1),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return asked.ID
}

// nextMorning lets the next look be due at once.
func (s *shared) nextMorning() {
	s.t.Helper()
	s.open(func(db *store.DB) error {
		book, err := db.Alerts.Book(s.t.Context(), s.ws)
		if err != nil {
			return err
		}
		next := book.Book
		next.Morning--
		_, err = db.Alerts.Keep(s.t.Context(), s.ws, book.Version, next, nil)
		return err
	})
}

// inBundle is how many questions a line tells of at once.
var inBundle = regexp.MustCompile(`質問が(\d+)件`)

// alertMessages are the messages that are kept, and how many of these questions more or fewer
// than once each they tell of.
func (s *shared) alertMessages(questions []string) (ids []string, wrong int) {
	s.t.Helper()
	told, named := 0, map[string]bool{}
	s.open(func(db *store.DB) error {
		list, err := db.Alerts.Messages(s.t.Context(), s.ws, 1000)
		if err != nil {
			return err
		}
		for _, m := range list {
			ids = append(ids, m.ID)
			for _, line := range m.Lines {
				n := 1
				if bundle := inBundle.FindStringSubmatch(line.What.JA); bundle != nil {
					n, _ = strconv.Atoi(bundle[1])
				}
				told += n
				if named[line.Path] {
					wrong++
				}
				named[line.Path] = true
			}
		}
		book, err := db.Alerts.Book(s.t.Context(), s.ws)
		for _, id := range questions {
			if book.ToldOn("question:"+id) == 0 {
				wrong++
			}
		}
		return err
	})
	return ids, wrong + max(told-len(questions), len(questions)-told)
}
