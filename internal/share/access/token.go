package access

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// Prefixes of keys, so that people and scanners of leaked secrets know one by its look.
const (
	WriteKeyPrefix = "shrb_w_" // public by nature: every visitor of a website can read it
	APIKeyPrefix   = "shrb_k_" // a secret
)

const (
	tokenBytes    = 32 // 256 bits cannot be guessed
	writeKeyBytes = 15 // names a workspace's door; 20 letters
)

// NewToken is a secret of 256 bits: 43 letters, digits, "-" and "_".
func NewToken(random io.Reader) (string, error) { return draw(random, tokenBytes) }

// NewAPIKey is a secret for a program.
func NewAPIKey(random io.Reader) (string, error) {
	token, err := draw(random, tokenBytes)
	return APIKeyPrefix + token, err
}

// NewWriteKey is a key that events are sent with.
func NewWriteKey(random io.Reader) (string, error) {
	token, err := draw(random, writeKeyBytes)
	return WriteKeyPrefix + token, err
}

func draw(random io.Reader, size int) (string, error) {
	secret := make([]byte, size)
	if _, err := io.ReadFull(random, secret); err != nil {
		return "", fmt.Errorf("draw a secret: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(secret), nil
}

// Fingerprint is what is kept of a secret: whoever reads the database cannot use
// it. A plain SHA-256 will do, because a drawn secret cannot be guessed.
func Fingerprint(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Hint is the end of a secret, by which its owner tells it from another.
func Hint(secret string) string { return secret[max(0, len(secret)-4):] }

// Bearer is the API key of an Authorization header; "" where there is none.
func Bearer(header string) string {
	kind, key, found := strings.Cut(header, " ")
	if key = strings.TrimSpace(key); !found || !strings.EqualFold(kind, "Bearer") || len(key) > 200 {
		return ""
	}
	return key
}
