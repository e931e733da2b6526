package agreement

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
)

func TestReminder(t *testing.T) {
	t.Parallel()
	c := series.NewCalendar(nil)
	at := func(month time.Month, day int) series.Day { return series.Date(2026, month, day) }
	friday := at(9, 18)
	for name, r := range map[string]struct {
		asked series.Day
		by    *series.Day
		want  []series.Day
	}{
		// The three days of Silver Week after the asking are no business days.
		"around holidays":          {friday, nil, []series.Day{at(9, 28), at(10, 5)}},
		"a plain week":             {at(9, 7), nil, []series.Day{at(9, 10), at(9, 17)}},
		"with a day to answer by":  {at(9, 7), &[]series.Day{at(9, 15)}[0], []series.Day{at(9, 10), at(9, 14), at(9, 17)}},
		"by tomorrow":              {at(9, 7), &[]series.Day{at(9, 8)}[0], []series.Day{at(9, 17)}},
		"by Monday":                {at(9, 7), &[]series.Day{at(9, 14)}[0], []series.Day{at(9, 10), at(9, 11), at(9, 17)}},
		"by a day far in the year": {at(9, 7), &[]series.Day{at(11, 30)}[0], []series.Day{at(9, 10), at(11, 27)}},
	} {
		var got []series.Day
		given := 0
		for day := r.asked; day < r.asked+120; day++ {
			if n := Reminder(r.asked, r.by, day, c); n > given {
				got, given = append(got, day), n
			}
		}
		if len(got) != len(r.want) {
			t.Errorf("%s: %v, not %v", name, got, r.want)
			continue
		}
		for i, day := range got {
			if day != r.want[i] {
				t.Errorf("%s: %v, not %v", name, got, r.want)
			}
		}
	}
}

// Nobody is reminded on a closed day, on the day they were asked, more than three times, or
// long after.
func TestRemindersAreFew(t *testing.T) {
	t.Parallel()
	c := series.NewCalendar(nil)
	rapid.Check(t, func(t *rapid.T) {
		asked := series.Date(2026, 1, 1) + series.Day(rapid.IntRange(0, 700).Draw(t, "asked"))
		var by *series.Day
		if rapid.Bool().Draw(t, "dated") {
			day := asked + series.Day(rapid.IntRange(-3, 200).Draw(t, "by"))
			by = &day
		}
		given := map[int]bool{}
		last := 0
		for day := asked - 10; day < asked+300; day++ {
			n := Reminder(asked, by, day, c)
			if n == 0 {
				continue
			}
			if !c.IsBusinessDay(day) || day <= asked || n < last {
				t.Fatalf("reminder %d on %v, asked on %v", n, day, asked)
			}
			given[n], last = true, n
		}
		if len(given) > 3 {
			t.Fatalf("%d reminders", len(given))
		}
	})
}
