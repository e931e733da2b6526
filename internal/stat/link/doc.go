// Package link asks of two daily series whether one moves the other: whether a KPI, some
// days later, shows in the KGI beyond what calendar, season, trend, the KGI's own memory
// and the other KPIs explain.
//
// A naive correlation calls nearly every pair of marketing series related, because both
// rest at weekends. Here the road is:
//
//  1. calendar.go   what every day has by its date alone: weekday, holidays, season, trend
//  2. transform.go  logarithms, counts or levels: how a series is measured
//  3. clean.go      outlier days and gaps of one series, put right once
//     shifts.go     its outages and lasting steps; holidays.go holidays that differ
//  4. response.go   the target of a link as a linear model; low counts as counts
//     controls.go   the other KPIs that are held still
//  5. errormodel.go the memory of the noise, estimated without the bias of the calendar
//     null.go       what a link has to add to, filtered free of that memory
//  6. kernels.go    shapes of delay the effect may take
//  7. test.go       one question from beginning to end
//     combine.go    one p-value over all delays
//     uneven.go     what a few eventful weeks take off it
//  8. guards.go     what would make a true association no proof of direction
//     blocks.go     what would make it the work of a few weeks or of the season
//  9. strength.go   elasticity, lag and their intervals; history.go through time
//     predict.go    whether it helps to predict
//  10. decide.go    false discoveries over a whole model; moves, does not move, cannot tell
//     drift.go      the days after a break; power.go the test that would settle a link
//
// All functions are pure. A Design, its Cleaned series and Test may be used from several
// goroutines at once; what is computed on first use is handed on through a channel.
package link
