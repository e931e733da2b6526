package event

import "strings"

// Referrer reads where a visitor came from: the host and the path of another site. The site
// itself (also its subdomains and its parent), the hosts in own, and services one only passes
// through (paying, signing in) are nobody's referrer: host and path are then empty.
func Referrer(raw, site string, own []string) (host, path string) {
	rest, _, _ := split(raw)
	host, path = hostAndPath(rest)
	if host == "" || sameSite(host, site) || PassedThrough(host) {
		return "", ""
	}
	for _, one := range own {
		if under(host, strings.ToLower(one)) {
			return "", ""
		}
	}
	return host, path
}

// sameSite: the same host, one with and one without www, or one a subdomain of the other.
// A subdomain of a service where everybody has one (note.com's blogs, github.io) belongs to
// somebody else than the service.
func sameSite(a, b string) bool {
	a, b = strings.TrimPrefix(a, "www."), strings.TrimPrefix(b, "www.")
	switch {
	case a == "" || b == "":
		return false
	case a == b:
		return true
	case len(a) > len(b):
		return under(a, b) && !sharedHosts[b]
	default:
		return under(b, a) && !sharedHosts[a] && strings.Contains(a, ".")
	}
}

// under reports whether host is domain or a subdomain of it.
func under(host, domain string) bool {
	return host == domain || len(host) > len(domain) && domain != "" &&
		strings.HasSuffix(host, domain) && host[len(host)-len(domain)-1] == '.'
}

// PassedThrough reports whether a host is one that visitors only come back from.
func PassedThrough(host string) bool {
	for domain := host; ; {
		if passedThrough[domain] {
			return true
		}
		dot := strings.IndexByte(domain, '.')
		if dot < 0 {
			return false
		}
		domain = domain[dot+1:]
	}
}

func hostSet(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

// passedThrough are services of payment and of signing in, as visitors' browsers name them.
var passedThrough = hostSet(`
	paypal.com stripe.com pay.amazon.co.jp pay.amazon.com payments.amazon.co.jp payments.amazon.com
	checkout.rakuten.co.jp pay.rakuten.co.jp login.account.rakuten.com grp01.id.rakuten.co.jp paypay.ne.jp
	pay.line.me web-pay.line.me sps-system.com mul-pay.jp veritrans.co.jp veritrans.jp epsilon.jp zeus.jp
	sbpayment.jp komoju.com paidy.com atone.be np-atobarai.jp d-payment.jp smt.docomo.ne.jp auone.jp
	checkout.shopify.com pay.shopify.com shop.app adyen.com klarna.com squareup.com
	cardinalcommerce.com arcot.com 3dsecure.jp
	accounts.google.com accounts.youtube.com appleid.apple.com idmsa.apple.com access.line.me
	login.microsoftonline.com login.live.com login.yahoo.co.jp auth.login.yahoo.co.jp id.smt.docomo.ne.jp
	auth0.com okta.com onelogin.com amazoncognito.com firebaseapp.com b2clogin.com`)

// sharedHosts are services that give everybody a subdomain.
var sharedHosts = hostSet(`
	note.com note.jp hatenablog.com hatenablog.jp hateblo.jp hatenadiary.com hatenadiary.jp ameblo.jp fc2.com
	livedoor.blog livedoor.jp blog.jp seesaa.net exblog.jp cocolog-nifty.com jugem.jp muragon.com
	thebase.in base.shop base.ec stores.jp shop-pro.jp myshopify.com peraichi.com studio.site jimdofree.com jimdo.com
	wixsite.com wordpress.com blogspot.com tumblr.com medium.com substack.com notion.site webflow.io
	github.io gitlab.io vercel.app netlify.app pages.dev web.app herokuapp.com onrender.com cloudfront.net
	amazonaws.com azurewebsites.net strikingly.com weebly.com squarespace.com crayonsite.com crayonsite.net
	co.jp or.jp ne.jp ac.jp go.jp ed.jp gr.jp lg.jp co.uk com.au`)
