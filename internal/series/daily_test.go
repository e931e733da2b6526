package series_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
)

var nan = math.NaN()

// anyDaily draws series with holes whose values differ by many magnitudes.
func anyDaily() *rapid.Generator[series.Daily] {
	value := rapid.OneOf(
		rapid.Just(nan),
		rapid.Float64Range(-1e6, 1e6),
		rapid.Map(rapid.IntRange(0, 100000), func(i int) float64 { return float64(i) }),
		rapid.Map(rapid.IntRange(0, 1000), func(i int) float64 { return float64(i) / 10 }),
	)
	return rapid.Custom(func(t *rapid.T) series.Daily {
		return series.Daily{First: anyDay().Draw(t, "first"), Values: rapid.SliceOfN(value, 0, 120).Draw(t, "values")}
	})
}

func spanNear(t *rapid.T, d series.Daily) series.Span {
	from := d.First + series.Day(rapid.IntRange(-20, 130).Draw(t, "from"))
	return series.Span{From: from, To: from + series.Day(rapid.IntRange(-2, 140).Draw(t, "length"))}
}

func TestSetGrowsWithMissingDays(t *testing.T) {
	t.Parallel()
	var d series.Daily
	if !d.Span().Empty() {
		t.Errorf("a new series spans %v", d.Span())
	}
	d.Set(100, 1)
	d.Set(103, 4)
	d.Set(98, -2)
	d.Set(100, 0)
	want := series.Daily{First: 98, Values: []float64{-2, nan, 0, nan, nan, 4}}
	if diff := cmp.Diff(want, d, cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("after Set (-want +got):\n%s", diff)
	}
	if v, ok := d.At(100); v != 0 || !ok {
		t.Errorf("a zero is a value: got %v, %v", v, ok)
	}
	for _, day := range []series.Day{97, 99, 104} {
		if v, ok := d.At(day); !math.IsNaN(v) || ok {
			t.Errorf("day %d is missing: got %v, %v", day, v, ok)
		}
	}
}

func TestSetRemembersInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(rapid.IntRange(-300, 300), rapid.Float64Range(-10, 10)).Draw(t, "points")
		var d series.Daily
		for day, v := range want {
			d.Set(series.Day(day), v)
		}
		for day := -310; day <= 310; day++ {
			got, ok := d.At(series.Day(day))
			if v, there := want[day]; ok != there || there && got != v {
				t.Fatalf("day %d: got %v, %v", day, got, ok)
			}
		}
	})
}

func TestSliceSharesButDoesNotGrowIntoTheWhole(t *testing.T) {
	t.Parallel()
	whole := series.Daily{First: 10, Values: []float64{1, 2, 3, 4}}
	part := whole.Slice(series.Span{From: 11, To: 12})
	part.Set(13, 99)
	if whole.Values[3] != 4 {
		t.Error("growing a slice wrote into the whole")
	}
	for s, want := range map[series.Span]series.Daily{
		{From: 0, To: 10}:  {First: 10, Values: []float64{1}},
		{From: 12, To: 99}: {First: 12, Values: []float64{3, 4}},
		{From: 20, To: 30}: {First: 20},
		{From: 12, To: 11}: {First: 12},
	} {
		if diff := cmp.Diff(want, whole.Slice(s), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("slice %v (-want +got):\n%s", s, diff)
		}
	}
}

func TestPresentEnds(t *testing.T) {
	t.Parallel()
	d := series.Daily{First: 10, Values: []float64{nan, 0, nan, 5, nan}}
	if first, ok := d.FirstPresent(); first != 11 || !ok {
		t.Errorf("first present: %v, %v", first, ok)
	}
	if last, ok := d.LastPresent(); last != 13 || !ok {
		t.Errorf("last present: %v, %v", last, ok)
	}
	if _, ok := (series.Daily{Values: []float64{nan}}).LastPresent(); ok {
		t.Error("a series of missing days has no last day")
	}
}

func TestAggregate(t *testing.T) {
	t.Parallel()
	d := series.Daily{First: 10, Values: []float64{3, nan, 0, 9, nan}}
	whole := series.Span{From: 8, To: 14}
	for _, c := range []struct {
		span    series.Span
		agg     series.Aggregation
		want    float64
		present int
	}{
		{whole, series.Sum, 12, 3},
		{whole, series.Mean, 4, 3},
		{whole, series.Last, 9, 3},
		{whole, series.Max, 9, 3},
		{series.Span{From: 10, To: 12}, series.Last, 0, 2},
		{series.Span{From: 12, To: 12}, series.Sum, 0, 1}, // zero is a value
		{series.Span{From: 11, To: 11}, series.Sum, nan, 0},
		{series.Span{From: 20, To: 30}, series.Max, nan, 0},
		{series.Span{From: 12, To: 11}, series.Mean, nan, 0},
	} {
		for how, aggregate := range map[string]func(series.Span, series.Aggregation) (float64, int){
			"direct": d.Aggregate, "prefix": series.NewPrefix(d).Aggregate,
		} {
			got, present := aggregate(c.span, c.agg)
			if present != c.present || !cmp.Equal(got, c.want, cmpopts.EquateNaNs()) {
				t.Errorf("%s %v of %v = %v on %d days, want %v on %d", how, c.agg, c.span, got, present, c.want, c.present)
			}
		}
	}
}

func TestSumsAreCompensated(t *testing.T) {
	t.Parallel()
	d := series.Daily{Values: []float64{1, 1e100, 1, -1e100}}
	if got, _ := d.Aggregate(d.Span(), series.Sum); got != 2 {
		t.Errorf("sum = %v, want 2", got)
	}
	tenths := series.Daily{Values: make([]float64, 3650)}
	for i := range tenths.Values {
		tenths.Values[i] = 0.1
	}
	if got, _ := tenths.Aggregate(tenths.Span(), series.Sum); got != 365 {
		t.Errorf("3650 tenths = %v, want 365", got)
	}
}

func TestOverflowIsInfiniteNotNaN(t *testing.T) {
	t.Parallel()
	d := series.Daily{Values: []float64{math.MaxFloat64, math.MaxFloat64, 7}}
	p := series.NewPrefix(d)
	if got, _ := p.Aggregate(d.Span(), series.Sum); !math.IsInf(got, 1) {
		t.Errorf("overflow = %v", got)
	}
	if got, _ := p.Aggregate(series.Span{From: 2, To: 2}, series.Sum); got != 7 {
		t.Errorf("a day beside the overflow = %v, want 7", got)
	}
}

func TestPrefixAnswersAsTheSeriesDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := anyDaily().Draw(t, "series")
		s := spanNear(t, d)
		p := series.NewPrefix(d)
		for _, agg := range []series.Aggregation{series.Sum, series.Mean, series.Last, series.Max} {
			want, wantPresent := d.Aggregate(s, agg)
			got, present := p.Aggregate(s, agg)
			if present != wantPresent || !cmp.Equal(got, want, cmpopts.EquateNaNs(), cmpopts.EquateApprox(1e-15, 1e-15)) {
				t.Fatalf("%v of %v: prefix %v on %d days, direct %v on %d", agg, s, got, present, want, wantPresent)
			}
		}
	})
}

func TestSumIsTheRoundedExactSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := anyDaily().Draw(t, "series")
		exact := new(big.Float).SetPrec(2000)
		for _, v := range d.Values {
			if !math.IsNaN(v) {
				exact.Add(exact, big.NewFloat(v))
			}
		}
		want, _ := exact.Float64()
		got, present := d.Aggregate(d.Span(), series.Sum)
		if present > 0 && !cmp.Equal(got, want, cmpopts.EquateApprox(1e-15, 1e-15)) {
			t.Fatalf("sum %v, exact %v", got, want)
		}
	})
}

func TestParseAggregation(t *testing.T) {
	t.Parallel()
	for _, agg := range []series.Aggregation{series.Sum, series.Mean, series.Last, series.Max} {
		if got, ok := series.ParseAggregation(agg.String()); got != agg || !ok {
			t.Errorf("%v reads back as %v, %v", agg, got, ok)
		}
	}
	if _, ok := series.ParseAggregation("average"); ok {
		t.Error("average is not a name of the model file")
	}
}
