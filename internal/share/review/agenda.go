package review

import (
	"slices"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// mostFindings is how many findings the program puts on by itself: an hour has no room for
// more. Those that people put on come on top.
const mostFindings = 7

// Material is what an agenda is written from.
type Material struct {
	Today   series.Day
	Scene   Scene
	Last    *Minutes  // of the review before; nil for the first
	LastID  string    // of the review before
	Decided []Settled // of all reviews
	Wishes  []Wished
	Resting []string // keys of findings that rest
	// Work finds the initiative a decision started; nil where it is gone.
	Work func(id string) *Undertaking
	// Agreement is who stands behind the goal; nil where everybody does.
	Agreement *AgreementNews
}

// Wished is a wish with its id and who had it.
type Wished struct {
	ID string
	By string
	Wish
}

// AgreementNews is what has to be said of who stands behind the goal.
type AgreementNews struct {
	Title, Sentence, Mend words.Text
}

// agreementCodes are findings that the item on the agreement says better.
var agreementCodes = []string{"not-agreed", "goal-not-shared"}

// Agenda writes the agenda of a day: what was settled before, what the numbers say with the
// most at stake first, what evidence has grown old, the agreement, and what people put on.
func Agenda(m Material) []Item {
	a := agenda{Material: m, wished: map[string]Wished{}, answered: map[string]bool{}}
	for _, w := range m.Wishes {
		if about := w.About(); about != "" {
			a.wished[about] = w
		}
	}
	a.followUps()
	a.findings()
	a.evidence()
	a.agreement()
	a.own()
	return a.items[:min(len(a.items), MostItems)]
}

type agenda struct {
	Material
	items    []Item
	wished   map[string]Wished // by what they are about
	answered map[string]bool   // keys of findings a follow-up speaks of
	roads    []string          // of the items so far
}

func (a *agenda) add(item Item) {
	item.Times = 1
	if a.Last != nil {
		for _, was := range a.Last.Items {
			if was.ID == item.ID {
				item.Times = max(was.Times, 1) + 1
			}
		}
	}
	if item.From != "" {
		a.roads = append(a.roads, item.From+">"+item.To)
	}
	a.items = append(a.items, item)
}

func (a *agenda) followUps() {
	for _, d := range Unfollowed(a.Decided) {
		var work *Undertaking
		if d.Initiative != "" && a.Work != nil {
			work = a.Work(d.Initiative)
		}
		outcome := Follow(d.Decision, a.Scene, a.Today, work)
		if d.Review != a.LastID && !outcome.Open {
			continue // it had its turn, and nothing is left to look after
		}
		if d.Finding != "" {
			a.answered[d.Finding] = true
		}
		what := d.What
		if d.Kind == Keep { // what was kept has to be said
			what = words.T("%[1]s → %[2]s", "%[1]s → %[2]s", d.About, d.What)
		}
		a.add(Item{ID: followPrefix + d.ID, Kind: FollowUp, Indicator: d.Indicator, From: d.From, To: d.To, Title: words.T("%sの決定", "Settled on %s", d.On), Sentence: what, Was: &d, Outcome: &outcome})
	}
}

func (a *agenda) findings() {
	room := mostFindings
	for _, f := range a.Scene.Found {
		wish, wanted := a.wished[findingPrefix+f.Key]
		switch {
		case wanted:
		case a.answered[f.Key] || slices.Contains(a.Resting, f.Key) || f.Severity == "info" || room == 0:
			continue
		case a.Agreement != nil && slices.Contains(agreementCodes, f.Code) && (f.Indicator == "" || f.Indicator == a.Scene.KGI):
			continue
		default:
			room--
		}
		a.add(Item{ID: findingPrefix + f.Key, Kind: Finding, Severity: f.Severity, Indicator: f.Indicator, From: f.From, To: f.To,
			Title: f.Title, Sentence: f.Sentence, Body: f.Body, Mend: f.Mend, Stake: f.Stake, By: wish.By})
	}
}

func (a *agenda) evidence() {
	for _, road := range a.Scene.Roads {
		if !road.Stale || slices.Contains(a.roads, road.From+">"+road.To) {
			continue
		}
		a.add(Item{ID: roadPrefix + road.From + ">" + road.To, Kind: Evidence, Severity: "warning", Indicator: road.From, From: road.From, To: road.To,
			Title:    words.T("証拠が古くなっています", "The evidence has grown old"),
			Sentence: words.T("「%[1]s」から「%[2]s」への効きを最後に確かめたのは、%[3]sまでの数字です。", "Whether “%[1]s” moves “%[2]s” was last tested on numbers up to %[3]s.", road.FromName, road.ToName, road.TestedOn),
			Mend:     words.T("数字の取り込みを続けるか、このつながりを地図から外しましょう。", "Keep bringing its numbers in, or take this link off the map."),
			By:       a.wished[roadPrefix+road.From+">"+road.To].By})
	}
}

func (a *agenda) agreement() {
	if a.Agreement == nil {
		return
	}
	a.add(Item{ID: agreementItem, Kind: Agreement, Severity: "warning", Indicator: a.Scene.KGI,
		Title: a.Agreement.Title, Sentence: a.Agreement.Sentence, Mend: a.Agreement.Mend})
}

// own are the wishes that no item above takes up.
func (a *agenda) own() {
	for _, w := range a.Wishes {
		id := w.About()
		if id == "" {
			id = ownPrefix + w.ID
		}
		if slices.ContainsFunc(a.items, func(i Item) bool { return i.ID == id }) {
			continue
		}
		item := Item{ID: id, Kind: Own, Indicator: w.Indicator, From: w.From, To: w.To, Title: w.Title, Sentence: w.Sentence, By: w.By}
		switch {
		case w.Text != "":
			item.Sentence = words.Text{JA: w.Text, EN: w.Text}
		case w.Finding != "":
			item.Mend = words.T("点検にのせたあとで、この気づきは消えました。", "It was put on the review, and has gone since.")
		case item.Sentence.Zero():
			if r := a.Scene.Reading(w.Indicator); r != nil {
				item.Sentence = standing(r)
			}
		}
		if item.Title.Zero() {
			item.Title = words.T("話したいこと", "To talk about")
			if r := a.Scene.Reading(w.Indicator); r != nil {
				item.Title = words.T("%s", "%s", r.Name)
			}
		}
		a.add(item)
	}
}

// TakenUp are the ids of the wishes an agenda holds.
func TakenUp(items []Item, wishes []Wished) []string {
	var out []string
	for _, w := range wishes {
		id := w.About()
		if id == "" {
			id = ownPrefix + w.ID
		}
		if slices.ContainsFunc(items, func(i Item) bool { return i.ID == id }) {
			out = append(out, w.ID)
		}
	}
	return out
}
