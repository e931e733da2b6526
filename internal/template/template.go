// Package template holds maps to start from: working models for the goals that
// marketing teams in Japan most often have, in Japanese and in English, each with
// the sample data its sources name, so that a map is alive in minutes.
//
// The models are plain model files, written to be read and changed by a
// marketer. Their dates are laid around the day asked for; nothing here reads a
// clock.
package template

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Zone is where the templates are at home. It is fixed so that a machine without
// a zone database makes the same files.
var Zone = time.FixedZone("Asia/Tokyo", 9*60*60)

// ModelFile is the name of the model among a template's files.
const ModelFile = "model.yaml"

//go:embed models/*.yaml
var models embed.FS

// card is what a template says of itself besides its model.
type card struct {
	key           string
	name, summary words.Text
	sample        func(*market, words.Lang) []table
}

// cards are the templates in the order they are offered.
var cards = []card{
	{"sns-recruiting", words.T("SNS採用", "Hiring by social media"), words.T("応募を集める", "Win applications"), sampleRecruiting},
	{"sns-sales", words.T("SNS販売", "Selling by social media"), words.T("売上につなげる", "Turn posts into revenue"), sampleSales},
	{"sns-meetings", words.T("SNS商談", "Meetings by social media"), words.T("相談を増やす", "Win requests and meetings"), sampleMeetings},
	{"ma-conversion", words.T("MAで育てる", "Nurturing leads"), words.T("見込み客を問い合わせへ", "Turn leads into inquiries"), sampleConversion},
	{"btob-lead-to-deal", words.T("BtoB受注", "Leads to deals"), words.T("リードを受注へ", "Turn leads into deals"), sampleDeals},
	{"ec", words.T("EC", "Online shop"), words.T("買い続けてもらう", "Be bought from again"), sampleShop},
}

// Keys lists the templates in the order they are offered.
func Keys() []string {
	keys := make([]string, len(cards))
	for i, c := range cards {
		keys[i] = c.key
	}
	return keys
}

// UnknownError is a template key that does not exist.
type UnknownError struct{ Key string }

// In says which key was asked for and which ones there are.
func (e *UnknownError) In(lang words.Lang) string {
	return words.T("「%s」というテンプレートはありません。使えるのは %s です。", "There is no template “%s”. There are %s.", e.Key, fmt.Sprint(Keys())).In(lang)
}

// Error renders the error in Japanese, the default language.
func (e *UnknownError) Error() string { return e.In(words.JA) }

func find(key string) (card, error) {
	at := slices.IndexFunc(cards, func(c card) bool { return c.key == key })
	if at < 0 {
		return card{}, &UnknownError{key}
	}
	return cards[at], nil
}

// File is one file of a workspace, named relative to its folder.
type File struct {
	Name string
	Data []byte
}

// Options say what to write.
type Options struct {
	Today  series.Day // targets are laid into the fiscal year of the day before it, the as-of day
	Sample bool       // with made-up data up to the day before Today
}

// Files writes a template: model.yaml first, then the files its sources name
// when a sample is asked for. The same options give the same bytes. An unknown
// key is an *UnknownError.
func Files(key string, lang words.Lang, opt Options) ([]File, error) {
	c, err := find(key)
	if err != nil {
		return nil, err
	}
	text, err := modelText(key, lang)
	if err != nil {
		return nil, err
	}
	model, err := goal.Parse(ModelFile, text)
	if err != nil {
		return nil, fmt.Errorf("parse template %q: %w", key, err)
	}
	asOf := opt.Today - 1
	year := model.Fiscal.Containing(series.GrainYear, asOf)
	files := []File{{ModelFile, moveDates(text, model.Fiscal.Year(asOf)-writtenFor)}}
	if !opt.Sample {
		return files, nil
	}
	for _, t := range c.sample(newMarket(key, year, asOf), lang) {
		data, err := t.Bytes()
		if err != nil {
			return nil, fmt.Errorf("write sample %q of template %q: %w", t.file, key, err)
		}
		files = append(files, File{t.file, data})
	}
	return files, nil
}

func modelText(key string, lang words.Lang) ([]byte, error) {
	if lang != words.EN {
		lang = words.JA
	}
	text, err := models.ReadFile("models/" + key + "." + string(lang) + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("read template %q: %w", key, err)
	}
	return text, nil
}

// writtenFor is the fiscal year the model files are written for.
const writtenFor = 2026

var (
	writtenDay  = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)
	writtenYear = regexp.MustCompile(`(\d{4})年度|FY(\d{4})`)
)

// moveDates moves every date and fiscal year of a model by whole years. The text
// is changed, not the tree, so that the comments stay.
func moveDates(text []byte, years int) []byte {
	text = writtenDay.ReplaceAllFunc(text, func(b []byte) []byte {
		day, err := series.ParseDay(string(b))
		if err != nil {
			return b
		}
		return []byte(day.AddYears(years).String())
	})
	return writtenYear.ReplaceAllFunc(text, func(b []byte) []byte {
		if b[0] == 'F' {
			year, _ := strconv.Atoi(string(b[2:]))
			return fmt.Appendf(nil, "FY%d", year+years)
		}
		year, _ := strconv.Atoi(string(b[:4]))
		return fmt.Appendf(nil, "%d年度", year+years)
	})
}
