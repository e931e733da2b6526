package effect

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/words"
)

const start = event.Millis(1_800_000_000_000)

// world is a simulated automation: people enter every day, some have the outcome at some
// moment within four weeks whatever is done, and being sent to changes how many.
type world struct {
	aDay           int
	share          float64
	base, relative float64
	days           int
	entries        []Entry
	happened       map[contact.ID][]event.Millis
}

func (w *world) run(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 7))
	w.happened = map[contact.ID][]event.Millis{}
	automationID := "a" + strconv.FormatUint(seed, 10)
	for d := range w.days {
		for k := range w.aDay {
			e := Entry{Contact: contact.ID("c" + strconv.Itoa(d) + "-" + strconv.Itoa(k)), Version: 1, At: start + event.Millis(d)*day + event.Millis(r.IntN(day))}
			e.Held = automation.HeldOut(automationID, e.Contact, w.share)
			rate := w.base
			if !e.Held {
				rate *= 1 + w.relative
			}
			if r.Float64() < rate {
				w.happened[e.Contact] = append(w.happened[e.Contact], e.At+1+event.Millis(r.Float64()*13*day))
			}
			if r.Float64() < 0.3 { // before entering, or long after: neither counts
				w.happened[e.Contact] = append(w.happened[e.Contact], e.At-day, e.At+40*day)
			}
			w.entries = append(w.entries, e)
		}
	}
}

func (w *world) at(d int) Effect {
	now := start + event.Millis(d)*day
	var known []Entry
	for _, e := range w.entries {
		if e.At <= now {
			known = append(known, e)
		}
	}
	return Judge(Count(known, []int{1}, w.share, 14, now, func(id contact.ID) []event.Millis { return w.happened[id] }))
}

// TestYearOfLooking is the gate of what an automation's page says: a look a day for a year
// from the raw entries and moments on, with the lot as it is drawn.
func TestYearOfLooking(t *testing.T) {
	t.Parallel()
	const seed = 20261124
	for i, c := range []struct {
		name     string
		relative float64
	}{{"nothing", 0}, {"a doubling", 1}} {
		tries := evidence.Tries(6, 100)
		every := evidence.Tries(14, 1)
		said, covered := 0, 0
		for try := range tries {
			w := &world{aDay: 12, share: 0.1, base: 0.04, relative: c.relative, days: 365}
			w.run(seed + uint64(1000*i+try))
			spoke, held := false, true
			for d := 1; d <= 365; d += every {
				e := w.at(d)
				spoke = spoke || e.Verdict == Works || e.Verdict == Harms
				if a := e.Absolute; a != nil && (0.04*c.relative < a.Always[0] || 0.04*c.relative > a.Always[1]) {
					held = false
				}
			}
			if spoke {
				said++
			}
			if held {
				covered++
			}
		}
		f := evidence.Figure{Room: "act/effect", Case: "an automation that does " + c.name + ", its page opened daily for a year", Unit: "%", Tries: tries, Seed: seed}
		slack := 2 * math.Sqrt(0.05*0.95/float64(tries))
		if c.relative == 0 {
			f.Name, f.Got = "ever said that it works or harms", float64(said)/float64(tries)
			evidence.AtMost(t, f, 0.05, slack)
		}
		f.Name, f.Got = "every interval of the year held the truth", float64(covered)/float64(tries)
		evidence.AtLeast(t, f, 0.95, slack)
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	at := func(days float64) event.Millis { return start + event.Millis(days*day) }
	entries := []Entry{
		{"a", 1, false, at(0)}, {"b", 1, true, at(0)}, {"c", 2, false, at(1)}, {"d", 2, false, at(20)},
	}
	moments := map[contact.ID][]event.Millis{"a": {at(-1), at(13.5)}, "b": {at(15)}, "c": {at(1)}, "d": {at(21)}}
	of := func(id contact.ID) []event.Millis { return moments[id] }
	got := Count(entries, []int{1, 2}, 0.1, 14, at(21), of)
	// b had it too late, c in the very moment of entering, d is still being watched.
	if got.Sent != (lift.Yes{People: 2, Yes: 1}) || got.Held != (lift.Yes{People: 1}) || got.Watching != 1 || got.Since != at(0) || got.Until != at(1) {
		t.Errorf("%+v", got)
	}
	if got := Count(entries, []int{2}, 0.1, 14, at(21), of); got.Sent.People != 1 || got.Held.People != 0 {
		t.Errorf("of version 2: %+v", got)
	}
	if got := Count(nil, nil, 0.1, 14, at(0), of); Judge(got).Reason != NobodyYet {
		t.Errorf("of nobody: %+v", Judge(got))
	}
}

func TestStretch(t *testing.T) {
	t.Parallel()
	shares := Shares{1: 0.5, 2: 0.1, 3: 0.1, 4: 0.2}
	of := func(list ...int) (out []Entry) {
		for _, v := range list {
			out = append(out, Entry{Version: v})
		}
		return out
	}
	for _, c := range []struct {
		entries []Entry
		current int
		want    string
		share   float64
	}{
		{of(1, 2, 2, 3), 3, "2 3 ", 0.1},
		{of(1, 3), 3, "3 ", 0.1},
		{of(1, 2, 3), 4, "4 ", 0.2},
		{nil, 1, "1 ", 0.5},
	} {
		got, share := Stretch(c.entries, shares, c.current)
		text := ""
		for _, v := range got {
			text += strconv.Itoa(v) + " "
		}
		if text != c.want || share != c.share {
			t.Errorf("versions %q share %v, want %q %v", text, share, c.want, c.share)
		}
	}
}

func TestWatchDays(t *testing.T) {
	t.Parallel()
	wait := func(n int, unit string) automation.Step {
		return automation.Step{Wait: &automation.Wait{For: &automation.Span{Amount: n, Unit: unit}}}
	}
	for _, c := range []struct {
		steps []automation.Step
		want  int
	}{
		{nil, 14}, {[]automation.Step{wait(3, "days")}, 14}, {[]automation.Step{wait(3, "days"), wait(2, "weeks")}, 28}, {[]automation.Step{wait(40, "weeks")}, 56},
		{[]automation.Step{{Wait: &automation.Wait{Until: &automation.Until{Weekdays: []string{"mon"}, Time: "09:00"}}}, wait(1, "days")}, 21},
	} {
		if got := WatchDays([]*automation.Definition{{Steps: c.steps}}); got != c.want {
			t.Errorf("%d days, want %d", got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	name := words.T("問い合わせ", "inquiry")
	for _, c := range []struct {
		of       Counted
		verdict  Verdict
		reason   Reason
		ja, en   string
		wantDays bool
	}{
		{Counted{Share: 0}, CannotTell, NoHoldout, "くらべる相手がなく", "nobody to compare", false},
		{Counted{Share: 0.1, Watching: 30}, CannotTell, NobodyYet, "まだだれも過ぎていません", "long enough", false},
		{Counted{Share: 0.1, Sent: lift.Yes{People: 90}, Held: lift.Yes{People: 10}}, CannotTell, NoOutcome, "まだひとりもいません", "nobody has had", false},
		{Counted{Share: 0.1, Sent: lift.Yes{People: 900, Yes: 50}, Held: lift.Yes{People: 100, Yes: 3}, ADay: 40}, CannotTell, NotYet, "まだ言えません。いまの調子で、あと約", "more days", true},
		{Counted{Share: 0.1, Sent: lift.Yes{People: 900, Yes: 50}, Held: lift.Yes{People: 100, Yes: 3}}, CannotTell, NotYet, "新しく入る人がいない", "Nobody enters", false},
		{Counted{Share: 0.1, Sent: lift.Yes{People: 900, Yes: 50}, Held: lift.Yes{People: 100, Yes: 5}, ADay: 0.1}, CannotTell, NotYet, "2年待っても", "two years", false},
		{Counted{Share: 0.1, Sent: lift.Yes{People: 9000, Yes: 720}, Held: lift.Yes{People: 1000, Yes: 20}}, Works, "", "送ると、「問い合わせ」につながる方が100人あたり6.0人増えます", "brings 6.0 more people", false},
		{Counted{Share: 0.1, Sent: lift.Yes{People: 9000, Yes: 180}, Held: lift.Yes{People: 1000, Yes: 80}}, Harms, "", "6.0人減ります", "6.0 fewer", false},
		{Counted{Share: 0.5, Sent: lift.Yes{People: 90000, Yes: 45000}, Held: lift.Yes{People: 90000, Yes: 45100}}, Same, "", "ほとんど変わりません", "hardly changes", false},
		{Counted{Share: 0.1, Sent: lift.Yes{People: 900, Yes: 50}, Held: lift.Yes{People: 300, Yes: 3}}, CannotTell, Mismatched, "信用できません", "cannot be trusted", false},
	} {
		e := Judge(c.of)
		ja, en := e.Sentence(name).In(words.JA), e.Sentence(name).In(words.EN)
		if e.Verdict != c.verdict || e.Reason != c.reason || !strings.Contains(ja, c.ja) || !strings.Contains(en, c.en) || (e.Days > 0) != c.wantDays || strings.Contains(ja+en, "%!") {
			t.Errorf("%+v: %s %s %d days\n%s\n%s", c.of, e.Verdict, e.Reason, e.Days, ja, en)
		}
		if e.Days == 0 && e.Wait == "" {
			t.Errorf("%+v: no days, and no reason", c.of)
		}
	}
}
