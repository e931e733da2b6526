package agreement

import (
	"strconv"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Person is somebody whose word counts. The name is kept as it was: people leave.
type Person struct {
	ID         string `json:"id,omitempty"` // "" for somebody without an account
	Name       string `json:"name"`
	Department string `json:"department,omitempty"`
}

// Is reports whether two are one person: by account where both have one, else by name.
func (p Person) Is(other Person) bool {
	if p.ID != "" && other.ID != "" {
		return p.ID == other.ID
	}
	return plainly(p.Name) == plainly(other.Name) && p.ID == other.ID
}

// Said is the goal in somebody's own words, as they were typed.
type Said struct {
	Purpose  string `json:"purpose"`  // what for
	Meaning  string `json:"meaning"`  // what is counted as one
	Amount   string `json:"amount"`   // how much: 年100件, 月8件
	Deadline string `json:"deadline"` // by when: 3月末
}

// Empty reports whether nothing was said.
func (s Said) Empty() bool {
	return plainly(s.Purpose) == "" && plainly(s.Meaning) == "" && plainly(s.Amount) == "" && plainly(s.Deadline) == ""
}

// Reading is what was understood of somebody's words on the day they wrote them.
type Reading struct {
	Number        *Number     `json:"number,omitempty"`
	Day           *series.Day `json:"day,omitempty"`
	NumberTrouble Trouble     `json:"number_trouble,omitempty"`
	DayTrouble    Trouble     `json:"day_trouble,omitempty"`
}

// Read understands somebody's words. today is the day they are written on, fiscal the
// month their year starts in.
func Read(s Said, today series.Day, fiscal series.Fiscal) Reading {
	var r Reading
	if plainly(s.Amount) != "" {
		if n, trouble := ReadNumber(s.Amount); trouble == Fine {
			r.Number = &n
		} else {
			r.NumberTrouble = trouble
		}
	}
	if plainly(s.Deadline) != "" {
		if day, trouble := ReadDeadline(s.Deadline, today, fiscal); trouble == Fine {
			r.Day = &day
		} else {
			r.DayTrouble = trouble
		}
	}
	return r
}

// Statement is one person's word on what the goal is.
type Statement struct {
	By Person `json:"by"`
	Said
	Reading
	Round   int        `json:"round"`
	Version int        `json:"version"` // of the model at that time
	On      series.Day `json:"on"`
	// Blind says that it was written before the others' were seen.
	Blind   bool   `json:"blind"`
	HeardBy string `json:"heard_by,omitempty"` // who wrote it down for somebody without an account
	InFile  bool   `json:"in_file,omitempty"`  // it stands in the model file
}

// InFile is what the model file has people say.
func InFile(m *goal.Model, version int) []Statement {
	kgi := m.KGI()
	list := make([]Statement, 0, len(kgi.Stated))
	for _, s := range kgi.Stated {
		one := Statement{By: Person{Name: s.By, Department: roleName(s.Role).In(m.Locale)}, Version: version, InFile: true}
		if s.Purpose != "" {
			one.Purpose = goal.ManagementGoal(s.Purpose).In(m.Locale)
		}
		one.Meaning = s.Meaning
		if s.Amount != nil {
			n := Number{Value: *s.Amount, Unit: kgi.Unit, Growth: s.Kind == goal.TargetGrowth}
			if s.Kind == goal.TargetHold {
				n.Per = s.Per.String()
			}
			if n.Growth {
				n.Unit = ""
			}
			one.Number, one.Amount = &n, n.Text(kgi.Unit).In(m.Locale)
		}
		if s.Deadline != nil {
			one.Day, one.Deadline = copied(s.Deadline), s.Deadline.Long().In(m.Locale)
		}
		list = append(list, one)
	}
	return list
}

// roleName is a stakeholder's role as the file has it.
func roleName(role string) words.Text {
	switch role {
	case "management":
		return words.T("経営", "Management")
	case "field":
		return words.T("現場", "Field")
	case "sales":
		return words.T("営業", "Sales")
	}
	return words.Text{JA: role, EN: role}
}

// Newest keeps the last word of each person, in the order in which they first spoke. What
// the file says of somebody yields to what they said themselves.
func Newest(list []Statement) []Statement {
	var out []Statement
next:
	for _, s := range list {
		for i := range out {
			if out[i].By.Is(s.By) || out[i].InFile && plainly(out[i].By.Name) == plainly(s.By.Name) {
				out[i] = s
				continue next
			}
		}
		out = append(out, s)
	}
	return out
}

// Hint is what would make somebody's words clearer, for one field of the form.
type Hint struct {
	Field string // purpose, meaning, amount, deadline
	Text  words.Text
}

// Hints is what the words still lack, judged while they are typed: whether one could tell
// that the goal is reached, by when, and what for.
func (s Said) Hints(r Reading, unit string, today series.Day) []Hint {
	var list []Hint
	add := func(field string, text words.Text) { list = append(list, Hint{field, text}) }
	example := words.Amount{Value: 100, Unit: unit}
	month := words.Amount{Value: 8, Unit: unit}
	switch {
	case plainly(s.Amount) == "":
		add("amount", words.T("「増やす」だけでは、届いたか分かりません。いくつにしますか。", "“More” alone never tells whether you have arrived. How much?"))
	case r.NumberTrouble == NoFigure:
		add("amount", words.T("数が見つかりません。「年%[1]s」「月%[2]s」「前年の1.2倍」のように書いてください。", "There is no number in it. Write it like “%[1]s a year”, “%[2]s a month”, “1.2 times last year”.", example, month))
	case r.NumberTrouble == ManyFigure:
		add("amount", words.T("数が2つ以上あります。目標にする数を1つだけ書いてください。", "There is more than one number. Write just the one to aim for."))
	case r.NumberTrouble == Increase:
		add("amount", words.T("いくつ増やすかではなく、いくつにするかを書いてください。", "Not how many more: how many in the end?"))
	}
	switch {
	case plainly(s.Deadline) == "":
		add("deadline", words.T("いつまでかを書いてください。「今年度末」「3月末」でも読めます。", "By when? “end of the fiscal year” or “end of March” will do."))
	case r.DayTrouble != Fine:
		add("deadline", words.T("日付が読めません。「2027年3月末」「今年度末」「半年後」のように書いてください。", "No day can be read from it. Write it like “end of March 2027”, “end of the fiscal year”, “in 6 months”."))
	case r.Day != nil && *r.Day < today:
		add("deadline", words.T("%sは過ぎています。", "%s has passed.", r.Day.Long()))
	}
	if plainly(s.Purpose) == "" {
		add("purpose", words.T("何のための目標かを書いてください。売上・採用・認知など、その先にあるものです。", "What is it for? What lies behind it: revenue, hiring, being known."))
	}
	if plainly(s.Meaning) == "" {
		add("meaning", words.Text{JA: "何が起きたら1" + counter(unit) + "と数えますか。", EN: "What has to happen to count as one?"})
	}
	return list
}

// counter is the unit behind the figure one in Japanese.
func counter(unit string) string {
	if unit == "%" || unit == "" {
		return "つ"
	}
	return unit
}

// Sentence puts what was understood into one sentence, so that whoever wrote it can see
// whether it is what they meant. Zero while nothing was understood.
func (r Reading) Sentence(name, unit string) words.Text {
	switch {
	case r.Number == nil && r.Day == nil:
		return words.Text{}
	case r.Number == nil:
		return words.T("期限は%sです。", "The deadline is %s.", r.Day.Long())
	case r.Day == nil:
		return words.T("「%[1]s」を%[2]sにする、と読みました。", "Read as: bring “%[1]s” to %[2]s.", name, r.Number.Text(unit))
	}
	return words.T("%[3]sまでに「%[1]s」を%[2]sにする、と読みました。", "Read as: bring “%[1]s” to %[2]s by %[3]s.", name, r.Number.Text(unit), r.Day.Long())
}

func plainFigure(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
