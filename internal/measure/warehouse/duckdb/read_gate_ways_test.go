package duckdb

import (
	"context"
	"fmt"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/event/channel"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/measure/warehouse"
)

// TestGateManyWays measures what rules of channels cost a workspace that visits came to by
// fifty thousand ways: rules are applied to all of them when a question is asked, so that a
// new rule holds for the past at once.
func TestGateManyWays(t *testing.T) {
	evidence.Gate(t)
	const many = 50_000
	rules := channel.Default
	options := suiteOptions()
	options.Zone = nil
	options.Channel = func(_ event.Workspace, w warehouse.Traffic) string {
		c := w.Campaign
		return string(channel.Classify(rules, channel.Inputs{Source: c.Source, Medium: c.Medium, Campaign: c.Name, ClickID: w.ClickID, ReferrerHost: w.ReferrerHost}))
	}
	db := open(t, options)
	for from := 0; from < many; from += 5000 {
		var events []event.Event
		for i := from; i < from+5000; i++ {
			e := event.Event{
				Workspace: gateScope.Workspace, MessageID: fmt.Sprint("m", i), Visitor: fmt.Sprint("v", i), AnonymousID: fmt.Sprint("v", i), Kind: event.Page,
				At: event.Millis(int64(gateFirst)*86_400_000 + int64(i%gateDays)*86_400_000 + int64(i)), Host: "example.jp", Path: "/",
				Campaign: event.Campaign{Source: fmt.Sprint("partner", i%500), Medium: []string{"affiliate", "cpc", "newsletter"}[i%3], Name: fmt.Sprint("campaign ", i%1000), Term: fmt.Sprint("word ", i)},
			}
			e.ReceivedAt = e.At
			events = append(events, e)
		}
		if _, err := db.Write(t.Context(), 0, events); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		if err := db.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	overview := func(ctx context.Context) error {
		_, err := db.Overview(ctx, gateScope, gateFields, 10)
		return err
	}
	byNewRules := 0
	for _, each := range []struct {
		name string
		most float64
		ask  func(context.Context) error
	}{
		{"overview", 300, overview},
		{"overview by other rules each time", 300, func(ctx context.Context) error {
			byNewRules++
			own := channel.Rule{Channel: channel.Affiliate, When: []channel.Condition{{On: "campaign", Op: "is", Values: []string{fmt.Sprint("campaign ", byNewRules)}}}}
			rules = append(channel.Rules{own}, channel.Default...)
			return overview(ctx)
		}},
		{"breakdown by channel", 300, func(ctx context.Context) error {
			_, err := db.Breakdown(ctx, gateScope, warehouse.FieldChannel, warehouse.Paging{Limit: 50})
			return err
		}},
		{"overview of a channel", 500, func(ctx context.Context) error {
			s := gateScope
			s.Filters = []warehouse.Filter{{Field: warehouse.FieldChannel, Op: warehouse.Is, Values: []string{string(channel.Affiliate)}}}
			_, err := db.Overview(ctx, s, gateFields, 10)
			return err
		}},
	} {
		took := measured(t, 7, each.ask)
		t.Logf("50,000 ways in: %s: %v", each.name, took)
		evidence.AtMost(t, evidence.Figure{Room: "warehouse", Case: "50,000 ways in", Name: each.name + " p95, ms", Got: took[1], Tries: 7}, each.most, 0)
	}
}
