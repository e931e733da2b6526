package warehouse

import "context"

// Progress hears how far a question is: the share of it that is done, from 0 to 1, never
// less than before. It is called from another goroutine, a few times a second, and what it
// does has to be quick. A question that is answered at once may never tell.
type Progress func(share float64)

type progressKey struct{}

// WithProgress makes the questions asked with a context tell how far they are.
func WithProgress(ctx context.Context, tell Progress) context.Context {
	return context.WithValue(ctx, progressKey{}, tell)
}

// ProgressOf is what WithProgress gave; nil without.
func ProgressOf(ctx context.Context) Progress {
	tell, _ := ctx.Value(progressKey{}).(Progress)
	return tell
}
