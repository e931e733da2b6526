package words

import "strings"

// formulaBegins are what a spreadsheet takes for the beginning of a formula: the wide letters
// too, as Japanese ones do.
var formulaBegins = []string{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}

// Cell is a text as a cell of a file that spreadsheets open: one that begins like a formula
// would be worked out by whoever opens the file, and gets a mark before it that says it is text.
func Cell(text string) string {
	for _, begin := range formulaBegins {
		if strings.HasPrefix(text, begin) {
			return "'" + text
		}
	}
	return text
}
