package access

import "strings"

// common reports whether a password is one of those everybody tries first: a known
// one (with any digits or signs at its end), one sign over and over, or a run along
// the alphabet, the digits or the keyboard.
func common(password string) bool {
	folded := fold(password)
	if commonest[folded] || sameOverAndOver(folded) || alongRow(folded) {
		return true
	}
	stem := strings.TrimRight(folded, "0123456789!?@#$%&*._-")
	return commonStems[stem]
}

// sameOverAndOver finds "aaaaaaaaaa" and "abcabcabcabc".
func sameOverAndOver(text string) bool {
	for size := 1; size <= 4 && size <= len(text)/2; size++ {
		if strings.Repeat(text[:size], len(text)/size+1)[:len(text)] == text {
			return true
		}
	}
	return false
}

var rows = []string{
	"01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
	"1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm", "zaq12wsxcde34rfvbgt5",
}

// alongRow finds runs in either direction.
func alongRow(text string) bool {
	backwards := []byte(text)
	for i, k := 0, len(backwards)-1; i < k; i, k = i+1, k-1 {
		backwards[i], backwards[k] = backwards[k], backwards[i]
	}
	for _, row := range rows {
		if strings.Contains(row, text) || strings.Contains(row, string(backwards)) {
			return true
		}
	}
	return false
}

// commonest are long enough to be allowed and far too well known.
var commonest = listed(`1234567891 12345678910 1234512345 1122334455 9876543210 123456789a a123456789 123456789q
	q123456789 1q2w3e4r5t6y qwertyuiop1 qwerty123456 asdfghjkl1 zxcvbnm123 abcd123456 abc1234567 123qweasdzxc qweasdzxc123
	password12 passw0rd12 p@ssw0rd12 p@ssword123 iloveyou12 football12 baseball12 princess12 sunshine12 superman12
	trustno1trustno1 correcthorsebatterystaple asdfasdfasdf qwerqwerqwer 147258369 1472583690 7894561230 0987654321
	sakurasakura arigatougozaimasu aishiteru123 konnichiwa123 nihonnippon doraemon123 pikachu123`)

// commonStems are refused with any digits and signs behind them.
var commonStems = listed(`password passwort passw0rd p@ssword p@ssw0rd pass word qwerty qwertyuiop asdfgh asdfghjkl zxcvbn
	administrator admin root user guest test testtest letmein welcome login master dragon monkey shadow michael football
	baseball princess sunshine superman iloveyou changeme default secret hello whatever trustno company shirube
	sakura tokyo japan nippon arigatou aishiteru konnichiwa pokemon doraemon pikachu himitsu`)

func listed(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}
