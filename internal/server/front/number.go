package front

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// Number is a number in a reply. One that does not exist is NaN here and null
// in JSON: never 0, never text.
type Number float64

// MarshalJSON writes the shortest text that reads back as the same float64.
func (n Number) MarshalJSON() ([]byte, error) {
	return appendNumber(nil, float64(n)), nil
}

// UnmarshalJSON reads a number or null.
func (n *Number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = Number(math.NaN())
		return nil
	}
	return json.Unmarshal(text, (*float64)(n))
}

// Schema tells clients that null is possible.
func (Number) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Format: "double", Nullable: true}
}

// Numbers is a run of numbers with null where there is none.
type Numbers []float64

// MarshalJSON writes the whole run at once: a map holds thousands of these.
func (ns Numbers) MarshalJSON() ([]byte, error) {
	text := make([]byte, 0, 2+8*len(ns))
	text = append(text, '[')
	for i, n := range ns {
		if i > 0 {
			text = append(text, ',')
		}
		text = appendNumber(text, n)
	}
	return append(text, ']'), nil
}

// Schema tells clients that any of them can be null.
func (Numbers) Schema(registry huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeArray, Items: Number(0).Schema(registry)}
}

func appendNumber(text []byte, n float64) []byte {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return append(text, "null"...)
	}
	if n == 0 {
		return append(text, '0') // -0 would be spelt "-0"
	}
	format := byte('f')
	if a := math.Abs(n); a < 1e-6 || a >= 1e21 {
		format = 'e'
	}
	return strconv.AppendFloat(text, n, format, -1, 64)
}

// Listed is the slice, or an empty one: a list in a reply is never null.
func Listed[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// OrNull is a pointer to s, or nil where nothing is said.
func OrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
