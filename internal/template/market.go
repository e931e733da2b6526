package template

import (
	"hash/fnv"
	"math"
	"slices"
	"strconv"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template/sample"
	"github.com/shirube/shirube/internal/words"
)

// monthsBefore is how far a sample reaches back behind the fiscal year: all of
// last year, for targets over it, and half a year more to learn its season from.
const monthsBefore = 18

// market is a made-up team's world: its days and its luck. It is made up to the
// end of the fiscal year and shown up to the as-of day, so that tomorrow's sample
// is today's with one day more.
type market struct {
	seed  uint64
	days  series.Span
	start series.Day // of the fiscal year
	shown int        // days up to the as-of day
	cal   *series.Calendar
}

func newMarket(key string, year series.Span, asOf series.Day) *market {
	h := fnv.New64a()
	h.Write([]byte(key))
	days := series.Span{From: year.From.AddMonths(-monthsBefore), To: year.To}
	return &market{seed: h.Sum64(), days: days, start: year.From, shown: int(asOf-days.From) + 1, cal: series.NewCalendar(nil)}
}

func (m *market) stream(name string) *sample.Stream { return sample.NewStream(m.seed, name) }

// level is how a number is meant to go, before chance.
type level struct {
	base   float64 // a usual day of this fiscal year
	growth float64 // this fiscal year over last year; 1 is steady
	rhythm sample.Rhythm
	drift  float64 // relative size of good and bad spells
}

// means lays a level over the days.
func (m *market) means(name string, l level) []float64 {
	drift := m.stream(name+" drift").Drift(m.days.Days(), .75, l.drift)
	out := make([]float64, len(drift))
	for i := range out {
		d := m.days.From + series.Day(i)
		out[i] = l.base * math.Pow(l.growth, m.begun(d)-1) * l.rhythm.At(m.cal, d) * math.Exp(drift[i])
	}
	return out
}

// begun is how far this year's new ways have taken hold on a day: they begin ten
// weeks before the fiscal year and are in full swing at its start.
func (m *market) begun(d series.Day) float64 {
	const weeks = 70
	return max(0, min(1, float64(d-m.start+weeks)/weeks))
}

// counts draws a count for each day.
func (m *market) counts(name string, l level) []int { return m.draw(name, m.means(name, l)) }

func (m *market) draw(name string, means []float64) []int {
	s := m.stream(name)
	out := make([]int, len(means))
	for i, mean := range means {
		out[i] = s.Count(mean, .04)
	}
	return out
}

// shares draws how many of each day's count go on, at a rate.
func (m *market) shares(name string, of []int, rate level) []int {
	s := m.stream(name)
	out := make([]int, len(of))
	for i, p := range m.means(name, rate) {
		out[i] = s.Of(of[i], min(p, 1))
	}
	return out
}

// spread scales means by what an action did the days before: each one adds share
// of the mean, spread over the lags with the given weights.
func spread(means []float64, action []int, share float64, firstLag int, weights ...float64) []float64 {
	out := slices.Clone(means)
	for i := range out {
		for k, w := range weights {
			if at := i - firstLag - k; at >= 0 {
				out[i] *= 1 + share*w*float64(action[at])
			}
		}
	}
	return out
}

// amounts turns each day's count into money: mean per piece, to the nearest 10.
func (m *market) amounts(name string, counts []int, piece level) []int {
	s := m.stream(name)
	out := make([]int, len(counts))
	for i, mean := range m.means(name, piece) {
		sum := 0.0
		for range counts[i] {
			sum += mean * math.Exp(.35*s.Normal()-.061)
		}
		out[i] = int(math.Round(sum/10)) * 10
	}
	return out
}

// stock is a level that grows by each day's gain.
func stock(first int, gains []int) []int {
	out := make([]int, len(gains))
	for i, g := range gains {
		first += g
		out[i] = first
	}
	return out
}

// table is a sample file.
type table struct {
	file string
	sample.Table
}

// column is one column of a daily table.
type column struct {
	header words.Text
	cells  []string
}

func whole(ja, en string, values []int) column {
	c := column{header: words.T(ja, en)}
	for _, v := range values {
		c.cells = append(c.cells, strconv.Itoa(v))
	}
	return c
}

func tenths(ja, en string, values []float64) column {
	c := column{header: words.T(ja, en)}
	for _, v := range values {
		c.cells = append(c.cells, sample.Tenths(v))
	}
	return c
}

// daily is a table with one row a day, oldest first.
func (m *market) daily(file string, lang words.Lang, date words.Text, columns ...column) table {
	t := table{file, sample.Table{Header: []string{date.In(lang)}, Encoding: sample.UTF8BOM}}
	for _, c := range columns {
		t.Header = append(t.Header, c.header.In(lang))
	}
	for i := range m.shown {
		row := []string{m.date(i, lang)}
		for _, c := range columns {
			row = append(row, c.cells[i])
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// split divides each day's total into parts by chance, in proportion to the
// weights: one series for each part.
func (m *market) split(name string, totals []int, weights ...float64) [][]int {
	s := m.stream(name)
	out := blank(len(weights), len(totals))
	for i, rest := range totals {
		left := 0.0
		for _, w := range weights {
			left += w
		}
		for p, w := range weights {
			if p == len(weights)-1 {
				out[p][i] = rest
				break
			}
			out[p][i] = s.Of(rest, w/left)
			rest -= out[p][i]
			left -= w
		}
	}
	return out
}

// within divides each day's total among parts that have room for it: of those
// who came on a phone, no more can go on than came.
func (m *market) within(name string, totals []int, room [][]int) [][]int {
	s := m.stream(name)
	out := blank(len(room), len(totals))
	left := make([]float64, len(room))
	for i, total := range totals {
		for p := range room {
			left[p] = float64(room[p][i])
		}
		for range total {
			p := s.Pick(left...)
			left[p]--
			out[p][i]++
		}
	}
	return out
}

func blank(parts, days int) [][]int {
	out := make([][]int, parts)
	for p := range out {
		out[p] = make([]int, days)
	}
	return out
}

// parted is a daily table with one row for each day and part; columns[c][p] is
// the series of a column's part.
func (m *market) parted(file string, lang words.Lang, date, part words.Text, parts, headers []words.Text, columns ...[][]int) table {
	t := table{file, sample.Table{Header: []string{date.In(lang), part.In(lang)}, Encoding: sample.UTF8BOM}}
	for _, h := range headers {
		t.Header = append(t.Header, h.In(lang))
	}
	for i := range m.shown {
		for p := range parts {
			row := []string{m.date(i, lang), parts[p].In(lang)}
			for _, c := range columns {
				row = append(row, strconv.Itoa(c[p][i]))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// rows is a table with one row per thing: cells makes the cells after the date
// of the n-th thing.
func (m *market) rows(file string, lang words.Lang, header []words.Text, counts []int, cells func(day, n int) []string) table {
	t := table{file, sample.Table{Encoding: sample.UTF8BOM}}
	for _, h := range header {
		t.Header = append(t.Header, h.In(lang))
	}
	n := 0
	for i, count := range counts[:m.shown] {
		for range count {
			t.Rows = append(t.Rows, append([]string{m.date(i, lang)}, cells(i, n)...))
			n++
		}
	}
	return t
}

// date writes the i-th day as exports in the language do.
func (m *market) date(i int, lang words.Lang) string {
	d := m.days.From + series.Day(i)
	if lang == words.EN {
		return d.String()
	}
	return sample.Slashes(d)
}

var (
	theDate   = words.T("日付", "Date")
	theDevice = words.T("デバイス", "Device")
	devices   = []words.Text{words.T("スマートフォン", "Mobile"), words.T("パソコン", "Desktop"), words.T("タブレット", "Tablet")}
)

// later moves each day's things some days on, to the next business day.
func (m *market) later(name string, counts []int, first, last int) []int {
	s := m.stream(name)
	out := make([]int, len(counts))
	for i, count := range counts {
		for range count {
			at := i + first + s.Whole(last-first+1)
			for at < len(out) && !m.cal.IsBusinessDay(m.days.From+series.Day(at)) {
				at++
			}
			if at < len(out) {
				out[at]++
			}
		}
	}
	return out
}

// hours is a mean time of each day, to a tenth.
func (m *market) hours(name string, l level) []float64 {
	out := m.means(name, l)
	for i := range out {
		out[i] = math.Round(out[i]*10) / 10
	}
	return out
}
