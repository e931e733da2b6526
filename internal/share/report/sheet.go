package report

import (
	"strings"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Form is the shape of a Sheet. A kept one of an older form is still readable: fields are
// added, never given another meaning.
const Form = 1

// Sheet is the page, every word of it in one language.
type Sheet struct {
	Form      int        `json:"form"`
	Lang      words.Lang `json:"lang" enum:"ja,en"`
	Title     string     `json:"title" doc:"いまの状況, 週のレポート"`
	Workspace string     `json:"workspace"`
	Model     string     `json:"model"`
	Version   int        `json:"version" doc:"of the model"`
	AsOf      series.Day `json:"as_of" format:"date" doc:"the last day that counts"`
	Today     series.Day `json:"today" format:"date"`
	Dates     string     `json:"dates" doc:"which days it is about, in words"`
	Mark      string     `json:"mark" enum:"met,on-pace,behind,missed,too-early,no-data"`
	MarkWord  string     `json:"mark_word" doc:"順調"`
	Headline  []Run      `json:"headline" doc:"where we stand, in one sentence"`
	Goal      Goal       `json:"goal"`
	Changed   Section    `json:"changed"`
	Numbers   Numbers    `json:"numbers"`
	Decided   Section    `json:"decided"`
	Asks      Section    `json:"asks" doc:"what is asked of the reader, the most urgent first"`
	Together  Section    `json:"together" doc:"who agreed to the goal, and what is watched"`
	Terms     Section    `json:"terms" doc:"how to read the page"`
}

// Run is a piece of a sentence; the strong ones are its numbers.
type Run struct {
	Text   string `json:"text"`
	Strong bool   `json:"strong"`
}

// Goal is the KGI's card.
type Goal struct {
	Label       string         `json:"label" doc:"what a KGI is, in a few words"`
	Name        string         `json:"name"`
	Definition  string         `json:"definition" doc:"what is counted; empty where nobody has written it"`
	Serves      string         `json:"serves" doc:"the management goal it is tied to; empty without"`
	Value       string         `json:"value" doc:"the number alone; empty where there is none"`
	Unit        string         `json:"unit"`
	Target      string         `json:"target" doc:"年100件; empty without a target"`
	By          string         `json:"by" doc:"the deadline in words; empty without"`
	Pace        string         `json:"pace" doc:"今日までの目安 40件; empty without"`
	Gap         string         `json:"gap" doc:"+2件; empty without"`
	GapGood     *bool          `json:"gap_good"`
	ChanceLabel string         `json:"chance_label"`
	Chance      string         `json:"chance" doc:"71%; empty where it cannot be told"`
	ChanceWords string         `json:"chance_words" doc:"10回に7回は届く, or why it cannot be told"`
	Dots        *int           `json:"dots" doc:"of ten"`
	LandLabel   string         `json:"land_label"`
	Land        string         `json:"land" doc:"91〜122件; empty where it cannot be told"`
	Since       []Run          `json:"since" doc:"against the time before; empty where there is nothing to compare"`
	Bar         *Bar           `json:"bar"`
	Curve       *insight.Curve `json:"curve" doc:"the road to the deadline"`
	Marks       CurveMarks     `json:"curve_marks"`
}

// Bar is how far the value and the pace are on the way to the target, 0 to 1.
type Bar struct {
	Value float64  `json:"value"`
	Pace  *float64 `json:"pace"`
}

// CurveMarks are the words on the curve.
type CurveMarks struct {
	From   string `json:"from"`
	Today  string `json:"today"`
	By     string `json:"by"`
	Target string `json:"target"`
}

// Section is a part of the page under a title.
type Section struct {
	Title string `json:"title"`
	Lines []Line `json:"lines"`
	None  string `json:"none" doc:"what stands there without lines; empty: the section is left out"`
}

// Line is one thing that is said.
type Line struct {
	Kind   string `json:"kind" doc:"changed, why, decided, next, finding, agreement, question, review, focus, term"`
	Mark   string `json:"mark" enum:",met,on-pace,behind,missed,too-early,no-data"`
	Lead   string `json:"lead" doc:"a few words before: a date, a name, what kind of thing"`
	Text   []Run  `json:"text"`
	Note   string `json:"note" doc:"a second, quieter sentence"`
	Path   string `json:"path" doc:"where it is looked at, behind the workspace's address; empty without"`
	Button string `json:"button"`
}

// Numbers are the indicators that carry the goal.
type Numbers struct {
	Title string   `json:"title"`
	Heads []string `json:"heads" doc:"names of the columns: what, now, pace, change"`
	Rows  []Row    `json:"rows"`
	None  string   `json:"none"`
}

// Row is one indicator.
type Row struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Focus    bool   `json:"focus" doc:"watched this quarter"`
	Mark     string `json:"mark" enum:"met,on-pace,behind,missed,too-early,no-data"`
	MarkWord string `json:"mark_word"`
	Value    string `json:"value"`
	Pace     string `json:"pace" doc:"what it should be by now; empty without a target"`
	Change   string `json:"change" doc:"前4週比 −9%; empty where it cannot be told"`
	Good     *bool  `json:"good" doc:"whether the change is for the better; null: neither"`
	Note     string `json:"note" doc:"what is counted, or why it matters"`
}

// Said is a sentence without emphasis.
func Said(text string) []Run {
	if text == "" {
		return []Run{}
	}
	return []Run{{Text: text}}
}

// Plain is a sentence as one text.
func Plain(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Subject is the line a mail of the page goes under: what it is, and the mark in words.
func (s Sheet) Subject() string {
	return words.T("%[1]s: %[2]s（%[3]s・%[4]s）", "%[1]s: %[2]s (%[3]s, %[4]s)", s.Workspace, s.Title, s.MarkWord, s.AsOf).In(s.Lang)
}

// Sign is a status as one letter that every mail program and font shows.
func Sign(mark string) string {
	switch mark {
	case insight.StatusMet:
		return "◎"
	case insight.StatusOnPace:
		return "○"
	case insight.StatusBehind:
		return "△"
	case insight.StatusMissed:
		return "×"
	}
	return "…"
}

// MarkWord is a status in words.
func MarkWord(mark string) words.Text {
	switch mark {
	case insight.StatusMet:
		return words.T("達成", "Reached")
	case insight.StatusOnPace:
		return words.T("順調", "On track")
	case insight.StatusBehind:
		return words.T("遅れ", "Behind")
	case insight.StatusMissed:
		return words.T("未達", "Missed")
	case insight.StatusNoData:
		return words.T("データなし", "No data")
	}
	return words.T("判定前", "Too early")
}
