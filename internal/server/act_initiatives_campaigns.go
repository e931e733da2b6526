package server

import (
	"context"
	"slices"

	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// InitiativeCampaigns is what came by the links of an initiative's campaigns, told by the
// visits themselves.
type InitiativeCampaigns struct {
	Span     *series.Span         `json:"span" doc:"the days looked at; null: it has not begun, or names no campaign"`
	Before   *series.Span         `json:"before" doc:"as many days before"`
	Rows     []InitiativeCampaign `json:"rows" doc:"in the order the initiative names them"`
	Counted  bool                 `json:"counted" doc:"the KPI is known person by person; without it only visits are"`
	Visits   float64              `json:"visits" doc:"by all of its links"`
	Brought  *float64             `json:"brought" doc:"of the KPI, by its links: the last way in that was not direct; null where it is not counted"`
	Rest     *float64             `json:"rest" doc:"of the KPI, by all other ways"`
	Earlier  *float64             `json:"rest_before" doc:"the same in as many days before"`
	Change   *InitiativeRange     `json:"change" doc:"of the other ways, relative; null where there are too few"`
	Each     *float64             `json:"each" doc:"yen one of the KPI by its links; null where it cannot be told"`
	Sentence string               `json:"sentence"`
}

// InitiativeCampaign is one campaign.
type InitiativeCampaign struct {
	Campaign string   `json:"campaign"`
	Visits   float64  `json:"visits"`
	Brought  *float64 `json:"brought"`
}

// campaignsOf lays what came by an initiative's campaigns beside what came by other ways,
// during it and before.
func (s *Server) campaignsOf(ctx context.Context, of InitiativePath, lang words.Lang) (InitiativeCampaigns, error) {
	reply := InitiativeCampaigns{Rows: []InitiativeCampaign{}}
	ws, kept, err := s.ownInitiative(ctx, of)
	if err != nil {
		return reply, err
	}
	a, err := s.ask(ctx, of.Workspace, MeasuredSpan{}, lang)
	if err != nil {
		return reply, err
	}
	if len(kept.Campaigns) == 0 || kept.From == nil || *kept.From > a.today {
		return reply, nil
	}
	// Longer than a report may be is read from its end: what came lately is what is asked.
	span := series.Span{From: *kept.From, To: min(kept.Until(a.today), a.today)}
	span.From = max(span.From, span.To-mostReportDays+1)
	earlier := series.Span{From: span.From - series.Day(span.Days()), To: span.From - 1}
	reply.Span, reply.Before = &span, &earlier
	during, counted, err := a.byCampaign(ctx, kept.KPI, span)
	if err != nil {
		return reply, err
	}
	was, _, err := a.byCampaign(ctx, kept.KPI, earlier)
	if err != nil {
		return reply, err
	}
	came := initiative.Came{KPI: initiative.Named{ID: kept.KPI, Name: kept.KPI}, Days: span.Days(), Counted: counted, Rest: during.total, RestBefore: was.total, Cost: kept.Cost}
	if ind := a.board.model.Indicator(kept.KPI); ind != nil {
		came.KPI.Name, came.KPI.Unit = ind.Name, ind.Unit
	}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(kept.Campaigns))) {
		came.Visits += during.visits[name]
		came.Brought += during.brought[name]
		came.Rest -= during.brought[name]
		came.RestBefore -= was.brought[name]
	}
	for _, name := range kept.Campaigns {
		row := InitiativeCampaign{Campaign: name, Visits: during.visits[name]}
		if counted {
			brought := during.brought[name]
			row.Brought = &brought
		}
		reply.Rows = append(reply.Rows, row)
	}
	if newest, err := s.deps.Store.Initiatives.Newest(ctx, ws.ID); err != nil {
		return reply, err
	} else if e, told := newest[kept.ID]; told && e.Method == initiative.Intervention && e.Total && e.KPI.ID == kept.KPI && e.From == *kept.From {
		came.Lift = e.Effect
	}
	reply.Counted, reply.Visits, reply.Each, reply.Change = counted, came.Visits, came.Each(), rangeOf(came.Change())
	if counted {
		reply.Brought, reply.Rest, reply.Earlier = &came.Brought, &came.Rest, &came.RestBefore
	}
	reply.Sentence = came.Sentence().In(lang)
	return reply, nil
}

// cameBy is what came in a span, by the campaign people came by.
type cameBy struct {
	visits, brought map[string]float64
	total           float64 // of the KPI, by whatever way
}

// byCampaign counts visits, and the KPI where it is known person by person, by campaign.
func (a asked) byCampaign(ctx context.Context, kpi string, span series.Span) (cameBy, bool, error) {
	a.scope.Span = span
	out := cameBy{visits: map[string]float64{}, brought: map[string]float64{}}
	visits, err := a.visitsBy(ctx, "campaign")
	if err != nil {
		return out, false, err
	}
	for name, n := range visits {
		out.visits[name] = float64(n)
	}
	if ind := a.board.model.Indicator(kpi); ind == nil || len(eventSteps(a.board.model, ind)) == 0 {
		return out, false, nil
	}
	found, err := a.attribution(ctx, attributionAsked{indicator: kpi, model: "last", by: "campaign", cost: "-", lookback: campaignLookback})
	if err != nil {
		return out, false, err
	}
	for _, row := range found.Rows {
		out.brought[row.Key] = row.Outcomes
	}
	out.total = found.Total
	return out, true, nil
}

// campaignLookback is how many days before an outcome a visit by a link counts for it.
const campaignLookback = 90
