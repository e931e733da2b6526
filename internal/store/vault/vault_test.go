package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func TestSealedSecretsOpenForTheirOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), KeyFile)
	v := At(path, nil)
	rapid.Check(t, func(rt *rapid.T) {
		owner, secret := rapid.String().Draw(rt, "owner"), rapid.SliceOf(rapid.Byte()).Draw(rt, "secret")
		sealed, err := v.Seal(owner, secret)
		if err != nil {
			rt.Fatal(err)
		}
		if len(secret) > 3 && bytes.Contains(sealed, secret) {
			rt.Fatal("the secret can be read")
		}
		opened, err := At(path, nil).Open(owner, sealed)
		if err != nil || !bytes.Equal(opened, secret) {
			rt.Fatalf("%q, %v", opened, err)
		}
		if _, err := v.Open(owner+"x", sealed); err == nil {
			rt.Fatal("opened for another")
		}
		at := rapid.IntRange(0, len(sealed)-1).Draw(rt, "at")
		sealed[at] ^= 1
		if _, err := v.Open(owner, sealed); err == nil {
			rt.Fatal("opened although it was changed")
		}
	})
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestKeyFilesThatDoNotOpen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, KeyFile)
	sealed, err := At(path, nil).Seal("o", []byte("hush"))
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "other.key")
	if _, err := At(other, nil).Seal("o", nil); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, "broken.key")
	if err := os.WriteFile(broken, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		path string
		want KeyError
	}{
		"missing": {filepath.Join(dir, "none.key"), KeyError{Missing: true}},
		"other":   {other, KeyError{}},
		"broken":  {broken, KeyError{Broken: true}},
		"folder":  {dir, KeyError{Broken: true}},
	} {
		c.want.Path = c.path
		_, err := At(c.path, nil).Open("o", sealed)
		found, ok := errors.AsType[*KeyError](err)
		if !ok || *found != c.want || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "none.key")); err == nil {
		t.Error("opening made a key: what was sealed with the lost one would look changed, not lost")
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := At(path, nil).Open("o", sealed); !errors.As(err, new(*KeyError)) {
		t.Errorf("a key everybody can read was used: %v", err)
	}
}

// Two programs that start at once on one folder end with one key.
func TestOneKeyIsMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), KeyFile)
	sealed := make([][]byte, 8)
	var group sync.WaitGroup
	for i := range sealed {
		group.Go(func() {
			var err error
			if sealed[i], err = At(path, nil).Seal("o", []byte{byte(i)}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i, one := range sealed {
		if opened, err := At(path, nil).Open("o", one); err != nil || !bytes.Equal(opened, []byte{byte(i)}) {
			t.Errorf("%v, %v", opened, err)
		}
	}
}
