// Package front is how the server speaks HTTP: what is known of a request and of whoever asks,
// what every request may say (its workspace, its language, its day), how an operation declares
// what it needs, how numbers and lists are written into replies, and the one place where an
// error becomes an answer. It knows no resource; every room that answers requests stands on it.
package front
