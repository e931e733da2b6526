// Package insight thinks about a model and its numbers and says it in plain
// words: where each indicator stands (Status), whether the goal is a good one
// (Check, Smart), why a number changed (Explain), what a change would bring
// (WhatIf), what is known of the links (LinkReport), and the three sentences
// above the map (Sentences).
//
// It is pure: everything comes out of a goal.Evaluator and a day to look from.
// Data after that day are never looked at, so the same model, data and day give
// the same answer for ever.
//
// Numbers that do not exist are nil pointers and null in JSON, never 0 or NaN.
// Sentences are rendered in the language of the Options.
package insight
