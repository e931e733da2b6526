package event

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"
)

// identity reads an id. Words that mean "no id" in a programme that forgot to check would
// make one person of everybody, so they are none.
func identity(raw string) string {
	s := text(raw)
	if len(s) <= 15 && nobody[strings.ToLower(s)] {
		return ""
	}
	return s
}

var nobody = map[string]bool{
	"null": true, "undefined": true, "none": true, "nil": true, "nan": true, "[object object]": true,
	"anonymous": true, "guest": true, "true": true, "false": true, "0": true, "(null)": true, "n/a": true,
}

// CookielessVisitor names a visitor without anything being kept on their device: a hash of
// the day's salt, the workspace, and what a request shows anyway. When the salt is thrown
// away after the day nobody, we included, can find out whose it was or join two days.
func CookielessVisitor(salt []byte, ws Workspace, address, userAgent string) string {
	h := sha256.New()
	for _, part := range []string{string(salt), string(ws), address, userAgent} {
		// The length before each part: "ab"+"c" and "a"+"bc" are different people.
		var size [8]byte
		binary.LittleEndian.PutUint64(size[:], uint64(len(part)))
		h.Write(size[:])
		h.Write([]byte(part))
	}
	var sum [sha256.Size]byte
	return base64.RawURLEncoding.EncodeToString(h.Sum(sum[:0])[:16])
}

// messageID makes the id of an event that came without one, so that a body which is sent
// blindly again is still one event. Two equal events at different moments are two; when the
// event itself has no moment, the minute in which it came must do.
func messageID(key, item string, index int, received Millis, stamped bool) string {
	h := sha256.New()
	var numbers [16]byte
	binary.LittleEndian.PutUint64(numbers[:8], uint64(index))
	if !stamped {
		binary.LittleEndian.PutUint64(numbers[8:], uint64(received)/60000)
	}
	h.Write(numbers[:])
	h.Write([]byte(key))
	h.Write([]byte{0})
	h.Write([]byte(item))
	var sum [sha256.Size]byte
	return "made-" + base64.RawURLEncoding.EncodeToString(h.Sum(sum[:0])[:16])
}
