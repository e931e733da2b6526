package server

import (
	"context"
	"fmt"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/effect"
	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/demo/sales"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// toldDaysAgo is how many days ago the team asked what its initiative had brought.
var toldDaysAgo = []int{84, 42, 3}

// initiatives keeps what the office undertakes: one that its automation is part of, with what
// was known of it each time somebody asked, and an idea.
func (p *planting) initiatives(ctx context.Context) error {
	author := p.in(words.T("小林", "Kobayashi"))
	began := p.dayOf(p.office.Now - event.Millis(sales.RunningDays)*aDay)
	cost := 90_000.0
	p.past.to(p.office.Now - event.Millis(sales.RunningDays+2)*aDay)
	running := initiative.Initiative{Name: p.in(words.T("料金で迷っている方に、事例を届ける", "A case for those who hesitate at the price")), KPI: sales.KPI, State: initiative.Running, From: &began, Cost: &cost,
		Hypothesis: p.in(words.T("料金を何度も見る方は、自社と同じ規模の話があれば相談に進めるはず", "Whoever keeps looking at the price would ask, had they read of a company of their size")),
		Did:        p.in(words.T("同じ規模の事例を1本書き、料金を3回見た方に自動で送っている。5人に1人は、くらべるために送らない。", "Wrote one case and send it to whoever looks at the price three times; one in five is held out, to compare.")), Automations: []string{p.acts[0].id}}
	kept, err := p.tx.Initiatives.Create(ctx, p.ws, running, author)
	if err != nil {
		return err
	}
	for _, days := range toldDaysAgo {
		at := p.office.Now - event.Millis(days)*aDay
		p.past.to(at)
		if _, err := p.tx.Initiatives.Tell(ctx, p.ws, kept.ID, p.estimateAt(at, began), author); err != nil {
			return err
		}
	}
	p.past.to(p.office.Now - 6*aDay)
	idea := initiative.Initiative{Name: p.in(words.T("返事を4時間以内にする", "Answer within four hours")), KPI: "meeting_rate", Lever: "reply_hours", State: initiative.Idea,
		Hypothesis: p.in(words.T("返事が早いほど、ほかに決まる前に会えるはず", "The sooner we answer, the more we meet before they decide elsewhere"))}
	for _, i := range []initiative.Initiative{running, idea} {
		if faults := i.Check(); len(faults) > 0 {
			return fmt.Errorf("initiative %q: %s %s", i.Name, faults[0].Field, faults[0].What.EN)
		}
	}
	_, err = p.tx.Initiatives.Create(ctx, p.ws, idea, author)
	return err
}

func (p *planting) dayOf(at event.Millis) series.Day { return dayIn(at, template.Zone) }

// estimateAt is what the lot had shown up to a moment, counted as the server counts it.
func (p *planting) estimateAt(at event.Millis, began series.Day) initiative.Estimate {
	act := p.acts[0]
	happened := map[contact.ID]event.Millis{}
	var entries []effect.Entry
	for k, id := range p.ids {
		if entered := p.office.People[k].EnteredAt; entered > 0 && entered <= at {
			entries = append(entries, effect.Entry{Contact: id, Version: 1, Held: p.held[k], At: entered})
			if asked := sales.AskedAt(p.done[k]); asked > 0 && asked <= at {
				happened[id] = asked
			}
		}
	}
	days := effect.WatchDays([]*automation.Definition{act.d})
	e := effect.Judge(effect.Count(entries, []int{1}, sales.Holdout, days, at, func(id contact.ID) []event.Millis {
		if moment, did := happened[id]; did {
			return []event.Millis{moment}
		}
		return nil
	}))
	span := series.Span{From: began, To: p.dayOf(at) - 1}
	if e.Absolute == nil {
		return initiative.NotYet(initiative.WithinNoise, goalNamed(act.d.Name, p.office.Lang), span.From, span.To)
	}
	out := lotEstimate(e, act.d.Name, span)
	out.KPI = goalNamed(act.d.Name, p.office.Lang)
	cost := 90_000.0
	out.Pays(&cost)
	return out
}
