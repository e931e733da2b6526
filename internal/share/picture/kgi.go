package picture

import "math"

// drawKGI is the final goal's card: the number, the way to the deadline, and how likely it is
// reached.
func drawKGI(d *Drawing, c Card, w, h float64) {
	d.text(20, 34, 12, Quiet, c.Heading)
	drawMark(d, c.Status, w-40, 20, 20)
	d.add(Shape{Text: cutBold(c.Name, w-36, 16), X: 20, Y: 59, Size: 16, Bold: true, Fill: Ink})
	value := c.Value
	if value == "" {
		d.text(20, 100, 12, Quiet, cut(c.Missing, w-40, 12))
	} else {
		size := 40.0
		if boldWidth(value, size)+width("/ "+c.Target, 14)+10 > w-32 {
			size = 28
		}
		value = cutBold(value, w-40, size)
		d.add(Shape{Text: value, X: 20, Y: 105, Size: size, Bold: true, Fill: Ink})
		if c.Target != "" {
			if at := 20 + boldWidth(value, size) + 10; at+width("/ "+c.Target, 14) <= w-12 {
				d.text(at, 105, 14, Quiet, "/ "+c.Target)
			}
		}
	}
	d.text(20, 130, 12, Quiet, cut(c.Pace, w-40, 12))
	if c.Curve != nil {
		d.moved(20, 142, func(d *Drawing) { drawCurve(d, *c.Curve, w-40, max(80, h-250)) })
	}
	d.stroke(lineOf(Point{20, h - 96}, Point{w - 20, h - 96}), Hair, 1)
	if c.Odds == nil {
		d.text(20, h-70, 12, Quiet, cut(c.Chance[0], w-40, 12))
	} else {
		d.text(20, h-74, 12, Quiet, c.Chance[0])
		d.add(Shape{Text: c.Chance[1], X: 20, Y: h - 44, Size: 28, Bold: true, Fill: Ink})
		for i := range 10 {
			dot := circle(24.5+float64(i)*12, h-22, 4.5)
			if float64(i) < math.Round(*c.Odds*10) {
				d.fill(dot, Accent)
				d.stroke(dot, Accent, 1)
			} else {
				d.stroke(dot, Grey, 1)
			}
		}
	}
	if c.Landing[1] != "" {
		size := 20.0
		room := w - 52
		if c.Odds != nil {
			room -= boldWidth(c.Chance[1], 28)
		}
		for size > 9 && boldWidth(c.Landing[1], size) > room {
			size--
		}
		d.add(Shape{Text: c.Landing[0], X: w - 20, Y: h - 74, Size: 12, Fill: Quiet, Anchor: End})
		d.add(Shape{Text: c.Landing[1], X: w - 20, Y: h - 44, Size: size, Bold: true, Fill: Ink, Anchor: End})
	}
}

// drawCurve is the road so far, the pace as a thin line to the target, the landing as a band.
func drawCurve(d *Drawing, c Curve, w, h float64) {
	if len(c.Days) == 0 {
		return
	}
	right, bottom := w-max(24, width(c.TargetLabel, 12)+6), h-20
	low, high := math.Inf(1), math.Inf(-1)
	for _, line := range [][]*float64{c.Actual, c.Pace, c.Mean, c.Low, c.High, {c.Target}} {
		for _, v := range line {
			if v != nil {
				low, high = min(low, *v), max(high, *v)
			}
		}
	}
	if low > high {
		return
	}
	if low > 0 {
		if low < high*0.5 {
			low = 0
		} else {
			low -= (high - low) * 0.25
		}
	}
	if high == low {
		low, high = low-1, high+1
	}
	first, last := c.Days[0], c.Days[len(c.Days)-1]
	x := func(day float64) float64 {
		if last == first {
			return right / 2
		}
		return (day - first) / (last - first) * right
	}
	y := func(v float64) float64 { return 6 + (bottom-6)*(1-(v-low)/(high-low)) }
	at := func(values []*float64) func(int) Point {
		return func(i int) Point { return Point{x(c.Days[i]), y(*values[i])} }
	}
	d.stroke(lineOf(Point{0, bottom}, Point{right, bottom}), Rule, 1)
	drawBand(d, c, at)
	drawLine(d, c.Pace, at(c.Pace), Ink, 1)
	drawLine(d, c.Mean, at(c.Mean), Accent, 1.5, 3, 3)
	today := x(min(c.Today, last))
	if there := someValue(c.Actual); there {
		now := drawLine(d, c.Actual, at(c.Actual), Accent, 2.5)
		d.stroke(lineOf(Point{today, bottom}, Point{today, now.Y}), Rule, 1, 2, 3)
		d.fill(circle(now.X, now.Y, 3.5), Accent)
	}
	if c.Target != nil {
		d.text(right+6, max(10, y(*c.Target)+4), 12, Ink, c.TargetLabel)
	}
	half := width(c.Labels[1], 12) / 2
	if today-half > width(c.Labels[0], 12)+6 {
		d.text(0, h-4, 12, Quiet, c.Labels[0])
	}
	d.add(Shape{Text: c.Labels[1], X: max(half, min(today, right-half)), Y: h - 4, Size: 12, Fill: Ink, Anchor: Middle})
	if today+half < right-width(c.Labels[2], 12)-6 {
		d.add(Shape{Text: c.Labels[2], X: right, Y: h - 4, Size: 12, Fill: Quiet, Anchor: End})
	}
}

func someValue(values []*float64) bool {
	for _, v := range values {
		if v != nil {
			return true
		}
	}
	return false
}

// drawBand fills between the low and the high line where both exist.
func drawBand(d *Drawing, c Curve, at func([]*float64) func(int) Point) {
	var there, back []Point
	for i := range c.Low {
		if c.Low[i] != nil && i < len(c.High) && c.High[i] != nil {
			there = append(there, at(c.High)(i))
			back = append(back, at(c.Low)(i))
		}
	}
	if len(there) < 2 {
		return
	}
	for i := len(back) - 1; i >= 0; i-- {
		there = append(there, back[i])
	}
	d.fill(closed(lineOf(there...)), Wash)
}
