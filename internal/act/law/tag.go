package law

import (
	"regexp"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Tag is another program on the team's websites that has a browser send something.
type Tag struct {
	Name      string `json:"name" minLength:"1" maxLength:"100" doc:"of the service"`
	Recipient string `json:"recipient" minLength:"1" maxLength:"200" doc:"the company it is sent to"`
	Sends     string `json:"sends" minLength:"1" maxLength:"1000" doc:"what is sent"`
	Purpose   string `json:"purpose" minLength:"1" maxLength:"1000" doc:"what we use it for"`
	Theirs    string `json:"theirs" minLength:"1" maxLength:"1000" doc:"what they use it for"`
	Policy    string `json:"policy,omitempty" maxLength:"2000" doc:"address of their page about it"`
	OptOut    string `json:"opt_out,omitempty" maxLength:"2000" doc:"address where it can be refused"`
}

var (
	tagRule = words.T("電気通信事業法施行規則22条の2の29", "Rules of the Telecommunications Business Act, 22-2-29")
	vague   = regexp.MustCompile(`(等|など)(の?情報)?[。、,)）]*\s*$|(?i)\betc\.?\s*$|(?i)\band so on\.?\s*$`)
)

// Missing is what the notice of a tag lacks; nil where it is whole.
func (t *Tag) Missing() words.Problems {
	var problems words.Problems
	for _, f := range []struct {
		field, text string
		name        words.Text
	}{
		{"name", t.Name, words.T("サービスの名前", "The service's name")}, {"recipient", t.Recipient, words.T("送り先の会社", "The company")},
		{"sends", t.Sends, words.T("送られる情報", "What is sent")}, {"purpose", t.Purpose, words.T("こちらの目的", "What you use it for")},
		{"theirs", t.Theirs, words.T("送り先の目的", "What they use it for")},
	} {
		switch text := strings.TrimSpace(f.text); {
		case text == "":
			problems = append(problems, &words.Problem{At: words.At{File: f.field}, What: words.T("「%[1]s」が書かれていません(%[2]s)。", "%[1]s is missing (%[2]s).", f.name, tagRule), Mend: words.T("書いてください。", "Write it.")})
		case vague.MatchString(text):
			problems = append(problems, &words.Problem{At: words.At{File: f.field}, What: words.T("「%[1]s」が「等」や「など」でぼかされています(%[2]s)。", "%[1]s is blurred by “etc.” (%[2]s).", f.name, tagRule), Mend: words.T("ひとつずつ書き出してください。", "Name each of them.")})
		}
	}
	for field, address := range map[string]string{"policy": t.Policy, "opt_out": t.OptOut} {
		if address != "" && (!strings.HasPrefix(address, "https://") || strings.ContainsAny(address, " \"<>\\\r\n\t")) {
			problems = append(problems, &words.Problem{At: words.At{File: field}, What: words.T("このアドレスは使えません。", "This address cannot be used."), Mend: words.T("https:// ではじまるアドレスにしてください。", "Use one that begins with https://.")})
		}
	}
	return problems
}
