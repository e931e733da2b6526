package forecast

// Bytes is about how much memory the paths take.
func (p *Paths) Bytes() int {
	n := 0
	for _, m := range p.metrics {
		for _, row := range m.totals {
			n += 8 * len(row)
		}
		for _, row := range m.days {
			n += 8 * len(row)
		}
	}
	return n
}
