// Package report writes the one page that says where a team stands: the goal, how likely it
// is to be reached, what changed and why, what was decided and what is asked of the reader.
// It is for people who have never seen the program: one minute, plain words, numbers with
// unit and period.
//
// A Sheet is that page as plain values, in one language. It is kept as it was sent, and drawn
// from the same values as a screen, as a mail (HTML and text) and on paper, so that these
// cannot disagree. When a page is to come is a Plan.
package report
