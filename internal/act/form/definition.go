// Package form is what forms and surveys are: which questions they ask, what counts as an
// answer, what looks like a robot's, and what the answers of many say. It is pure: the
// server shows a form, takes answers in and makes events and contacts of them.
package form

// Kind is what a form is for. It decides the event a submission becomes.
type Kind string

// The kinds of form.
const (
	Inquiry    Kind = "inquiry"
	Download   Kind = "download"
	Newsletter Kind = "newsletter"
	Survey     Kind = "survey"
)

// Event is the name of the event a submission becomes: the names of the specification that
// the SDKs follow, where it has one.
func (k Kind) Event() string {
	switch k {
	case Download:
		return "Document Requested"
	case Newsletter:
		return "Newsletter Subscribed"
	case Survey:
		return "Survey Answered"
	}
	return "Inquiry Submitted"
}

// Definition is one version of a form. What it shows is kept for as long as consents that
// were given under it: the exact text is what was agreed to.
type Definition struct {
	Kind      Kind       `json:"kind"`
	Lang      string     `json:"lang,omitempty"` // of the page around the questions: ja (default), en
	Title     string     `json:"title"`
	Lead      string     `json:"lead,omitempty"`
	Questions []Question `json:"questions"`
	Button    string     `json:"button,omitempty"` // what stands on it; the kind's own word where empty
	Thanks    string     `json:"thanks,omitempty"` // what is shown afterwards
	// Next is an https address that is opened afterwards instead, or the document of a Download.
	Next string `json:"next,omitempty"`
	// Document is the id of a file of ours that a Download hands out instead of Next.
	Document string `json:"document,omitempty"`
	// Policy is the address of the privacy policy; it is linked above the button.
	Policy  string   `json:"policy,omitempty"`
	Consent *Consent `json:"consent,omitempty"`
	// Sites may show the form in a frame: host names, "*.example.jp" for all below one.
	// Where none is named, no other site may.
	Sites []string `json:"sites,omitempty"`
	// Other is the same form in the other language; nil: it can be read in one.
	Other *Wording `json:"other,omitempty"`
	// Choice is how a reader's language is chosen where there are two: ByReader or Fixed.
	Choice string `json:"choice,omitempty"`
}

// Hands reports whether there is something to hand out, where the form promises it.
func (d Definition) Hands() bool { return d.Kind != Download || d.Next != "" || d.Document != "" }

// Consent asks whether mail may be sent. The box is never ticked beforehand.
type Consent struct {
	Text     string `json:"text"`               // the exact words beside the box
	Topic    string `json:"topic,omitempty"`    // what the mail is about; empty: any marketing
	Required bool   `json:"required,omitempty"` // only of a Newsletter: it is what it is for
	// Confirm asks once more by mail; until that is answered nothing but that mail is sent.
	Confirm bool `json:"confirm,omitempty"`
	// Subject and Mail are what that mail says before its button; they are part of the
	// version, so that the words somebody confirmed stay known. See Completed.
	Subject string `json:"subject,omitempty"`
	Mail    string `json:"mail,omitempty"`
	// Sender is the id of the transactional sender it leaves by; empty: the only one there is.
	Sender string `json:"sender,omitempty"`
}

// QuestionKind is how a question is answered.
type QuestionKind string

// The kinds of question.
const (
	Line    QuestionKind = "line"    // one line
	Text    QuestionKind = "text"    // several
	Email   QuestionKind = "email"   // a mail address
	Phone   QuestionKind = "phone"   // a telephone number
	Number  QuestionKind = "number"  // a number
	One     QuestionKind = "one"     // one of Options
	Several QuestionKind = "several" // any of Options
	Yes     QuestionKind = "yes"     // a box to tick
	Nps     QuestionKind = "nps"     // 0 to 10: would you recommend us
	Csat    QuestionKind = "csat"    // 1 to 5: how content are you
)

// Question is one thing asked.
type Question struct {
	Key      string       `json:"key"` // unique in the form; answers are kept under it
	Kind     QuestionKind `json:"kind"`
	Label    string       `json:"label"`
	Hint     string       `json:"hint,omitempty"`
	Required bool         `json:"required,omitempty"`
	Options  []string     `json:"options,omitempty"`
	// To is the property of the contact an answer becomes: "address", "name", "company",
	// "phone" or one of the team's own; empty: it stays with the submission.
	To string `json:"to,omitempty"`
	// Counted puts the answer into the event, so that it can be counted by it. It is for
	// choices only: what people type themselves is never in an event.
	Counted bool              `json:"counted,omitempty"`
	said    map[string]string // what is read for options; see Reads
}

// Bounds of a form and its answers.
const (
	MaxDefinition = 64 << 10
	MaxQuestions  = 40
	MaxOptions    = 100
	maxKey        = 40
	maxShort      = 200   // characters of labels, options, buttons
	maxLong       = 4000  // of leads, thanks, consent texts
	maxLine       = 500   // of an answer in one line
	maxText       = 10000 // of an answer in several
	maxSites      = 50
	// MaxBody is the largest submission that is read, in bytes.
	MaxBody = 256 << 10
)

// choice reports whether answers come out of a list, so that they say nothing of their own.
func (q Question) choice() bool {
	switch q.Kind {
	case One, Several, Yes, Nps, Csat:
		return true
	}
	return false
}
