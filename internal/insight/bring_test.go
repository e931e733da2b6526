package insight_test

import (
	"testing"

	"github.com/shirube/shirube/internal/insight"
)

// In the model of the bakery, applications are visits times a rate: so many more visits a
// month bring so many more applications, exactly.
func TestBrings(t *testing.T) {
	t.Parallel()
	v := insight.NewView(hinata(t), on(t, "2026-09-08"))
	got := v.Brings("visits", insight.Extra{Value: 1000, Low: 500, High: 2000})
	if got.KGI == nil {
		t.Fatal(got.WhyNotKGI)
	}
	k := got.KGI
	if k.ID != "applications" || !k.Monthly || k.Value <= 0 || k.Low < 0.499*k.Value || k.Low > 0.501*k.Value || k.High < 1.99*k.Value || k.High > 2.01*k.Value {
		t.Errorf("%+v", *k)
	}
	if got.Yen != nil || got.WhyNotYen.Zero() {
		t.Errorf("yen %+v", got.Yen)
	}
	for _, id := range []string{"likes", "nowhere"} {
		if got := v.Brings(id, insight.Extra{Value: 10, Low: 5, High: 20}); got.KGI != nil || got.WhyNotKGI.Zero() {
			t.Errorf("%s: %+v %q", id, got.KGI, got.WhyNotKGI.JA)
		}
	}
}
