package change

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// ShareShift is one lasting change of a share.
type ShareShift struct {
	At          int     // first day of the new level
	First, Last int     // 95 % range of At
	Ratio       float64 // new level over old
	Low, High   float64 // 95 % interval of Ratio
	P           float64 // chance that a share that never changed shows one like it on any day
}

// ShareChanges is what Shares found.
type ShareChanges struct {
	Shifts []ShareShift // in the order of days
	Spread float64      // variance over that of pure counting
	Memory float64      // long-run variance of the residuals over that of single days
	Reason Reason
}

const (
	shareAfter  = 14  // days of a new level, at least
	shareBefore = 28  // days of the old one
	shareCounts = 12. // things expected on either side
	mostShares  = 3   // changes followed in one series
	shareSure   = .05 // of P: a later change is only looked for behind one this sure
	clipAt      = 4.  // Pearson residuals beyond are drawn in: one odd day is no level
)

// Shares finds lasting changes of a rate that is counted: above[t] things of below[t]
// chances on day t; NaN in either, or no chances, is a day without. columns are daily
// regressors of what is usual (weekdays, days off), without the constant; slow are sets of
// regressors (a trend, a season) that are taken in only where the counts ask for them, by
// Schwarz's criterion: held against a step they do not need to be, they hide it.
//
// It is made for few things a day, where a rate in logarithms does not exist on half of
// the days: above is Poisson-like with mean below·exp(Xβ) and variance spread·mean
// (quasi-likelihood, McCullagh and Nelder 1989, ch. 9), and a change on day τ adds δ to the
// exponent from τ on. The day is where the score test is largest; δ is then fitted with
// the rest, its standard error widened by the residuals' spread and memory. P is the tail
// of the largest root of the likelihood ratio over all days, scaled alike (Miller and
// Siegmund, Biometrics 1982, eq. 8); unlike δ over its error it holds when a rate falls
// to nothing.
//
// It never fails: a series it cannot judge comes back with a Reason and no shift.
func Shares(above, below []float64, columns [][]float64, slow ...[][]float64) ShareChanges {
	s := newShares(above, below, columns)
	if len(s.day) < shareAfter+shareBefore || s.total < 2*shareCounts {
		return ShareChanges{Reason: TooShort}
	}
	s.takeIn(above, below, columns, slow)
	var found []int // rows
	out := ShareChanges{}
	for len(found) < mostShares {
		if !s.fit(found) {
			break
		}
		at, profile := s.scan(found)
		if at < 0 {
			break
		}
		without := s.deviance()
		trial := append(append([]int{}, found...), at)
		if !s.fit(trial) {
			break
		}
		spread, memory := s.scatter()
		shift := s.read(len(trial)-1, at, profile, spread*memory)
		gain := math.Max(without-s.deviance(), 0) / (spread * memory)
		shift.P = largestTail(math.Sqrt(gain), float64(shareBefore)/float64(len(s.day)), float64(shareAfter)/float64(len(s.day)))
		if shift.P > shareSure {
			if len(found) == 0 {
				out.Spread, out.Memory = spread, memory
			}
			break
		}
		found, out.Spread, out.Memory = trial, spread, memory
		out.Shifts = append(out.Shifts, shift)
	}
	// With all changes in, each is told by its own size beside the others.
	if len(found) > 1 && s.fit(found) {
		spread, memory := s.scatter()
		for j := range out.Shifts {
			again := s.read(j, found[j], nil, spread*memory)
			out.Shifts[j].Ratio, out.Shifts[j].Low, out.Shifts[j].High = again.Ratio, again.Low, again.High
		}
	}
	sortShifts(out.Shifts)
	return out
}

func sortShifts(shifts []ShareShift) {
	for i := 1; i < len(shifts); i++ {
		for j := i; j > 0 && shifts[j].At < shifts[j-1].At; j-- {
			shifts[j], shifts[j-1] = shifts[j-1], shifts[j]
		}
	}
}

// shares is a rate on the days that have one.
type shares struct {
	day          []int
	above, below []float64
	x            [][]float64 // rows: constant and columns
	total        float64
	mean         []float64 // fitted
	beta         []float64
	cov          *mat.SymDense // inverse information, spread 1
	width        int
}

func newShares(above, below []float64, columns [][]float64) *shares {
	s := &shares{}
	for t := range min(len(above), len(below)) {
		a, b := above[t], below[t]
		if math.IsNaN(a) || math.IsNaN(b) || math.IsInf(a, 0) || math.IsInf(b, 0) || a < 0 || b <= 0 {
			continue
		}
		row := []float64{1}
		for _, c := range columns {
			row = append(row, c[t])
		}
		s.day, s.above, s.below, s.x = append(s.day, t), append(s.above, a), append(s.below, b), append(s.x, row)
		s.total += a
	}
	s.width = 1 + len(columns)
	return s
}

// takeIn adds the sets of slow regressors that pay for themselves, one after the other.
func (s *shares) takeIn(above, below []float64, columns [][]float64, slow [][][]float64) {
	taken := append([][]float64{}, columns...)
	for range slow {
		if !s.fit(nil) {
			return
		}
		spread, memory := s.scatter()
		now := s.deviance()
		best, gain := -1, 0.0
		for k, set := range slow {
			if set == nil {
				continue
			}
			wider := newShares(above, below, append(append([][]float64{}, taken...), set...))
			if !wider.fit(nil) {
				continue
			}
			if g := (now-wider.deviance())/(spread*memory) - float64(len(set))*math.Log(float64(len(s.day))); g > gain {
				best, gain = k, g
			}
		}
		if best < 0 {
			return
		}
		taken = append(taken, slow[best]...)
		slow[best] = nil
		*s = *newShares(above, below, taken)
	}
}

// deviance is twice the distance in log likelihood from a model that knows every day.
func (s *shares) deviance() float64 {
	sum := 0.0
	for i, a := range s.above {
		if a > 0 {
			sum += a * math.Log(a/s.mean[i])
		}
		sum -= a - s.mean[i]
	}
	return 2 * sum
}

// row is the regressors of one row with the steps found so far.
func (s *shares) row(i int, steps []int, into []float64) {
	copy(into, s.x[i])
	for j, at := range steps {
		into[s.width+j] = 0
		if i >= at {
			into[s.width+j] = 1
		}
	}
}

// fit is iteratively reweighted least squares with a breath of ridge, so that columns
// that say the same do not stop it; false where it does not settle.
func (s *shares) fit(steps []int) bool {
	p := s.width + len(steps)
	beta := make([]float64, p)
	chances := 0.0
	for _, b := range s.below {
		chances += b
	}
	beta[0] = math.Log(s.total / chances)
	row, mean := make([]float64, p), make([]float64, len(s.day))
	var chol mat.Cholesky
	for range 25 {
		info, score := mat.NewSymDense(p, nil), make([]float64, p)
		for i := range s.day {
			s.row(i, steps, row)
			eta := 0.0
			for j, x := range row {
				eta += x * beta[j]
			}
			mean[i] = s.below[i] * math.Exp(math.Max(math.Min(eta, 50), -50))
			for j, x := range row {
				if x == 0 {
					continue
				}
				score[j] += x * (s.above[i] - mean[i])
				for k := j; k < p; k++ {
					info.SetSym(j, k, info.At(j, k)+mean[i]*x*row[k])
				}
			}
		}
		for j := range p {
			info.SetSym(j, j, info.At(j, j)*(1+1e-9)+1e-9)
		}
		if !chol.Factorize(info) {
			return false
		}
		var move mat.VecDense
		if chol.SolveVecTo(&move, mat.NewVecDense(p, score)) != nil {
			return false
		}
		largest := 0.0
		for j := range beta {
			d := math.Max(math.Min(move.AtVec(j), 2), -2)
			beta[j] += d
			largest = math.Max(largest, math.Abs(d))
		}
		if math.IsNaN(largest) {
			return false
		}
		if largest < 1e-8 {
			break
		}
	}
	s.mean, s.beta = mean, beta
	s.cov = mat.NewSymDense(p, nil)
	return chol.InverseTo(s.cov) == nil
}

// scan is the score test of a step at every row: the row where it is largest, −1 where none
// is admissible, and z² of all rows (spread 1).
func (s *shares) scan(steps []int) (at int, profile []float64) {
	n, p := len(s.day), s.width+len(steps)
	profile = make([]float64, n)
	at = -1
	spread, _ := s.scatter()
	scale := math.Sqrt(spread)
	cross, row := mat.NewVecDense(p, nil), make([]float64, p)
	score, info, seen := 0.0, 0.0, 0.0
	var solved mat.VecDense
	for i := n - 1; i > 0; i-- {
		root := math.Sqrt(s.mean[i])
		r := math.Max(math.Min((s.above[i]-s.mean[i])/root, clipAt*scale), -clipAt*scale)
		score += r * root
		info += s.mean[i]
		seen += s.above[i]
		s.row(i, steps, row)
		for j, x := range row {
			cross.SetVec(j, cross.AtVec(j)+s.mean[i]*x)
		}
		if !s.admissible(i, steps, info) {
			continue
		}
		solved.MulVec(s.cov, cross)
		left := info - mat.Dot(cross, &solved)
		if left < info*1e-3 {
			continue
		}
		profile[i] = score * score / left
		if at < 0 || profile[i] > profile[at] {
			at = i
		}
	}
	return at, profile
}

// admissible asks for enough days and things on both sides, and away from steps known.
func (s *shares) admissible(i int, steps []int, after float64) bool {
	n := len(s.day)
	if s.day[n-1]-s.day[i]+1 < shareAfter || s.day[i]-s.day[0] < shareBefore || after < shareCounts || s.total-after < shareCounts {
		return false
	}
	for _, at := range steps {
		if d := s.day[i] - s.day[at]; d < shareAfter && -d < shareAfter {
			return false
		}
	}
	return true
}

// scatter is the spread of the Pearson residuals and their memory: how much more sums of
// days vary than single days would make them. Sums of a fortnight and of four weeks are
// looked at beside neighbouring days, because what swings slowly hardly shows from one
// day to the next.
func (s *shares) scatter() (spread, memory float64) {
	n := len(s.day)
	r := make([]float64, n)
	square, cross := 0.0, 0.0
	for i := range r {
		r[i] = (s.above[i] - s.mean[i]) / math.Sqrt(s.mean[i])
		square += r[i] * r[i]
	}
	spread = math.Max(square/float64(max(n-len(s.beta), 1)), .05)
	limit := clipAt * math.Sqrt(spread)
	square = 0
	for i := range r {
		r[i] = math.Max(math.Min(r[i], limit), -limit)
		square += r[i] * r[i]
		if i > 0 {
			cross += r[i] * r[i-1]
		}
	}
	if square == 0 {
		return spread, 1
	}
	rho := math.Max(math.Min(cross/square+1/float64(n), .95), 0)
	memory = (1 + rho) / (1 - rho)
	for _, length := range []int{14, 28} {
		blocks := n / length
		if blocks < 6 {
			continue
		}
		total := 0.0
		for b := range blocks {
			sum := 0.0
			for _, x := range r[n-(b+1)*length : n-b*length] {
				sum += x
			}
			total += sum * sum
		}
		// Regressors of trend and season take variance out of long sums first.
		lost := 1 - math.Min(float64(len(s.beta)-1)/2/float64(blocks), .5)
		// Few long sums say little, so they are believed beyond two standard errors only.
		if seen := total / float64(blocks*length) / (square / float64(n)) / lost; seen > memory*(1+2*math.Sqrt(2/float64(blocks))) {
			memory = seen
		}
	}
	return spread, math.Max(memory, 1)
}

// read tells the nth step.
func (s *shares) read(nth, at int, profile []float64, scale float64) ShareShift {
	j := s.width + nth
	delta, se := s.beta[j], math.Sqrt(s.cov.At(j, j)*scale)
	n := len(s.day)
	out := ShareShift{
		At: s.day[at], First: s.day[at], Last: s.day[at], Ratio: math.Exp(delta),
		Low: math.Exp(delta - 1.96*se), High: math.Exp(math.Min(delta+1.96*se, 50)),
	}
	if profile == nil {
		return out
	}
	total := 0.0
	weights := make([]float64, n)
	for i, z := range profile {
		if z > 0 {
			weights[i] = math.Exp((z - profile[at]) / 2 / scale)
			total += weights[i]
		}
	}
	seen := 0.0
	out.First = -1
	for i, w := range weights {
		seen += w / total
		if out.First < 0 && seen >= .025 {
			out.First = s.day[i]
		}
		if seen >= .975 {
			out.Last = s.day[i]
			break
		}
	}
	return out
}

// largestTail is the chance that the largest |z| of a step over all its possible days
// exceeds c, when a share of the days at the start and at the end is left out.
func largestTail(c, start, end float64) float64 {
	if !(c > 1) {
		return 1
	}
	span := math.Log((1 - start) * (1 - end) / (start * end))
	tail := math.Exp(-c*c/2) * math.Sqrt(2/math.Pi) * ((c-1/c)*span/2 + 2/c)
	return math.Min(tail, 1)
}
