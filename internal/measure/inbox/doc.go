// Package inbox makes events durable before they are acknowledged, and hands them to
// readers that each do their work exactly once.
//
// Accept gathers what comes in at the same time into one row of the state database (a
// group commit) and returns when that row has reached the disk. Each reader goes through
// the rows in order and remembers its place in the same transaction as its effect: the
// warehouse in the warehouse, the catalogue in the state. So whichever process dies when,
// nothing acknowledged is lost and nothing is done twice. A row is dropped when every
// reader has passed it.
//
// What is kept in memory is bounded: what waits to be written, what was written last (so
// that readers need not fetch it again), and the last events of each workspace for the
// live view. Beyond its bounds the inbox refuses before it acknowledges.
package inbox
