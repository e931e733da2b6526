package insight

import (
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// Agreed is what is known of the team's agreement on its KGI beyond the model file. Where
// it is given, the findings about the agreement say this and not what the file alone says.
type Agreed struct {
	// Missing says that nobody's agreement stands; nil: somebody's does.
	Missing *Told
	// Differ says that people understand the goal differently; nil: as the file has it.
	Differ *Told
}

// Told is a sentence with its mend.
type Told struct{ Sentence, Mend words.Text }

// withAgreement puts what is known of the agreement in the place of what the file says of it.
func (v *View) withAgreement(found []Finding) []Finding {
	agreed := v.agreed
	if agreed == nil {
		return found
	}
	kgi := v.model.KGI()
	of := func(code string) func(Finding) bool {
		return func(f Finding) bool { return f.Code == code && f.Indicator != nil && *f.Indicator == kgi.ID }
	}
	put := func(code string, told *Told) {
		i := slices.IndexFunc(found, of(code))
		if i < 0 {
			i = len(found)
			found = append(found, v.render(goal.Finding{Code: code, Severity: goal.SeverityWarning, Indicator: kgi.ID}, nil))
		}
		found[i].Sentence, found[i].Mend = v.say(told.Sentence), v.say(told.Mend)
	}
	if agreed.Missing == nil || kgi.Target == nil {
		found = slices.DeleteFunc(found, of("not-agreed"))
	} else {
		put("not-agreed", agreed.Missing)
	}
	if agreed.Differ != nil {
		put("goal-not-shared", agreed.Differ)
	}
	return found
}
