package server

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/effect"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// groundPatience is how long the effect waits for the evidence about links: the comparison
// itself needs none of it.
const groundPatience = 2 * time.Second

// trial is an automation with everybody who entered.
type trial struct {
	automation store.Automation
	current    *automation.Definition
	entries    []effect.Entry
	versions   []int
	share      float64
	days       int
	both       int // people left out, because they stood in both arms before two contacts were merged
}

// arm is how somebody entered for the first time.
type arm struct {
	held, both bool
	share      float64
}

// trialOf reads who entered an automation, each by the first time.
func (s *Server) trialOf(ctx context.Context, ws store.WorkspaceID, kept store.Automation) (trial, error) {
	t := trial{automation: kept}
	versions, err := s.deps.Store.Automations.Versions(ctx, ws, kept.ID)
	if err != nil {
		return t, err
	}
	number := kept.Live
	if number == 0 {
		number = kept.Version
	}
	shares, definitions := effect.Shares{}, map[int]*automation.Definition{}
	for _, v := range versions {
		d, err := automation.Read(v.Body)
		if err != nil {
			return t, err
		}
		shares[v.Version], definitions[v.Version] = d.HeldShare(), d
	}
	arms := map[contact.ID]arm{}
	for j, err := range s.deps.Store.Journeys.Entries(ctx, ws, kept.ID) {
		if err != nil {
			return t, err
		}
		mine := arm{held: j.State == automation.Held, share: shares[j.Version]} // only those inside are ever taken out
		if first, entered := arms[j.Contact]; entered {
			// The lot never changes: who is in both arms is two contacts who turned out to be one.
			first.both = first.both || first.share == mine.share && first.held != mine.held
			arms[j.Contact] = first
			continue
		}
		arms[j.Contact] = mine
		t.entries = append(t.entries, effect.Entry{Contact: j.Contact, Version: j.Version, Held: mine.held, At: j.EnteredAt})
	}
	entered := len(t.entries)
	t.entries = slices.DeleteFunc(t.entries, func(e effect.Entry) bool { return arms[e.Contact].both })
	t.both = entered - len(t.entries)
	if kept.Live == 0 && len(t.entries) > 0 { // switched off: what counts is by which people last entered
		number = t.entries[len(t.entries)-1].Version
	}
	t.current = definitions[number]
	if t.current == nil {
		return t, store.ErrNotFound{What: "automation version", Name: kept.ID}
	}
	t.versions, t.share = effect.Stretch(t.entries, shares, number)
	var compared []*automation.Definition
	for _, v := range t.versions {
		compared = append(compared, definitions[v])
	}
	t.days = effect.WatchDays(compared)
	return t, nil
}

// judge compares the arms by an outcome; nil: it is not known person by person.
func (t trial) judge(o *personOutcome, now time.Time) effect.Effect {
	if o == nil {
		e := effect.Judge(effect.Count(t.entries, t.versions, t.share, t.days, millisOf(now), nobodyHas))
		e.Verdict, e.Reason, e.Wait, e.Days = effect.CannotTell, effect.Unmeasured, effect.Unmeasured, 0
		e.Absolute, e.Relative = nil, nil
		return e
	}
	return effect.Judge(effect.Count(t.entries, t.versions, t.share, t.days, millisOf(now), o.moments))
}

func (s *Server) automationEffect(ctx context.Context, of AutomationPath, lang words.Lang) (EffectReply, error) {
	reply := EffectReply{Notes: []string{}}
	ws, kept, err := s.ownAutomation(ctx, of)
	if err != nil {
		return reply, err
	}
	t, err := s.trialOf(ctx, ws.ID, kept)
	if err != nil {
		return reply, err
	}
	b, opt, err := s.lookedWithin(ctx, of.Workspace, front.At{}, lang, groundPatience)
	if err != nil {
		return reply, err
	}
	now := s.deps.Clock()
	outcome, said, err := s.outcomeOf(ctx, ws.ID, b.model, t, lang)
	if err != nil {
		return reply, err
	}
	e := t.judge(outcome, now)
	reply.Automation, reply.Versions, reply.Holdout, reply.WatchDays, reply.Watching = kept.ID, t.versions, t.share, t.days, e.Watching
	if e.Since > 0 {
		day := dayIn(e.Since, b.model.Location)
		reply.Since = &day
	}
	name := words.T(said.Name, said.Name)
	reply.Outcome, reply.Effect = said, effectView(e, name, lang)
	if e.Verdict == effect.Works || e.Verdict == effect.Harms || e.Verdict == effect.Same {
		reply.Evidence = &EffectGrade{insight.GradeRandomized, words.T("実験", "experiment").In(lang)}
	}
	if err := s.effectOnKGI(ctx, ws.ID, b.model, t, &reply, lang); err != nil {
		return reply, err
	}
	s.carryUp(b, opt, e, &reply, lang)
	reply.Notes = effectNotes(t, e, lang)
	return reply, nil
}

// effectOnKGI adds the comparison by the KGI, where its events are known and it is not the
// outcome already.
func (s *Server) effectOnKGI(ctx context.Context, ws store.WorkspaceID, m *goal.Model, t trial, reply *EffectReply, lang words.Lang) error {
	kgi := m.KGI()
	if kgi.ID == t.current.KPI && reply.Outcome.Kind == "kpi" {
		return nil
	}
	matchers, ok := personEvents(m, kgi)
	if !ok || s.deps.Warehouse == nil {
		return nil
	}
	outcome, err := s.eventOutcome(ctx, ws, t, matchers)
	if err != nil {
		return err
	}
	e := t.judge(outcome, s.deps.Clock())
	reply.OnKGI = &EffectOfKGI{Indicator: kgi.ID, Name: kgi.Name, Effect: effectView(e, words.T(kgi.Name, kgi.Name), lang)}
	return nil
}

// carryUp says what the difference brings to the KGI and in money, a month, at the pace at
// which people enter and are sent to.
func (s *Server) carryUp(b *board, opt insight.Options, e effect.Effect, reply *EffectReply, lang words.Lang) {
	no := func(t words.Text) {
		text := t.In(lang)
		reply.KGIReason, reply.YenReason = &text, &text
	}
	switch {
	case reply.Outcome.Kind != "kpi":
		no(words.T("KPIの件数が人ごとに分からないので、KGIへの効果は計算できません。", "The KPI is not known person by person, so the effect on the KGI cannot be computed."))
		return
	case e.Absolute == nil:
		no(words.T("まだくらべられないので、KGIへの効果も計算できません。", "Nothing can be compared yet, so the effect on the KGI cannot be computed either."))
		return
	case e.ADay == 0:
		no(words.T("最近4週はだれも入っていないので、月にどれだけかは言えません。", "Nobody entered in the last four weeks, so nothing can be said a month."))
		return
	case opt.Measuring:
		no(words.T("指標のつながりを確かめているところです。少しあとで開き直してください。", "The links between the indicators are being tested. Please open this again in a moment."))
		return
	}
	sent := e.ADay * 365.25 / 12 * (1 - e.Share)
	extra := insight.Extra{Value: e.Absolute.Value * sent, Low: e.Absolute.Always[0] * sent, High: e.Absolute.Always[1] * sent}
	brought := insight.NewView(b.fresh(), opt).Brings(reply.Outcome.Indicator, extra)
	reply.KGI, reply.KGIReason = effectAmount(brought.KGI, brought.WhyNotKGI, lang)
	reply.Yen, reply.YenReason = effectAmount(brought.Yen, brought.WhyNotYen, lang)
}

func effectAmount(to *insight.BroughtTo, why words.Text, lang words.Lang) (*EffectAmount, *string) {
	if to == nil {
		text := why.In(lang)
		return nil, &text
	}
	a := &EffectAmount{Indicator: to.ID, Name: to.Name, Unit: to.Unit, Monthly: to.Monthly, Value: front.Number(to.Value), Low: front.Number(to.Low), High: front.Number(to.High)}
	value, low, high := words.Change{Value: to.Value, Unit: to.Unit}, words.Change{Value: to.Low, Unit: to.Unit}, words.Change{Value: to.High, Unit: to.Unit}
	if a.Monthly {
		a.Sentence = words.T("「%[1]s」への効き目は、月%[2]s(%[3]s〜%[4]s)です。", "For “%[1]s” that is %[2]s a month (%[3]s to %[4]s).", to.Name, value, low, high).In(lang)
	} else {
		a.Sentence = words.T("「%[1]s」への効き目は、%[2]s(%[3]s〜%[4]s)です。", "For “%[1]s” that is %[2]s (%[3]s to %[4]s).", to.Name, value, low, high).In(lang)
	}
	return a, nil
}

func effectView(e effect.Effect, outcome words.Text, lang words.Lang) EffectView {
	v := EffectView{Sent: effectArm(e.Sent), Held: effectArm(e.Held), Verdict: string(e.Verdict), Sentence: e.Sentence(outcome).In(lang)}
	if e.Reason == effect.Unmeasured {
		v.Sent.Outcomes, v.Held.Outcomes, v.Sent.Rate, v.Held.Rate = 0, 0, front.Number(math.NaN()), front.Number(math.NaN())
	}
	if e.Reason != "" {
		reason := string(e.Reason)
		v.Reason = &reason
	}
	if e.Days > 0 {
		v.DaysToDecision = &e.Days
	} else {
		reason := string(e.Wait)
		v.DaysReason = &reason
	}
	v.Difference, v.Relative = effectInterval(e.Absolute), effectInterval(e.Relative)
	return v
}

func effectInterval(d *lift.Difference) *EffectInterval {
	if d == nil {
		return nil
	}
	return &EffectInterval{front.Number(d.Value), [2]front.Number{front.Number(d.Always[0]), front.Number(d.Always[1])}, [2]front.Number{front.Number(d.CI[0]), front.Number(d.CI[1])}}
}

func effectArm(y lift.Yes) EffectArm {
	arm := EffectArm{People: int(y.People), Outcomes: int(y.Yes), Rate: front.Number(math.NaN())}
	if rate, ok := y.Rate(); ok {
		arm.Rate = front.Number(rate)
	}
	return arm
}

// effectNotes is what to know when reading the comparison.
func effectNotes(t trial, e effect.Effect, lang words.Lang) []string {
	out := []string{}
	say := func(note words.Text) { out = append(out, note.In(lang)) }
	if t.share > 0 {
		say(words.T("「送った人」には、同意や上限で実際には届かなかった人も入っています。くじで分けたままくらべるためです。",
			"“Sent” includes people whom nothing reached because of consent or caps: the groups are compared as the lot made them."))
	}
	used := slices.ContainsFunc(t.entries, func(one effect.Entry) bool { return !slices.Contains(t.versions, one.Version) })
	if used {
		say(words.T("送らずにおく割合が変わる前に入った人は、数えていません。", "People who entered before the share held out was changed are not counted."))
	}
	if t.both > 0 {
		say(words.T("2つの連絡先が同じ人と分かり、両方の組に入ってしまった%d人は、数えていません。",
			"%d people are not counted: two contacts of theirs turned out to be one, and stood in both groups.", t.both))
	}
	if e.Watching > 0 {
		say(words.T("入ってから%[1]d日がまだ過ぎていない%[2]d人は、これから数えます。", "%[2]d people are not counted yet: they entered less than %[1]d days ago.", t.days, e.Watching))
	}
	return out
}
