package lift

import (
	"math"

	"github.com/shirube/shirube/internal/stat"
)

// Estimate is a difference between two arms, absolute or relative to the control.
type Estimate struct {
	Value float64
	SE    float64 // of Value
	DF    float64 // degrees of freedom of Student's distribution; +Inf for the normal one
	N     float64 // observations of both arms, the clock of always-valid intervals
}

// Side says which alternatives count.
type Side int

// Both: any difference. Greater: the treatment is higher. Less: it is lower.
const (
	Both Side = iota
	Greater
	Less
)

// Absolute is the difference of the means, treatment less control, in units of the
// outcome, with Welch's variance and the degrees of freedom of Welch (1947) and
// Satterthwaite (1946). ok is false with fewer than two observations in an arm or where
// neither arm varies.
func Absolute(control, treatment Sample) (e Estimate, ok bool) {
	a, b := control.ofMean(), treatment.ofMean()
	e = Estimate{Value: treatment.Mean - control.Mean, SE: math.Sqrt(a + b), DF: welchDF(control, treatment), N: control.N + treatment.N}
	return e, e.known()
}

// Relative is the difference as a share of the control's mean, (m_B − m_A)/|m_A|. Its
// variance is that of the delta method, s_B²/(n_B m_A²) + s_A² m_B²/(n_A m_A⁴); the degrees
// of freedom are Welch's of the means. ok is false where the control's mean is 0.
func Relative(control, treatment Sample) (e Estimate, ok bool) {
	m := control.Mean
	if m == 0 {
		return Estimate{}, false
	}
	variance := treatment.ofMean()/(m*m) + control.ofMean()*(treatment.Mean/m)*(treatment.Mean/m)/(m*m)
	e = Estimate{Value: (treatment.Mean - m) / math.Abs(m), SE: math.Sqrt(variance), DF: welchDF(control, treatment), N: control.N + treatment.N}
	return e, e.known()
}

func welchDF(control, treatment Sample) float64 {
	a, b := control.ofMean(), treatment.ofMean()
	return (a + b) * (a + b) / (a*a/(control.N-1) + b*b/(treatment.N-1))
}

func (e Estimate) known() bool {
	return usable(e.Value, e.SE) && e.SE > 1/mostSize && e.DF > 0 && !math.IsNaN(e.DF)
}

// Interval is the (1−alpha) confidence interval for one look whose time was fixed before.
// One-sided intervals are infinite on their open side.
func (e Estimate) Interval(alpha float64, side Side) [2]float64 {
	switch side {
	case Greater:
		return [2]float64{e.Value - stat.StudentQuantile(1-alpha, e.DF)*e.SE, math.Inf(1)}
	case Less:
		return [2]float64{math.Inf(-1), e.Value + stat.StudentQuantile(1-alpha, e.DF)*e.SE}
	}
	half := stat.StudentQuantile(1-alpha/2, e.DF) * e.SE
	return [2]float64{e.Value - half, e.Value + half}
}

// PValue is the chance of a difference as large as this one or larger if there were none,
// for one look whose time was fixed before.
func (e Estimate) PValue(side Side) float64 {
	t := e.Value / e.SE
	switch side {
	case Greater:
		return stat.StudentTail(t, e.DF)
	case Less:
		return stat.StudentTail(-t, e.DF)
	}
	return stat.StudentTails(t, e.DF)
}
