// Package score gives people points for what they are and what they did, says why, and
// learns from what became of them.
//
//	card       what is written down: fit rules, behaviour rules, groups, bands, the hot line
//	scorer     a card made ready: totals, parts, when a band changes by time alone
//	verdict    what sales said of hot leads: precision and recall of rules and bands
//	threshold  the hot line that follows from what sales can take and what the KPIs need
//	learn      points proposed from outcomes; from how many views on it pays; drift
//
// Sums are kept in thousandths of a point as whole numbers, so that a total is exactly the
// sum of its parts and no order of events changes it.
package score
