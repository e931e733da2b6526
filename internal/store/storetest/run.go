package storetest

import (
	"errors"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// Run is what every database behind the store must do.
func Run(t *testing.T, open Opener) {
	for _, part := range []struct {
		name string
		test func(t *testing.T, open Opener)
	}{
		{"workspaces", testWorkspaces},
		{"delete workspace", testDeleteWorkspace},
		{"model versions", testModelVersions},
		{"model versions at once", testModelVersionsAtOnce},
		{"uploads", testUploads},
		{"upload content", testUploadContent},
		{"upload broken off", testUploadBrokenOff},
		{"upload slow", testUploadSlow},
		{"prune uploads", testPrune},
		{"points", testPoints},
		{"points model", testPointsModel},
		{"points refused", testPointsRefused},
		{"points many", testPointsMany},
		{"points at once", testPointsAtOnce},
		{"points of any value", testPointValues},
		{"views", testViews},
		{"muted findings", testMutedFindings},
		{"scenarios", testScenarios},
		{"foretold", testForetold},
		{"documents", testDocuments},
		{"occurrences", testOccurrences},
		{"watches", testWatches},
		{"posts", testPosts},
		{"forms", testForms},
		{"submissions", testSubmissions},
		{"entries", testEntries},
		{"score cards", testScoreCards},
		{"scores", testScores},
		{"leads", testLeads},
		{"connections", testConnections},
		{"connection leases", testConnectionLeases},
		{"points of a span", testImportSpan},
		{"contacts", testContacts},
		{"contacts in any order", testContactOrder},
		{"contacts at once", testContactsAtOnce},
		{"consents", testConsents},
		{"consents swept", testConsentSweep},
		{"columns of contacts", testContactColumns},
		{"erasing", testErasing},
		{"inbox", testInbox},
		{"inbox skips at first", testInboxSkipsAtFirst},
		{"inbox order", testInboxOrder},
		{"inbox places", testInboxPlaces},
		{"inbox aside", testInboxAside},
		{"catalogue", testCatalogue},
		{"catalogue full", testCatalogueFull},
		{"salts", testSalts},
		{"users", testUsers},
		{"members", testMembers},
		{"sign-ins", testSignIns},
		{"entry links", testEntryLinks},
		{"sign-in links", testSignInLinks},
		{"identities of users", testUserIdentities},
		{"accounts", testAccounts},
		{"attempts", testAttempts},
		{"write keys", testWriteKeys},
		{"API keys", testAPIKeys},
		{"automations", testAutomations},
		{"journeys", testJourneys},
		{"initiatives", testInitiatives},
		{"reports", testReports},
		{"reports at once", testReportsAtOnce},
		{"alerts", testAlerts},
		{"audit", testAudit},
		{"trail", testTrail},
		{"looks", testLooks},
		{"questions", testQuestions},
		{"questions at once", testQuestionsAtOnce},
		{"addresses of questions", testQuestionAddresses},
		{"focuses", testFocuses},
		{"reviews", testReviews},
		{"agreements", testAgreements},
		{"outbox", testOutbox},
		{"mails", testMails},
		{"deliveries", testDeliveries},
		{"outbox at once", testOutboxAtOnce},
		{"transactions", testTransactions},
		{"steps of a transaction", testSteps},
		{"snapshot", testSnapshot},
		{"texts", testTexts},
		{"isolation", testIsolation},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.test(t, open)
		})
	}
}

func must[T any](value T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantErr checks that an error chain holds exactly this typed error.
func wantErr[E error](t testing.TB, got error, want E) {
	t.Helper()
	found, has := errors.AsType[E](got)
	if !has {
		t.Errorf("error %v, want %T", got, want)
		return
	}
	same(t, found, want)
}

func same[T any](t testing.TB, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
}

func workspace(t testing.TB, db *store.DB, slug string) store.WorkspaceID {
	t.Helper()
	return must(db.Workspaces.Create(t.Context(), store.NewWorkspace{Slug: slug, Name: slug}))(t).ID
}

func collect[T any](t testing.TB, items iter.Seq2[T, error]) []T {
	t.Helper()
	var list []T
	for item, err := range items {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, item)
	}
	return list
}

// pointSeq is points as an import takes them.
func pointSeq(points ...store.Point) iter.Seq2[store.Point, error] {
	return func(yield func(store.Point, error) bool) {
		for _, p := range points {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// days is the days from first on, with one row each.
func days(first series.Day, n int) []store.SourceDay {
	list := make([]store.SourceDay, n)
	for i := range list {
		list[i] = store.SourceDay{Day: first + series.Day(i), Rows: 1}
	}
	return list
}
