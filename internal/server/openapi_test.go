package server

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const described = "../../ui/openapi.json"

// The screens' client is generated from ui/openapi.json; it has to be the API
// that the program really has.
func TestDescriptionIsTheCommittedOne(t *testing.T) {
	t.Parallel()
	now, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(described, now, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(described)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(committed, now) {
		t.Errorf("ui/openapi.json is not what the code says; run: UPDATE=1 go test ./internal/server -run Description, "+
			"then npm run api in ui/\n%s", cmp.Diff(string(committed), string(now)))
	}
}
