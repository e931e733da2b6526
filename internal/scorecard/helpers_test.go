package scorecard

import (
	"math"
	"math/rand/v2"
)

var nan = math.NaN()

// world is a made-up table of leads with a planted truth: log odds −2 + 2·(visits ≥ 3) +
// 1.5·(source = referral) − 1·(mail is free); noise tells nothing.
func world(rows int, seed uint64) *Table {
	draw := rand.New(rand.NewPCG(seed, 7))
	visits, noise := make([]float64, rows), make([]float64, rows)
	source, mail := make([]string, rows), make([]string, rows)
	t := &Table{OutcomeName: "deal", Outcome: make([]bool, rows)}
	for i := range rows {
		visits[i] = math.Floor(6 * draw.Float64())
		noise[i] = draw.NormFloat64()
		source[i] = []string{"search", "referral", "ads", ""}[draw.IntN(4)]
		mail[i] = []string{"free", "company"}[draw.IntN(2)]
		z := -2.0
		if visits[i] >= 3 {
			z += 2
		}
		if source[i] == "referral" {
			z += 1.5
		}
		if mail[i] == "free" {
			z--
		}
		t.Outcome[i] = draw.Float64() < sigmoid(z)
	}
	t.Columns = []Column{
		{Name: "visits", Kind: Number, Numbers: visits}, {Name: "noise", Kind: Number, Numbers: noise},
		{Name: "source", Kind: Category, Texts: source}, {Name: "mail", Kind: Category, Texts: mail},
	}
	return t
}
