package classic

import "math"

// initialState is the start of the search (HKOS 2008, section 2.6.1): the season from a
// classical decomposition of the first years, level and slope from a line through the
// first values without it.
func initialState(y []float64, m int, kind Kind) State {
	s := State{}
	adjusted := y
	if kind.Season != NoSeason {
		head := y[:min(len(y), max(4*m, 3*m))]
		d, _ := Decompose(head, m, kind.Season == Multiplicative)
		s.Season = d.Indices
		if kind.Season == Multiplicative {
			total := 0.0
			for i, v := range s.Season {
				s.Season[i] = math.Max(v, 1e-2)
				total += s.Season[i]
			}
			for i := range s.Season {
				s.Season[i] *= float64(m) / total
			}
		}
		adjusted = make([]float64, len(head))
		for i, v := range head {
			if kind.Season == Multiplicative {
				adjusted[i] = v / s.Season[i%m]
			} else {
				adjusted[i] = v - s.Season[i%m]
			}
		}
	}
	head := adjusted[:min(len(adjusted), max(10, 2*m))]
	if !kind.Trend {
		s.Level = mean(head)
		return s
	}
	s.Level, s.Slope = line(head)
	if kind.Multiplied || kind.Season == Multiplicative {
		// A product needs a positive start however steep the line is.
		if s.Level+s.Slope <= 0 {
			s.Level, s.Slope = math.Abs(head[0])*.99, 0
		}
	}
	return s
}

// line is the least squares line through y at 1 … n: its value at 0 and its slope.
func line(y []float64) (at0, slope float64) {
	n := float64(len(y))
	if n < 2 {
		return mean(y), 0
	}
	centre := (n + 1) / 2
	sum := 0.0
	for i, v := range y {
		sum += (float64(i+1) - centre) * v
	}
	slope = sum / (n * (n*n - 1) / 12)
	return mean(y) - slope*centre, slope
}
