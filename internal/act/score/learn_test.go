package score

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/words"
)

func asked() AskLearn {
	return AskLearn{End: worldEnd, Zone: tokyo, Outcome: words.T("商談", "a meeting"), Traits: map[string]string{"job": "職種"}, Watches: []Watched{
		{"/price", condition.Matcher{Page: "/price"}, "料金のページ"}, {"/blog", condition.Matcher{Page: "/blog"}, "ブログ"}}}
}

func TestLearnProposes(t *testing.T) {
	t.Parallel()
	journeys := journeyWorld{"each view", 2500, 3, .01, .15, 3}.make()
	draw := rand.New(rand.NewPCG(1, 1))
	for i := range journeys {
		job := "other"
		if journeys[i].Outcome > 0 && draw.IntN(2) == 0 || draw.IntN(6) == 0 {
			job = "hr"
		}
		journeys[i].Traits = map[string]string{"job": job}
	}
	got, err := Learn(journeys, asked())
	if err != nil || got.Reason != "" {
		t.Fatal(err, got)
	}
	again, _ := Learn(journeys, asked())
	if !reflect.DeepEqual(got, again) {
		t.Error("the same journeys give another card")
	}
	price, job, blog := 0, 0, 0
	for _, r := range got.Card.Behaviour {
		if r.Page == "/price" && r.Points > 0 {
			price++
		}
		if r.Page == "/blog" && r.Points > 0 {
			blog++
		}
	}
	for _, f := range got.Card.Fit {
		if f.If.Property.Key == "job" {
			job++
		}
	}
	if price == 0 || job == 0 || blog > 0 {
		t.Errorf("%+v", got.Card)
	}
	for i, b := range got.Bands {
		if b.Predicted < b.Interval[0]-.03 || b.Predicted > b.Interval[1]+.03 || i > 0 && (b.From >= got.Bands[i-1].From || b.Predicted > got.Bands[i-1].Predicted) {
			t.Errorf("band %+v", b)
		}
	}
	if got.Tested.How != "later" || got.Tested.Card < .65 {
		t.Errorf("%+v", got.Tested)
	}
	if wrong := Check(got.Card); len(wrong) > 0 {
		t.Errorf("%+v", wrong)
	}
}

// The proposed card, worked out as a card, gives every moment the points it was learned with.
func TestProposedCardIsTheLearnedOne(t *testing.T) {
	t.Parallel()
	journeys := journeyWorld{"each view", 1500, 3, .01, .2, 4}.make()
	ask := asked()
	ask.Horizon = outcomesAfter
	got, err := Learn(journeys, ask)
	if err != nil {
		t.Fatal(err)
	}
	s := compile(t, got.Card)
	rows, hits := map[string]int{}, map[string]int{}
	for _, m := range momentsOf(journeys, ask) {
		f := facts{now: m.at, done: map[condition.Watch][]condition.Occurrence{}}
		for _, o := range journeys[m.journey].Done {
			f.done[o.Watch] = append(f.done[o.Watch], o)
		}
		band := s.Points(f).Band
		rows[band]++
		if m.came {
			hits[band]++
		}
	}
	for _, b := range got.Bands {
		if rows[b.Name] != b.Rows || hits[b.Name] != b.Hits {
			t.Errorf("band %s: %d of %d, learned with %d of %d", b.Name, hits[b.Name], rows[b.Name], b.Hits, b.Rows)
		}
	}
}

func TestLearnSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	got, err := Learn(journeyWorld{"each view", 40, 3, .01, .2, 4}.make(), asked())
	if err != nil || got.Reason != NotEnough || got.Needed < 1 || got.Needed > 30 {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := Learn(nil, asked()); err != nil || got.Reason != NotEnough || got.Needed != 30 {
		t.Errorf("%+v %v", got, err)
	}
	if ja := got.Reads(words.T("商談", "meetings")).JA; ja != fmt.Sprintf("点を学ぶには、あと%d件の商談の結果が必要です。それまでは手でつけた点をお使いください。", got.Needed) {
		t.Error(ja)
	}
}

// What comes after an outcome teaches nothing: with it and without, the card is the same.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	journeys := journeyWorld{"each view", 1500, 3, .02, .1, 4}.make()
	clean := make([]Journey, len(journeys))
	for i, j := range journeys {
		clean[i] = j
		if j.Outcome > 0 {
			for n, o := range j.Done {
				if o.At >= j.Outcome {
					clean[i].Done = j.Done[:n:n]
					break
				}
			}
		}
	}
	with, err := Learn(journeys, asked())
	if err != nil {
		t.Fatal(err)
	}
	without, err := Learn(clean, asked())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(with, without) {
		t.Error("what came after the outcome changed the card")
	}
	ask := AskPays{Watch: "/price", Windows: payWindows, End: worldEnd, Worth: .1}
	if !reflect.DeepEqual(HowOftenPays(journeys, ask), HowOftenPays(clean, ask)) {
		t.Error("what came after the outcome changed from how often on it pays")
	}
}

// toldWeeks draws what a card tells in weeks of ten leads; from a week on the odds are turned.
func toldWeeks(seed uint64, weeks, from int, factor float64) []Told {
	draw := rand.New(rand.NewPCG(seed, 5))
	var out []Told
	for w := range weeks {
		for range 20 {
			p := .1 + .5*draw.Float64()
			odds := p / (1 - p)
			if w >= from {
				odds *= factor
			}
			out = append(out, Told{w, p, draw.Float64() < odds/(1+odds)})
		}
	}
	return out
}

func TestDrift(t *testing.T) {
	t.Parallel()
	var quiet, found int
	var late float64
	tries := evidence.Tries(60, 1000)
	for seed := range uint64(tries) {
		if Watch(toldWeeks(seed, 52, 99, 1)).Alarm {
			quiet++
		}
		for n := 20; n <= 40; n++ {
			if d := Watch(toldWeeks(seed, n, 20, .33)); d.Alarm {
				found++
				late += float64(n - 20)
				if d.Reads().JA == "" || math.Abs(float64(d.Since-20)) > 12 {
					t.Logf("seed %d: since week %d", seed, d.Since)
				}
				break
			}
		}
	}
	evidence.AtMost(t, evidence.Figure{Room: "scores", Case: "a card that stays right, 52 weeks of 20 leads", Name: "drift alarms", Got: rate(quiet, tries), Tries: tries, Unit: "%"}, .1, .03)
	evidence.AtLeast(t, evidence.Figure{Room: "scores", Case: "the odds fall to a third in week 20", Name: "alarm within 20 weeks", Got: rate(found, tries), Tries: tries, Unit: "%"}, .95, 0)
	evidence.AtMost(t, evidence.Figure{Room: "scores", Case: "the odds fall to a third in week 20", Name: "mean weeks until the alarm", Got: late / float64(max(1, found)), Tries: found}, 6, 0)
	if d := Watch(nil); d.Alarm || !d.Reads().Zero() {
		t.Errorf("%+v", d)
	}
}
