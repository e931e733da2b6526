package score

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// Wrong is one thing that is wrong with a card: where (a JSON pointer), what, and the mend.
type Wrong struct {
	Pointer string
	What    words.Text
	Mend    words.Text
}

// Check finds what is wrong with a card.
func Check(c Card) []Wrong {
	k := &checking{groups: map[string]bool{}, ids: map[string]bool{}}
	k.name("/name", c.Name)
	k.most("/fit", len(c.Fit), MostFit)
	k.most("/behaviour", len(c.Behaviour), MostBehaviour)
	k.most("/groups", len(c.Groups), MostGroups)
	k.most("/bands", len(c.Bands), MostBands)
	for i, g := range c.Groups {
		at := fmt.Sprintf("/groups/%d", i)
		k.name(at+"/name", g.Name)
		if k.groups[g.Name] {
			k.say(at+"/name", words.T("グループ「%s」が2回あります。", "The group %q is there twice.", g.Name), words.T("どちらかの名前を変えてください。", "Rename one of them."))
		}
		k.groups[g.Name] = true
		k.within(at+"/most", g.Most, 1, MostPoints)
	}
	for i, f := range c.Fit {
		at := fmt.Sprintf("/fit/%d", i)
		k.rule(at, f.ID, f.Name, f.Points, f.Group)
	}
	for i, r := range c.Behaviour {
		k.behaviour(fmt.Sprintf("/behaviour/%d", i), r)
	}
	for i, b := range c.Bands {
		at := fmt.Sprintf("/bands/%d", i)
		k.name(at+"/name", b.Name)
		k.within(at+"/from", b.From, -MostPoints*10, MostPoints*10)
		if i > 0 && b.From >= c.Bands[i-1].From {
			k.say(at+"/from", words.T("帯「%s」は、上の帯「%s」より低い点から始めてください。", "The band %q has to begin below the band %q above it.", b.Name, c.Bands[i-1].Name), words.T("点の高い帯から順に並べます。", "Bands stand from the highest down."))
		}
		for _, earlier := range c.Bands[:i] {
			if earlier.Name == b.Name {
				k.say(at+"/name", words.T("帯「%s」が2回あります。", "The band %q is there twice.", b.Name), words.T("どちらかの名前を変えてください。", "Rename one of them."))
			}
		}
	}
	if c.Hot != nil {
		k.within("/hot", *c.Hot, 1, MostPoints*10)
	}
	if c.AWeek != 0 {
		k.within("/a_week", c.AWeek, 1, MostPoints)
	}
	if c.Rate < 0 || c.Rate > 1 {
		k.say("/rate", words.T("率は0から1までです。", "The rate lies between 0 and 1."), words.T("20%なら 0.2 と書いてください。", "Write 0.2 for 20%."))
	}
	k.conditions(c)
	return k.found
}

type checking struct {
	found       []Wrong
	groups, ids map[string]bool
}

func (k *checking) say(pointer string, what, mend words.Text) {
	k.found = append(k.found, Wrong{pointer, what, mend})
}

func (k *checking) name(pointer, name string) {
	switch {
	case strings.TrimSpace(name) == "":
		k.say(pointer, words.T("名前がありません。", "The name is missing."), words.T("読む人に分かる名前を書いてください。", "Write a name that its readers understand."))
	case utf8.RuneCountInString(name) > MostName:
		k.say(pointer, words.T("名前が長すぎます。", "The name is too long."), words.T("%d文字までにしてください。", "Keep it within %d characters.", MostName))
	}
}

func (k *checking) most(pointer string, n, most int) {
	if n > most {
		k.say(pointer, words.T("%d個あり、多すぎます。", "There are %d, which is too many.", n), words.T("%d個までにしてください。", "Keep it to %d.", most))
	}
}

func (k *checking) within(pointer string, n, from, to int) {
	if n < from || n > to {
		k.say(pointer, words.T("%dは使えません。", "%d cannot be used.", n), words.T("%d から %d までの整数にしてください。", "Use a whole number from %d to %d.", from, to))
	}
}

func (k *checking) rule(at, id, name string, points int, group string) {
	switch {
	case strings.TrimSpace(id) == "" || len(id) > 64:
		k.say(at+"/id", words.T("ルールのidがないか、長すぎます。", "The rule's id is missing or too long."), words.T("64文字までの短い名前をつけてください。", "Give it a short one, up to 64 characters."))
	case k.ids[id]:
		k.say(at+"/id", words.T("id「%s」が2回あります。", "The id %q is there twice.", id), words.T("どちらかを変えてください。", "Change one of them."))
	}
	k.ids[id] = true
	k.name(at+"/name", name)
	if points == 0 {
		k.say(at+"/points", words.T("0点のルールは何も変えません。", "A rule of 0 points changes nothing."), words.T("点をつけるか、ルールを消してください。", "Give it points, or take it out."))
	}
	k.within(at+"/points", points, -MostPoints, MostPoints)
	if group != "" && !k.groups[group] {
		k.say(at+"/group", words.T("グループ「%s」がありません。", "There is no group %q.", group), words.Suggestion(group, slices.Sorted(maps.Keys(k.groups))))
	}
}

func (k *checking) behaviour(at string, r Rule) {
	k.rule(at, r.ID, r.Name, r.Points, r.Group)
	if r.Page == "" && r.Event == "" {
		k.say(at, words.T("何をしたら点がつくのかが書かれていません。", "It does not say what gives the points."), words.T("page か event を書いてください。", "Write a page or an event."))
	}
	for _, n := range []struct {
		key   string
		value int
		most  int
	}{{"times", r.Times, MostTimes}, {"days", r.Days, MostDays}, {"a_day", r.ADay, MostTimes}, {"in_all", r.InAll, MostTimes}, {"most", r.Most, MostPoints * 10}} {
		k.within(at+"/"+n.key, n.value, 0, n.most)
	}
	if r.Times > 1 && r.InAll > 0 {
		k.say(at+"/in_all", words.T("「%d回で」のルールは1度だけ点になるので、in_all は使えません。", "A rule of “%d times” gives its points once, so in_all does nothing.", r.Times), words.T("in_all を消してください。", "Take in_all out."))
	}
	if r.Verb != nil && (r.Verb.JA == "" || r.Verb.EN == "" || utf8.RuneCountInString(r.Verb.JA+r.Verb.EN) > MostName) {
		k.say(at+"/verb", words.T("動詞は日本語と英語の両方を書いてください。", "A verb needs both languages."), words.T("例: {\"ja\": \"保存した\", \"en\": \"saved\"}", `For example {"ja": "保存した", "en": "saved"}.`))
	}
	if r.Decay == nil {
		return
	}
	if r.Decay.Kind != Linear && r.Decay.Kind != HalfLife {
		k.say(at+"/decay/kind", words.T("減り方「%s」はありません。", "There is no decay %q.", r.Decay.Kind), words.T("linear（一定に減る）か half-life（半分ずつ減る）を選んでください。", "Choose linear or half-life."))
	}
	k.within(at+"/decay/days", r.Decay.Days, 1, MostDays)
}
