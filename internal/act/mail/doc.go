// Package mail thinks about what a mail is: blocks that become solid HTML and a text part,
// words that are filled in for each person, and what a mail must say by law before it may
// leave. It is pure: a template and a person come in, bytes come out. Handing a mail to
// the world is the work of internal/deliver/mail.
//
// The law here is the Act on Regulation of Transmission of Specified Electronic Mail
// (特定電子メール法), articles 3 and 4 and rules 7 to 9: the name of who sends, that one may
// refuse with the address to do so beside it, a postal address and where to complain. A
// template cannot leave them out, because they are no block of it.
package mail
