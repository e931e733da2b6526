package contact_test

import (
	"testing"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Somebody with two addresses has one mind: what they refused by one of them is not sent to
// the other, until they agree there themselves.
func TestWishesOfSomebodyWithTwoAddresses(t *testing.T) {
	t.Parallel()
	const now = 1000
	granted := func(basis contact.Basis, at event.Millis) contact.Consent {
		return contact.Consent{ID: "c", Basis: basis, State: contact.Granted, At: at}
	}
	listed := func(at event.Millis) contact.Consent {
		c := granted(contact.Agreed, at)
		c.Key = contact.ConsentKey(c)
		return c
	}
	refused := func(topic string, at event.Millis) contact.Consent {
		return contact.Consent{Topic: topic, State: contact.Refused, At: at}
	}
	said := func(list ...contact.Consent) contact.Said { return contact.Said{Consents: list} }
	stopped := func(reason contact.Reason, topic string, at, lifted event.Millis) contact.Said {
		return contact.Said{Stops: []contact.Suppression{{Reason: reason, Topic: topic, At: at, Lifted: lifted}}}
	}
	for name, c := range map[string]struct {
		own, other contact.Said
		topic      string
		stream     contact.Stream
		may        bool
	}{
		"nothing there":                        {own: said(granted(contact.OnPaper, 1)), may: true},
		"unsubscribed there":                   {own: said(granted(contact.Agreed, 1)), other: stopped(contact.Unsubscribed, "", 500, 0)},
		"reported as spam there":               {own: said(granted(contact.Agreed, 1)), other: stopped(contact.Complained, "", 500, 0)},
		"a card here since":                    {own: said(granted(contact.OnPaper, 900)), other: stopped(contact.Unsubscribed, "", 500, 0)},
		"agreed here since":                    {own: said(granted(contact.Agreed, 900)), other: stopped(contact.Unsubscribed, "", 500, 0), may: true},
		"on a list here since":                 {own: said(listed(900)), other: stopped(contact.Unsubscribed, "", 500, 0)},
		"agreed here since, not confirmed":     {own: said(granted(contact.OnPaper, 1), contact.Consent{Basis: contact.Agreed, State: contact.Granted, At: 900, Double: true}), other: stopped(contact.Unsubscribed, "", 500, 0)},
		"lifted there":                         {own: said(granted(contact.Agreed, 1)), other: stopped(contact.Unsubscribed, "", 500, 600), may: true},
		"undeliverable there":                  {own: said(granted(contact.Agreed, 1)), other: stopped(contact.Undeliverable, "", 500, 0), may: true},
		"another topic there":                  {own: said(granted(contact.Agreed, 1)), other: stopped(contact.Unsubscribed, "seminar", 500, 0), topic: "news", may: true},
		"the topic there":                      {own: said(granted(contact.Agreed, 1)), other: stopped(contact.Unsubscribed, "news", 500, 0), topic: "news"},
		"refused there":                        {own: said(granted(contact.Dealing, 900)), other: said(refused("", 500))},
		"refused there, agreed there since":    {own: said(granted(contact.Dealing, 1)), other: said(refused("", 500), granted(contact.Agreed, 600)), may: true},
		"refused there, on a list there since": {own: said(granted(contact.Dealing, 1)), other: said(refused("", 500), listed(600))},
		"refused there later than now":         {own: said(granted(contact.Dealing, 1)), other: said(refused("", 2000)), may: true},
		"a contract needs it":                  {other: stopped(contact.Unsubscribed, "", 500, 0), stream: contact.Transactional, may: true},
	} {
		stream := c.stream
		if stream == "" {
			stream = contact.Marketing
		}
		got := contact.Wishes{Own: c.own, Others: []contact.Said{{}, c.other}}.MaySend(c.topic, stream, now)
		if got.May != c.may || !got.May && !got.Refused || got.Why.EN == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	// A list is no change of mind at the address itself either.
	if v := contact.MaySend([]contact.Consent{refused("", 500), listed(900)}, nil, "", contact.Marketing, now); v.May {
		t.Errorf("a list speaks against a refusal: %+v", v)
	}
	if v := contact.MaySend([]contact.Consent{refused("", 500), granted(contact.Agreed, 600), listed(900)}, nil, "", contact.Marketing, now); !v.May {
		t.Errorf("they agreed themselves: %+v", v)
	}
}
