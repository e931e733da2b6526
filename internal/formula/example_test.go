package formula_test

import (
	"fmt"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/words"
)

var month = map[string]float64{"visits": 9000, "apply_rate": 0.012}

func lookup(name string) (float64, bool) {
	v, ok := month[name]
	return v, ok
}

func ExampleParse() {
	_, err := formula.Parse("visits * ", formula.Options{})
	fmt.Println(err)
	fmt.Println(words.In(err, words.EN))
	// Output:
	// 1:8: 「*」のあとに値がありません。 「*」のあとに名前か数を書くか、「*」を消してください。
	// 1:8: Nothing follows "*". Write a name or a number after "*", or remove it.
}

func ExampleExpr_Eval() {
	e, _ := formula.Parse("visits × apply_rate", formula.Options{})
	fmt.Println(e.Eval(lookup))
	e, _ = formula.Parse("visits / clicks", formula.Options{})
	_, err := e.Eval(lookup)
	fmt.Println(err)
	// Output:
	// 108 <nil>
	// 「clicks」の値がありません。
}

func ExampleExpr_Gradient() {
	e, _ := formula.Parse("visits * apply_rate", formula.Options{})
	value, partial, _ := e.Gradient(lookup)
	fmt.Println(value, partial)
	// Output: 108 map[apply_rate:9000 visits:0.012]
}

func ExampleExpr_Canonical() {
	for _, src := range []string{"visits * 3% + mails", "mails + (0.03 × visits)"} {
		e, _ := formula.Parse(src, formula.Options{})
		fmt.Println(e.Canonical())
	}
	// Output:
	// 0.03*visits+mails
	// 0.03*visits+mails
}

func ExampleExpr_Shape() {
	e, _ := formula.Parse("sns.clicks / sns.impressions", formula.Options{Dotted: true})
	shape := e.Shape()
	fmt.Println(shape.Op)
	for _, part := range shape.Parts {
		fmt.Println(part.Name, part.Inverse)
	}
	// Output:
	// quotient
	// sns.clicks false
	// sns.impressions true
}

func ExampleExpr_Degree() {
	kinds := map[string]formula.Kind{"visits": formula.Flow, "apply_rate": formula.Rate, "followers": formula.Level}
	for _, src := range []string{"visits * apply_rate", "visits / followers", "visits + followers"} {
		e, _ := formula.Parse(src, formula.Options{})
		fmt.Println(e.Degree(func(name string) formula.Kind { return kinds[name] }))
	}
	// Output:
	// flow
	// rate
	// other
}

func ExampleExpr_RenameSource() {
	e, _ := formula.Parse("（訪問数 × 応募率）", formula.Options{})
	fmt.Println(e.RenameSource("訪問数", "visits"))
	// Output: （visits × 応募率）
}
