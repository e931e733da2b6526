package insight

import (
	"maps"
	"slices"
)

// ReviewCodes are the codes that a review has words for, for the tests outside.
func ReviewCodes() []string { return slices.Sorted(maps.Keys(tellings)) }
