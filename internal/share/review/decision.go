package review

import (
	"strings"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Kind is the way an item is settled.
type Kind string

// The five ways.
const (
	Keep         Kind = "keep"          // as it is, knowingly
	ChangeTarget Kind = "change-target" // another number or another day
	ReplaceKPI   Kind = "replace-kpi"   // off the map, or another in its place
	Initiative   Kind = "initiative"    // something is undertaken
	MeasureAgain Kind = "measure-again" // it cannot be told yet: look again on a day
)

// Kinds is every way, in the order they are offered.
var Kinds = []Kind{Keep, ChangeTarget, ReplaceKPI, Initiative, MeasureAgain}

var kindNames = map[Kind]words.Text{
	Keep:         {JA: "そのまま続ける", EN: "Keep going"},
	ChangeTarget: {JA: "目標を変える", EN: "Change the target"},
	ReplaceKPI:   {JA: "KPIを入れ替える", EN: "Replace the KPI"},
	Initiative:   {JA: "施策を始める", EN: "Start an initiative"},
	MeasureAgain: {JA: "測りなおす", EN: "Measure again"},
}

// Name is the way as people say it.
func (k Kind) Name() words.Text { return kindNames[k] }

// Known reports whether it is one of the five.
func (k Kind) Known() bool { _, ok := kindNames[k]; return ok }

// Decision is how one item was settled.
type Decision struct {
	Item      string     `json:"item"`
	Kind      Kind       `json:"kind"`
	Indicator string     `json:"indicator,omitempty"` // what it is about
	From      string     `json:"from,omitempty"`      // of a link
	To        string     `json:"to,omitempty"`
	About     words.Text `json:"about"` // the item's title: a list of decisions reads by itself
	What      words.Text `json:"what"`  // what exactly: 「クリック率」の目標を1.50%から1.30%に
	Why       string     `json:"why"`
	Owner     string     `json:"owner,omitempty"` // who looks after it
	Due       series.Day `json:"due,omitempty"`   // by when; 0: nobody said
	// Version is the version of the model it made; 0 where it changed nothing on the map.
	Version int `json:"version,omitempty"`
	// Base is the version before, so that it can be taken back.
	Base       int      `json:"base,omitempty"`
	Initiative string   `json:"initiative,omitempty"` // id of what was started
	Was        *Reading `json:"was,omitempty"`        // of the indicator on that day
	Verdict    string   `json:"verdict,omitempty"`    // of the link on that day
	Finding    string   `json:"finding,omitempty"`    // key of the finding it answers
}

// Bounds of what is written by hand, in characters.
const (
	MostWhy   = 1000
	MostOwner = 80
	MostNote  = 4000
	MostWish  = 500
	MostItems = 60
)

// Fault is what keeps something from being kept, with the field it stands in.
type Fault struct {
	Field string
	What  words.Text
}

// Check looks whether a decision says enough to be understood later.
func (d Decision) Check(today series.Day) *Fault {
	switch {
	case !d.Kind.Known():
		return &Fault{"kind", words.T("どう決めたかを、5つのなかから選んでください。", "Please choose one of the five ways to settle it.")}
	case d.Why == "":
		return &Fault{"why", words.T("理由を書いてください。1年後に読む人のためのひとことです。", "Please say why: a word to whoever reads this a year from now.")}
	case len([]rune(d.Why)) > MostWhy:
		return &Fault{"why", words.T("理由は%d文字までで書いてください。", "Please keep the reason within %d characters.", MostWhy)}
	case len([]rune(d.Owner)) > MostOwner:
		return &Fault{"owner", words.T("担当の名前は%d文字までで書いてください。", "Please keep the name within %d characters.", MostOwner)}
	case d.Due != 0 && d.Due < today:
		return &Fault{"due", words.T("期限は今日より後にしてください。", "The day has to lie after today.")}
	case d.Kind == MeasureAgain && d.Due == 0:
		return &Fault{"due", words.T("いつ見なおすかを決めてください。", "Please say when to look again.")}
	}
	return nil
}

// About is what an item is about, with the name of its indicator: a list of decisions is read
// by itself.
func About(item Item, scene Scene) words.Text {
	r := scene.Reading(item.Indicator)
	if r == nil || strings.Contains(item.Title.JA, r.Name) {
		return item.Title
	}
	return words.T("「%[1]s」%[2]s", "“%[1]s”: %[2]s", r.Name, item.Title)
}

// LookAgain says when something is looked at again.
func LookAgain(d Decision, scene Scene) words.Text {
	if road := scene.Road(d.From, d.To); road != nil {
		return words.T("「%[1]s」から「%[2]s」への効きを、%[3]sにもう一度見る", "Look again on %[3]s whether “%[1]s” moves “%[2]s”", road.FromName, road.ToName, d.Due)
	}
	if r := scene.Reading(d.Indicator); r != nil {
		return words.T("「%[1]s」を%[2]sにもう一度見る", "Look at “%[1]s” again on %[2]s", r.Name, d.Due)
	}
	return words.T("%sにもう一度見る", "Look again on %s", d.Due)
}
