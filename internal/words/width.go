package words

// HalfWidth is the ASCII sign for what a Japanese keyboard or a word processor
// puts in its place: the full-width forms of ! to ~, and the minus sign U+2212.
// Other characters stay as they are, so it can be used with strings.Map.
func HalfWidth(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '−':
		return '-'
	}
	return r
}
