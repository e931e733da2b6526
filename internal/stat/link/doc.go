// Package link asks of two daily series whether one moves the other: whether a KPI, some
// days later, shows in the KGI beyond what calendar, season, trend, the KGI's own memory
// and the other KPIs explain.
//
// A naive correlation calls nearly every pair of marketing series related, because both
// rest at weekends. Here the road is:
//
//  1. calendar.go   what every day has by its date alone: weekday, holidays, season, trend
//  2. transform.go  logarithms, counts or levels: how a series is measured
//  3. clean.go      outlier days, outages, level steps and gaps of one series, put right once
//  4. response.go   the target of a link as a linear model; low counts as counts
//  5. errormodel.go the memory of the noise, estimated without the bias of the calendar
//  6. kernels.go    shapes of delay the effect may take
//  7. test.go       one p-value per link over all delays
//  8. guards.go     what would make a true association no proof of direction
//  9. strength.go   elasticity, lag and their intervals
//  10. decide.go    false discoveries over a whole model; moves, does not move, cannot tell
//
// All functions are pure. A Design, its Cleaned series and Test may be used from several
// goroutines at once; what is computed on first use is handed on through a channel.
package link
