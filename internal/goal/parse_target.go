package goal

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

var (
	targetKeys = []string{"total", "growth", "hold", "reach", "from", "by", "per", "over", "at_least", "direction", "milestones", "agreed"}
	grainNames = []string{"day", "week", "month", "quarter"}
)

func (r *reader) target(n *yaml.Node) *Target {
	if isNull(resolve(n)) {
		return nil
	}
	t := &Target{Direction: Up, AtLeast: 1, Per: series.GrainMonth, At: at(n), fields: map[string]Position{}}
	for _, e := range r.entries(n, words.T("target", "target"), targetKeys) {
		t.fields[e.key] = at(e.value)
		switch e.key {
		case "total", "growth", "hold", "reach":
			r.targetAmount(t, e)
		case "from":
			t.From = r.day(e.value, e.key)
		case "by":
			t.By = r.day(e.value, e.key)
		case "per":
			if per := r.choice(e.value, e.key, grainNames...); per != "" {
				t.Per, _ = series.ParseGrain(per)
			}
		case "over":
			r.choice(e.value, e.key, "last_year")
		case "at_least":
			if v, ok := r.number(e.value, e.key); ok {
				if v <= 0 || v > 1 {
					r.fail(at(e.value), words.T("「at_least」は0より大きく1以下の割合で書きます。", "“at_least” is a share above 0 and at most 1."), words.T("例: 0.8(10か月のうち8か月)。", "For example 0.8: eight months of ten."))
					continue
				}
				t.AtLeast = v
			}
		case "direction":
			if s := r.choice(e.value, e.key, string(Up), string(Down)); s != "" {
				t.Direction = Direction(s)
			}
		case "milestones":
			t.Milestones = r.milestones(e.value)
		case "agreed":
			for _, item := range r.items(e.value) {
				t.Agreed = append(t.Agreed, r.agreement(item))
			}
		}
	}
	if span, ok := t.Span(); ok && span.Empty() {
		r.fail(t.FieldAt("by"), words.T("期限(%s)が始まり(%s)より前です。", "The deadline (%s) is before the start (%s).", t.By.Long(), t.From.Long()), words.T("from か by を直してください。", "Correct from or by."))
	}
	return t
}

func (r *reader) targetAmount(t *Target, e entry) {
	if t.Kind != TargetVague {
		r.fail(e.keyAt, words.T("目標の種類が2つ(%s と %s)書かれています。", "Two kinds of target are written (%s and %s).", t.Kind, e.key), words.T("どちらか1つにしてください。", "Keep one of them."))
		return
	}
	v, ok := r.amount(e)
	if !ok {
		return
	}
	t.Kind, t.Amount = TargetKind(e.key), v
	if t.Kind == TargetGrowth && v <= 0 {
		r.fail(at(e.value), words.T("「growth」は前年に対する倍率で、0より大きい数です。", "“growth” is a factor over last year, greater than 0."), words.T("前年比150%なら 1.5 と書いてください。", "For 150% of last year write 1.5."))
	}
}

// amount reads a target's number. Growth may be said as marketers say it:
// "150%" is the factor 1.5, "+30%" is 1.3, and "-10%" (of costs, say) is 0.9.
func (r *reader) amount(e entry) (float64, bool) {
	if e.key == "growth" {
		s := strings.Map(words.HalfWidth, r.text(e.value, e.key))
		if v, ok := ParseAmount(s); ok && strings.HasSuffix(s, "%") && strings.ContainsAny(s[:1], "+-") {
			return 1 + v, true
		}
	}
	return r.number(e.value, e.key)
}

func (r *reader) milestones(n *yaml.Node) []Milestone {
	var out []Milestone
	for _, item := range r.items(n) {
		var by *series.Day
		var value *float64
		for _, e := range r.entries(item, words.T("milestones", "milestones"), []string{"by", "value"}) {
			switch e.key {
			case "by":
				by = r.day(e.value, e.key)
			case "value":
				if v, ok := r.number(e.value, e.key); ok {
					value = &v
				}
			}
		}
		if by == nil || value == nil {
			r.fail(at(item), words.T("マイルストーンには「by」(日付)と「value」(値)が要ります。", "A milestone needs “by” (a date) and “value”."), words.Text{})
			continue
		}
		out = append(out, Milestone{By: *by, Value: *value})
	}
	slices.SortStableFunc(out, func(a, b Milestone) int { return int(a.By - b.By) })
	return out
}

func (r *reader) agreement(n *yaml.Node) Agreement {
	var a Agreement
	for _, e := range r.entries(n, words.T("agreed", "agreed"), []string{"by", "on"}) {
		switch e.key {
		case "by":
			a.By = r.text(e.value, e.key)
		case "on":
			a.On = r.day(e.value, e.key)
		}
	}
	if a.By == "" {
		r.fail(at(n), words.T("合意した人の「by」がありません。", "An agreement needs “by”: who agreed."), words.Text{})
	}
	return a
}
