package paper

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/share/report"
)

var made = time.Date(2026, 9, 9, 8, 30, 0, 0, time.UTC)

func sheet(t testing.TB, name string) report.Sheet {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var s report.Sheet
	if err := json.Unmarshal(body, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// pagesOf counts the pages of a file of ours.
func pagesOf(file []byte) int {
	return bytes.Count(file, []byte("/Type /Page\n")) + bytes.Count(file, []byte("/Type /Page ")) + bytes.Count(file, []byte("/Type /Page/"))
}

// Nobody shares out a sheet that is half empty where one page fewer would do: wordy.en.json is
// a page of the sample company with all that a page may hold.
func TestPageFitsOnPaper(t *testing.T) {
	t.Parallel()
	for name, most := range map[string]int{"full.ja.json": 1, "full.en.json": 1, "empty.ja.json": 1, "wordy.en.json": 2} {
		s := sheet(t, name)
		file, err := Draw(s, made)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Draw(s, made)
		if err != nil || !bytes.Equal(file, again) {
			t.Errorf("%s: drawn twice it differs, %v", name, err)
		}
		if n := pagesOf(file); n < 1 || n > most {
			t.Errorf("%s: %d pages", name, n)
		}
		if len(file) > 200_000 || !bytes.HasPrefix(file, []byte("%PDF-1.")) {
			t.Errorf("%s: %d bytes", name, len(file))
		}
		for _, active := range []string{"/JavaScript", "/JS", "/Launch", "/OpenAction", "/EmbeddedFile", "/URI"} {
			if bytes.Contains(file, []byte(active)) {
				t.Errorf("%s: the file holds %s", name, active)
			}
		}
		if out := os.Getenv("SHIRUBE_PAPER"); out != "" {
			if err := os.WriteFile(filepath.Join(out, strings.TrimSuffix(name, ".json")+".pdf"), file, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Whatever people write is letters on paper: it neither breaks the file nor runs out of it.
func TestWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	s := sheet(t, "full.ja.json")
	for _, odd := range []string{") Tj ET /JS (app.alert(1))", "👩‍💻𠮷野家\U0001F600", "\x00\x01\u202eabc\u200b", strings.Repeat("長い", 300), strings.Repeat("W", 300), "", "\xff\xfe"} {
		s.Workspace, s.Title, s.Goal.Name, s.Goal.Unit = odd, odd, odd, odd
		s.Headline = []report.Run{{Text: odd}, {Text: odd, Strong: true}}
		s.Asks.Lines[0].Text, s.Asks.Lines[0].Note = report.Said(odd), odd
		s.Numbers.Rows[0].Name, s.Numbers.Rows[0].Value = odd, odd
		file, err := Draw(s, made)
		if err != nil {
			t.Fatalf("%.20q: %v", odd, err)
		}
		if bytes.Contains(file, []byte("app.alert")) {
			t.Error("what somebody wrote stands in the file as it is")
		}
	}
}

// A goal of which nothing can be foretold has no heading for it either.
func TestNothingForetold(t *testing.T) {
	t.Parallel()
	s := sheet(t, "empty.ja.json")
	s.Goal.Chance, s.Goal.ChanceWords, s.Goal.Land, s.Goal.Dots = "", "", "", nil
	s.Goal.ChanceLabel = "届く見込み"
	with, err := Draw(s, made)
	if err != nil {
		t.Fatal(err)
	}
	s.Goal.ChanceLabel = ""
	without, err := Draw(s, made)
	if err != nil || !bytes.Equal(with, without) {
		t.Errorf("a heading stands over nothing, %v", err)
	}
}

func TestMorePages(t *testing.T) {
	t.Parallel()
	s := sheet(t, "full.ja.json")
	for range 5 {
		s.Numbers.Rows = append(s.Numbers.Rows, s.Numbers.Rows...)
	}
	file, err := Draw(s, made)
	if err != nil {
		t.Fatal(err)
	}
	if n := pagesOf(file); n < 3 {
		t.Errorf("%d pages", n)
	}
}

// No letter is lost or moved when a sentence is cut into lines, and no line is too long.
func TestLines(t *testing.T) {
	t.Parallel()
	p := drawing(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"応募が", "31", "件", "、", "Instagram ", "「クリック率」", "。", "75%", "です", "a", "ー", "っ", "2027", "年", " "}), 1, 30).Draw(t, "words")
		var runs []report.Run
		for i, w := range words {
			runs = append(runs, report.Run{Text: w, Strong: i%3 == 0})
		}
		width := rapid.Float64Range(30, 300).Draw(t, "width")
		var got strings.Builder
		for _, line := range p.lines(runs, text, width) {
			used, first := 0.0, ""
			for _, one := range line {
				used += one.width
				first += one.text
				got.WriteString(one.text)
			}
			if used > width+10 && utf8.RuneCountInString(first) > 1 {
				t.Fatalf("%q is %.0f points wide, of %.0f", first, used, width)
			}
		}
		if got.String() != report.Plain(runs) {
			t.Fatalf("%q became %q", report.Plain(runs), got.String())
		}
	})
}

// A line ends where Japanese lets it end, and never between a number and its unit.
func TestWhereLinesEnd(t *testing.T) {
	t.Parallel()
	p := drawing(t)
	for sentence, want := range map[string]string{
		"応募を約31件失います。":           "応募を約/31件失/います。",
		"クリック率が、":                "クリック/率が、",
		"8月19日にInstagramで下がりました": "8月19日/に/Instagr/amで下/がりまし/た",
	} {
		var got []string
		for _, line := range p.lines(report.Said(sentence), text, 42) {
			all := ""
			for _, one := range line {
				all += one.text
			}
			got = append(got, all)
		}
		if strings.Join(got, "/") != want {
			t.Errorf("%s, not %s", strings.Join(got, "/"), want)
		}
	}
}

// drawing is a pen that only measures.
func drawing(t testing.TB) *pen {
	t.Helper()
	p, err := newPen(report.Sheet{}, made)
	if err != nil {
		t.Fatal(err)
	}
	p.dry = true
	return p
}

func BenchmarkDraw(b *testing.B) {
	s := sheet(b, "full.ja.json")
	for b.Loop() {
		if _, err := Draw(s, made); err != nil {
			b.Fatal(err)
		}
	}
}
