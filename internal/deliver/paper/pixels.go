package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/vector"

	"github.com/shirube/shirube/internal/share/picture"
)

// sharp is how many pixels one of a drawing becomes: slides are shown large.
const sharp = 2

// mostPixels bounds a picture, 4 bytes each: a drawing larger than that is painted smaller.
const mostPixels = 12 << 20

// Picture paints a drawing as a PNG file, its letters those of the paper. It says what the
// drawing's SVG says, for slides and chats that cannot show one. The same drawing gives the
// same bytes.
func Picture(d picture.Drawing) ([]byte, error) {
	c, err := newCanvas(d.Width, d.Height)
	if err != nil {
		return nil, fmt.Errorf("paint %q: %w", d.Label, err)
	}
	for _, s := range d.Shapes {
		if s.Text != "" {
			c.write(s)
			continue
		}
		ways := c.flat(s.Path)
		if s.Fill != picture.None {
			c.fill(ways, s.Fill)
		}
		if s.Stroke != picture.None {
			c.fill(outlines(ways, s, c.scale), s.Stroke)
		}
	}
	if c.err != nil {
		return nil, fmt.Errorf("paint %q: %w", d.Label, c.err)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, c.image); err != nil {
		return nil, fmt.Errorf("write %q: %w", d.Label, err)
	}
	return file.Bytes(), nil
}

// canvas is the picture while it is painted.
type canvas struct {
	image  *image.RGBA
	scale  float64 // pixels of one of the drawing
	raster vector.Rasterizer
	faces  faces
	err    error // the first; it stops all writing
}

func newCanvas(width, height float64) (*canvas, error) {
	if !(width >= 1 && height >= 1) || math.IsInf(width*height, 0) {
		return nil, fmt.Errorf("a picture of %v by %v", width, height)
	}
	scale := min(sharp, math.Sqrt(mostPixels/(width*height)))
	w, h := max(1, int(width*scale)), max(1, int(height*scale))
	if w > mostPixels || h > mostPixels {
		return nil, fmt.Errorf("a picture of %v by %v", width, height)
	}
	c := &canvas{image: image.NewRGBA(image.Rect(0, 0, w, h)), scale: scale, faces: faces{}}
	draw.Draw(c.image, c.image.Rect, image.White, image.Point{}, draw.Src)
	return c, nil
}

func paintOf(name picture.Colour) *image.Uniform {
	r, g, b := rgb(string(name))
	return image.NewUniform(color.RGBA{r, g, b, 0xff})
}

// fill paints what the ways enclose. Only the part of the canvas they touch is looked at.
func (c *canvas) fill(ways []way, with picture.Colour) {
	at := bounds(ways).Intersect(c.image.Rect)
	if at.Empty() {
		return
	}
	c.raster.Reset(at.Dx(), at.Dy())
	c.raster.DrawOp = draw.Over
	dx, dy := float32(at.Min.X), float32(at.Min.Y)
	for _, w := range ways {
		for i, p := range w.points {
			if x, y := float32(p.X)-dx, float32(p.Y)-dy; i == 0 {
				c.raster.MoveTo(x, y)
			} else {
				c.raster.LineTo(x, y)
			}
		}
		c.raster.ClosePath()
	}
	c.raster.Draw(c.image, at, paintOf(with), image.Point{})
}

// bounds is the pixels that ways touch.
func bounds(ways []way) image.Rectangle {
	low, high := picture.Point{X: math.Inf(1), Y: math.Inf(1)}, picture.Point{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, w := range ways {
		for _, p := range w.points {
			low.X, low.Y, high.X, high.Y = min(low.X, p.X), min(low.Y, p.Y), max(high.X, p.X), max(high.Y, p.Y)
		}
	}
	if low.X > high.X {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(low.X)), int(math.Floor(low.Y)), int(math.Ceil(high.X)), int(math.Ceil(high.Y)))
}
