package review

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// NewTarget is a target as a review settles it. Amount is in the indicator's unit, a ratio as
// a ratio; for growth it is the factor. What is empty stays as it was.
type NewTarget struct {
	Kind   goal.TargetKind
	Amount float64
	Per    *series.Grain
	By     *series.Day
}

// TargetEdits change an indicator's target, and say what is changed. Who agreed to the old
// number has not agreed to the new one, and milestones on the way to the old one lead nowhere:
// both go.
func TargetEdits(m *goal.Model, id string, to NewTarget) ([]goal.Edit, words.Text, *Fault) {
	ind := m.Indicator(id)
	if ind == nil {
		return nil, words.Text{}, &Fault{"indicator", words.T("この指標は地図にありません。", "This indicator is not on the map.")}
	}
	if math.IsNaN(to.Amount) || math.IsInf(to.Amount, 0) {
		return nil, words.Text{}, &Fault{"target.amount", words.T("目標の数を入れてください。", "Please give a number to reach.")}
	}
	next := goal.Target{Direction: goal.Up, AtLeast: 1}
	if old := ind.Target; old != nil {
		next = goal.Target{Kind: old.Kind, Per: old.Per, AtLeast: old.AtLeast, From: old.From, By: old.By, Direction: old.Direction}
	}
	if to.Kind != goal.TargetVague {
		next.Kind = to.Kind
	}
	if next.Kind == goal.TargetVague {
		next.Kind = goal.TargetReach
	}
	if to.Per != nil {
		next.Per = *to.Per
	} else if next.Kind == goal.TargetHold && (ind.Target == nil || ind.Target.Kind != goal.TargetHold) {
		next.Per = series.GrainMonth
	}
	if to.By != nil {
		next.By = to.By
	}
	next.Amount = to.Amount
	edit := &goal.TargetEdit{Kind: string(next.Kind), Amount: amountText(next.Amount, ind, next.Kind), From: dayText(next.From), By: dayText(next.By)}
	if next.Kind == goal.TargetReach {
		edit.From = ""
	}
	if next.Kind == goal.TargetHold {
		edit.Per = next.Per.String()
		if next.AtLeast > 0 && next.AtLeast < 1 {
			edit.AtLeast = strconv.FormatFloat(next.AtLeast, 'f', -1, 64)
		}
	}
	if next.Direction == goal.Down {
		edit.Direction = string(goal.Down)
	}
	what := words.T("「%[1]s」の目標を%[2]sにする", "Set the target of “%[1]s” to %[2]s", ind.Name, targetText(&next, ind))
	if old := ind.Target; old != nil && old.Kind != goal.TargetVague {
		what = words.T("「%[1]s」の目標を、%[2]sから%[3]sに変える", "Change the target of “%[1]s” from %[2]s to %[3]s", ind.Name, targetText(old, ind), targetText(&next, ind))
	}
	return []goal.Edit{{Op: goal.SetTarget, ID: id, Target: edit}}, what, nil
}

// amountText writes a number as people write it into the file: 1.3%, not 0.013000000000000001.
func amountText(v float64, ind *goal.Indicator, kind goal.TargetKind) string {
	if ind.Ratio() && kind != goal.TargetGrowth {
		return plain(v*100) + "%"
	}
	return plain(v)
}

func plain(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	if err != nil {
		rounded = v
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

func dayText(d *series.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// targetText says a target: 月8件(3月31日まで).
func targetText(t *goal.Target, ind *goal.Indicator) words.Text {
	amount := words.Amount{Value: t.Amount, Unit: ind.Unit}
	text := words.T("%s", "%s", amount)
	switch t.Kind {
	case goal.TargetGrowth:
		text = words.T("前年の%[1]s倍", "%[1]s times last year", plain(t.Amount))
	case goal.TargetHold:
		text = t.Per.Per(amount)
	}
	if t.By != nil {
		return words.T("%[1]s(%[2]sまで)", "%[1]s (by %[2]s)", text, t.By.Long())
	}
	return text
}

// Replacement is what takes the place of a KPI.
type Replacement struct {
	Metric string // full name of a source's metric: "sns.saves"
	Name   string
	Unit   string
	To     string // what it is to move; where the old one moved nothing
}

// ReplaceEdits take a KPI off the map, and put another in its place where one is named. What
// was measured stays, and every version before can be looked at.
func ReplaceEdits(m *goal.Model, id string, with *Replacement, because string) ([]goal.Edit, words.Text, *Fault) {
	old := m.Indicator(id)
	switch {
	case old == nil:
		return nil, words.Text{}, &Fault{"indicator", words.T("この指標は地図にありません。", "This indicator is not on the map.")}
	case old.IsKGI:
		return nil, words.Text{}, &Fault{"indicator", words.T("KGI(最終目標)は入れ替えられません。目標を変えるか、新しいワークスペースをつくってください。", "The KGI cannot be replaced. Change its target, or make a new workspace.")}
	}
	if users := usedBy(m, id); len(users) > 0 {
		return nil, words.Text{}, &Fault{"indicator", words.T("「%[1]s」は「%[2]s」の式に入っているので、ここでは外せません。地図の編集で式を直してください。", "“%[1]s” is part of the formula of “%[2]s” and cannot be taken off here. Please change the formula on the map.", old.Name, strings.Join(users, "」「"))}
	}
	remove := goal.Edit{Op: goal.RemoveIndicator, ID: id}
	if with == nil {
		return []goal.Edit{remove}, words.T("「%s」を地図から外す", "Take “%s” off the map", old.Name), nil
	}
	metric := m.Metric(with.Metric)
	if metric == nil {
		return nil, words.Text{}, &Fault{"replace.metric", words.T("この数はデータ源にありません。", "No source has this number.")}
	}
	name := with.Name
	if name == "" {
		name = metric.Column
	}
	if name == "" {
		name = metric.ID
	}
	newID := freeID(m, metric.ID)
	fields := map[string]*string{"name": &name, "measure": &with.Metric}
	if with.Unit != "" {
		fields["unit"] = &with.Unit
	}
	if old.Owner != "" {
		fields["owner"] = &old.Owner
	}
	edits := []goal.Edit{{Op: goal.AddIndicator, ID: newID, Fields: fields}}
	ends := 0
	for _, in := range m.Influences {
		if in.From == id {
			ends++
			edits = append(edits, goal.Edit{Op: goal.SetInfluence, From: newID, To: in.To, Lag: strconv.Itoa(in.LagFrom) + ".." + strconv.Itoa(in.LagTo), Because: because})
		}
	}
	if ends == 0 {
		to := with.To
		if m.Indicator(to) == nil || to == id {
			to = m.KGI().ID
		}
		edits = append(edits, goal.Edit{Op: goal.SetInfluence, From: newID, To: to, Because: because})
	}
	return append(edits, remove), words.T("「%[1]s」を「%[2]s」に入れ替える", "Replace “%[1]s” by “%[2]s”", old.Name, name), nil
}

// usedBy names the indicators whose formula holds another.
func usedBy(m *goal.Model, id string) []string {
	var names []string
	for _, ind := range m.Indicators {
		if slices.Contains(m.Children(ind.ID), id) {
			names = append(names, ind.Name)
		}
	}
	return names
}

// freeID is an id for a new indicator that no other one has.
func freeID(m *goal.Model, wish string) string {
	wish = strings.Map(func(r rune) rune {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, wish)
	if first, _ := utf8.DecodeRuneInString(wish); first != '_' && !unicode.IsLetter(first) {
		wish = "kpi_" + wish
	}
	id := wish
	for n := 2; m.Indicator(id) != nil; n++ {
		id = wish + "_" + strconv.Itoa(n)
	}
	return id
}
