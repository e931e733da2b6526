package automation

import (
	"encoding/hex"
	"hash/fnv"
	"strconv"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
)

// Trying is a second wording of a mail, beside the first.
type Trying struct {
	Template string  `json:"template"`
	Share    float64 `json:"share,omitzero"` // of those who come to the step; half of them where 0
	By       string  `json:"by,omitempty"`   // what tells them apart; one of mail.Yardsticks; clicks where empty
}

// Bounds of the share that is sent the second wording: beyond them the smaller group tells
// nothing for years.
const (
	leastTried = 0.05
	mostTried  = 0.95
)

// ShareB is the share that is sent the second wording, never 0.
func (t *Trying) ShareB() float64 {
	if t.Share == 0 {
		return 0.5
	}
	return t.Share
}

// Yardstick is what tells the wordings apart, never empty.
func (t *Trying) Yardstick() string {
	if t.By == "" {
		return mail.ByClicks
	}
	return t.By
}

// Trial names one comparison of two wordings at a step. Another text, another share or
// another yardstick is another comparison: people of different lots are not poured together,
// and nobody picks the yardstick after having seen the figures.
func (s *Step) Trial() string {
	t := s.Mail.Trying
	h := fnv.New64a()
	for _, part := range []string{s.Mail.Template, t.Template, strconv.FormatFloat(t.ShareB(), 'g', -1, 64), t.Yardstick()} {
		_, _ = h.Write([]byte(part)) // a hash never returns an error
		_, _ = h.Write([]byte{0})
	}
	return s.ID + "/" + hex.EncodeToString(h.Sum(nil))[:8]
}

// Variant names one of the two wordings of a comparison, as deliveries carry it.
func Variant(trial, wording string) string { return trial + "/" + wording }

// worded is the mail somebody is sent at a step, and the variant it is; "" where there is
// one wording only. Who is sent which depends on the automation, the step, the two texts and
// the person alone: whoever comes again reads the same one, and a larger share keeps
// everybody who was drawn by a smaller.
func (s *Step) worded(automation string, who contact.ID) (m *Mail, variant string) {
	t := s.Mail.Trying
	if t == nil {
		return s.Mail, ""
	}
	m = &Mail{Template: s.Mail.Template, Topic: s.Mail.Topic}
	wording := mail.WordingA
	if draw(automation+"\x00wording\x00"+s.ID+"\x00"+s.Mail.Template+"\x00"+t.Template, who) < t.ShareB() {
		m.Template, wording = t.Template, mail.WordingB
	}
	return m, Variant(s.Trial(), wording)
}
