package server

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
)

// chainModel has a way of three levels, whose last rate is two rates together.
const chainModel = `shirube: 1
name: 道
kgi: {id: deals, name: 受注, unit: 件, formula: visits * ask_rate * close_rate, measure: web.deals, target: {total: 100, from: 2026-09-01, by: 2026-09-30}}
kpis:
  visits: {name: 訪問, unit: 回, formula: impressions * ctr, measure: web.visits}
  impressions: {name: 表示, unit: 回, measure: web.impressions}
  ctr: {name: クリック率, unit: "%", measure: web.visits / web.impressions}
  ask_rate: {name: 問い合わせ率, unit: "%", measure: web.asks / web.visits}
  close_rate: {name: 受注率, unit: "%", measure: web.deals / web.asks}
sources:
  web: {csv: web.csv, date: 日付, metrics: {impressions: 表示, visits: 訪問, asks: 問い合わせ, deals: 受注}}
  sns: {csv: sns.csv, date: 日付, by: [SNS], metrics: {followers: {column: フォロワー数, agg: last}, gained: 新しいフォロワー}}
`

// chainDays are weeks of the same numbers; in the last one fewer of those who saw click.
func chainDays(first, weak, last series.Day) string {
	var b strings.Builder
	b.WriteString("日付,表示,訪問,問い合わせ,受注\n")
	for day := first; day <= last; day++ {
		visits := 100
		if day >= weak {
			visits = 50
		}
		fmt.Fprintf(&b, "%s,1000,%d,%d,%d\n", day, visits, visits/5, visits/10)
	}
	return b.String()
}

func TestChain(t *testing.T) {
	r, _ := newMeasuringRig(t)
	today := series.DayOf(testNow.In(time.FixedZone("JST", 9*3600)))
	r.plant("way", chainModel, map[string]string{
		"web.csv": chainDays(today-70, today-7, today-1),
		"sns.csv": fmt.Sprintf("日付,SNS,フォロワー数,新しいフォロワー\n%s,instagram,100,1\n%s,instagram,130,2\n%s,note,7,0\n", today-20, today-2, today-2),
	})
	span := fmt.Sprintf("?from=%s&to=%s", today-7, today)
	c := r.get("/api/workspaces/way/measure/chain" + span)
	for i, want := range []struct {
		name          string
		value, before float64
	}{{"表示", 7000, 7000}, {"訪問", 350, 700}, {"受注", 35, 70}} {
		r.wantAt(c, want.name, "levels", i, "name")
		r.wantAt(c, want.value, "levels", i, "value")
		r.wantAt(c, want.before, "levels", i, "before")
	}
	r.wantAt(c, "クリック率", "steps", 0, "name")
	r.wantAt(c, 0.05, "steps", 0, "value")
	r.wantAt(c, 0.1, "steps", 0, "low")
	r.wantAt(c, true, "steps", 0, "weak")
	r.wantAt(c, nil, "steps", 1, "indicator") // two rates, so none of them alone
	r.wantAt(c, 0.1, "steps", 1, "value")
	r.wantAt(c, false, "steps", 1, "weak")
	r.wantAt(c, 0, "broken")
	r.wantAt(c, "「クリック率」がいつもの幅を下回り、減った流れが「受注」まで続いています。", "sentence")
	r.wantAt(c, fmt.Sprint(today-1), "span", "to") // today is not over
	r.wantAt(c, fmt.Sprint(today-14), "compared", "from")
	r.wantAt(r.get("/api/workspaces/way/measure/chain"+span+"&compare=none"), nil, "levels", 0, "before")
	r.wantAt(r.get("/api/workspaces/web/measure/chain"+span), nil, "levels", 0) // a KGI that is counted, not calculated

	p := r.get("/api/workspaces/way/measure/posts" + span)
	r.wantAt(p, "Instagram", "followers", 0, "label")
	r.wantAt(p, 130, "followers", 0, "value")
	r.wantAt(p, 100, "followers", 0, "before")
	r.wantAt(p, "note", "followers", 1, "label")
	r.wantAt(p, nil, "followers", 1, "before")
	r.wantAt(p, nil, "followers", 2) // those gained on a day are another number
}

func TestBrokenIsTheStepThatFellFurthest(t *testing.T) {
	nan := front.Number(math.NaN())
	for _, c := range []struct {
		name  string
		steps []ChainStep
		want  int
	}{
		{"none", []ChainStep{{Value: 1, Low: 0.5}, {Value: 1, Low: nan}}, -1},
		{"the only weak one", []ChainStep{{Value: 1, Low: 0.5}, {Value: 0.4, Low: 0.5, Weak: true}}, 1},
		{"the further one", []ChainStep{{Value: 0.1, Low: 0.5, Weak: true}, {Value: 0.4, Low: 0.5, Weak: true}}, 0},
	} {
		if at := broken(c.steps); (at == nil) != (c.want < 0) || at != nil && *at != c.want {
			t.Errorf("%s: %v", c.name, at)
		}
	}
}

func TestCountIsTriedBeforeItIsMade(t *testing.T) {
	r, ws := newMeasuringRig(t)
	r.bring(someVisits(ws))
	const count = "/api/workspaces/web/measure/count?from=2026-09-07&to=2026-09-09&count="
	c := r.get(count + "visits")
	r.wantAt(c, 4, "total")
	r.wantAt(c, 2, "days", 0, "value")
	r.wantAt(c, "2026-09-07", "days", 0, "date")
	r.wantAt(r.get(count+"value&event=Inquiry+Submitted"), 9000, "total")
	r.wantAt(r.get(count+"events&event=Inquiry+Submitted&filters=%5B%7B%22field%22:%22property%22,%22property%22:%22form%22,%22op%22:%22is%22,%22values%22:%5B%22=contact%22%5D%7D%5D"), 1, "total")
	r.wantAt(r.get(count+"events&event=Inquiry+Submitted&filters=%5B%7B%22field%22:%22property%22,%22property%22:%22form%22,%22op%22:%22is%22,%22values%22:%5B%22no%22%5D%7D%5D"), 0, "total")
	r.wantAt(r.get(count+"views&page=/pri*"), 2, "total")
	r.must(400, "GET", count+"events", nil)
}

func TestHealthTellsHowEventsStand(t *testing.T) {
	r, ws := newMeasuringRig(t)
	r.bring(someVisits(ws))
	h := r.get("/api/health")
	r.wantAt(h, true, "measuring", "open")
	r.wantAt(h, false, "measuring", "disk_full")
	r.wantAt(h, 0, "measuring", "aside")
	r.wantAt(h, "warehouse", "measuring", "readers", 0, "name")
	r.wantAt(h, false, "measuring", "readers", 0, "failing")
	r.wantAt(r.get("/api/workspaces/web/measure/intake"), "ok", "state")
}
