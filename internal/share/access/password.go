package access

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/words"
)

// Effort is what guessing one password costs. It stands in every hash, so that it
// can be raised later: hashes of before still work and tell that they are old.
type Effort struct {
	MemoryKiB uint32
	Passes    uint32
	Lanes     uint8
}

// Usual is today's effort: the OWASP recommendation's memory (46 MiB), with a pass
// more than it asks for. Signing in takes a tenth of a second.
var Usual = Effort{MemoryKiB: 47104, Passes: 2, Lanes: 1}

const (
	saltBytes = 16
	hashBytes = 32
	// MinPassword is the least number of characters.
	MinPassword      = 10
	maxPasswordBytes = 1024
)

// prepare makes one form of what different keyboards send for the same password:
// full-width letters of a Japanese input method are the letters they stand for.
func prepare(password string) []byte { return []byte(norm.NFKC.String(password)) }

// HashPassword is what is kept of a password: argon2id, its parameters and salt, in
// the usual text form ($argon2id$v=19$m=…,t=…,p=…$salt$hash).
func HashPassword(password string, effort Effort, random io.Reader) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", fmt.Errorf("draw salt: %w", err)
	}
	sum := argon2.IDKey(prepare(password), salt, effort.Passes, effort.MemoryKiB, effort.Lanes, hashBytes)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, effort.MemoryKiB, effort.Passes, effort.Lanes, encode(salt), encode(sum)), nil
}

var errHash = errors.New("password hash cannot be read")

// CheckPassword reports whether a password is the one that was hashed, and whether
// the hash is of another effort than asked and should be made anew. It takes as
// long for a wrong password as for the right one.
func CheckPassword(hash, password string, effort Effort) (right, stale bool, err error) {
	was, salt, sum, err := readHash(hash)
	if err != nil {
		return false, false, err
	}
	if len(password) > maxPasswordBytes {
		password = "" // nobody has one that long; hashing it would be work for nothing
	}
	now := argon2.IDKey(prepare(password), salt, was.Passes, was.MemoryKiB, was.Lanes, uint32(len(sum)))
	return subtle.ConstantTimeCompare(now, sum) == 1 && password != "", was != effort, nil
}

// Limits on what a hash may ask for: one that was tampered with must not eat the machine.
const (
	mostMemoryKiB = 256 << 10
	mostPasses    = 8
)

func readHash(hash string) (effort Effort, salt, sum []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return Effort{}, nil, nil, errHash
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &effort.MemoryKiB, &effort.Passes, &effort.Lanes); n != 3 || err != nil {
		return Effort{}, nil, nil, errHash
	}
	if effort.MemoryKiB == 0 || effort.MemoryKiB > mostMemoryKiB || effort.Passes == 0 || effort.Passes > mostPasses || effort.Lanes == 0 {
		return Effort{}, nil, nil, errHash
	}
	salt, saltErr := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	sum, sumErr := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if saltErr != nil || sumErr != nil || len(salt) < 8 || len(sum) < 16 || len(sum) > 64 {
		return Effort{}, nil, nil, errHash
	}
	return effort, salt, sum, nil
}

// WeakPassword says what is wrong with a password somebody chose, and the mend;
// false where nothing is. There are no rules about digits and signs: length is what
// protects. about is what others know of the person (name, e-mail).
func WeakPassword(password string, about ...string) (words.Text, bool) {
	typed := string(prepare(password))
	switch {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return words.T("このパスワードには使えない文字があります。別のものにしてください。",
			"This password has a character that cannot be used. Choose another."), true
	case utf8.RuneCountInString(typed) < MinPassword:
		return words.T("パスワードは%d文字以上にしてください。好きな言葉をいくつか並べると、長くて覚えやすくなります。",
			"Use at least %d characters. A few words in a row are long and easy to remember.", MinPassword), true
	case len(typed) > maxPasswordBytes:
		return words.T("パスワードが長すぎます。%dバイトまでです。", "The password is too long; at most %d bytes fit.", maxPasswordBytes), true
	case common(typed) || knownOf(typed, about):
		return words.T("このパスワードは、すぐに当てられてしまいます。好きな言葉をいくつか並べると、当てられにくくなります。",
			"This password is one of the first that others try. A few words in a row are harder to guess."), true
	}
	return words.Text{}, false
}

// knownOf reports whether a password is little more than what others know.
func knownOf(password string, about []string) bool {
	folded := fold(password)
	for _, known := range about {
		local, _, _ := strings.Cut(known, "@")
		for _, part := range []string{known, local} {
			if part = fold(part); len(part) >= 4 && strings.Contains(folded, part) &&
				utf8.RuneCountInString(folded)-utf8.RuneCountInString(part) < 5 {
				return true
			}
		}
	}
	return false
}

func fold(text string) string { return strings.ToLower(string(prepare(strings.TrimSpace(text)))) }
