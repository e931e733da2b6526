package paper

import (
	"fmt"
	"image"
	"image/draw"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/shirube/shirube/internal/share/picture"
)

// faces are letters of a weight and a size, made when first needed; nil where they cannot be.
type faces map[faceKey]font.Face

type faceKey struct {
	bold bool
	size float64
}

// of is the face of a weight and a size in pixels.
func (f faces) of(strong bool, size float64) (font.Face, error) {
	key := faceKey{strong, size}
	if face, made := f[key]; made {
		return face, nil
	}
	letters := Regular
	if strong {
		letters = Bold
	}
	parsed, err := opentype.Parse(letters)
	if err != nil {
		return nil, fmt.Errorf("read the letters: %w", err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("make letters of %v: %w", size, err)
	}
	f[key] = face
	return face, nil
}

// largest is the size of a letter that fills a slide, in pixels.
const largest = 1000

// write paints one line of text.
func (c *canvas) write(s picture.Shape) {
	if c.err != nil {
		return
	}
	face, err := c.faces.of(s.Bold, max(1, min(s.Size*c.scale, largest)))
	if err != nil {
		c.err = err
		return
	}
	line := []rune(shown(s.Text))
	long := fixed.Int26_6(0)
	for i, letter := range line {
		advance, there := face.GlyphAdvance(letter)
		if !there {
			line[i] = unknown
			advance, _ = face.GlyphAdvance(unknown)
		}
		long += advance
	}
	begin := c.place(picture.Point{X: s.X, Y: s.Y})
	dot := fixed.Point26_6{X: fixed.Int26_6(begin.X * 64), Y: fixed.Int26_6(begin.Y * 64)} // to a 64th of a pixel
	switch s.Anchor {
	case picture.Middle:
		dot.X -= long / 2
	case picture.End:
		dot.X -= long
	}
	colour := paintOf(s.Fill)
	for _, letter := range line {
		at, mask, from, advance, there := face.Glyph(dot, letter)
		if !there {
			continue
		}
		draw.DrawMask(c.image, at, colour, image.Point{}, mask, from, draw.Over)
		dot.X += advance
	}
}
