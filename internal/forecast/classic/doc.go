// Package classic holds the classical forecasting methods of one series at a time:
// exponential smoothing (ETS), Theta, ARIMA, damped trend, seasonal naive, their
// combination, decomposition, and the yardsticks that tell whether any of them is good.
//
// It serves series of months, weeks, quarters or years — what a target is usually set
// in — and lends small quick pieces to the daily engine next door. Its methods are
// checked against published numbers, and their combination against two forecasting
// competitions (M3, M4), so that "the forecast is as good as they come" is a measured
// sentence.
//
// Everywhere: y[0] is the oldest value, m the number of steps in one season (12 for
// months, 1 for none), h the number of steps ahead; forecasts have h values, the first
// one step after the last of y. A missing value is NaN. No function returns NaN or Inf
// for data it was given: a series too short or too empty for a method gets the simplest
// forecast that is possible and a Reason.
package classic
