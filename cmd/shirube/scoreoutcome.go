package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// yes are values that plainly mean that the outcome came about.
var yes = []string{"1", "yes", "y", "true", "t", "won", "converted", "closed won", "はい", "有", "あり", "○", "◯", "成約", "受注", "契約", "応募", "成功"}

// choosePositive finds the value that is looked for.
func (c *cases) choosePositive(asked string, kinds []string, at []words.At) error {
	listed := strings.Join(kinds[:min(len(kinds), 8)], "・")
	if asked != "" {
		if !slices.ContainsFunc(kinds, func(k string) bool { return sameValue(k, asked) }) {
			return &words.Problem{At: c.headerAt, What: words.T("列「%[1]s」に「%[2]s」という値はありません(あるのは %[3]s)。", "The column “%[1]s” never holds “%[2]s” (it holds %[3]s).", c.table.OutcomeName, asked, listed),
				Mend: words.T("--positive の値を確かめてください。", "Check the value of --positive.")}
		}
		c.positive = asked
		return nil
	}
	var found []string
	for _, k := range kinds {
		if slices.ContainsFunc(yes, func(y string) bool { return sameValue(k, y) }) {
			found = append(found, k)
		}
	}
	if len(kinds) <= 2 && len(found) == 1 {
		c.positive = found[0]
		return nil
	}
	if len(kinds) == 1 && (kinds[0] == "0" || strings.EqualFold(kinds[0], "no") || strings.EqualFold(kinds[0], "false")) {
		c.positive = "1" // nobody yet: said as too few outcomes, not as bad input
		return nil
	}
	return &words.Problem{At: at[0], What: words.T("列「%[1]s」のどの値を「結果が出た」とみなすか分かりません(値は %[2]s)。", "It is not clear which value of the column “%[1]s” is the outcome looked for (it holds %[2]s).", c.table.OutcomeName, listed),
		Mend: words.T("--positive で値を指定してください。", "Name the value with --positive.")}
}

// sameValue compares values as people write them: 1 and 1.0, Yes and yes.
func sameValue(a, b string) bool {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	if strings.EqualFold(a, b) {
		return true
	}
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && x == y
}
