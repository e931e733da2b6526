// Package platform knows what the platforms' own exports look like: by the names of its
// columns, Japanese or English, a file is recognised, and how it is to be read is proposed.
//
// What it knows is data: a list of kinds (kinds_*.go), each with the columns that prove it
// and those that are worth taking. It decides nothing for anybody: a proposal is shown, and
// a person imports it.
package platform

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/words"
)

// Found is a table that was recognised, and how to read it.
type Found struct {
	ID       string     // of the kind: "x_posts"
	Name     words.Text // 「X アナリティクス(投稿ごと)」
	Table    string     // which table of the file, as sheet: names it
	Source   string     // proposed id of the source
	Daily    bool       // false: it has no dates, so there is nothing to import
	Spec     goal.SourceEdit
	Warnings []words.Text
	Posts    *Posts // the table has one row per post
}

// Posts says which column is what of a post; "" where the table does not tell.
type Posts struct {
	Network                   string
	ID, At, Text, URL, Format string
	Order                     table.DateOrder   // of the moments in At
	UTC                       bool              // moments without a zone are UTC; else of the model's zone
	Fixed                     string            // the format of all posts, where there is but one
	Metrics                   map[string]string // by name of event.PostMetrics: the column
}

// kind is one shape of one platform's export.
type kind struct {
	id, source string
	name       words.Text
	date       []string   // names of the date column; empty: the table has none
	order      string     // date_order of the source
	needs      [][]string // one name of each must be a column
	lacks      []string   // none of these may be
	files      []string   // where the columns alone would fit anything: beginnings of the table's or the file's name
	first      []string   // names of the very first column; empty: any
	beside     []string   // one of these must be a column of some table of the file; empty: any
	numbers    []number
	by         [][]string
	count      string // a metric that counts the rows
	matched    []matched
	zero       bool // a day without row is zero
	warnings   []words.Text
	posts      *postColumns
	rest       func(header []string, date string) map[string]goal.MetricEdit // metrics beyond numbers
	rank       int                                                           // of several tables of a file the highest is proposed
}

// number is a column worth taking.
type number struct {
	id    string
	names []string
	agg   string // "" is a sum
	post  string // which of event.PostMetrics it is of a post
}

// matched counts, and adds up, only the rows whose column is one of some values.
type matched struct {
	count, sum string   // the metrics; sum "" for none
	of         []string // names of the column that is added up
	where      []string // names of the column that is looked at
	is         []string
}

type postColumns struct {
	network, fixed        string
	id, text, url, format []string
	utc                   bool
}

// Recognise finds which tables of a file are a platform's export; the one to import first.
// Nothing is recognised where no table is.
func Recognise(file string, tables []table.Listed) []Found {
	var out []Found
	ranks := map[string]int{}
	for _, t := range tables {
		header := plainAll(t.Header)
		for _, k := range kinds {
			if !k.fits(header, file, t.Name) || !k.fitsFile(tables) {
				continue
			}
			out = append(out, k.found(t, header))
			ranks[t.Name] = k.rank
			break
		}
	}
	slices.SortStableFunc(out, func(a, b Found) int {
		daily := func(f Found) int {
			if f.Daily {
				return 1
			}
			return 0
		}
		return cmp.Or(daily(b)-daily(a), ranks[b.Table]-ranks[a.Table])
	})
	return out
}

// plain is a header as it is compared: width, case and spaces aside.
func plain(name string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(name))), " ")
}

func plainAll(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = plain(name)
	}
	return out
}

// column is the place of the first of some names in a header, or -1. A currency behind a
// name, as in 消化金額 (JPY), is no part of it.
func column(header []string, names []string) int {
	for _, name := range names {
		want := plain(name)
		if at := slices.Index(header, want); at >= 0 {
			return at
		}
	}
	for _, name := range names {
		want := plain(name)
		for i, have := range header {
			if rest, ok := strings.CutPrefix(have, want); ok && isCurrency(strings.TrimSpace(rest)) {
				return i
			}
		}
	}
	return -1
}

func isCurrency(s string) bool {
	return len(s) == 5 && s[0] == '(' && s[4] == ')' && strings.Trim(s[1:4], "abcdefghijklmnopqrstuvwxyz") == ""
}

func (k kind) fits(header []string, file, name string) bool {
	if len(k.date) > 0 && column(header, k.date) < 0 {
		return false
	}
	if len(k.first) > 0 && (len(header) == 0 || column(header[:1], k.first) < 0) {
		return false
	}
	for _, names := range k.needs {
		if column(header, names) < 0 {
			return false
		}
	}
	if column(header, k.lacks) >= 0 {
		return false
	}
	return len(k.files) == 0 || slices.ContainsFunc(k.files, func(begin string) bool {
		return strings.HasPrefix(plain(name), plain(begin)) || strings.HasPrefix(plain(file), plain(begin))
	})
}

func (k kind) fitsFile(tables []table.Listed) bool {
	return len(k.beside) == 0 || slices.ContainsFunc(tables, func(t table.Listed) bool { return column(plainAll(t.Header), k.beside) >= 0 })
}

func (k kind) found(t table.Listed, header []string) Found {
	out := Found{ID: k.id, Name: k.name, Table: t.Name, Source: k.source, Warnings: slices.Clone(k.warnings)}
	if len(k.date) == 0 {
		return out
	}
	out.Daily = true
	at := column(header, k.date)
	out.Spec = goal.SourceEdit{Sheet: t.Name, Date: t.Header[at], DateOrder: k.order, Metrics: map[string]goal.MetricEdit{}}
	if k.zero {
		out.Spec.Gaps = "zero"
	}
	if k.count != "" {
		out.Spec.Metrics[k.count] = goal.MetricEdit{Count: "rows"}
	}
	for _, m := range k.matched {
		where := column(header, m.where)
		if where < 0 {
			continue
		}
		only := map[string][]string{t.Header[where]: slices.Clone(m.is)}
		out.Spec.Metrics[m.count] = goal.MetricEdit{Count: "rows", Where: only}
		if i := column(header, m.of); m.sum != "" && i >= 0 {
			out.Spec.Metrics[m.sum] = goal.MetricEdit{Sum: t.Header[i], Where: only}
		}
	}
	columns := map[string]string{}
	for _, n := range k.numbers {
		i := column(header, n.names)
		if i < 0 || i == at {
			continue
		}
		edit := goal.MetricEdit{Column: t.Header[i], Agg: n.agg}
		out.Spec.Metrics[n.id] = edit
		if n.post != "" && columns[n.post] == "" {
			columns[n.post] = t.Header[i]
		}
	}
	if k.rest != nil {
		for id, edit := range k.rest(t.Header, out.Spec.Date) {
			out.Spec.Metrics[id] = edit
		}
	}
	for _, names := range k.by {
		if i := column(header, names); i >= 0 && i != at {
			out.Spec.By = append(out.Spec.By, t.Header[i])
		}
	}
	if p := k.posts; p != nil {
		named := func(names []string) string {
			if i := column(header, names); i >= 0 {
				return t.Header[i]
			}
			return ""
		}
		order, _ := table.ParseDateOrder(k.order)
		out.Posts = &Posts{Network: p.network, ID: named(p.id), At: t.Header[at], Text: named(p.text), URL: named(p.url),
			Format: named(p.format), Fixed: p.fixed, Order: order, UTC: p.utc, Metrics: columns}
	}
	return out
}

// kinds are all that is known, the most particular first.
var kinds = slices.Concat(xKinds, metaKinds, youtubeKinds, searchKinds, adKinds, lineKinds, tiktokKinds, dealKinds, kintoneKinds, ga4Kinds)
