package law

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// Role is as what a recipient is handed personal data, or we are by them.
type Role string

// The roles.
const (
	Own        Role = "own"         // a program of our own
	Processor  Role = "processor"   // works on our behalf (委託)
	ThirdParty Role = "third-party" // for its own ends (第三者提供)
	Joint      Role = "joint"       // used together (共同利用)
)

// Ground is on what a third party, or one abroad, is handed data.
type Ground string

// The grounds.
const (
	Consent    Ground = "consent"    // the people agreed
	Statute    Ground = "statute"    // a law asks for it
	Equivalent Ground = "equivalent" // abroad: it takes the same measures (基準適合体制)
	Adequate   Ground = "adequate"   // abroad: a country with the same protection (the EU, the United Kingdom)
)

// Recipient is somebody who is handed data of people, or of whom we receive some.
type Recipient struct {
	Name    string   `json:"name" minLength:"1" maxLength:"200" doc:"of the company or the program"`
	Hosts   []string `json:"hosts,omitempty" maxItems:"20" doc:"where it is reached: hooks.example.com; those below count as well"`
	Role    Role     `json:"role" enum:"own,processor,third-party,joint"`
	Country string   `json:"country" pattern:"^[A-Z]{2}$" doc:"ISO 3166: where it keeps the data"`
	Data    string   `json:"data" minLength:"1" maxLength:"1000" doc:"what of people it is handed"`
	Purpose string   `json:"purpose" minLength:"1" maxLength:"1000"`
	Ground  Ground   `json:"ground,omitempty" enum:",consent,statute" doc:"of a third party"`
	Abroad  Ground   `json:"abroad,omitempty" enum:",consent,equivalent,adequate" doc:"outside of Japan: why it may be handed data there"`
	// Receives tells that we receive lists of them that are matched with people we know.
	Receives bool   `json:"receives,omitempty"`
	Sure     string `json:"sure,omitempty" maxLength:"1000" doc:"with receives: how it was made sure that the people consent"`
}

// Articles that refusals name.
var (
	thirdParties = words.T("個人情報保護法27条", "Act on the Protection of Personal Information, article 27")
	otherLands   = words.T("個人情報保護法28条", "Act on the Protection of Personal Information, article 28")
	referable    = words.T("個人情報保護法31条", "Act on the Protection of Personal Information, article 31")
)

// Missing is what is not said of a recipient and has to be; nil where all is.
func (r *Recipient) Missing() words.Problems {
	var problems words.Problems
	add := func(field string, what, mend words.Text) {
		problems = append(problems, &words.Problem{At: words.At{File: field}, What: what, Mend: mend})
	}
	for _, f := range []struct{ field, text string }{{"name", r.Name}, {"data", r.Data}, {"purpose", r.Purpose}} {
		if strings.TrimSpace(f.text) == "" {
			add(f.field, words.T("だれに・何を・何のために渡すかの、どれかが空です(%s)。", "Whom, what or what for is missing (%s).", thirdParties), words.T("書いてください。", "Write it."))
		}
	}
	switch {
	case !slices.Contains([]Role{Own, Processor, ThirdParty, Joint}, r.Role):
		add("role", words.T("渡し方が決まっていません(%s)。", "It is not said as what they are handed it (%s).", thirdParties), words.T("自社・委託・第三者提供・共同利用から選んでください。", "Choose own, processor, third party or joint."))
	case r.Role == ThirdParty && r.Ground != Consent && r.Ground != Statute:
		add("ground", words.T("第三者に渡すには、本人の同意か法令の根拠がいります(%s)。", "A third party may be handed it by consent or by law only (%s).", thirdParties), words.T("根拠を選んでください。", "Choose the ground."))
	}
	if r.Country != "JP" && r.Role != Own && r.Abroad != Consent && r.Abroad != Equivalent && r.Abroad != Adequate {
		add("abroad", words.T("外国の相手に渡すには、根拠がいります(%s)。", "To hand it abroad takes a ground (%s).", otherLands), words.T("本人の同意・相手の体制・国の制度のどれによるかを選んでください。", "Choose consent, the recipient's measures or the country's protection."))
	}
	if r.Receives && utf8.RuneCountInString(strings.TrimSpace(r.Sure)) < 5 {
		add("sure", words.T("受け取った情報を名簿と結びつけるには、本人の同意をどう確かめたかの記録がいります(%s)。", "To match what is received with people takes a record of how their consent was made sure of (%s).", referable), words.T("相手の同意画面や契約の条項などを書いてください。", "Name the page of consent, the clause of the contract."))
	}
	for _, host := range r.Hosts {
		if host == "" || len(host) > 253 || strings.ContainsAny(host, "/ @?#\\:") || !strings.Contains(host, ".") {
			add("hosts", words.T("「%s」はホストの名前として読めません。", "%q is not the name of a host.", host), words.T("hooks.example.com のように書いてください。", "Write it like hooks.example.com."))
		}
	}
	return problems
}

// At reports whether a host is theirs.
func (r *Recipient) At(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return slices.ContainsFunc(r.Hosts, func(own string) bool {
		own = strings.ToLower(own)
		return host == own || strings.HasSuffix(host, "."+own)
	})
}

// Undeclared says that nobody wrote down who is reached at a host.
func Undeclared(host string) words.Text {
	return words.T("%[1]s に人の情報を渡す相手が、まだ書かれていません(%[2]s・28条)。「守ること」の「渡す相手」に、だれに・何を・何のために渡すかを書いてください。",
		"Nobody has written down who is handed data of people at %[1]s (%[2]s and 28). Under Duties, Recipients, say who they are, what they are handed and what for.", host, thirdParties)
}
