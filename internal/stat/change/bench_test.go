package change

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkLevels is one series of three years with a weekly pattern.
func BenchmarkLevels(b *testing.B) {
	y := wave(rand.New(rand.NewPCG(1, 1)), 1095, .5, 1)
	for b.Loop() {
		Levels(y, 7)
	}
}
