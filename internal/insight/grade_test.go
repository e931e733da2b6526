package insight_test

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/stat/worlds"
	"github.com/shirube/shirube/internal/words"
)

// A prediction that held on days it had not seen is observation still, and says so, on
// the map and off it.
func TestWhatWasOnlySeenSaysSo(t *testing.T) {
	t.Parallel()
	w := worlds.New(worlds.Linked(730, 0.6, 5, 11))
	const sources = "sources: {s: {csv: s.csv, date: d, metrics: {k: k, reels: r}}}\n"
	data := map[string][]float64{"s.k": w.KGI, "s.reels": w.KPI}
	off := laid(t, "shirube: 1\nkgi: {id: k, name: 応募数, measure: s.k}\n"+sources, w.First, data)
	ev := laid(t, `
shirube: 1
kgi: {id: k, name: 応募数, measure: s.k}
kpis:
  reels: {name: リール, measure: s.reels}
influences: [{from: reels, to: k, lag: 0..14}]
`+sources, w.First, data)
	said := map[words.Lang]string{words.JA: "共通の原因は除けていません", words.EN: "common cause cannot be ruled out"}
	for lang, remark := range said {
		link := evidenceFor(t, ev, lang)["reels>k>influence"]
		if link.Grade != insight.GradePredictsOut || !strings.Contains(link.Sentence, remark) {
			t.Errorf("%s: %s", link.Grade, link.Sentence)
		}
		found := insight.Screen(off, insight.Options{Lang: lang})
		if len(found) != 1 || found[0].Verdict != insight.VerdictMoves || !strings.Contains(found[0].Sentence, remark) {
			t.Errorf("off the map: %+v", found)
		}
	}
}
