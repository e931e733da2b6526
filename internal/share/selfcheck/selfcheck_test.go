package selfcheck_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/share/selfcheck"
)

func all(skill selfcheck.Skill) map[string]selfcheck.Skill {
	out := map[string]selfcheck.Skill{}
	for _, w := range selfcheck.Works {
		out[w.ID] = skill
	}
	return out
}

func verdicts(r selfcheck.Result) map[string]selfcheck.Verdict {
	out := map[string]selfcheck.Verdict{}
	for _, line := range r.Lines {
		out[line.Work.ID] = line.Verdict
	}
	return out
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers []selfcheck.Answer
		want    string
		short   bool
	}{
		"nobody answered":      {nil, "goal:together numbers:hand tags:hand reading:together content:hand ads:hand mail:hand review:together", true},
		"can do all, has time": {[]selfcheck.Answer{{Name: "田中", Skills: all(selfcheck.Teaches), Hours: 100}}, "goal:own numbers:own tags:own reading:own content:own ads:own mail:own review:own", false},
		"can do all, no time":  {[]selfcheck.Answer{{Name: "田中", Skills: all(selfcheck.Alone), Hours: 10}}, "goal:own numbers:hand tags:own reading:own content:hand ads:hand mail:hand review:own", false},
		"knows nothing":        {[]selfcheck.Answer{{Name: "田中", Skills: all(selfcheck.Never), Hours: 100}}, "goal:together numbers:hand tags:hand reading:together content:hand ads:hand mail:hand review:together", false},
		"two who add up": {[]selfcheck.Answer{
			{Name: "田中", Skills: map[string]selfcheck.Skill{"goal": 2, "reading": 2, "review": 2}, Hours: 10},
			{Name: "佐藤", Skills: map[string]selfcheck.Skill{"content": 3, "ads": -1, "numbers": 1}, Hours: 30},
		}, "goal:own numbers:learn tags:hand reading:own content:own ads:hand mail:hand review:own", false},
		"not needed": {[]selfcheck.Answer{{Name: "田中", Skills: map[string]selfcheck.Skill{"ads": -1, "goal": 1}, Hours: 20}},
			"goal:learn numbers:hand tags:hand reading:together content:hand ads:none mail:hand review:together", false},
	} {
		r := selfcheck.Weigh(test.answers)
		got := ""
		for i, line := range r.Lines {
			if i > 0 {
				got += " "
			}
			got += fmt.Sprintf("%s:%s", line.Work.ID, line.Verdict)
			if line.Reason.JA == "" || line.Reason.EN == "" {
				t.Errorf("%s: %s has no reason", name, line.Work.ID)
			}
		}
		if got != test.want || r.Short != test.short {
			t.Errorf("%s:\n got %s, short %v\nwant %s", name, got, r.Short, test.want)
		}
	}
}

// What is decided stays with the team; more time and more skill never take work away; the
// hours that are spent are there, unless even what has to stay is too much.
func TestLaws(t *testing.T) {
	t.Parallel()
	rank := map[selfcheck.Verdict]int{selfcheck.Hand: 0, selfcheck.Together: 1, selfcheck.Learn: 2, selfcheck.Own: 3}
	rapid.Check(t, func(t *rapid.T) {
		one := selfcheck.Answer{Name: "田中", Skills: map[string]selfcheck.Skill{}, Hours: rapid.Float64Range(0, 60).Draw(t, "hours")}
		for _, w := range selfcheck.Works {
			one.Skills[w.ID] = selfcheck.Skill(rapid.IntRange(-1, 3).Draw(t, w.ID))
		}
		r := selfcheck.Weigh([]selfcheck.Answer{one})
		if !r.Short && r.Own > r.Hours+1e-9 {
			t.Fatalf("%v hours are spent of %v", r.Own, r.Hours)
		}
		before := verdicts(r)
		for _, w := range selfcheck.Works {
			if w.Keep && before[w.ID] == selfcheck.Hand {
				t.Fatalf("%s is handed over", w.ID)
			}
			if (before[w.ID] == selfcheck.None) != (one.Skills[w.ID] == selfcheck.Unneeded) {
				t.Fatalf("%s: %s", w.ID, before[w.ID])
			}
		}
		more := one
		more.Hours += rapid.Float64Range(0, 60).Draw(t, "more")
		for id, v := range verdicts(selfcheck.Weigh([]selfcheck.Answer{more})) {
			if rank[v] < rank[before[id]] {
				t.Fatalf("with %v instead of %v hours %s goes from %s to %s", more.Hours, one.Hours, id, before[id], v)
			}
		}
		which := rapid.SampledFrom(selfcheck.Works).Draw(t, "learned").ID
		if s := one.Skills[which]; s >= 0 && s < 3 {
			better := one
			better.Skills = map[string]selfcheck.Skill{}
			for id, s := range one.Skills {
				better.Skills[id] = s
			}
			better.Skills[which]++
			if v := verdicts(selfcheck.Weigh([]selfcheck.Answer{better}))[which]; rank[v] < rank[before[which]] {
				t.Fatalf("having learned %s it goes from %s to %s", which, before[which], v)
			}
		}
	})
}
