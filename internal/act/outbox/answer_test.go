package outbox

import "testing"

func TestWhatBecomesOfAnItem(t *testing.T) {
	i := Item{State: Sending, Attempts: 1, NotBefore: 1000, ExpiresAt: 5000}
	if got := i.After(Answer{State: Sent}, 2000); got.State != Sent {
		t.Error(got)
	}
	if got := i.After(Answer{State: Queued, Reason: "451 later"}, 2000); got.State != Queued || got.NotBefore != 32_000 || got.ExpiresAt <= got.NotBefore {
		t.Error(got)
	}
	if got := i.After(Answer{State: Queued, RetryAfter: 90_000}, 2000); got.NotBefore != 92_000 {
		t.Error(got)
	}
	i.Attempts = MaxAttempts
	if got := i.After(Answer{State: Queued}, 2000); got.State != Failed || got.Reason != Tired {
		t.Error(got)
	}
	i.Attempts = 3
	if got, may := i.Ruled(Ruling{}, 2000); !may || got.State != Sending {
		t.Error(got)
	}
	if got, may := i.Ruled(Ruling{}, 5001); may || got.State != Unknown || got.Reason != Late {
		t.Error(got)
	}
	if got, may := i.Ruled(Ruling{State: Queued, Until: 9000, Reason: QuietNow}, 2000); may || got.NotBefore != 9000 || got.ExpiresAt != 13_000 || got.Attempts != 2 {
		t.Error(got)
	}
	if got, may := i.Ruled(Ruling{State: Withheld, Reason: Capped}, 9999); may || got.State != Withheld {
		t.Error(got)
	}
	for n, last := 1, int64(0); n < 40; n++ {
		wait := int64(Backoff(n, 0))
		if wait < last || wait > 6*3_600_000 {
			t.Fatalf("after %d attempts %d", n, wait)
		}
		last = wait
	}
}
