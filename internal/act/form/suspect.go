package form

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/shirube/shirube/internal/words"
)

// Sign is one thing that speaks for a robot.
type Sign string

// The signs. A trap that was filled in, or a page that was never opened, is certain; the
// others only together.
const (
	Trapped  Sign = "trapped"   // a field no person sees was filled in
	NoPage   Sign = "no-page"   // what the page carries along is missing or made up
	TooQuick Sign = "too-quick" // quicker than anybody reads the questions
	Stale    Sign = "stale"     // the page was opened long ago
	Repeated Sign = "repeated"  // the same page was sent in before
	ManyHere Sign = "many-here" // many from the same connection lately
	Links    Sign = "links"     // full of addresses
	NoKana   Sign = "no-kana"   // a long text without a Japanese letter on a Japanese form
)

// Seen is what the server saw of a submission.
type Seen struct {
	Trap   string        // what came in the field no person sees
	Signed bool          // the page's token is ours and for this form
	Took   time.Duration // from opening the page to sending it in
	Again  bool          // this token was used before
	Lately int           // submissions from the same connection in the last hour, this one included
}

// Judgement is what becomes of a submission.
type Judgement string

// The judgements.
const (
	Accepted Judgement = "accepted" // becomes a contact and an event at once
	Held     Judgement = "held"     // kept aside until somebody of the team has looked
	Dropped  Judgement = "dropped"  // certainly a robot: answered as if it had worked, and not kept
)

// Limits of what a person does.
const (
	quickest    = 2 * time.Second
	perQuestion = 400 * time.Millisecond
	Longest     = 24 * time.Hour
	manyHere    = 10
	dropHere    = 100
	manyLinks   = 3
	longText    = 40
)

var linkShape = regexp.MustCompile(`(?i)https?://|www\.|\[url|<a\s`)

// Judge tells robots from people without asking anybody else. A person is never sent away:
// what is not certain is held, and somebody looks.
func Judge(d Definition, s Submission, seen Seen) (Judgement, []Sign) {
	var signs []Sign
	note := func(is bool, sign Sign) {
		if is {
			signs = append(signs, sign)
		}
	}
	trapped := strings.TrimSpace(seen.Trap) != ""
	note(trapped, Trapped)
	note(!seen.Signed, NoPage)
	note(seen.Signed && seen.Took < min(quickest+time.Duration(len(d.Questions))*perQuestion, 5*time.Second), TooQuick)
	note(seen.Signed && seen.Took > Longest, Stale)
	note(seen.Again, Repeated)
	note(seen.Lately > manyHere, ManyHere)
	var free strings.Builder
	for _, q := range d.Questions {
		if q.Kind == Line || q.Kind == Text {
			free.WriteString(strings.Join(s.Answers[q.Key], "\n"))
			free.WriteByte('\n')
		}
	}
	note(len(linkShape.FindAllStringIndex(free.String(), manyLinks)) >= manyLinks, Links)
	note(d.Lang != "en" && foreign(free.String()), NoKana)
	switch {
	case trapped && (!seen.Signed || seen.Took < quickest), seen.Lately > dropHere:
		return Dropped, signs
	case len(signs) > 0:
		return Held, signs
	}
	return Accepted, nil
}

// foreign reports a text long enough to tell, without one Japanese letter in it.
func foreign(text string) bool {
	letters := 0
	for _, r := range text {
		if unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= longText
}

// Words say a sign to whoever looks at what was held.
func (s Sign) Words() words.Text {
	switch s {
	case Trapped:
		return words.T("人には見えない欄に記入がありました", "a field nobody sees was filled in")
	case NoPage:
		return words.T("フォームのページを開かずに送られました", "it was sent without opening the form's page")
	case TooQuick:
		return words.T("読むより早く送られました", "it was sent quicker than the questions can be read")
	case Stale:
		return words.T("ページを開いてから1日以上たっています", "the page had been open for more than a day")
	case Repeated:
		return words.T("同じページから2度送られました", "the same page was sent in twice")
	case ManyHere:
		return words.T("同じ接続から何度も送られています", "many came from the same connection")
	case Links:
		return words.T("本文にアドレスがいくつもあります", "the text is full of addresses")
	case NoKana:
		return words.T("日本語のない長い文です", "a long text without any Japanese")
	}
	return words.Text{JA: string(s), EN: string(s)}
}
