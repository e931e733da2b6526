package insight

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/decompose"
	"github.com/shirube/shirube/internal/stat/rootcause"
	"github.com/shirube/shirube/internal/words"
)

// PartDimension is one part of a change, split by one dimension: what each of its
// values did, in the unit of what is explained. For a rate Mix is what shifting
// between the values did; the parts and Mix add up to the part.
type PartDimension struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Dimension string      `json:"dimension"`
	Values    []PartValue `json:"values"` // the largest first
	Mix       *float64    `json:"mix"`    // rates only
}

// PartValue is what one value of a dimension did.
type PartValue struct {
	Value        string   `json:"value"`
	Contribution *float64 `json:"contribution"`
	Before       *float64 `json:"before"`
	After        *float64 `json:"after"`
}

// RootCause is where a part moved: the few combinations of dimension values that
// moved as one while the rest stayed.
type RootCause struct {
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Elements map[string]string `json:"elements"` // dimension → value
	Share    float64           `json:"share"`    // of the part's change
	Before   *float64          `json:"before"`
	After    *float64          `json:"after"`
	Sentence string            `json:"sentence"`
}

const (
	splitParts      = 3  // parts that are looked into
	mostSplitValues = 12 // values that are listed
	fewestMoved     = 0.05
	tellingCause    = 0.2 // share of a part's change from which a combination is named
	mostLeaves      = 200_000
)

// byDimension looks into the largest parts.
func (v *View) byDimension(x *Explanation) ([]PartDimension, []RootCause) {
	dimensions, causes := []PartDimension{}, []RootCause{}
	looked := 0
	for _, part := range x.Parts {
		if looked == splitParts || part.Kind != PartFormula || part.Contribution == nil || part.Before == nil || part.After == nil || *part.Before == *part.After {
			continue
		}
		if math.Abs(*part.Contribution) < fewestMoved*math.Abs(orNaN(x.Change)) {
			continue
		}
		names := v.ev.Dimensions(part.ID)
		if len(names) == 0 {
			continue
		}
		looked++
		weight := *part.Contribution / (*part.After - *part.Before)
		for _, name := range names {
			if d, ok := v.splitPart(part, name, weight, x); ok {
				dimensions = append(dimensions, d)
			}
		}
		causes = append(causes, v.rootCauses(part, names, x)...)
	}
	return dimensions, causes
}

func (v *View) splitPart(part Part, dimension string, weight float64, x *Explanation) (PartDimension, bool) {
	before, after := values(v.ev.Split(part.ID, x.BaseSpan, dimension)), values(v.ev.Split(part.ID, x.NowSpan, dimension))
	d := PartDimension{ID: part.ID, Name: part.Name, Dimension: dimension, Values: []PartValue{}}
	keys := union(before, after)
	if len(keys) < 2 {
		return d, false
	}
	contributions := map[string]float64{}
	if v.ev.Kind(part.ID) == formula.Rate {
		below := v.denominators(part.ID, dimension, x)
		if below == nil {
			return d, false
		}
		n0, r0, n1, r1 := make([]float64, len(keys)), make([]float64, len(keys)), make([]float64, len(keys)), make([]float64, len(keys))
		for i, key := range keys {
			n0[i], r0[i], n1[i], r1[i] = below[0][key], before[key], below[1][key], after[key]
		}
		mix, ok := decompose.RateOf(n0, r0, n1, r1)
		if !ok {
			return d, false
		}
		shift := 0.0
		for i, key := range keys {
			contributions[key] = weight * mix.Rate[i]
			shift += weight * mix.Shift[i]
		}
		d.Mix = number(shift)
	} else {
		for _, key := range keys {
			contributions[key] = weight * (after[key] - before[key])
		}
	}
	for _, key := range keys {
		was, hadBefore := before[key]
		is, hasAfter := after[key]
		value := PartValue{Value: key, Contribution: number(contributions[key])}
		if hadBefore {
			value.Before = number(was)
		}
		if hasAfter {
			value.After = number(is)
		}
		d.Values = append(d.Values, value)
	}
	slices.SortStableFunc(d.Values, func(a, b PartValue) int {
		return cmp.Compare(math.Abs(orNaN(b.Contribution)), math.Abs(orNaN(a.Contribution)))
	})
	d.Values = d.Values[:min(len(d.Values), mostSplitValues)]
	return d, true
}

// denominators is what a measured rate is taken of, by value of a dimension, before
// and after; nil where the measure is not one sum over another.
func (v *View) denominators(id, dimension string, x *Explanation) []map[string]float64 {
	_, below := v.quotient(id)
	if below == "" {
		return nil
	}
	observed, metric := v.ev.Data().Metrics[below], v.model.Metric(below)
	if observed == nil {
		return nil
	}
	at := slices.Index(metric.Source.By, dimension)
	out := []map[string]float64{{}, {}}
	for _, part := range observed.Parts {
		if at < 0 || at >= len(part.Values) {
			return nil
		}
		for i, span := range []series.Span{x.BaseSpan, x.NowSpan} {
			if sum, present := part.Daily.Aggregate(span, metric.Agg); present > 0 {
				out[i][part.Values[at]] += sum
			}
		}
	}
	return out
}

// quotient is the two metrics of an indicator that is measured as one over the
// other; empty for other measures.
func (v *View) quotient(id string) (above, below string) {
	ind := v.model.Indicator(id)
	if ind == nil || ind.Measure == nil {
		return "", ""
	}
	shape := ind.Measure.Shape()
	if shape.Op != formula.JoinQuotient || len(shape.Parts) != 2 || shape.Parts[0].Inverse || !shape.Parts[1].Inverse {
		return "", ""
	}
	return shape.Parts[0].Name, shape.Parts[1].Name
}

// rootCauses looks for the combinations that moved as one. What is expected of each
// is what it brought in the base span, put right for the length of the spans.
func (v *View) rootCauses(part Part, dims []string, x *Explanation) []RootCause {
	above, below := v.quotient(part.ID)
	if above == "" {
		shape := v.model.Indicator(part.ID).Measure.Shape()
		if shape.Op != formula.JoinName || v.ev.Kind(part.ID) != formula.Flow {
			return nil
		}
		above = shape.Parts[0].Name
	}
	leaves := map[string]*rootcause.Leaf{}
	add := func(metric string, into func(l *rootcause.Leaf, before, after float64)) {
		observed, m := v.ev.Data().Metrics[metric], v.model.Metric(metric)
		if observed == nil {
			return
		}
		for _, p := range observed.Parts {
			values := make([]string, len(dims))
			for i, d := range dims {
				if at := slices.Index(m.Source.By, d); at >= 0 && at < len(p.Values) {
					values[i] = p.Values[at]
				}
			}
			key := strings.Join(values, "\x00")
			l := leaves[key]
			if l == nil {
				if len(leaves) >= mostLeaves {
					continue
				}
				l = &rootcause.Leaf{Values: values}
				leaves[key] = l
			}
			before, _ := p.Daily.Aggregate(x.BaseSpan, m.Agg)
			after, _ := p.Daily.Aggregate(x.NowSpan, m.Agg)
			into(l, zeroed(before)*float64(x.NowSpan.Days())/float64(x.BaseSpan.Days()), zeroed(after))
		}
	}
	add(above, func(l *rootcause.Leaf, before, after float64) { l.Forecast += before; l.Actual += after })
	if below != "" {
		add(below, func(l *rootcause.Leaf, before, after float64) { l.ForecastOf += before; l.ActualOf += after })
	}
	list := make([]rootcause.Leaf, 0, len(leaves))
	for _, key := range sorted(leaves) {
		list = append(list, *leaves[key])
	}
	found, _ := rootcause.Find(list, dims, rootcause.Options{MaxCauses: 4, MinExplain: tellingCause})
	out := []RootCause{}
	unit := v.model.Indicator(part.ID).Unit
	for _, c := range found {
		r := RootCause{ID: part.ID, Name: part.Name, Elements: c.Elements, Share: c.Explains, Before: number(c.Forecast), After: number(c.Actual)}
		r.Sentence = v.say(words.T("「%[1]s」の変化の%[2]sは「%[3]s」で起きています(%[4]s → %[5]s)。", "%[2]s of the change of “%[1]s” happened in “%[3]s” (%[4]s → %[5]s).",
			part.Name, words.Percent(c.Explains), named(dims, c.Elements), words.Amount{Value: c.Forecast, Unit: unit}, words.Amount{Value: c.Actual, Unit: unit}))
		out = append(out, r)
	}
	return out
}

// named is a combination of dimension values as people say it.
func named(dims []string, elements map[string]string) string {
	var parts []string
	for _, d := range dims {
		if value, set := elements[d]; set {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, " × ")
}

func values(parts []goal.PartValue) map[string]float64 {
	out := map[string]float64{}
	for _, p := range parts {
		if exists(p.V) {
			out[p.Value] = p.V
		}
	}
	return out
}

func union(a, b map[string]float64) []string {
	all := map[string]float64{}
	for k := range a {
		all[k] = 0
	}
	for k := range b {
		all[k] = 0
	}
	return sorted(all)
}

func zeroed(x float64) float64 {
	if !exists(x) {
		return 0
	}
	return x
}

func sorted[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
