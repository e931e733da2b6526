// Package review is the regular look of a team at its goal (定期点検): when it is due, what is
// on its agenda, what is settled on it, and what came of what was settled before.
//
// An agenda is written from what the numbers say and from what has changed since the last
// review; people put things on it by hand. Each item is settled in one of five ways, with who
// and why, and what was seen that day is kept with it, in both languages, so that the minutes
// read the same a year later.
//
// Everything here is a plain function over plain values: today comes in from outside.
package review
