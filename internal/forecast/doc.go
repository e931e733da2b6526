// Package forecast says where a daily number is heading: how its days differ
// from one another (Profile), where a sum, a level or a rate will land, and how
// sure that is (Outcome).
//
// Metrics are led on together as paths (NewPaths): ways the days to come may go, in which
// what carried over from day to day and what moved together does so again. Indicators are
// formulas on what the paths come to over a span, so that a goal and what it is made of
// agree. Each metric is a weekly model around the shape of its days, weighted by how well
// it foretold the past and calibrated on it, sums included; Backtest tells how such
// forecasts would have fared, and Score how the probabilities once given did.
//
// Beside it stand plain projections of one number (Flow, Level, Rate) and what a pace is
// made of (Profile).
//
// The package is pure: histories come in as series, nothing asks the clock.
package forecast
