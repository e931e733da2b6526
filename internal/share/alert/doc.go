// Package alert decides what a team is told without having asked, and when: what fell off
// its pace, a link that broke, data that stopped, leads and questions that wait, and a
// milestone that was reached as gladly as one that was missed.
//
// What is worth telling is a Cause. A Book remembers the causes that stand and which of
// them were told, so that nothing is told twice for one cause; a cause that has been gone
// for long enough may be told again. Everything that is ripe goes into one Letter.
//
// The room is pure: the moment comes in, the book goes in and comes out.
package alert
