// Package law lists what the law of Japan and the large mailbox providers ask of whoever
// scores people and writes to them, and what is done about each: where it stops, what it
// keeps. It knows who is handed personal data, and what other tags of a website send.
//
// It is no legal advice; each duty names its article so that somebody who knows can look.
package law
