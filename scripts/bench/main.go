// Command bench measures the whole program from outside, as a person meets it: a
// command's wall time and memory, the time until the server answers, the map's reply.
// Beside the figures it prints the machine's own floor, taken in the same run, so that
// a slow disk or a busy neighbour is not mistaken for a slow program.
//
//	go run ./scripts/bench ./build/shirube
//
// It judges nothing: the figures are for people and for the record, a busy machine
// must not turn a build red.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: bench PROGRAM")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(program string) error {
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "shirube-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // left-overs in the temporary folder are harmless

	sample := newSample()
	if err := sample.write(folder); err != nil {
		return err
	}
	fmt.Println("the machine's floor")
	if err := measureFloor(folder); err != nil {
		return err
	}
	fmt.Printf("\nshirube status: %d indicators, %d days, CSV of %.1f MB (goal: under 200 ms, under 100 MB)\n",
		sampleIndicators, sampleDays, float64(len(sample.csv))/1e6)
	if err := measureStatus(program, folder); err != nil {
		return err
	}
	fmt.Println("\nshirube serve (goals: ready under 1.5 s, map p95 under 50 ms, edit to map under 300 ms)")
	return measureServe(program, folder, sample)
}

// show writes one figure: what, the middle, the worst of a hundred, the most.
func show(what string, f figures) {
	fmt.Printf("  %-44s median %8.2f ms   p95 %8.2f ms   max %8.2f ms   n %d\n", what, f.at(0.5), f.at(0.95), f.at(1), len(f))
}
