package connect

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/shirube/shirube/internal/words"
)

const (
	searchAddress = "https://www.googleapis.com"
	searchScope   = "https://www.googleapis.com/auth/webmasters.readonly"
	searchPage    = 25_000 // the most the API gives at once
)

type searchRequest struct {
	StartDate  string   `json:"startDate"`
	EndDate    string   `json:"endDate"`
	Dimensions []string `json:"dimensions"`
	Type       string   `json:"type"`
	DataState  string   `json:"dataState"`
	RowLimit   int      `json:"rowLimit"`
	StartRow   int      `json:"startRow"`
}

type searchReply struct {
	Rows []struct {
		Keys        []string `json:"keys"`
		Clicks      float64  `json:"clicks"`
		Impressions float64  `json:"impressions"`
		CTR         float64  `json:"ctr"`
		Position    float64  `json:"position"`
	} `json:"rows"`
	Metadata struct {
		FirstIncompleteDate string `json:"first_incomplete_date"`
	} `json:"metadata"`
}

// pullSearchConsole asks for the search results of each day, page by page. Beside the
// mean position stands its sum over impressions: means cannot be added up, the sum over
// the impressions of any span is the mean position of that span.
func (p *Puller) pullSearchConsole(ctx context.Context, r Request) (*Table, error) {
	g, err := p.google(ctx, r.Secret, searchScope)
	if err != nil {
		return nil, err
	}
	s := r.Settings
	ask := searchRequest{
		StartDate: r.Span.From.String(), EndDate: r.Span.To.String(), Dimensions: append([]string{"date"}, s.Dimensions...),
		Type: s.SearchType, DataState: "final", RowLimit: searchPage,
	}
	if ask.Type == "" {
		ask.Type = "web"
	}
	if s.Fresh {
		ask.DataState = "all"
	}
	out, err := p.writer(append(slices.Clone(ask.Dimensions), "clicks", "impressions", "ctr", "position", "position_sum"))
	if err != nil {
		return nil, err
	}
	base := searchAddress
	if p.SearchConsoleAddress != "" {
		base = p.SearchConsoleAddress
	}
	incomplete := ""
	for {
		var page searchReply
		err := g.post(ctx, base+"/webmasters/v3/sites/"+url.PathEscape(s.Site)+"/searchAnalytics/query", ask, &page, func(status int, e googleError) *Failure {
			return searchFailure(status, e, s.Site, g.email)
		})
		if err != nil {
			return nil, err
		}
		for _, row := range page.Rows {
			if len(row.Keys) != len(ask.Dimensions) {
				return nil, fail(BadAnswer, words.T("Search Console の返事の列の数が、頼んだものと違います。", "Search Console answered with other columns than were asked for."))
			}
			err := out.row(append(slices.Clone(row.Keys), number(row.Clicks), number(row.Impressions), number(row.CTR), number(row.Position), number(row.Position*row.Impressions)))
			if err != nil {
				return nil, err
			}
		}
		if page.Metadata.FirstIncompleteDate != "" {
			incomplete = page.Metadata.FirstIncompleteDate
		}
		ask.StartRow += len(page.Rows)
		if len(page.Rows) < ask.RowLimit {
			break
		}
	}
	table := out.table()
	table.Windowed = true
	table.Notes = []words.Text{words.T("Search Console の1日は米国太平洋時間で区切られています。", "Search Console's days are those of US Pacific time.")}
	if incomplete != "" {
		table.Notes = append(table.Notes, words.T("%s 以降はまだ確定していません。", "From %s on, days are not final yet.", incomplete))
	}
	if slices.Contains(s.Dimensions, "query") {
		table.Notes = append(table.Notes, words.T("検索語ごとの数を足しても、全体の合計にはなりません(まれな検索語は出てきません)。",
			"Numbers by query do not add up to the total: rare queries are left out."))
	}
	return table, nil
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func searchFailure(status int, e googleError, site, email string) *Failure {
	switch {
	case status == http.StatusForbidden && (e.reasons() == "" || e.reasons() == "forbidden"):
		return fail(Forbidden, words.T("サービスアカウント「%[1]s」が Search Console の「%[2]s」を見られません。「設定 › ユーザーと権限」で追加してください。",
			"The service account %[1]s may not see %[2]s in Search Console. Add it under Settings › Users and permissions.", email, site))
	case status == http.StatusBadRequest:
		return fail(BadSettings, words.T("Search Console が頼んだ内容を受け付けませんでした: %s", "Search Console did not accept what was asked for: %s", plainLine(e.Error.Message)))
	}
	return nil
}
