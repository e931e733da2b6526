package agreement

import (
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Standing is how far a team is with agreeing on its goal.
type Standing string

// The standings.
const (
	Nobody Standing = "nobody" // nobody ever agreed to it
	Lapsed Standing = "lapsed" // people agreed, to a goal that has become another
	Partly Standing = "partly" // some of those who were asked have signed
	Agreed Standing = "agreed" // all who were asked have signed
)

// Signature is one person's yes to a wording.
type Signature struct {
	By      Person     `json:"by"`
	On      series.Day `json:"on"`
	Version int        `json:"version"` // of the model
	Goal    Goal       `json:"goal"`    // as it was signed
	// Noted says that it stands in the model file: somebody wrote down who agreed. Its day
	// may be unsaid (zero).
	Noted bool `json:"noted,omitempty"`
	// Older says that other words for the same goal are to be signed since.
	Older bool `json:"older,omitempty"`
	// Withdrawn is the day on which it was taken back, with the reason.
	Withdrawn *series.Day `json:"withdrawn,omitempty"`
	Why       string      `json:"why,omitempty"`
}

// Records is all that was said and signed on a workspace's goal.
type Records struct {
	Asked      []Person // whose signature is waited for
	Statements []Statement
	Signatures []Signature // in any order, those of the model file among them
}

// State is what is to be said of a team's agreement at one version of its model.
type State struct {
	Standing Standing
	Version  int
	Goal     Goal
	Signed   []Signature // that stand, the earliest first
	Lapsed   []Signature // for a goal that was another, the earliest first
	Waiting  []Person    // asked, and not signed
	Anew     bool        // some of them signed older words for the same goal
	Changed  []Change    // Lapsed: what became another since the last of them
	Recount  bool        // how it is measured became another since somebody signed
	Stated   int         // people who said what the goal is, in the model file or here
	Spoken   bool        // at least one of them said it here
	Differ   []Aspect    // on which of it they differ
}

// StateOf judges an agreement. It looks at the goal alone: whatever else of the model is
// changed, signatures stand.
func StateOf(g Goal, version int, r Records) State {
	s := State{Version: version, Goal: g}
	known := r.known()
	for _, one := range r.Signatures {
		if one.Noted {
			one.By = recognised(one.By, known)
		}
		switch {
		case one.Withdrawn != nil:
		case Same(one.Goal, g):
			if i := slices.IndexFunc(s.Signed, func(o Signature) bool { return o.By.Is(one.By) }); i >= 0 {
				s.Signed[i] = laterOf(s.Signed[i], one)
			} else {
				s.Signed = append(s.Signed, one)
			}
			s.Recount = s.Recount || one.Goal.Counting != g.Counting && one.Goal.Counting != ""
		default:
			s.Lapsed = append(s.Lapsed, one)
		}
	}
	byDay := func(a, b Signature) int { return int(a.On - b.On) }
	slices.SortStableFunc(s.Signed, byDay)
	slices.SortStableFunc(s.Lapsed, byDay)
	// Whoever signed anew has no word that lapsed, and of each only the last is shown.
	s.Lapsed = slices.DeleteFunc(lastOfEach(s.Lapsed), func(one Signature) bool { return signedBy(s.Signed, one.By) })
	for _, p := range r.Asked {
		i := slices.IndexFunc(s.Signed, func(o Signature) bool { return o.By.Is(p) })
		if i < 0 || s.Signed[i].Older {
			s.Waiting, s.Anew = append(s.Waiting, p), s.Anew || i >= 0
		}
	}
	switch {
	case len(s.Signed) == 0 && len(s.Lapsed) > 0:
		s.Standing = Lapsed
		s.Changed = Changes(s.Lapsed[len(s.Lapsed)-1].Goal, g)
	case len(s.Signed) == 0:
		s.Standing = Nobody
	case len(s.Waiting) > 0:
		s.Standing = Partly
	default:
		s.Standing = Agreed
	}
	last := Newest(r.Statements)
	s.Stated = len(last)
	s.Spoken = slices.ContainsFunc(last, func(one Statement) bool { return !one.InFile })
	s.Differ = Compare(g, last).Differing()
	return s
}

// known is everybody with an account who was asked, spoke or signed.
func (r Records) known() []Person {
	var list []Person
	add := func(p Person) {
		if p.ID != "" && !slices.ContainsFunc(list, p.Is) {
			list = append(list, p)
		}
	}
	for _, p := range r.Asked {
		add(p)
	}
	for _, one := range r.Statements {
		add(one.By)
	}
	for _, one := range r.Signatures {
		add(one.By)
	}
	return list
}

// recognised is the account of somebody whom the model file names: by the whole name, or by
// a part of it, as in 田中 for 田中 美咲, where it can be nobody else's.
func recognised(noted Person, known []Person) Person {
	var found []Person
	for _, p := range known {
		whole := plainly(p.Name)
		if whole == plainly(noted.Name) {
			return p
		}
		if slices.Contains(strings.Fields(whole), plainly(noted.Name)) {
			found = append(found, p)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return noted
}

// laterOf is the one of two signatures of a person that counts: under the newest words, then
// the later.
func laterOf(a, b Signature) Signature {
	if a.Older != b.Older {
		if a.Older {
			return b
		}
		return a
	}
	if b.On > a.On {
		return b
	}
	return a
}

func lastOfEach(list []Signature) []Signature {
	var out []Signature
	for _, one := range list {
		if i := slices.IndexFunc(out, func(o Signature) bool { return o.By.Is(one.By) }); i >= 0 {
			out = slices.Delete(out, i, i+1)
		}
		out = append(out, one)
	}
	return out
}

func signedBy(list []Signature, p Person) bool {
	return slices.ContainsFunc(list, func(s Signature) bool { return s.By.Is(p) })
}

// Since is the day of the newest signature that stands; ok is false where none has a day.
func (s State) Since() (day series.Day, ok bool) {
	for _, one := range s.Signed {
		if one.On > day {
			day, ok = one.On, true
		}
	}
	return day, ok
}

// Short is the state in a few words, for a card or a chip.
func (s State) Short() words.Text {
	switch s.Standing {
	case Agreed:
		return words.T("合意済み", "Agreed")
	case Partly:
		if s.Anew {
			return words.T("新しい言葉に署名待ち %d人", "New wording · %d to sign", len(s.Waiting))
		}
		return words.T("合意 %[1]d人・あと%[2]d人", "%[1]d agreed · %[2]d to go", len(s.Signed), len(s.Waiting))
	case Lapsed:
		return words.T("合意が切れています", "The agreement has lapsed")
	}
	return words.T("だれも合意していません", "Nobody has agreed")
}

// Sentence says where the agreement stands, for a report.
func (s State) Sentence() words.Text {
	switch s.Standing {
	case Agreed:
		if day, ok := s.Since(); ok {
			return words.T("この目標には、%[1]sまでに%[2]sが合意しています。", "%[2]s agreed to this goal by %[1]s.", day.Long(), namesOf(s.Signed))
		}
		return words.T("この目標には、%sが合意しています。", "%s agreed to this goal.", namesOf(s.Signed))
	case Partly:
		if s.Anew {
			return words.T("この目標には%[1]sが合意しています。言葉が新しくなったので、%[2]sの署名を待っています。", "%[1]s agreed to this goal. Its wording is new, and waits for %[2]s to sign.", namesOf(s.Signed), peopleOf(s.Waiting))
		}
		return words.T("この目標には%[1]sが合意しました。%[2]sの返事を待っています。", "%[1]s agreed to this goal. Waiting for %[2]s.", namesOf(s.Signed), peopleOf(s.Waiting))
	case Lapsed:
		return words.T("目標が変わったので、前の合意は切れています(%s)。", "The goal has changed, so the earlier agreement has lapsed (%s).", changesOf(s.Changed))
	}
	return words.T("だれもこの目標に合意していません。", "Nobody has agreed to this goal.")
}

// Nameless is the sentence without anybody's name, for pages handed out.
func (s State) Nameless() words.Text {
	switch s.Standing {
	case Agreed:
		return words.T("この目標には%d人が合意しています。", "People who agreed to this goal: %d.", len(s.Signed))
	case Partly:
		if s.Anew {
			return words.T("この目標には%[1]d人が合意しています。言葉が新しくなったので、%[2]d人の署名を待っています。", "People who agreed to this goal: %[1]d. Its wording is new; still to sign: %[2]d.", len(s.Signed), len(s.Waiting))
		}
		return words.T("この目標には%[1]d人が合意し、%[2]d人の返事を待っています。", "People who agreed to this goal: %[1]d; still to answer: %[2]d.", len(s.Signed), len(s.Waiting))
	}
	return s.Sentence()
}

// Mend is what to do about it; zero where nothing is to be done.
func (s State) Mend() words.Text {
	switch s.Standing {
	case Agreed:
		return words.Text{}
	case Partly:
		return words.T("まだの人に、合意のページで署名を頼みましょう。", "Ask those who have not signed yet, on the page Agreement.")
	case Lapsed:
		return words.T("新しい目標の言葉を見せて、もう一度署名を頼みましょう。", "Show the wording of the new goal and ask for signatures again.")
	}
	return words.T("それぞれの言葉で目標を書いてもらい、違いを話してから署名しましょう。", "Let each write the goal in their own words, talk about the differences, then sign.")
}

// DifferSentence says on which aspects people differ, without telling what anybody said:
// who has not spoken yet may read it. Zero where nobody differs,
// and where all of it stands in the model file, whose own check tells it.
func (s State) DifferSentence() words.Text {
	if len(s.Differ) == 0 || !s.Spoken {
		return words.Text{}
	}
	names := make([]words.Text, len(s.Differ))
	for i, a := range s.Differ {
		names[i] = a.inside()
	}
	many := "%[1]d people said what “%[2]s” is to them, and they differ (%[3]s)."
	if s.Stated == 1 {
		many = "%[1]d person said what “%[2]s” is to them, and it is not what the goal says (%[3]s)."
	}
	return words.T("%[1]d人の言葉をくらべると、「%[2]s」の受け取り方が違います(%[3]s)。", many, s.Stated, s.Goal.Name, words.Join(names, "・", ", "))
}

// inside is the aspect's name in the middle of a sentence.
func (a Aspect) inside() words.Text {
	return map[Aspect]words.Text{
		Purpose: words.T("目的", "the purpose"), Meaning: words.T("数えるもの", "what is counted"),
		HowMuch: words.T("数", "the number"), Deadline: words.T("期限", "the deadline"),
	}[a]
}

// WouldEnd says whose signatures a change of the goal ends, before it is made.
func WouldEnd(signed []Signature) words.Text {
	if len(signed) == 1 {
		return words.T("保存すると目標が変わり、%sさんの署名が切れます。", "Saving this changes the goal: the signature of %s ends.", namesOf(signed))
	}
	return words.T("保存すると目標が変わり、%[1]d人の署名が切れます(%[2]s)。", "Saving this changes the goal: %[1]d signatures end (%[2]s).", len(signed), namesOf(signed))
}

func namesOf(list []Signature) words.Text {
	people := make([]Person, len(list))
	for i, one := range list {
		people[i] = one.By
	}
	return peopleOf(people)
}

// peopleOf names a few people and counts the others.
func peopleOf(list []Person) words.Text {
	var names []words.Text
	for i, p := range list {
		if i == namedMost {
			break
		}
		names = append(names, named(p))
	}
	text := words.Join(names, "、", ", ")
	if more := len(list) - namedMost; more > 0 {
		return words.T("%[1]sほか%[2]d人", "%[1]s and %[2]d more", text, more)
	}
	return text
}

func changesOf(list []Change) words.Text {
	parts := make([]words.Text, len(list))
	for i, c := range list {
		parts[i] = c.Sentence
	}
	return words.Join(parts, "、", "; ")
}
