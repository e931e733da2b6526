package mail

import "strings"

// Warmup is how a new sender begins: mailbox providers distrust an address that sends
// fifty thousand mails on its first day.
type Warmup struct {
	FirstDay int     `json:"first_day" minimum:"1" maximum:"100000" doc:"mails on the first day"`
	Growth   float64 `json:"growth" minimum:"1" maximum:"3" doc:"times as many each day"`
	Days     int     `json:"days" minimum:"0" maximum:"60" doc:"after so many days there is no limit; 0 no warm-up"`
}

// UsualWarmup doubles from 200: 30,000 a day after a week.
var UsualWarmup = Warmup{FirstDay: 200, Growth: 1.8, Days: 14}

// Limit is how many mails may leave on a day, the sender's first being 1; false: as many
// as there are.
func (w Warmup) Limit(day int) (int, bool) {
	if w.Days <= 0 || day > w.Days {
		return 0, false
	}
	limit := float64(max(w.FirstDay, 1))
	for range day - 1 {
		limit = min(limit*max(w.Growth, 1), Most)
	}
	return int(limit), true
}

// Most is the most mails a day that a plan names: beyond it there is no limit worth one.
const Most = 1_000_000

// Plan is the limit of each day of a warm-up, the first day's first; nil without one.
func (w Warmup) Plan() []int {
	var days []int
	for day := 1; ; day++ {
		limit, bounded := w.Limit(day)
		if !bounded {
			return days
		}
		days = append(days, limit)
	}
}

// Place tells on which day the n-th mail (from 0) of a stretch leaves: 0 is today. before
// are the days on which mail has left already, today not among them; sent is how many
// have left today.
func (w Warmup) Place(n, before, sent int) (day int) {
	for {
		limit, bounded := w.Limit(before + day + 1)
		room := limit - sent
		if !bounded || n < room {
			return day
		}
		n -= max(room, 0)
		day, sent = day+1, 0
	}
}

// DomainRates are mails a second that large Japanese and foreign receivers take from one
// sender without slowing it down; the others have no limit of their own. A sender can
// change them.
var DomainRates = map[string]float64{
	"docomo.ne.jp": 5, "au.com": 5, "ezweb.ne.jp": 5, "softbank.ne.jp": 5, "i.softbank.jp": 5, "ymobile.ne.jp": 5,
	"icloud.com": 20, "yahoo.co.jp": 20,
}

// DomainOf is the part after the @, in lower case.
func DomainOf(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}
