package connect

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

const (
	ga4Address = "https://analyticsdata.googleapis.com"
	ga4Scope   = "https://www.googleapis.com/auth/analytics.readonly"
	// ga4Page is how many rows are asked for at once; the API gives at most 250,000.
	ga4Page = 50_000
)

type ga4Name struct {
	Name string `json:"name"`
}

type ga4Request struct {
	DateRanges    []ga4Range `json:"dateRanges"`
	Dimensions    []ga4Name  `json:"dimensions"`
	Metrics       []ga4Name  `json:"metrics"`
	OrderBys      []ga4Order `json:"orderBys"`
	Limit         int        `json:"limit,string"`
	Offset        int        `json:"offset,string"`
	KeepEmptyRows bool       `json:"keepEmptyRows"`
}

type ga4Range struct {
	StartDate string `json:"startDate"`
	EndDate   string `json:"endDate"`
}

type ga4Order struct {
	Dimension struct {
		DimensionName string `json:"dimensionName"`
	} `json:"dimension"`
}

type ga4Reply struct {
	DimensionHeaders []ga4Name `json:"dimensionHeaders"`
	MetricHeaders    []ga4Name `json:"metricHeaders"`
	Rows             []struct {
		DimensionValues []ga4Value `json:"dimensionValues"`
		MetricValues    []ga4Value `json:"metricValues"`
	} `json:"rows"`
	RowCount int `json:"rowCount"`
	Metadata struct {
		DataLossFromOtherRow bool       `json:"dataLossFromOtherRow"`
		SamplingMetadatas    []struct{} `json:"samplingMetadatas"`
		SubjectToThresholds  bool       `json:"subjectToThresholding"`
		TimeZone             string     `json:"timeZone"`
		CurrencyCode         string     `json:"currencyCode"`
	} `json:"metadata"`
}

type ga4Value struct {
	Value string `json:"value"`
}

// notAdded are metrics of different people: the parts of a day add up to more than the
// day, and days to more than the month.
var notAdded = []string{"totalUsers", "activeUsers", "newUsers", "active1DayUsers", "active7DayUsers", "active28DayUsers"}

// pullGA4 asks the Data API for a report, page by page.
func (p *Puller) pullGA4(ctx context.Context, r Request) (*Table, error) {
	g, err := p.google(ctx, r.Secret, ga4Scope)
	if err != nil {
		return nil, err
	}
	names := append([]string{"date"}, r.Settings.Dimensions...)
	out, err := p.writer(append(slices.Clone(names), r.Settings.Metrics...))
	if err != nil {
		return nil, err
	}
	ask := ga4Request{DateRanges: []ga4Range{{r.Span.From.String(), r.Span.To.String()}}, Limit: ga4Page}
	for _, name := range names {
		ask.Dimensions = append(ask.Dimensions, ga4Name{name})
		// Pages of an unordered report may overlap.
		order := ga4Order{}
		order.Dimension.DimensionName = name
		ask.OrderBys = append(ask.OrderBys, order)
	}
	for _, name := range r.Settings.Metrics {
		ask.Metrics = append(ask.Metrics, ga4Name{name})
	}
	base := ga4Address
	if p.GA4Address != "" {
		base = p.GA4Address
	}
	var notes ga4Notes
	for {
		var page ga4Reply
		err := g.post(ctx, base+"/v1beta/properties/"+r.Settings.Property+":runReport", ask, &page, func(status int, e googleError) *Failure {
			return ga4Failure(status, e, r.Settings.Property, g.email)
		})
		if err != nil {
			return nil, err
		}
		if err := writeGA4(out, page, len(names), len(r.Settings.Metrics)); err != nil {
			return nil, err
		}
		notes.add(page)
		ask.Offset += len(page.Rows)
		if len(page.Rows) == 0 || ask.Offset >= page.RowCount {
			break
		}
	}
	table := out.table()
	table.Windowed = true
	table.Notes = notes.texts(r)
	return table, nil
}

func writeGA4(out *writer, page ga4Reply, dimensions, metrics int) error {
	for _, row := range page.Rows {
		if len(row.DimensionValues) != dimensions || len(row.MetricValues) != metrics {
			return fail(BadAnswer, words.T("GA4 の返事の列の数が、頼んだものと違います。", "GA4 answered with other columns than were asked for."))
		}
		cells := make([]string, 0, dimensions+metrics)
		for i, value := range row.DimensionValues {
			text := value.Value
			if i == 0 && len(text) == 8 {
				text = text[:4] + "-" + text[4:6] + "-" + text[6:]
			}
			cells = append(cells, text)
		}
		for _, value := range row.MetricValues {
			cells = append(cells, value.Value)
		}
		if cells[0] == "(other)" {
			continue // what does not fit into the report belongs to no day; it is told
		}
		if err := out.row(cells); err != nil {
			return err
		}
	}
	return nil
}

type ga4Notes struct {
	sampled, thresholds, other bool
	zone                       string
}

func (n *ga4Notes) add(page ga4Reply) {
	n.sampled = n.sampled || len(page.Metadata.SamplingMetadatas) > 0
	n.thresholds = n.thresholds || page.Metadata.SubjectToThresholds
	n.other = n.other || page.Metadata.DataLossFromOtherRow
	if page.Metadata.TimeZone != "" {
		n.zone = page.Metadata.TimeZone
	}
}

func (n *ga4Notes) texts(r Request) []words.Text {
	var out []words.Text
	if n.sampled {
		out = append(out, words.T("GA4 が一部のデータから推計した数です(サンプリング)。", "GA4 estimated these numbers from a part of the data (sampling)."))
	}
	if n.thresholds {
		out = append(out, words.T("人数が少ない行を GA4 が隠しています(しきい値)。合計は実際より少なくなります。", "GA4 hides rows of few people (thresholding); sums are lower than they are."))
	}
	if n.other {
		out = append(out, words.T("種類が多すぎるため、GA4 が一部を「(other)」にまとめました。分け方を減らすと正しくなります。", "GA4 put some rows together as “(other)”. Fewer dimensions give the true numbers."))
	}
	if n.zone != "" && r.Zone != nil && n.zone != r.Zone.String() {
		out = append(out, words.T("GA4 の1日は %[1]s の時刻で区切られています(こちらは %[2]s)。", "GA4's days are those of %[1]s; here they are those of %[2]s.", n.zone, r.Zone.String()))
	}
	if i := slices.IndexFunc(r.Settings.Metrics, func(m string) bool { return slices.Contains(notAdded, m) }); i >= 0 {
		out = append(out, words.T("「%s」は同じ人を日ごとに数えます。足しても、月の人数にはなりません。", "%q counts the same person once a day; added up it is not the number of people of a month.", r.Settings.Metrics[i]))
	}
	return out
}

func ga4Failure(status int, e googleError, property, email string) *Failure {
	switch {
	case status == http.StatusForbidden && e.reasons() == "":
		return fail(Forbidden, words.T("サービスアカウント「%[1]s」が GA4 のプロパティ %[2]s を見られません。GA4 の「プロパティのアクセス管理」で、閲覧者として追加してください。",
			"The service account %[1]s may not see the GA4 property %[2]s. Add it as a viewer in the property's access management.", email, property))
	case status == http.StatusBadRequest:
		return fail(BadSettings, words.T("GA4 が頼んだ内容を受け付けませんでした: %s", "GA4 did not accept what was asked for: %s", plainLine(e.Error.Message)))
	case status == http.StatusNotFound:
		return fail(NotFound, words.T("GA4 のプロパティ %s がありません。", "There is no GA4 property %s.", property))
	}
	return nil
}

// plainLine shortens what another program says to one line.
func plainLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 300 {
		return string(runes[:300]) + "…"
	}
	return text
}
