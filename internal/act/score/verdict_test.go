package score

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	c := parse(t, mockCard)
	var leads []Lead
	put := func(n int, l Lead) {
		for range n {
			leads = append(leads, l)
		}
	}
	put(6, Lead{Rules: []string{"price", "movie"}, Band: "A", Shown: true, Verdict: Meeting})
	put(2, Lead{Rules: []string{"price"}, Band: "A", Shown: true, Verdict: Rejected})
	put(4, Lead{Rules: []string{"price"}, Band: "A", Shown: true, Verdict: Accepted})
	put(3, Lead{Rules: []string{"price"}, Band: "A", Shown: true})
	put(4, Lead{Rules: []string{"case"}, Band: "B", Verdict: Won})
	got := Judge(c, leads, Meeting)
	price := got.Rules[1]
	if price.Name != "price" || price.Precision.Hits != 6 || price.Precision.Of != 12 || price.Precision.Share != .5 || price.Recall.Share != .6 {
		t.Errorf("%+v", price)
	}
	if movie := got.Rules[2]; movie.Precision.Needed != 4 || movie.Precision.Reads().JA != "あと4件の結果で出せます" {
		t.Errorf("%+v", movie)
	}
	if got.Open != 3 || got.Card.Recall.Hits != 6 || got.Card.Recall.Of != 10 || got.Bands[0].Precision.Of != 12 {
		t.Errorf("%+v", got)
	}
	if early := Judge(c, leads, Accepted); early.Rules[1].Precision.Hits != 10 {
		t.Errorf("%+v", early.Rules[1])
	}
	if ja := price.Precision.Reads().JA; ja != "50%（25%〜75%・12件のうち6件）" {
		t.Error(ja)
	}
	if diff := cmp.Diff(Rate{Needed: leastCases}, rateOf(0, 0)); diff != "" {
		t.Error(diff)
	}
}

func peaksOf(n, points, meetings int) []Peak {
	out := make([]Peak, n)
	for i := range out {
		out[i] = Peak{Points: points, Meeting: i < meetings, Known: true}
	}
	return out
}

func TestThreshold(t *testing.T) {
	t.Parallel()
	// Four weeks: 200 people of 5 points, 80 of 15, 40 of 25, 20 of 35.
	var peaks []Peak
	for _, p := range [][3]int{{200, 5, 4}, {80, 15, 8}, {40, 25, 12}, {20, 35, 12}} {
		peaks = append(peaks, peaksOf(p[0], p[1], p[2])...)
	}
	for _, c := range []struct {
		name  string
		want  Wanted
		from  int
		binds Binds
		ja    string
	}{
		{"sales can take ten", Wanted{AWeek: 10, Weeks: 4}, 26, ByCapacity, "26点からです。これより下げると、営業が話せる週10人を超えます（いまの見込みは週5人）。"},
		{"sales can take twenty", Wanted{AWeek: 20, Weeks: 4}, 16, ByCapacity, ""},
		{"the rate decides", Wanted{AWeek: 20, Rate: .5, Weeks: 4}, 32, ByRate, "32点からです。それより下は、商談になる率が必要な50%に届きません。週におよそ5人なので、営業にはまだ余裕があります。"},
		{"the rate alone", Wanted{Rate: .1, Weeks: 4}, 15, ByRate, "15点からです。それより下は、商談になる率が必要な10%に届きません。週におよそ35人です。"},
		{"capacity decides", Wanted{AWeek: 6, Rate: .2, Weeks: 4}, 26, ByCapacity, ""},
		{"room for all", Wanted{AWeek: 100, Weeks: 4}, 5, ByNothing, "5点から、つまり点のついた方全員です。週におよそ85人で、営業に余裕があります。"},
	} {
		got := Threshold(peaks, c.want)
		if !got.OK || got.From != c.from || got.Binds != c.binds {
			t.Errorf("%s: %+v", c.name, got)
		}
		if c.ja != "" && got.Why.JA != c.ja {
			t.Errorf("%s: %s", c.name, got.Why.JA)
		}
		if got.Needed != 0 || got.Why.EN == "" {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	for _, c := range []struct {
		peaks  []Peak
		want   Wanted
		needed int
		ja     string
	}{
		{peaks, Wanted{Weeks: 4}, 0, "営業が1週間に話せる人数か、必要な商談率を決めると、線を出せます。"},
		{peaks, Wanted{AWeek: 5, Weeks: 1}, 0, "点の記録がまだ2週間ぶんありません。たまると線を出せます。"},
		{peaks, Wanted{Rate: .9, Weeks: 4}, 0, "いちばん点の高い方でも、商談になるのは60%（必要は90%）です。点のつけ方か、必要な率を見直してください。"},
		{peaksOf(50, 5, 3), Wanted{Rate: .9, Weeks: 4}, 7, "あと7件の商談の結果で、率から線を出せます。週に話せる人数を決めると、いまでも人数から出せます。"},
	} {
		if got := Threshold(c.peaks, c.want); got.OK || got.Why.JA != c.ja || got.Needed != c.needed {
			t.Errorf("%+v: %+v", c.want, got)
		}
	}
	short := Threshold(peaksOf(50, 5, 3), Wanted{AWeek: 20, Rate: .9, Weeks: 4})
	if !short.OK || short.Needed != 7 {
		t.Errorf("%+v", short)
	}
}

// The line is the lowest of which both wishes are true.
func TestThresholdIsTheLowest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var peaks []Peak
		for i, points := range rapid.SliceOfN(rapid.IntRange(0, 30), 30, 120).Draw(t, "points") {
			peaks = append(peaks, Peak{Points: points, Known: true, Meeting: i < 12 || rapid.IntRange(0, 40).Draw(t, "luck") < points && i > 24})
		}
		want := Wanted{AWeek: float64(rapid.IntRange(1, 40).Draw(t, "a week")), Rate: rapid.SampledFrom([]float64{0, .1, .3}).Draw(t, "rate"), Weeks: 4}
		got := Threshold(peaks, want)
		if !got.OK {
			return
		}
		chance := staircase(peaks)
		fits := func(line int) bool {
			n := 0
			for _, p := range peaks {
				if p.Points >= line {
					n++
				}
			}
			return float64(n)/4 <= want.AWeek && chance.Of(float64(line)) >= want.Rate
		}
		if !fits(got.From) {
			t.Errorf("%+v does not do what it says", got)
		}
		if lowest := got.From - 1; lowest >= 0 && fits(lowest) && got.Binds != ByNothing {
			t.Errorf("%d would do, told %+v", lowest, got)
		}
	})
}
