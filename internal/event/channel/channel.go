// Package channel names the channel a visit came by: search, social, mail, …. What is
// kept of a visit are its inputs (campaign, click id, referrer); the channel is decided
// when a report is made, so that a rule that was wrong can be put right for the past too.
//
// The default rules follow the default channel group of Google Analytics 4
// (support.google.com/analytics/answer/9756891), with Japanese sources, AI assistants and
// offline ways beside them.
package channel

import (
	"fmt"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// ID names a channel in files and addresses.
type ID string

// The channels of the default rules.
const (
	Direct       ID = "direct"
	Search       ID = "search"
	PaidSearch   ID = "paid_search"
	Social       ID = "social"
	PaidSocial   ID = "paid_social"
	Video        ID = "video"
	PaidVideo    ID = "paid_video"
	Shopping     ID = "shopping"
	PaidShopping ID = "paid_shopping"
	Display      ID = "display"
	PaidOther    ID = "paid_other"
	CrossNetwork ID = "cross_network"
	Email        ID = "email"
	Message      ID = "message" // LINE and other messengers, SMS, push
	Affiliate    ID = "affiliate"
	Audio        ID = "audio"
	Assistant    ID = "ai"
	News         ID = "news"
	Offline      ID = "offline" // QR codes, leaflets, exhibitions
	Referral     ID = "referral"
	Other        ID = "other"
)

var names = map[ID]words.Text{
	Direct: words.T("直接", "Direct"), Search: words.T("検索", "Organic search"), PaidSearch: words.T("検索広告", "Paid search"),
	Social: words.T("SNS", "Organic social"), PaidSocial: words.T("SNS広告", "Paid social"), Video: words.T("動画", "Organic video"),
	PaidVideo: words.T("動画広告", "Paid video"), Shopping: words.T("ショッピング", "Organic shopping"), PaidShopping: words.T("ショッピング広告", "Paid shopping"),
	Display: words.T("ディスプレイ広告", "Display"), PaidOther: words.T("そのほかの広告", "Paid other"), CrossNetwork: words.T("広告(面をまたぐ配信)", "Cross-network"),
	Email: words.T("メール", "Email"), Message: words.T("LINE・メッセージ", "Messages"), Affiliate: words.T("アフィリエイト", "Affiliates"),
	Audio: words.T("音声", "Audio"), Assistant: words.T("AIアシスタント", "AI assistants"), News: words.T("ニュース・プレスリリース", "News and press"),
	Offline: words.T("オフライン(QR・展示会など)", "Offline (QR, events)"), Referral: words.T("ほかのサイト", "Referral"), Other: words.T("分類なし", "Unassigned"),
}

// Inputs are what is kept of the way a visit came.
type Inputs struct {
	Source, Medium, Campaign string // as the address said; "" where it said nothing
	ClickID                  string // gclid, yclid, …
	ReferrerHost             string
}

// Condition holds when one of its values fits.
type Condition struct {
	On     string   `json:"on"` // source, medium, campaign, click, referrer, kind (of the source), paid ("yes", "no")
	Op     string   `json:"op"` // is, not, contains, starts, ends
	Values []string `json:"values"`
}

// Rule gives a channel where all its conditions hold.
type Rule struct {
	Channel ID          `json:"channel"`
	Name    *words.Text `json:"name,omitempty"` // of a channel that a workspace made itself
	When    []Condition `json:"when"`
}

// Rules are asked in order; the first that fits decides.
type Rules []Rule

// Bounds of the rules of a workspace.
const (
	mostRules      = 200
	mostConditions = 10
	mostValues     = 100
	longestText    = 200
)

var (
	fields = []string{"source", "medium", "campaign", "click", "referrer", "kind", "paid"}
	ops    = []string{"is", "not", "contains", "starts", "ends"}
)

// Check refuses rules that could not be followed; the error says which and why.
func (rules Rules) Check() error {
	if len(rules) > mostRules {
		return problem("規則は%d個までです。", "At most %d rules fit.", mostRules)
	}
	for i, r := range rules {
		if r.Channel == "" || len(r.Channel) > longestText || names[r.Channel].JA == "" && r.Name == nil {
			return problem("%d番目の規則に、チャネルの名前がありません。", "Rule %d has no channel.", i+1)
		}
		if len(r.When) == 0 || len(r.When) > mostConditions {
			return problem("%d番目の規則の条件は、1〜%d個にしてください。", "Rule %d needs 1 to %d conditions.", i+1, mostConditions)
		}
		for _, c := range r.When {
			if !has(fields, c.On) || !has(ops, c.Op) || len(c.Values) == 0 || len(c.Values) > mostValues {
				return problem("%d番目の規則の条件が正しくありません。", "A condition of rule %d is not valid.", i+1)
			}
			for _, v := range c.Values {
				if len(v) > longestText {
					return problem("%d番目の規則の値が長すぎます。", "A value of rule %d is too long.", i+1)
				}
			}
		}
	}
	return nil
}

func problem(ja, en string, args ...any) error {
	return &words.Problem{At: words.At{File: "channels", Line: 1, Col: 1}, What: words.T(ja, en, args...)}
}

func has(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// Classify names the channel of a way in: by the rules, else direct where nothing is
// known, a referral where another site is, and unassigned otherwise.
func Classify(rules Rules, in Inputs) ID {
	known := lookAt(in)
	for _, r := range rules {
		if r.fits(&known) {
			return r.Channel
		}
	}
	switch {
	case in == (Inputs{}):
		return Direct
	case known.source == "(direct)" && (known.medium == "" || known.medium == "(none)" || known.medium == "(not set)"):
		return Direct
	case in.ReferrerHost != "" && known.medium == "":
		return Referral
	}
	return Other
}

// looked is a way in as rules see it.
type looked struct{ source, medium, campaign, click, referrer, kind, paid string }

// on is what a condition looks at.
func (l *looked) on(field string) string {
	switch field {
	case "source":
		return l.source
	case "medium":
		return l.medium
	case "campaign":
		return l.campaign
	case "click":
		return l.click
	case "referrer":
		return l.referrer
	case "kind":
		return l.kind
	case "paid":
		return l.paid
	}
	return ""
}

func lookAt(in Inputs) looked {
	l := looked{
		source: fold(in.Source), medium: fold(in.Medium), campaign: fold(in.Campaign),
		click: fold(in.ClickID), referrer: strings.TrimPrefix(fold(in.ReferrerHost), "www."), paid: "no",
	}
	named, ok := Find(in.Source)
	if !ok {
		named, ok = Find(in.ReferrerHost)
	}
	if ok {
		l.kind = named.Kind
	}
	if l.source == "" {
		l.source = l.referrer
	}
	if paid(l) {
		l.paid = "yes"
	}
	return l
}

// paid is what the medium or an advertiser's click id says. fbclid and igshid are put on
// every link that leaves the network, paid or not.
func paid(l looked) bool {
	switch l.click {
	case "gclid", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "ldtag_cl", "ttclid", "twclid", "li_fat_id":
		return l.medium == "" || mediumIsPaid(l.medium)
	}
	return mediumIsPaid(l.medium)
}

func mediumIsPaid(medium string) bool {
	return strings.Contains(medium, "cp") && medium != "cpm" || medium == "ppc" || medium == "retargeting" ||
		strings.HasPrefix(medium, "paid") || medium == "listing" || medium == "ad" || medium == "ads"
}

func (r Rule) fits(l *looked) bool {
	for _, c := range r.When {
		if !c.holds(l) {
			return false
		}
	}
	return len(r.When) > 0
}

func (c Condition) holds(l *looked) bool {
	have := l.on(c.On)
	for _, v := range c.Values {
		v = fold(v)
		if (c.Op == "is" || c.Op == "not") && have == v || c.Op == "contains" && strings.Contains(have, v) ||
			c.Op == "starts" && strings.HasPrefix(have, v) || c.Op == "ends" && strings.HasSuffix(have, v) {
			return c.Op != "not"
		}
	}
	return c.Op == "not"
}

func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Name is what a channel is called: by the rules where they name it themselves.
func (rules Rules) Name(id ID) words.Text {
	for _, r := range rules {
		if r.Channel == id && r.Name != nil {
			return *r.Name
		}
	}
	if name, ok := names[id]; ok {
		return name
	}
	return words.T("%s", "%s", string(id))
}

// Channels are the channels the rules can give, each once: those of the rules in their
// order, then what is left.
func (rules Rules) Channels() []ID {
	var list []ID
	seen := map[ID]bool{}
	for _, r := range append(append(Rules{}, rules...), Rule{Channel: Direct}, Rule{Channel: Referral}, Rule{Channel: Other}) {
		if !seen[r.Channel] {
			seen[r.Channel] = true
			list = append(list, r.Channel)
		}
	}
	return list
}

// Named finds a channel by its id or by its name in either language.
func (rules Rules) Named(text string) (ID, bool) {
	want := fold(text)
	for _, id := range rules.Channels() {
		name := rules.Name(id)
		if want == string(id) || want == fold(name.JA) || want == fold(name.EN) {
			return id, true
		}
	}
	return "", false
}

// Key changes when the rules do.
func (rules Rules) Key() string { return fmt.Sprintf("%+v", []Rule(rules)) }
