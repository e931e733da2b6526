package demo

import "github.com/shirube/shirube/internal/words"

// Colleague is somebody of the made-up company who looks at its goal, too.
type Colleague struct {
	Name, Email, Department string
	Role                    string // owner, editor, member, viewer
}

// Team is who works at the made-up company: the first is the one whose eyes it is seen
// through. The others are those a goal has to be shared with.
func Team(lang words.Lang) []Colleague {
	of := func(ja, en string) string { return words.T(ja, en).In(lang) }
	return []Colleague{
		{of("田中 美咲", "Misaki Tanaka"), "tanaka@hinata.example", of("マーケティング", "Marketing"), "owner"},
		{of("山本 直子", "Naoko Yamamoto"), "yamamoto@hinata.example", of("経営", "Management"), "viewer"},
		{of("佐藤 健", "Ken Sato"), "sato@hinata.example", of("採用", "Recruiting"), "member"},
		{of("鈴木 亮", "Ryo Suzuki"), "suzuki@hinata.example", of("営業", "Sales"), "viewer"},
	}
}
