// Package mail hands mail to a mail server: it makes the message (go-mail), signs it
// (go-msgauth), keeps connections open and says exactly how each handing over ended.
//
// The one thing it must never do is to send twice. A connection that breaks before the
// last dot of a message has delivered nothing, by the protocol; one that breaks after it
// may have, and is Unknown: nobody here tries that again.
package mail
