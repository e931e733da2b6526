package classic

import (
	"bufio"
	"compress/gzip"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

// contest is one series of a forecasting competition.
type contest struct {
	id, group   string
	m           int
	train, test []float64
}

// readM3 reads the 3,003 series of the M3 competition (Makridakis & Hibon 2000).
func readM3(t testing.TB) []contest {
	t.Helper()
	var out []contest
	for i, line := range lines(t, "m3.csv.gz") {
		part := strings.Split(line, ",")
		if i == 0 || len(part) < 9 {
			continue
		}
		values := numbers(t, strings.Fields(part[8]))
		if part[7] == "test" {
			out[len(out)-1].test = values
			continue
		}
		m, err := strconv.Atoi(part[4])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, contest{id: part[0], group: part[1], m: m, train: values})
	}
	return out
}

// readWeekly reads the 359 weekly series of the M4 competition.
func readWeekly(t testing.TB) []contest {
	t.Helper()
	var out []contest
	tests := lines(t, "Weekly-test.csv")
	for i, line := range lines(t, "Weekly-train.csv.gz") {
		if i == 0 || line == "" {
			continue
		}
		row := func(text string) (string, []float64) {
			part := strings.Split(strings.ReplaceAll(text, `"`, ""), ",")
			id := part[0]
			for len(part) > 1 && (part[len(part)-1] == "" || part[len(part)-1] == "NA") {
				part = part[:len(part)-1]
			}
			return id, numbers(t, part[1:])
		}
		c := contest{group: "WEEKLY", m: 52}
		c.id, c.train = row(line)
		other, test := row(tests[i])
		if other != c.id {
			t.Fatalf("series %q meets the test of %q", c.id, other)
		}
		c.test = test
		out = append(out, c)
	}
	return out
}

func lines(t testing.TB, name string) []string {
	t.Helper()
	file, err := os.Open(evidence.Shared(t, "data", "forecast", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var from io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if from, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	var out []string
	scan := bufio.NewScanner(from)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		out = append(out, scan.Text())
	}
	if scan.Err() != nil {
		t.Fatal(scan.Err())
	}
	return out
}

func numbers(t testing.TB, text []string) []float64 {
	t.Helper()
	out := make([]float64, len(text))
	for i, s := range text {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = v
	}
	return out
}

// each does the work for every index on all cores.
func each(n int, work func(int)) {
	turn := make(chan int)
	done := make(chan bool)
	workers := runtime.GOMAXPROCS(0)
	for range workers {
		go func() {
			for i := range turn {
				work(i)
			}
			done <- true
		}()
	}
	for i := range n {
		turn <- i
	}
	close(turn)
	for range workers {
		<-done
	}
}

func sample(all []contest, count int) []contest {
	if evidence.Long() || count >= len(all) {
		return all
	}
	out := make([]contest, count)
	for i := range out {
		out[i] = all[i*len(all)/count]
	}
	return out
}
