package server

import (
	"testing"

	"github.com/shirube/shirube/internal/measure/warehouse"
)

func TestQuestionProgress(t *testing.T) {
	var q questions
	key := questionKey{"ours", "0123-4567"}
	if !q.begin(key) || q.begin(key) {
		t.Error("a name is one question at a time")
	}
	first := q.part(t.Context(), key)
	warehouse.ProgressOf(first)(0.4)
	if got := q.of(key); got != (QuestionProgress{Running: true, Part: 1, Share: 0.4}) {
		t.Errorf("within the first part: %+v", got)
	}
	second := q.part(t.Context(), key)
	warehouse.ProgressOf(first)(0.9)
	warehouse.ProgressOf(second)(0.1)
	if got := q.of(key); got != (QuestionProgress{Running: true, Part: 2, Share: 0.1}) {
		t.Errorf("within the second part: %+v", got)
	}
	if got := q.of(questionKey{"theirs", key.name}); got != (QuestionProgress{}) {
		t.Errorf("from another workspace: %+v", got)
	}
	q.end(key)
	if got := q.of(key); got != (QuestionProgress{}) {
		t.Errorf("after its end: %+v", got)
	}
	if ctx := q.part(t.Context(), key); warehouse.ProgressOf(ctx) != nil {
		t.Error("a question that ended goes on being followed")
	}
	for i := range mostQuestions + 5 {
		if began := q.begin(questionKey{"ours", string(rune(i))}); began != (i < mostQuestions) {
			t.Fatalf("question %d: %v", i, began)
		}
	}
}

// A report that names itself is answered as ever, and is known no more when it is answered.
func TestNamedQuestion(t *testing.T) {
	r, ws := newMeasuringRig(t)
	const base = "/api/workspaces/web/measure/"
	r.bring(someVisits(ws))
	const days = "visits?from=2026-09-07&to=2026-09-09"
	got := r.do("GET", base+days, nil, questionHeader, "0c8f4b1e-77aa-4a0e-9c55-2f5a3b1c9d10")
	if got.status != 200 || got.text != r.do("GET", base+days, nil).text {
		t.Errorf("a named question: %d %.300s", got.status, got.text)
	}
	r.wantAt(r.get(base+"questions/0c8f4b1e-77aa-4a0e-9c55-2f5a3b1c9d10"), false, "running")
}
