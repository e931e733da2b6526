package connect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/shirube/shirube/internal/words"
)

// pullMySQL reads from MySQL or MariaDB.
func (p *Puller) pullMySQL(ctx context.Context, r Request, q query) (*Table, error) {
	s := r.Settings
	config := mysql.NewConfig()
	config.User, config.Passwd, config.DBName = s.User, r.Secret, s.Database
	config.Net, config.Addr, config.DialFunc = "tcp", addressOfServer(s, 3306), p.dialOf(s)
	config.Timeout, config.ReadTimeout, config.WriteTimeout = dialTimeout, p.timeout()+dialTimeout, dialTimeout
	config.TLS = tlsOf(s)
	config.Logger = &mysql.NopLogger{} // what goes wrong is told by the error
	// The server may not ask this machine for its files, nor for the password in clear.
	config.AllowAllFiles, config.AllowCleartextPasswords, config.MultiStatements = false, false, false
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("configure MySQL: %w", err)
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, mySQLFailure(s, err)
	}
	defer conn.Close()
	if err := setMySQL(ctx, conn, r.Zone, p.timeout()); err != nil {
		return nil, mySQLFailure(s, err)
	}
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return nil, mySQLFailure(s, err)
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(ctx, q.with(func(int, string) string { return "?" }), q.values(r.Span.From.String(), r.Span.To.String())...)
	if err != nil {
		return nil, mySQLFailure(s, err)
	}
	defer rows.Close()
	table, err := p.rowsOf(rows, nil)
	if err != nil {
		return nil, mySQLFailure(s, err)
	}
	return table, nil
}

// setMySQL sets the zone and the time limit; MySQL and MariaDB call the limit by
// different names, and not every server knows zones by name.
func setMySQL(ctx context.Context, conn *sql.Conn, zone *time.Location, limit time.Duration) error {
	if _, err := conn.ExecContext(ctx, "SET time_zone = ?", zone.String()); err != nil {
		if _, err := conn.ExecContext(ctx, "SET time_zone = ?", offsetOf(zone, time.Now())); err != nil {
			return fmt.Errorf("set the zone: %w", err)
		}
	}
	if _, err := conn.ExecContext(ctx, "SET SESSION max_execution_time = ?", limit.Milliseconds()); err != nil {
		if _, err := conn.ExecContext(ctx, "SET SESSION max_statement_time = ?", limit.Seconds()); err != nil {
			return fmt.Errorf("set the time limit: %w", err)
		}
	}
	return nil
}

func mySQLFailure(s Settings, err error) error {
	told, ok := errors.AsType[*mysql.MySQLError](err)
	if !ok {
		return err
	}
	switch told.Number {
	case 1045, 1698:
		return noSignIn(s, err)
	case 1049:
		return noDatabase(s, err)
	case 1044, 1142, 1143, 1227, 1370:
		return noRight(err, told.Message)
	case 1792, 1290:
		return writes(err)
	case 1969, 3024, 1317:
		return tooSlow(err)
	case 1040, 1203, 1226:
		return &Failure{Code: Busy, cause: err, What: busyDatabase(s)}
	case 1054, 1064, 1146, 1305, 1052, 1055, 1247, 1140, 1525, 1630:
		return badQuery(err, told.Message)
	}
	return err
}

func busyDatabase(s Settings) words.Text {
	return words.T("「%s」がいま混み合っています。", "%s is busy now.", s.Host)
}
