package access_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// quick is an effort for tests: what is tested is what comes out, not what it costs.
var quick = access.Effort{MemoryKiB: 64, Passes: 1, Lanes: 1}

func TestWhatRolesMayDo(t *testing.T) {
	t.Parallel()
	const all = "owner editor member viewer guest"
	for action, who := range map[access.Action]string{
		access.Anybody: "", access.Browse: "", access.SignIn: "", access.Found: "", access.Keep: "", "unheard of": "",
		access.SeeMap:     all,
		access.SeeNumbers: "owner editor member viewer", access.SeePeople: "owner editor member viewer",
		access.SeeVisits: "owner editor member", access.Try: "owner editor member",
		access.SeeContacts: "owner editor member", access.EditContacts: "owner editor member", access.ExportContacts: "owner editor",
		access.BringNumbers: "owner editor member", access.SeeKeys: "owner editor member",
		access.ExportVisits: "owner editor member", access.Export: all, access.HandOver: "owner editor",
		access.EditModel: "owner editor", access.ShareOut: "owner editor",
		access.Speak: all, access.Decide: "owner editor", access.Audit: "owner",
		access.ManageKeys: "owner", access.Manage: "owner",
	} {
		for _, role := range append(access.Roles, "", "root", "OWNER") {
			want := role != "" && strings.Contains(" "+who+" ", " "+string(role)+" ")
			if role.May(action) != want {
				t.Errorf("%q may %q: %v, want %v", role, action, !want, want)
			}
		}
	}
	for i, role := range access.Roles {
		if role.In(words.JA) == "" || role.In(words.EN) == role.In(words.JA) {
			t.Errorf("%s has no name", role)
		}
		for k, other := range access.Roles {
			if role.AtLeast(other) != (i <= k) {
				t.Errorf("%s at least %s: %v", role, other, role.AtLeast(other))
			}
		}
	}
	yes, no := true, false
	for role, want := range map[access.Role][3]bool{ // untold, told yes, told no
		access.Owner: {true, true, true}, access.Editor: {true, true, false}, access.Member: {true, true, false},
		access.Viewer: {true, true, false}, access.Guest: {false, true, false}, "": {}, "root": {},
	} {
		if got := [3]bool{role.MayExport(nil), role.MayExport(&yes), role.MayExport(&no)}; got != want {
			t.Errorf("%q may export %v, want %v", role, got, want)
		}
	}
	for _, action := range []access.Action{access.Export, access.ExportContacts, access.ExportVisits, access.HandOver} {
		if !action.Exports() {
			t.Errorf("%s takes nothing out", action)
		}
	}
	// A key that could make keys or let people in could never be taken back.
	for _, action := range []access.Action{access.ManageKeys, access.Manage, access.Found, access.Keep, access.SignIn} {
		if action.Scope() != "" {
			t.Errorf("an API key may %s", action)
		}
	}
}

func TestPasswordsAreWhatWasHashed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		password := rapid.StringN(1, 40, -1).Draw(t, "password")
		other := rapid.StringN(1, 40, -1).Draw(t, "other")
		hash, err := access.HashPassword(password, quick, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		right, stale, err := access.CheckPassword(hash, password, quick)
		if err != nil || !right || stale {
			t.Fatalf("%q: %v %v %v", password, right, stale, err)
		}
		if _, stale, _ = access.CheckPassword(hash, password, access.Usual); !stale {
			t.Fatal("an old hash is not told")
		}
		if right, _, _ := access.CheckPassword(hash, other+"x"+password, quick); right {
			t.Fatalf("%q opens what %q was hashed to", other, password)
		}
	})
	// What a Japanese keyboard sends in full width is the same password.
	hash, err := access.HashPassword("ひみつのことばabc12", quick, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if right, _, _ := access.CheckPassword(hash, "ひみつのことばａｂｃ１２", quick); !right {
		t.Error("full-width letters are another password")
	}
	if strings.Contains(hash, "abc12") || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("hash %q", hash)
	}
}

// A vector of the reference implementation: argon2 -id -t 2 -k 65536 -p 1 of its own tests.
func TestPasswordVector(t *testing.T) {
	t.Parallel()
	const vector = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	right, stale, err := access.CheckPassword(vector, "password", access.Usual)
	if err != nil || !right || !stale {
		t.Errorf("right %v, stale %v, %v", right, stale, err)
	}
}

func TestHashesThatAreNone(t *testing.T) {
	t.Parallel()
	for _, hash := range []string{
		"", "x", "$argon2id$", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=18$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=0,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=64,t=1000000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=64,t=1,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=64,t=1,p=1$c29t$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$", "$argon2id$v=19$m=64,t=1,p=1$?$?",
	} {
		if right, _, err := access.CheckPassword(hash, "password", quick); right || err == nil {
			t.Errorf("%q is taken for a hash", hash)
		}
	}
}

func TestWeakPasswords(t *testing.T) {
	t.Parallel()
	about := []string{"田中 美咲", "misaki.tanaka@example.co.jp"}
	for password, weak := range map[string]bool{
		"": true, "short": true, "123456789": true, "ひみつのことば": true, // 7 characters
		"1234567890": true, "0987654321": true, "password123": true, "Password2026!": true, "p@ssw0rd2026": true,
		"qwertyuiop": true, "aaaaaaaaaaaa": true, "abcabcabcabc": true, "１２３４５６７８９０": true,
		"misaki.tanaka": true, "misaki.tanaka1": true, "Shirube2026": true, "himitsu12345": true,
		"nul\x00inside it": true, strings.Repeat("long ", 300): true,
		"青い屋根と猫とみかん": false, "correct wagon nine": false, "k7#Lm2pQx9": false, "misaki.tanaka likes tea": false,
		strings.Repeat("x y", 100): true,
	} {
		what, found := access.WeakPassword(password, about...)
		if found != weak {
			t.Errorf("%.40q: weak %v, want %v (%s)", password, found, weak, what.EN)
		}
		if found && (what.JA == "" || what.EN == "" || password != "" && strings.Contains(what.JA, password)) {
			t.Errorf("%.40q: told %q", password, what.JA)
		}
	}
}

func FuzzCheckPassword(f *testing.F) {
	f.Add("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "password")
	f.Fuzz(func(t *testing.T, hash, password string) {
		_, _, _ = access.CheckPassword(hash, password, quick)
		_, _ = access.WeakPassword(password, hash)
	})
}

func TestKeys(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for name, make := range map[string]func() (string, error){
		"":                    func() (string, error) { return access.NewToken(rand.Reader) },
		access.APIKeyPrefix:   func() (string, error) { return access.NewAPIKey(rand.Reader) },
		access.WriteKeyPrefix: func() (string, error) { return access.NewWriteKey(rand.Reader) },
	} {
		for range 100 {
			key, err := make()
			if err != nil || seen[key] || !strings.HasPrefix(key, name) || len(key) < 20+len(name) || strings.ContainsAny(key, "+/= ") {
				t.Fatalf("key %q, %v", key, err)
			}
			seen[key] = true
			if print := access.Fingerprint(key); len(print) != 64 || strings.Contains(print, key) {
				t.Fatalf("fingerprint %q", print)
			}
		}
	}
	if _, err := access.NewToken(strings.NewReader("short")); err == nil {
		t.Error("a secret of too little randomness")
	}
	for header, want := range map[string]string{
		"Bearer abc": "abc", "bearer abc": "abc", "Basic abc": "", "Bearer": "", "": "", "Bearer " + strings.Repeat("x", 999): "",
	} {
		if got := access.Bearer(header); got != want {
			t.Errorf("%.20q: %q", header, got)
		}
	}
}

// How long a sign-in takes; printed, never judged: machines differ.
func TestEffortIsPrinted(t *testing.T) {
	began := time.Now()
	if _, err := access.HashPassword("青い屋根と猫とみかん", access.Usual, rand.Reader); err != nil {
		t.Fatal(err)
	}
	t.Logf("one hash of m=%d KiB, t=%d, p=%d: %s", access.Usual.MemoryKiB, access.Usual.Passes, access.Usual.Lanes, time.Since(began))
}
