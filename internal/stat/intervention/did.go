package intervention

import "math"

// Difference is a difference-in-differences with its standard errors: by ordinary least
// squares, robust to unequal variances (HC1), and clustered.
type Difference struct {
	Effect                 float64
	SE, SERobust, SEGroups float64
	Groups                 int // clusters; SEGroups is 0 with fewer than two
	Reason                 Reason
}

// DiD regresses y on treated, after and their product; the coefficient of the product is
// the effect. All slices have one entry per observation; cluster may be nil.
//
// Source: Angrist and Pischke, Mostly Harmless Econometrics (2009), eq. 5.2.3; HC1 of
// MacKinnon and White (1985); clusters with the factor G/(G−1)·(n−1)/(n−k) as in Liang
// and Zeger (1986) and common software.
func DiD(y []float64, treated, after []bool, cluster []int) Difference {
	n := len(y)
	if len(treated) != n || len(after) != n || (cluster != nil && len(cluster) != n) {
		return Difference{Reason: BadShape}
	}
	const k = 4
	// The model is saturated: its fit is the mean of each of the four cells.
	var sum, count [4]float64
	cell := make([]int, n)
	for i := range y {
		if treated[i] {
			cell[i] += 2
		}
		if after[i] {
			cell[i]++
		}
		if math.IsNaN(y[i]) || math.IsInf(y[i], 0) {
			cell[i] = -1
			continue
		}
		sum[cell[i]] += y[i]
		count[cell[i]]++
	}
	var average [4]float64
	used := 0.0
	for c := range sum {
		if count[c] == 0 {
			return Difference{Reason: FewUnits}
		}
		average[c] = sum[c] / count[c]
		used += count[c]
	}
	out := Difference{Effect: average[3] - average[2] - average[1] + average[0]}
	if used <= k {
		out.Reason = FewUnits
		return out
	}
	// The row of (X'X)⁻¹X' that belongs to the product: ±1 over the size of the cell.
	sign := [4]float64{1, -1, -1, 1}
	rss, inverse, robust := 0.0, 0.0, 0.0
	groups := map[int]float64{}
	for c := range count {
		inverse += 1 / count[c]
	}
	var order []int
	for i, c := range cell {
		if c < 0 {
			continue
		}
		e := y[i] - average[c]
		w := sign[c] / count[c] * e
		rss += e * e
		robust += w * w
		if cluster != nil {
			if _, seen := groups[cluster[i]]; !seen {
				order = append(order, cluster[i])
			}
			groups[cluster[i]] += w
		}
	}
	out.SE = math.Sqrt(rss / (used - k) * inverse)
	out.SERobust = math.Sqrt(robust * used / (used - k))
	out.Groups = len(groups)
	if g := float64(len(groups)); g > 1 {
		total := 0.0
		for _, id := range order { // in order of appearance, so that the sum is the same every time
			total += groups[id] * groups[id]
		}
		out.SEGroups = math.Sqrt(total * g / (g - 1) * (used - 1) / (used - k))
	}
	if rss == 0 {
		out.Reason = NoSpread
	}
	return out
}
