package warehousetest

import (
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// newest asks for the newest event of spans that end late and long after the last.
func (q *questioner) newest() {
	q.Helper()
	for _, to := range []series.Day{FirstDay - 2, FirstDay + 3, wholeWorld.To, wholeWorld.To + 20, wholeWorld.To + 900} {
		s := warehouse.Scope{Workspace: Home, Span: series.Span{From: to - 2000, To: to}, WithBots: true}
		rows, err := q.r.Events(q.Context(), s, warehouse.Paging{})
		if err != nil {
			q.Fatal(err)
		}
		type answer struct {
			Received event.Millis
			Any      bool
		}
		want := answer{Any: len(rows) > 0}
		for _, row := range rows {
			want.Received = max(want.Received, row.ReceivedAt)
		}
		received, found, err := q.r.Newest(q.Context(), s)
		same(q, "the newest event", answer{received, found}, want, err)
	}
}
