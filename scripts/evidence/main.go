// Command evidence writes docs/evidence.md from the figures that gates publish: what was
// tried, what came out, the bar, and whether it was held. It is called by `make gates`.
//
// docs/evidence.jsonl holds the figures of the page, so that a run of some gates changes
// theirs and leaves the others as they were.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	fresh := flag.String("fresh", "build/evidence", "folder of what was published now")
	kept := flag.String("kept", "docs/evidence.jsonl", "figures of the page")
	page := flag.String("page", "docs/evidence.md", "the page")
	part := flag.Bool("part", false, "only some gates of a room were run: keep its other figures")
	flag.Parse()
	if err := run(*fresh, *kept, *page, *part); err != nil {
		fmt.Fprintln(os.Stderr, "evidence:", err)
		os.Exit(1)
	}
}

func run(fresh, kept, page string, part bool) error {
	published, err := readFolder(fresh)
	if err != nil {
		return err
	}
	before, err := readFile(kept)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	figures := merged(before, published, part)
	if err := os.WriteFile(kept, lines(figures), 0o644); err != nil {
		return fmt.Errorf("write figures %q: %w", kept, err)
	}
	if err := os.WriteFile(page, render(figures), 0o644); err != nil {
		return fmt.Errorf("write page %q: %w", page, err)
	}
	held, missed := count(figures)
	fmt.Printf("%d figures published; %s now shows %d held and %d missed.\n", len(published), page, held, missed)
	return nil
}
