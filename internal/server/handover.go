package server

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/share/handover"
	"github.com/shirube/shirube/internal/share/selfcheck"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Bounds of what a pack holds.
const (
	packFindings  = 30
	packDecisions = 50
)

// handoverPack puts together what somebody outside needs. What is known of visitors and
// contacts is not read at all; the names of the team are taken out at the end.
func (s *Server) handoverPack(ctx context.Context, slug string, lang words.Lang) (*handover.Pack, int, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, 0, err
	}
	b, opt, err := s.lookedAt(ctx, slug, front.At{}, lang)
	if err != nil {
		return nil, 0, err
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return nil, 0, err
	}
	pack := &handover.Pack{Lang: lang, Name: b.model.Name, AsOf: opt.AsOf, Model: saved.YAML}
	if err := s.packNumbers(ctx, ws, b, opt, pack); err != nil {
		return nil, 0, err
	}
	agreed, err := s.agreementState(ctx, ws.ID)
	if err != nil {
		return nil, 0, err
	}
	pack.Goal.Agreed = agreed.Nameless().In(lang)
	sources, err := s.listSources(ctx, slug, lang)
	if err != nil {
		return nil, 0, err
	}
	connections, err := s.deps.Store.Connections.List(ctx, ws.ID)
	if err != nil {
		return nil, 0, err
	}
	pack.Sources = packSources(b.model, sources.Sources, connections, lang)
	if err := s.packDecisions(ctx, ws, pack); err != nil {
		return nil, 0, err
	}
	answers, err := s.answersOf(ctx, ws.ID)
	if err != nil {
		return nil, 0, err
	}
	if len(answers) > 0 {
		for _, line := range selfcheck.Weigh(answers).Lines {
			if line.Verdict == selfcheck.Hand || line.Verdict == selfcheck.Together {
				pack.Wishes = append(pack.Wishes, handover.Wish{Name: line.Work.Name.In(lang), What: line.Work.Asked.In(lang), Reason: line.Reason.In(lang)})
			}
		}
	}
	pack.Accesses = packAccesses(b.model, connections, pack.Wishes, lang)
	people, err := s.hiddenPeople(ctx, ws.ID, b.model, agreed, lang)
	if err != nil {
		return nil, 0, err
	}
	pack.Hide(handover.NewHider(people))
	return pack, len(people), nil
}

// packNumbers writes where things stand and what is weak.
func (s *Server) packNumbers(ctx context.Context, ws store.Workspace, b *board, opt insight.Options, pack *handover.Pack) error {
	muted, err := s.deps.Store.MutedFindings.List(ctx, ws.ID)
	if err != nil {
		return err
	}
	_, err = waitedFor(ctx, opt, func(opt insight.Options) (struct{}, error) {
		v := insight.NewView(b.fresh(), opt)
		standing := v.Status()
		for _, ind := range b.model.Indicators {
			pack.Lines = append(pack.Lines, packLine(ind, standing.Reading(ind.ID), pack.Lang))
		}
		kgi := b.model.KGI()
		first, r := pack.Lines[0], standing.Reading(kgi.ID)
		pack.Goal = handover.Goal{Name: first.Name, Serves: managementGoal(kgi, pack.Lang).Name, Target: first.Target, Value: first.Value, State: first.State}
		if r.Forecast.PAttain != nil {
			pack.Goal.Chance = words.Chance(*r.Forecast.PAttain).In(pack.Lang)
		}
		for _, f := range v.Review() {
			if len(pack.Findings) == packFindings {
				break
			}
			if slices.ContainsFunc(muted, func(m store.MutedFinding) bool { return m.Finding == f.Key }) {
				continue
			}
			one := handover.Finding{Title: f.Title, Sentence: f.Sentence, Mend: f.Mend, Evidence: f.GradeLabel}
			if f.Stake != nil {
				one.Stake = words.Amount{Value: f.Stake.Amount, Unit: f.Stake.Unit}.In(pack.Lang) + " · " + f.Stake.Label
			}
			pack.Findings = append(pack.Findings, one)
		}
		return struct{}{}, nil
	})
	return err
}

func packLine(ind *goal.Indicator, r *insight.Reading, lang words.Lang) handover.Indicator {
	line := handover.Indicator{ID: ind.ID, Name: ind.Name, Unit: ind.Unit, Definition: ind.Definition, Why: ind.Why, State: stateName(r.Status).In(lang)}
	if ind.Formula != nil {
		line.Formula = ind.Formula.Source()
	}
	if ind.Measure != nil {
		line.Source = ind.Measure.Source()
	}
	if r.Value != nil {
		line.Value = words.Amount{Value: *r.Value, Unit: ind.Unit}.In(lang)
	} else if r.NoValue != nil {
		line.Value = *r.NoValue
	}
	if r.Goal != nil {
		line.Target = r.Goal.Label
	}
	return line
}

// stateName is a status in words.
func stateName(status string) words.Text {
	switch status {
	case insight.StatusMet:
		return words.T("達成", "Met")
	case insight.StatusOnPace:
		return words.T("順調", "On pace")
	case insight.StatusBehind:
		return words.T("遅れ", "Behind")
	case insight.StatusMissed:
		return words.T("未達", "Missed")
	case insight.StatusTooEarly:
		return words.T("判定前", "Too early to tell")
	}
	return words.T("数字なし", "No numbers")
}

func packSources(m *goal.Model, views []SourceView, connections []store.Connection, lang words.Lang) []handover.Source {
	list := make([]handover.Source, len(views))
	for i, v := range views {
		one := handover.Source{ID: v.ID, Rows: fmt.Sprint(v.Rows)}
		if src := m.Source(v.ID); src != nil {
			one.Kind = string(src.Kind)
			one.From = sourceFrom(src, connections).In(lang)
		}
		if v.First != nil && v.Last != nil {
			one.First, one.Last = v.First.String(), v.Last.String()
		}
		if v.StaleDays > 3 {
			one.Stale = words.T("%d日前で止まっています", "stopped %d days ago", v.StaleDays).In(lang)
		}
		var used []string
		for _, u := range v.UsedBy {
			used = append(used, u.Name)
		}
		one.Used = strings.Join(used, ", ")
		list[i] = one
	}
	return list
}

// sourceFrom says by which road the numbers of a source come.
func sourceFrom(src *goal.Source, connections []store.Connection) words.Text {
	switch src.Kind {
	case goal.SourceTable:
		return words.T("ファイルを手で取り込む(%s)", "A file that is brought in by hand (%s)", src.Path)
	case goal.SourceEvents:
		return words.T("サイトの計測タグ(Shirube)", "The tag on the website (Shirube)")
	case goal.SourceEntry:
		return words.T("手で入力する", "Typed in by hand")
	}
	for _, c := range connections {
		if c.Name == src.Connection {
			return words.T("%[1]sから自動で取り込む", "Fetched from %[1]s", connectedTo(connect.Kind(c.Kind)))
		}
	}
	return words.T("つなぎ先がまだありません", "Not connected yet")
}

// connectedTo is what people call the other side of a connection.
func connectedTo(kind connect.Kind) words.Text {
	switch kind {
	case connect.GA4:
		return words.T("GA4", "GA4")
	case connect.SearchConsole:
		return words.T("Search Console", "Search Console")
	case connect.Sheets:
		return words.T("Googleスプレッドシート", "Google Sheets")
	case connect.HTTP:
		return words.T("決まったアドレス", "a fixed address")
	}
	return words.T("データベース", "a database")
}

// packAccesses is what they have to be let into: what the numbers come from, what they are
// asked to do, and this program itself. No address and no key stands in it.
func packAccesses(m *goal.Model, connections []store.Connection, wishes []handover.Wish, lang words.Lang) []handover.Access {
	say := func(what, how words.Text) handover.Access {
		return handover.Access{What: what.In(lang), How: how.In(lang)}
	}
	list := []handover.Access{say(words.T("Shirube", "Shirube"), words.T(
		"オーナーが「メンバーと鍵」で、閲覧者かゲストとして加えます。ファイルの持ち出しは、必要になるまで外しておきます。",
		"An owner adds them as a viewer or guest under “People and keys”. Taking files out stays off until it is needed."))}
	seen := map[string]bool{}
	for _, c := range connections {
		if seen[c.Kind] {
			continue
		}
		seen[c.Kind] = true
		switch kind := connect.Kind(c.Kind); kind {
		case connect.GA4, connect.SearchConsole, connect.Sheets:
			list = append(list, say(connectedTo(kind), words.T("管理者が、その人のアカウントを閲覧の権限で加えます。鍵は渡しません。",
				"An administrator adds their account with the right to view. No key is passed on.")))
		default:
			list = append(list, say(connectedTo(kind), words.T("取り込みはShirubeが続けます。直すときだけ、管理する人に立ち会ってもらいます。",
				"Shirube goes on fetching. For a change, whoever runs it joins in.")))
		}
	}
	kinds := map[goal.SourceKind]bool{}
	for _, src := range m.Sources {
		kinds[src.Kind] = true
	}
	if kinds[goal.SourceEvents] {
		list = append(list, say(words.T("サイト", "The website"), words.T("計測タグを直すなら、サイトかタグ管理の編集権限が要ります。",
			"To change the tag they need the right to edit the site or its tag manager.")))
	}
	if kinds[goal.SourceTable] {
		list = append(list, say(words.T("SNS・広告の管理画面", "The consoles of social media and ads"), words.T(
			"数字を取り出すなら、分析を見られる権限で加えます。投稿や支払いの権限は要りません。",
			"To get numbers out they need the right to see the analytics; neither posting nor paying.")))
	}
	if len(wishes) == 0 {
		list = append(list, say(words.T("頼むこと", "What is asked"), words.T("セルフチェックに答えると、任せることがここに並びます。",
			"Answer the self-check, and what is handed over stands here.")))
	}
	return list
}

// packDecisions is what was settled in reviews, and how the map came to be what it is.
func (s *Server) packDecisions(ctx context.Context, ws store.Workspace, pack *handover.Pack) error {
	decided, err := s.lastDecisions(ctx, ws, packDecisions)
	if err != nil {
		return err
	}
	type dated struct {
		day series.Day
		one handover.Decision
	}
	var list []dated
	for _, d := range decided {
		list = append(list, dated{d.HeldOn, handover.Decision{What: d.About.In(pack.Lang) + ": " + d.What.In(pack.Lang), Why: d.Why}})
	}
	versions, err := s.versions(ctx, ws.ID)
	if err != nil {
		return err
	}
	zone := s.place(ws.ID)
	for _, v := range versions {
		if len(list) >= 2*packDecisions {
			break
		}
		what := words.T("地図の第%d版", "Version %d of the map", v.Version).In(pack.Lang)
		list = append(list, dated{series.DayOf(v.CreatedAt.In(zone)), handover.Decision{What: what, Why: v.Note}})
	}
	slices.SortStableFunc(list, func(a, b dated) int { return int(b.day) - int(a.day) })
	for _, d := range list[:min(len(list), packDecisions)] {
		d.one.On = d.day.String()
		pack.Decisions = append(pack.Decisions, d.one)
	}
	return nil
}

// hiddenPeople is everybody who is named somewhere, with what stands in their place: their
// department, or else only that it is somebody.
func (s *Server) hiddenPeople(ctx context.Context, ws store.WorkspaceID, m *goal.Model, agreed agreement.State, lang words.Lang) ([]handover.Person, error) {
	members, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	somebody := words.T("担当者", "the person in charge").In(lang)
	departments := map[string]bool{}
	var people []handover.Person
	add := func(name, label string) {
		if name = strings.TrimSpace(name); name != "" && !departments[name] && !slices.ContainsFunc(people, func(p handover.Person) bool { return p.Name == name }) {
			people = append(people, handover.Person{Name: name, Label: label})
		}
	}
	for _, one := range members {
		departments[one.Department] = true
	}
	for _, one := range members {
		label := somebody
		if one.Department != "" {
			label = words.T("%sの担当者", "somebody of %s", one.Department).In(lang)
		}
		add(one.User.Name, label)
	}
	for _, ind := range m.Indicators {
		add(ind.Owner, somebody)
		for _, st := range ind.Stated {
			add(st.By, somebody)
		}
		if ind.Target != nil {
			for _, a := range ind.Target.Agreed {
				add(a.By, somebody)
			}
		}
	}
	for _, one := range agreed.Signed {
		add(one.By.Name, somebody)
	}
	for _, one := range agreed.Waiting {
		add(one.Name, somebody)
	}
	// Whoever changed the map or connected something, and is gone since.
	versions, err := s.versions(ctx, ws)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		add(v.Author, somebody)
	}
	entries, err := s.deps.Store.Audit.List(ctx, ws, store.AuditQuery{})
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.Actor.Kind == "person" {
			add(e.Actor.Name, somebody)
		}
	}
	return people, nil
}
