package formula

// The signs of a map, as people write them.
const (
	signTimes    = "×"
	signPlus     = "＋"
	signMinus    = "－"
	signOver     = "÷"
	signEquals   = "="
	signFunction = "ƒ"
)

// Sign is the one sign that stands where the parts meet: ＋ or × where any part
// joins by it, － and ÷ where all but the first are taken away or divided by, =
// for a name alone, ƒ for anything else.
func (s Shape) Sign() string {
	switch s.Op {
	case JoinSum:
		for _, part := range s.Parts[min(1, len(s.Parts)):] {
			if part.Sign > 0 {
				return signPlus
			}
		}
		return signMinus // a - b - c
	case JoinProduct:
		return signTimes
	case JoinQuotient:
		for _, part := range s.Parts[min(1, len(s.Parts)):] {
			if !part.Inverse {
				return signTimes
			}
		}
		return signOver
	case JoinName:
		return signEquals
	}
	return signFunction
}

// SignOf is the sign by which one part joins the others.
func (s Shape) SignOf(part Part) string {
	switch {
	case s.Op == JoinName:
		return signEquals
	case s.Op == JoinMixed:
		return signFunction
	case s.Op == JoinSum && part.Sign < 0:
		return signMinus
	case s.Op == JoinSum:
		return signPlus
	case part.Inverse:
		return signOver
	}
	return signTimes
}
