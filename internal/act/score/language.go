package score

import (
	"fmt"
	"strings"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// Conditions is the house's language of conditions, as Compile takes it.
func Conditions() Language {
	return Language{Watch: condition.WatchOf, Holds: condition.Holds, Again: func(c condition.Condition, f condition.Facts) event.Millis {
		at, ok := condition.NextChange(c, f)
		if !ok {
			return 0
		}
		return at
	}}
}

// Watched is all behaviour a card asks about, with its longest window: of its rules and of
// the conditions of its fit rules.
func (c Card) Watched() []condition.Watched {
	var all []condition.Condition
	for _, f := range c.Fit {
		all = append(all, f.If)
	}
	for _, r := range c.Behaviour {
		days := r.Days
		if r.Times <= 1 && r.Decay != nil && r.Decay.Kind == Linear && (days == 0 || r.Decay.Days < days) {
			days = r.Decay.Days // what is older gives nothing
		}
		all = append(all, condition.Condition{Did: &condition.Did{Matcher: r.Matcher, Days: days}})
	}
	if c.Outcome != nil {
		all = append(all, condition.Condition{Did: &condition.Did{Matcher: *c.Outcome}})
	}
	return condition.Watches(all...)
}

// language checks what the language of conditions has to say.
func (k *checking) language(pointer, inside string, c condition.Condition) {
	for _, p := range condition.Check(c) {
		path := strings.NewReplacer("[", "/", "]", "", ".", "/").Replace(p.Path)
		if path = strings.TrimPrefix(path, inside); path != "" && !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		k.say(pointer+path, p.What, words.Text{})
	}
}

func (k *checking) matcher(pointer string, m condition.Matcher) {
	k.language(pointer, "did", condition.Condition{Did: &condition.Did{Matcher: m}})
}

func (k *checking) conditions(c Card) {
	for i, f := range c.Fit {
		at := fmt.Sprintf("/fit/%d/if", i)
		k.language(at, "", f.If)
		if len(condition.Cards(f.If)) > 0 {
			// Which of two cards that ask for each other comes first nobody can tell.
			k.say(at, words.T("点のルールでは、点数をたずねられません。", "A rule of points cannot ask for points."),
				words.T("属性・行動・同意・タグ・セグメントから選んでください。", "Choose a property, behaviour, consent, a tag or a segment."))
		}
	}
	if len(c.Serves) > MostName {
		k.say("/serves", words.T("指標の名前が長すぎます。", "The indicator's name is too long."), words.T("地図の指標から選んでください。", "Choose an indicator of the map."))
	}
	for i, r := range c.Behaviour {
		if r.Page != "" || r.Event != "" {
			k.matcher(fmt.Sprintf("/behaviour/%d", i), r.Matcher)
		}
	}
	if c.Outcome != nil {
		k.matcher("/outcome", *c.Outcome)
	}
}
