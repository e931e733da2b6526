// Package effect says what an automation brought: those it acted for beside those held out
// by lot. It is pure: who entered, in which arm, and who had the outcome when come in as
// plain values.
//
// A person counts once, by the first time they entered, and only when their days of watching
// are over: so each is one finished observation in the order of entering, the two arms have
// had the same time, and looking every day is allowed.
package effect
