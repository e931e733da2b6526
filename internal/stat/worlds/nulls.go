package worlds

// Kind is a way in which two series have nothing to do with each other and yet look alike.
type Kind uint8

// The nine independent pairs of the gates, then variations outside them.
const (
	White Kind = iota
	AR7
	AR9
	Wandering        // two random walks
	Weekends         // white noise with −50 % on weekends
	WeekendTrendAR   //
	SharedSeason     // one strong wave a year in both
	Tails            // heavy tails
	ZeroInflated     // 30 % of the KGI's days are zero
	PlainGate        // Standard itself
	Months           // a shared sawtooth within the month
	Promotions       // promotions that lift both
	Vanity           // Standard with twice the KPI's daily variation
	Plateaus         // a shared season with edges
	HolidaySeason    // お盆 and Golden Week in both
	KPIZeros         // 20 % of the KPI's days are zero
	independentKinds // how many
)

var kindNames = [independentKinds]string{
	"white noise", "AR .7", "AR .9", "random walks", "weekends −50 %", "weekends, trend and AR .6",
	"a shared season", "heavy tails", "zero-inflated KGI", "the standard world", "a shared sawtooth in the month",
	"weekly promotions on both", "a KPI that varies twice as much", "a shared high season with edges",
	"shared holidays", "zeros in the KPI",
}

// String is the kind in plain words.
func (k Kind) String() string { return kindNames[k%independentKinds] }

// Nine are the kinds the gates name.
func Nine() []Kind {
	return []Kind{White, AR7, AR9, Wandering, Weekends, WeekendTrendAR, SharedSeason, Tails, ZeroInflated}
}

// More are variations beside the nine.
func More() []Kind {
	return []Kind{PlainGate, Months, Promotions, Vanity, Plateaus, HolidaySeason, KPIZeros}
}

// Independent is a pair of n days that are drawn apart: no KPI moves no KGI.
func Independent(kind Kind, n int, seed uint64) World {
	s := Standard(n, seed)
	plain := func(ar, sigma float64) {
		s.Driver.AR, s.Driver.Sigma, s.Response.AR, s.Response.Sigma = ar, sigma, ar, sigma
	}
	bare := func() { s.Weekend, s.NewYear, s.Yearly, s.Trend = 0, 0, 0, 0 }
	switch kind {
	case White:
		bare()
		plain(0, .2)
	case AR7:
		bare()
		plain(.7, .14)
	case AR9:
		bare()
		plain(.9, .1)
	case Wandering:
		bare()
		plain(0, .03)
		s.Driver.Noise, s.Response.Noise = RandomWalk, RandomWalk
	case Weekends:
		bare()
		plain(0, .15)
		s.Weekend = -.6931 // half
	case WeekendTrendAR:
		bare()
		plain(.6, .12)
		s.Weekend, s.Trend = -.5, .4
	case SharedSeason:
		bare()
		plain(.4, .12)
		s.Yearly = .4
	case Tails:
		s.Driver.Noise, s.Response.Noise = HeavyTails, HeavyTails
	case ZeroInflated:
		s.Response.Zeros = .3
	case Months:
		s.Sawtooth = .3
	case Promotions:
		s.Promotion = .3
	case Vanity:
		s.Driver.Sigma = .28
	case Plateaus:
		s.Season, s.Yearly = Plateau, .2
	case HolidaySeason:
		s.Obon = -.4
	case KPIZeros:
		s.Driver.Zeros = .2
	}
	return New(s)
}

// SharedPeaks is an independent pair with two narrow peaks a year that both share, +35 %
// over some three weeks, in no calendar.
func SharedPeaks(n int, seed uint64) World {
	s := Standard(n, seed)
	s.Season, s.Yearly = TwoPeaks, .3
	return New(s)
}

// BothOut is an independent pair that loses 60 % on the same 25 days, anywhere but in the
// first and last thirty.
func BothOut(n int, seed uint64) World {
	s := Standard(n, seed)
	at := 30 + int(seed*0x9e3779b97f4a7c15>>33)%max(1, n-85)
	s.Outages = []Outage{{Of: Both, From: at, Days: 25, Factor: .4}}
	return New(s)
}

// Bursts is a pair in which each series has promotions of its own, four to eight a year of
// 3 to 14 days that lift it by 60 to 150 %: a few blocks of days carry much of what varies,
// and some fall together by chance.
func Bursts(n int, elasticity float64, lag int, seed uint64) World {
	s := Linked(n, elasticity, lag, seed)
	s.Bursts = 8
	return New(s)
}

// Rare is a pair whose KGI has 1.5 counts a day.
func Rare(n int, elasticity float64, lag int, seed uint64) World {
	s := Linked(n, elasticity, lag, seed)
	s.Response.Base = 1.5
	return New(s)
}

// Reverse is a pair in which the KGI moves the KPI, lag days later.
func Reverse(n int, elasticity float64, lag int, seed uint64) World {
	s := Standard(n, seed)
	s.Lag = lag
	g := begin(s)
	x, y := g.process(s.Driver), g.process(s.Response)
	g.effect(x, y, elasticity, elasticity)
	w := g.finish(x, y)
	w.Lag, w.Elasticity, w.ElasticityAfter = 0, 0, 0
	return w
}
