package table

import (
	"bytes"
	"unicode/utf8"
)

func firstHigh(p []byte) int {
	for i, c := range p {
		if c >= 0x80 {
			return i
		}
	}
	return -1
}

func byteOrderMark(head []byte) (name string, size int) {
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		return utf8Name, 3
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return utf16leName, 2
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return utf16beName, 2
	}
	return "", 0
}

// wideWithoutMark recognises UTF-16 whose byte order mark was lost: the zero
// bytes of its ASCII characters all stand on one side.
func wideWithoutMark(head []byte) string {
	even, odd := 0, 0
	for i, c := range head {
		if c != 0 {
			continue
		}
		if i%2 == 0 {
			even++
		} else {
			odd++
		}
	}
	switch few := len(head) / 8; {
	case odd > few && even == 0:
		return utf16leName
	case even > few && odd == 0:
		return utf16beName
	}
	return ""
}

// recognise decides between UTF-8, CP932 and Latin-1. more tells that the sample
// may end within a character.
func recognise(sample []byte, more bool) string {
	good, bad := countUTF8(sample, more)
	// A few broken characters in a lot of UTF-8 (posts cut off by a platform) are
	// no other encoding; the scanner will say where they are.
	if bad == 0 || good > 20*bad {
		return utf8Name
	}
	if looksJapanese(sample, more) {
		return cp932Name
	}
	return latin1Name
}

func countUTF8(sample []byte, more bool) (good, bad int) {
	for i := 0; i < len(sample); {
		if sample[i] < 0x80 {
			i++
			continue
		}
		r, size := utf8.DecodeRune(sample[i:])
		switch {
		case r != utf8.RuneError || size > 1:
			good++
		case more && len(sample)-i < utf8.UTFMax && !utf8.FullRune(sample[i:]):
			return good, bad
		default:
			bad++
		}
		i += size
	}
	return good, bad
}

// looksJapanese weighs a reading as CP932 against one as Latin-1. Nearly any
// bytes are "valid" in both, but Latin-1 text has single high bytes between ASCII
// letters, while kana and common kanji are pairs that begin with 81–9F, which in
// Latin-1 are no letters; half-width katakana come in runs.
func looksJapanese(sample []byte, more bool) bool {
	japanese, latin, broken := 0, 0, 0
	for i := 0; i < len(sample); {
		c := sample[i]
		if c < 0x80 {
			i++
			continue
		}
		run := 1
		for i+run < len(sample) && sample[i+run] >= 0x80 {
			run++
		}
		if run == 1 && c >= 0xC0 && (letterAt(sample, i-1) || letterAt(sample, i+1)) {
			latin++
		}
		switch {
		case c >= 0xA1 && c <= 0xDF: // half-width katakana, one byte
			if i+1 < len(sample) && sample[i+1] >= 0xA1 && sample[i+1] <= 0xDF {
				japanese++
			}
			i++
		case c == 0x80 || c == 0xA0 || c > 0xFC:
			broken++
			i++
		case i+1 >= len(sample):
			if !more {
				broken++
			}
			i++
		case sample[i+1] < 0x40 || sample[i+1] == 0x7F || sample[i+1] > 0xFC:
			broken++
			i++
		default:
			if c <= 0x9F {
				japanese++
			}
			i += 2
		}
	}
	return japanese > latin && japanese > 10*broken
}

func letterAt(s []byte, i int) bool {
	return i >= 0 && i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z')
}
