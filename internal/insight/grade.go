package insight

import (
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/words"
)

// The grades of evidence, the best first. What was only seen, never tried, is at
// most a prediction: a cause outside of the model cannot be ruled out.
const (
	GradeFormula      = "formula"
	GradeRandomized   = "randomized"
	GradeIntervention = "intervention"
	GradePredictsOut  = "predicts-out-of-sample"
	GradePredicts     = "predicts"
	GradeCorrelates   = "correlates"
	GradeBelief       = "belief"
)

func gradeLabel(grade string) words.Text {
	switch grade {
	case GradeFormula:
		return words.T("計算式", "calculation")
	case GradeRandomized:
		return words.T("実験", "experiment")
	case GradeIntervention:
		return words.T("前後比較", "before and after")
	case GradePredictsOut:
		return words.T("先読み(検証済)", "prediction, verified")
	case GradePredicts:
		return words.T("先読み", "prediction")
	case GradeCorrelates:
		return words.T("相関のみ", "correlation only")
	}
	return words.T("仮説", "belief")
}

// gradeOf grades a test. That a KPI does not move the KGI is known as well as that
// it does: both rest on what the days before said of the days after.
func gradeOf(r *link.Result) string {
	switch {
	case r.Verdict == link.Moves && r.Predictive:
		return GradePredictsOut
	case r.Verdict != link.CannotTell:
		return GradePredicts
	case r.Why == link.SameDay || r.Why == link.Reverse:
		return GradeCorrelates
	}
	return GradeBelief
}
