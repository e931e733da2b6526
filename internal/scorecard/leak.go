package scorecard

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Why a column is left out (or doubted).
const (
	LeakAsked       = "asked"        // the person said so
	LeakEmpty       = "empty"        // no values
	LeakConstant    = "constant"     // one value
	LeakIdentifier  = "identifier"   // nearly every row has its own value
	LeakDate        = "date"         // a day never comes again
	LeakDatedAfter  = "dated-after"  // a day after the first contact, known only later
	LeakFilled      = "filled-after" // filled in exactly where the outcome is (or is not)
	LeakPerfect     = "knows"        // parts the rows almost perfectly, alone
	LeakDominates   = "dominates"    // alone knows more than all other columns together
	LeakNamed       = "named-after"  // named after the outcome
	LeakVerdict     = "verdict"      // another score or a person's judgement
	LeakOverwritten = "overwritten"  // the latest state, overwritten as time goes on
	LeakEnd         = "at-the-end"   // measured or written when it was over
	LeakGoesWith    = "goes-with"    // blank in the very rows where a column left out is blank
)

// LeftOut is a column that takes no part, with the reason.
type LeftOut struct {
	Column string
	Code   string
	Why    words.Text
	AUC    float64 // what it knows alone, on rows it was not counted on; 0 where not asked
}

// Bars of the guard.
const (
	perfectAlone  = 0.985 // nothing a lead does tells this well
	strongAlone   = 0.90  // left out where all others together know less
	doubtfulAlone = 0.80  // named, but kept, where all others together know less
	betterBy      = 0.005
	loneFolds     = 5
)

// guard looks for columns that know the outcome. keep are names that are used whatever is
// found; drop are names left out because the person said so. It gives the columns left
// out and those that are doubted but used.
func guard(t *Table, keep, drop []string) (out, doubtful []LeftOut) {
	in := func(list []string, name string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return sameName(s, name) })
	}
	gone := map[int]bool{}
	leave := func(j int, code string, auc float64, why words.Text) {
		gone[j] = true
		out = append(out, LeftOut{Column: t.Columns[j].Name, Code: code, Why: why, AUC: auc})
	}
	first := firstDay(t)
	lone := make([]float64, len(t.Columns))
	for j := range t.Columns {
		c := &t.Columns[j]
		switch {
		case in(drop, c.Name):
			leave(j, LeakAsked, 0, words.T("指定により外しました。", "Left out as asked."))
		case c.present() == 0:
			leave(j, LeakEmpty, 0, words.T("値がありません。", "It has no values."))
		case c.Kind == Date:
			// Whatever is dated is no behaviour; it is still worth saying what it knows.
			if why, code := datedWhy(t, j, first); code != "" {
				leave(j, code, 0, why)
			}
		case sameEverywhere(c):
			leave(j, LeakConstant, 0, words.T("どの行も同じ値です。", "Every row has the same value."))
		case identifies(c):
			leave(j, LeakIdentifier, 0, words.T("行ごとに値がちがう番号や名前なので、次の人には使えません。", "Nearly every row has its own value (an id or a name): it says nothing about the next person."))
		default:
			lone[j] = loneAUC(t, c)
			if in(keep, c.Name) {
				break
			}
			if code, why := suspect(t, c, lone[j]); code != "" {
				leave(j, code, lone[j], why)
			}
		}
	}
	together(t, gone, keep, lone, leave)
	doubtful = dominating(t, gone, keep, lone, leave, in)
	// What knows the outcome first, what merely cannot serve last.
	slices.SortStableFunc(out, func(a, b LeftOut) int { return cmp.Compare(harmless(a.Code), harmless(b.Code)) })
	return out, doubtful
}

// harmless orders reasons: columns that know the outcome, then those that cannot serve.
func harmless(code string) int {
	return slices.Index([]string{LeakIdentifier, LeakDate, LeakConstant, LeakEmpty, LeakAsked}, code)
}

// suspect judges a column by itself.
func suspect(t *Table, c *Column, auc float64) (string, words.Text) {
	if why, found := filledAfter(t, c); found {
		return LeakFilled, why
	}
	percent := words.Percent(auc)
	if auc >= perfectAlone {
		return LeakPerfect, words.T("この列だけで結果がほぼ完全に分かります(見分ける力%s)。結果のあとに記録された値と思われます。",
			"This column alone all but tells the outcome (it tells them apart %s of the time); it was probably written afterwards.", percent)
	}
	if !beyondChance(t, auc) {
		return "", words.Text{}
	}
	switch nameHint(c, t.OutcomeName) {
	case LeakNamed:
		return LeakNamed, words.T("結果の列と同じ名前を含み、結果と一緒に記録された値と思われます。", "It is named after the outcome and was probably written with it.")
	case LeakVerdict:
		return LeakVerdict, words.T("名前からすると、担当者の判断かほかの採点です。結果を見てから付けられた可能性があります。", "By its name it is somebody’s verdict or another score, which may have been given after the outcome was known.")
	case LeakOverwritten:
		return LeakOverwritten, words.T("名前からすると、上書きされていく最新の状態です。結果のあとの値が混ざります。", "By its name it is the latest state, overwritten as time goes on: it may speak of the time after the outcome.")
	case LeakEnd:
		return LeakEnd, words.T("名前からすると、終わってから分かる値です。点を付ける時点ではまだありません。", "By its name it is known only when all is over; it does not exist yet when the score is needed.")
	}
	return "", words.Text{}
}

// beyondChance: the AUC is above a half by three standard errors (Hanley, McNeil 1982, at
// a half) and by something worth having.
func beyondChance(t *Table, auc float64) bool {
	p := count(t.Outcome)
	q := float64(t.Rows()) - p
	return auc > 0.51 && auc-0.5 > 3*math.Sqrt((p+q+1)/(12*math.Max(1, p*q)))
}

// filledAfter: the column is filled in just where the outcome is, or just where it is not.
func filledAfter(t *Table, c *Column) (words.Text, bool) {
	var filled, filledWith, with float64
	n := float64(t.Rows())
	for i, y := range t.Outcome {
		with += truth(y)
		if !c.missing(i) {
			filled++
			filledWith += truth(y)
		}
	}
	if filled < 20 || filled == n || with == 0 || with == n {
		return words.Text{}, false
	}
	for _, side := range []struct {
		all, hit float64
		why      words.Text
	}{
		{with, filledWith, words.T("結果が出た行にだけ値が入っています(%[1]s行のうち%[2]s行)。結果のあとに記録された値です。", "It is filled in only where the outcome came about (%[2]s of %[1]s filled rows): it was written afterwards.", words.Group(filled, 0), words.Group(filledWith, 0))},
		{n - with, filled - filledWith, words.T("結果が出なかった行にだけ値が入っています(%[1]s行のうち%[2]s行)。結果のあとに記録された値です。", "It is filled in only where the outcome did not come about (%[2]s of %[1]s filled rows): it was written afterwards.", words.Group(filled, 0), words.Group(filled-filledWith, 0))},
	} {
		share := side.all / n
		pure := side.hit / filled
		// What would be so pure by chance once in a million times is not accused of it.
		unlikely := filled*math.Log(share) < math.Log(1e-6)
		recall := side.hit / side.all
		if pure >= 0.99 && unlikely && filled >= 30 || pure >= 0.95 && recall >= 0.95 {
			return side.why, true
		}
	}
	return words.Text{}, false
}

// together: a column blank in the very rows where a verdict is blank was written with it.
func together(t *Table, gone map[int]bool, keep []string, lone []float64, leave func(int, string, float64, words.Text)) {
	type sign struct {
		blank string
		name  string
	}
	var signs []sign
	for j := range t.Columns {
		if gone[j] && t.Columns[j].Kind != Date {
			if b := blankRows(&t.Columns[j]); b != "" {
				signs = append(signs, sign{b, t.Columns[j].Name})
			}
		}
	}
	for j := range t.Columns {
		c := &t.Columns[j]
		if gone[j] || slices.ContainsFunc(keep, func(s string) bool { return sameName(s, c.Name) }) || !beyondChance(t, lone[j]) {
			continue
		}
		own := blankRows(c)
		if i := slices.IndexFunc(signs, func(s sign) bool { return own != "" && s.blank == own }); i >= 0 {
			leave(j, LeakGoesWith, lone[j], words.T("「%s」とまったく同じ行で空欄なので、同じときに記録された値です。", "It is blank in the very rows where “%s” is: the two were written together.", signs[i].name))
		}
	}
}

// blankRows is a signature of the missing rows, "" where there are too few or too many to
// tell anything.
func blankRows(c *Column) string {
	n := c.length()
	blank := n - c.present()
	if blank < max(20, n/50) || n-blank < 20 {
		return ""
	}
	var b strings.Builder
	for i := range n {
		if c.missing(i) {
			b.WriteByte('1')
		} else {
			b.WriteByte('0')
		}
	}
	return b.String()
}

// dominating compares strong columns with all others together.
func dominating(t *Table, gone map[int]bool, keep []string, lone []float64, leave func(int, string, float64, words.Text), in func([]string, string) bool) []LeftOut {
	var order []int
	for j := range t.Columns {
		if !gone[j] && lone[j] >= doubtfulAlone && !in(keep, t.Columns[j].Name) {
			order = append(order, j)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(lone[b], lone[a]) })
	// Two copies of one leak must not excuse each other; but where many columns are strong
	// the question is an easy one, and each is held against all others.
	strong := map[int]bool{}
	for _, j := range order {
		if lone[j] >= strongAlone {
			strong[j] = true
		}
	}
	if len(strong)*4 > len(t.Columns)-len(gone) {
		clear(strong)
	}
	var doubtful []LeftOut
	for _, j := range order[:min(len(order), 5)] {
		others := map[int]bool{j: true}
		for _, set := range []map[int]bool{gone, strong} {
			for k := range set {
				others[k] = true
			}
		}
		rest := t.without(others)
		if len(rest.Columns) == 0 {
			continue
		}
		logits, folds := denseByFolds(rest, 3)
		if lone[j] < meanAUC(logits, t.Outcome, folds, 3)+betterBy {
			continue
		}
		percent := words.Percent(lone[j])
		if lone[j] >= strongAlone {
			leave(j, LeakDominates, lone[j], words.T("この列だけで、ほかの列すべてを合わせたより結果が分かります(見分ける力%s)。結果のあとに記録された値と思われます。",
				"Alone it knows the outcome better than all other columns together (it tells them apart %s of the time); it was probably written afterwards.", percent))
			continue
		}
		doubtful = append(doubtful, LeftOut{Column: t.Columns[j].Name, Code: LeakDominates, AUC: lone[j],
			Why: words.T("この列だけで、ほかの列すべてを合わせたより結果が分かります(見分ける力%s)。点を付ける時点で分かっている値か、確かめてください。",
				"Alone it knows the outcome better than all other columns together (it tells them apart %s of the time). Make sure that it is known when the score is needed.", percent)})
	}
	return doubtful
}
