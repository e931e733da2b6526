// Package deliver is where things leave the house, and where what comes back arrives.
//
//	mail       a message made of parts, signed, handed to a mail server
//	webhook    other programs told, signed
//	track      addresses that lead from a mail back to us
//	bounce     what mail servers and carriers send back
//	preflight  whether the world would believe a sender
package deliver
