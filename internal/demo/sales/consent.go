package sales

import (
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/words"
)

// The words beside the boxes that were ticked, to the letter.
var (
	DownloadConsent   = words.T("ひなたワークスから、採用に役立つ事例やセミナーのご案内のメールを受け取ります。", "I would like mail from Hinata Works about cases and seminars on hiring.")
	NewsletterConsent = words.T("ひなたワークスのメールマガジン(月2回・広告を含みます)を受け取ります。", "I would like the newsletter of Hinata Works (twice a month, with advertising).")
)

// ConsentOf is the ground on which somebody may be written to. Its address and moment are
// the caller's to fill in.
func (o *Office) ConsentOf(k int) contact.Consent {
	p := &o.People[k]
	c := contact.Consent{Key: "demo/" + p.Visitor, Basis: p.Basis, State: contact.Granted}
	switch p.Told {
	case ByDownload:
		c.Source, c.Text, c.IP = "https://"+host+videoPath, DownloadConsent.In(o.Lang), "192.0.2.10"
	case ByNewsletter:
		c.Source, c.Text, c.IP = "https://"+host+"/newsletter", NewsletterConsent.In(o.Lang), "192.0.2.11"
		c.Double, c.ConfirmedAt = true, p.KnownAt+5*minute
	case ByCard:
		c.Source, c.Operator = words.T("人事・採用フェアで交換した名刺", "Business cards of the hiring fair").In(o.Lang), p.Owner
	case ByDealings:
		c.Source, c.Operator = words.T("採用支援のご契約", "Contract on help with hiring").In(o.Lang), p.Owner
	}
	return c
}

// StopOf is why nothing more is sent to somebody.
func (o *Office) StopOf(k int) (contact.Suppression, bool) {
	p := &o.People[k]
	s := contact.Suppression{At: min(p.KnownAt+40*day, o.Now-hour)}
	switch {
	case p.Open:
		return s, false
	case p.number%37 == 5:
		s.Reason = contact.Unsubscribed
	case p.number%211 == 7:
		s.Reason = contact.Undeliverable
	case p.number%1201 == 11:
		s.Reason = contact.Complained
	default:
		return s, false
	}
	return s, true
}
