package mail

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/stat/lift"
)

func TestContest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		contest Contest
		verdict lift.Verdict
		says    string
	}{
		"nothing yet":         {Contest{ShareB: .5}, lift.CannotTell, "少なすぎて"},
		"three clicks":        {Contest{A: Arm{100, 1}, B: Arm{100, 2}, ShareB: .5}, lift.CannotTell, "クリックが少なすぎて"},
		"the same":            {Contest{A: Arm{2000, 100}, B: Arm{2000, 101}, ShareB: .5}, lift.CannotTell, "まだ言えません"},
		"B is better":         {Contest{A: Arm{10_000, 300}, B: Arm{10_000, 500}, ShareB: .5}, lift.Higher, "B のほうが、100人あたり2.0人多くクリック"},
		"A is better":         {Contest{A: Arm{10_000, 500}, B: Arm{10_000, 300}, ShareB: .5}, lift.Lower, "A のほうが、100人あたり2.0人多くクリック"},
		"A of a small B":      {Contest{A: Arm{9000, 450}, B: Arm{1000, 10}, ShareB: .1}, lift.Lower, "A のほうが、100人あたり4.0人多く"},
		"by openings":         {Contest{A: Arm{3000, 300}, B: Arm{3000, 600}, ShareB: .5, By: ByOpens}, lift.Higher, "10.0人多く開かれて"},
		"by the KPI":          {Contest{A: Arm{3000, 10}, B: Arm{3000, 60}, ShareB: .5, By: ByKPI, KPI: "商談"}, lift.Higher, "多く「商談」に至って"},
		"nobody came so far":  {Contest{A: Arm{3000, 0}, B: Arm{3000, 0}, ShareB: .5, By: ByKPI, KPI: "商談"}, lift.CannotTell, "「商談」に至った方が少なすぎて"},
		"more than were":      {Contest{A: Arm{10, 30}, B: Arm{10, 0}, ShareB: .5}, lift.CannotTell, "まだ言えません"},
		"all in one of it":    {Contest{A: Arm{5000, 250}, ShareB: .5}, lift.CannotTell, "少なすぎて"},
		"not as the lot says": {Contest{A: Arm{5000, 250}, B: Arm{1000, 500}, ShareB: .5}, lift.CannotTell, "くじの割合と合いません"},
	} {
		got := c.contest.Judge()
		if got.Verdict != c.verdict || !strings.Contains(got.Sentence.JA, c.says) || got.Sentence.EN == "" {
			t.Errorf("%s: %+v", name, got)
		}
		if i := got.Interval; i != nil && (got.Verdict == lift.Higher) != (i[0] > 0) || i != nil && (got.Verdict == lift.Lower) != (i[1] < 0) {
			t.Errorf("%s: the verdict and the range do not agree: %+v %v", name, got, *i)
		}
	}
}

// Where both wordings do the same, somebody who looks after every hundred people is told of a
// difference less often than once in twenty times.
func TestLookingOftenTellsNothingThatIsNot(t *testing.T) {
	t.Parallel()
	const runs, people, each = 80, 2000, 100
	for _, world := range []struct{ rate, shareB float64 }{{.02, .5}, {.4, .5}, {.1, .1}} {
		r := rand.New(rand.NewPCG(7, uint64(world.rate*1000)))
		told := 0
		for range runs {
			c := Contest{ShareB: world.shareB}
			for n := 1; n <= people; n++ {
				arm := &c.A
				if r.Float64() < world.shareB {
					arm = &c.B
				}
				arm.People++
				if r.Float64() < world.rate {
					arm.Did++
				}
				if n%each == 0 && c.Judge().Verdict != lift.CannotTell {
					told++
					break
				}
			}
		}
		if share := float64(told) / runs; share > .05 {
			t.Errorf("rate %g, share %g: told in %.3f of the runs", world.rate, world.shareB, share)
		}
	}
}

// What comes later tells what the first of a burst was.
func TestJudgeAgain(t *testing.T) {
	t.Parallel()
	const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
	at := func(seconds int64, what string, link int, agent string) Touch {
		return Touch{At: 1_000_000 + 1000*event.Millis(seconds), What: what, Link: link, Method: "GET", Agent: agent, SentAt: 1000}
	}
	head := at(0, "click", 0, chrome)
	head.Reason = ByHead
	for name, c := range map[string]struct {
		touches []Touch
		want    []Reason
	}{
		"one after the other":  {[]Touch{at(0, "click", 0, chrome), at(40, "click", 1, chrome), at(90, "click", 2, chrome)}, []Reason{"", "", ""}},
		"a burst of one":       {[]Touch{at(0, "click", 0, chrome), at(1, "click", 1, chrome), at(2, "click", 2, chrome)}, []Reason{ByBurst, ByBurst, ByBurst}},
		"a burst of several":   {[]Touch{at(0, "click", 0, chrome), at(1, "click", 1, chrome+" Edg/1"), at(2, "click", 2, chrome)}, []Reason{ByBurst, ByBurst, ByBurst}},
		"and a person later":   {[]Touch{at(0, "click", 0, chrome), at(1, "click", 1, chrome), at(2, "click", 2, chrome), at(600, "click", 1, chrome)}, []Reason{ByBurst, ByBurst, ByBurst, ""}},
		"honey came last":      {[]Touch{at(0, "click", 0, chrome), at(3, "honey", 0, chrome)}, []Reason{ByHoney, ByHoney}},
		"asked, then fetched":  {[]Touch{head, at(1, "click", 0, chrome)}, []Reason{ByHead, ByHead}},
		"another's look":       {[]Touch{head, at(1, "click", 0, chrome+" Edg/1")}, []Reason{ByHead, ""}},
		"apple's own pictures": {[]Touch{at(0, "open", 0, "Mozilla/5.0")}, []Reason{ByProxy}},
	} {
		got := JudgeAgain(c.touches, 5)
		for i := range c.want {
			if got[i] != c.want[i] {
				t.Errorf("%s: %q, want %q", name, got, c.want)
				break
			}
		}
	}
}

func TestWarmupPlan(t *testing.T) {
	t.Parallel()
	w := Warmup{FirstDay: 100, Growth: 2, Days: 3}
	if plan := w.Plan(); len(plan) != 3 || plan[0] != 100 || plan[2] != 400 {
		t.Errorf("%v", plan)
	}
	for _, c := range []struct{ n, before, sent, day int }{
		{0, 0, 0, 0}, {99, 0, 0, 0}, {100, 0, 0, 1}, {299, 0, 0, 1}, {300, 0, 0, 2}, {699, 0, 0, 2}, {700, 0, 0, 3}, {1_000_000, 0, 0, 3},
		{0, 0, 100, 1}, {0, 0, 5000, 1}, {60, 1, 150, 1}, {5000, 3, 9, 0},
	} {
		if day := w.Place(c.n, c.before, c.sent); day != c.day {
			t.Errorf("mail %d after %d days and %d today leaves on day %d, want %d", c.n, c.before, c.sent, day, c.day)
		}
	}
	if (Warmup{}).Plan() != nil || (Warmup{}).Place(7, 0, 9) != 0 {
		t.Error("no warm-up holds nothing back")
	}
}
