package contact_test

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

func TestMaySend(t *testing.T) {
	t.Parallel()
	const now = event.Millis(1000)
	granted := func(basis contact.Basis, topic string, at event.Millis) contact.Consent {
		return contact.Consent{ID: "g", Address: "a@x.jp", Basis: basis, Topic: topic, State: contact.Granted, At: at}
	}
	refused := func(topic string, at event.Millis) contact.Consent {
		return contact.Consent{ID: "r", Address: "a@x.jp", Topic: topic, State: contact.Refused, At: at}
	}
	double := func(at, confirmed event.Millis) contact.Consent {
		c := granted(contact.Agreed, "", at)
		c.Double, c.ConfirmedAt = true, confirmed
		return c
	}
	noAds := granted(contact.Published, "", 1)
	noAds.NoAds = true
	stop := func(topic string, reason contact.Reason, lifted event.Millis) []contact.Suppression {
		return []contact.Suppression{{Topic: topic, Reason: reason, At: 500, Lifted: lifted}}
	}
	type list = []contact.Consent
	for name, c := range map[string]struct {
		consents list
		stops    []contact.Suppression
		topic    string
		stream   contact.Stream
		may      bool
		article  string
		why      string
	}{
		"nothing known":                  {article: "3条1項", why: "根拠"},
		"consent":                        {consents: list{granted(contact.Agreed, "", 1)}, may: true, article: "3条1項1号", why: "同意"},
		"a business card":                {consents: list{granted(contact.OnPaper, "", 1)}, may: true, article: "2号", why: "名刺"},
		"a business relation":            {consents: list{granted(contact.Dealing, "", 1)}, may: true, article: "3号", why: "取引"},
		"a published address":            {consents: list{granted(contact.Published, "", 1)}, may: true, article: "4号", why: "公表"},
		"a page that refuses ads":        {consents: list{noAds}, article: "4号", why: "お断り"},
		"of another topic":               {consents: list{granted(contact.Agreed, "seminar", 1)}, topic: "news", article: "3条1項"},
		"of this topic":                  {consents: list{granted(contact.Agreed, "news", 1)}, topic: "news", may: true, article: "1号"},
		"of any topic":                   {consents: list{granted(contact.Agreed, "", 1)}, topic: "news", may: true, article: "1号"},
		"not confirmed":                  {consents: list{double(1, 0)}, article: "1号", why: "確認メール"},
		"confirmed":                      {consents: list{double(1, 2)}, may: true, article: "1号"},
		"confirmed later than now":       {consents: list{double(1, 2000)}, article: "3条1項"},
		"consent of tomorrow":            {consents: list{granted(contact.Agreed, "", 2000)}, article: "3条1項"},
		"refused after consent":          {consents: list{granted(contact.Agreed, "", 1), refused("", 2)}, article: "3条3項", why: "受け取らない"},
		"a topic refused":                {consents: list{granted(contact.Agreed, "", 1), refused("news", 2)}, topic: "news", article: "3条3項"},
		"another topic refused":          {consents: list{granted(contact.Agreed, "", 1), refused("seminar", 2)}, topic: "news", may: true, article: "1号"},
		"consent anew":                   {consents: list{refused("", 2), granted(contact.Agreed, "", 3)}, may: true, article: "1号"},
		"a card after a refusal":         {consents: list{refused("", 2), granted(contact.OnPaper, "", 3)}, article: "3条3項"},
		"anew, not confirmed":            {consents: list{refused("", 2), double(3, 0)}, article: "3条3項"},
		"stopped":                        {consents: list{granted(contact.Agreed, "", 600)}, stops: stop("", contact.Unsubscribed, 0), article: "3条3項", why: "止めています"},
		"stopped for a topic":            {consents: list{granted(contact.Agreed, "", 1)}, stops: stop("news", contact.Unsubscribed, 0), topic: "news", article: "3条3項"},
		"stopped for another":            {consents: list{granted(contact.Agreed, "", 1)}, stops: stop("seminar", contact.Unsubscribed, 0), topic: "news", may: true, article: "1号"},
		"lifted":                         {consents: list{granted(contact.Agreed, "", 1)}, stops: stop("", contact.Unsubscribed, 900), may: true, article: "1号"},
		"transactional without a ground": {stream: contact.Transactional, may: true, article: "規則6条"},
		"transactional when stopped":     {stream: contact.Transactional, stops: stop("", contact.Unsubscribed, 0), may: true, article: "規則6条"},
		"transactional undeliverable":    {stream: contact.Transactional, stops: stop("", contact.Undeliverable, 0), why: "届きません"},
		"undeliverable":                  {consents: list{granted(contact.Agreed, "", 1)}, stops: stop("", contact.Undeliverable, 0), why: "届きません"},
		"a stream nobody knows":          {stream: "x", stops: stop("", contact.Unsubscribed, 0), article: "3条3項"},
	} {
		got := contact.MaySend(c.consents, c.stops, c.topic, c.stream, now)
		if got.May != c.may || !strings.HasSuffix(got.Article, c.article) && c.article != "" && !strings.Contains(got.Article, c.article) || !strings.Contains(got.Why.JA, c.why) {
			t.Errorf("%s: %+v", name, got)
		}
		if got.Why.EN == "" || got.Why.EN == got.Why.JA {
			t.Errorf("%s is not told in English", name)
		}
		if c.article == "" && got.Article != "" {
			t.Errorf("%s: %s speaks", name, got.Article)
		}
	}
	// Whatever else is known: after a refusal or a stop no other ground than a new consent sends.
	for _, basis := range contact.Bases[1:] {
		if contact.MaySend(list{granted(basis, "", 900), refused("", 1)}, nil, "", contact.Marketing, now).May {
			t.Errorf("%s speaks against a refusal", basis)
		}
		if basis.In(words.JA) == basis.In(words.EN) {
			t.Errorf("%s has no name", basis)
		}
	}
}

func TestConsentRecords(t *testing.T) {
	t.Parallel()
	good := contact.Consent{Address: "a@x.jp", Basis: contact.OnPaper, State: contact.Granted, At: 1}
	if err := contact.CheckConsent(good); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]func(*contact.Consent){
		"address": func(c *contact.Consent) { c.Address = "" }, "basis": func(c *contact.Consent) { c.Basis = "" }, "state": func(c *contact.Consent) { c.State = "" },
		"moment": func(c *contact.Consent) { c.At = 0 }, "length": func(c *contact.Consent) { c.Text = strings.Repeat("x", 30_000) },
	} {
		c := good
		bad(&c)
		if contact.CheckConsent(c) == nil {
			t.Errorf("%s is not checked", name)
		}
	}
	again := good
	again.At, again.Operator = 99, "田中"
	if contact.ConsentKey(good) != contact.ConsentKey(again) {
		t.Error("the same list tells something else the second time")
	}
	again.Topic = "news"
	if contact.ConsentKey(good) == contact.ConsentKey(again) {
		t.Error("two topics are one")
	}
	const year = 365 * 24 * 60 * 60 * 1000
	if until := contact.KeepUntil(good, 5*year, 0); until < 8*year || until > 8*year+4*24*60*60*1000 {
		t.Errorf("kept until %d", until)
	}
	if contact.HashAddress([]byte("k"), "A@x.jp") != contact.HashAddress([]byte("k"), "a@x.jp") || contact.HashAddress([]byte("k"), "a@x.jp") == contact.HashAddress([]byte("l"), "a@x.jp") {
		t.Error("hash")
	}
}
