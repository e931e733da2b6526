package demo

import (
	"bytes"
	"embed"
	"fmt"
	"math"
	"strings"
	"text/template"

	"github.com/shirube/shirube/internal/series"
	shelf "github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

//go:embed model.*.yaml.tmpl
var modelFiles embed.FS

var (
	modelTemplates = template.Must(template.ParseFS(modelFiles, "*"))
	modelName      = words.T("model.ja.yaml.tmpl", "model.en.yaml.tmpl")
)

// terms are the days and numbers of the model that follow from the day and from
// what the company has done so far: a team sets its targets near what it knows.
type terms struct {
	YearName, HireBy                     string
	FiscalStart                          int
	From, By, LastMonthEnd               series.Day
	AgreedBoss, AgreedTeam               series.Day
	Visits, Impressions                  int
	Profile, Staff                       int
	ProfileFrom                          series.Day
	FormReach                            string
	SiteRenewal, OutageDay, AlgorithmDay series.Day
	Closed                               string
}

// hinata is ひなたワークス, the company of the demo.
func hinata(today series.Day, lang words.Lang) (Workspace, error) {
	c := newCompany(today, seed)
	model, err := c.model(lang)
	if err != nil {
		return Workspace{}, err
	}
	files, err := c.files(lang)
	if err != nil {
		return Workspace{}, err
	}
	return named(VisitedSlug, words.T("ひなたワークス", "Hinata Works").In(lang), append([]shelf.File{{Name: shelf.ModelFile, Data: model}}, files...))
}

func (c *company) model(lang words.Lang) ([]byte, error) {
	var out bytes.Buffer
	if err := modelTemplates.ExecuteTemplate(&out, modelName.In(lang), c.terms(lang)); err != nil {
		return nil, fmt.Errorf("write demo model: %w", err)
	}
	return out.Bytes(), nil
}

func (c *company) terms(lang words.Lang) terms {
	asOf := c.today - 1
	change := int(c.truth.AlgorithmChange - c.first)
	year, month, _ := asOf.Civil()
	t := terms{
		YearName: c.fiscal.Label(series.GrainYear, c.year).In(lang), FiscalStart: int(c.fiscal.StartMonth),
		From: c.year.From, By: c.year.To, LastMonthEnd: max(series.Date(year, month, 0), c.year.From),
		AgreedBoss: c.year.From - 12, AgreedTeam: c.year.From - 5,
		SiteRenewal: c.today - 400, OutageDay: c.truth.Outage.From, AlgorithmDay: c.truth.AlgorithmChange,
		ProfileFrom: asOf - 4,
	}
	endYear, endMonth, _ := c.year.To.Civil()
	t.HireBy = words.T("%[1]d年%[2]d月", "%[3]s %[1]d", endYear, int(endMonth), endMonth.String()).In(lang)
	sessions := make([]int, c.days)
	forms := make([]int, c.days)
	staff := make([]int, c.days)
	for i := range c.days {
		for dev := range devices {
			sessions[i] += c.sessions[dev][i]
			forms[i] += c.forms[dev][i]
			staff[i] += c.staff[dev][i]
		}
	}
	// Visits are asked for as they were before the change; the other targets are
	// near what the last weeks brought.
	t.Visits = rounded(.92*30*mean(sessions[change-90:change]), 100)
	t.Impressions = rounded(.85*30*mean(c.impressions[c.days-60:]), 10_000)
	t.Profile = rounded(1.03*mean(c.profileVisits[c.days-60:])*float64(c.year.To-t.ProfileFrom+1), 1000)
	t.Staff = rounded(.9*30*mean(staff[c.days-60:]), 100)
	t.FormReach = fmt.Sprintf("%.1f", 104*mean(forms[c.days-28:])/mean(sessions[c.days-28:]))
	var closed []string
	for _, d := range closedDays(c.first+warmUp, c.year.To) {
		closed = append(closed, d.String())
	}
	t.Closed = strings.Join(closed, ", ")
	return t
}

func mean(values []int) float64 {
	sum := 0
	for _, v := range values {
		sum += v
	}
	return float64(sum) / float64(max(len(values), 1))
}

// rounded is a number as a team would set it: in whole steps, at least one.
func rounded(x float64, step int) int {
	return max(1, int(math.Round(x/float64(step)))) * step
}
