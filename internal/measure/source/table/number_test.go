package table

import (
	"math"
	"strconv"
	"testing"

	"github.com/shirube/shirube/internal/words"
	"pgregory.net/rapid"
)

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell  string
		style NumberStyle
		want  float64
	}{
		{"0", 0, 0}, {"-0", 0, 0}, {"12", 0, 12}, {"-12.5", 0, -12.5}, {"0.001", 0, 0.001}, {"1.5", 0, 1.5},
		{"0.123", 0, 0.123}, {"00.123", 0, 0.123}, {"1234.567", 0, 1234.567}, {"1.2345", 0, 1.2345}, {".5", 0, 0.5},
		{"1,234", 0, 1234}, {"12,345,678", 0, 12345678}, {"1,234.5", 0, 1234.5}, {"1.234,5", 0, 1234.5}, {"1.234.567", 0, 1234567},
		{"1,5", 0, 1.5}, {"0,00", 0, 0}, {"0,123", 0, 0.123},
		{"40.531", StyleDot, 40.531}, {"40.531", StyleComma, 40531}, {"40,531", StyleDot, 40531}, {"40,531", StyleComma, 40.531},
		{"1.234.567,89", StyleComma, 1234567.89}, {"7", StyleComma, 7}, {"1.959.048,63 $", StyleComma, 1959048.63},
		{"12.3%", 0, 0.123}, {"12.3％", 0, 0.123}, {"0.25%", 0, 0.0025}, {"100,00 %", StyleComma, 1}, {"0,5\u00a0%", StyleComma, 0.005}, {"100%", 0, 1},
		{"¥1,200", 0, 1200}, {"￥1,200", 0, 1200}, {"1,200円", 0, 1200}, {"-¥1,200", 0, -1200}, {"¥-1,200", 0, -1200}, {"$19.99", 0, 19.99}, {"US$5", 0, 5}, {"1200 JPY", 0, 1200},
		{"12件", 0, 12}, {"1,234 人", 0, 1234}, {"3ポイント", 0, 3}, {"１２件", 0, 12}, {"－１，２３４．５", 0, -1234.5},
		{"−5", 0, -5}, {"△5", 0, -5}, {"▲5", 0, -5}, {"▲1,234円", 0, -1234}, {"(5)", 0, -5}, {"(¥1,200)", 0, -1200}, {"（5）", 0, -5}, {"+3", 0, 3},
		{"1 234", 0, 1234}, {"1\u00a0234\u00a0567", 0, 1234567}, {"1\u202f234,56", 0, 1234.56}, {"1'234.50", 0, 1234.5}, {"  7\u3000", 0, 7}, {"\ufeff7", 0, 7},
		{"1.2万", 0, 12000}, {"3億", 0, 3e8}, {"1億2,000万", 0, 1.2e8}, {"1億2000万円", 0, 1.2e8}, {"1万2345", 0, 12345}, {"5千円", 0, 5000}, {"1.2万件", 0, 12000},
		{"0:04:52", 0, 292}, {"00:00:06", 0, 6}, {"26:00:01.5", 0, 93601.5}, {"0:00", 0, 0}, {"1時間2分3秒", 0, 3723}, {"45秒", 0, 45}, {"1m 5s", 0, 65}, {"2h 1m 5s", 0, 7265},
		{"1e-05", 0, 1e-5}, {"1.2345E+19", 0, 1.2345e19}, {"1.234e3", 0, 1234}, {"9007199254740993", 0, 9007199254740992},
		{"0.1", 0, 0.1}, {"123456789012345", 0, 123456789012345}, {"0.30000000000000004", 0, 0.30000000000000004},
	} {
		got, ok, err := ParseNumber(c.cell, c.style)
		if err != nil || !ok || got != c.want {
			t.Errorf("ParseNumber(%q, %v) = %v, %v, %v; want %v", c.cell, c.style, got, ok, err, c.want)
		}
		if got == 0 && math.Signbit(got) {
			t.Errorf("ParseNumber(%q) is a negative zero", c.cell)
		}
	}
}

func TestMissingIsNotZero(t *testing.T) {
	t.Parallel()
	for _, cell := range []string{"", " ", "-", "--", "—", "–", "−", "ー", "N/A", "n/a", "NA", "NAN", "NaN", "null", "NULL", "#N/A", "データなし", "Ｎ/Ａ", "\u3000"} {
		if v, ok, err := ParseNumber(cell, StyleUnknown); ok || err != nil || v != 0 {
			t.Errorf("ParseNumber(%q) = %v, %v, %v; want missing", cell, v, ok, err)
		}
	}
}

func TestNotNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell  string
		style NumberStyle
		fault Fault
	}{
		{"abc", 0, FaultMalformed}, {"12abc", 0, FaultMalformed}, {"1-2", 0, FaultMalformed}, {"--5", 0, FaultMalformed}, {"65+", 0, FaultMalformed},
		{"1,23,456", 0, FaultMalformed}, {"1,2345,678", 0, FaultMalformed}, {"1.2.3", 0, FaultMalformed}, {",", 0, FaultMalformed}, {".", 0, FaultMalformed},
		{"2026-04-01", 0, FaultMalformed}, {"10%%", 0, FaultMalformed}, {"<10", 0, FaultMalformed}, {"1万2億", 0, FaultMalformed}, {"12 34", 0, FaultMalformed},
		{"inf", 0, FaultMalformed}, {"1e999", 0, FaultMalformed}, {"0x1F", 0, FaultMalformed}, {"(5", 0, FaultMalformed}, {"#REF!", 0, FaultMalformed},
		{"40.531", 0, FaultAmbiguous}, {"-1.234", 0, FaultAmbiguous}, {"４０．５３１", 0, FaultAmbiguous}, {"4:52", 0, FaultAmbiguous},
		{"1,5", StyleDot, FaultMalformed}, {"1.5", StyleComma, FaultMalformed}, {"1.234.567", StyleDot, FaultMalformed}, {"1,234,567", StyleComma, FaultMalformed},
	} {
		v, ok, err := ParseNumber(c.cell, c.style)
		e, is := err.(*CellError)
		if ok || !is || e.Fault != c.fault {
			t.Errorf("ParseNumber(%q, %v) = %v, %v, %v; want fault %d", c.cell, c.style, v, ok, err, c.fault)
		}
	}
	_, _, err := ParseNumber("40.531", StyleUnknown)
	if got, want := words.In(err, words.JA), "「40.531」は 40,531 とも、小数の 40.531 とも読めます。 "+styleMend.JA; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNumberColumn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		cells     []string
		semicolon bool
		want      NumberStyle
		example   string // ambiguous or mixed
	}{
		{"whole numbers", []string{"1", "20"}, false, StyleDot, ""},
		{"thousands after a comma", []string{"1,234", "5"}, false, StyleDot, ""},
		{"the same in a ; file", []string{"1,234", "5"}, true, 0, "1,234"},
		{"German, all grouped", []string{"79", "67.343", "40.531"}, false, 0, "67.343"},
		{"comma groups prove nothing about dots", []string{"1,234", "40.531"}, false, 0, "40.531"},
		{"proved by a short fraction", []string{"40.531", "1.5"}, false, StyleDot, ""},
		{"proved by a leading zero", []string{"40.531", "0.123"}, false, StyleDot, ""},
		{"proved by two groups", []string{"40.531", "1.040.531"}, false, StyleComma, ""},
		{"proved by both marks", []string{"40.531", "1.234,5"}, true, StyleComma, ""},
		{"proved by a decimal comma", []string{"40.531", "0,00 %"}, false, StyleComma, ""},
		{"; file with a short fraction", []string{"1,234", "0,5"}, true, StyleComma, ""},
		{"mixed", []string{"1.5", "2.5", "1,5"}, false, 0, "1,5"},
		{"nothing", []string{"", "-", "abc"}, false, StyleDot, ""},
		{"long decimals", []string{"0,007571993091", "45,71428571"}, false, StyleComma, ""},
	} {
		column := NumberColumn{Name: "x", Semicolon: c.semicolon}
		for i, cell := range c.cells {
			column.Feed(cell, words.At{File: "f.csv", Line: i + 2, Col: 1})
		}
		style, err := column.Style()
		if style != c.want || (err != nil) != (c.example != "") {
			t.Errorf("%s: %v, %v", c.name, style, err)
			continue
		}
		if err == nil {
			continue
		}
		p := err.(*words.Problem)
		if at := p.At.Line - 2; at < 0 || at >= len(c.cells) || c.cells[at] != c.example {
			t.Errorf("%s: the problem points to line %d: %v", c.name, p.At.Line, p)
		}
	}
}

// Whatever a program prints as a plain number is read back exactly.
func TestPlainNumbersAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e15, 1e15).Draw(t, "v")
		if rapid.Bool().Draw(t, "cents") || math.Abs(v) < 1e-9 {
			v = math.Round(v) / 100
		}
		cell := strconv.FormatFloat(v, 'f', -1, 64)
		got, ok, err := ParseNumber(cell, StyleDot)
		if want, _ := strconv.ParseFloat(cell, 64); err != nil || !ok || got != want {
			t.Fatalf("ParseNumber(%q) = %v, %v, %v", cell, got, ok, err)
		}
	})
}

// The two styles mirror each other.
func TestStylesMirror(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := float64(rapid.Int64Range(-1e12, 1e12).Draw(t, "v")) / 100
		dot := words.Group(math.Abs(v), 2)
		comma := []byte(dot)
		for i, c := range comma {
			switch c {
			case '.':
				comma[i] = ','
			case ',':
				comma[i] = '.'
			}
		}
		a, _, err1 := ParseNumber(dot, StyleDot)
		b, _, err2 := ParseNumber(string(comma), StyleComma)
		if err1 != nil || err2 != nil || a != b || a != math.Abs(v) {
			t.Fatalf("%s = %v (%v), %s = %v (%v), want %v", dot, a, err1, comma, b, err2, v)
		}
	})
}

func TestPlainNumberDoesNotAllocate(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		_, _, _ = ParseNumber("12345", StyleDot)
		_, _, _ = ParseNumber("-0.125", StyleUnknown)
		_, _, _ = ParseNumber("", StyleDot)
		_, _ = ParseDate("2026-04-01", OrderUnknown, nil)
		_, _ = ParseDate("2026/4/1", OrderUnknown, nil)
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1,234.5", "▲1億2,000万円", "(¥5)", "0:04:52", "1m 5s", "1e5", "12.3%", "1 234", "40.531", "−", "1.2.3", "\xff1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		column := NumberColumn{}
		column.Feed(cell, words.At{})
		style, columnErr := column.Style()
		for _, s := range []NumberStyle{StyleUnknown, StyleDot, StyleComma} {
			v, ok, err := ParseNumber(cell, s)
			if math.IsNaN(v) || math.IsInf(v, 0) || (ok && err != nil) || (!ok && v != 0) {
				t.Fatalf("ParseNumber(%q, %v) = %v, %v, %v", cell, s, v, ok, err)
			}
			if err != nil {
				if _, is := err.(*CellError); !is || err.Error() == "" {
					t.Fatalf("ParseNumber(%q, %v): %T", cell, s, err)
				}
			}
			// What is read without a style is what the column's style reads.
			if s == StyleUnknown && ok && columnErr == nil {
				if again, _, err := ParseNumber(cell, style); err != nil || again != v {
					t.Fatalf("%q is %v without a style and %v (%v) with %v", cell, v, again, err, style)
				}
			}
		}
	})
}

func BenchmarkParseNumber(b *testing.B) {
	for _, cell := range []string{"12345", "0.125", "1,234.5", "▲1,234円", "12.3%"} {
		b.Run(cell, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _, _ = ParseNumber(cell, StyleDot)
			}
		})
	}
}
