package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/words"
)

// scoreJSON is what `score learn --json` prints.
type scoreJSON struct {
	Outcome        scoreOutcome  `json:"outcome"`
	Rows           scoreRows     `json:"rows"`
	Reason         *string       `json:"reason"`
	OutcomesNeeded *int          `json:"outcomes_needed"`
	Rules          []scoreRule   `json:"rules"`
	Base           *int          `json:"base"`
	Highest        *int          `json:"highest"`
	AUC            scoreAUC      `json:"auc"`
	Calibration    scoreChecked  `json:"calibration"`
	Tested         *scoreTested  `json:"tested"`
	Bands          []scoreBand   `json:"bands"`
	Chances        []scoreChance `json:"chances"`
	LeftOut        []scoreLeft   `json:"left_out"`
	Doubtful       []scoreLeft   `json:"doubtful"`
	Sentence       string        `json:"sentence"`
}

type scoreOutcome struct {
	Column   string `json:"column"`
	Positive string `json:"positive"`
}

type scoreRows struct {
	All         int `json:"all"`
	WithOutcome int `json:"with_outcome"`
	Skipped     int `json:"skipped"`
}

type scoreRule struct {
	Column    string  `json:"column"`
	Condition string  `json:"condition"`
	Points    int     `json:"points"`
	N         int     `json:"n"`
	Observed  float64 `json:"observed"`
	Sentence  string  `json:"sentence"`
}

type scoreAUC struct {
	Card     *float64 `json:"card"`
	Logistic *float64 `json:"logistic"`
	Hand     *float64 `json:"hand"`
}

type scoreChecked struct {
	Slope     *float64 `json:"slope"`
	Intercept *float64 `json:"intercept"`
	Brier     *float64 `json:"brier"`
	ECE       *float64 `json:"ece"`
	LogLoss   *float64 `json:"log_loss"`
	Method    *string  `json:"method"`
}

type scoreTested struct {
	How      string  `json:"how"`
	Rows     int     `json:"rows"`
	By       *string `json:"by"`
	From     *string `json:"from"`
	Sentence string  `json:"sentence"`
}

type scoreBand struct {
	Score     int        `json:"score"`
	To        int        `json:"to"`
	N         int        `json:"n"`
	Observed  float64    `json:"observed"`
	Interval  [2]float64 `json:"interval"`
	Predicted float64    `json:"predicted"`
	Sentence  string     `json:"sentence"`
}

type scoreChance struct {
	Score int     `json:"score"`
	P     float64 `json:"p"`
}

type scoreLeft struct {
	Column string   `json:"column"`
	Code   string   `json:"code"`
	Why    string   `json:"why"`
	AUC    *float64 `json:"auc"`
}

func scoreJSONOf(r *scorecard.Result, c *cases, hand bool, lang words.Lang) scoreJSON {
	out := scoreJSON{
		Outcome: scoreOutcome{c.table.OutcomeName, c.positive},
		Rows:    scoreRows{c.table.Rows(), c.table.Positives(), c.skipped},
		Rules:   []scoreRule{}, Bands: []scoreBand{}, Chances: []scoreChance{},
		LeftOut: scoreLeftOf(r.LeftOut, lang), Doubtful: scoreLeftOf(r.Doubtful, lang),
		Sentence: scoreSentence(r, c, hand).In(lang),
	}
	if r.Reason != scorecard.Learnt {
		out.Reason = &r.Reason
		if r.Reason == scorecard.NotEnough {
			out.OutcomesNeeded = &r.Needed
		}
		return out
	}
	out.Base, out.Highest = &r.Card.Base, &r.Card.Highest
	t := &r.Tested
	out.AUC = scoreAUC{Card: &t.Card, Logistic: &t.Dense}
	if hand {
		out.AUC.Hand = &t.Hand
	}
	out.Calibration = scoreChecked{&t.Slope, &t.Offset, &t.Brier, &t.ECE, &t.Loss, &r.Card.Chance.Method}
	out.Tested = &scoreTested{How: t.How, Rows: t.Rows, Sentence: t.Reads().In(lang)}
	if t.How == "later" {
		from := t.From.String()
		out.Tested.By, out.Tested.From = &t.By, &from
	}
	for _, rule := range r.Card.Rules {
		out.Rules = append(out.Rules, scoreRule{rule.Column, rule.Condition(), rule.Points, rule.Rows, rule.Rate, ruleSentence(rule).In(lang)})
	}
	for i, b := range r.Bands {
		out.Bands = append(out.Bands, scoreBand{b.From, b.To, b.Rows, b.Observed, b.Interval, b.Predicted, bandSentence(r, c, i).In(lang)})
	}
	for _, s := range r.Card.Chances() {
		out.Chances = append(out.Chances, scoreChance{int(s.Score), s.P})
	}
	return out
}

func scoreLeftOf(list []scorecard.LeftOut, lang words.Lang) []scoreLeft {
	out := []scoreLeft{}
	for _, l := range list {
		made := scoreLeft{Column: l.Column, Code: l.Code, Why: l.Why.In(lang)}
		if l.AUC > 0 {
			made.AUC = &l.AUC
		}
		out = append(out, made)
	}
	return out
}

func ruleSentence(r scorecard.Scored) words.Text {
	return words.T("「%[1]s」が%[2]sなら %[3]s点", "%[1]s is %[2]s: %[3]s", r.Column, r.Reads(), words.Signed(float64(r.Points), 0))
}

func bandSentence(r *scorecard.Result, c *cases, i int) words.Text {
	return r.Bands[i].Reads(i == 0, i == len(r.Bands)-1 && r.Bands[i].From < r.Card.Highest, c.ending())
}

// ending is the outcome looked for as people read it.
func (c *cases) ending() string { return c.table.OutcomeName + " = " + c.positive }

// scoreSentence sums up what learning came to.
func scoreSentence(r *scorecard.Result, c *cases, hand bool) words.Text {
	switch r.Reason {
	case scorecard.NotEnough:
		if r.Rare {
			return words.T("まだ学べません。「%[1]s」の行があと%[2]d件たまると点数表を作れます。", "Not enough data yet: %[2]d more rows with “%[1]s” are needed.", c.ending(), r.Needed)
		}
		return words.T("まだ学べません。「%[1]s」でない行があと%[2]d件必要です。", "Not enough data yet: %[2]d more rows without “%[1]s” are needed.", c.ending(), r.Needed)
	case scorecard.NothingFound:
		return words.T("結果が出る行と出ない行を見分けられる項目は、見つかりませんでした。", "Nothing in the table tells the rows with the outcome from those without.")
	}
	t := r.Tested
	out := words.T("結果が出た人と出ない人を1人ずつ並べると、%[1]sの割合で出た人の点が高くなります(50%%はあてずっぽう)。すべての列を使うロジスティック回帰は%[2]sです。",
		"Of two people, one with the outcome and one without, the right one has the higher score %[1]s of the time (50%% is a guess); with logistic regression on every column, %[2]s.", shareOf(t.Card), shareOf(t.Dense))
	if hand {
		own := words.T("手作りの点数表は%sです。", "The hand-made card: %s.", shareOf(t.Hand))
		out = words.Join([]words.Text{out, own}, "", " ")
	}
	return out
}

// shareOf writes a share with one decimal: cards differ by less than a percent.
func shareOf(v float64) string { return words.Group(100*v, 1) + "%" }

// printScore shows the card to people.
func printScore(p *program, r *scorecard.Result, c *cases, hand bool) {
	paint := inkFor(p.stdout)
	say := func(t words.Text) { fmt.Fprintln(p.stdout, t.In(p.lang)) }
	title := func(t words.Text) { fmt.Fprintf(p.stdout, "\n%s\n", paint.paint(bold, t.In(p.lang))) }
	rows := words.T("%[1]s行のうち%[2]s行が「%[3]s」です。", "%[2]s of %[1]s rows have “%[3]s”.", words.Group(float64(c.table.Rows()), 0), words.Group(float64(c.table.Positives()), 0), c.ending())
	if c.skipped > 0 {
		rows = words.Join([]words.Text{rows, words.T("結果のない%s行は使っていません。", "%s rows without an outcome were not used.", words.Group(float64(c.skipped), 0))}, "", " ")
	}
	say(rows)
	if r.Reason != scorecard.Learnt {
		say(scoreSentence(r, c, hand))
		printLeftOut(p, r, paint, title)
		return
	}
	title(words.T("点数表(はじめの点 %d点。当てはまるものをすべて足します)", "The card (begin with %d points and add all that hold)", r.Card.Base))
	g := &grid{right: map[int]bool{0: true, 3: true, 4: true}}
	g.add(cell{words.T("点", "points").In(p.lang), quiet}, cell{words.T("項目", "what").In(p.lang), quiet}, cell{words.T("条件", "condition").In(p.lang), quiet},
		cell{words.T("行", "rows").In(p.lang), quiet}, cell{words.T("結果の割合", "with outcome").In(p.lang), quiet})
	for _, rule := range r.Card.Rules {
		colour := green
		if rule.Points < 0 {
			colour = red
		}
		g.add(cell{words.Signed(float64(rule.Points), 0), colour}, cell{shortened(rule.Column, widestName), ""}, cell{shortened(rule.Reads().In(p.lang), widestName), ""},
			cell{words.Group(float64(rule.Rows), 0), ""}, cell{words.Percent(rule.Rate).In(p.lang), ""})
	}
	g.print(p.stdout, paint)
	title(words.T("点数の意味", "What a score means"))
	for i, b := range r.Bands {
		fmt.Fprintf(p.stdout, "%s %s\n", bandSentence(r, c, i).In(p.lang), paint.paint(quiet, bandDetail(b).In(p.lang)))
	}
	title(words.T("当たり具合", "How well it does"))
	say(r.Tested.Reads())
	say(scoreSentence(r, c, hand))
	say(words.T("見込みと実際の差は平均%sポイントです。", "Told and actual chances differ by %s points on average.", words.Group(100*r.Tested.ECE, 1)))
	printLeftOut(p, r, paint, title)
}

func bandDetail(b scorecard.Band) words.Text {
	return words.T("(%[1]s行、実際は%[2]s、95%%の幅 %[3]s〜%[4]s)", "(%[1]s rows, actually %[2]s, 95%% range %[3]s–%[4]s)", words.Group(float64(b.Rows), 0),
		words.Percent(b.Observed), strconv.FormatFloat(100*b.Interval[0], 'f', 0, 64), words.Percent(b.Interval[1]))
}

func printLeftOut(p *program, r *scorecard.Result, paint ink, title func(words.Text)) {
	for _, part := range []struct {
		title words.Text
		list  []scorecard.LeftOut
	}{
		{words.T("使わなかった列(使うなら --keep)", "Columns left out (--keep uses them)"), r.LeftOut},
		{words.T("確かめてほしい列(使いました)", "Columns to make sure of (they were used)"), r.Doubtful},
	} {
		if len(part.list) == 0 {
			continue
		}
		title(part.title)
		for i := 0; i < len(part.list); i++ {
			l := part.list[i]
			names := []string{quotedIn(l.Column, p.lang)}
			for ; i+1 < len(part.list) && part.list[i+1].Why == l.Why; i++ {
				names = append(names, quotedIn(part.list[i+1].Column, p.lang))
			}
			fmt.Fprintf(p.stdout, "%s: %s\n", strings.Join(names, words.T("", ", ").In(p.lang)), l.Why.In(p.lang))
		}
	}
}

func quotedIn(name string, lang words.Lang) string {
	return words.T("「%s」", "%s", name).In(lang)
}
