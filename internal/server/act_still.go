package server

import (
	"context"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/words"
)

// still hands nothing over. The people of the made-up company are made up; the addresses
// somebody types while trying it out may not be.
type still struct{}

// Hand withholds whatever it is.
func (still) Hand(context.Context, outbox.Item) outbox.Answer {
	return outbox.Answer{State: outbox.Withheld, Reason: nothingLeaves.JA}
}

var nothingLeaves = words.T("デモでは何も送りません。", "The demo sends nothing.")

// stillLines take the place of every line to the world in the demo.
func stillLines() []actor.Line {
	var lines []actor.Line
	for _, kind := range []outbox.Kind{outbox.Mail, outbox.Notice, outbox.Webhook} {
		lines = append(lines, actor.Line{Kind: kind, Sender: still{}})
	}
	return lines
}
