package warehouse

import "testing"

func TestDefinitionsAreSaidInBothLanguages(t *testing.T) {
	for name, d := range Definitions {
		for _, text := range []string{d.Name.JA, d.Name.EN, d.Text.JA, d.Text.EN} {
			if text == "" {
				t.Errorf("%s is not said in both languages: %+v", name, d)
			}
		}
	}
}
