package contact

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/words"
)

// Limits of RFC 5321, in bytes.
const (
	maxLocal   = 64
	maxDomain  = 253
	maxAddress = 254
)

// Address is a mail address that was read and found well.
type Address struct {
	// Written is how it is written to: as it came, in half width, its domain in ASCII.
	Written string
	// Key is how it is compared: nobody has two that differ in case only. Dots and what
	// stands behind a plus are left alone: at most hosts they are other people.
	Key        string
	Domain     string // in ASCII and lower case
	Role       bool   // of an office rather than a person: info@, sales@
	Disposable bool   // of a host whose addresses last for minutes
	Free       bool   // of a host for everybody: it says nothing about a company
	Meant      string // the address that was probably meant; "" where it looks right
}

// AddressError says what is wrong with an address, for the person who wrote it.
type AddressError struct{ What words.Text }

// In renders the sentence in a language.
func (e *AddressError) In(lang words.Lang) string { return e.What.In(lang) }

// Error is the Japanese sentence.
func (e *AddressError) Error() string { return e.What.JA }

func wrong(ja, en string, args ...any) error {
	return &AddressError{words.T(ja, en, args...)}
}

// ParseAddress reads one mail address as people write them: in full width, with a name
// before it ("田中 <tanaka@example.jp>"), with "mailto:" or as an international domain. The
// error is an *AddressError.
func ParseAddress(text string) (Address, error) {
	bare, err := bareAddress(text)
	if err != nil {
		return Address{}, err
	}
	at := strings.LastIndexByte(bare, '@')
	switch {
	case at < 0:
		return Address{}, wrong("「@」がありません。tanaka@example.co.jp のように書いてください。", "There is no @. Write it like tanaka@example.co.jp.")
	case at == 0:
		return Address{}, wrong("「@」の前がありません。", "Nothing stands before the @.")
	case at == len(bare)-1:
		return Address{}, wrong("「@」のあとがありません。", "Nothing stands after the @.")
	}
	domain, err := readDomain(bare[at+1:])
	if err != nil {
		return Address{}, err
	}
	local := bare[:at]
	if err := checkLocal(local, domain); err != nil {
		return Address{}, err
	}
	a := Address{
		Written: local + "@" + domain, Key: strings.ToLower(local) + "@" + domain, Domain: domain,
		Role: roles[roleOf(local)], Disposable: Disposable(domain), Free: FreeMail(domain),
	}
	if len(a.Written) > maxAddress {
		return Address{}, wrong("アドレスが長すぎます（%d文字まで）。", "The address is too long (up to %d characters).", maxAddress)
	}
	if meant := misspelt[domain]; meant != "" {
		a.Meant = local + "@" + meant
	}
	return a, nil
}

// bareAddress takes away what people put around an address.
func bareAddress(text string) (string, error) {
	if len(text) > 4*maxAddress {
		return "", wrong("アドレスが長すぎます（%d文字まで）。", "The address is too long (up to %d characters).", maxAddress)
	}
	if !utf8.ValidString(text) {
		return "", wrong("読めない文字が入っています。", "It holds characters that cannot be read.")
	}
	s := strings.TrimFunc(norm.NFKC.String(text), func(r rune) bool {
		return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' || r == '\u00A0'
	})
	if strings.ContainsFunc(s, unicode.IsControl) {
		// A line break inside an address would be a header of its own in a mail.
		return "", wrong("改行などの制御文字が入っています。1行で書いてください。", "It holds a line break or another control character. Write it on one line.")
	}
	if open := strings.LastIndexByte(s, '<'); open >= 0 && strings.HasSuffix(s, ">") {
		s = strings.TrimSpace(s[open+1 : len(s)-1])
	}
	if rest, ok := cutFold(s, "mailto:"); ok {
		s, _, _ = strings.Cut(rest, "?")
		if plain, err := url.PathUnescape(s); err == nil {
			s = plain
		}
	}
	switch {
	case s == "":
		return "", wrong("アドレスが空です。", "The address is empty.")
	case strings.ContainsFunc(s, unicode.IsControl) || strings.ContainsFunc(s, unicode.IsSpace):
		return "", wrong("空白が入っています。取りのぞいてください。", "It holds a space. Take it out.")
	case strings.Count(s, "@") > 1 || strings.ContainsAny(s, ",;"):
		return "", wrong("アドレスが2つ以上あるようです。1つだけ書いてください。", "It seems to be more than one address. Write just one.")
	}
	return s, nil
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// profile is how browsers look a name up, and strict about what may stand in it.
var profile = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true), idna.Transitional(false))

// readDomain makes the ASCII form of a domain.
func readDomain(text string) (string, error) {
	text = strings.TrimSuffix(strings.ReplaceAll(text, "。", "."), ".")
	if strings.HasPrefix(text, "[") {
		return "", wrong("IPアドレスあてのメールは送れません。ドメイン名で書いてください。", "Mail to an IP address cannot be sent. Write a domain.")
	}
	domain, err := profile.ToASCII(text)
	if err != nil || len(domain) > maxDomain {
		return "", wrong("「@」のあとの「%s」はドメイン名として正しくありません。", "What stands after the @, %q, is no domain.", short(text))
	}
	domain = strings.ToLower(domain)
	dot := strings.LastIndexByte(domain, '.')
	if dot < 0 {
		return "", wrong("「@」のあとに「.」がありません。example.co.jp のように最後まで書いてください。", "There is no dot after the @. Write the whole domain, like example.co.jp.")
	}
	if end := domain[dot+1:]; len(end) < 2 || strings.Trim(end, "0123456789") == "" {
		return "", wrong("「@」のあとの「%s」はドメイン名として正しくありません。", "What stands after the @, %q, is no domain.", short(text))
	}
	return domain, nil
}

// signs of a local part besides letters and digits (RFC 5322's atom).
const signs = "!#$%&'*+-/=?^_`{|}~."

func checkLocal(local, domain string) error {
	if len(local) > maxLocal {
		return wrong("「@」の前が長すぎます（%d文字まで）。", "What stands before the @ is too long (up to %d characters).", maxLocal)
	}
	for _, r := range local {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && !strings.ContainsRune(signs, r) {
			return wrong("「@」の前に「%s」は使えません。", "%q cannot stand before the @.", string(r))
		}
	}
	odd := strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..")
	if odd && !oddDots[domain] {
		return wrong("「@」の前の「.」の位置が正しくありません。", "A dot before the @ stands where none may.")
	}
	return nil
}

// Quoted is the address as it stands in an envelope: what Japanese carriers once gave out
// with dots at the end or in a row goes in quotes there.
func (a Address) Quoted() string {
	at := strings.LastIndexByte(a.Written, '@')
	if at < 0 {
		return a.Written
	}
	local := a.Written[:at]
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return `"` + local + `"` + a.Written[at:]
	}
	return a.Written
}

// roleOf is the part of a local part that tells an office.
func roleOf(local string) string {
	name := strings.ToLower(local)
	if i := strings.IndexByte(name, '+'); i > 0 {
		name = name[:i]
	}
	return strings.TrimRight(name, "0123456789-_")
}

// IsRole reports whether an address that was read is an office's, such as info@: several
// people answer it, so it tells who nobody is.
func IsRole(address string) bool {
	at := strings.LastIndexByte(address, '@')
	return at > 0 && roles[roleOf(address[:at])]
}

func short(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}
