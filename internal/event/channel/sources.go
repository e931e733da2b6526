package channel

import (
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Source is a site or a service people come from.
type Source struct {
	ID   string
	Name words.Text
	Kind string // search, social, video, shopping, message, mail, news, ai, affiliate, blog
}

// row is one line of the table: a source with its hosts (and all hosts below them) and
// the words campaigns use for it.
type row struct {
	id, ja, en, kind string
	hosts            string // space-separated; a trailing . stands for any ending: google.
	aliases          string
}

var (
	byAlias = map[string]*Source{}
	byHost  = map[string]*Source{}
	byStem  = map[string]*Source{} // hosts of any country
)

func init() {
	for _, r := range table {
		s := &Source{ID: r.id, Name: words.T(plain(r.ja), plain(r.en)), Kind: r.kind}
		byAlias[r.id] = s
		for _, alias := range strings.Fields(r.aliases) {
			byAlias[alias] = s
		}
		for _, host := range strings.Fields(r.hosts) {
			if stem, any := strings.CutSuffix(host, "."); any {
				byStem[stem] = s
				continue
			}
			byHost[host] = s
		}
	}
}

// plain keeps a name from being read as a format.
func plain(name string) string { return strings.ReplaceAll(name, "%", "%%") }

// Find knows a source by what a campaign calls it or by its host.
func Find(text string) (Source, bool) {
	name := fold(text)
	if name == "" {
		return Source{}, false
	}
	if s := byAlias[name]; s != nil {
		return *s, true
	}
	host := strings.TrimPrefix(name, "www.")
	for part := host; part != ""; {
		if s := byHost[part]; s != nil {
			return *s, true
		}
		_, rest, more := strings.Cut(part, ".")
		if !more {
			break
		}
		part = rest
	}
	// google.co.jp, www.google.com.au: the part before a country's ending.
	labels := strings.Split(host, ".")
	for i := len(labels) - 2; i >= 0 && i >= len(labels)-3; i-- {
		if s := byStem[strings.Join(labels[i:i+1], ".")]; s != nil && i+1 < len(labels) && shortEnding(labels[i+1:]) {
			return *s, true
		}
		if i > 0 {
			if s := byStem[labels[i-1]+"."+labels[i]]; s != nil && shortEnding(labels[i+1:]) {
				return *s, true
			}
		}
	}
	return Source{}, false
}

// shortEnding reports whether labels are the ending of a country or of com: "co.jp".
func shortEnding(labels []string) bool {
	if len(labels) == 0 || len(labels) > 2 {
		return false
	}
	for _, l := range labels {
		if len(l) > 3 {
			return false
		}
	}
	return true
}
