package event

import (
	"net/url"
	"strings"
)

// Address is what we keep of a page's address.
type Address struct {
	Host     string // lower case, without port and user
	Path     string // readable: /お問い合わせ, not /%E3%81%8A…; begins with "/" where there is a host
	Query    string // what is left without campaign, click ids and what must not be kept
	Campaign Campaign
	ClickID  string // name of the first click id found
}

// ParseAddress reads a page's address. It takes whatever a page can be at, and what is none
// comes back empty; it never fails.
func ParseAddress(raw string) Address {
	var a Address
	rest, query, fragment := split(raw)
	a.Host, a.Path = hostAndPath(rest)
	// A page that routes by its fragment (#/cart) is another page for whoever looks at it.
	if strings.HasPrefix(fragment, "/") || strings.HasPrefix(fragment, "!/") {
		before, _, _ := strings.Cut(fragment, "?")
		a.Path = cut(a.Path+"#"+readable(before), maxPath)
	}
	a.readQuery(query)
	return a
}

func split(raw string) (rest, query, fragment string) {
	raw = strings.TrimSpace(raw)
	rest, fragment, _ = strings.Cut(raw, "#")
	rest, query, _ = strings.Cut(rest, "?")
	return rest, query, fragment
}

// hostAndPath takes an address without query and fragment apart.
func hostAndPath(rest string) (host, path string) {
	scheme := strings.Index(rest, "://")
	switch {
	case scheme >= 0 && isScheme(rest[:scheme]):
		rest = rest[scheme+3:]
	case strings.HasPrefix(rest, "//"):
		rest = rest[2:]
	case strings.HasPrefix(rest, "/"):
		return "", cut(readable(rest), maxPath)
	default:
		// about:blank, data:…, a bare word: nothing that could be counted as a page.
		return "", ""
	}
	host, path = rest, "/"
	if slash := strings.IndexByte(rest, '/'); slash >= 0 {
		host, path = rest[:slash], rest[slash:]
	}
	return cleanHost(host), cut(readable(path), maxPath)
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if !(c >= 'a' && c <= 'z' || i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.')) {
			return false
		}
	}
	return s != ""
}

// cleanHost takes user and port away. Where letters stand that no host has, there is none.
func cleanHost(host string) string {
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	if strings.HasPrefix(host, "[") { // IPv6
		end := strings.IndexByte(host, ']')
		if end < 0 || len(host) > maxHost {
			return ""
		}
		return strings.ToLower(host[:end+1])
	}
	host, _, _ = strings.Cut(host, ":")
	host = strings.TrimSuffix(host, ".")
	if len(host) > maxHost || strings.ContainsAny(host, " \"'<>\\^`{|}%,;") {
		return ""
	}
	return strings.ToLower(host)
}

// readable undoes percent-encoding where that gives text, so that one page has one name
// whichever way a browser wrote it.
func readable(path string) string {
	if strings.IndexByte(path, '%') < 0 {
		return path
	}
	plain, err := url.PathUnescape(path)
	if err != nil {
		return path
	}
	return printable(strings.ToValidUTF8(plain, "\uFFFD"))
}

func decoded(value string) string {
	if strings.IndexByte(value, '%') < 0 && strings.IndexByte(value, '+') < 0 {
		return value
	}
	plain, err := url.QueryUnescape(value)
	if err != nil {
		return value
	}
	return printable(strings.ToValidUTF8(plain, "\uFFFD"))
}

func (a *Address) readQuery(query string) {
	if query == "" {
		return
	}
	for rest := query; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		name, value, _ := strings.Cut(pair, "=")
		switch use := parameters[strings.ToLower(name)]; {
		case use == forCampaign:
			a.Campaign.set(strings.ToLower(name), cut(strings.TrimSpace(decoded(value)), maxTerm))
		case use == forClick:
			if a.ClickID == "" && value != "" {
				a.ClickID = strings.ToLower(name)
			}
		case use == forNobody || pair == "":
		case len(a.Query)+len(pair)+1 > maxQuery:
			return
		case a.Query == "":
			a.Query = pair
		default:
			a.Query += "&" + pair
		}
	}
	a.Query = decoded(strings.ReplaceAll(a.Query, "+", "%20"))
}

func (c *Campaign) set(parameter, value string) {
	if value == "" {
		return
	}
	switch parameter {
	case "utm_source":
		c.Source = value
	case "utm_medium":
		c.Medium = value
	case "utm_campaign":
		c.Name = value
	case "utm_term":
		c.Term = value
	case "utm_content":
		c.Content = value
	}
}

// over lays what is known better over what is known.
func (c *Campaign) over(better Campaign) {
	for _, pair := range [...][2]*string{
		{&c.Source, &better.Source}, {&c.Medium, &better.Medium}, {&c.Name, &better.Name},
		{&c.Term, &better.Term}, {&c.Content, &better.Content},
	} {
		if *pair[1] != "" {
			*pair[0] = *pair[1]
		}
	}
}
