// Package question is what people ask of a number, a road or a finding, and what they are
// answered. It holds what a thread is and whose words are in it, who may do what with them,
// what is new to whom, who hears of it, and how a plain text is read: the addresses in it,
// the people called by their names. It knows no clock and keeps nothing.
package question
