package sample

import (
	"bytes"
	"compress/gzip"
	"io"
	"math"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"github.com/shirube/shirube/internal/series"
)

func TestStreamsAreRepeatableAndOfTheirOwn(t *testing.T) {
	t.Parallel()
	a, b, c := NewStream(1, "likes"), NewStream(1, "likes"), NewStream(1, "clicks")
	same, other := 0, 0
	for range 100 {
		v := a.Uniform()
		if v == b.Uniform() {
			same++
		}
		if v == c.Uniform() {
			other++
		}
	}
	if same != 100 || other != 0 {
		t.Errorf("equal names agree on %d of 100 numbers, different names on %d", same, other)
	}
}

func TestCountsHaveTheirMeanAndScatter(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name           string
		draw           func(*Stream) float64
		mean, variance float64
	}{
		{"poisson small", func(s *Stream) float64 { return float64(s.Poisson(.3)) }, .3, .3},
		{"poisson", func(s *Stream) float64 { return float64(s.Poisson(7)) }, 7, 7},
		{"poisson large", func(s *Stream) float64 { return float64(s.Poisson(400)) }, 400, 400},
		{"poisson of nothing", func(s *Stream) float64 { return float64(s.Poisson(math.NaN())) }, 0, 0},
		{"count", func(s *Stream) float64 { return float64(s.Count(1000, .1)) }, 1000, 1000 + 10050},
		{"of few", func(s *Stream) float64 { return float64(s.Of(20, .25)) }, 5, 3.75},
		{"of many", func(s *Stream) float64 { return float64(s.Of(10_000, .02)) }, 200, 196},
	} {
		const n = 20_000
		s := NewStream(7, tc.name)
		sum, squares := 0.0, 0.0
		for range n {
			v := tc.draw(s)
			sum += v
			squares += v * v
		}
		mean := sum / n
		variance := squares/n - mean*mean
		if math.Abs(mean-tc.mean) > .05*tc.mean+.01 || math.Abs(variance-tc.variance) > .08*tc.variance+.01 {
			t.Errorf("%s: mean %.3f, variance %.3f; want %.3f, %.3f", tc.name, mean, variance, tc.mean, tc.variance)
		}
	}
}

func TestDriftLastsAndStaysAround0(t *testing.T) {
	t.Parallel()
	d := NewStream(3, "drift").Drift(50_000, .8, .2)
	var squares, neighbours float64
	for i := 1; i < len(d); i++ {
		squares += d[i] * d[i]
		neighbours += d[i] * d[i-1]
	}
	if sd := math.Sqrt(squares / float64(len(d))); math.Abs(sd-.2) > .01 {
		t.Errorf("standard deviation %.3f, want 0.2", sd)
	}
	if memory := neighbours / squares; math.Abs(memory-.8) > .02 {
		t.Errorf("memory %.3f, want 0.8", memory)
	}
}

func TestRhythmKnowsTheJapaneseYear(t *testing.T) {
	t.Parallel()
	cal := series.NewCalendar(nil)
	office := func(y int, m time.Month, d int) float64 { return Office.At(cal, series.Date(y, m, d)) }
	workday := office(2026, 6, 16)
	for name, quiet := range map[string]float64{
		"Sunday": office(2026, 6, 14), "holiday": office(2026, 7, 20), "Golden Week": office(2026, 5, 4), "New Year": office(2027, 1, 1),
	} {
		if quiet > .3*workday {
			t.Errorf("%s has %.2f of a workday's %.2f", name, quiet, workday)
		}
	}
	for d := series.Date(2026, 1, 1); d < series.Date(2027, 1, 1); d++ {
		if step := math.Abs(Hiring.season(d+1) - Hiring.season(d)); step > .02 {
			t.Errorf("season jumps by %.3f on %s", step, d)
		}
	}
}

func TestTableBytes(t *testing.T) {
	t.Parallel()
	table := Table{
		Preamble: []string{"# 開始日: 20260401"}, Header: []string{"日付", "表示回数"},
		Rows: [][]string{{"2026/04/01", Grouped(1234567)}}, Encoding: CP932, QuoteAll: true, Gzip: true,
	}
	packed, err := table.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(japanese.ShiftJIS.NewDecoder().Reader(r))
	if err != nil {
		t.Fatal(err)
	}
	want := "# 開始日: 20260401\r\n\"日付\",\"表示回数\"\r\n\"2026/04/01\",\"1,234,567\"\r\n"
	if string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := (&Table{Header: []string{"😀"}, Encoding: CP932}).Bytes(); err == nil {
		t.Error("an emoji was written as CP932 without an error")
	}
}
