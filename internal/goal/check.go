package goal

import (
	"strings"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// CheckShape tests what can be told from the model alone: whether the goal is
// specific, measurable, relevant and time-bound, and whether the tree can be
// followed. What needs data is told by insight.Check. Findings come in the order
// of the file.
func CheckShape(m *Model) []Finding {
	c := &checker{model: m, depths: m.Depths()}
	for _, i := range m.Indicators {
		c.checkTarget(i)
		c.checkWords(i)
		c.checkMeasured(i)
		c.checkPlace(i)
		c.checkSiblings(i)
	}
	c.checkCount()
	c.checkTwice()
	c.checkStated()
	return c.found
}

type checker struct {
	model  *Model
	depths map[string]int
	found  []Finding
}

// add notes a finding about an indicator, as severe as it is on that one.
func (c *checker) add(code string, severity Severity, i *Indicator, place Position, sentence, mend words.Text) {
	c.found = append(c.found, Finding{Code: code, Severity: severity.On(i), Indicator: i.ID, Sentence: sentence, Mend: mend, At: place})
}

func (c *checker) checkTarget(i *Indicator) {
	t := i.Target
	if t == nil || t.Kind == TargetVague {
		if i.IsKGI {
			c.add("vague-goal", SeverityError, i, i.FieldAt("target"),
				words.T("「%s」には届かせる数がありません。「増やす」だけでは、届いたかどうかが分かりません。", "“%s” has no number to reach. “More” alone never tells whether you have arrived.", i.Name),
				c.proposal(i))
			return
		}
		c.add("no-target", SeverityInfo, i, i.FieldAt("target"),
			words.T("「%s」に目標の数がありません。", "“%s” has no target.", i.Name),
			words.T("KGIに届くために必要な数を入れると、毎朝の遅れが見えます。", "Give it the number the KGI needs, and you see each morning whether it is behind."))
		return
	}
	if t.By == nil {
		c.add("no-deadline", SeverityError, i, t.At,
			words.T("「%s」の目標に期限がありません。", "The target of “%s” has no deadline.", i.Name),
			words.T("いつまでに届かせるかを by に書きましょう。年度の終わり(%s)が合いそうです。", "Write by when in “by”. The end of the fiscal year (%s) may suit.", c.fiscalEnd(t)))
	}
	if len(t.Agreed) == 0 {
		severity := SeverityInfo
		if i.IsKGI {
			severity = SeverityWarning
		}
		c.add("not-agreed", severity, i, t.At,
			words.T("「%s」の目標には、まだ誰も合意していません。", "Nobody has agreed to the target of “%s” yet.", i.Name),
			words.T("経営と現場で数を確かめ、合意した人と日付を残しましょう。", "Settle the number between management and the field, and note who agreed and when."))
	}
}

// proposal offers a wording with a number and a date for a goal that has none.
func (c *checker) proposal(i *Indicator) words.Text {
	return words.T("「%s を、%s までに ◯%s にする」のように、数と期限で言いかえましょう。", "Say it with a number and a date: “bring %[1]s to N%[3]s by %[2]s”.",
		i.Name, c.fiscalEnd(i.Target), i.Unit)
}

// fiscalEnd is the end of the fiscal year a target begins in; without a start,
// of the year of its first known date, or of the first event. The model alone
// does not know today: where it has no date at all only the day is told.
func (c *checker) fiscalEnd(t *Target) words.Text {
	var known *series.Day
	later := func(day series.Day) {
		if known == nil || day > *known {
			known = &day
		}
	}
	switch {
	case t != nil && t.From != nil:
		known = t.From
	default:
		for _, i := range c.model.Indicators {
			if i.Target != nil && i.Target.From != nil {
				later(*i.Target.From)
			}
		}
	}
	if known == nil {
		for _, e := range c.model.Events {
			later(e.On)
		}
	}
	if known == nil {
		anyYear := series.Date(2001, c.model.Fiscal.StartMonth, 1)
		return words.T("%s", "%s", c.model.Fiscal.Containing(series.GrainYear, anyYear).To)
	}
	return words.T("%s", "%s", c.model.Fiscal.Containing(series.GrainYear, *known).To.Long())
}

func (c *checker) checkWords(i *Indicator) {
	if i.IsKGI && i.Serves == "" {
		c.add("not-tied-to-management-goal", SeverityError, i, i.At,
			words.T("「%s」が、どの経営目標のためのものか書かれていません。", "It is not said which management goal “%s” serves.", i.Name),
			words.T("serves に、売上(revenue)・採用(recruiting)・認知(branding)などを書きましょう。", "Write it in “serves”: revenue, recruiting, branding, or your own words."))
	}
	if i.Owner == "" {
		c.add("no-owner", SeverityError, i, i.At,
			words.T("「%s」に担当者がいません。", "Nobody owns “%s”.", i.Name),
			words.T("毎朝この数を見る人を1人決めましょう。", "Name the one person who looks at it each morning."))
	}
	if i.Definition == "" {
		c.add("no-definition", SeverityWarning, i, i.At,
			words.T("「%s」が何を数えたものか、説明がありません。", "It is not said what “%s” counts.", i.Name),
			words.T("チームの外の人にも分かる一文を definition に書きましょう。", "Write one sentence an outsider understands in “definition”."))
	}
	if i.Unit == "" {
		c.add("no-unit", SeverityError, i, i.At,
			words.T("「%s」に単位がありません。", "“%s” has no unit.", i.Name),
			words.T("件・円・人・% のどれで数えるかを unit に書きましょう。", "Write in “unit” what it is counted in."))
	}
}

func (c *checker) checkMeasured(i *Indicator) {
	if c.model.Measurable(i.ID) {
		return
	}
	if i.Measure == nil && i.Formula == nil {
		c.add("not-measured", SeverityError, i, i.At,
			words.T("「%s」は、まだどこからも測られていません。", "“%s” is not measured anywhere yet.", i.Name),
			words.T("データの列をつなぐ(measure)か、ほかの指標の式(formula)にしましょう。", "Connect a column of your data (measure), or compute it from others (formula)."))
		return
	}
	var open []string
	for _, id := range c.model.Children(i.ID) {
		if !c.model.Measurable(id) {
			open = append(open, c.model.byID[id].Name)
		}
	}
	c.add("not-measured", SeverityError, i, i.FieldAt("formula"),
		words.T("「%s」の式の先にある %s が測られていないので、値が出ません。", "“%s” has no value, because %s is not measured.", i.Name, strings.Join(open, "・")),
		words.T("先にそちらのデータをつなぎましょう。", "Connect the data of those first."))
}

func (c *checker) checkPlace(i *Indicator) {
	depth, reached := c.depths[i.ID]
	if !reached {
		c.add("no-path-to-kgi", SeverityWarning, i, i.At,
			words.T("「%s」からKGIへの道がありません。動かしても、KGIにどう効くか分かりません。", "There is no road from “%s” to the KGI: moving it does not tell what it does for the goal.", i.Name),
			words.T("式に入れるか、影響(influences)としてつなぐか、地図から外しましょう。", "Put it into a formula, link it as an influence, or take it off the map."))
		return
	}
	if depth > c.model.Limits.Depth {
		c.add("too-deep", SeverityWarning, i, i.At,
			words.T("「%s」はKGIから%d段下にあり、目安の%d段より深いです。", "“%s” lies %d levels below the KGI; the limit is %d.", i.Name, depth, c.model.Limits.Depth),
			words.T("途中の指標をまとめて、KGIに近づけましょう。", "Merge the steps in between, to bring it nearer the KGI."))
	}
}

func (c *checker) checkCount() {
	if kpis := len(c.model.Indicators) - 1; kpis > c.model.Limits.KPIs {
		c.found = append(c.found, Finding{Code: "too-many", Severity: SeverityWarning, At: c.model.KGI().At,
			Sentence: words.T("KPIが%d個あり、目安の%d個より多いです。毎朝は追いきれません。", "There are %d KPIs; the limit is %d. Nobody follows that many each morning.", kpis, c.model.Limits.KPIs),
			Mend:     words.T("この四半期に見るものを選び、残りは外しましょう。", "Choose what to watch this quarter and take the rest off.")})
	}
}
