// Package preflight looks, before anything is sent, whether the world would believe a
// sender: what DNS says of its domain, and whether its mail says what the law and the
// large mailbox providers want. Every check is a light with a sentence and the mend; a
// red one holds marketing mail back.
package preflight

import (
	"context"
	"crypto"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/law"
	act "github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/words"
)

// Light says how a check ended.
type Light string

// The lights. Red holds marketing mail back.
const (
	Green Light = "green"
	Amber Light = "amber"
	Red   Light = "red"
)

// Check is one thing that was looked at.
type Check struct {
	Name  string // "spf", "dkim", "dmarc", "ptr", "https", "legal", "text", "one_click", "complaints", "trade", "promotion", "consent", "security"
	Light Light
	What  words.Text
	Mend  words.Text // zero where green
	Found string     // the record that was found, bounded
}

// Resolver answers questions to DNS; *net.Resolver does.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupAddr(ctx context.Context, address string) ([]string, error)
	LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error)
}

// Sender is what is looked at.
type Sender struct {
	Stream   string
	From     string // address in From
	Envelope string // where bounces go; "" the same
	Host     string // of the mail server it is handed to
	// Relay tells that the mail server is somebody else's who sends on for us: its
	// addresses in reverse DNS are not ours to set.
	Relay    bool
	Security string
	Keys     []Key
	Legal    act.Legal
	Root     string // https address the program is reached at
	HasText  bool
	Promotes bool // the mail says that it is an advertisement
	// Accepted marketing and other mails of the last RateDays days, and how many of them
	// were reported as spam.
	Accepted, Complaints int
	Forms                Forms
}

// Forms are those that take consents in: what is agreed to there has to name the sender.
type Forms struct {
	Asking  int      // how many are open
	Unnamed []string // what those are called whose words name no sender of marketing mail
}

// Key is a signing key as DNS should know it.
type Key struct {
	Domain, Selector string
	Public           crypto.PublicKey
	Record           string // the TXT record it should be
}

const (
	timeout  = 5 * time.Second
	maxFound = 300
)

// Run looks at everything. Questions to DNS take 5 seconds each at most.
func Run(ctx context.Context, r Resolver, s Sender) []Check {
	l := &looker{ctx: ctx, resolver: r, sender: s}
	l.spf()
	l.dkim()
	l.dmarc()
	l.ptr()
	l.words()
	return l.checks
}

// Blocks reports whether a sender with these checks may not send marketing mail.
func Blocks(checks []Check) bool {
	for _, c := range checks {
		if c.Light == Red {
			return true
		}
	}
	return false
}

type looker struct {
	ctx      context.Context
	resolver Resolver
	sender   Sender
	checks   []Check
}

func (l *looker) say(name string, light Light, found string, what, mend words.Text) {
	if len(found) > maxFound {
		found = strings.ToValidUTF8(found[:maxFound], "") + "…"
	}
	if light == Green {
		mend = words.Text{}
	}
	l.checks = append(l.checks, Check{Name: name, Light: light, What: what, Mend: mend, Found: found})
}

// txt is the records of a name that begin with a version. There being none is no error;
// no answer at all is.
func (l *looker) txt(name, begins string) ([]string, error) {
	ctx, cancel := context.WithTimeout(l.ctx, timeout)
	defer cancel()
	all, err := l.resolver.LookupTXT(ctx, name)
	if missing, ok := errors.AsType[*net.DNSError](err); ok && missing.IsNotFound {
		err = nil
	}
	var list []string
	for _, record := range all {
		if strings.HasPrefix(strings.ToLower(strings.ReplaceAll(record, " ", "")), begins) {
			list = append(list, record)
		}
	}
	return list, err
}

func (l *looker) silent(name, domain string) {
	l.say(name, Amber, "", words.T("%s の DNS から答えがありません。", "DNS does not answer for %s.", domain), words.T("しばらくしてから、もう一度確かめてください。", "Look again in a while."))
}

func (l *looker) spf() {
	envelope := l.sender.Envelope
	if envelope == "" {
		envelope = l.sender.From
	}
	domain := act.DomainOf(envelope)
	records, err := l.txt(domain, "v=spf1")
	mend := words.T("%s に TXT レコード「v=spf1 include:(送信サーバーの指定) ~all」を加えてください。", "Add the TXT record “v=spf1 include:(your mail server's) ~all” to %s.", domain)
	switch {
	case err != nil:
		l.silent("spf", domain)
	case len(records) == 0:
		l.say("spf", Red, "", words.T("%[1]s に SPF がありません。なりすましと見分けてもらえません(%[2]s)。", "%[1]s has no SPF record: nobody can tell your mail from a forgery (%[2]s).", domain, law.Gmail), mend)
	case len(records) > 1:
		l.say("spf", Red, strings.Join(records, " / "), words.T("SPF が%d行あります。1行でないと無効になります。", "There are %d SPF records; only one counts as valid.", len(records)), words.T("1行にまとめてください。", "Merge them into one."))
	case strings.Contains(records[0], "+all"):
		l.say("spf", Red, records[0], words.T("SPF が、だれからの送信でも許しています(+all)。", "The SPF record lets everybody send (+all)."), words.T("~all か -all に直してください。", "Change it to ~all or -all."))
	case strings.Count(records[0], "include:")+strings.Count(records[0], " mx")+strings.Count(records[0], " a ")+strings.Count(records[0], "redirect=") > 10:
		l.say("spf", Red, records[0], words.T("SPF の参照が10を超えています。受け取る側は途中であきらめます。", "The SPF record needs more than 10 look-ups; receivers give up."), words.T("使っていない include を消してください。", "Take out what you do not use."))
	default:
		l.say("spf", Green, records[0], words.T("SPF があります。", "There is an SPF record."), words.Text{})
	}
}

func (l *looker) dkim() {
	from := act.DomainOf(l.sender.From)
	if len(l.sender.Keys) == 0 {
		light := Red
		if l.sender.Relay {
			light = Amber // a relay that signs for us cannot be asked; the first test mail tells
		}
		l.say("dkim", light, "", words.T("DKIM の署名がありません。", "Mail is not signed (DKIM)."), words.T("差出人の設定で鍵を作り、表示される TXT レコードを DNS に加えてください。", "Make a key in the sender's settings and add the TXT record shown there."))
		return
	}
	for _, key := range l.sender.Keys {
		name := key.Selector + "._domainkey." + key.Domain
		records, err := l.txt(name, "v=dkim1")
		// The record itself is long and has to be copied letter by letter: it stands with the key.
		mend := words.T("DNS の %s に、差出人の「署名の鍵」に出ている TXT レコードを加えてください。", "Add the TXT record shown with the sender's signing key to DNS, as %s.", name)
		switch {
		case err != nil:
			l.silent("dkim", name)
		case len(records) == 0:
			l.say("dkim", Red, "", words.T("%s に DKIM の公開鍵がありません。", "%s has no DKIM key.", name), mend)
		case !samePublic(records[0], key.Public):
			l.say("dkim", Red, records[0], words.T("%s の公開鍵が、ここの鍵と違います。", "The key at %s is not the one mail is signed with.", name), mend)
		case !aligned(key.Domain, from):
			l.say("dkim", Red, records[0], words.T("署名のドメイン %[1]s と差出人のドメイン %[2]s が別のものです(特定電子メール法 第5条)。", "The signature is of %[1]s, the sender of %[2]s (article 5 of the Specified Electronic Mail Act).", key.Domain, from), words.T("%s の鍵を作ってください。", "Make a key for %s.", from))
		default:
			l.say("dkim", Green, records[0], words.T("DKIM の公開鍵が合っています。", "The DKIM key is right."), words.Text{})
		}
	}
}

// samePublic compares the key in a record with ours.
func samePublic(record string, ours crypto.PublicKey) bool {
	for part := range strings.SplitSeq(record, ";") {
		value, ok := strings.CutPrefix(strings.TrimSpace(part), "p=")
		if !ok {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(value, " ", ""))
		if err != nil {
			return false
		}
		equal, ok := ours.(interface{ Equal(crypto.PublicKey) bool })
		if !ok {
			return false
		}
		if public, err := x509.ParsePKIXPublicKey(raw); err == nil {
			return equal.Equal(public)
		}
		if der, err := x509.MarshalPKIXPublicKey(ours); err == nil {
			return strings.HasSuffix(string(der), string(raw)) && len(raw) == 32
		}
	}
	return false
}

// aligned is DMARC's relaxed alignment, as far as it can be told without the list of
// public suffixes: one is the other, or below it.
func aligned(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

func (l *looker) dmarc() {
	domain := act.DomainOf(l.sender.From)
	var records []string
	var err error
	// A subdomain without a record of its own follows the domain above it.
	for at := domain; strings.Contains(at, ".") && len(records) == 0 && err == nil; _, at, _ = strings.Cut(at, ".") {
		records, err = l.txt("_dmarc."+at, "v=dmarc1")
	}
	mend := words.T("_dmarc.%s に TXT レコード「v=DMARC1; p=none; rua=mailto:(集計の受け取り先)」を加えてください。", "Add the TXT record “v=DMARC1; p=none; rua=mailto:(where reports go)” to _dmarc.%s.", domain)
	switch {
	case err != nil:
		l.silent("dmarc", domain)
	case len(records) == 0:
		l.say("dmarc", Red, "", words.T("DMARC がありません。1日5,000通からは受け取りを拒まれます(%s)。", "There is no DMARC record: senders of 5,000 a day are refused (%s).", law.Gmail), mend)
	case len(records) > 1:
		l.say("dmarc", Red, strings.Join(records, " / "), words.T("DMARC が%d行あり、無効になっています。", "There are %d DMARC records; none counts.", len(records)), words.T("1行にしてください。", "Leave one."))
	case !strings.Contains(strings.ReplaceAll(strings.ToLower(records[0]), " ", ""), ";p="):
		l.say("dmarc", Red, records[0], words.T("DMARC に方針(p=)がありません。", "The DMARC record has no policy (p=)."), mend)
	case !aligned(act.DomainOf(orElse(l.sender.Envelope, l.sender.From)), domain):
		l.say("dmarc", Amber, records[0], words.T("エラーの受け取り先が差出人と別のドメインなので、SPF は数えられません。DKIM だけが頼りです。", "Bounces go to another domain than the sender's: SPF does not count, only DKIM does."), words.T("エラーの受け取り先を %s の下にしてください。", "Have bounces come to %s.", domain))
	default:
		l.say("dmarc", Green, records[0], words.T("DMARC があります。", "There is a DMARC record."), words.Text{})
	}
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (l *looker) ptr() {
	host := l.sender.Host
	if l.sender.Relay {
		l.say("ptr", Green, host, words.T("逆引きは送信サービスが持っています。", "Reverse DNS is the mail service's."), words.Text{})
		return
	}
	ctx, cancel := context.WithTimeout(l.ctx, timeout)
	defer cancel()
	addresses, err := l.resolver.LookupIPAddr(ctx, host)
	if err != nil || len(addresses) == 0 {
		l.say("ptr", Amber, host, words.T("送信サーバー %s のアドレスが引けません。", "The mail server %s has no address in DNS.", host), words.T("サーバーの名前を確かめてください。", "Check its name."))
		return
	}
	if ip := addresses[0].IP; ip.IsLoopback() || ip.IsPrivate() {
		l.say("ptr", Amber, ip.String(), words.T("送信サーバーは社内のアドレスなので、外から見た逆引きは確かめられません。", "The mail server has an inside address: how the world sees it cannot be looked up."), words.T("外に出るときのアドレスの逆引きを、管理者に確かめてください。", "Ask whoever runs it for the reverse DNS of its outside address."))
		return
	}
	names, err := l.resolver.LookupAddr(ctx, addresses[0].IP.String())
	if err != nil || len(names) == 0 {
		l.say("ptr", Red, addresses[0].IP.String(), words.T("送信サーバーのアドレス %s に逆引き(PTR)がありません。", "The mail server's address %s has no reverse DNS (PTR).", addresses[0].IP.String()), words.T("サーバーの会社に、逆引きの設定を頼んでください。", "Ask the server's provider to set it."))
		return
	}
	for _, name := range names {
		back, err := l.resolver.LookupIPAddr(ctx, strings.TrimSuffix(name, "."))
		for _, b := range back {
			if err == nil && b.IP.Equal(addresses[0].IP) {
				l.say("ptr", Green, name, words.T("逆引きと正引きが合っています。", "Reverse and forward DNS agree."), words.Text{})
				return
			}
		}
	}
	l.say("ptr", Red, strings.Join(names, " "), words.T("逆引きの名前が、元のアドレスに戻りません。", "The name of the reverse DNS does not lead back."), words.T("サーバーの会社に、正引きと合わせてもらってください。", "Have both agree."))
}

// Of so many mails at least a rate of complaints says something; the rest is what Gmail
// asks of all senders: below .1 %, and never .3 %. It lets nobody argue until a week was
// below.
const (
	RateDays     = 7
	rateLeast    = 1000
	rateLeastBad = 3 // reports: two may be one person with two mailboxes
	rateAmber    = 0.001
	rateRed      = 0.003
)

// Complaints says what to think of so many reports of spam among so many mails.
func Complaints(accepted, complaints int) Check {
	rate := 0.0
	if accepted > 0 {
		rate = float64(complaints) / float64(accepted)
	}
	share := fmt.Sprintf("%.2f%%", rate*100)
	c := Check{Name: "complaints"}
	switch {
	case complaints < rateLeastBad || rate < rateAmber:
		c.Light = Green
		c.What = words.T("この%[1]d日に迷惑メールと報告されたのは%[2]d通です(%[3]sでは0.1%%未満)。", "%[2]d mails were reported as spam in %[1]d days (%[3]s: below .1 %%).", RateDays, complaints, law.Gmail)
	case accepted < rateLeast || rate < rateRed:
		c.Light = Amber
		c.What = words.T("この%[1]d日に、%[2]s が迷惑メールと報告されました(%[3]sでは0.1%%未満)。", "%[2]s were reported as spam in %[1]d days (%[3]s ask for less than .1 %%).", RateDays, share, law.Gmail)
		c.Mend = words.T("待っていない方に送っていないか、宛先を見直してください。", "See whether you write to people who do not expect it.")
	default:
		c.Light = Red
		c.What = words.T("この%[1]d日に、%[2]s が迷惑メールと報告されました。%[3]sは0.3%%以上を認めません。", "%[2]s were reported as spam in %[1]d days. %[3]s do not allow .3 %%.", RateDays, share, law.Gmail)
		c.Mend = words.T("宛先を、求めのあった方だけにしぼってください。%d日たつと、また送れます。", "Write only to those who asked for it. After %d days you may send again.", RateDays)
	}
	return c
}

// words looks at what needs no DNS.
func (l *looker) words() {
	s := l.sender
	if s.Security == "none" {
		l.say("security", Amber, "", words.T("送信サーバーまでの道が暗号化されていません。", "The way to the mail server is not encrypted."), words.T("STARTTLS か TLS を選んでください。", "Choose STARTTLS or TLS."))
	} else {
		l.say("security", Green, s.Security, words.T("送信サーバーまで暗号化されています。", "The way to the mail server is encrypted."), words.Text{})
	}
	if !s.HasText {
		l.say("text", Red, "", words.T("テキストの本文がありません。", "There is no text part."), words.T("ブロックに文字を入れてください。", "Put words into the blocks."))
	} else {
		l.say("text", Green, "", words.T("HTML とテキストの両方があります。", "There is an HTML and a text part."), words.Text{})
	}
	if s.Stream != act.Marketing {
		return
	}
	if strings.HasPrefix(s.Root, "https://") {
		l.say("https", Green, s.Root, words.T("配信停止のアドレスは https です。", "The address to refuse is https."), words.Text{})
	} else {
		l.say("https", Red, s.Root, words.T("ワンクリックの配信停止には https のアドレスが要ります(RFC 8058)。", "Refusing with one click needs an https address (RFC 8058)."), words.T("--url に https のアドレスを指定して起動してください。", "Start the program with --url and an https address."))
	}
	l.checks = append(l.checks, Complaints(s.Accepted, s.Complaints))
	missing := s.Legal.Missing(s.Stream)
	for _, p := range missing {
		l.say("legal", Red, p.At.File, p.What, p.Mend)
	}
	if len(missing) == 0 {
		l.say("legal", Green, s.Legal.Sender, words.T("送信者の名前・住所・受付先がそろっています(特定電子メール法 第4条)。", "Name, postal address and contact are there (article 4 of the Specified Electronic Mail Act)."), words.Text{})
	}
	if s.Legal.Trade == "" {
		l.say("trade", Amber, "", words.T("特定商取引法の表記がありません。通信販売の広告なら要ります(第11条・第12条の3)。", "There is no line of the Act on Specified Commercial Transactions; advertisements of mail order need it."), words.T("通信販売なら、差出人の設定に表記かその URL を書いてください。", "For mail order, write it, or where it stands, into the sender's settings."))
	} else {
		l.say("trade", Green, s.Legal.Trade, words.T("特定商取引法の表記があります。", "The line of the Act on Specified Commercial Transactions is there."), words.Text{})
	}
	l.consents()
	if s.Promotes {
		l.say("promotion", Green, "", words.T("広告であることが書いてあります(ステマ規制)。", "It says that it is an advertisement."), words.Text{})
	} else {
		l.say("promotion", Amber, "", words.T("広告であることの表示がありません。第三者の感想や紹介の形なら要ります(景品表示法 ステマ規制)。", "It does not say that it is an advertisement; reviews and recommendations paid for must."), words.T("そうした内容なら、「広告・宣伝」の表示を入れてください。", "If it holds such, switch the mark on."))
	}
}

// consents looks at the words of the forms that ask for consent. A form is not opened with
// words that name nobody; these were open when the sender was made, or renamed. Those who
// agreed elsewhere may still be written to, so this is no red light.
func (l *looker) consents() {
	switch f := l.sender.Forms; {
	case f.Asking == 0:
	case len(f.Unnamed) == 0:
		l.say("consent", Green, "", words.T("フォームの同意の文に、送信者の名前があります(%s)。", "The words of consent in forms name the sender (%s).", law.Of(6).Article), words.Text{})
	default:
		l.say("consent", Amber, strings.Join(f.Unnamed, " / "), words.T("同意の文に送信者の名前がないフォームが、受付中です(%s)。", "Forms are open whose words of consent do not name the sender (%s).", law.Of(6).Article),
			words.T("フォームの「チェックの横の文」に、送信者の名前を入れてください。", "Write the sender's name into the words beside the box."))
	}
}
