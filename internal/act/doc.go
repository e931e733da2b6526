// Package act is the floor all acting stands on: who is acted for, when, with what and
// whether it may be. Its rooms think; the actor (internal/actor) reads events and writes
// effects with them, internal/deliver hands mail and messages to the world.
//
//	contact     who somebody is, consent, refusal
//	condition   the one language of segments, triggers and scores
//	score       points, bands, reasons
//	automation  triggers, steps, waits, holdout
//	outbox      what is to be handed over, once
//	mail        blocks, personalisation, messages, what a mail must contain
//	form        forms and surveys
//	law         what the law asks, who is handed data, what a notice says
package act
