// Package forecast says where daily numbers are heading, and how sure that is.
//
// Metrics are led on together as paths (NewPaths): ways the days to come may go, in
// which what carried over from day to day and what moved together does so again.
// Indicators are formulas on what the paths come to over a span, so that a goal and
// what it is made of agree by construction, and the probability of reaching a number
// is the share of paths that do.
//
// A metric is the shape of its days (weekday, holidays; shape.go) around the level of
// its weeks (weeks.go). The level follows a small family of models, from simple
// smoothing to damped trend and autoregression, with a yearly season (filter.go),
// mixed by how well each foretold the past (mix.go). What is ahead follows in closed
// form (ahead.go), is stretched by how sums of past weeks lay in their intervals
// (calibrate.go), and is drawn by living through past weeks again (simulate.go).
// Backtest tells how such forecasts would have fared, Score how the probabilities once
// given did.
//
// Profile is the other half: how much of a number falls on each day, which pace is
// made of.
//
// The package is pure: histories come in as series, chance from a seed, nothing asks
// the clock.
package forecast
