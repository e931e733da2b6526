package mail

import "github.com/shirube/shirube/internal/act/outbox"

// Answer is an outcome in the outbox's words.
func (o Outcome) Answer() outbox.Answer {
	states := map[Class]outbox.State{
		Accepted: outbox.Sent, Temporary: outbox.Queued, Later: outbox.Queued, Permanent: outbox.Failed, Unknown: outbox.Unknown, Withheld: outbox.Withheld,
	}
	return outbox.Answer{State: states[o.Class], Reason: o.Said, RetryAfter: o.RetryAfter, Untried: o.Class == Later}
}
