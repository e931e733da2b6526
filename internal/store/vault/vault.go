// Package vault keeps secrets that must be given out again, such as the password of a
// database that numbers are fetched from, so that whoever reads the state alone cannot
// use them: they are sealed with a key that lies in a file of its own.
//
// A sealed secret names its key and is bound to what it belongs to: moved to another
// workspace or another connection it does not open.
package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/shirube/shirube/internal/words"
)

// KeyFile is the key's name inside a data folder.
const KeyFile = "secret.key"

const (
	header   = "shirube-key-1 " // before the key in its file
	form     = 1                // first byte of what is sealed
	nameSize = 8                // of the key's name inside what is sealed
	// maxSecretBytes is more than a service account's file has.
	maxSecretBytes = 64 << 10
)

// Vault seals and opens secrets. It is safe for concurrent use. The key is read when it
// is first asked for, and made then where there is none.
type Vault struct {
	path   string
	random io.Reader

	mu  sync.Mutex
	key []byte
}

// At is a vault whose key lies in a file. random nil is the system's secure randomness.
func At(path string, random io.Reader) *Vault {
	if random == nil {
		random = rand.Reader
	}
	return &Vault{path: path, random: random}
}

// Seal encrypts a secret that belongs to owner. The key file is made when missing.
func (v *Vault) Seal(owner string, secret []byte) ([]byte, error) {
	if len(secret) > maxSecretBytes {
		return nil, fmt.Errorf("seal the secret of %q: %d bytes are too many", owner, len(secret))
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	key, err := v.read()
	if errors.Is(err, fs.ErrNotExist) {
		key, err = v.make()
	}
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fmt.Errorf("seal the secret of %q: %w", owner, err)
	}
	sealed := append([]byte{form}, nameOf(key)...)
	nonce := make([]byte, aead.NonceSize())
	if _, err := io.ReadFull(v.random, nonce); err != nil {
		return nil, fmt.Errorf("seal the secret of %q: %w", owner, err)
	}
	head := len(sealed)
	sealed = append(sealed, nonce...)
	return aead.Seal(sealed, nonce, secret, bound(sealed[:head], owner)), nil
}

// Open decrypts what Seal made for the same owner. The errors made for people are
// KeyError; anything else says that the sealed bytes were changed or moved.
func (v *Vault) Open(owner string, sealed []byte) ([]byte, error) {
	const head = 1 + nameSize
	if len(sealed) < head+chacha20poly1305.NonceSizeX || sealed[0] != form {
		return nil, fmt.Errorf("open the secret of %q: it was not sealed here", owner)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	key, err := v.read()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &KeyError{Path: v.path, Missing: true}
	}
	if err != nil {
		return nil, err
	}
	if string(nameOf(key)) != string(sealed[1:head]) {
		return nil, &KeyError{Path: v.path}
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fmt.Errorf("open the secret of %q: %w", owner, err)
	}
	nonce := sealed[head : head+aead.NonceSize()]
	secret, err := aead.Open(nil, nonce, sealed[head+aead.NonceSize():], bound(sealed[:head], owner))
	if err != nil {
		return nil, fmt.Errorf("open the secret of %q: it was changed, or belongs to something else", owner)
	}
	return secret, nil
}

// bound is what is authenticated beside the secret.
func bound(head []byte, owner string) []byte { return append(append([]byte{}, head...), owner...) }

// nameOf tells keys apart without giving anything of them away.
func nameOf(key []byte) []byte {
	sum := sha256.Sum256(append([]byte("shirube key name\x00"), key...))
	return sum[:nameSize]
}

func (v *Vault) read() ([]byte, error) {
	if v.key != nil {
		return v.key, nil
	}
	info, err := os.Stat(v.path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > 1<<10 {
		return nil, &KeyError{Path: v.path, Broken: true}
	}
	if info.Mode().Perm()&0o007 != 0 {
		return nil, &KeyError{Path: v.path, Open: true}
	}
	text, err := os.ReadFile(v.path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	encoded, ok := strings.CutPrefix(strings.TrimSpace(string(text)), header)
	key, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil || len(key) != chacha20poly1305.KeySize {
		return nil, &KeyError{Path: v.path, Broken: true}
	}
	v.key = key
	return key, nil
}

// make writes a new key. The file appears with its whole content or not at all, and never
// takes the place of one that is there: what that one sealed would be lost.
func (v *Vault) make() ([]byte, error) {
	key := make([]byte, chacha20poly1305.KeySize)
	if _, err := io.ReadFull(v.random, key); err != nil {
		return nil, fmt.Errorf("draw a key: %w", err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(v.path), KeyFile+".*") // 0600
	if err != nil {
		return nil, fmt.Errorf("make the key file: %w", err)
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.WriteString(header + base64.StdEncoding.EncodeToString(key) + "\n")
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Link(temporary.Name(), v.path)
	}
	if errors.Is(err, fs.ErrExist) {
		return v.read() // another program was faster
	}
	if err != nil {
		return nil, fmt.Errorf("make the key file: %w", err)
	}
	if folder, err := os.Open(filepath.Dir(v.path)); err == nil {
		_ = folder.Sync() // not every file system can; the file itself is on the disk
		_ = folder.Close()
	}
	v.key = key
	return key, nil
}

// KeyError says why the key file does not open what was sealed.
type KeyError struct {
	Path    string
	Missing bool // there is none
	Broken  bool // it holds no key
	Open    bool // everybody on the machine can read it
}

// In renders the message for people.
func (e *KeyError) In(lang words.Lang) string { return e.Text().In(lang) }

// Text is the message in both languages.
func (e *KeyError) Text() words.Text {
	switch {
	case e.Missing:
		return words.T("鍵ファイル「%s」がないため、保存してある接続の秘密を開けません。鍵ファイルを戻すか、接続の秘密を入れ直してください。",
			"The key file %s is missing, so the kept secrets cannot be opened. Put the key file back, or enter the connection's secret again.", e.Path)
	case e.Broken:
		return words.T("鍵ファイル「%s」が読めません。元の鍵ファイルに戻してください。", "The key file %s holds no key. Put the right key file in its place.", e.Path)
	case e.Open:
		return words.T("鍵ファイル「%s」をだれでも読めるようになっています。chmod 600 で、持ち主だけが読めるようにしてください。",
			"Everybody on this machine can read the key file %s. Let only its owner read it: chmod 600.", e.Path)
	}
	return words.T("鍵ファイル「%s」は、この秘密を保存したときの鍵ではありません。元の鍵ファイルに戻すか、接続の秘密を入れ直してください。",
		"The key file %s is not the key this secret was kept with. Put the right key file in its place, or enter the connection's secret again.", e.Path)
}

// Error says it in Japanese.
func (e *KeyError) Error() string { return e.In(words.JA) }
