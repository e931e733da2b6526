package query

// vocabulary is every name that may stand in a statement: the tables and columns of the
// warehouse, and the short names questions give to their parts.
var vocabulary = func() map[word]bool {
	known := map[word]bool{}
	for _, list := range [][]word{tables, columns, given} {
		for _, each := range list {
			known[each] = true
		}
	}
	return known
}()

var tables = []word{
	"events", "visitors", "visits", "traffic", "dirty", "rollup_days", "rollup_fields", "day_stamps", "person_stamps", "names",
}

var columns = []word{
	"ws", "day", "happened", "received", "id", "kind", "name", "category", "visitor", "visit",
	"host", "path", "query", "title", "referrer_host", "referrer_path",
	"device", "browser", "os", "language", "bot", "library", "key", "engaged", "value", "currency",
	"user_id", "anonymous_id", "previous_id", "group_id", "properties",
	"hash", "person", "cookieless", "first_seen", "last_seen",
	"started", "ended", "last_view", "views", "bounce", "entry", "exit",
	"source", "medium", "campaign", "term", "content", "click_id",
	"bounces", "duration", "people", "field", "entries", "exits", "count", "first", "last", "stamp",
}

var given = []word{
	"e", "v", "p", "t", "m", "f", "r", "s", "o", "c", "n", "x", "y", // sources
	"daily", "total", "mapped", "seen", "from_page", "to_page", "previous", "followed",
	"step1", "step2", "step3", "step4", "step5", "step6", "step7", "step8", "step9", "step10", "step11", "step12",
	"chain", "at1", "at2", "at3", "at4", "at5", "at6", "at7", "at8", "at9", "at10", "at11", "at12",
	"kept", "depth", "best", "born", "period", "median_gap", "after", "outcomes", "place", "moment",
	"dim1", "dim2", "dim3", "matched", "grouped", "daily_visitors", "ranked", "covered", "acts", "done", "who", "which",
	"visited", "again",
}

var (
	events       = func() table { return table{"events", "e"} }()
	visits       = table{"visits", "v"}
	visitors     = table{"visitors", "p"}
	trafficTable = table{"traffic", "t"}
	dirty        = table{"dirty", "x"}
	rollupDays   = table{"rollup_days", "r"}
	rollupFields = table{"rollup_fields", "f"}
	dayStamps    = table{"day_stamps", "s"}
	personStamps = table{"person_stamps", "s"}
	names        = table{"names", "n"}
)

func ofEvent(name word) Expr   { return col{"e", name} }
func ofVisit(name word) Expr   { return col{"v", name} }
func ofPerson(name word) Expr  { return col{"p", name} }
func ofTraffic(name word) Expr { return col{"t", name} }
func named(name word) Expr     { return col{"", name} }

func column(e Expr, as word) Column { return Column{e, as} }

// whole makes an aggregate a 64-bit integer, 0 where there was nothing.
func whole(e Expr) Expr { return spell(asInteger, fn("coalesce", e, zero)) }

func sum(e Expr) Expr { return fn("sum", e) }

func count() Expr { return fn("count", star) }
