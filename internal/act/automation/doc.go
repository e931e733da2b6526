// Package automation thinks for what runs by itself: when somebody enters, what happens to
// them step by step, who is held out so that its effect can be told, and when something may
// be handed over at all.
//
// It is pure. A definition and a journey come in with facts and a moment; effects and the
// journey as it stands then come out. The same input gives the same effects under the same
// keys, so deciding something twice is deciding it once.
package automation
