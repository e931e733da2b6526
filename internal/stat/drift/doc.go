// Package drift tells when a link stopped being what it was, and whether it was the link
// that changed or the way a series is measured.
//
// A team looks every day. Each look asks anew, of all days so far, how likely the days are
// under "the relation changed on day τ" against "it never did", averaged over every τ; the
// answer is told when it is larger than in all but 5 % of whole years of daily looks at
// links that never changed. So nothing has to be remembered between looks, and looking
// often costs nothing.
//
// Method: the average likelihood ratio of Shiryaev (1963) and Roberts (1966), with the
// unknown sizes of the effect profiled or integrated out (Pollak 1987, Annals of Statistics
// 15, 749–779), on the score of the link's regressor after calendar, other causes and
// autocorrelation are filtered out; a plain sup-F test is wrong under autocorrelation and
// under repeated looks. The date is the median of the same likelihood over τ.
package drift
