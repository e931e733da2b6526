package goal

import (
	"strings"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// checkStated compares the goal as the stakeholders understand it, with one
// another and with the target: purpose, number and deadline.
func (c *checker) checkStated() {
	kgi := c.model.KGI()
	if len(kgi.Stated) == 0 {
		return
	}
	var differences []words.Text
	for _, d := range []words.Text{numbersDiffer(kgi), deadlinesDiffer(kgi), purposesDiffer(kgi)} {
		if !d.Zero() {
			differences = append(differences, d)
		}
	}
	if len(differences) == 0 {
		return
	}
	c.add("goal-not-shared", SeverityWarning, kgi, kgi.FieldAt("stated"),
		words.T("「%s」の受け取り方が人によって違います: %s。", "People understand “%s” differently: %s.", kgi.Name, words.Join(differences, "、", "; ")),
		words.T("数・期限・目的を並べて話し、合意した言葉を残しましょう。", "Put number, deadline and purpose side by side, and write down what you agree on."))
}

// said is one person's version of a part of the goal.
type said struct{ who, what words.Text }

// differ tells the versions when there is more than one.
func differ(versions []said) words.Text {
	distinct := map[words.Text]bool{}
	parts := make([]words.Text, 0, len(versions))
	for _, v := range versions {
		distinct[v.what] = true
		parts = append(parts, words.T("%sは%s", "%s says %s", v.who, v.what))
	}
	if len(distinct) < 2 {
		return words.Text{}
	}
	return words.Join(parts, "・", ", ")
}

func numbersDiffer(kgi *Indicator) words.Text {
	var versions []said
	if t := kgi.Target; t != nil && t.Kind != TargetVague {
		versions = append(versions, said{words.T("目標", "the target"), amountText(t.Kind, t.Amount, t.Per, kgi.Unit)})
	}
	for _, s := range kgi.Stated {
		if s.Amount != nil {
			versions = append(versions, said{plain(s.By), amountText(s.Kind, *s.Amount, s.Per, kgi.Unit)})
		}
	}
	return differ(versions)
}

func deadlinesDiffer(kgi *Indicator) words.Text {
	var versions []said
	if t := kgi.Target; t != nil && t.By != nil {
		versions = append(versions, said{words.T("目標", "the target"), words.T("%s", "%s", t.By.Long())})
	}
	for _, s := range kgi.Stated {
		if s.Deadline != nil {
			versions = append(versions, said{plain(s.By), words.T("%s", "%s", s.Deadline.Long())})
		}
	}
	return differ(versions)
}

func purposesDiffer(kgi *Indicator) words.Text {
	var versions []said
	if kgi.Serves != "" {
		versions = append(versions, said{words.T("目標", "the target"), ManagementGoal(kgi.Serves)})
	}
	for _, s := range kgi.Stated {
		if s.Purpose != "" {
			versions = append(versions, said{plain(s.By), ManagementGoal(s.Purpose)})
		}
	}
	return differ(versions)
}

func plain(s string) words.Text { return words.Text{JA: s, EN: s} }

// amountText says a target's number: growth as a percentage of last year, hold
// with its period.
func amountText(kind TargetKind, amount float64, per series.Grain, unit string) words.Text {
	number := words.Amount{Value: amount, Unit: unit}
	switch {
	case kind == TargetGrowth:
		return words.T("前年比%s", "%s of last year", words.Percent(amount))
	case kind != TargetHold:
		return words.T("%s", "%s", number)
	}
	switch per {
	case series.GrainDay:
		return words.T("1日%s", "%s a day", number)
	case series.GrainWeek:
		return words.T("週%s", "%s a week", number)
	case series.GrainQuarter:
		return words.T("四半期%s", "%s a quarter", number)
	}
	return words.T("月%s", "%s a month", number)
}

// ManagementGoal names the goal of the company a KGI serves: the known keys in
// the reader's language, the team's own words as they are.
func ManagementGoal(key string) words.Text {
	switch strings.ToLower(key) {
	case "revenue", "sales":
		return words.T("売上を伸ばす", "Grow revenue")
	case "recruiting", "hiring":
		return words.T("採用を進める", "Hire people")
	case "branding", "awareness":
		return words.T("認知を広げる", "Become known")
	case "retention":
		return words.T("お客さまに続けてもらう", "Keep customers")
	case "satisfaction":
		return words.T("お客さまに満足してもらう", "Satisfy customers")
	case "profit":
		return words.T("利益を増やす", "Grow profit")
	}
	return plain(key)
}
