package main

import (
	"fmt"
	"io"

	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/words"
)

// worthTelling is the size of a file, in bytes, from which its reading takes so
// long that a person wonders.
const worthTelling = 16 << 20

// progressOn tells on a terminal how far the reading of a large file has come;
// elsewhere nothing is told. done wipes the line away.
func progressOn(w io.Writer, lang words.Lang) (tell source.Progress, done func()) {
	if !isTerminal(w) {
		return nil, func() {}
	}
	return progressLine(w, lang)
}

func progressLine(w io.Writer, lang words.Lang) (tell source.Progress, done func()) {
	const wipe = "\r\x1b[K"
	told := false
	tell = func(name string, read, total int64) {
		if total < worthTelling {
			return
		}
		told = true
		fmt.Fprint(w, wipe, words.T("「%s」を読み込んでいます… %d%%", "Reading “%s”… %d%%", name, 100*read/total).In(lang))
	}
	return tell, func() {
		if told {
			fmt.Fprint(w, wipe)
		}
	}
}
