package alert

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

// told are the findings worth telling without being asked, by what they are about. All the
// others can wait until somebody looks.
var told = map[string]Kind{
	"off-pace": Pace, "kpi-met-kgi-missed": Pace, "unrealistic-target": Pace,
	"step-leaks":  Step,
	"link-broken": Link,
	"stale-data":  Stale, "tracking-outage": Stale,
}

// Findings are the causes among what a review found, said in both languages: ja and en are
// the same review. muted are the keys of those somebody has put to rest; name is what an
// indicator is called.
func Findings(ja, en []insight.ReviewFinding, muted map[string]bool, name func(id string) string) []Cause {
	english := map[string]insight.ReviewFinding{}
	for _, f := range en {
		english[f.Key] = f
	}
	var out []Cause
	for _, f := range ja {
		kind, tells := told[f.Code]
		if !tells || muted[f.Key] || f.Severity == "info" {
			continue
		}
		other, there := english[f.Key]
		if !there {
			other = f
		}
		c := Cause{
			Key: f.Key, Kind: kind, Path: pathOf(kind, f),
			What: words.Text{JA: f.Sentence, EN: other.Sentence}, Why: words.Text{JA: why(f, ""), EN: why(other, " ")}, Do: words.Text{JA: f.Mend, EN: other.Mend},
		}
		if kind == Pace && f.Indicator != nil && f.Code != "kpi-met-kgi-missed" {
			c.Key = "pace:" + *f.Indicator
			if f.Code == "unrealistic-target" {
				c.Key, c.Also = c.Key+":far", []string{c.Key}
			}
		}
		if f.Stake != nil {
			c.Weight = cmp.Or(max(f.Stake.Amount, -f.Stake.Amount), c.Weight)
		}
		if f.Indicator != nil {
			c.Indicator, c.Name = *f.Indicator, words.T("%s", "%s", name(*f.Indicator))
		}
		out = append(out, c)
	}
	return out
}

// why is what stands behind a finding: what it costs where that is known, else why such a
// thing matters.
func why(f insight.ReviewFinding, sep string) string {
	if len(f.Body) > 0 {
		return strings.Join(f.Body[:min(2, len(f.Body))], sep)
	}
	return f.Why.Plain
}

func pathOf(kind Kind, f insight.ReviewFinding) string {
	switch {
	case kind == Stale:
		return "/measure/data"
	case f.Indicator == nil || kind == Step:
		return "/ask"
	case kind == Link:
		return "/map?open=" + url.QueryEscape(*f.Indicator) + "&tab=roads"
	}
	return "/map?open=" + url.QueryEscape(*f.Indicator)
}
