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
		words.T("「%s」の受け取り方が人によって違います。%s", "People understand “%s” differently. %s", kgi.Name, words.Join(differences, "", " ")),
		words.T("数・期限・目的を並べて話し、合意した言葉を残しましょう。", "Put number, deadline and purpose side by side, and write down what you agree on."))
}

// said is one person's version of a part of the goal.
type said struct {
	who  string
	what words.Text
}

// differ says who understands a part of the goal otherwise than the target has
// it, or, where the target is silent, otherwise than the others. aspect is "the
// number", "the deadline", "the purpose".
func differ(aspect, target words.Text, versions []said) words.Text {
	var others []words.Text
	distinct := map[words.Text]bool{}
	for _, v := range versions {
		distinct[v.what] = true
		if v.what != target {
			others = append(others, words.T("%[1]sは%[2]s", "%[1]s says %[2]s", v.who, v.what))
		}
	}
	switch {
	case !target.Zero() && len(others) > 0:
		return words.T("%[1]sは目標では%[2]sですが、%[3]sと考えています。", "%[1]s in the target is %[2]s, but %[3]s.", aspect, target, words.Join(others, "、", ", "))
	case target.Zero() && len(distinct) > 1:
		return words.T("%[1]sは、%[2]sと考えています。", "On %[1]s, %[2]s.", aspect, words.Join(others, "、", ", "))
	}
	return words.Text{}
}

func numbersDiffer(kgi *Indicator) words.Text {
	var target words.Text
	if t := kgi.Target; t != nil && t.Kind != TargetVague {
		target = amountText(t.Kind, t.Amount, t.Per, kgi.Unit)
	}
	var versions []said
	for _, s := range kgi.Stated {
		if s.Amount != nil {
			versions = append(versions, said{s.By, amountText(s.Kind, *s.Amount, s.Per, kgi.Unit)})
		}
	}
	return differ(words.T("数", "The number"), target, versions)
}

func deadlinesDiffer(kgi *Indicator) words.Text {
	var target words.Text
	if t := kgi.Target; t != nil && t.By != nil {
		target = words.T("%s", "%s", t.By.Long())
	}
	var versions []said
	for _, s := range kgi.Stated {
		if s.Deadline != nil {
			versions = append(versions, said{s.By, words.T("%s", "%s", s.Deadline.Long())})
		}
	}
	return differ(words.T("期限", "The deadline"), target, versions)
}

func purposesDiffer(kgi *Indicator) words.Text {
	var target words.Text
	if kgi.Serves != "" {
		target = quoted(ManagementGoal(kgi.Serves))
	}
	var versions []said
	for _, s := range kgi.Stated {
		if s.Purpose != "" {
			versions = append(versions, said{s.By, quoted(ManagementGoal(s.Purpose))})
		}
	}
	return differ(words.T("目的", "The purpose"), target, versions)
}

func quoted(t words.Text) words.Text { return words.T("「%s」", "“%s”", t) }

func plain(s string) words.Text { return words.Text{JA: s, EN: s} }

// amountText says a target's number: growth as a percentage of last year, hold
// with its period.
func amountText(kind TargetKind, amount float64, per series.Grain, unit string) words.Text {
	number := words.Amount{Value: amount, Unit: unit}
	switch kind {
	case TargetGrowth:
		return words.T("前年比%s", "%s of last year", words.Percent(amount))
	case TargetHold:
		return per.Per(number)
	}
	return words.T("%s", "%s", number)
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
