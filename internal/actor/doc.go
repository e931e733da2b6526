// Package actor does what the rooms of act have decided: it is the reader of the inbox that
// acts, looks again at whom time alone has changed, and hands over what the outbox holds.
//
// What one go of events causes (people made known, what they did, journeys entered and led
// on, items queued) is written in one transaction with the reader's place. So after any
// crash it has either all happened or not at all, and the same go decided again writes
// nothing twice: what somebody did has its message id, a journey its entry, an item its key.
//
// Handing over cannot be in a transaction with the other side. An item is marked as being
// sent before it leaves, at most one for each connection. Whatever is so marked when the
// program starts may have arrived or not: it is told as unknown and left to a person.
package actor
