package condition_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/act/condition"
)

func TestExpand(t *testing.T) {
	saved := map[string]condition.Condition{
		"a": {Tag: "a"}, "b": {All: []condition.Condition{{Segment: "a"}, {Not: &condition.Condition{Segment: "a"}}}}, "round": {Any: []condition.Condition{{Segment: "round"}}},
	}
	find := func(id string) (condition.Condition, bool) { c, ok := saved[id]; return c, ok }
	in := condition.Condition{Any: []condition.Condition{{Segment: "b"}, {Tag: "c"}}}
	got, ok := condition.Expand(in, find)
	want := condition.Condition{Any: []condition.Condition{{All: []condition.Condition{{Tag: "a"}, {Not: &condition.Condition{Tag: "a"}}}}, {Tag: "c"}}}
	if diff := cmp.Diff(want, got); diff != "" || !ok {
		t.Errorf("%v (-want +got):\n%s", ok, diff)
	}
	if in.Any[0].Segment != "b" {
		t.Error("what was given was changed")
	}
	for _, id := range []string{"round", "gone"} {
		if _, ok := condition.Expand(condition.Condition{Segment: id}, find); ok {
			t.Errorf("%s was followed", id)
		}
	}
}

func TestBehaviour(t *testing.T) {
	did := condition.Condition{Did: &condition.Did{Matcher: condition.Matcher{Page: "/price"}}}
	tag := condition.Condition{Tag: "a"}
	not := func(c condition.Condition) condition.Condition { return condition.Condition{Not: &c} }
	all := func(list ...condition.Condition) condition.Condition { return condition.Condition{All: list} }
	for _, c := range []struct {
		in   condition.Condition
		want *condition.Condition
		rest bool
	}{
		{did, &did, false}, {tag, nil, true}, {not(tag), nil, true}, {all(tag, not(tag)), nil, true},
		{all(did, tag), new(all(did)), true}, {not(all(did, tag)), new(not(all(did))), true}, {all(not(did), did), new(all(not(did), did)), false},
	} {
		got, rest := condition.Behaviour(c.in)
		if diff := cmp.Diff(c.want, got); diff != "" || rest != c.rest {
			t.Errorf("%+v: %v (-want +got):\n%s", c.in, rest, diff)
		}
	}
}
