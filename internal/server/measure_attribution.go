package server

import (
	"context"
	"math"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/words"
)

// AttributionReply shares outcomes among the ways people came.
type AttributionReply struct {
	ReportHead
	Outcomes []OutcomeView     `json:"outcomes" doc:"what can be chosen, the KGI first"`
	Outcome  *OutcomeView      `json:"outcome" doc:"what was chosen; null where nothing can be traced"`
	Model    string            `json:"model" enum:"last,first,linear,position,decay"`
	By       string            `json:"by" enum:"channel,source,campaign,content,entry"`
	Rows     []AttributionRow  `json:"rows" doc:"most outcomes first"`
	Unknown  float64           `json:"unknown" doc:"outcomes without any visit in the look-back"`
	Total    float64           `json:"total"`
	Value    float64           `json:"value"`
	Currency string            `json:"currency" doc:"the unit of money, as the model writes it: 円, $, EUR"`
	Models   map[string]string `json:"models" doc:"what each model does"`
	Note     string            `json:"note" doc:"what these numbers do not say"`
	Costs    []CostMetric      `json:"costs" doc:"the cost metrics there are"`
	Cost     *string           `json:"cost" doc:"the cost metric laid beside"`
}

// AttributionRow is one way people came.
type AttributionRow struct {
	Key      string       `json:"key"`
	Label    string       `json:"label"`
	Outcomes float64      `json:"outcomes"`
	Share    front.Number `json:"share"`
	Value    float64      `json:"value"`
	Visits   int64        `json:"visits"`
	Rate     front.Number `json:"rate" doc:"outcomes per visit"`
	Assists  int          `json:"assists"`
	Firsts   int          `json:"firsts"`
	Lasts    int          `json:"lasts"`
	Cost     front.Number `json:"cost"`
	PerUnit  front.Number `json:"per_unit" doc:"cost per outcome (CPA)"`
	ROAS     front.Number `json:"roas" doc:"value / cost"`
	ROI      front.Number `json:"roi" doc:"(value - cost) / cost"`
}

// attributionAsked is a request's own part.
type attributionAsked struct {
	indicator, event, model, by, cost string
	lookback                          int
}

func (s *Server) registerAttribution(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-attribution", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/attribution",
		Summary: "Which ways in brought the outcomes, and at what cost", Tags: []string{"measure"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Indicator string `query:"indicator" maxLength:"80" doc:"the outcome; the KGI, or the nearest indicator that can be traced, where absent"`
		Event     string `query:"event" maxLength:"200" doc:"an event as the outcome"`
		Model     string `query:"model" enum:"last,first,linear,position,decay" default:"last"`
		By        string `query:"by" enum:"channel,source,campaign,content,entry" default:"channel"`
		Lookback  int    `query:"lookback" minimum:"1" maximum:"366" default:"90" doc:"days before the outcome"`
		Cost      string `query:"cost" maxLength:"170" doc:"a metric of cost to lay beside (source.metric); none: -"`
	}) (AttributionReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return AttributionReply{}, err
		}
		return a.attribution(ctx, attributionAsked{in.Indicator, in.Event, in.Model, in.By, in.Cost, in.Lookback})
	})
}

// mostJourneys bounds one report; beyond it, the span should be shorter.
const mostJourneys = 200_000

func (a asked) attribution(ctx context.Context, in attributionAsked) (AttributionReply, error) {
	reply := AttributionReply{
		ReportHead: a.head(), Outcomes: []OutcomeView{}, Model: in.model, By: in.by, Rows: []AttributionRow{},
		Models: attributionModels(a.lang), Costs: a.costMetrics(),
		Note: words.T("どこを通って来たかを数えたもので、その流入元のおかげかどうかまでは分かりません。たしかめるには、くらべるために一部で止めてみます(実験)。",
			"This counts the ways people came by. Whether a way caused the outcome is another question; an experiment that leaves it out for some answers it.").In(a.lang),
	}
	choice, err := a.chooseOutcome(ctx, in.indicator, in.event)
	reply.Outcomes, reply.Outcome = choice.all, choice.view
	if err != nil || len(choice.steps) == 0 {
		return reply, err
	}
	var journeys []insight.Outcome
	for _, step := range choice.steps {
		found, err := a.reader.Journeys(ctx, a.scope, warehouse.JourneyQuery{Outcome: step, LookbackDays: in.lookback, Limit: mostJourneys})
		if err != nil {
			return reply, err
		}
		for _, j := range found {
			journeys = append(journeys, a.traced(j, in.by))
		}
	}
	credits, unknown := insight.Attribute(journeys, insight.AttributionModel(in.model))
	visits, err := a.visitsBy(ctx, in.by)
	if err != nil {
		return reply, err
	}
	costs, chosenCost := a.costsBy(in.by, in.cost)
	reply.Currency = a.currency(chosenCost)
	reply.Cost, reply.Unknown = chosenCost, unknown.Outcomes
	reply.Total, reply.Value = float64(len(journeys)), unknown.Value
	seen := map[string]bool{}
	for _, c := range credits {
		reply.Value += c.Value
		seen[c.Key] = true
	}
	for _, c := range credits {
		reply.Rows = append(reply.Rows, a.attributionRow(c, in.by, reply, visits[c.Key], costs))
	}
	for _, key := range sortedKeys(costs) { // money spent that brought nothing is the most important row
		if !seen[key] && costs[key] > 0 {
			reply.Rows = append(reply.Rows, a.attributionRow(insight.Credit{Key: key}, in.by, reply, visits[key], costs))
		}
	}
	return reply, nil
}

// traced is a journey with its visits named by what is asked.
func (a asked) traced(j warehouse.Journey, by string) insight.Outcome {
	o := insight.Outcome{At: int64(j.At), Value: j.Value, Touches: make([]insight.Touch, 0, len(j.Touches))}
	for _, t := range j.Touches {
		o.Touches = append(o.Touches, insight.Touch{At: int64(t.At), Key: a.wayIn(t.Traffic, t.Entry, by), Direct: t.Traffic == (warehouse.Traffic{})})
	}
	return o
}

// wayIn names a visit's way in by channel, source, campaign, content or entry page.
func (a asked) wayIn(t warehouse.Traffic, entry, by string) string {
	switch by {
	case "channel":
		return a.channel(t)
	case "campaign":
		return t.Campaign.Name
	case "content":
		return t.Campaign.Content
	case "entry":
		return entry
	}
	return trafficSource(t)
}

func (a asked) visitsBy(ctx context.Context, by string) (map[string]int64, error) {
	visits := map[string]int64{}
	if by == "entry" {
		groups, err := a.reader.Breakdown(ctx, a.scope, warehouse.FieldEntry, warehouse.Paging{Limit: 10_000})
		for _, g := range groups {
			visits[g.Value] = g.Visits
		}
		return visits, err
	}
	days, err := a.reader.Traffic(ctx, a.scope)
	for _, d := range days {
		visits[a.wayIn(d.Traffic, "", by)] += d.Visits
	}
	return visits, err
}

func (a asked) attributionRow(c insight.Credit, by string, of AttributionReply, visits int64, costs map[string]float64) AttributionRow {
	none := front.Number(math.NaN())
	row := AttributionRow{
		Key: c.Key, Label: a.wayLabel(by, c.Key), Outcomes: c.Outcomes, Share: none, Value: c.Value, Visits: visits, Rate: none,
		Assists: c.Assists, Firsts: c.Firsts, Lasts: c.Lasts, Cost: none, PerUnit: none, ROAS: none, ROI: none,
	}
	if of.Total > 0 {
		row.Share = front.Number(c.Outcomes / of.Total)
	}
	if visits > 0 {
		row.Rate = front.Number(c.Outcomes / float64(visits))
	}
	cost, known := costs[c.Key]
	if !known {
		return row
	}
	row.Cost = front.Number(cost)
	if c.Outcomes > 0 {
		row.PerUnit = front.Number(cost / c.Outcomes)
	}
	// Where outcomes are worth money at all, money that brought none back is a zero and no gap.
	if cost > 0 && of.Value > 0 {
		row.ROAS, row.ROI = front.Number(c.Value/cost), front.Number((c.Value-cost)/cost)
	}
	return row
}

func (a asked) wayLabel(by, key string) string {
	field := map[string]warehouse.Field{
		"channel": warehouse.FieldChannel, "campaign": warehouse.FieldCampaign, "content": warehouse.FieldContent, "entry": warehouse.FieldEntry,
	}[by]
	if field == "" {
		field = warehouse.FieldSource
	}
	return a.label(field, key)
}

// trafficSource is where a visit says it came from; "" came directly.
func trafficSource(t warehouse.Traffic) string {
	if t.Campaign.Source != "" {
		return strings.ToLower(t.Campaign.Source)
	}
	return t.ReferrerHost
}

func attributionModels(lang words.Lang) map[string]string {
	out := map[string]string{}
	for model, text := range map[insight.AttributionModel]words.Text{
		insight.AttributeLast:     words.T("最後に通った流入元に、すべて付けます(直接は除きます)", "all of it to the last way in that was not direct"),
		insight.AttributeFirst:    words.T("はじめに知ってもらった流入元に、すべて付けます", "all of it to the first way in"),
		insight.AttributeLinear:   words.T("通った流入元すべてに、同じだけ分けます", "the same to every way in"),
		insight.AttributePosition: words.T("はじめと最後に40%ずつ、間に残りを分けます", "40 % each to the first and the last, the rest between"),
		insight.AttributeDecay:    words.T("成果に近い訪問ほど多く付けます(7日で半分)", "the nearer to the outcome the more; halved every 7 days"),
	} {
		out[string(model)] = text.In(lang)
	}
	return out
}
