package insight

// reviewFindings are all findings in the order they are found.
func (v *View) reviewFindings() []ReviewFinding {
	var out []ReviewFinding
	for _, f := range v.Check() {
		out = append(out, ReviewFinding{
			Finding: f, Key: keyOf(f), Body: []string{}, Grade: GradeFormula, GradeLabel: v.say(gradeLabel(GradeFormula)),
		})
	}
	return out
}
