// Package worlds makes pairs of daily series whose truth is known: which KPI moves the
// KGI, by how much, after how many days, and when that stops. Every gate of the links and
// of their breaks is measured on them, so that a claim like "at most 5 % false links" is
// about something anybody can draw again from the seed.
//
// A world is a plain value, the same bytes for the same Spec. Standard is the world of the
// gates; the named families in the other files are that world with one thing changed.
package worlds
