package mail

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/stat/lift"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a, b    Arm
		verdict lift.Verdict
		says    string
	}{
		"nothing yet":      {Arm{}, Arm{}, lift.CannotTell, "少なすぎて"},
		"three clicks":     {Arm{100, 1}, Arm{100, 2}, lift.CannotTell, "少なすぎて"},
		"the same":         {Arm{2000, 100}, Arm{2000, 101}, lift.CannotTell, "まだ言えません"},
		"B is better":      {Arm{10_000, 300}, Arm{10_000, 500}, lift.Higher, "B のほうが、100通あたり2.0回多く"},
		"A is better":      {Arm{10_000, 500}, Arm{10_000, 300}, lift.Lower, "A のほうが、100通あたり2.0回多く"},
		"more than were":   {Arm{10, 30}, Arm{10, 0}, lift.CannotTell, "少なすぎて"},
		"all in one of it": {Arm{5000, 250}, Arm{0, 0}, lift.CannotTell, "少なすぎて"},
	} {
		got := Compare(c.a, c.b)
		if got.Verdict != c.verdict || !strings.Contains(got.Sentence.JA, c.says) || got.Sentence.EN == "" {
			t.Errorf("%s: %+v", name, got)
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
