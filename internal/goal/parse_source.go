package goal

import (
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

var (
	sourceKeys = []string{"csv", "connection", "events", "entry", "sheet", "date", "by", "metrics", "join", "gaps", "number", "date_order", "encoding", "delimiter", "header"}
	metricKeys = []string{"column", "agg", "where", "count", "sum", "distinct"}
)

// NumberStyles are the two ways a dotted number can be meant.
var NumberStyles = []string{"1,234.5", "1.234,5"}

func (r *reader) source(def entry) *Source {
	s := &Source{ID: def.key, Kind: SourceTable, At: def.keyAt, fields: map[string]Position{}}
	if !formula.IsID(s.ID) {
		r.fail(def.keyAt, words.T("「%s」はデータ源の名前に使えません。", "“%s” cannot be a source id.", s.ID), words.T("文字か _ で始め、文字・数字・_ だけで書いてください。", "Begin with a letter or _, then letters, digits and _ only."))
	}
	for _, e := range r.entries(def.value, words.T("データ源「%s」", "Source “%s”", s.ID), sourceKeys) {
		s.fields[e.key] = at(e.value)
		switch e.key {
		case "csv":
			s.Path = r.path(e.value)
		case "connection":
			s.Kind, s.Connection = SourceConnection, r.text(e.value, e.key)
		case "events":
			s.Kind = SourceEvents
			for _, m := range r.entries(e.value, words.T("events", "events"), nil) {
				s.Metrics = append(s.Metrics, r.eventMetric(s, m))
			}
		case "entry":
			s.Kind = SourceEntry
			for _, m := range r.entries(e.value, words.T("entry", "entry"), nil) {
				s.Metrics = append(s.Metrics, r.entryMetric(s, m))
			}
		case "sheet":
			s.Sheet = r.text(e.value, e.key)
		case "date":
			s.Date = r.text(e.value, e.key)
		case "by":
			for _, item := range r.items(e.value) {
				s.By = append(s.By, r.text(item, e.key))
			}
		case "metrics":
			for _, m := range r.entries(e.value, words.T("metrics", "metrics"), nil) {
				s.Metrics = append(s.Metrics, r.metric(s, m))
			}
		case "join":
			for _, item := range r.items(e.value) {
				s.Joins = append(s.Joins, r.join(item))
			}
		case "gaps":
			s.GapsZero = r.choice(e.value, e.key, "zero", "missing") == "zero"
		case "number":
			s.Number = r.choice(e.value, e.key, NumberStyles...)
		case "date_order":
			s.DateOrder = r.choice(e.value, e.key, "dmy", "mdy", "ymd")
		case "encoding":
			s.Encoding = r.choice(e.value, e.key, "utf-8", "shift_jis", "cp932", "utf-16", "latin-1")
		case "delimiter":
			s.Delimiter = r.choice(e.value, e.key, "comma", "semicolon", "tab")
		case "header":
			s.Header, _ = r.whole(e.value, e.key, 1, 10_000)
		}
	}
	r.checkRoad(s)
	return s
}

// roads are the keys that say by which road a source's numbers come.
var roads = []string{"csv", "connection", "events", "entry"}

// rowKeys describe a table and mean nothing to a source that has no rows.
var rowKeys = []string{"sheet", "date", "metrics", "join", "number", "date_order", "encoding", "delimiter", "header"}

// checkRoad sees that a source has one road, and what that road needs.
func (r *reader) checkRoad(s *Source) {
	given := slices.DeleteFunc(slices.Clone(roads), func(key string) bool { return s.fields[key] == (Position{}) })
	if len(given) > 1 {
		r.fail(s.FieldAt(given[1]), words.T("%s と %s は同時に使えません。", "%s and %s cannot be used together.", given[0], given[1]), words.T("どちらか1つにしてください。", "Keep one of them."))
		return
	}
	if s.Kind == SourceEvents {
		r.checkEventFields(s)
	}
	if s.Kind == SourceEntry && len(s.By) > 0 {
		r.fail(s.FieldAt("by"), words.T("手で入れる数は分けられません。", "Numbers that are typed in cannot be cut."), words.Text{})
	}
	if !s.HasRows() {
		for _, key := range rowKeys {
			if s.fields[key] != (Position{}) {
				r.fail(s.FieldAt(key), words.T("「%s」は %s のデータ源では使えません。", "“%s” cannot be used in a source of %s.", key, s.Kind), words.T("この行を消してください。", "Remove this line."))
			}
		}
		return
	}
	if s.Kind == SourceConnection && s.Connection == "" {
		r.fail(s.FieldAt("connection"), words.T("接続の名前がありません。", "The connection has no name."), words.Text{})
	}
	if s.Kind == SourceTable && s.Path == "" && s.fields["csv"] == (Position{}) {
		r.fail(s.At, words.T("データ源「%s」に「csv」(ファイル名)がありません。", "Source “%s” has no “csv”, its file.", s.ID), words.T("例: csv: %s.csv", "For example csv: %s.csv", s.ID))
	}
	if s.Date == "" {
		r.fail(s.At, words.T("データ源「%s」に「date」(日付の列)がありません。", "Source “%s” has no “date”, its date column.", s.ID), words.T("日付が入っている列の見出しを書いてください。", "Write the header of the column that holds the date."))
	}
}

// path reads a file name and refuses what leaves the model's folder.
func (r *reader) path(n *yaml.Node) string {
	p := r.text(n, "csv")
	if p == "" {
		return ""
	}
	if !LocalPath(p) {
		r.fail(at(n), words.T("「%s」は、モデルファイルのフォルダの外を指しています。", "“%s” leaves the folder of the model file.", p),
			words.T("ファイルをモデルと同じフォルダか、その下に置いてください。", "Put the file in the model's folder or below it."))
		return ""
	}
	return p
}

// LocalPath reports whether a path stays inside the folder of the model file.
func LocalPath(p string) bool {
	if p == "" || strings.ContainsAny(p, "\\\x00") || path.IsAbs(p) || len(p) > 1 && p[1] == ':' {
		return false
	}
	clean := path.Clean(p)
	return clean != ".." && clean != "." && !strings.HasPrefix(clean, "../")
}

func (r *reader) newMetric(s *Source, def entry, kind MetricKind) *Metric {
	m := &Metric{ID: def.key, Source: s, At: at(def.value), Agg: series.Sum, Kind: kind, fields: map[string]Position{}}
	if !formula.IsID(m.ID) {
		r.fail(def.keyAt, words.T("「%s」は数の名前に使えません。", "“%s” cannot be a metric id.", m.ID), words.T("文字か _ で始め、文字・数字・_ だけで書いてください。", "Begin with a letter or _, then letters, digits and _ only."))
	}
	return m
}

// metric reads `id: column`, or a mapping that says how rows become a number.
func (r *reader) metric(s *Source, def entry) *Metric {
	m := r.newMetric(s, def, MetricColumn)
	if n := resolve(def.value); n.Kind == yaml.ScalarNode {
		if m.Column = r.text(n, def.key); m.Column == "" {
			r.fail(m.At, words.T("「%s」の列の名前がありません。", "“%s” names no column.", def.key), words.T("CSVの見出しを書いてください。", "Write the header in the CSV."))
		}
		return m
	}
	forms, agg := []string{}, ""
	for _, e := range r.entries(def.value, words.T("数「%s」", "Metric “%s”", m.ID), metricKeys) {
		m.fields[e.key] = at(e.value)
		switch e.key {
		case "column":
			m.Column, forms = r.text(e.value, e.key), append(forms, e.key)
		case "sum":
			m.Column, forms = r.text(e.value, e.key), append(forms, e.key)
			m.fields["column"] = at(e.value)
		case "distinct":
			m.Kind, m.Column, forms = MetricDistinct, r.text(e.value, e.key), append(forms, e.key)
			m.fields["column"] = at(e.value)
		case "count":
			m.Kind, forms = MetricCount, append(forms, e.key)
			r.choice(e.value, e.key, "rows")
		case "agg":
			if agg = r.choice(e.value, e.key, "sum", "mean", "last", "max"); agg != "" {
				m.Agg, _ = series.ParseAggregation(agg)
			}
		case "where":
			m.Where = r.filters(e.value)
		}
	}
	switch {
	case len(forms) == 0:
		r.fail(m.At, words.T("数「%s」の作り方がありません。", "Metric “%s” does not say how it is made.", m.ID), words.T("column、sum、count、distinct のどれか1つを書いてください。", "Write one of column, sum, count or distinct."))
	case len(forms) > 1:
		r.fail(m.FieldAt(forms[1]), words.T("%s と %s は同時に使えません。", "%s and %s cannot be used together.", forms[0], forms[1]), words.T("どちらか1つにしてください。", "Keep one of them."))
	case agg != "" && forms[0] != "column":
		r.fail(m.FieldAt("agg"), words.T("「agg」は column と一緒に使います。", "“agg” goes with column."), words.T("%s のときは agg を消してください。", "Remove agg beside %s.", forms[0]))
	}
	return m
}

func (r *reader) filters(n *yaml.Node) []Filter {
	var out []Filter
	for _, e := range r.entries(n, words.T("where", "where"), nil) {
		f := Filter{Column: e.key, At: e.keyAt}
		for _, item := range r.items(e.value) {
			if isNull(item) {
				f.Values = append(f.Values, "")
				continue
			}
			f.Values = append(f.Values, r.text(item, e.key))
		}
		if len(f.Values) == 0 {
			f.Values = []string{""}
		}
		out = append(out, f)
	}
	return out
}

func (r *reader) join(n *yaml.Node) Join {
	j := Join{At: at(n), fields: map[string]Position{}}
	for _, e := range r.entries(n, words.T("join", "join"), []string{"csv", "sheet", "on"}) {
		j.fields[e.key] = at(e.value)
		switch e.key {
		case "csv":
			j.Path = r.path(e.value)
		case "sheet":
			j.Sheet = r.text(e.value, e.key)
		case "on":
			if on := resolve(e.value); on.Kind == yaml.MappingNode {
				for _, pair := range r.entries(on, words.T("on", "on"), nil) {
					j.Left, j.Right = pair.key, r.text(pair.value, pair.key)
				}
				continue
			}
			j.Left = r.text(e.value, e.key)
			j.Right = j.Left
		}
	}
	if j.fields["csv"] == (Position{}) || j.Left == "" || j.Right == "" {
		r.fail(j.At, words.T("join には「csv」(ファイル名)と「on」(つなぐ列)が要ります。", "A join needs “csv” (a file) and “on” (the column that links them)."), words.Text{})
	}
	return j
}
