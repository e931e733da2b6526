package goal

import "github.com/shirube/shirube/internal/words"

// Severity tells how much a finding matters.
type Severity string

// Severities, the worst first.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityInfo    Severity = "info"
)

// On is how severe a finding is on an indicator. An error is one on the KGI only:
// a weak KPI does not make the goal void.
func (s Severity) On(i *Indicator) Severity {
	if s == SeverityError && !i.IsKGI {
		return SeverityWarning
	}
	return s
}

// Finding is one thing that makes a goal worse than it could be: what it is, in
// a sentence that can be pasted into a report, and the mend.
type Finding struct {
	Code      string
	Severity  Severity
	Indicator string // id; empty for the model as a whole
	From, To  string // ids of the link it is about; empty otherwise
	Sentence  words.Text
	Mend      words.Text
	At        Position
}
