package classic

import "math"

// filter is the Kalman filter of the process with its stationary start, exact, in the
// form of Morf, Sidhu & Kailath (1974; for ARMA: Pearlman 1980, Mélard 1984): the change
// of the state's variance from one step to the next has rank one, so a step costs the
// order of the process and not its square.
//
// It returns the sum of v²/F, the sum of log F, and the state after the last value: the
// expected next value is state[0], and state moves on as state[i] ← phi_i·state[0] +
// state[i+1]. errors, if not nil, receives v/√F. work needs 4·(order+1) places.
func (a arma) filter(w []float64, errors, work []float64) (ss, logs float64, state []float64, ok bool) {
	p, q := len(a.phi), len(a.theta)
	r := max(p, q+1, 1)
	state, gain, change, first := work[:r], work[r:2*r], work[2*r:3*r], work[3*r:4*r]
	for i := range state {
		state[i] = 0
	}
	psi := a.psi(q + 1)
	gamma, ok := a.autocovariances(r, psi)
	if !ok {
		return 0, 0, nil, false
	}
	// first is the covariance of the state with the value itself.
	first[0] = gamma[0]
	for i := 1; i < r; i++ {
		first[i] = 0
		for j := i; j < r; j++ {
			k := j - i + 1
			if j < p {
				first[i] += a.phi[j] * gamma[k]
			}
			if j-1 < q {
				first[i] += a.theta[j-1] * psi[j-i]
			}
		}
	}
	f := gamma[0]
	a.move(first, gain)
	copy(change, gain)
	shift := -1 / f
	prod := 1.0 // one logarithm for many factors
	for t, value := range w {
		v := value - state[0]
		ss += v * v / f
		if prod *= f; prod > 1e100 || prod < 1e-100 {
			logs += math.Log(prod)
			prod = 1
		}
		if errors != nil {
			errors[t] = v / math.Sqrt(f)
		}
		v /= f
		s0 := state[0]
		for i := 0; i < r; i++ {
			next := gain[i] * v
			if i < p {
				next += a.phi[i] * s0
			}
			if i+1 < r {
				next += state[i+1]
			}
			state[i] = next
		}
		c0 := change[0]
		if math.Abs(shift)*c0*c0 < 1e-14*f && settled(change, shift, f) {
			// The filter is steady: only values move from here on.
			rest, more := a.steady(w[t+1:], state, gain, f, errors, t+1)
			return ss + rest, logs + math.Log(prod) + more, state, true
		}
		scaled := shift * c0
		old := f
		f += scaled * c0
		if !(f > 0) {
			return 0, 0, nil, false
		}
		// The gain takes T·change, and change moves on with the new gain.
		ratio := c0 / f
		for i := 0; i < r; i++ {
			moved := 0.0
			if i < p {
				moved = a.phi[i] * c0
			}
			if i+1 < r {
				moved += change[i+1]
			}
			gain[i] += moved * scaled
			change[i] = moved - gain[i]*ratio
		}
		shift += scaled * scaled / old
	}
	return ss, logs + math.Log(prod), state, true
}

// settled looks at all of the change, not only at its first place.
func settled(change []float64, shift, f float64) bool {
	for _, c := range change {
		if math.Abs(shift)*c*c > 1e-14*f {
			return false
		}
	}
	return true
}

// steady runs the filter with its gain fixed.
func (a arma) steady(w, state, gain []float64, f float64, errors []float64, from int) (ss, logs float64) {
	p, r := len(a.phi), len(state)
	root := math.Sqrt(f)
	for t, value := range w {
		v := value - state[0]
		if errors != nil {
			errors[from+t] = v / root
		}
		v /= f
		ss += v * v * f
		s0 := state[0]
		for i := 0; i < r; i++ {
			next := gain[i] * v
			if i < p {
				next += a.phi[i] * s0
			}
			if i+1 < r {
				next += state[i+1]
			}
			state[i] = next
		}
	}
	return ss, float64(len(w)) * math.Log(f)
}

// move is T·x: one step of the state.
func (a arma) move(x, out []float64) {
	for i := range out {
		out[i] = 0
		if i < len(a.phi) {
			out[i] = a.phi[i] * x[0]
		}
		if i+1 < len(x) {
			out[i] += x[i+1]
		}
	}
}
