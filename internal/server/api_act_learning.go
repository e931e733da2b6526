package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// RateView is a share with its interval.
type RateView struct {
	Hits   int      `json:"hits"`
	Of     int      `json:"of"`
	Share  *float64 `json:"share" doc:"null: too few cases to tell"`
	Low    *float64 `json:"low" doc:"95 %"`
	High   *float64 `json:"high"`
	Needed int      `json:"needed" doc:"so many more cases until it can be told"`
	Text   string   `json:"text"`
}

// QualityView is how good a rule, a band or a card is at finding leads.
type QualityView struct {
	Name      string   `json:"name" doc:"id of the rule, name of the band; empty for the card"`
	Precision RateView `json:"precision" doc:"of those shown with it, how many came so far"`
	Recall    RateView `json:"recall" doc:"of all that came so far, how many had it"`
}

// JudgedReply is how a card did.
type JudgedReply struct {
	Stage string        `json:"stage"`
	Card  QualityView   `json:"card"`
	Rules []QualityView `json:"rules"`
	Bands []QualityView `json:"bands"`
	Open  int           `json:"open" doc:"shown, nothing said yet"`
	Drift *DriftView    `json:"drift" doc:"null: what was told still comes true, or cannot be judged yet"`
}

// DriftView is the alarm of a card that no longer comes true.
type DriftView struct {
	Text     string  `json:"text"`
	Expected float64 `json:"expected"`
	Came     int     `json:"came"`
}

// LineReply is the hot line that follows from what sales can take and the KPIs need.
type LineReply struct {
	OK     bool     `json:"ok" doc:"there is a line"`
	From   int      `json:"from"`
	Binds  string   `json:"binds" enum:",capacity,rate"`
	AWeek  float64  `json:"a_week"`
	Low    float64  `json:"low" doc:"95 % of weeks"`
	High   float64  `json:"high"`
	AtLine *float64 `json:"at_line" doc:"P(meeting) just at the line; null: cannot be told yet"`
	Chance RateView `json:"chance" doc:"meetings of those at the line or above"`
	Needed int      `json:"needed" doc:"so many more outcomes until the rate can be told"`
	Why    string   `json:"why"`
	Need   *string  `json:"need" doc:"how many meetings the model needs a week, and how that follows; null: the card serves no indicator"`
	Wanted LineWish `json:"wanted" doc:"what the line was worked out for"`
}

// LineWish is what a line was worked out for.
type LineWish struct {
	AWeek    float64  `json:"a_week" doc:"leads sales can take a week; 0: not said"`
	Rate     float64  `json:"rate" doc:"meetings a lead that are needed; 0: not said"`
	Meetings *float64 `json:"meetings" doc:"that the model needs a week; null: it cannot be told"`
}

// LearnedReply is a card proposed from outcomes.
type LearnedReply struct {
	Reason string       `json:"reason" enum:",not-enough-data,nothing-found,no-outcome"`
	Needed int          `json:"needed"`
	Text   string       `json:"text"`
	Card   *score.Card  `json:"card" doc:"null: there is none"`
	Bands  []ChanceBand `json:"bands" doc:"the highest first"`
	AUC    *float64     `json:"auc" doc:"on moments it has not seen: how often it puts who comes before who does not"`
	Pays   []PaysView   `json:"pays" doc:"from how many times on each thing pays"`
}

// ChanceBand is a band with the probability that goes with it.
type ChanceBand struct {
	Name   string  `json:"name"`
	From   int     `json:"from"`
	People int     `json:"people"`
	Hits   int     `json:"hits"`
	Chance float64 `json:"chance"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// PaysView is from how many times on something pays.
type PaysView struct {
	Name   string `json:"name"`
	Reason string `json:"reason" enum:",not-enough-data,no-threshold"`
	From   int    `json:"from"`
	Low    int    `json:"low"`
	High   int    `json:"high"`
	Days   int    `json:"days" doc:"within so many days; 0 ever"`
	Needed int    `json:"needed"`
	Text   string `json:"text"`
}

func (s *Server) registerLearning(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/score-cards/{id}"
	front.Handle(api, huma.Operation{
		OperationID: "judge-score-card", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/judged",
		Summary: "Precision and recall of a card, its rules and its bands, by what became of leads", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ScoreCardPath
		front.Lang
		Stage string `query:"stage" enum:"accepted,meeting,won" default:"meeting"`
	}) (JudgedReply, error) {
		return s.judgedCard(ctx, in.ScoreCardPath, score.Verdict(in.Stage), in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "line-of-score-card", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/line",
		Summary: "The hot line that follows from what sales can take a week and the rate the KPIs need", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ScoreCardPath
		front.Lang
		AWeek  float64 `query:"a_week" minimum:"0" maximum:"1000" doc:"leads sales can take a week; absent: as the card says"`
		Rate   float64 `query:"rate" minimum:"0" maximum:"1" doc:"meetings a lead that are needed; absent: as the model or the card says"`
		Serves string  `query:"serves" maxLength:"120" doc:"the indicator that counts the meetings; absent: as the card says"`
	}) (LineReply, error) {
		return s.lineOfCard(ctx, in.ScoreCardPath, score.Wanted{AWeek: in.AWeek, Rate: in.Rate}, in.Serves, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "learn-score-card", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/learned",
		Summary: "Points proposed from outcomes, and from how many times on things pay", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ScoreCardPath
		front.Lang
		Worth float64 `query:"worth" minimum:"0" maximum:"1" doc:"P(outcome) from which a mail or a call is worth it"`
	}) (LearnedReply, error) {
		return s.learnedCard(ctx, in.ScoreCardPath, in.Worth, in.Words())
	})
}

func rateView(r score.Rate, lang words.Lang) RateView {
	v := RateView{Hits: r.Hits, Of: r.Of, Needed: r.Needed, Text: r.Reads().In(lang)}
	if r.Needed == 0 {
		v.Share, v.Low, v.High = &r.Share, &r.Interval[0], &r.Interval[1]
	}
	return v
}

func qualityView(q score.Quality, lang words.Lang) QualityView {
	return QualityView{Name: q.Name, Precision: rateView(q.Precision, lang), Recall: rateView(q.Recall, lang)}
}

func (s *Server) judgedCard(ctx context.Context, in ScoreCardPath, stage score.Verdict, lang words.Lang) (JudgedReply, error) {
	reply := JudgedReply{Stage: string(stage), Rules: []QualityView{}, Bands: []QualityView{}}
	ws, kept, err := s.ownScoreCard(ctx, in)
	if err != nil {
		return reply, err
	}
	var card score.Card
	if err := json.Unmarshal(kept.Body, &card); err != nil {
		return reply, fmt.Errorf("read card of points %q: %w", kept.ID, err)
	}
	kepts, err := s.deps.Store.Leads.List(ctx, ws.ID, store.LeadQuery{Card: kept.ID, Limit: judgedLeads})
	if err != nil {
		return reply, err
	}
	var leads []score.Lead
	var told []score.Told
	for _, l := range slices.Backward(kepts) { // the oldest first
		why, err := reasonsIn(l)
		if err != nil {
			return reply, err
		}
		one := score.Lead{Band: l.Band, Shown: true, Verdict: l.Verdict}
		for _, reason := range why {
			one.Rules = append(one.Rules, reason.Rule)
		}
		leads = append(leads, one)
		if known, met := over(l, s.nowMillis()); l.Chance != nil && known {
			told = append(told, score.Told{Week: int(l.HotAt / aWeek), Chance: *l.Chance, Came: met})
		}
	}
	judged := score.Judge(card, leads, stage)
	reply.Card, reply.Open = qualityView(judged.Card, lang), judged.Open
	for _, q := range judged.Rules {
		reply.Rules = append(reply.Rules, qualityView(q, lang))
	}
	for _, q := range judged.Bands {
		reply.Bands = append(reply.Bands, qualityView(q, lang))
	}
	if drift := score.Watch(told); drift.Alarm {
		reply.Drift = &DriftView{Text: drift.Reads().In(lang), Expected: drift.Expected, Came: drift.Came}
	}
	return reply, nil
}

func (s *Server) lineOfCard(ctx context.Context, in ScoreCardPath, want score.Wanted, serves string, lang words.Lang) (LineReply, error) {
	ws, kept, err := s.ownScoreCard(ctx, in)
	if err != nil {
		return LineReply{}, err
	}
	var card score.Card
	if err := json.Unmarshal(kept.Body, &card); err != nil {
		return LineReply{}, fmt.Errorf("read card of points %q: %w", kept.ID, err)
	}
	if want.AWeek == 0 {
		want.AWeek = float64(card.AWeek)
	}
	needed, err := s.meetingsNeeded(ctx, ws, cmp.Or(serves, card.Serves), lang)
	if err != nil {
		return LineReply{}, err
	}
	if needed != nil && want.AWeek > 0 && want.Rate == 0 {
		want.Rate = needed.AWeek / want.AWeek
	}
	if want.Rate == 0 || math.IsNaN(want.Rate) {
		want.Rate = card.Rate
	}
	peaks, weeks, err := s.peaksOf(ctx, ws.ID, kept)
	if err != nil {
		return LineReply{}, err
	}
	want.Weeks = weeks
	line := score.Threshold(peaks, want)
	reply := LineReply{OK: line.OK, From: line.From, Binds: string(line.Binds), AWeek: line.AWeek, Low: line.Spread[0], High: line.Spread[1],
		Chance: rateView(line.Chance, lang), Needed: line.Needed, Why: line.Why.In(lang)}
	if line.OK && line.Needed == 0 {
		reply.AtLine = &line.AtLine
	}
	reply.Wanted = LineWish{AWeek: want.AWeek, Rate: want.Rate}
	if needed != nil {
		why := needed.Why.In(lang)
		reply.Need = &why
		if !math.IsNaN(needed.AWeek) {
			reply.Wanted.Meetings = &needed.AWeek
		}
	}
	return reply, nil
}

// meetingsNeeded is how many meetings a week the model needs of an indicator; nil where none
// is named. It is read from the newest model on the day its data reach.
func (s *Server) meetingsNeeded(ctx context.Context, ws store.Workspace, indicator string, lang words.Lang) (*insight.Need, error) {
	if indicator == "" {
		return nil, nil
	}
	b, opt, err := s.lookedWithin(ctx, ws.Slug, front.At{}, lang, 0)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	need := insight.NewView(b.ev, opt).NeededAWeek(indicator)
	return &need, nil
}

// mostLearned bounds what a card is learned from; the most are people who did nothing of
// note, and a sample of them teaches as much.
const mostLearned = 50_000

func (s *Server) learnedCard(ctx context.Context, in ScoreCardPath, worth float64, lang words.Lang) (LearnedReply, error) {
	reply := LearnedReply{Bands: []ChanceBand{}, Pays: []PaysView{}}
	ws, kept, err := s.ownScoreCard(ctx, in)
	if err != nil {
		return reply, err
	}
	zone, err := s.zoneOf(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	var card score.Card
	if err := json.Unmarshal(kept.Body, &card); err != nil {
		return reply, fmt.Errorf("read card of points %q: %w", kept.ID, err)
	}
	meeting := words.T("商談", "a meeting")
	journeys, err := s.journeysOf(ctx, ws.ID, kept.ID, card)
	if err != nil {
		return reply, err
	}
	ask := score.AskLearn{End: s.nowMillis(), Zone: zone, Outcome: meeting, Watches: watchedOf(card)}
	proposal, err := score.Learn(journeys, ask)
	if err != nil {
		return reply, err
	}
	reply.Reason, reply.Needed, reply.Text = proposal.Reason, proposal.Needed, proposal.Reads(meeting).In(lang)
	if proposal.Reason == "" {
		reply.Card, reply.AUC = &proposal.Card, &proposal.Tested.Card
		for _, b := range proposal.Bands {
			reply.Bands = append(reply.Bands, ChanceBand{Name: b.Name, From: b.From, People: b.Rows, Hits: b.Hits, Chance: b.Predicted, Low: b.Interval[0], High: b.Interval[1]})
		}
	}
	for _, w := range ask.Watches {
		pays := score.HowOftenPays(journeys, score.AskPays{Watch: w.Watch, Windows: []int{7, 30, 0}, End: ask.End, Worth: worth})
		reply.Pays = append(reply.Pays, PaysView{Name: w.Name, Reason: pays.Reason, From: pays.From, Low: pays.Interval[0], High: pays.Interval[1],
			Days: pays.Days, Needed: pays.Needed, Text: pays.Reads(w.Name).In(lang)})
	}
	return reply, nil
}

// watchedOf is what a card's rules are about, each once: a better card is learned from
// what somebody thought worth watching.
func watchedOf(card score.Card) []score.Watched {
	var out []score.Watched
	for _, r := range card.Behaviour {
		w := condition.WatchOf(r.Matcher)
		if !slices.ContainsFunc(out, func(o score.Watched) bool { return o.Watch == w }) {
			out = append(out, score.Watched{Watch: w, Matcher: r.Matcher, Name: r.Name})
		}
	}
	return out
}

// journeysOf is what everybody did, up to the outcome, with what they are.
func (s *Server) journeysOf(ctx context.Context, ws store.WorkspaceID, id store.ScoreCardID, card score.Card) ([]score.Journey, error) {
	met, err := s.meetings(ctx, ws, id)
	if err != nil {
		return nil, err
	}
	people, err := everybody(ctx, s.deps.Store.Repositories, ws, time.UTC, nil, s.nowMillis())
	if err != nil {
		return nil, err
	}
	watches := map[condition.Watch]bool{}
	for _, w := range watchedOf(card) {
		watches[w.Watch] = true
	}
	outcome := condition.Watch("")
	if card.Outcome != nil {
		outcome = condition.WatchOf(*card.Outcome)
		delete(watches, outcome)
		watches[outcome] = true
	}
	var out []score.Journey
	finish := func() {
		if n := len(out); n > 0 {
			slices.SortStableFunc(out[n-1].Done, func(a, b condition.Occurrence) int { return int(a.At - b.At) })
		}
	}
	for row, err := range s.history(ctx, ws, slices.Sorted(maps.Keys(watches))) {
		if err != nil {
			return nil, err
		}
		if len(out) == 0 || out[len(out)-1].Subject != row.Subject {
			finish()
			if len(out) == mostLearned {
				return out, nil
			}
			var person contact.Contact
			if known := people[row.Subject]; known != nil {
				person = known.person
			}
			out = append(out, journeyOf(row.Subject, person, met[row.Subject]))
		}
		one := &out[len(out)-1]
		if row.Watch == outcome {
			if one.Outcome == 0 || row.At < one.Outcome {
				one.Outcome = row.At
			}
			continue
		}
		one.Done = append(one.Done, condition.Occurrence{Watch: row.Watch, At: row.At})
	}
	finish()
	return out, nil
}

func journeyOf(subject string, person contact.Contact, met event.Millis) score.Journey {
	j := score.Journey{Subject: subject, Outcome: met, Traits: map[string]string{}, Numbers: map[string]float64{}}
	for key, v := range person.Properties {
		// What was said after the outcome may know it.
		if said := person.Said[contact.FieldProperty+key]; met > 0 && said >= met {
			continue
		}
		switch v.Kind {
		case contact.Text:
			j.Traits[key] = v.Text
		case contact.Number:
			j.Numbers[key] = v.Number
		}
	}
	return j
}
