package automation

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/contact"
)

func tried(template string, share float64) *Definition {
	none := 0.0
	return &Definition{Name: "n", KPI: "k", Holdout: &none, Steps: []Step{{ID: "m", Mail: &Mail{Template: "a", Topic: "t", Trying: &Trying{Template: template, Share: share}}}}}
}

// sentTo is the template and the variant somebody is sent at the first step.
func sentTo(t *testing.T, d *Definition, who contact.ID, version, entry int) (template, variant string) {
	t.Helper()
	_, effects := Advance(d, Enter("auto", version, d, who, entry, 0), fixedFacts{}, 0, tokyo)
	if len(effects) != 1 {
		t.Fatalf("%d effects", len(effects))
	}
	var h Handing
	if err := json.Unmarshal(effects[0].Item.Payload, &h); err != nil {
		t.Fatal(err)
	}
	if h.Mail.Trying != nil || h.Mail.Topic != "t" {
		t.Errorf("%+v", h.Mail)
	}
	return h.Mail.Template, h.Variant
}

// Who is sent which wording is drawn once: it is the planned share, the same for whoever
// comes again or by a later version, whoever was held out or not, and a larger share keeps
// whom a smaller one drew.
func TestWordingsAreDrawn(t *testing.T) {
	t.Parallel()
	const people = 6000
	small, large, both := 0, 0, 0
	for n := range people {
		who := contact.ID(fmt.Sprintf("c%d", n))
		one, variant := sentTo(t, tried("b", .2), who, 1, 1)
		if again, same := sentTo(t, tried("b", .2), who, 7, 3); again != one || same != variant {
			t.Fatalf("%s is sent %s, and then %s", who, variant, same)
		}
		more, _ := sentTo(t, tried("b", .5), who, 1, 1)
		if one == "b" {
			small++
			if more != "b" {
				t.Fatalf("a larger share takes B from %s", who)
			}
			if draw("auto", who) < .1 {
				both++
			}
		}
		if more == "b" {
			large++
		}
		if want := tried("b", .2).Steps[0].Trial(); variant != want+"/A" && one == "a" || variant != want+"/B" && one == "b" {
			t.Fatalf("%s of %s", variant, want)
		}
	}
	for _, c := range []struct{ got, of, share float64 }{{float64(small), people, .2}, {float64(large), people, .5}, {float64(both), float64(small), .1}} {
		if sd := math.Sqrt(c.of * c.share * (1 - c.share)); math.Abs(c.got-c.of*c.share) > 4*sd {
			t.Errorf("%g of %g, not about %g of them", c.got, c.of, c.share)
		}
	}
}

// Another text, share or yardstick is another comparison; the same said otherwise is not.
func TestTrials(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, d := range []*Definition{tried("b", 0), tried("b", .2), tried("c", 0)} {
		names[d.Steps[0].Trial()] = true
	}
	byKPI := tried("b", 0)
	byKPI.Steps[0].Mail.Trying.By = "kpi"
	names[byKPI.Steps[0].Trial()] = true
	if len(names) != 4 {
		t.Errorf("%v", names)
	}
	if text, err := Write(tried("b", 0)); err != nil || strings.Contains(string(text), "share") {
		t.Errorf("what is usual is written: %s %v", text, err)
	}
	said := tried("b", .5)
	said.Steps[0].Mail.Trying.By = "clicks"
	if said.Steps[0].Trial() != tried("b", 0).Steps[0].Trial() {
		t.Error("what is usual is another comparison where it is written")
	}
}
