package insight

import (
	"math"

	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/words"
)

// Pill is the few words a road of the map carries; zero for formulas.
func (e *LinkEvidence) Pill() words.Text {
	switch {
	case e.Kind != "influence":
		return words.Text{}
	case e.Break != nil && e.Verdict != VerdictMoves:
		return words.T("つながりが切れました(%s)", "link broken (%s)", e.Break.Date)
	case e.Verdict == VerdictMoves && e.Effect != nil && (e.Grade == GradeRandomized || e.Grade == GradeIntervention):
		return words.T("+10%% → %[1]s・%[2]s", "+10%% → %[1]s · %[2]s", brings(e.Effect.Elasticity), gradeLabel(e.Grade))
	case e.Verdict == VerdictMoves && e.Effect != nil:
		return words.T("+10%% → %[1]s・%[2]d日後・%[3]s", "+10%% → %[1]s · after %[2]d days · %[3]s",
			brings(e.Effect.Elasticity), int(math.Round(orNaN(e.LagDays))), e.gradeText())
	case e.Verdict == VerdictDoesNotMove:
		return words.T("動いていません", "does not move it")
	case e.DaysNeeded != nil && *e.DaysNeeded > yearsAreLong:
		return words.T("測定中・あと%.1f年", "measuring · %.1f more years", float64(*e.DaysNeeded)/365)
	case e.DaysNeeded != nil && *e.DaysNeeded > 0:
		return words.T("測定中・あと%d日", "measuring · %d more days", *e.DaysNeeded)
	case e.Grade == GradeCorrelates:
		return words.T("相関のみ", "correlation only")
	case e.NDays == 0 || e.Why != nil && *e.Why == string(link.TooShort):
		return words.T("未測定", "not measured")
	}
	return words.T("まだ分かりません", "cannot tell yet")
}

func (e *LinkEvidence) gradeText() words.Text {
	if e.Grade == GradePredictsOut {
		return words.T("先読み", "prediction")
	}
	return gradeLabel(e.Grade)
}
