package connect

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"
)

// pullPostgres takes everything as the text PostgreSQL itself writes: exact numbers, and
// times in the workspace's zone.
func (p *Puller) pullPostgres(ctx context.Context, r Request, q query) (*Table, error) {
	s := r.Settings
	// Whatever the environment of this program says about other databases must not mix
	// in, least of all a password; so all of it is named here, and then set.
	config, err := pgconn.ParseConfig("host=localhost port=5432 user=nobody dbname=none sslmode=disable passfile=" + os.DevNull)
	if err != nil {
		return nil, fmt.Errorf("configure PostgreSQL: %w", err)
	}
	config.Host, config.Port, config.Database, config.User, config.Password = s.Host, uint16(portOf(s, 5432)), s.Database, s.User, r.Secret
	config.TLSConfig, config.Fallbacks, config.KerberosSrvName = tlsOf(s), nil, ""
	config.LookupFunc = func(_ context.Context, host string) ([]string, error) { return []string{host}, nil } // the guard looks names up
	config.DialFunc = pgconn.DialFunc(p.dialOf(s))
	config.ConnectTimeout = dialTimeout
	config.RuntimeParams = map[string]string{"application_name": "shirube"}
	conn, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return nil, postgresFailure(s, err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	timeout := strconv.FormatInt(p.timeout().Milliseconds(), 10)
	for _, setting := range [][2]string{
		{"default_transaction_read_only", "on"}, {"statement_timeout", timeout}, {"lock_timeout", timeout},
		{"idle_in_transaction_session_timeout", timeout}, {"timezone", r.Zone.String()}, {"datestyle", "ISO, YMD"}, {"extra_float_digits", "1"},
	} {
		_, err := conn.ExecParams(ctx, "SELECT set_config($1, $2, false)", [][]byte{[]byte(setting[0]), []byte(setting[1])}, nil, nil, nil).Close()
		if err != nil {
			return nil, postgresFailure(s, fmt.Errorf("set %s: %w", setting[0], err))
		}
	}
	if _, err := conn.Exec(ctx, "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").ReadAll(); err != nil {
		return nil, postgresFailure(s, err)
	}
	table, err := p.selectPostgres(ctx, conn, r, q)
	if err != nil {
		return nil, postgresFailure(s, err)
	}
	return table, nil
}

func (p *Puller) selectPostgres(ctx context.Context, conn *pgconn.PgConn, r Request, q query) (*Table, error) {
	text := q.with(func(i int, _ string) string { return "$" + strconv.Itoa(i+1) + "::date" })
	values := make([][]byte, len(q.params))
	for i, value := range q.values(r.Span.From.String(), r.Span.To.String()) {
		values[i] = []byte(value.(string))
	}
	reader := conn.ExecParams(ctx, text, values, nil, nil, nil)
	var out *writer
	var err error
	var cells []string
	for err == nil && reader.NextRow() {
		if out == nil {
			if out, err = p.writer(postgresHeader(reader)); err != nil {
				break
			}
			cells = make([]string, len(reader.FieldDescriptions()))
		}
		for i, value := range reader.Values() {
			cells[i] = string(value) // NULL is nothing
		}
		err = out.row(cells)
	}
	if err != nil {
		return nil, err // closing the connection ends the rest
	}
	if out == nil {
		if out, err = p.writer(postgresHeader(reader)); err != nil {
			return nil, err
		}
	}
	if _, err := reader.Close(); err != nil {
		return nil, fmt.Errorf("select: %w", err)
	}
	return out.table(), nil
}

func postgresHeader(reader *pgconn.ResultReader) []string {
	var header []string
	for _, field := range reader.FieldDescriptions() {
		header = append(header, field.Name)
	}
	return header
}

func postgresFailure(s Settings, err error) error {
	told, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return err
	}
	switch code := told.Code; {
	case code == "28P01", code == "28000":
		return noSignIn(s, err)
	case code == "3D000":
		return noDatabase(s, err)
	case code == "42501":
		return noRight(err, told.Message)
	case code == "25006", code == "25001":
		return writes(err)
	case code == "57014", code == "55P03":
		return tooSlow(err)
	case code == "53300":
		return &Failure{Code: Busy, cause: err, What: busyDatabase(s)}
	case len(code) == 5 && (code[:2] == "42" || code[:2] == "22" || code[:2] == "21"):
		return badQuery(err, told.Message)
	}
	return err
}
