package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/store"
)

// Bad luck with what a team shares: the program dies, or the disk is full, while a report
// leaves and while changes are put on record. The whole program, a real mail server, kill -9.

const sharingModel = `shirube: 1
name: 採用SNS
locale: ja
timezone: Asia/Tokyo

kgi: {id: applications, name: 応募数, definition: SNSから来た人の応募, unit: 件, target: {total: 100, from: 2026-04-01, by: 2027-03-31}, measure: web.applications}

sources:
  web: {csv: web.csv, date: 日付, metrics: {applications: 応募}}
`

// shared is a folder with a workspace, its owner, and the secret by which the owner's browser
// is known.
type shared struct {
	t      *testing.T
	folder string
	ws     store.WorkspaceID
	owner  store.UserID
	secret string
}

func sharedFolder(t *testing.T, folder string) *shared {
	t.Helper()
	ws, _ := folderWithKey(t, folder)
	s := &shared{t: t, folder: folder, ws: ws, secret: "a-secret-of-a-browser-that-is-long-enough"}
	s.open(func(db *store.DB) error {
		ctx := t.Context()
		if _, err := db.ModelVersions.Append(ctx, ws, 0, store.NewModelVersion{YAML: sharingModel}); err != nil {
			return err
		}
		owner, err := db.Users.Create(ctx, store.NewUser{Email: "misaki@b.example", Name: "n-0", Locale: "ja", InstanceOwner: true, Proven: true})
		if err != nil {
			return err
		}
		s.owner = owner.ID
		if err := db.Members.Put(ctx, ws, owner.ID, string(access.Owner)); err != nil {
			return err
		}
		_, err = db.SignIns.Create(ctx, owner.ID, access.Fingerprint(s.secret), "test", "password", time.Now().Add(24*time.Hour))
		return err
	})
	return s
}

// peek reads one number of a folder whose program runs.
func (s *shared) peek(question string, into any) {
	s.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.folder, "shirube.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(s.t.Context(), question).Scan(into); err != nil {
		s.t.Fatal(err)
	}
}

// open looks into the folder while no program runs.
func (s *shared) open(look func(*store.DB) error) {
	s.t.Helper()
	db, err := store.Open(s.t.Context(), s.folder, store.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	if err := look(db); err != nil {
		s.t.Fatal(err)
	}
}

// ask sends a request of the owner's; status 0 when no answer came.
func (s *shared) ask(c *child, from *http.Client, method, path string, body any) (status int, text string) {
	s.t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, c.base+path, bytes.NewReader(content))
	if err != nil {
		s.t.Fatal(err)
	}
	at, err := url.Parse(c.base)
	if err != nil {
		s.t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "shirube-" + at.Port(), Value: s.secret})
	reply, err := from.Do(r)
	if err != nil {
		return 0, ""
	}
	defer reply.Body.Close()
	said, err := io.ReadAll(reply.Body)
	if err != nil {
		return 0, ""
	}
	return reply.StatusCode, string(said)
}

func TestReportsThroughCrashes(t *testing.T) {
	t.Parallel()
	reportsThroughCrashes(t, 3, 12)
}

// TestGateReportsThroughCrashes is the same with sixty crashes.
func TestGateReportsThroughCrashes(t *testing.T) {
	evidence.Gate(t)
	reportsThroughCrashes(t, 60, 40)
}

// reportsThroughCrashes kills the program between a page that is kept and its mails, and in
// the middle of them. In the end every reader of every page has one mail, or the mail is told
// as unknown; and there is no mail of a page that is not kept.
func reportsThroughCrashes(t *testing.T, crashes, readers int) {
	seed := uint64(60 + crashes)
	random := rand.New(rand.NewPCG(seed, 6))
	taking := sink.Start(t)
	s := sharedFolder(t, t.TempDir())
	order := report.Order{Name: "朝のレポート", Plan: report.Plan{Rhythm: report.Daily, Minute: 8 * 60, Holidays: report.SendAnyway}}
	for n := range readers {
		order.Readers = append(order.Readers, report.Reader{ID: fmt.Sprintf("r%d", n), Address: fmt.Sprintf("r%d@d%d.example", n, n), Lang: "ja"})
	}
	var of store.Report
	s.open(func(db *store.DB) (err error) {
		of, err = db.Reports.Create(t.Context(), s.ws, order, time.Now().Add(-time.Minute), "")
		return err
	})
	start := func() *child {
		return serveFolder(t, s.folder, func(c *exec.Cmd) {
			c.Env = append(c.Env, "SHIRUBE_MAIL_URL=smtp://"+taking.Addr, "SHIRUBE_MAIL_FROM=shirube@b.example")
		})
	}
	issues := func() (n int) {
		s.peek("SELECT COUNT(*) FROM report_issues", &n)
		return n
	}
	between := 0 // crashes at which a page was kept and a reader not written to yet
	for crash := range crashes {
		before, sent := issues(), int(taking.Taken.Load())
		target := sent + random.IntN(readers)
		c := start()
		for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
			if crash%2 == 0 && issues() > before || crash%2 == 1 && int(taking.Taken.Load()) > target {
				break
			}
		}
		c.kill()
		if strings.Contains(c.said.String(), "panic") {
			t.Fatalf("crash %d: %s", crash+1, c.said)
		}
		if issues() > before && int(taking.Taken.Load()) < sent+readers {
			between++
		}
		// It is due once more, as the next morning.
		s.open(func(db *store.DB) error {
			now, err := db.Reports.Get(t.Context(), s.ws, of.ID)
			if err != nil {
				return err
			}
			return db.Reports.PutOff(t.Context(), s.ws, of.ID, now.NextAt, time.Now().Add(-time.Minute))
		})
	}
	before := issues()
	c := start()
	for end := time.Now().Add(60 * time.Second); issues() == before && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	states := handedOver(t, s.folder)
	c.kill()

	times := timesTaken(t, taking)
	pages, met := issues(), arrivals{}
	for number := 1; number <= pages; number++ {
		for _, r := range order.Readers {
			key := fmt.Sprintf("report/%s/%d/%s", of.ID, number, r.ID)
			met.count(times[mail.MessageID(string(s.ws), key, "b.example")], states[key])
		}
	}
	if between == 0 {
		t.Error("no crash came between a page and its mails: the test shows nothing")
	}
	figure := evidence.Figure{Room: "share", Case: fmt.Sprintf("kill -9 while reports leave: %d crashes, %d pages to %d readers", crashes, pages, readers), Tries: crashes, Seed: seed}
	met.hold(t, figure, "mails", "pages", len(times), crashes*sendingAtOnce)
	t.Logf("%d of %d crashes between a page and its mails; %d pages, %d mails, %d unknown", between, crashes, pages, len(times), met.unknown)
}

// arrivals is what became of everything that was to be handed over.
type arrivals struct{ known, lost, twice, unknown int }

// count takes in one thing that arrived so often, and in which state the outbox left it.
func (a *arrivals) count(times int, state string) {
	a.known += min(times, 1)
	switch {
	case times > 1:
		a.twice++
	case state == string(outbox.Unknown):
		a.unknown++
	case state != string(outbox.Sent) || times != 1:
		a.lost++
	}
}

// hold publishes what became of them: none lost, none twice, none of something that is not
// kept, and of no more unknown than could be under way when the program died.
func (a *arrivals) hold(t *testing.T, figure evidence.Figure, things, kept string, arrived, underWay int) {
	t.Helper()
	for _, f := range []struct {
		name string
		got  int
		bar  float64
	}{
		{things + " lost", a.lost, 0}, {things + " sent twice", a.twice, 0}, {things + " of " + kept + " that are not kept", arrived - a.known, 0},
		{things + " of which nobody knows", a.unknown, float64(underWay)},
	} {
		figure.Name, figure.Got = f.name, float64(f.got)
		evidence.AtMost(t, figure, f.bar, 0)
	}
}

// changes is how far the owner has renamed the workspace, and their own account: n-1, n-2 …
type changes struct{ acknowledged, tried int }

// rename goes on until the program is gone: even numbers rename the workspace, odd ones the
// account. It stops at the first answer that is none.
func (s *shared) rename(c *child, from *http.Client, so *changes) (status int, text string) {
	name := map[string]any{"name": fmt.Sprintf("n-%d", so.acknowledged+1), "locale": "ja"}
	path := "/api/me"
	if (so.acknowledged+1)%2 == 0 {
		path = "/api/workspaces/w"
		delete(name, "locale")
	}
	so.tried = so.acknowledged + 1
	if status, text = s.ask(c, from, http.MethodPatch, path, name); status == http.StatusOK {
		so.acknowledged++
	}
	return status, text
}

// held looks whether each change stands on the record and the record holds nothing that was
// not changed; it settles how far the changes have come, and tells how many entries have no
// states.
func (s *shared) held(so *changes) (stateless int) {
	s.t.Helper()
	s.open(func(db *store.DB) error {
		ctx := s.t.Context()
		ws, err := db.Workspaces.Get(ctx, s.ws)
		if err != nil {
			return err
		}
		owner, err := db.Users.Get(ctx, s.owner)
		if err != nil {
			return err
		}
		reached := max(numberOf(ws.Name), numberOf(owner.Name))
		if reached != so.acknowledged && reached != so.tried {
			s.t.Errorf("%d changes are there, %d were acknowledged", reached, so.acknowledged)
		}
		so.acknowledged = reached
		var entries []audit.Entry
		for ask := (store.AuditQuery{}); ; {
			page, err := db.Audit.List(ctx, s.ws, ask)
			if err != nil {
				return err
			}
			entries = append(entries, page...)
			if len(page) < store.MostAudit {
				break
			}
			last := page[len(page)-1]
			ask.After = store.AuditCursor{At: last.At, ID: last.ID}
		}
		ofWorkspace, ofAccount := 0, 0
		for _, e := range entries {
			switch e.Operation {
			case "update-workspace":
				ofWorkspace++
				if !e.Changes.Read {
					stateless++
				}
			case "update-me":
				ofAccount++
				if !e.Changes.Read || len(e.Changes.Fields) != 1 || *e.Changes.Fields[0].After == *e.Changes.Fields[0].Before {
					s.t.Errorf("an account is recorded as %v", e.Changes)
				}
			}
		}
		if ofWorkspace != reached/2 || ofAccount != (reached+1)/2 {
			s.t.Errorf("%d changes, %d and %d on the record", reached, ofWorkspace, ofAccount)
		}
		deeds, err := db.Accounts.Record(ctx, s.owner, 1000)
		if want := min(ofAccount, 200); err == nil && len(deeds) != want {
			s.t.Errorf("the account's own record has %d of %d", len(deeds), want)
		}
		return err
	})
	return stateless
}

func numberOf(name string) (n int) {
	_, _ = fmt.Sscanf(name, "n-%d", &n) // 0: as it was called at first
	return n
}

func TestRecordThroughCrashes(t *testing.T) {
	t.Parallel()
	recordThroughCrashes(t, 4)
}

// TestGateRecordThroughCrashes is the same with a hundred crashes.
func TestGateRecordThroughCrashes(t *testing.T) {
	evidence.Gate(t)
	recordThroughCrashes(t, 100)
}

// recordThroughCrashes kills the program in the middle of changes: each is there with its
// record, or neither is.
func recordThroughCrashes(t *testing.T, crashes int) {
	seed := uint64(70 + crashes)
	random := rand.New(rand.NewPCG(seed, 7))
	s := sharedFolder(t, t.TempDir())
	so, stateless := &changes{}, 0
	for crash := range crashes {
		c := serveFolder(t, s.folder, nil)
		from := client()
		s.rename(c, from, so) // one at least
		time.AfterFunc(time.Duration(random.IntN(150_000))*time.Microsecond, func() { _ = c.command.Process.Kill() })
		for status := 1; status != 0; {
			if status, _ = s.rename(c, from, so); status != 0 && status != http.StatusOK {
				t.Fatalf("crash %d: status %d", crash+1, status)
			}
		}
		c.kill()
		if stateless = s.held(so); t.Failed() {
			t.Fatalf("after crash %d", crash+1)
		}
	}
	figure := evidence.Figure{Room: "share", Case: fmt.Sprintf("kill -9 in the middle of changes: %d crashes, %d changes", crashes, so.acknowledged), Tries: crashes, Seed: seed}
	figure.Name = "changes without a record, or records without a change"
	evidence.AtMost(t, figure, 0, 0)
	figure.Name, figure.Got = "records without before and after", float64(stateless)
	evidence.AtMost(t, figure, float64(crashes), 0)
}

// Tries of passwords are remembered by a program that was killed.
func TestTriesThroughACrash(t *testing.T) {
	t.Parallel()
	s := sharedFolder(t, t.TempDir())
	c := serveFolder(t, s.folder, nil)
	from := client()
	wrong := map[string]any{"email": "somebody@b.example", "password": "wrong"}
	tries := 0
	for status := 0; status != http.StatusTooManyRequests; tries++ {
		if status, _ = s.ask(c, from, http.MethodPost, "/api/sign-in", wrong); status == 0 || tries > 100 {
			t.Fatalf("status %d after %d tries", status, tries)
		}
	}
	// They are kept beside requests: what is certain is what is there when it dies.
	kept := func() (until int64) {
		s.peek("SELECT COALESCE(MAX(full_at), 0) FROM attempts WHERE name = '"+access.Fingerprint("account somebody@b.example")+"'", &until)
		return until
	}
	for end := time.Now().Add(30 * time.Second); time.Until(time.UnixMilli(kept())) < 8*time.Minute; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("tries are not kept")
		}
	}
	c.kill()
	c = serveFolder(t, s.folder, nil)
	again := 0
	for status := 0; status != http.StatusTooManyRequests; again++ {
		if status, _ = s.ask(c, from, http.MethodPost, "/api/sign-in", wrong); status == 0 || again > 100 {
			t.Fatalf("status %d after %d tries", status, again)
		}
	}
	if again > 3 { // one a minute comes back, however slow the machine
		t.Errorf("%d tries before it died, and %d after", tries-1, again-1)
	}
}

// On a full disk a change is refused in plain words and leaves nothing behind, reading goes
// on, and when there is room again changes are taken and recorded as before.
func TestFullDiskWhileChangesAreRecorded(t *testing.T) {
	t.Parallel()
	s := sharedFolder(t, smallDisk(t, 48))
	c := serveFolder(t, s.folder, nil)
	from := client()
	so := &changes{}
	for range 6 {
		if status, text := s.rename(c, from, so); status != http.StatusOK {
			t.Fatalf("an empty disk: %d %s", status, text)
		}
	}
	filler := filepath.Join(s.folder, "filler")
	fillDisk(t, filler)
	refused := 0
	for end := time.Now().Add(60 * time.Second); refused < 20; {
		status, text := s.rename(c, from, so)
		switch {
		case status == http.StatusOK: // there was room in files that are written over
		case status == http.StatusInsufficientStorage && strings.Contains(text, "いまあるデータはそのままです"):
			refused++
		default:
			t.Fatalf("a full disk: %d %s", status, text)
		}
		if time.Now().After(end) {
			t.Fatalf("after %d changes the disk does not seem to be full", so.acknowledged)
		}
	}
	for _, path := range []string{"/api/me", "/api/workspaces", "/api/workspaces/w/audit", "/api/workspaces/w/members"} {
		if status, text := s.ask(c, from, http.MethodGet, path, nil); status != http.StatusOK {
			t.Errorf("%s on a full disk: %d %s", path, status, text)
		}
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	recovered := false
	for end := time.Now().Add(30 * time.Second); !recovered && time.Now().Before(end); {
		status, _ := s.rename(c, from, so)
		recovered = status == http.StatusOK
	}
	if !recovered {
		t.Fatal("there is room again, and changes are still refused")
	}
	c.kill()
	if s.held(so); slices.Contains([]int{0, 6}, so.acknowledged) {
		t.Errorf("%d changes", so.acknowledged)
	}
	t.Logf("%d refused, %d changes", refused, so.acknowledged)
}
