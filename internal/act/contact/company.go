package contact

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/unicode/norm"
)

// PropertyCompany is the property in which somebody's company is written by name.
const PropertyCompany = "company"

// CompanyOf is who somebody works for: the company whose domain their address has, else,
// as with free mail, the one they wrote the name of. Its ID is "" where neither is known.
// The same domain, or the same name, is the same company.
func CompanyOf(address, name string) Company {
	name = strings.TrimSpace(name)
	if domain := companyDomain(address); domain != "" {
		return Company{ID: companyID("d:" + domain), Domain: domain, Name: name}
	}
	if key := foldCompany(name); key != "" {
		return Company{ID: companyID("n:" + key), Name: name}
	}
	return Company{}
}

// companyDomain is the registered domain of an address, "" where it is nobody's own.
func companyDomain(address string) string {
	_, domain, found := strings.Cut(address, "@")
	if !found || FreeMail(domain) || Disposable(domain) {
		return ""
	}
	// tokyo.example.co.jp and example.co.jp are one company.
	own, err := publicsuffix.EffectiveTLDPlusOne(domain)
	if err != nil {
		return ""
	}
	return own
}

// forms are how companies are incorporated; whether they are written does not matter.
var forms = []string{"株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人", "一般財団法人", "(株)", "(有)", "(同)", "co.,ltd.", "co., ltd.", "co.,ltd", "inc.", "k.k.", "ltd."}

func foldCompany(name string) string {
	name = strings.ToLower(norm.NFKC.String(name))
	for _, form := range forms {
		name = strings.ReplaceAll(name, form, "")
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == ',' || r == '・' {
			return -1
		}
		return r
	}, name)
}

// companyID is short, whatever the name, and the same everywhere.
func companyID(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16])
}
