// Package change finds where a series' level changed.
//
// It holds the methods the field knows (PELT, binary segmentation, the exact dynamic
// programme, Bayesian online detection), the scores by which they are compared on annotated
// series, and Levels: the detector this program uses, with one fixed setting, made for daily
// series with autocorrelation and one-off outliers.
//
// A change is dated by the first observation of the new segment, counted from 0, so that a
// change at 28 leaves rows 0…27 before it. Other software reports the last row of the old
// segment instead.
package change

import "errors"

// What a series can be unfit for.
var (
	// ErrTooShort: fewer observations than two segments need.
	ErrTooShort = errors.New("too few observations")
	// ErrNotFinite: a NaN or an infinity where the method takes none.
	ErrNotFinite = errors.New("a number is missing or infinite")
	// ErrShape: an option outside its range.
	ErrShape = errors.New("an option is out of range")
)
