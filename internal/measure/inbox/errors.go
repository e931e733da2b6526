package inbox

import "errors"

// What Accept answers when it does not take events. Nothing of the call was kept then, and
// the sender may send it again: message ids make that harmless.
var (
	// ErrFull: more is waiting to be written than may wait. Ask again in a moment.
	ErrFull = errors.New("the inbox is full")
	// ErrDiskFull: there is no room on the disk. It recovers by itself when there is.
	ErrDiskFull = errors.New("the disk is full")
)
