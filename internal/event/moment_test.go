package event

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMoments(t *testing.T) {
	want := at(t, "2026-11-22T01:02:03.456Z")
	whole := want - 456
	for raw, wanted := range map[string]Millis{
		`"2026-11-22T01:02:03.456Z"`:            want,
		`"2026-11-22T10:02:03.456+09:00"`:       want,
		`"2026-11-22T01:02:03.456789012Z"`:      want,
		`"2026-11-22T10:02:03.456789012+09:00"`: want,
		`"2026-11-22T10:02:03.456+0900"`:        want,
		`"2026-11-22 01:02:03"`:                 whole,
		`"2026-11-22 10:02:03+09:00"`:           whole,
		`"2026-11-22t01:02:03z"`:                whole,
		`"2026-11-22T01:02:03"`:                 whole,
		`"2026-11-22T01:02Z"`:                   whole - 3000,
		`"2026-11-22"`:                          at(t, "2026-11-22T00:00:00Z"),
		`1795309323456`:                         want,
		`1795309323.456`:                        want,
		`"1795309323456"`:                       want,
	} {
		if got, ok := moment(raw); !ok || got != wanted {
			t.Errorf("%s: %d %v, want %d", raw, got, ok, wanted)
		}
	}
	for _, raw := range []string{``, `null`, `""`, `{}`, `true`, `"tomorrow"`, `"2026-13-01"`, `"2026-02-30T00:00:00Z"`, `-1`, `1e300`, `"NaN"`, `"Infinity"`, `"22/11/2026"`} {
		if got, ok := moment(raw); ok {
			t.Errorf("%s was read as %d", raw, got)
		}
	}
}

func TestClocksArePutRight(t *testing.T) {
	const second, minute, hour, day = 1000, 60_000, 3_600_000, 86_400_000
	cases := []struct {
		name          string
		stamped, sent Millis
		retried       bool
		want          Millis
	}{
		{"clocks agree", now - 5*second, now - second, false, now - 5*second},
		{"no sent-at", now - 5*second, 0, false, now - 5*second},
		{"no sent-at, in the future", now + hour, 0, false, now},
		{"the sender's clock is an hour ahead", now + hour - 5*second, now + hour, false, now - 5*second},
		{"an hour behind", now - hour - 5*second, now - hour, false, now - 5*second},
		{"a second ahead", now + second, now + second, false, now},
		{"the request took half a minute", now - 40*second, now - 30*second, false, now - 40*second},
		{"a stale sent-at within retries of a minute", now - 59*second, now - 58*second, false, now - 59*second},
		{"a retry that says so, ten minutes late", now - 11*minute, now - 10*minute, true, now - 11*minute},
		{"a retry of a clock that is ahead", now + hour - minute, now + hour, true, now - minute},
		{"a queue from a disk, three days late", now - 3*day - minute, now - 3*day, false, now - 3*day - minute},
		{"a clock reset to 1970", 10 * second, 20 * second, false, now - 10*second},
		{"a clock reset to 2000", at(t, "2000-01-01T00:00:00Z"), at(t, "2000-01-01T00:00:10Z"), false, now - 10*second},
		{"history brought in today", at(t, "2019-04-01T00:00:00Z"), now, false, at(t, "2019-04-01T00:00:00Z")},
		{"stamped after it was sent", now + minute, now - second, false, now},
		{"the year 9000", latestMoment, 0, false, now},
		{"sent in the year 9000", now, latestMoment, false, 0},
	}
	for _, c := range cases {
		if got := happened(c.stamped, c.sent, now, c.retried); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestNothingHappensAfterItCame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		any := rapid.Int64Range(0, int64(latestMoment))
		received := Millis(any.Draw(t, "received"))
		got := happened(Millis(any.Draw(t, "stamped")), Millis(any.Draw(t, "sent")), received, rapid.Bool().Draw(t, "retried"))
		if got > received || got < 0 {
			t.Fatalf("at %d, received %d", got, received)
		}
	})
}
