package contact

import (
	"strings"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// Basis is the ground on which advertising mail may be sent to somebody: the four that
// article 3, paragraph 1 of the Act on Regulation of Transmission of Specified Electronic
// Mail (特定電子メール法) knows.
type Basis string

// The grounds.
const (
	Agreed    Basis = "agreed"    // they asked for it or agreed to it (no. 1)
	OnPaper   Basis = "paper"     // they told the address in writing, as on a business card (no. 2)
	Dealing   Basis = "dealing"   // they are in a business relation with the sender (no. 3)
	Published Basis = "published" // a business that publishes its address itself (no. 4)
)

// Bases is every ground.
var Bases = []Basis{Agreed, OnPaper, Dealing, Published}

// Known reports whether it is one of the grounds.
func (b Basis) Known() bool { return b == Agreed || b == OnPaper || b == Dealing || b == Published }

// In names the ground.
func (b Basis) In(lang words.Lang) string { return b.text().In(lang) }

func (b Basis) text() words.Text {
	switch b {
	case Agreed:
		return words.T("本人の同意", "Their consent")
	case OnPaper:
		return words.T("書面（名刺など）での通知", "Told in writing (business card)")
	case Dealing:
		return words.T("取引関係", "A business relation")
	case Published:
		return words.T("本人が公表しているアドレス", "An address they publish themselves")
	}
	return words.T("根拠なし", "No ground")
}

// article is where the law names the ground.
func (b Basis) article() string {
	switch b {
	case Agreed:
		return "特定電子メール法3条1項1号"
	case OnPaper:
		return "特定電子メール法3条1項2号・規則2条"
	case Dealing:
		return "特定電子メール法3条1項3号"
	case Published:
		return "特定電子メール法3条1項4号・規則3条"
	}
	return "特定電子メール法3条1項"
}

// State is what a record says.
type State string

// The states.
const (
	Granted State = "granted"
	Refused State = "refused"
)

// Consent is one thing that was said about mail to an address. It never changes; what is
// said later is a record of its own, save that the moment somebody confirms is filled in
// once. Together they are what article 3, paragraph 2 asks to keep.
type Consent struct {
	ID      string
	Key     string // the same thing told twice has the same key and is one record
	Address string // its Key
	Basis   Basis  // of Granted
	Topic   string // "" is mail of any topic
	State   State
	At      event.Millis

	// How it was said: where, and exactly what was on the screen or the paper.
	Source      string // URL, or the name of what it came from
	Form        string // id of a form of ours
	FormVersion int
	Text        string // the text shown, to the letter
	Lang        string // in which it was shown, where a form of ours showed it: "ja", "en"
	IP          string
	UserAgent   string
	Notice      string // version of the privacy notice they were shown
	Operator    string // who entered it, where it was not they themselves
	Note        string

	// Double is a consent that counts once it is confirmed by a mail to the address.
	Double      bool
	ConfirmedAt event.Millis
	// NoAds is a published address beside which it says that advertising is not wanted.
	NoAds bool
}

// Stream is what kind of mail is meant.
type Stream string

// The streams.
const (
	Marketing     Stream = "marketing"
	Transactional Stream = "transactional" // what a contract or a request needs
)

// Reason is why nothing more is sent to an address.
type Reason string

// The reasons of a suppression.
const (
	Unsubscribed  Reason = "unsubscribed"
	Complained    Reason = "complained"    // reported as spam
	Undeliverable Reason = "undeliverable" // refused for good by its host
	Erased        Reason = "erased"        // asked to be forgotten; only the hash is left
	ByHand        Reason = "by-hand"       // told by telephone, in person
)

// Reasons is every reason.
var Reasons = []Reason{Unsubscribed, Complained, Undeliverable, Erased, ByHand}

// Known reports whether it is one of the reasons.
func (r Reason) Known() bool {
	return r == Unsubscribed || r == Complained || r == Undeliverable || r == Erased || r == ByHand
}

// In names the reason.
func (r Reason) In(lang words.Lang) string { return r.text().In(lang) }

func (r Reason) text() words.Text {
	switch r {
	case Unsubscribed:
		return words.T("配信停止の申し出", "They unsubscribed")
	case Complained:
		return words.T("迷惑メールの報告", "They reported it as spam")
	case Undeliverable:
		return words.T("届かないアドレス", "The address does not take mail")
	case Erased:
		return words.T("データの消去の申し出", "They asked to be erased")
	}
	return words.T("担当者による停止", "Stopped by hand")
}

// Suppression is an address nothing more is sent to. It outlives the contact: it is kept as
// a keyed hash of the address, so that an import does not bring anybody back.
type Suppression struct {
	Topic  string // "" is every topic
	Reason Reason
	At     event.Millis
	By     string // who said so; "" they themselves
	Note   string
	Lifted event.Millis // 0: it holds
}

// Verdict says whether something may be sent, and what speaks for or against it.
type Verdict struct {
	May     bool
	Article string     // of the law; "" where it is not the law that speaks
	Why     words.Text // a sentence for people
	Consent string     // ID of the record it rests on
	Refused bool       // they do not want it, or no longer
}

// refusal is the article that a refusal rests on.
const refusal = "特定電子メール法3条3項"

// MaySend decides over one mail to one address, at the moment it is handed over. consents
// and suppressions are those of the address, in any order.
func MaySend(consents []Consent, suppressions []Suppression, topic string, stream Stream, now event.Millis) Verdict {
	for _, s := range suppressions {
		if s.Reason == Undeliverable && s.holds(topic, now) {
			return Verdict{Why: words.T("このアドレスには届きません（恒久的なエラーで戻りました）。アドレスを確かめてください。",
				"This address takes no mail (it came back for good). Check the address.")}
		}
	}
	if stream == Transactional {
		return Verdict{May: true, Article: "特定電子メール法施行規則6条", Why: words.T("取引・契約に必要なお知らせなので、送れます。",
			"It is needed for a contract or a request, so it may be sent.")}
	}
	for _, s := range suppressions {
		if s.holds(topic, now) {
			return Verdict{Article: refusal, Refused: true, Why: words.T("配信を止めています（%s）。", "Mail to them is stopped (%s).", s.Reason.text())}
		}
	}
	ground, refused := weigh(consents, topic, now)
	if refused != nil {
		// A card, a deal or a list does not speak against a refusal; only a new consent does.
		ground = agreedSince(consents, topic, refused.At, now)
	}
	switch {
	case refused != nil && ground == nil:
		return Verdict{Article: refusal, Consent: refused.ID, Refused: true, Why: words.T("受け取らないと伝えられています。", "They said that they do not want it.")}
	case ground != nil && ground.NoAds:
		return Verdict{Article: ground.Basis.article(), Consent: ground.ID, Why: words.T("公表のページに「広告メールお断り」とあるので、送れません。",
			"The page that publishes the address says that advertising is not wanted.")}
	case ground != nil:
		return Verdict{May: true, Article: ground.Basis.article(), Consent: ground.ID, Why: words.T("送る根拠: %s。", "Ground: %s.", ground.Basis.text())}
	case waiting(consents, topic):
		return Verdict{Article: Agreed.article(), Why: words.T("確認メールへの返事を待っています。", "They have not confirmed yet.")}
	}
	return Verdict{Article: Basis("").article(), Why: words.T("送る根拠（同意・名刺・取引・公表アドレス）が記録されていません。",
		"No ground is recorded (consent, business card, business relation, published address).")}
}

// Holds reports whether nothing about a topic is sent by it.
func (s Suppression) Holds(topic string, now event.Millis) bool { return s.holds(topic, now) }

func (s Suppression) holds(topic string, now event.Millis) bool {
	return (s.Topic == "" || s.Topic == topic) && s.At <= now && (s.Lifted == 0 || s.Lifted > now)
}

// said is the moment from which a consent counts.
func (c *Consent) said() event.Millis { return max(c.At, c.ConfirmedAt) }

func (c *Consent) about(topic string) bool { return c.Topic == "" || c.Topic == topic }

// weigh finds the newest ground to send on, consent before the others, and the newest
// refusal. What is not confirmed yet is no ground.
func weigh(consents []Consent, topic string, now event.Millis) (ground, refused *Consent) {
	for i := range consents {
		c := &consents[i]
		if !c.about(topic) || c.At > now {
			continue
		}
		switch {
		case c.State == Refused:
			if refused == nil || c.At > refused.At {
				refused = c
			}
		case !c.Basis.Known() || !c.counts(now):
		case ground == nil, c.better(ground):
			ground = c
		}
	}
	return ground, refused
}

func (c *Consent) better(than *Consent) bool {
	if c.NoAds != than.NoAds {
		return than.NoAds
	}
	if (c.Basis == Agreed) != (than.Basis == Agreed) {
		return c.Basis == Agreed
	}
	return c.said() > than.said()
}

func waiting(consents []Consent, topic string) bool {
	for _, c := range consents {
		if c.State == Granted && c.about(topic) && c.Double && c.ConfirmedAt == 0 {
			return true
		}
	}
	return false
}

// RetentionYears is how long a consent is kept after the last mail that rests on it: what
// the Act on Specified Commercial Transactions (特定商取引法) asks for, which is longer than
// the month of the mail act.
const RetentionYears = 3

const yearMillis = 366 * 24 * 60 * 60 * 1000

// KeepUntil is until when a consent has to be kept. lastSend is of the last mail to the
// address, 0 where there was none; years 0 is the default.
func KeepUntil(c Consent, lastSend event.Millis, years int) event.Millis {
	if years <= 0 {
		years = RetentionYears
	}
	return max(c.said(), lastSend) + event.Millis(years)*yearMillis
}

// CheckConsent refuses a record that could not be shown to anybody: a *ValueError.
func CheckConsent(c Consent) error {
	switch {
	case c.Address == "" || len(c.Address) > maxAddress:
		return unfit("アドレスがありません。", "There is no address.")
	case c.State != Granted && c.State != Refused:
		return unfit("同意か拒否かが分かりません。", "It says neither consent nor refusal.")
	case c.State == Granted && !c.Basis.Known():
		return unfit("送る根拠を選んでください（同意・名刺などの書面・取引関係・公表アドレス）。",
			"Choose the ground (consent, told in writing, business relation, published address).")
	case c.At <= 0:
		return unfit("いつのことかを書いてください。", "Say when it was.")
	}
	for _, text := range []struct {
		text string
		most int
	}{{c.Topic, MaxTag}, {c.Source, 2000}, {c.Form, MaxTag}, {c.Text, 20_000}, {c.IP, 64}, {c.UserAgent, 500}, {c.Notice, MaxTag}, {c.Operator, MaxName}, {c.Note, MaxText}} {
		if len(text.text) > text.most || strings.ContainsRune(text.text, 0) {
			return unfit("記録の文字が長すぎます（%dバイトまで）。", "A text of the record is too long (up to %d bytes).", text.most)
		}
	}
	return nil
}
