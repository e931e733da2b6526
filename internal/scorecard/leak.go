package scorecard

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/series"
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

// loneAUC is what a column knows by itself: the rate of its bin or category in the other
// folds, as a score. It is out of sample, so that many categories are no merit.
func loneAUC(t *Table, c *Column) float64 {
	bins, size := binned(c)
	folds := foldsOf(t.Outcome, loneFolds)
	n, hits := make([][loneFolds]float64, size), make([][loneFolds]float64, size)
	for i, b := range bins {
		n[b][folds[i]]++
		hits[b][folds[i]] += truth(t.Outcome[i])
	}
	base := count(t.Outcome) / float64(max(1, t.Rows()))
	score := make([]float64, len(bins))
	for i, b := range bins {
		var rows, with float64
		for f := range loneFolds {
			if f != folds[i] {
				rows, with = rows+n[b][f], with+hits[b][f]
			}
		}
		score[i] = (with + 5*base) / (rows + 5)
	}
	return meanAUC(score, t.Outcome, folds, loneFolds)
}

// binned numbers the categories or twentieths of a column, "missing" one of its own.
func binned(c *Column) (bins []int, size int) {
	bins = make([]int, c.length())
	if c.Kind == Category {
		ids := map[string]int{}
		for i, v := range c.Texts {
			id, seen := ids[v]
			if !seen {
				id = len(ids)
				ids[v] = id
			}
			bins[i] = id
		}
		return bins, len(ids)
	}
	var cuts []float64
	for _, r := range thresholds(c) {
		cuts = append(cuts, r.Value)
	}
	for i, v := range c.Numbers {
		if c.missing(i) {
			continue
		}
		bins[i] = 1 + sort.Search(len(cuts), func(k int) bool { return cuts[k] > v })
	}
	return bins, len(cuts) + 2
}

func sameEverywhere(c *Column) bool {
	if c.present() < c.length() {
		return false
	}
	for i := 1; i < c.length(); i++ {
		if c.Kind == Number && c.Numbers[i] != c.Numbers[0] || c.Kind == Category && c.Texts[i] != c.Texts[0] {
			return false
		}
	}
	return true
}

// identifies reports ids and names: texts nearly all different; whole numbers all
// different that run through the file in order, or say that they are ids.
func identifies(c *Column) bool {
	present := c.present()
	if present < 20 {
		return c.Kind == Category && present > 1 && distinct(c) == present
	}
	if c.Kind == Category {
		return distinct(c)*10 >= present*8
	}
	if distinct(c) < present {
		return false
	}
	rising, falling := true, true
	last := math.NaN()
	for i, v := range c.Numbers {
		if c.missing(i) {
			continue
		}
		if v != math.Trunc(v) {
			return false
		}
		rising, falling = rising && !(v < last), falling && !(v > last)
		last = v
	}
	named := slices.ContainsFunc(tokensOf(c.Name), func(s string) bool { return slices.Contains([]string{"id", "no", "number", "key", "uid"}, s) }) || strings.Contains(c.Name, "番号")
	return rising || falling || named
}

func distinct(c *Column) int {
	seen := map[string]bool{}
	for i := range c.length() {
		if c.missing(i) {
			continue
		}
		if c.Kind == Number {
			seen[strconv.FormatFloat(c.Numbers[i], 'g', -1, 64)] = true
		} else {
			seen[c.Texts[i]] = true
		}
	}
	return len(seen)
}

// firstDay is the column that dates a row: given nearly everywhere and earliest. −1: none.
func firstDay(t *Table) int {
	best, earliest := -1, 0.0
	for j := range t.Columns {
		c := &t.Columns[j]
		present := 0
		mean := 0.0
		if c.Kind != Date {
			continue
		}
		for i, d := range c.Days {
			if !c.Blank[i] {
				present++
				mean += float64(d)
			}
		}
		if present*10 < t.Rows()*9 || present == 0 {
			continue
		}
		if mean /= float64(present); best < 0 || mean < earliest {
			best, earliest = j, mean
		}
	}
	return best
}

// datedWhy says why a date is left out: none can make points.
func datedWhy(t *Table, j, first int) (words.Text, string) {
	c := &t.Columns[j]
	if why, found := filledAfter(t, c); found {
		return why, LeakFilled
	}
	if first >= 0 && first != j {
		later, both := 0, 0
		var gaps []series.Day
		for i, d := range c.Days {
			if c.Blank[i] || t.Columns[first].Blank[i] {
				continue
			}
			both++
			if d > t.Columns[first].Days[i] {
				later++
				gaps = append(gaps, d-t.Columns[first].Days[i])
			}
		}
		if both >= 20 && later*2 > both {
			slices.Sort(gaps)
			return words.T("「%s」よりあとの日付です(なかほどで%s日あと)。点を付ける時点ではまだありません。", "It is dated after “%s” (by %s days in the middle): it does not exist yet when the score is needed.",
				t.Columns[first].Name, words.Group(float64(gaps[len(gaps)/2]), 0)), LeakDatedAfter
		}
	}
	if j == first {
		return words.T("日付は点にせず、古い行で学び新しい行で試すのに使いました。", "A date makes no points; it was used to learn from older rows and to try the card on newer ones."), LeakDate
	}
	return words.T("日付は点になりません(同じ日は二度と来ません)。", "A date makes no points: the same day never comes again."), LeakDate
}
