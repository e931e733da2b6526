package activity_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/activity"
)

var monday = series.Date(2026, 11, 16)

func short(rows []activity.Row) string {
	var out []string
	for _, r := range rows {
		last := "-"
		if r.Last != nil {
			last = fmt.Sprint(int(*r.Last - monday))
		}
		out = append(out, fmt.Sprintf("%s %d/%d days %d last %s %s a%d s%d c%d", r.Name, r.Active, r.People, r.Days, last, strings.Join(r.Looked, "+"), r.Asked, r.Spoke, r.Changed))
	}
	return strings.Join(out, "; ")
}

func TestSummarise(t *testing.T) {
	t.Parallel()
	team := []activity.Person{{"t", "田中", "マーケ"}, {"y", "山本", "経営"}, {"s", "佐藤", "マーケ"}, {"z", "鈴木", "営業"}, {"n", "林", ""}}
	week := activity.Summarise(team, []activity.Look{
		{monday, "t", "map", ""}, {monday, "s", "map", ""}, {monday + 1, "t", "findings", ""}, {monday + 1, "t", "map", ""},
		{monday + 3, "y", "indicator", "ctr"}, {monday + 4, "gone", "map", ""},
	}, []activity.Word{{"y", activity.Asked, 2}, {"t", activity.Changed, 3}, {"s", activity.Spoke, 1}, {"gone", activity.Asked, 9}})
	if got, want := short(week.Departments), "経営 1/1 days 1 last 3 indicator a2 s0 c0; マーケ 2/2 days 2 last 1 map+findings a0 s1 c3; 営業 0/1 days 0 last -  a0 s0 c0;  0/1 days 0 last -  a0 s0 c0"; got != want {
		t.Errorf("departments\n got %s\nwant %s", got, want)
	}
	if got, want := short(week.People), "山本 1/1 days 1 last 3 indicator a2 s0 c0; 田中 1/1 days 2 last 1 map+findings a0 s0 c3; 佐藤 1/1 days 1 last 0 map a0 s1 c0; 林 0/1 days 0 last -  a0 s0 c0; 鈴木 0/1 days 0 last -  a0 s0 c0"; got != want {
		t.Errorf("people\n got %s\nwant %s", got, want)
	}
	if got := fmt.Sprint(week.Silent); got != "[営業]" {
		t.Errorf("silent %s", got)
	}
	if got := fmt.Sprint(week.Things); got != "[{map  2 [マーケ]} {indicator ctr 1 [経営]} {findings  1 [マーケ]}]" {
		t.Errorf("things %s", got)
	}
	if empty := activity.Summarise(nil, nil, nil); len(empty.Departments)+len(empty.People)+len(empty.Silent)+len(empty.Things) != 0 {
		t.Errorf("of nobody: %v", empty)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for operation, want := range map[string]activity.Kind{"ask-question": activity.Asked, "answer-question": activity.Spoke, "edit-model": activity.Changed} {
		if got := activity.KindOf(operation); got != want {
			t.Errorf("%s: %s", operation, got)
		}
	}
}

// Departments hold exactly what their people did, in whatever order it is told; a second
// look on a day counts nothing.
func TestLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var team []activity.Person
		for i := range rapid.IntRange(0, 6).Draw(t, "people") {
			team = append(team, activity.Person{ID: fmt.Sprint(i), Name: fmt.Sprint("p", i), Department: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "of")})
		}
		looks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) activity.Look {
			return activity.Look{Day: monday + series.Day(rapid.IntRange(0, 6).Draw(t, "day")), Person: fmt.Sprint(rapid.IntRange(0, 7).Draw(t, "who")), What: rapid.SampledFrom(activity.Whats).Draw(t, "what")}
		}), 0, 20).Draw(t, "looks")
		week := activity.Summarise(team, looks, nil)
		people, active := 0, 0
		for _, d := range week.Departments {
			people += d.People
			active += d.Active
			if d.Active > d.People || (d.Days > 0) != (d.Last != nil) || (d.Active == 0) != (d.Days == 0) {
				t.Fatalf("department %+v", d)
			}
		}
		looked := 0
		for _, p := range week.People {
			looked += p.Active
		}
		if people != len(team) || active != looked {
			t.Fatalf("%d of %d people, %d of %d active", people, len(team), active, looked)
		}
		again := append(slices.Clone(looks), looks...)
		slices.Reverse(again)
		if got, want := short(activity.Summarise(team, again, nil).Departments), short(week.Departments); got != want {
			t.Fatalf("told twice and backwards: %s, not %s", got, want)
		}
	})
}
