package form

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/words"
)

func TestConsentNamesTheSender(t *testing.T) {
	kurage := []string{"株式会社くらげ堂"}
	for _, c := range []struct {
		name        string
		senders     []string
		own, other  string
		none        bool // of consent
		paths, says string
	}{
		{name: "as it is written", senders: kurage, own: "株式会社くらげ堂からの案内のメールを受け取ります"},
		{name: "without what kind of company", senders: kurage, own: "くらげ堂のお知らせを受け取ります"},
		{name: "in other widths", senders: []string{"KURAGE Works Inc."}, own: "Kurage Works の案内メール"},
		{name: "with a space between", senders: []string{"(株) くらげ堂"}, own: "くらげ 堂より案内が届きます"},
		{name: "nobody", senders: kurage, own: "案内のメールを受け取ります", paths: "consent.text", says: "株式会社くらげ堂"},
		{name: "our company", senders: kurage, own: "当社の案内のメールを受け取ります", paths: "consent.text", says: "ガイドライン"},
		{name: "somebody else", senders: kurage, own: "ひなたワークスの案内を受け取ります", paths: "consent.text"},
		{name: "one of several", senders: []string{"株式会社くらげ堂", "ひなた"}, own: "ひなたの案内を受け取ります"},
		{name: "two names in one", senders: []string{"株式会社くらげ堂 / Kurage Works"}, own: "くらげ堂の案内", other: "News from Kurage Works"},
		{name: "not in the other language", senders: kurage, own: "くらげ堂の案内", other: "News from us by mail", paths: "other.consent.text"},
		{name: "in neither", senders: kurage, own: "案内", other: "News", paths: "consent.text other.consent.text"},
		{name: "a company that is only a kind of company", senders: []string{"株式会社"}, own: "案内"},
		{name: "one letter names nobody", senders: []string{"あ"}, own: "案内"},
		{name: "no sender yet", own: "案内"},
		{name: "nothing asked", senders: kurage, none: true},
	} {
		d := Definition{Consent: &Consent{Text: c.own}}
		if c.none {
			d.Consent = nil
		}
		if c.other != "" {
			d.Other = &Wording{Consent: &ConsentWords{Text: c.other}}
		}
		var paths, says []string
		for _, p := range Unnamed(d, c.senders) {
			paths, says = append(paths, p.At.File), append(says, p.What.In(words.JA)+p.Mend.In(words.JA))
		}
		if strings.Join(paths, " ") != c.paths || !strings.Contains(strings.Join(says, " "), c.says) {
			t.Errorf("%s: %v %v", c.name, paths, says)
		}
	}
}
