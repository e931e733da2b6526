package evidence

import (
	"encoding/json"
	"os"
	"testing"
)

// Vector is one reference number with what it was computed from.
type Vector struct {
	ID       string          `json:"id"`
	Topic    string          `json:"topic"`
	Desc     string          `json:"desc"`
	Source   string          `json:"source"`
	Input    json.RawMessage `json:"input"`
	Expected json.RawMessage `json:"expected"`
	Tol      float64         `json:"tol"`
}

// Vectors reads a file of reference numbers by id.
func Vectors(t testing.TB, name string) map[string]Vector {
	t.Helper()
	text, err := os.ReadFile(Shared(t, "vectors", name))
	if err != nil {
		t.Fatalf("read vectors %q: %v", name, err)
	}
	var list []Vector
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatalf("parse vectors %q: %v", name, err)
	}
	byID := make(map[string]Vector, len(list))
	for _, v := range list {
		byID[v.ID] = v
	}
	return byID
}

// Read unpacks the input and the expected numbers of a vector.
func (v Vector) Read(t testing.TB, input, expected any) {
	t.Helper()
	for _, part := range []struct {
		text json.RawMessage
		into any
	}{{v.Input, input}, {v.Expected, expected}} {
		if part.into == nil {
			continue
		}
		if err := json.Unmarshal(part.text, part.into); err != nil {
			t.Fatalf("unpack vector %q: %v", v.ID, err)
		}
	}
}
