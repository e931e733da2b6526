package abreast_test

import (
	"testing"

	"github.com/shirube/shirube/internal/stat/abreast"
)

func TestEachDoesEveryJobOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ jobs, atOnce int }{{0, 4}, {1, 4}, {3, 2}, {100, 4}, {5, 0}} {
		done := make([]int, c.jobs)
		abreast.Each(c.jobs, c.atOnce, func(job int) { done[job]++ })
		for job, times := range done {
			if times != 1 {
				t.Errorf("of %d jobs, %d at once, number %d was done %d times", c.jobs, c.atOnce, job, times)
			}
		}
	}
}

func TestPanicComesOutWhereItCanBeCaught(t *testing.T) {
	t.Parallel()
	defer func() {
		if got := recover(); got != "broken" {
			t.Errorf("recovered %v", got)
		}
	}()
	abreast.Each(8, 3, func(job int) {
		if job == 5 {
			panic("broken")
		}
	})
	t.Error("nothing came out")
}
