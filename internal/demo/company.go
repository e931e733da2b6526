package demo

import (
	"math"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template/sample"
	"github.com/shirube/shirube/internal/words"
)

// warmUp is made up before the first day shown, so that what works with a lag is
// at work from the start.
const warmUp = 60

// The devices of the web analytics, as their export names them.
const (
	mobile = iota
	desktop
	tablet
)

var devices = [...]words.Text{mobile: words.T("スマートフォン", "Mobile"), desktop: words.T("パソコン", "Desktop"), tablet: words.T("タブレット", "Tablet")}

// company is ひなたワークス day by day; element 0 of each series is the first day
// of the warm-up. It knows no language: only its model and its exports do.
type company struct {
	seed   uint64
	today  series.Day
	first  series.Day // of the warm-up
	days   int        // up to the day before today
	fiscal series.Fiscal
	year   series.Span // the fiscal year the targets are for
	cal    *series.Calendar
	truth  Truths

	reels, photos, jokes          []int
	impressions, clicks, likes    []int
	saves, comments               []int
	profileVisits, followers      []int
	messages                      []int
	replyHours                    []float64
	sessions, staff, forms, entry [len(devices)][]int
	applications                  []int // from social media, by the day they arrived
	others                        []int // applications from elsewhere

	calm []float64 // a day's views without luck and reels
}

// closedDays are the company's own: a summer break and its founding day.
func closedDays(from, to series.Day) []series.Day {
	var out []series.Day
	for d := from; d <= to; d++ {
		_, month, date := d.Civil()
		if month == time.August && date >= 12 && date <= 16 || month == time.October && date == 10 {
			out = append(out, d)
		}
	}
	return out
}

func newCompany(today series.Day, seed uint64) *company {
	c := &company{seed: seed, today: today, first: today.AddYears(-2) - warmUp, fiscal: fiscalFor(today), truth: TruthsOn(today)}
	c.days = int(today - c.first)
	c.year = c.fiscal.Containing(series.GrainYear, today-1)
	c.cal = series.NewCalendar(closedDays(c.first, c.year.To))
	c.post()
	c.show()
	c.visit()
	c.apply()
	return c
}

// fiscalFor starts the fiscal year in April, as most companies do, or in October
// while April is so near that the year would have nothing to tell yet, or no more.
func fiscalFor(today series.Day) series.Fiscal {
	april := series.Fiscal{StartMonth: time.April}
	if year := april.Containing(series.GrainYear, today-1); today-year.From < 100 || year.To-today < 30 {
		return series.Fiscal{StartMonth: time.October}
	}
	return april
}

func (c *company) stream(name string) *sample.Stream { return sample.NewStream(c.seed, name) }

func (c *company) day(i int) series.Day { return c.first + series.Day(i) }

func (c *company) changed(i int) bool { return c.day(i) >= c.truth.AlgorithmChange }

func (c *company) leaking(i int) bool { return c.day(i) >= c.truth.LeakStart }

// grown is steady growth: factor a year, 1 today.
func (c *company) grown(i int, factor float64) float64 {
	return math.Pow(factor, float64(i-c.days)/365.25)
}

// post makes the team's own doing: reels, photos and, on a dice of their own, the
// jokes that bring likes.
func (c *company) post() {
	reels, photos, jokes := c.stream("reels"), c.stream("photos"), c.stream("jokes")
	c.reels, c.photos, c.jokes = make([]int, c.days), make([]int, c.days), make([]int, c.days)
	for i := range c.days {
		mean := .74
		if c.days-i <= 42 {
			mean = .55 // lately there was less time for reels
		}
		if !c.cal.IsBusinessDay(c.day(i)) {
			mean *= .7
		}
		c.reels[i] = reels.Poisson(mean)
		c.photos[i] = photos.Poisson(.5)
		if jokes.Chance(.13) {
			c.jokes[i] = 1
		}
	}
}

// lagged is the mean of a series around lag days earlier.
func lagged(values []float64, i, lag int) float64 {
	at := func(k int) float64 { return values[max(i-k, 0)] }
	return .25*at(lag-1) + .5*at(lag) + .25*at(lag+1)
}

// show makes what the social networks count.
func (c *company) show() {
	reach := c.stream("impressions drift").Drift(c.days, .6, .1)
	interest := c.stream("profile drift").Drift(c.days, .5, .3)
	mood := c.stream("likes drift").Drift(c.days, .3, .15)
	clicking := c.stream("click drift").Drift(c.days, .4, .04)
	seen, clicked, liked, profile, gained := c.stream("impressions"), c.stream("clicks"), c.stream("likes"), c.stream("profile"), c.stream("followers")
	reelLogs := make([]float64, c.days)
	for i, n := range c.reels {
		reelLogs[i] = math.Log(float64(n) + .5)
	}
	followers := 5200
	for i := range c.days {
		d := c.day(i)
		calm := 21500 * c.grown(i, 1.3) * sample.Hiring.At(c.cal, d)
		if c.changed(i) {
			calm *= 1.25 // the new feed shows more, to people who do not click
		}
		views := seen.Count(calm*math.Exp(reach[i]+c.truth.ReelsEffect*lagged(reelLogs, i, c.truth.ReelsLag)), .03)
		rate := .0172 * math.Exp(clicking[i])
		mean := rate * float64(views)
		if c.changed(i) {
			mean = rate * c.truth.ClickFactor * calm * math.Pow(float64(views)/calm, c.truth.ClickElasticityAfter)
		} else {
			mean *= math.Exp(c.truth.ProfileEffect * lagged(interest, i, c.truth.ProfileLag))
		}
		likes := 980 * c.grown(i, 1.15) * sample.Phone.At(c.cal, d) * math.Exp(mood[i])
		for lag, lift := range []float64{1.4, .6, .2} {
			if i >= lag && c.jokes[i-lag] > 0 {
				likes *= 1 + lift
			}
		}
		followers += gained.Poisson(11*c.grown(i, 1.2)) - gained.Poisson(2)
		c.calm = append(c.calm, calm)
		c.impressions = append(c.impressions, views)
		c.clicks = append(c.clicks, clicked.Poisson(mean))
		c.likes = append(c.likes, liked.Count(likes, .03))
		c.saves = append(c.saves, liked.Count(likes*.04, .1))
		c.comments = append(c.comments, liked.Poisson(likes*.012))
		c.profileVisits = append(c.profileVisits, profile.Count(620*c.grown(i, 1.15)*sample.Phone.At(c.cal, d)*math.Exp(interest[i]), .03))
		c.followers = append(c.followers, followers)
	}
}

// visit makes what the web analytics count, by device.
func (c *company) visit() {
	curiosity := c.stream("staff drift").Drift(c.days, .4, .25)
	wish := c.stream("form drift").Drift(c.days, .5, .05)
	pace := c.stream("reply drift").Drift(c.days, .5, .25)
	s, mail := c.stream("web"), c.stream("messages")
	for i := range c.days {
		d := c.day(i)
		arrived := s.Of(c.clicks[i], .985)
		phones := s.Of(arrived, .8)
		split := [len(devices)]int{mobile: phones, desktop: s.Of(arrived-phones, .85)}
		split[tablet] = arrived - split[mobile] - split[desktop]
		staff := s.Count(92*c.grown(i, 1.2)*sample.Hiring.At(c.cal, d)*math.Exp(curiosity[i]), .03)
		hours := 2.3 * c.grown(i, .75) * math.Exp(pace[i])
		reach := c.grown(i, 1.15) * math.Exp(wish[i]+c.truth.EmployeeEffect*lagged(curiosity, i, c.truth.EmployeeLag))
		for dev := range devices {
			opens, finishes := .061, .215
			if dev == desktop {
				opens, finishes = .07, .29
			}
			if dev == mobile && c.leaking(i) {
				finishes *= c.truth.LeakFactor
			}
			finishes *= math.Exp(-.12 * pace[i]) // who is answered soon stays
			c.sessions[dev] = append(c.sessions[dev], split[dev])
			c.forms[dev] = append(c.forms[dev], s.Of(split[dev], opens*reach))
			c.entry[dev] = append(c.entry[dev], s.Of(c.forms[dev][i], min(finishes, 1)))
		}
		c.staff[mobile] = append(c.staff[mobile], s.Of(staff, .72))
		c.staff[desktop] = append(c.staff[desktop], s.Of(staff-c.staff[mobile][i], .9))
		c.staff[tablet] = append(c.staff[tablet], staff-c.staff[mobile][i]-c.staff[desktop][i])
		c.messages = append(c.messages, mail.Poisson(6*c.grown(i, 1.2)*sample.Hiring.At(c.cal, d)))
		c.replyHours = append(c.replyHours, math.Round(hours*10)/10)
	}
}

// landing is where the year ends if nothing is mended, nine short of the goal. From
// what has come so far it may still be reached: a good spring hides what is going
// wrong.
const landing = 91

// apply makes the applications. How many have come this year is set, not drawn:
// as many as lead to landing. They are taken evenly from the entries, so that it
// is the planted troubles and not luck that moves the small number.
func (c *company) apply() {
	s := c.stream("applications")
	start := int(c.year.From - c.first)
	entries := 0
	for i := start; i < c.days; i++ {
		entries += c.entered(i)
	}
	c.applications, c.others = make([]int, c.days), make([]int, c.days)
	c.take(s, 0, start, float64(c.soFar())/float64(max(entries, 1))*.95)
	c.take(s, start, c.days, float64(c.soFar())/float64(max(entries, 1)))
	elsewhere := c.stream("other applications")
	for i := range c.days {
		c.others[i] = elsewhere.Poisson(.7 * sample.Hiring.At(c.cal, c.day(i)))
	}
	c.others[c.days-1]++ // the list was written out this morning
}

// take lets the entries of the days from..to (exclusive) hand in their papers at
// a rate; who does so takes up to six days.
func (c *company) take(s *sample.Stream, from, to int, rate float64) {
	due := .5
	for i := from; i < to; i++ {
		for range c.entered(i) {
			if due += rate; due >= 1 {
				due--
				c.applications[i+s.Whole(min(6, to-i))]++
			}
		}
	}
}

func (c *company) entered(i int) int {
	return c.entry[mobile][i] + c.entry[desktop][i] + c.entry[tablet][i]
}

// soFar is how many applications the year has brought by today, on the way to
// landing: the days that are left go on as the last weeks did.
func (c *company) soFar() int {
	var past, all float64
	for d := c.year.From; d <= c.year.To; d++ {
		i := int(d - c.first)
		share := sample.Hiring.At(c.cal, d) * c.grown(i, 1.45)
		if c.changed(i) {
			share *= 1.25 * c.truth.ClickFactor
		}
		if c.leaking(i) {
			share *= .25 + .75*c.truth.LeakFactor
		}
		all += share
		if i < c.days {
			past += share
		}
	}
	return int(math.Round(landing * past / all))
}
