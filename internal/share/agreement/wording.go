package agreement

import (
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// Signable reports whether a goal says enough to be signed: what, how much and by when.
// A direction without a number is nothing anybody can be held to.
func (g Goal) Signable() bool {
	return strings.TrimSpace(g.Name) != "" && g.Kind != goal.TargetVague && g.By != nil
}

// Wording proposes the words people sign: the goal as its model has it, in sentences that
// somebody understands who has never seen a model.
func (g Goal) Wording() words.Text {
	if !g.Signable() {
		return words.Text{}
	}
	amount := words.Amount{Value: g.Amount, Unit: g.Unit}
	var aim words.Text
	less := g.Direction == goal.Down
	switch {
	case g.Kind == goal.TargetTotal && less:
		aim = words.T("%[3]sまでの「%[1]s」を、合計%[2]s以下におさえます。", "We keep “%[1]s” at %[2]s or less in all by %[3]s.", g.Name, amount, g.By.Long())
	case g.Kind == goal.TargetTotal:
		aim = words.T("%[3]sまでに、「%[1]s」を合計%[2]sにします。", "We bring “%[1]s” to %[2]s in all by %[3]s.", g.Name, amount, g.By.Long())
	case g.Kind == goal.TargetGrowth:
		aim = words.T("%[3]sまでに、「%[1]s」を前年の同じ期間の%[2]sにします。", "We bring “%[1]s” to %[2]s of the same time last year by %[3]s.", g.Name, words.Percent(g.Amount), g.By.Long())
	case g.Kind == goal.TargetHold && less:
		aim = words.T("%[3]sまで、「%[1]s」を%[2]s以下に保ちます。", "We keep “%[1]s” at %[2]s or less until %[3]s.", g.Name, g.per().Per(amount), g.By.Long())
	case g.Kind == goal.TargetHold:
		aim = words.T("%[3]sまで、「%[1]s」を%[2]s以上に保ちます。", "We keep “%[1]s” at %[2]s or more until %[3]s.", g.Name, g.per().Per(amount), g.By.Long())
	case less:
		aim = words.T("%[3]sまでに、「%[1]s」を%[2]s以下にします。", "We bring “%[1]s” down to %[2]s by %[3]s.", g.Name, amount, g.By.Long())
	default:
		aim = words.T("%[3]sまでに、「%[1]s」を%[2]sにします。", "We bring “%[1]s” to %[2]s by %[3]s.", g.Name, amount, g.By.Long())
	}
	parts := []words.Text{aim}
	if g.Kind == goal.TargetHold && g.AtLeast > 0 && g.AtLeast < 1 {
		parts = append(parts, words.T("期間のうち%sで届けば、達成とします。", "It counts as reached where %s of the periods get there.", words.Percent(g.AtLeast)))
	}
	if g.Serves != "" {
		parts = append(parts, words.T("これは「%s」ための目標です。", "It serves “%s”.", forPurpose(g)))
	}
	if definition := strings.TrimRight(strings.TrimSpace(g.Definition), "。."); definition != "" {
		parts = append(parts, words.T("数えるのは、%sです。", "What counts: %s.", countsAs(definition)))
	}
	return words.Join(parts, "", " ")
}

// forPurpose is the management goal in the middle of a sentence.
func forPurpose(g Goal) words.Text { return g.purpose() }

// countsAs is a definition inside a sentence. One of several sentences is set apart.
func countsAs(definition string) words.Text {
	if strings.ContainsAny(definition, "。") {
		return words.Text{JA: "次のもの(" + definition + ")", EN: definition}
	}
	return words.Text{JA: definition, EN: definition}
}
