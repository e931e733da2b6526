package sales

import (
	"math"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// leads makes today's five, and those of yesterday somebody has spoken with already.
func (m *maker) leads() {
	yesterday := func(clock, minutes int) event.Millis { return m.moment(-1, clock, minutes) }
	type given struct {
		name, company         words.Text
		address, prefecture   string
		department, title, of int
		hotAt                 event.Millis
		deeds                 []Deed
	}
	takahashi, miura, ohno, nakamura, matsuda := yesterday(21, 40), yesterday(18, 5), m.moment(0, 7, 12), m.moment(-2, 16, 20), m.moment(0, 8, 31)
	for _, g := range []given{
		{words.T("高橋 恵子", "Keiko Takahashi"), words.T("東海精機", "Tokai Precision"), "keiko.takahashi@tokai-seiki.example", "", 0, 2, 220, takahashi, []Deed{
			{takahashi - 2*day - 3*hour, Price}, {takahashi - 26*hour, Price}, {takahashi - 5*hour, Price}, {takahashi - 20*minute, Price}, {takahashi - 12*minute, CaseRead}, {takahashi, Download}}},
		{words.T("三浦 拓也", "Takuya Miura"), words.T("みなと食品", "Minato Foods"), "takuya.miura@minato-foods.example", "", 1, 1, 90, miura, []Deed{
			{miura - 4*day, Price}, {miura - 3*day, Price}, {miura - 30*hour, Price}, {miura - 3*hour, Reply}, {miura - 90*minute, Contact}, {miura, Contact}}},
		{words.T("大野 さやか", "Sayaka Ohno"), words.T("北陸リハビリ", "Hokuriku Rehab"), "sayaka.ohno@hokuriku-reha.example", "", 2, 2, 340, ohno, []Deed{
			{ohno - 25*hour, Download}, {ohno - 24*hour, Price}, {ohno - 10*minute, Download}, {ohno, Price}}},
		{words.T("中村 亮", "Ryo Nakamura"), words.T("コトリ商店", "Kotori Trading"), "ryo.nakamura@kotori-shoten.example", "", 4, 3, 18, nakamura, []Deed{
			{nakamura - 3*day, Seminar}, {nakamura - 2*day, Case}, {nakamura - 2*day + 6*minute, CaseRead}, {nakamura - 50*minute, Case}, {nakamura - 44*minute, Price}, {nakamura, Contact}}},
		{words.T("松田 直樹", "Naoki Matsuda"), words.T("ひかり物流", "Hikari Logistics"), "naoki.matsuda@hikari-logi.example", "", 0, 1, 150, matsuda, []Deed{
			{matsuda - 5*day, Price}, {matsuda - 4*day, Price}, {matsuda - 3*day, Price}, {matsuda - 2*day, Price}, {matsuda - 7*minute, CaseRead}, {matsuda, Price}}},
	} {
		p := m.somebody()
		delete(m.addresses, p.Address)
		p.Name, p.Company, p.Address = g.name.In(m.lang), g.company.In(m.lang), g.address
		m.addresses[g.address] = true
		p.Department, p.Title, p.Employees = departments[g.department].In(m.lang), titles[g.title].In(m.lang), g.of
		p.Deeds, p.HotAt, p.Open = g.deeds, g.hotAt, true
		p.KnownAt = g.deeds[0].At - 9*day
	}
	for k := range yesterdays {
		p := m.somebody()
		at := yesterday(10+2*k, 7*k+4)
		p.KnownAt = at - 20*day
		p.did(at-30*hour, Price)
		p.did(at-3*hour, Price)
		p.did(at-2*hour, Download)
		p.did(at-hour, Contact)
		p.did(at-20*minute, Contact)
		p.did(at, Price)
		p.HotAt = at
	}
}

// moment is a time of day so many days from today; before this morning's people have come,
// all of it is a day earlier.
func (m *maker) moment(days, clock, minutes int) event.Millis {
	if m.now < event.Millis(m.today)*day { // nine hours ahead of the days of UTC
		days--
	}
	noon := event.Millis(int64(m.today)+int64(days))*day + 12*hour - 9*hour
	return noon + event.Millis(clock-12)*hour + event.Millis(minutes)*minute
}

// Judge says what sales said of leads, one after the other: as many become meetings at
// each number of points as the planted chance has it.
type Judge struct {
	lang words.Lang
	due  map[int]float64
	n    int
}

// NewJudge begins.
func NewJudge(lang words.Lang) *Judge { return &Judge{lang: lang, due: map[int]float64{}} }

// ChanceAt is the planted chance that a lead with so many points becomes a meeting.
func ChanceAt(points int) float64 {
	line := math.Log(ChanceAtLine / (1 - ChanceAtLine))
	return 1 / (1 + math.Exp(-(line + LogitAPoint*float64(points-HotLine))))
}

// Said is what was said of the next lead, why, and how long after it became hot.
func (j *Judge) Said(points int) (verdict score.Verdict, reason string, after event.Millis) {
	j.n++
	after = event.Millis(2+j.n*7%40) * hour
	bin := points / 3
	if _, begun := j.due[bin]; !begun {
		j.due[bin] = .5
	}
	if j.due[bin] += ChanceAt(points); j.due[bin] >= 1 {
		j.due[bin]--
		if j.n%4 == 0 {
			return score.Won, "", after + 9*day
		}
		return score.Meeting, "", after + 3*day
	}
	if j.n%3 == 0 {
		return score.Accepted, "", after
	}
	return score.Rejected, reasons[j.n%len(reasons)].In(j.lang), after
}

var reasons = []words.Text{
	words.T("いまは採用の予定がない", "not hiring at the moment"), words.T("他社に決めた", "chose another company"),
	words.T("情報収集だけだった", "only gathering information"), words.T("学生の方だった", "was a student"), words.T("来期に改めて", "again next year"),
}
