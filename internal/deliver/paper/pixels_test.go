package paper

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/image/font"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/share/picture"
)

func drawnMap(t testing.TB) picture.Map {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "map.ja.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m picture.Map
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func painted(t testing.TB, d picture.Drawing) image.Image {
	t.Helper()
	file, err := Picture(d)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// share is how much of a rectangle of a picture has a colour of its own rather than that of
// what lies below it.
func share(img image.Image, at image.Rectangle, below color.Color) float64 {
	n := 0
	br, bg, bb, _ := below.RGBA()
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); r != br || g != bg || b != bb {
				n++
			}
		}
	}
	return float64(n) / float64(at.Dx()*at.Dy())
}

// The picture is the drawing at twice its size, the same bytes each time, and not much to send.
func TestPicture(t *testing.T) {
	t.Parallel()
	d := picture.Draw(drawnMap(t))
	file, err := Picture(d)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Picture(d); err != nil || !bytes.Equal(file, again) {
		t.Errorf("painted twice it differs, %v", err)
	}
	if len(file) > 400_000 {
		t.Errorf("%d bytes", len(file))
	}
	img := painted(t, d)
	if got := img.Bounds().Size(); got.X != int(2*d.Width) || got.Y != int(2*d.Height) {
		t.Errorf("%v of %v by %v", got, d.Width, d.Height)
	}
	for _, s := range d.Shapes { // where something is written, something is seen
		if s.Text == "" {
			continue
		}
		x := int(2 * s.X)
		at := image.Rect(x, int(2*(s.Y-s.Size*0.7)), x+int(2*s.Size), int(2*s.Y))
		switch s.Anchor {
		case picture.Middle:
			at = at.Sub(image.Pt(int(s.Size), 0))
		case picture.End:
			at = at.Sub(image.Pt(int(2*s.Size), 0))
		}
		if seen := share(img, at, img.At(at.Min.X, at.Min.Y-1)); seen < 0.03 {
			t.Errorf("%q is not seen at %v: %.2f", s.Text, at, seen)
		}
	}
	if out := os.Getenv("SHIRUBE_PAPER"); out != "" {
		if err := os.WriteFile(filepath.Join(out, "map.png"), file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A stroke covers what its length and width say, whatever way it takes; dashes cover their
// part of it.
func TestStrokesCoverTheirArea(t *testing.T) {
	t.Parallel()
	ring := func(r float64) picture.Path {
		k := r * 0.5523
		at := func(x, y float64) picture.Point { return picture.Point{X: 100 + x, Y: 100 + y} }
		return picture.Path{
			{Op: 'M', Points: [3]picture.Point{at(r, 0)}}, {Op: 'C', Points: [3]picture.Point{at(r, k), at(k, r), at(0, r)}},
			{Op: 'C', Points: [3]picture.Point{at(-k, r), at(-r, k), at(-r, 0)}}, {Op: 'C', Points: [3]picture.Point{at(-r, -k), at(-k, -r), at(0, -r)}},
			{Op: 'C', Points: [3]picture.Point{at(k, -r), at(r, -k), at(r, 0)}}, {Op: 'Z'},
		}
	}
	line := func(points ...picture.Point) picture.Path {
		var p picture.Path
		for i, point := range points {
			p = append(p, picture.Step{Op: "ML"[min(i, 1)], Points: [3]picture.Point{point}})
		}
		return p
	}
	straight := line(picture.Point{X: 20, Y: 30}, picture.Point{X: 170, Y: 160})
	long := math.Hypot(150, 130)
	for name, c := range map[string]struct {
		shape picture.Shape
		area  float64
	}{
		"a line":       {picture.Shape{Path: straight, Width: 3}, 3 * long},
		"a thin line":  {picture.Shape{Path: straight, Width: 1}, long},
		"round ends":   {picture.Shape{Path: straight, Width: 8, Round: true}, 8*long + math.Pi*16},
		"dashes":       {picture.Shape{Path: straight, Width: 4, Dash: []float64{6, 4}}, 4 * long * 0.6},
		"a ring":       {picture.Shape{Path: ring(60), Width: 5}, 5 * 2 * math.Pi * 60},
		"a disc":       {picture.Shape{Path: ring(60), Fill: picture.Ink}, math.Pi * 3600},
		"a right turn": {picture.Shape{Path: line(picture.Point{X: 20, Y: 20}, picture.Point{X: 120, Y: 20}, picture.Point{X: 120, Y: 120}), Width: 10}, 10*200 - 25 + math.Pi*25/4},
	} {
		if c.shape.Fill == picture.None {
			c.shape.Stroke = picture.Ink
		}
		img := painted(t, picture.Drawing{Width: 200, Height: 200, Shapes: []picture.Shape{c.shape}})
		dark := 0.0
		for y := range 400 {
			for x := range 400 {
				r, _, _, _ := img.At(x, y).RGBA()
				dark += float64(0xffff-r) / (0xffff - 0x1f1f)
			}
		}
		if area := dark / 4; math.Abs(area-c.area) > 0.015*c.area+2 {
			t.Errorf("%s covers %.0f, not %.0f", name, area, c.area)
		}
	}
}

// Whatever stands in a drawing, painting it ends, within its bounds.
func TestAnyDrawingIsPainted(t *testing.T) {
	t.Parallel()
	length := rapid.OneOf(rapid.Float64Range(-200, 200), rapid.SampledFrom([]float64{0, 1e-9, 1e9, -1e9, math.NaN(), math.Inf(1), math.Inf(-1)}))
	point := rapid.Custom(func(t *rapid.T) picture.Point {
		return picture.Point{X: length.Draw(t, "x"), Y: length.Draw(t, "y")}
	})
	rapid.Check(t, func(t *rapid.T) {
		var d picture.Drawing
		d.Width, d.Height = rapid.Float64Range(1, 120).Draw(t, "width"), rapid.Float64Range(1, 120).Draw(t, "height")
		for range rapid.IntRange(0, 4).Draw(t, "shapes") {
			s := picture.Shape{Fill: picture.Wash, Stroke: picture.Ink, Width: rapid.SampledFrom([]float64{0, 0.5, 3, 40, math.NaN()}).Draw(t, "width"), Round: rapid.Bool().Draw(t, "round")}
			s.Dash = rapid.SampledFrom([][]float64{nil, {3, 2}, {0, 0}, {0, 5}, {-1, 1}}).Draw(t, "dash")
			for range rapid.IntRange(0, 6).Draw(t, "steps") {
				step := picture.Step{Op: rapid.SampledFrom([]byte("MLQCZ")).Draw(t, "op")}
				for i := range step.Points {
					step.Points[i] = point.Draw(t, "point")
				}
				s.Path = append(s.Path, step)
			}
			d.Shapes = append(d.Shapes, s)
			if rapid.Bool().Draw(t, "writes") {
				d.Shapes = append(d.Shapes, picture.Shape{Text: rapid.String().Draw(t, "text"), X: length.Draw(t, "x"), Y: length.Draw(t, "y"), Size: rapid.SampledFrom([]float64{0, 12, 40}).Draw(t, "size")})
			}
		}
		if _, err := Picture(d); err != nil {
			t.Fatal(err)
		}
	})
}

// A map larger than a slide is painted smaller, not without end; what is none is refused.
func TestPicturesAreBounded(t *testing.T) {
	t.Parallel()
	size := painted(t, picture.Drawing{Width: 9000, Height: 3000}).Bounds().Size()
	if size.X*size.Y > mostPixels || size.X*size.Y < mostPixels*9/10 {
		t.Errorf("%v", size)
	}
	for _, bad := range [][2]float64{{0, 10}, {10, 0}, {-4, 10}, {math.NaN(), 10}, {math.Inf(1), 10}} {
		if _, err := Picture(picture.Drawing{Width: bad[0], Height: bad[1]}); err == nil {
			t.Errorf("%v is painted", bad)
		}
	}
}

func BenchmarkPicture(b *testing.B) {
	d := picture.Draw(drawnMap(b))
	for b.Loop() {
		if _, err := Picture(d); err != nil {
			b.Fatal(err)
		}
	}
}

// english is a map in the longest words its picture has to bear.
func english(t *testing.T) picture.Map {
	m := drawnMap(t)
	for i := range m.Cards {
		c := &m.Cards[i]
		c.NoData, c.Value, c.Pace, c.Aside = false, "499,249回", "pace 455,040回", "−0.53時間 in 4 weeks"
		if c.Curve != nil {
			c.Heading, c.Pace, c.Aside, c.Target = "KGI (final goal)", "Pace for today: 455,040回", "", "1,200,000回 a year"
			c.Curve.Labels, c.Curve.TargetLabel, c.Curve.Today = [3]string{"Apr 1", "Nov 21", "Mar 31"}, "1,200,000回", 20
			c.Chance, c.Landing = [2]string{"Chance of reaching it", "75%"}, [2]string{"Landing", "1,095,000–1,116,000回"}
		}
	}
	for i := range m.Links {
		if m.Links[i].Lines[0] != "" {
			m.Links[i].Lines = [2]string{"+10% → +2.9%", "after 5 days · prediction"}
		}
	}
	for i, word := range []string{"Met", "On pace", "Behind", "Missed", "Too early"} {
		m.Marks = append(m.Marks[:i:i], picture.Mark{Status: picture.Status([]string{"met", "on-pace", "behind", "missed", "too-early"}[i]), Word: word})
	}
	m.Roads = nil
	for kind, word := range map[picture.RoadKind]string{picture.Formula: "Calculated", picture.Moves: "Influence (wider is stronger)", picture.Still: "Does not move it", picture.Broken: "Broken", picture.Unmeasured: "Not known yet"} {
		m.Roads = append(m.Roads, picture.RoadWords{Kind: kind, Word: word})
	}
	m.Line, m.Printed, m.Watched = "Version 12 · numbers up to Nov 21, 2026", "Numbers up to Nov 21, made on Nov 22, 2026", "Focus"
	return m
}

// No text stands on another, and none leaves the picture, in the letters it is painted in.
func TestTextsHaveRoom(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]picture.Map{"ja": drawnMap(t), "en": english(t)} {
		d := picture.Draw(m)
		type span struct{ left, right, base, size float64 }
		var all []span
		var texts []string
		letters := faces{}
		for _, s := range d.Shapes {
			if s.Text == "" {
				continue
			}
			face, err := letters.of(s.Bold, s.Size)
			if err != nil {
				t.Fatal(err)
			}
			wide := float64(font.MeasureString(face, shown(s.Text))) / 64
			at := span{s.X, s.X + wide, s.Y, s.Size}
			switch s.Anchor {
			case picture.Middle:
				at.left, at.right = s.X-wide/2, s.X+wide/2
			case picture.End:
				at.left, at.right = s.X-wide, s.X
			}
			if at.left < 0 || at.right > d.Width+1 {
				t.Errorf("%s: %q goes from %.0f to %.0f, of %.0f", name, s.Text, at.left, at.right, d.Width)
			}
			for i, other := range all {
				apart := math.Abs(other.base-at.base) >= 0.8*min(other.size, at.size)
				if !apart && at.left < other.right && other.left < at.right {
					t.Errorf("%s: %q stands on %q", name, s.Text, texts[i])
				}
			}
			all, texts = append(all, at), append(texts, s.Text)
		}
		if len(all) < 20 {
			t.Errorf("%s: %d texts", name, len(all))
		}
		if out := os.Getenv("SHIRUBE_PAPER"); out != "" {
			file, err := Picture(d)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(out, "map."+name+".png"), file, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
