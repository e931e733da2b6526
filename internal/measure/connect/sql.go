package connect

import (
	"context"
	"crypto/tls"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/words"
)

// pullSQL runs the connection's SELECT in a transaction that can only read.
func (p *Puller) pullSQL(ctx context.Context, r Request) (*Table, error) {
	q, err := parseQuery(r.Settings.Query)
	if err != nil {
		return nil, err
	}
	run := map[string]func(context.Context, Request, query) (*Table, error){
		"postgres": p.pullPostgres, "mysql": p.pullMySQL, "sqlite": p.pullSQLite, "clickhouse": p.pullClickHouse,
	}[r.Settings.Engine]
	limited, cancel := context.WithTimeout(ctx, p.timeout()+dialTimeout)
	defer cancel()
	table, err := run(limited, r, q)
	if err != nil {
		return nil, sqlFailure(ctx, limited, r.Settings, err)
	}
	table.Windowed = q.windowed()
	return table, nil
}

// sqlFailure puts the errors every engine has in common into words.
func sqlFailure(ctx, limited context.Context, s Settings, err error) error {
	if _, ok := errors.AsType[*Failure](err); ok {
		return err
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if limited.Err() != nil {
		return tooSlow(err)
	}
	host := s.Host
	if s.Engine == "sqlite" {
		host = s.File
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return &Failure{Code: Unreachable, cause: err, What: words.T("「%s」の証明書を確かめられませんでした。社内の証明書なら、暗号化を「確かめずに暗号化」にしてください。",
			"The certificate of %s could not be verified. If it is your own, choose to encrypt without verifying.", host)}
	}
	var network net.Error
	if _, refused := errors.AsType[*RefusedError](err); refused || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) {
		return unreached(limited, host, err)
	}
	return &Failure{Code: Broken, cause: err, What: words.T("「%[1]s」から読み取れませんでした: %[2]s", "Nothing could be read from %[1]s: %[2]s", host, plainLine(err.Error()))}
}

func tooSlow(err error) *Failure {
	return &Failure{Code: TooSlow, cause: err, What: words.T("時間内に終わりませんでした。期間を :from と :to で絞るか、集計した表から読んでください。",
		"It did not end in time. Narrow it down by :from and :to, or read from a table that is added up already.")}
}

func badQuery(err error, message string) *Failure {
	return &Failure{Code: BadQuery, cause: err, Field: "query", What: words.T("データベースが SELECT 文を受け付けませんでした: %s", "The database did not accept the SELECT: %s", plainLine(message))}
}

func writes(err error) *Failure {
	return &Failure{Code: BadQuery, cause: err, Field: "query", What: words.T("読み取りだけができます。書き込む文は使えません。", "This only reads; a statement that writes cannot be used.")}
}

func noSignIn(s Settings, err error) *Failure {
	return &Failure{Code: SignInCode, cause: err, What: words.T("「%[1]s」が、ユーザー「%[2]s」のパスワードを受け付けませんでした。", "%[1]s does not accept the password of %[2]s.", s.Host, s.User)}
}

func noRight(err error, message string) *Failure {
	return &Failure{Code: Forbidden, cause: err, What: words.T("このユーザーには見る権限がありません: %s", "This user may not see it: %s", plainLine(message))}
}

func noDatabase(s Settings, err error) *Failure {
	return &Failure{Code: NotFound, cause: err, Field: "database", What: words.T("「%[1]s」にデータベース「%[2]s」がありません。", "There is no database %[2]q on %[1]s.", s.Host, s.Database)}
}

// tlsOf is how a database is spoken to; nil without encryption.
func tlsOf(s Settings) *tls.Config {
	switch s.TLS {
	case "off":
		return nil
	case "encrypt":
		return &tls.Config{InsecureSkipVerify: true, ServerName: s.Host, MinVersion: tls.VersionTLS12}
	}
	return &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}
}

// dialOf reaches a database: one without encryption inside of allowed networks only.
func (p *Puller) dialOf(s Settings) func(ctx context.Context, network, address string) (net.Conn, error) {
	if s.TLS == "off" {
		return p.Guard.dialAllowed
	}
	return p.Guard.Dial
}

func portOf(s Settings, usual int) int {
	if s.Port == 0 {
		return usual
	}
	return s.Port
}

// addressOfServer is host and port as they are dialled.
func addressOfServer(s Settings, usual int) string {
	return net.JoinHostPort(strings.Trim(s.Host, "[]"), strconv.Itoa(portOf(s, usual)))
}

// offsetOf is a zone's distance from UTC on a moment, for databases that know no names.
func offsetOf(zone *time.Location, at time.Time) string {
	return at.In(zone).Format("-07:00")
}

// rowsOf writes what database/sql gives. zone is where timestamps that carry a zone are
// shown; nil takes times as they stand.
func (p *Puller) rowsOf(rows *sql.Rows, isDate func(column *sql.ColumnType) bool) (*Table, error) {
	columns, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("read columns: %w", err)
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, fmt.Errorf("read columns: %w", err)
	}
	out, err := p.writer(columns)
	if err != nil {
		return nil, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	cells := make([]string, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("read row: %w", err)
		}
		for i, value := range values {
			cells[i] = sqlCell(value, isDate != nil && isDate(types[i]))
		}
		if err := out.row(cells); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	return out.table(), nil
}

// sqlCell writes one value as it would stand in a CSV.
func sqlCell(value any, date bool) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	case time.Time:
		_, offset := v.Zone()
		switch {
		case date || offset == 0 && v.Equal(v.Truncate(24*time.Hour)):
			return v.Format(time.DateOnly)
		case offset == 0:
			return v.Format(time.DateTime)
		}
		return v.Format(time.RFC3339)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case float32:
		return strconv.FormatFloat(float64(v), 'f', -1, 32)
	case fmt.Stringer:
		return v.String()
	}
	if pointed := reflect.ValueOf(value); pointed.Kind() == reflect.Pointer {
		if pointed.IsNil() {
			return ""
		}
		return sqlCell(pointed.Elem().Interface(), date)
	}
	return fmt.Sprint(value)
}

// secured speaks TLS on a connection the guard made.
func secured(ctx context.Context, conn net.Conn, config *tls.Config) (net.Conn, error) {
	encrypted := tls.Client(conn, config)
	if err := encrypted.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return encrypted, nil
}

func tooMuchResult(err error) *Failure {
	return &Failure{Code: TooMuch, cause: err, What: words.T("結果が大きすぎます。日ごとに集計するか、列を減らしてください。", "The result is too large. Add it up by day, or ask for fewer columns.")}
}
