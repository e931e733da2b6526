package intervention

import "testing"

func TestChoose(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   Available
		want Design
		why  Reason
	}{
		"several shops":            {Available{Treated: 2, Untreated: 8, Before: 60, After: 14, Season: 7}, DesignPanel, None},
		"few shops, controls":      {Available{Treated: 1, Untreated: 2, Controls: 1, Before: 60, After: 14, Season: 7}, DesignControls, FewUnits},
		"controls":                 {Available{Controls: 3, Before: 60, After: 14, Season: 7}, DesignControls, None},
		"alone":                    {Available{Before: 60, After: 14, Season: 7}, DesignOwnPast, NoControls},
		"three weeks":              {Available{Controls: 1, Before: 21, After: 14, Season: 7}, DesignNone, TooShort},
		"not begun":                {Available{Controls: 1, Before: 200, Season: 7}, DesignNone, NoDaysAfter},
		"shops with three weeks":   {Available{Treated: 1, Untreated: 9, Before: 21, After: 7, Season: 7}, DesignPanel, None},
		"more treated than others": {Available{Treated: 9, Untreated: 5, Before: 90, After: 7, Season: 7}, DesignOwnPast, FewUnits},
	} {
		got := Choose(c.in)
		if got.Design != c.want || (c.why != None && (len(got.Whys) == 0 || got.Whys[0] != c.why)) {
			t.Errorf("%s: %+v, %s because %q was expected", name, got, c.want, c.why)
		}
	}
}
