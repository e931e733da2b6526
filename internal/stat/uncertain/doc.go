// Package uncertain carries doubt through a calculation: draws that cover a space
// evenly, how much each doubtful number contributes to the doubt of a result, and the
// inverse question, which number gives a wanted result.
//
// Everything is a plain function of its input and a seed.
package uncertain
