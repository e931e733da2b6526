// Package structure asks whether, and when, a regression changed.
//
// It holds the classical tests for structural change (sup, average and exponential F;
// CUSUM, MOSUM and estimate-based fluctuation tests), the optimal dating of several breaks
// with intervals (Bai and Perron), monitoring of new observations, and the two tests that
// stay honest where errors are autocorrelated, as they are in marketing data: a score test
// with a HAC covariance and an F test after prewhitening.
//
// Why the last two exist: with AR(1) errors of .5 and no break at all, the plain sup-F test
// at 5 % alarms in more than 40 % of series. It is here as the reference, not as the advice.
//
// Everything takes n observations, a response y and the rows of a regressor matrix x
// (n×k, with its own column of ones; nil stands for an intercept alone). Dates are counted
// as "observations before the change": a break at 28 means rows 0…27 are the old regime.
package structure

import "errors"

// What a sample can be unfit for. Every function of the package returns one of these,
// wrapped with the numbers at hand, instead of a NaN.
var (
	// ErrTooShort: fewer observations than the regimes need.
	ErrTooShort = errors.New("too few observations")
	// ErrNotFinite: a NaN or an infinity among the numbers; gaps have to be left out before.
	ErrNotFinite = errors.New("a number is missing or infinite")
	// ErrCollinear: the regressors of the whole sample carry the same information twice.
	ErrCollinear = errors.New("the regressors are collinear")
	// ErrConstant: the regression leaves no error at all, so nothing can be compared with it.
	ErrConstant = errors.New("the response does not vary around the regression")
	// ErrShape: rows of different lengths, or an option outside its range.
	ErrShape = errors.New("the shapes or options do not fit")
)
