package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func value(v float64) *float64 { return &v }

// sample is a small map with one of everything.
func sample() Map {
	return Map{
		Name: "採用SNS", Line: "第3版・2026年11月21日まで", Goal: [3]string{"経営の目標", "採用", "4月1日に合意・社長"},
		Cards: []Card{
			{
				ID: "kgi", Name: "SNS経由の採用応募数", KGI: true, Status: "behind", Value: "42件", Target: "年100件", Heading: "KGI", Pace: "今日までの目安 51件",
				Odds: value(0.31), Chance: [2]string{"届く確率", "31%"}, Landing: [2]string{"3月末の着地", "71〜94件"},
				Curve: &Curve{
					Days: []float64{0, 10, 20, 30}, Actual: []*float64{value(0), value(20), nil, nil}, Pace: []*float64{value(0), value(25), value(50), value(75)},
					Low: []*float64{nil, value(20), value(30), value(40)}, High: []*float64{nil, value(20), value(50), value(80)}, Target: value(100), Today: 10,
					Labels: [3]string{"4月", "今日", "3月末"}, TargetLabel: "100",
				},
			},
			{ID: "visits", Name: "サイト訪問数", Status: "on-pace", Watched: true, Value: "7,120回", Pace: "目安 8,300回", Aside: "前4週比 +3%", Tone: Met,
				Share: value(0.4), Due: value(0.5), Spark: []*float64{value(1), nil, value(3), value(2)}},
			{ID: "rate", Name: "フォームに来た人のうち最後まで応募した人の割合", Status: "met", Value: "3.1%", Pace: "目標なし"},
			{ID: "likes", Name: "いいね数", Status: "too-early", NoData: true, Missing: "データがまだありません"},
			{ID: "alone", Name: "投稿数", Value: "12本", Pace: "目標なし"},
		},
		Signs: map[string]string{"kgi": "×"},
		Links: []Link{
			{From: "visits", To: "kgi", Kind: Formula}, {From: "rate", To: "kgi", Kind: Formula},
			{From: "likes", To: "visits", Kind: Broken, Lines: [2]string{"つながりが切れました", "3月2日から"}},
		},
		Strip: "まだ道のない指標", Watched: "注力", Marks: []Mark{{"met", "達成"}, {"behind", "遅れ"}, {"missed", "未達"}, {"no-data", "データなし"}},
		Roads:   []RoadWords{{Formula, "計算"}, {Moves, "動かす"}, {Measuring, "測定中"}, {Unmeasured, "未測定"}, {Still, "動かさない"}, {Checking, "確認中"}},
		Printed: "11月21日までの数字・2026年11月22日",
	}
}

// allowed is every element and attribute a picture may have: nothing of it runs or fetches.
var allowed = map[string]string{
	"svg": "xmlns width height viewBox role font-family", "title": "",
	"path": "d fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin",
	"text": "x y font-size fill font-weight text-anchor",
}

func wellFormed(svg []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch at := token.(type) {
		case xml.StartElement:
			attributes, known := allowed[at.Name.Local]
			if !known {
				return fmt.Errorf("element %s", at.Name.Local)
			}
			for _, a := range at.Attr {
				if !strings.Contains(" "+attributes+" ", " "+a.Name.Local+" ") {
					return fmt.Errorf("attribute %s of %s", a.Name.Local, at.Name.Local)
				}
			}
		case xml.ProcInst, xml.Directive, xml.Comment:
			return fmt.Errorf("unexpected %T", at)
		}
	}
}

func TestDraw(t *testing.T) {
	svg := SVG(Draw(sample()))
	if err := wellFormed(svg); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"<title>採用SNS</title>", ">SNS経由の採用応募数<", ">42件<", ">/ 年100件<", ">31%<", ">つながりが切れました<", ">まだ道のない指標<", ">注力<", ">目安 8,300回<", ">前4週比 +3%<"} {
		if !strings.Contains(string(svg), part) {
			t.Errorf("the picture does not say %s", part)
		}
	}
	if again := SVG(Draw(sample())); !bytes.Equal(svg, again) {
		t.Error("the same map gives another picture")
	}
}

// Whatever a team calls its numbers, what they wrote stays text.
func TestNothingWrittenRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := sample()
		nasty := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			`<script>alert(1)</script>`, `"/><image href="https://x.example/"/>`, `]]><!--`, "&lt;script&gt;", "\x00\x1b", "</text><foreignObject>",
		}))
		m.Name, m.Line, m.Printed, m.Strip = nasty.Draw(t, "name"), nasty.Draw(t, "line"), nasty.Draw(t, "printed"), nasty.Draw(t, "strip")
		m.Goal = [3]string{nasty.Draw(t, "goal"), "x" + nasty.Draw(t, "goal's name"), nasty.Draw(t, "agreed")}
		for i := range m.Cards {
			c := &m.Cards[i]
			c.Name, c.Value, c.Missing, c.Pace, c.Aside = nasty.Draw(t, "name"), nasty.Draw(t, "value"), nasty.Draw(t, "missing"), nasty.Draw(t, "pace"), nasty.Draw(t, "aside")
		}
		m.Links[2].Lines = [2]string{nasty.Draw(t, "first"), nasty.Draw(t, "second")}
		m.Signs["kgi"] = nasty.Draw(t, "sign")
		if err := wellFormed(SVG(Draw(m))); err != nil {
			t.Fatal(err)
		}
	})
}

// Every card stands once, within the picture, and no two lie over each other, whatever the
// links are: loops, links to oneself, to what is not there.
func TestEveryCardStandsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 14).Draw(t, "cards")
		var m Map
		for i := range n {
			m.Cards = append(m.Cards, Card{ID: fmt.Sprint(i), Name: fmt.Sprint("card ", i), KGI: i == 0})
		}
		for range rapid.IntRange(0, 3*n).Draw(t, "links") {
			from, to := rapid.IntRange(0, n).Draw(t, "from"), rapid.IntRange(0, n-1).Draw(t, "to")
			kind := rapid.SampledFrom([]RoadKind{Formula, Moves, Still, Broken, Measuring, Checking, Unmeasured}).Draw(t, "kind")
			if kind == Formula && from <= to {
				continue // formulas have no cycles
			}
			m.Links = append(m.Links, Link{From: fmt.Sprint(from), To: fmt.Sprint(to), Kind: kind, Strength: 0.3})
		}
		l := arrange(grow(m.Cards, m.Links))
		if len(l.places) != n || len(l.byID) != n {
			t.Fatalf("%d places for %d cards", len(l.places), n)
		}
		for i, a := range l.places {
			if a.x < 0 || a.y < 0 || a.x+a.w > l.width+0.01 || a.y+a.h > l.height+0.01 || math.IsNaN(a.x+a.y) {
				t.Fatalf("%s lies outside: %+v of %v × %v", a.id, a, l.width, l.height)
			}
			for _, b := range l.places[i+1:] {
				if a.x < b.x+b.w-0.01 && b.x < a.x+a.w-0.01 && a.y < b.y+b.h-0.01 && b.y < a.y+a.h-0.01 {
					t.Fatalf("%s and %s overlap: %+v %+v", a.id, b.id, a, b)
				}
			}
		}
		if err := wellFormed(SVG(Draw(m))); err != nil {
			t.Fatal(err)
		}
	})
}
