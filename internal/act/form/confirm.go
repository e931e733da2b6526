package form

import (
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// ConfirmDays is how long the link of a confirmation mail works.
const ConfirmDays = 7

// MailsADay is how many confirmation mails one address is sent within a day, however often
// it is written into a form: nobody's mailbox is to be filled by somebody else.
const MailsADay = 3

// Own is the language of a form's own words.
func (d Definition) Own() words.Lang {
	if d.Lang == string(words.EN) {
		return words.EN
	}
	return words.JA
}

// Confirms reports whether a mail asks once more.
func (d Definition) Confirms() bool { return d.Consent != nil && d.Consent.Confirm }

// Completed is a definition with the words of its confirmation mail written out, so that
// they stay what they were when ours change.
func (d Definition) Completed() Definition {
	if !d.Confirms() {
		return d
	}
	c := *d.Consent
	c.Subject, c.Mail = completed(d.Title, c.Subject, c.Mail, d.Own())
	d.Consent = &c
	if d.Other != nil && d.Other.Consent != nil {
		other, said := *d.Other, *d.Other.Consent
		said.Subject, said.Mail = completed(other.Title, said.Subject, said.Mail, d.OtherLang())
		other.Consent = &said
		d.Other = &other
	}
	return d
}

func completed(title, subject, mail string, lang words.Lang) (string, string) {
	if strings.TrimSpace(subject) == "" {
		for utf8.RuneCountInString(title) > 60 {
			title = string([]rune(title)[:60])
		}
		subject = words.T("【ご確認】%s", "Please confirm: %s", OneLine(title)).In(lang)
	}
	if strings.TrimSpace(mail) == "" {
		mail = words.T("お申し込みありがとうございます。\n\n下のボタンから登録を確かめてください。それまで、案内のメールはお送りしません。",
			"Thank you for signing up.\n\nPlease confirm with the button below. Until then we send you nothing else.").In(lang)
	}
	return subject, mail
}

// OneLine puts a text on one line.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Confirmation is the words around asking once more: of the mail, and of the page its
// button opens.
type Confirmation struct {
	Subject, Mail, Agreed, Button, After string // of the mail; Agreed is the text of the box
	Ask, AskText, Yes                    string // of the page: nothing is confirmed by opening it
	Done, DoneText                       string
}

// Confirmation is what is said of a completed definition.
func (d Definition) Confirmation() Confirmation {
	d = d.Completed()
	t := func(ja, en string, args ...any) string { return words.T(ja, en, args...).In(d.Own()) }
	c := Confirmation{
		Button: t("登録を確かめる", "Confirm"),
		After: t("このリンクは%d日間使えます。お心当たりがなければ、何もなさらないでください。何も登録されません。",
			"The link works for %d days. If you did not ask for this, do nothing: nothing is signed up.", ConfirmDays),
		Ask: t("登録してよろしいですか?", "Sign up?"), AskText: t("ボタンを押すと、登録が終わります。", "Press the button, and you are signed up."), Yes: t("登録する", "Sign up"),
		Done: t("登録しました。ありがとうございます。", "You are signed up. Thank you."), DoneText: t("このページは閉じてかまいません。", "You may close this page."),
	}
	if d.Consent != nil {
		c.Subject, c.Mail, c.Agreed = d.Consent.Subject, d.Consent.Mail, d.Consent.Text
	}
	return c
}

// Requested is the event of a newsletter somebody asked for and has not confirmed: only who
// confirms has subscribed.
const Requested = "Newsletter Requested"

// SentEvent is the event that sending the form in becomes, and ConfirmedEvent the one that
// confirming becomes, "" where that is none.
func (d Definition) SentEvent() string {
	if d.Kind == Newsletter && d.Confirms() {
		return Requested
	}
	return d.Kind.Event()
}

// ConfirmedEvent is the event of a confirmation; see SentEvent.
func (d Definition) ConfirmedEvent() string {
	if d.Kind == Newsletter && d.Confirms() {
		return Newsletter.Event()
	}
	return ""
}
