package form

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/words"
)

// Guideline is where it is written that who agrees must know from whom mail will come.
var Guideline = words.T("特定電子メールの送信等に関するガイドライン", "guideline on sending specified electronic mail")

// Unnamed is where the words that are agreed to, in either language, name none of the
// senders of marketing mail; nil where all do, where nothing is asked, and where there is
// no sender yet who could be named.
func Unnamed(d Definition, senders []string) words.Problems {
	names := callings(senders)
	if d.Consent == nil || len(names) == 0 {
		return nil
	}
	var problems words.Problems
	look := func(path, text string) {
		said := plain(text)
		if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(said, name) }) {
			return
		}
		problems = append(problems, &words.Problem{At: words.At{File: path},
			What: words.T("だれからのメールかが書かれていません(%s)。", "It does not say whose mail it is (%s).", Guideline),
			Mend: words.T("送信者の名前「%s」を文に入れてください。別の呼び名を使うときは、メールの差出人の「差出人の名前」をそれに合わせます。",
				"Write the sender's name, %q, into the words. Where another name is used, make it the sender's name shown in mail.", OneLine(senders[0]))})
	}
	look("consent.text", d.Consent.Text)
	if d.Other != nil && d.Other.Consent != nil {
		look("other.consent.text", d.Other.Consent.Text)
	}
	return problems
}

var (
	// between parts several names in one line: 株式会社くらげ / Kurage Inc.
	between = regexp.MustCompile(`[/|()]`)
	// company is what a name may be without when people are spoken to.
	company = regexp.MustCompile(`(?i)株式会社|有限会社|合同会社|合資会社|合名会社|(一般|公益)?(社団|財団)法人|学校法人|医療法人|\b(inc|ltd|llc|corp|gmbh|k\.?k|co)\b\.?`)
)

// callings are the names that count as naming somebody, as plain writes them.
func callings(senders []string) []string {
	var names []string
	for _, sender := range senders {
		for _, one := range between.Split(company.ReplaceAllString(norm.NFKC.String(sender), " "), -1) {
			// One letter is in every text.
			if name := plain(one); len([]rune(name)) > 1 && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// plain is a text as names are compared in it: without signs, spaces, widths and capitals.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(text))
}
