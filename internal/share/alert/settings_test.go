package alert

import (
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/share/access"
)

// TestNewKindsReachWhoDecidedBefore: a kind that came after somebody chose reaches them as if they
// had chosen nothing; what they turned off stays off.
func TestNewKindsReachWhoDecidedBefore(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		mine Mine
		role access.Role
		want []Kind
	}{
		{"chosen before agreement was a kind", Mine{Kinds: []Kind{Pace}}, access.Editor, []Kind{Pace, Agreement}},
		{"everything was turned off then", Mine{}, access.Editor, []Kind{Agreement}},
		{"agreement was offered and left out", Mine{Kinds: []Kind{Pace}, Asked: Kinds}, access.Editor, []Kind{Pace}},
		{"agreement was chosen", Mine{Kinds: []Kind{Agreement}, Asked: Kinds}, access.Editor, []Kind{Agreement}},
		{"not usual for the role", Mine{Kinds: []Kind{Review}}, access.Member, []Kind{Review}},
		{"a viewer who has become an editor", Mine{Kinds: []Kind{}, Asked: []Kind{Milestone, Pace, Step, Link, Stale, Review, Question, Agreement}}, access.Editor, []Kind{Leads}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			before := slices.Clone(tt.mine.Kinds)
			if got := tt.mine.Decided(tt.role).Kinds; !slices.Equal(got, tt.want) {
				t.Errorf("%v reaches them, not %v", got, tt.want)
			}
			if !slices.Equal(before, tt.mine.Kinds) {
				t.Errorf("what is kept has changed: %v", tt.mine.Kinds)
			}
		})
	}
}

// TestNewKindsAreToldWherePlacesChoseBefore: a place is as a person of whom all is usual.
func TestNewKindsAreToldWherePlacesChoseBefore(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ kinds, asked, want []Kind }{
		"told of all":                        {nil, nil, nil},
		"chosen before agreement was a kind": {[]Kind{Pace}, nil, []Kind{Pace, Agreement}},
		"agreement was offered and left out": {[]Kind{Pace}, Kinds, []Kind{Pace}},
	} {
		if got := Chosen(tt.kinds, tt.asked); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v is told there, not %v", name, got, tt.want)
		}
	}
}
