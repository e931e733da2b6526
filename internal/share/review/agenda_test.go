package review_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/words"
)

func say(s string) words.Text { return words.Text{JA: s, EN: s} }

func found(key, severity, indicator string) review.Found {
	return review.Found{Key: key, Code: strings.Split(key, ":")[0], Severity: severity, Indicator: indicator, Title: say(key), Sentence: say(key + "!")}
}

func num(f float64) *float64 { return &f }

func ids(items []review.Item) []string {
	out := []string{}
	for _, i := range items {
		out = append(out, i.ID)
	}
	return out
}

var scene = review.Scene{KGI: "k", Measured: true,
	Found:    []review.Found{found("step-leaks:form", "error", "form"), found("off-pace:ctr", "warning", "ctr"), found("not-agreed:k", "warning", "k"), found("no-owner:x", "info", "x")},
	Readings: []review.Reading{{ID: "k", Name: "応募", Unit: "件", Status: insight.StatusOnPace, Chance: num(.6)}, {ID: "ctr", Name: "クリック率", Unit: "%", Value: num(.012), Pace: num(.83), Status: insight.StatusBehind}},
	Roads:    []review.Road{{From: "likes", To: "views", FromName: "いいね", ToName: "表示", Verdict: insight.VerdictCannotTell, Stale: true, TestedOn: 20000}}}

// What was settled comes first, then what the numbers say, old evidence, the agreement, and
// what people put on; what rests, hints, and what a follow-up speaks of stay off.
func TestAgenda(t *testing.T) {
	t.Parallel()
	last := review.Minutes{Items: []review.Item{{ID: "finding:step-leaks:form", Times: 2}}}
	items := review.Agenda(review.Material{Today: 20100, Scene: scene, Last: &last, LastID: "r1", Resting: []string{"none"},
		Decided:   []review.Settled{{ID: "d1", Review: "r1", On: 20070, Decision: review.Decision{Kind: review.Keep, Finding: "off-pace:ctr", Indicator: "ctr", About: say("ctr"), Was: &review.Reading{ID: "ctr", Pace: num(.9)}}}},
		Wishes:    []review.Wished{{ID: "w1", By: "佐藤", Wish: review.Wish{Text: "秋の企画"}}, {ID: "w2", By: "鈴木", Wish: review.Wish{Finding: "no-owner:x"}}, {ID: "w3", Wish: review.Wish{Finding: "gone:y", Title: say("gone")}}},
		Agreement: &review.AgreementNews{Title: say("合意")}})
	want := []string{"follow:d1", "finding:step-leaks:form", "finding:no-owner:x", "road:likes>views", "agreement", "own:w1", "finding:gone:y"}
	if diff := cmp.Diff(want, ids(items)); diff != "" {
		t.Fatal(diff)
	}
	if items[1].Times != 3 || items[0].Times != 1 || items[2].By != "鈴木" || items[5].Sentence.EN != "秋の企画" {
		t.Errorf("%+v", items)
	}
	if text := items[0].Outcome.Text.JA; text != "この気づきは、いまも続いています。「クリック率」は目安の90%から83%になり、いまは遅れです。" {
		t.Error(text)
	}
	if got := review.TakenUp(items, []review.Wished{{ID: "w1", Wish: review.Wish{Text: "秋の企画"}}, {ID: "w9", Wish: review.Wish{Text: "x"}}}); len(got) != 1 || got[0] != "w1" {
		t.Error(got)
	}
	// Much to say: the program puts on as much as an hour holds.
	crowd := review.Scene{KGI: "k"}
	for i := range 30 {
		crowd.Found = append(crowd.Found, found("off-pace:"+string(rune('a'+i)), "warning", "a"))
	}
	if n := len(review.Agenda(review.Material{Scene: crowd})); n != 7 {
		t.Errorf("%d items", n)
	}
}

// A decision is looked back at once; one that is not over yet stays, and to leave things as
// they are when looking back ends the line.
func TestFollowUps(t *testing.T) {
	t.Parallel()
	settled := func(id, of, item string, kind review.Kind, on series.Day) review.Settled {
		return review.Settled{ID: id, Review: of, On: on, Decision: review.Decision{Item: item, Kind: kind, Initiative: "i"}}
	}
	all := []review.Settled{settled("c", "r2", "follow:a", review.Keep, 200), settled("a", "r1", "finding:x", review.ChangeTarget, 100), settled("b", "r1", "finding:y", review.Initiative, 100)}
	if got := review.Unfollowed(all); len(got) != 1 || got[0].ID != "b" {
		t.Errorf("%+v", got)
	}
	work := func(state string, told words.Text) *review.Undertaking {
		return &review.Undertaking{Name: "リンク", State: state, Told: told}
	}
	now := review.Scene{Measured: true, Readings: scene.Readings, Roads: []review.Road{{From: "a", To: "b", FromName: "A", ToName: "B", Verdict: insight.VerdictMoves}, {From: "c", To: "d", FromName: "C", ToName: "D", Verdict: insight.VerdictCannotTell, Wait: 23}}}
	for name, c := range map[string]struct {
		decision review.Decision
		work     *review.Undertaking
		open     bool
		ja, en   string
	}{
		"target":        {review.Decision{Kind: review.ChangeTarget, Indicator: "ctr", Was: &review.Reading{ID: "ctr", Pace: num(.5)}}, nil, false, "「クリック率」は目安の50%から83%になり、いまは遅れです。", "“クリック率” went from 50% to 83% of its pace: behind."},
		"replaced":      {review.Decision{Kind: review.ReplaceKPI, Version: 8, Indicator: "ctr"}, nil, false, "第8版で入れ替えました。「クリック率」はいま1.20%で、遅れです。", "Replaced in version 8. “クリック率” is at 1.20%: behind."},
		"idea, late":    {review.Decision{Kind: review.Initiative, Due: 9}, work("idea", words.Text{}), true, "期限(1月10日)を過ぎています。施策「リンク」は、まだ始まっていません。", "It was due on Jan 10. The initiative “リンク” has not begun."},
		"told":          {review.Decision{Kind: review.Initiative}, work("finished", say("効きました。")), false, "施策「リンク」。効きました。", "The initiative “リンク”. 効きました。"},
		"deleted":       {review.Decision{Kind: review.Initiative}, nil, false, "この施策の記録は消されています。", "The record of this initiative was deleted."},
		"never seen":    {review.Decision{Kind: review.Keep, Indicator: "ctr"}, nil, false, "「クリック率」はいま1.20%で、遅れです。", "“クリック率” is at 1.20%: behind."},
		"known now":     {review.Decision{Kind: review.MeasureAgain, From: "a", To: "b"}, nil, false, "「A」が「B」を動かすと分かりました。", "“A” is now known to move “B”."},
		"not yet":       {review.Decision{Kind: review.MeasureAgain, From: "c", To: "d"}, nil, true, "「C」から「D」への効きは、まだ分かりません。あと23日で分かる見込みです。", "Whether “C” moves “D” cannot be told yet; about 23 more days are needed."},
		"link is gone":  {review.Decision{Kind: review.MeasureAgain, From: "x", To: "y"}, nil, false, "このつながりは、もう地図にありません。", "This link is not on the map any more."},
		"finding gone":  {review.Decision{Kind: review.Keep, Finding: "f"}, nil, false, "この気づきは、そのあと消えました。", "What was found then is gone."},
		"kept the same": {review.Decision{Kind: review.Keep, Indicator: "ctr", Was: &review.Reading{ID: "ctr", Pace: num(.83)}}, nil, false, "「クリック率」は目安の83%のままで、いまも遅れです。", "“クリック率” is at 83% of its pace as before: behind."},
	} {
		got := review.Follow(c.decision, now, 100, c.work)
		if got.Open != c.open || got.Text != (words.Text{JA: c.ja, EN: c.en}) {
			t.Errorf("%s: %v %q / %q", name, got.Open, got.Text.JA, got.Text.EN)
		}
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	before := review.Scene{KGI: "k", Measured: true, Readings: []review.Reading{{ID: "k", Name: "応募", Status: insight.StatusOnPace, Chance: num(.71)}, {ID: "ctr", Name: "クリック率", Status: insight.StatusOnPace}},
		Roads: []review.Road{{From: "likes", To: "views", FromName: "いいね", ToName: "表示", Verdict: insight.VerdictMoves}}, Found: []review.Found{found("gap-in-data:ctr", "warning", "ctr")}}
	var got []string
	for _, c := range review.Changes(before, scene) {
		got = append(got, c.Text.JA)
	}
	want := []string{"「応募」が目標に届く見込みは、71%から60%に下がりました。", "「クリック率」が順調から遅れに変わりました。", "「いいね」が「表示」を動かすとは、言えなくなりました。", "「クリック率」の「gap-in-data:ctr」は、なくなりました。"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if same := review.Changes(scene, scene); len(same) != 0 {
		t.Errorf("nothing changed: %+v", same)
	}
}

const model = `shirube: 1
name: 採用
fiscal_year_start: 4
kgi: {id: k, name: 応募, unit: 件, formula: visits * rate, target: {total: 100, from: 2026-04-01, by: 2027-03-31}}
kpis:
  visits: {name: 訪問, unit: 回, measure: web.visits}
  rate: {name: 応募率, unit: "%", measure: web.k / web.visits, target: {reach: 1.5%, by: 2027-03-31, agreed: [{by: 佐藤}]}}
  likes: {name: いいね, unit: 件, owner: 田中, measure: sns.likes}
influences: [{from: likes, to: visits, lag: 0..14}]
sources:
  web: {csv: w.csv, date: 日, metrics: {visits: 訪問, k: 応募}}
  sns: {csv: s.csv, date: 日, metrics: {likes: likes, saves: 保存}}
`

// What a review settles goes through the edits of the map, and the outcome is a model.
func TestEdits(t *testing.T) {
	t.Parallel()
	m, err := goal.Parse("m.yaml", []byte(model))
	if err != nil {
		t.Fatal(err)
	}
	by := day("2026-12-31")
	edits, what, fault := review.TargetEdits(m, "rate", review.NewTarget{Amount: 0.013, By: &by})
	if fault != nil || what.JA != "「応募率」の目標を、1.50%(2027年3月31日まで)から1.30%(2026年12月31日まで)に変える" {
		t.Fatal(fault, what.JA)
	}
	after := applied(t, edits)
	if target := after.Indicator("rate").Target; target.Amount != 0.013 || *target.By != by || len(target.Agreed) != 0 {
		t.Errorf("%+v", target)
	}
	edits, what, _ = review.TargetEdits(m, "likes", review.NewTarget{Kind: goal.TargetHold, Amount: 300})
	if target := applied(t, edits).Indicator("likes").Target; target.Per != series.GrainMonth || target.Amount != 300 || what.EN != "Set the target of “いいね” to 300 件 a month" && what.EN != "Set the target of “いいね” to 300件 a month" {
		t.Errorf("%+v %s", target, what.EN)
	}
	edits, what, fault = review.ReplaceEdits(m, "likes", &review.Replacement{Metric: "sns.saves", Name: "保存数"}, "いいねは動かさない")
	if fault != nil || what.JA != "「いいね」を「保存数」に入れ替える" {
		t.Fatal(fault, what.JA)
	}
	after = applied(t, edits)
	if after.Indicator("likes") != nil || after.Indicator("saves").Owner != "田中" || len(after.Influences) != 1 || after.Influences[0].From != "saves" || after.Influences[0].LagTo != 14 {
		t.Errorf("%+v", after.Influences)
	}
	edits, _, _ = review.ReplaceEdits(m, "likes", nil, "")
	if applied(t, edits).Indicator("likes") != nil {
		t.Error("still there")
	}
	for id, with := range map[string]*review.Replacement{"k": nil, "visits": nil, "nowhere": nil, "likes": {Metric: "sns.none"}} {
		if _, _, fault := review.ReplaceEdits(m, id, with, ""); fault == nil || fault.What.JA == "" {
			t.Errorf("%s was replaced", id)
		}
	}
}

func applied(t *testing.T, edits []goal.Edit) *goal.Model {
	t.Helper()
	text, err := goal.ApplyEdits([]byte(model), edits)
	if err != nil {
		t.Fatal(err)
	}
	m, err := goal.Parse("m.yaml", text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return m
}

// A calendar takes the file: CRLF, lines of at most 75 octets, nothing of a name ends a line.
func TestInvitation(t *testing.T) {
	t.Parallel()
	file := review.Invitation{ID: "r@s", Begins: time.Date(2026, 12, 7, 10, 0, 0, 0, time.FixedZone("JST", 9*3600)), Lasts: time.Hour, Stamp: time.Unix(0, 0),
		Title: say("点検; 採用, 秋\r\nEND:VEVENT"), Text: say(strings.Repeat("長い議題です。", 30)), Link: "https://s.example/w/a\r\nX:1"}.Calendar(words.JA)
	for _, want := range []string{"DTSTART:20261207T010000Z\r\n", "DTEND:20261207T020000Z\r\n", `SUMMARY:点検\; 採用\, 秋\nEND:VEVENT` + "\r\n", "URL:https://s.example/w/aX:1\r\n", "UID:r@s\r\n"} {
		if !strings.Contains(file, want) {
			t.Errorf("no %q in\n%s", want, file)
		}
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("line of %d octets: %q", len(line), line)
		}
	}
	if strings.Count(file, "\r\nEND:VEVENT\r\n") != 1 {
		t.Error("a name ended the event")
	}
}
