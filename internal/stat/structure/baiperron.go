package structure

import (
	"fmt"
	"math"
)

// Dating is the best placement of 0, 1, … breaks in a sample.
type Dating struct {
	sample *Sample
	Least  int       // observations every regime has at least
	Breaks [][]int   // Breaks[m]: m dates in order, each the number of observations before it
	RSS    []float64 // RSS[m]: residual sum of squares with m breaks
	BIC    []float64 // BIC[m] = n(log RSS + 1 − log n + log 2π) + log(n)·(k+1)(m+1)
	LWZ    []float64 // LWZ[m], stricter: see Date
}

// Date places up to most breaks so that the residual sum of squares is least, every regime
// holding at least least observations: the dynamic programme of Bai and Perron (2003) over
// all stretches. BIC counts k coefficients and a date per regime and one variance; LWZ (Liu,
// Wu and Zidek 1997) replaces log n by .299·(log n)^2.1, with which autocorrelated errors
// are mistaken for breaks less often. Fewer than most breaks come back where no more fit.
// Errors: ErrShape for negative arguments, ErrTooShort where not even one regime fits.
func (s *Sample) Date(least, most int) (*Dating, error) {
	if most < 0 || least < 1 {
		return nil, fmt.Errorf("date %d breaks with regimes of %d: %w", most, least, ErrShape)
	}
	least = max(least, s.k)
	if s.n < least {
		return nil, fmt.Errorf("fit a regime of %d in %d observations: %w", least, s.n, ErrTooShort)
	}
	most = min(most, s.n/least-1)
	table := s.triangle(least, most)
	d := &Dating{sample: s, Least: least}
	// cost[m][i]: least RSS of the first i rows in m+1 regimes; from[m][i]: where the last began.
	cost := make([][]float64, most+1)
	from := make([][]int, most+1)
	for m := range cost {
		cost[m], from[m] = make([]float64, s.n+1), make([]int, s.n+1)
		for i := range cost[m] {
			cost[m][i] = math.Inf(1)
			if m == 0 {
				if i >= least {
					cost[0][i] = table(0, i)
				}
				continue
			}
			for j := m * least; j+least <= i; j++ {
				if c := cost[m-1][j] + table(j, i); c < cost[m][i] {
					cost[m][i], from[m][i] = c, j
				}
			}
		}
		breaks := make([]int, m)
		for l, i := m, s.n; l > 0; l-- {
			i = from[l][i]
			breaks[l-1] = i
		}
		d.add(breaks, cost[m][s.n])
	}
	return d, nil
}

// triangle is the RSS of every stretch that can be a regime, computed once.
func (s *Sample) triangle(least, most int) func(from, to int) float64 {
	w := s.scratch()
	rows := make([][]float64, s.n+1)
	for a := 0; a+least <= s.n; a++ {
		if a > 0 && (a < least || most == 0) {
			continue
		}
		rows[a] = make([]float64, s.n-a+1)
		for b := a + least; b <= s.n; b++ {
			rows[a][b-a] = s.fit(a, b, w)
		}
	}
	return func(from, to int) float64 { return rows[from][to-from] }
}

func (d *Dating) add(breaks []int, rss float64) {
	n, k, m := float64(d.sample.n), float64(d.sample.k), float64(len(breaks))
	d.Breaks, d.RSS = append(d.Breaks, breaks), append(d.RSS, rss)
	floor := math.Max(rss, 1e-14*d.sample.rss)
	d.BIC = append(d.BIC, n*(math.Log(floor)+1-math.Log(n)+math.Log(2*math.Pi))+math.Log(n)*(k+1)*(m+1))
	count := (m+1)*k + m
	free := math.Max(n-count, 1)
	d.LWZ = append(d.LWZ, math.Log(floor/free)+count/n*.299*math.Pow(math.Log(n), 2.1))
}

// ByBIC and ByLWZ are the number of breaks each criterion prefers.
func (d *Dating) ByBIC() int { return smallest(d.BIC) }
func (d *Dating) ByLWZ() int { return smallest(d.LWZ) }

func smallest(values []float64) int {
	at := 0
	for i, v := range values {
		if v < values[at] {
			at = i
		}
	}
	return at
}

// Interval is a break with its range, as numbers of observations before the break.
type Interval struct{ Lower, Break, Upper int }

// Intervals are the level (say .95) intervals of the m dates of Breaks[m], after Bai (1997,
// 2000): each date is the maximum of a two-sided Brownian motion with a drift, whose scales
// on either side follow the moments and the error variance of the regime on that side. The
// interval is widened to whole observations. Ends stay inside the sample.
// Errors: ErrShape where m or level is out of range.
func (d *Dating) Intervals(m int, level float64) ([]Interval, error) {
	if m < 0 || m >= len(d.Breaks) || !(level > 0 && level < 1) {
		return nil, fmt.Errorf("give %v intervals for %d breaks: %w", level, m, ErrShape)
	}
	s := d.sample
	w := s.scratch()
	ends := append(append([]int{0}, d.Breaks[m]...), s.n)
	out := make([]Interval, m)
	for i := range out {
		a, b, c := ends[i], ends[i+1], ends[i+2]
		left, right := s.coefficientsInBasis(a, b, w), s.coefficientsInBasis(b, c, w)
		delta := make([]float64, s.k)
		for j := range delta {
			delta[j] = right[j] - left[j]
		}
		v1, v2 := s.fit(a, b, w)/float64(b-a), s.fit(b, c, w)/float64(c-b)
		q1, q2 := s.quadratic(a, b, delta), s.quadratic(b, c, delta)
		out[i] = Interval{a + 1, b, c - 1}
		if !(q1 > 0 && q2 > 0 && v1 > 0 && v2 > 0) {
			continue // a change of nothing, or a fit without error: the date is anywhere
		}
		law := dateLaw{xi: q2 / q1, phi: q2 * v2 / (q1 * v1)}
		scale := q1 / v1 // δ'Qδ squared over δ'Ωδ, Ω = σ²Q
		lower, upper := law.quantile((1-level)/2)/scale, law.quantile((1+level)/2)/scale
		// What is drawn is (estimate − truth): the truth lies at estimate − draw.
		// Where one regime hardly tells anything both ends can fall on one side of the
		// estimate, and far outside the sample: the estimate itself always belongs.
		n := float64(s.n)
		out[i].Lower = max(a+1, b-int(math.Ceil(min(max(upper, 0), n))))
		out[i].Upper = min(c-1, b-int(math.Floor(max(min(lower, 0), -n))))
	}
	return out, nil
}

func (s *Sample) coefficientsInBasis(from, to int, w *segment) []float64 {
	s.fit(from, to, w)
	return append([]float64(nil), s.solve(w)...)
}

// quadratic is δ'Q δ with Q the mean of q q' over the rows.
func (s *Sample) quadratic(from, to int, delta []float64) float64 {
	k, sum := s.k, 0.0
	for a := range k {
		for b := range k {
			sum += delta[a] * delta[b] * (s.cross[to*k*k+a*k+b] - s.cross[from*k*k+a*k+b])
		}
	}
	return sum / float64(to-from)
}

// dateLaw is the law of argmax Z, Z(u) = W₁(−u) − |u|/2 left of 0 and √φ·W₂(u) − ξ|u|/2
// right of it.
type dateLaw struct{ xi, phi float64 }

// cdf left of zero is Bai's (1997) closed form; right of zero it is the same law seen in a
// mirror: reflected and rescaled by φ/ξ², the right side becomes a left one with 1/ξ, 1/φ.
func (l dateLaw) cdf(x float64) float64 {
	if x > 0 {
		mirror := dateLaw{1 / l.xi, 1 / l.phi}
		return 1 - mirror.cdf(-x*l.xi*l.xi/l.phi)
	}
	u, r := -x, l.xi/l.phi
	root := math.Sqrt(u)
	a, b := r*(1+r)/2, .5+r
	c := l.phi * (l.phi + 2*l.xi) / (l.xi * (l.phi + l.xi))
	d := (l.phi + 2*l.xi) * (l.phi + 2*l.xi) / (l.xi * (l.phi + l.xi))
	p := -root*math.Exp(-u/8)/math.Sqrt(2*math.Pi) - c*expTail(a*u, b*root) + (d-2+u/2)*normalTail(root/2)
	return math.Min(math.Max(p, 0), 1)
}

// expTail is exp(e)·P(N > z), which stays finite where the factors alone would not.
func expTail(e, z float64) float64 {
	if z < 25 && e < 600 {
		return math.Exp(e) * normalTail(z)
	}
	return math.Exp(e-z*z/2) / (z * math.Sqrt(2*math.Pi)) * (1 - 1/(z*z))
}

func (l dateLaw) quantile(p float64) float64 {
	reach := 1.0
	for reach < 1e9 && (l.cdf(-reach) > p || l.cdf(reach) < p) {
		reach *= 2
	}
	return bisect(func(x float64) bool { return l.cdf(x) < p }, -reach, reach)
}
