// Package scorecard learns whole-number scorecards from outcomes: "visited the price
// page +3, free mail address −2", as few rules as will do, with the probability that
// goes with every score.
//
// The road: columns become yes-or-no rules (candidates.go); columns that know the
// outcome already are named and left out (leak.go); a sparse logistic regression is
// searched by beam (search.go), varied by swaps (swap.go) and rounded to whole points
// (round.go); the probability is calibrated on rows the card has not seen
// (calibrate.go); what the card is worth is measured the same way (learn.go).
//
// The search follows the published descriptions of FasterRisk (Liu, Zhong, Li, Seltzer,
// Rudin, NeurIPS 2022) and RiskSLIM (Ustun, Rudin, JMLR 2019); how each step differs is
// said where it stands.
//
// The package is pure: no clock, no disk, no chance. Same table, same card.
package scorecard
