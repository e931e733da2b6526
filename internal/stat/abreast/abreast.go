// Package abreast does several pieces of work side by side, where each writes to a
// place of its own and so the answer is the same whoever is first.
package abreast

// Each calls do with 0 … jobs−1, at most so many at a time, and returns when all are
// done. A panic of one piece comes out here, where the caller's recovery is above it: left
// in a goroutine of its own it would end the program.
func Each(jobs, atOnce int, do func(job int)) {
	next, ended := make(chan int, max(jobs, 0)), make(chan any)
	for job := range jobs {
		next <- job
	}
	close(next)
	workers := min(max(atOnce, 1), jobs)
	for range workers {
		go func() {
			defer func() { ended <- recover() }()
			for job := range next {
				do(job)
			}
		}()
	}
	var broken any
	for range workers {
		if panicked := <-ended; panicked != nil {
			broken = panicked
		}
	}
	if broken != nil {
		panic(broken)
	}
}
