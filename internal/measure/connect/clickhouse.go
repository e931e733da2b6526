package connect

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// pullClickHouse reads from ClickHouse. It has no transactions; the setting readonly lets
// a statement read and nothing else.
func (p *Puller) pullClickHouse(ctx context.Context, r Request, q query) (*Table, error) {
	s := r.Settings
	usual := 9440
	if s.TLS == "off" {
		usual = 9000
	}
	dial := p.dialOf(s)
	options := &clickhouse.Options{
		Addr:        []string{addressOfServer(s, usual)},
		Auth:        clickhouse.Auth{Database: s.Database, Username: s.User, Password: r.Secret},
		TLS:         tlsOf(s),
		DialTimeout: dialTimeout, ReadTimeout: p.timeout() + dialTimeout,
		// 2 and not 1: with 1 the limits below could not be set beside it.
		Settings: clickhouse.Settings{
			"readonly": 2, "max_execution_time": int(p.timeout().Seconds()) + 1,
			"max_result_rows": p.maxRows() + 1, "max_result_bytes": 4 * p.maxBytes(), "result_overflow_mode": "throw",
		},
	}
	whole := ctx
	options.DialContext = func(ctx context.Context, address string) (net.Conn, error) {
		conn, err := dial(ctx, "tcp", address)
		if err != nil {
			return nil, err
		}
		// Called off, the driver still waits for a word of a server that says nothing more.
		context.AfterFunc(whole, func() { _ = conn.Close() })
		if options.TLS == nil {
			return conn, nil
		}
		return secured(ctx, conn, options.TLS)
	}
	db := clickhouse.OpenDB(options)
	defer db.Close()
	text := q.with(func(_ int, param string) string { return "{" + param + ":Date}" })
	ctx = clickhouse.Context(ctx, clickhouse.WithParameters(clickhouse.Parameters{"from": r.Span.From.String(), "to": r.Span.To.String()}))
	rows, err := db.QueryContext(ctx, text)
	if err != nil {
		return nil, clickHouseFailure(s, err)
	}
	defer rows.Close()
	table, err := p.rowsOf(rows, func(column *sql.ColumnType) bool {
		name := strings.TrimPrefix(column.DatabaseTypeName(), "Nullable(")
		return strings.HasPrefix(name, "Date") && !strings.HasPrefix(name, "DateTime")
	})
	if err != nil {
		return nil, clickHouseFailure(s, err)
	}
	return table, nil
}

func clickHouseFailure(s Settings, err error) error {
	told, ok := errors.AsType[*clickhouse.Exception](err)
	if !ok {
		return err
	}
	switch told.Code {
	case 516, 192, 193, 194:
		return noSignIn(s, err)
	case 81:
		return noDatabase(s, err)
	case 497:
		return noRight(err, told.Message)
	case 164:
		return writes(err)
	case 159, 160, 209:
		return tooSlow(err)
	case 202:
		return &Failure{Code: Busy, cause: err, What: busyDatabase(s)}
	case 396:
		return tooMuchResult(err)
	case 47, 60, 62, 43, 46, 42, 6, 53, 184, 215:
		return badQuery(err, told.Message)
	}
	return err
}
