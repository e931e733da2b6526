package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// explainSentence says the change and its largest cause.
func (v *View) explainSentence(top *goal.Indicator, x *Explanation) words.Text {
	now, base := words.Amount{Value: *x.Now, Unit: top.Unit}, words.Amount{Value: *x.Base, Unit: top.Unit}
	change := words.Change{Value: *x.Change, Unit: top.Unit}
	if *x.Change == 0 {
		return words.T("「%s」は%sで、変わっていません。", "“%s” is %s, unchanged.", top.Name, now)
	}
	head := words.T("「%[1]s」は%[2]sから%[3]sになりました(%[4]s)。", "“%[1]s” went from %[2]s to %[3]s (%[4]s).", top.Name, base, now, change)
	if len(x.Parts) < 2 || x.Parts[0].Contribution == nil {
		return head
	}
	largest := x.Parts[0]
	if largest.Kind == PartGap {
		return words.T("%s%s", "%s %s", head, v.gapWords(top, largest))
	}
	return words.T("%[1]sいちばん大きいのは「%[2]s」の%[3]sぶんです。", "%[1]s The largest part is “%[2]s”: %[3]s.",
		head, largest.Name, words.Change{Value: *largest.Contribution, Unit: top.Unit})
}

// partSentence says one contribution so that it can be pasted into a report.
func (v *View) partSentence(top *goal.Indicator, p *Part) words.Text {
	if p.Contribution == nil || p.Before == nil || p.After == nil {
		return words.Text{}
	}
	if p.Kind == PartGap {
		return v.gapWords(top, *p)
	}
	own := v.model.Indicator(p.ID)
	before, after := words.Amount{Value: *p.Before, Unit: own.Unit}, words.Amount{Value: *p.After, Unit: own.Unit}
	if p.ID == top.ID {
		return words.T("「%s」は%sから%sになりました。", "“%s” went from %s to %s.", own.Name, before, after)
	}
	effect := words.Amount{Value: math.Abs(*p.Contribution), Unit: top.Unit}
	switch {
	case *p.Before == *p.After:
		return words.T("「%[1]s」は%[2]sのままで、「%[3]s」を動かしていません。", "“%[1]s” stayed at %[2]s and did not move “%[3]s”.", own.Name, after, top.Name)
	case *p.Contribution < 0:
		return words.T("「%[1]s」が%[2]sから%[3]sになり、「%[4]s」を%[5]s減らしました。", "“%[1]s” went from %[2]s to %[3]s and took %[5]s off “%[4]s”.", own.Name, before, after, top.Name, effect)
	}
	return words.T("「%[1]s」が%[2]sから%[3]sになり、「%[4]s」を%[5]s増やしました。", "“%[1]s” went from %[2]s to %[3]s and added %[5]s to “%[4]s”.", own.Name, before, after, top.Name, effect)
}

func (v *View) gapWords(top *goal.Indicator, p Part) words.Text {
	return words.T("「%[1]s」の実測と式のずれが変わり、「%[2]s」に%[3]sの差が出ています。", "The gap between “%[1]s” as measured and as computed changed, which makes %[3]s of “%[2]s”.",
		p.Name, top.Name, words.Change{Value: *p.Contribution, Unit: top.Unit})
}
