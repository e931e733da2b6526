package contact

import "strings"

// FreeMail reports whether a domain gives addresses to everybody, so that it says nothing
// about who somebody works for.
func FreeMail(domain string) bool { return listed(freeHosts, domain) }

// Disposable reports whether a domain gives addresses that last for minutes.
func Disposable(domain string) bool { return listed(disposableHosts, domain) }

// listed looks for a domain and for the domains it lies in.
func listed(hosts map[string]bool, domain string) bool {
	for {
		if hosts[domain] {
			return true
		}
		dot := strings.IndexByte(domain, '.')
		if dot < 0 {
			return false
		}
		domain = domain[dot+1:]
	}
}

func setOf(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}

// roles are names of offices. Mail to them is read by several people, so a consent given by
// one of them is worth asking about.
var roles = setOf(`info information contact inquiry inquiries toiawase otoiawase soumu keiri jinji saiyo saiyou recruit
	kouhou koho eigyo eigyou sales marketing support help helpdesk service office admin administrator webmaster postmaster
	hostmaster abuse noc security privacy noreply no-reply donotreply do-not-reply mailer-daemon newsletter news press pr hr jobs career
	careers accounting billing invoice order orders shop store team staff hello mail root usenet uucp www ftp daihyo`)

// freeHosts: the large ones of the world and those of Japan, its carriers and its providers.
var freeHosts = setOf(`gmail.com googlemail.com yahoo.com yahoo.co.jp ymail.ne.jp ymail.com rocketmail.com outlook.com outlook.jp
	hotmail.com hotmail.co.jp live.com live.jp msn.com icloud.com me.com mac.com aol.com proton.me protonmail.com pm.me gmx.com gmx.de
	gmx.net web.de mail.com mail.ru yandex.ru yandex.com zoho.com tutanota.com tuta.io fastmail.com hey.com qq.com 163.com 126.com
	sina.com naver.com daum.net hanmail.net yahoo.co.uk yahoo.fr yahoo.de yahoo.com.tw yahoo.com.br orange.fr free.fr libero.it
	docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp vodafone.ne.jp disney.ne.jp willcom.com ymobile.ne.jp y-mobile.ne.jp
	rakuten.jp rakumail.jp emobile.ne.jp biglobe.ne.jp nifty.com nifty.ne.jp so-net.ne.jp ocn.ne.jp plala.or.jp dion.ne.jp
	hi-ho.ne.jp odn.ne.jp asahi-net.or.jp infoweb.ne.jp tcn-catv.ne.jp jcom.home.ne.jp jcom.zaq.ne.jp zaq.ne.jp eonet.ne.jp excite.co.jp
	infoseek.jp goo.jp goo.ne.jp mail.goo.ne.jp auone.jp auone-net.jp uqmobile.jp mineo.jp kcn.jp commufa.jp sannet.ne.jp wakwak.com`)

// disposableHosts are the best known; the list grows by hand.
var disposableHosts = setOf(`mailinator.com guerrillamail.com guerrillamail.net guerrillamail.org sharklasers.com grr.la 10minutemail.com
	10minutemail.net tempmail.com temp-mail.org temp-mail.io tempmail.net tempail.com yopmail.com yopmail.fr yopmail.net throwawaymail.com
	trashmail.com trashmail.de trash-mail.com dispostable.com getnada.com nada.email maildrop.cc mailnesia.com mintemail.com mohmal.com
	fakeinbox.com fakemail.net spamgourmet.com discard.email discardmail.com emailondeck.com mailcatch.com moakt.com tempinbox.com
	mytemp.email burnermail.io mailsac.com inboxkitten.com 1secmail.com 1secmail.net 1secmail.org spam4.me tmpmail.org tmpmail.net
	sute.jp meruado.uk eay.jp instaddr.ch mail.instaddr.ch kuku.lu svk.jp nezumi.be usako.be via.tokyo.jp m.kuku.lu sofia.re fuwari.be
	macr2.com moimoi.re exdonuts.com heisei.be honeys.be mbox.re digdig.org f5.si`)

// misspelt are slips of the hand that are real domains or look like one, and what was meant.
var misspelt = map[string]string{
	"gmai.com": "gmail.com", "gmial.com": "gmail.com", "gamil.com": "gmail.com", "gmail.co": "gmail.com", "gmail.cm": "gmail.com",
	"gmail.con": "gmail.com", "gmail.comm": "gmail.com", "gmaill.com": "gmail.com", "gnail.com": "gmail.com", "gmail.jp": "gmail.com",
	"gmail.co.jp": "gmail.com", "gmail.ne.jp": "gmail.com", "g-mail.com": "gmail.com", "gmil.com": "gmail.com", "gmsil.com": "gmail.com",
	"yahoo.ne.jp": "yahoo.co.jp", "yaho.co.jp": "yahoo.co.jp", "yhaoo.co.jp": "yahoo.co.jp", "yahoo.co.j": "yahoo.co.jp",
	"yahoo.coo.jp": "yahoo.co.jp", "yahooo.co.jp": "yahoo.co.jp", "yahoo.cojp": "yahoo.co.jp", "yahoo.con": "yahoo.com",
	"hotmai.com": "hotmail.com", "hotmial.com": "hotmail.com", "hotmail.con": "hotmail.com", "hotmail.ne.jp": "hotmail.co.jp",
	"outlok.com": "outlook.com", "outlook.con": "outlook.com", "outlook.co.jp": "outlook.jp", "iclod.com": "icloud.com", "icloud.con": "icloud.com",
	"icloud.co.jp": "icloud.com", "icoud.com": "icloud.com", "docomo.co.jp": "docomo.ne.jp", "docomo.jp": "docomo.ne.jp", "docomo.ne.j": "docomo.ne.jp",
	"ezweb.co.jp": "ezweb.ne.jp", "ezweb.jp": "ezweb.ne.jp",
}

// oddDots are hosts that gave out addresses with dots at the end or in a row.
var oddDots = map[string]bool{"docomo.ne.jp": true, "ezweb.ne.jp": true, "au.com": true}
