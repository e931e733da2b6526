package storetest

import (
	"cmp"
	"errors"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

func testPoints(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	same(t, collect(t, db.Points.Each(ctx, ws, "sns")), nil)
	same(t, must(db.Points.Sources(ctx, ws))(t), []store.SourceSummary{})

	upload := must(db.Uploads.Put(ctx, ws, "f", strings.NewReader("x")))(t)
	ok(t, db.Points.ImportDays(ctx, ws, store.Import{
		Source: "sns", Upload: upload.ID,
		Days: []store.SourceDay{{Day: april + 2, Rows: 5}, {Day: april, Rows: 2}, {Day: april + 1, Rows: 1}},
		Points: pointSeq(
			store.Point{Metric: "reach", Day: april, Value: 100},
			store.Point{Metric: "reach", Day: april + 1, Value: 0},
			store.Point{Metric: "reach", Day: april, Value: 60, Dimensions: []string{"Instagram", "関東"}},
			store.Point{Metric: "likes", Day: april + 2, Value: 1.5},
		),
	}))
	// One day anew and one more; the other days stay, and 関東 is gone with its only day.
	again := store.Import{
		Source: "sns", Days: []store.SourceDay{{Day: april, Rows: 3}, {Day: april + 9, Rows: 1}},
		Points: pointSeq(
			store.Point{Metric: "reach", Day: april + 9, Value: 7},
			store.Point{Metric: "reach", Day: april, Value: 101},
			store.Point{Metric: "reach", Day: april, Value: 61, Dimensions: []string{"X", ""}},
		),
	}
	want := []store.Point{
		{Metric: "likes", Day: april + 2, Value: 1.5},
		{Metric: "reach", Day: april, Value: 101},
		{Metric: "reach", Day: april + 1, Value: 0},
		{Metric: "reach", Day: april + 9, Value: 7},
		{Metric: "reach", Day: april, Value: 61, Dimensions: []string{"X", ""}},
	}
	for range 2 { // reading the same file twice changes nothing
		ok(t, db.Points.ImportDays(ctx, ws, again))
		same(t, collect(t, db.Points.Each(ctx, ws, "sns")), want)
	}
	same(t, must(db.Points.Days(ctx, ws, "sns"))(t), []store.SourceDay{
		{Day: april, Rows: 3}, {Day: april + 1, Rows: 1}, {Day: april + 2, Rows: 5}, {Day: april + 9, Rows: 1},
	})
	same(t, must(db.Workspaces.Get(ctx, ws))(t).DataRevision, 3)

	ok(t, db.Points.ImportDays(ctx, ws, store.Import{
		Source: "ga", Days: days(april, 1), Points: pointSeq(store.Point{Metric: "visits", Day: april, Value: 3}),
	}))
	sources := must(db.Points.Sources(ctx, ws))(t)
	same(t, sources, []store.SourceSummary{
		{Source: "ga", Span: series.Span{From: april, To: april}, Days: 1, Rows: 1},
		{Source: "sns", Span: series.Span{From: april, To: april + 9}, Days: 4, Rows: 10},
	})
	missing := math.NaN()
	wantSeries := []store.Series{
		{Source: "ga", Metric: "visits", Daily: series.Daily{First: april, Values: []float64{3}}},
		{Source: "sns", Metric: "likes", Daily: series.Daily{First: april + 2, Values: []float64{1.5}}},
		{Source: "sns", Metric: "reach", Daily: series.Daily{First: april, Values: []float64{
			101, 0, missing, missing, missing, missing, missing, missing, missing, 7}}},
		{Source: "sns", Metric: "reach", Dimensions: []string{"X", ""}, Daily: series.Daily{First: april, Values: []float64{61}}},
	}
	sameSeries(t, collect(t, db.Points.Series(ctx, ws, "")), wantSeries)
	sameSeries(t, collect(t, db.Points.Series(ctx, ws, "ga")), wantSeries[:1])
	for of, err := range db.Points.Series(ctx, ws, "") { // leaving early is fine
		ok(t, err)
		same(t, of.Source, "ga")
		break
	}

	// Emptying one source leaves the other.
	ok(t, db.Points.ReplaceSource(ctx, ws, store.Import{Source: "sns"}))
	same(t, must(db.Points.Sources(ctx, ws))(t), sources[:1])
	sameSeries(t, collect(t, db.Points.Series(ctx, ws, "")), wantSeries[:1])
}

func sameSeries(t testing.TB, got, want []store.Series) {
	t.Helper()
	for _, list := range [][]store.Series{got, want} {
		for i := range list { // NaN is not equal to itself; a number no test uses is
			list[i].Daily.Values = slices.Clone(list[i].Daily.Values)
			for k, v := range list[i].Daily.Values {
				if math.IsNaN(v) {
					list[i].Daily.Values[k] = -987654321
				}
			}
		}
	}
	same(t, got, want)
}

type pointKey struct {
	metric, dimension string
	day               series.Day
}

// Any sequence of imports leaves what a map with the same rules holds.
func testPointsModel(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	rapid.Check(t, func(r *rapid.T) {
		source := rapid.StringMatching(`[a-z]{12}`).Draw(r, "source")
		model, modelDays := map[pointKey]float64{}, map[series.Day]int{}
		for range rapid.IntRange(1, 4).Draw(r, "imports") {
			in := store.Import{Source: source}
			brought := map[pointKey]float64{}
			for _, day := range rapid.SliceOfDistinct(rapid.IntRange(-3, 12), rapid.ID[int]).Draw(r, "days") {
				in.Days = append(in.Days, store.SourceDay{Day: series.Day(day), Rows: rapid.IntRange(1, 9).Draw(r, "rows")})
				for range rapid.IntRange(0, 3).Draw(r, "points") {
					key := pointKey{
						rapid.SampledFrom([]string{"a", "b"}).Draw(r, "metric"),
						rapid.SampledFrom([]string{"-", "", "東", "西\u3000"}).Draw(r, "dimension"), series.Day(day),
					}
					brought[key] = rapid.Float64Range(-1e300, 1e300).Draw(r, "value")
				}
			}
			in.Points = pointSeq(listOf(brought)...)
			if rapid.Bool().Draw(r, "replace") {
				clear(model)
				clear(modelDays)
				ok(t, db.Points.ReplaceSource(ctx, ws, in))
			} else {
				for _, d := range in.Days {
					maps.DeleteFunc(model, func(k pointKey, _ float64) bool { return k.day == d.Day })
				}
				ok(t, db.Points.ImportDays(ctx, ws, in))
			}
			maps.Copy(model, brought)
			for _, d := range in.Days {
				modelDays[d.Day] = d.Rows
			}
			same(t, collect(t, db.Points.Each(ctx, ws, source)), listOf(model))
			got := map[series.Day]int{}
			for _, d := range must(db.Points.Days(ctx, ws, source))(t) {
				got[d.Day] = d.Rows
			}
			same(t, got, modelDays)
		}
	})
}

// listOf is a map's points in the order of Points.Each.
func listOf(model map[pointKey]float64) []store.Point {
	var list []store.Point
	for key, value := range model {
		p := store.Point{Metric: key.metric, Day: key.day, Value: value}
		if key.dimension != "-" {
			p.Dimensions = []string{key.dimension}
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b store.Point) int {
		return cmp.Or(cmp.Compare(a.Metric, b.Metric), slices.Compare(a.Dimensions, b.Dimensions), cmp.Compare(a.Day, b.Day))
	})
	return list
}

func testPointsRefused(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	good := store.Point{Metric: "m", Day: april, Value: 1}
	ok(t, db.Points.ImportDays(ctx, ws, store.Import{Source: "s", Days: days(april, 2), Points: pointSeq(good)}))
	before := dump(t, db, ws)

	broken := errors.New("the file breaks off here")
	for name, in := range map[string]store.Import{
		"no source":       {Days: days(april, 1), Points: pointSeq(good)},
		"day twice":       {Source: "s", Days: append(days(april, 1), days(april, 1)...)},
		"day no rows":     {Source: "s", Days: []store.SourceDay{{Day: april}}},
		"other day":       {Source: "s", Days: days(april+1, 1), Points: pointSeq(good)},
		"point twice":     {Source: "s", Days: days(april, 1), Points: pointSeq(good, good)},
		"NaN":             {Source: "s", Days: days(april, 1), Points: pointSeq(good, store.Point{Metric: "n", Day: april, Value: math.NaN()})},
		"infinite":        {Source: "s", Days: days(april, 1), Points: pointSeq(good, store.Point{Metric: "n", Day: april, Value: math.Inf(-1)})},
		"long metric":     {Source: "s", Days: days(april, 1), Points: pointSeq(store.Point{Metric: strings.Repeat("長", 200), Day: april})},
		"long dimension":  {Source: "s", Days: days(april, 1), Points: pointSeq(store.Point{Metric: "m", Day: april, Dimensions: []string{strings.Repeat("長", 600)}})},
		"NUL":             {Source: "s", Days: days(april, 1), Points: pointSeq(store.Point{Metric: "m\x00", Day: april})},
		"not UTF-8":       {Source: "s", Days: days(april, 1), Points: pointSeq(store.Point{Metric: "m", Day: april, Dimensions: []string{"\xff"}})},
		"unknown upload":  {Source: "s", Upload: "nothing", Days: days(april, 1), Points: pointSeq(good)},
		"error in points": {Source: "s", Days: days(april, 1), Points: func(yield func(store.Point, error) bool) { _ = yield(good, nil) && yield(store.Point{}, broken) }},
	} {
		for method, call := range map[string]func() error{
			"ImportDays":    func() error { return db.Points.ImportDays(ctx, ws, in) },
			"ReplaceSource": func() error { return db.Points.ReplaceSource(ctx, ws, in) },
		} {
			err := call()
			if err == nil {
				t.Errorf("%s: %s accepted", name, method)
			}
			if name == "error in points" && !errors.Is(err, broken) {
				t.Errorf("%s: %s: %v", name, method, err)
			}
			if _, long := errors.AsType[store.ErrTooLong](err); long != strings.HasPrefix(name, "long") {
				t.Errorf("%s: %s: %v", name, method, err)
			}
		}
	}
	wantErr(t, db.Points.ImportDays(ctx, "nowhere", store.Import{Source: "s"}), store.ErrNotFound{What: "workspace", Name: "nowhere"})
	same(t, dump(t, db, ws), before)
}

// More points than one batch holds, in an order that mixes series.
func testPointsMany(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	const metrics, length = 7, 3001
	names := []string{"a", "b", "c", "d", "e", "f", "g"}
	var points iter.Seq2[store.Point, error] = func(yield func(store.Point, error) bool) {
		for i := range metrics * length {
			p := store.Point{Metric: names[i%metrics], Day: april + series.Day(i/metrics), Value: float64(i) / 3}
			if !yield(p, nil) {
				return
			}
		}
	}
	in := store.Import{Source: "s", Days: days(april, length), Points: points}
	ok(t, db.Points.ImportDays(ctx, ws, in))
	ok(t, db.Points.ReplaceSource(ctx, ws, in))
	i := 0
	for p, err := range db.Points.Each(ctx, ws, "s") {
		ok(t, err)
		metric, day := i/length, i%length
		want := store.Point{Metric: names[metric], Day: april + series.Day(day), Value: float64(day*metrics+metric) / 3}
		if p.Metric != want.Metric || p.Day != want.Day || p.Value != want.Value {
			t.Fatalf("point %d is %+v, want %+v", i, p, want)
		}
		i++
	}
	same(t, i, metrics*length)
}

// Two readings of the same source at once: one after the other, never mixed.
func testPointsAtOnce(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	var group sync.WaitGroup
	const readings = 6
	for k := range readings {
		group.Go(func() {
			var points []store.Point
			for _, d := range days(april, 50) {
				points = append(points, store.Point{Metric: "m", Day: d.Day, Value: float64(k)})
			}
			if err := db.Points.ImportDays(ctx, ws, store.Import{Source: "s", Days: days(april, 50), Points: pointSeq(points...)}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	got := collect(t, db.Points.Each(ctx, ws, "s"))
	same(t, len(got), 50)
	for _, p := range got {
		same(t, p.Value, got[0].Value)
	}
	same(t, must(db.Workspaces.Get(ctx, ws))(t).DataRevision, readings)
}

// Every finite number comes back as the same number.
func testPointValues(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	values := []float64{
		0, 1, -1, 0.1, 1.0 / 3, 1e15, 1<<53 + 2, 9007199254740993, 1 << 62, 1e19, math.MaxFloat64, -math.MaxFloat64,
		math.SmallestNonzeroFloat64, math.Nextafter(1, 2), 123456789.123456789, 2.5e-320,
	}
	var points []store.Point
	for i, v := range values {
		points = append(points, store.Point{Metric: "m", Day: april + series.Day(i), Value: v})
	}
	ok(t, db.Points.ImportDays(ctx, ws, store.Import{Source: "s", Days: days(april, len(values)), Points: pointSeq(points...)}))
	same(t, collect(t, db.Points.Each(ctx, ws, "s")), points)
}
