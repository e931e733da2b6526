// Package sample makes up daily numbers that look like a Japanese company's:
// quiet weekends and holidays, a season, good and bad weeks that last a while,
// and counts that scatter as counts do. Templates and the demo draw from it.
//
// Everything is a pure function of a seed and the days asked for: the same
// numbers come out on every machine and on every run, so that a sample can be
// compared, cached and tested.
package sample
