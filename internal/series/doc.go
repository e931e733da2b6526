// Package series holds daily numbers on a calendar: civil days without a clock
// or a zone, spans of days, series with missing days, their aggregates over
// weeks, months, quarters and fiscal years, and the Japanese working calendar.
//
// A day that was not measured is missing, never zero: it is NaN in a Daily and
// every aggregate says how many days it really stands on.
//
// The package is pure. Series and calendars may be read from many goroutines at
// once; nothing here locks, so writing needs an owner.
package series
