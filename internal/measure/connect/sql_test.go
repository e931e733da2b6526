package connect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
)

// engineCase is what every engine must answer to. with changes the settings.
type engineCase struct {
	name  string
	query string
	file  string
	code  Code
	with  func(*Settings, *Request, *Puller)
}

func runCases(t *testing.T, settings Settings, secret, folder string, cases []engineCase) {
	zone, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := here()
			p.Folder = folder
			r := Request{Kind: SQL, Settings: settings, Secret: secret, Span: span, Zone: zone}
			r.Settings.Query = c.query
			if c.with != nil {
				c.with(&r.Settings, &r, p)
			}
			table, err := p.Pull(t.Context(), r)
			if c.code != "" {
				if code := codeOf(t, err); code != c.code {
					t.Errorf("%s: %v, from %v", code, err, errors.Unwrap(err))
				}
				if secret != "" && strings.Contains(err.Error(), secret) {
					t.Errorf("the password is told: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatalf("%v, from %v", err, errors.Unwrap(err))
			}
			if string(table.File) != c.file || !table.Written {
				t.Errorf("%q, want %q", table.File, c.file)
			}
			if table.Windowed != strings.Contains(c.query, ":from") {
				t.Errorf("windowed %v", table.Windowed)
			}
		})
	}
}

const leads = "day,channel,leads\n2026-11-01,広告,3\n2026-11-03,SNS,\n"

func TestPostgres(t *testing.T) {
	address := os.Getenv("SHIRUBE_TEST_POSTGRES")
	if address == "" {
		t.Skip("no PostgreSQL: scripts/postgres.sh starts one")
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	name := "connect_" + strconv.Itoa(os.Getpid())
	run := func(statements ...string) {
		for _, statement := range statements {
			if _, err := db.ExecContext(context.WithoutCancel(t.Context()), statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
	}
	run("CREATE ROLE "+name+" LOGIN PASSWORD 'sesame'", "CREATE SCHEMA "+name, "GRANT USAGE ON SCHEMA "+name+" TO "+name)
	defer run("DROP SCHEMA "+name+" CASCADE", "DROP ROLE "+name)
	run("CREATE TABLE "+name+".leads (day date, channel text, leads integer, at timestamptz, plain timestamp, amount numeric(30,2))",
		"INSERT INTO "+name+".leads VALUES ('2026-10-31','広告',9,'2026-10-31T00:00Z','2026-10-31 00:00',1),('2026-11-01','広告',3,'2026-10-31T20:00Z','2026-11-01 23:30',12345678901234567890.12),('2026-11-03','SNS',NULL,'2026-11-03T20:00Z','2026-11-03 01:00',0.10)",
		"CREATE TABLE "+name+".hidden (a int)",
		"GRANT SELECT, INSERT ON "+name+".leads TO "+name)
	port, _ := strconv.Atoi(u.Port())
	settings := Settings{Engine: "postgres", Host: u.Hostname(), Port: port, Database: strings.TrimPrefix(u.Path, "/"), User: name, TLS: "off"}
	table := name + ".leads"
	runCases(t, settings, "sesame", "", []engineCase{
		{name: "days", query: "SELECT day, channel, leads FROM " + table + " WHERE day BETWEEN :from AND :to ORDER BY day;", file: leads},
		{name: "a day of the zone", query: "SELECT at::date AS day, amount FROM " + table + " WHERE at >= :from AND at < :to + 1 ORDER BY at", file: "day,amount\n2026-11-01,12345678901234567890.12\n"},
		{name: "texts of times", query: "SELECT at, plain FROM " + table + " WHERE leads = 3", file: "at,plain\n2026-11-01 05:00:00+09,2026-11-01 23:30:00\n"},
		{name: "no rows", query: "SELECT day FROM " + table + " WHERE false", file: "day\n"},
		{name: "what is glued would be code", query: "SELECT :from AS f, ':from' AS g, 'x' || :to AS h", file: "f,g,h\n2026-11-01,:from,x2026-11-03\n"},
		{name: "insert", query: "WITH a AS (INSERT INTO " + table + " (leads) VALUES (1) RETURNING 1) SELECT * FROM a", code: BadQuery},
		{name: "read-only cannot be lifted", query: "SELECT set_config('transaction_read_only', 'off', false), set_config('default_transaction_read_only', 'off', false)", code: BadQuery},
		{name: "locks", query: "SELECT * FROM " + table + " FOR UPDATE", code: BadQuery},
		{name: "no such table", query: "SELECT * FROM nowhere", code: BadQuery},
		{name: "no such column", query: "SELECT nothing FROM " + table, code: BadQuery},
		{name: "division by zero", query: "SELECT 1/0", code: BadQuery},
		{name: "hidden", query: "SELECT * FROM " + name + ".hidden", code: Forbidden},
		{name: "slow", query: "SELECT pg_sleep(20)", code: TooSlow, with: func(_ *Settings, _ *Request, p *Puller) { p.Timeout = 200 * time.Millisecond }},
		{name: "too many rows", query: "SELECT generate_series(1, 100000000)", code: TooMuch, with: func(_ *Settings, _ *Request, p *Puller) { p.MaxRows = 1000 }},
		{name: "too much", query: "SELECT repeat('x', 1000000) FROM generate_series(1, 100)", code: TooMuch, with: func(_ *Settings, _ *Request, p *Puller) { p.MaxBytes = 1 << 20 }},
		{name: "no such database", query: "SELECT 1", code: NotFound, with: func(s *Settings, _ *Request, _ *Puller) { s.Database = "nowhere" }},
		{name: "no such user", query: "SELECT 1", code: SignInCode, with: func(s *Settings, _ *Request, _ *Puller) { s.User = "nobody_here" }},
		{name: "nobody listens", query: "SELECT 1", code: Unreachable, with: func(s *Settings, _ *Request, _ *Puller) { s.Port = closedPort(t) }},
		{name: "no TLS there", query: "SELECT 1", code: Broken, with: func(s *Settings, _ *Request, _ *Puller) { s.TLS = "" }},
		{name: "not allowed", query: "SELECT 1", code: Refused, with: func(_ *Settings, _ *Request, p *Puller) { p.Guard = &Guard{} }},
		{name: "not allowed, TLS", query: "SELECT 1", code: Refused, with: func(s *Settings, _ *Request, p *Puller) { p.Guard = &Guard{}; s.TLS = "" }},
		{name: "a socket", query: "SELECT 1", code: BadSettings, with: func(s *Settings, _ *Request, _ *Puller) { s.Host = "/tmp" }},
		{name: "a host that is more", query: "SELECT 1", code: BadSettings, with: func(s *Settings, _ *Request, _ *Puller) { s.Host = "a sslmode=disable" }},
	})
	var count int
	if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&count); err != nil || count != 3 {
		t.Errorf("%d rows are left, %v", count, err)
	}
}

func closedPort(t *testing.T) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func TestSQLite(t *testing.T) {
	folder, outside := t.TempDir(), t.TempDir()
	for _, dir := range []string{folder, outside} {
		db, err := sql.Open("sqlite", filepath.Join(dir, "shop.db"))
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{
			"CREATE TABLE leads (day DATE, channel TEXT, leads INTEGER, at TIMESTAMP, amount REAL)",
			"INSERT INTO leads VALUES ('2026-10-31','広告',9,'2026-10-31 00:00:00',1),('2026-11-01','広告',3,'2026-11-01 23:30:00',1234567.25),('2026-11-03','SNS',NULL,'2026-11-03 01:00:00',0.5)",
		} {
			if _, err := db.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(outside, "shop.db"), filepath.Join(folder, "link.db")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "text.db"), []byte(strings.Repeat("this is no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	file := func(name string) func(*Settings, *Request, *Puller) {
		return func(s *Settings, _ *Request, _ *Puller) { s.File = name }
	}
	runCases(t, Settings{Engine: "sqlite", File: "shop.db"}, "", folder, []engineCase{
		{name: "days", query: "SELECT day, channel, leads FROM leads WHERE day BETWEEN :from AND :to ORDER BY day", file: leads},
		{name: "times and numbers", query: "SELECT at, amount FROM leads WHERE leads = 3", file: "at,amount\n2026-11-01 23:30:00,1234567.25\n"},
		{name: "no such table", query: "SELECT * FROM nowhere", code: BadQuery},
		{name: "writing", query: "WITH a AS (SELECT 1) INSERT INTO leads (leads) SELECT 1", code: BadQuery},
		{name: "a file of the machine", query: "SELECT readfile('/etc/passwd')", code: BadQuery},
		{name: "an extension", query: "SELECT load_extension('x')", code: BadQuery},
		{name: "endless", query: "WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM a) SELECT count(*) FROM a", code: TooSlow,
			with: func(_ *Settings, r *Request, p *Puller) { p.Timeout = 300 * time.Millisecond }},
		{name: "too many", query: "WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM a) SELECT x FROM a", code: TooMuch, with: func(_ *Settings, _ *Request, p *Puller) { p.MaxRows = 1000 }},
		{name: "no such file", query: "SELECT 1", code: NotFound, with: file("none.db")},
		{name: "dots", query: "SELECT 1", code: BadSettings, with: file("../" + filepath.Base(outside) + "/shop.db")},
		{name: "elsewhere", query: "SELECT 1", code: BadSettings, with: file(filepath.Join(outside, "shop.db"))},
		{name: "a link", query: "SELECT 1", code: BadSettings, with: file("link.db")},
		{name: "the folder", query: "SELECT 1", code: BadSettings, with: file(".")},
		{name: "no database", query: "SELECT 1 FROM leads", code: BadAnswer, with: file("text.db")},
		{name: "no folder", query: "SELECT 1", code: BadSettings, with: func(_ *Settings, _ *Request, p *Puller) { p.Folder = "" }},
		{name: "options in the name", query: "SELECT 1", code: NotFound, with: file("shop.db?mode=rwc")},
	})
}

// TestMySQL starts a MariaDB of its own where the program is installed.
func TestMySQL(t *testing.T) {
	settings, db := startMariaDB(t)
	for _, statement := range []string{
		"CREATE TABLE leads (day DATE, channel VARCHAR(20), leads INT, at DATETIME, stamp TIMESTAMP, amount DECIMAL(30,2), f DOUBLE) CHARACTER SET utf8mb4",
		"SET time_zone='+00:00'",
		"INSERT INTO leads VALUES ('2026-10-31','広告',9,'2026-10-31 00:00','2026-10-31 00:00',1,1),('2026-11-01','広告',3,'2026-11-01 23:30','2026-10-31 20:00',1234567890123456789.12,1234567.25),('2026-11-03','SNS',NULL,'2026-11-03 01:00','2026-11-03 20:00',0.10,0.5)",
		"CREATE TABLE hidden (a INT)",
		"CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'sesame'", "GRANT SELECT, INSERT ON shop.leads TO reader@'127.0.0.1'",
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	runCases(t, settings, "sesame", "", []engineCase{
		{name: "days", query: "SELECT day, channel, leads FROM leads WHERE day BETWEEN :from AND :to ORDER BY day;", file: leads},
		{name: "a day of the zone", query: "SELECT DATE(stamp) AS day, amount FROM leads WHERE leads = 3", file: "day,amount\n2026-11-01,1234567890123456789.12\n"},
		{name: "times", query: "SELECT at, stamp, f FROM leads WHERE leads = 3", file: "at,stamp,f\n2026-11-01 23:30:00,2026-11-01 05:00:00,1234567.25\n"},
		{name: "times with a parameter", query: "SELECT at, f FROM leads WHERE day = :from", file: "at,f\n2026-11-01 23:30:00,1234567.25\n"},
		{name: "no such table", query: "SELECT * FROM nowhere", code: Forbidden}, // MariaDB does not tell what may not be seen
		{name: "no such column", query: "SELECT nothing FROM leads", code: BadQuery},
		{name: "nonsense", query: "SELECT FROM WHERE", code: BadQuery},
		{name: "hidden", query: "SELECT * FROM hidden", code: Forbidden},
		{name: "into a file", query: "SELECT 1 INTO OUTFILE '/tmp/x'", code: Forbidden},
		{name: "slow", query: "SELECT SLEEP(20)", code: TooSlow, with: func(_ *Settings, _ *Request, p *Puller) { p.Timeout = 300 * time.Millisecond }},
		{name: "too many rows", query: "WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM a WHERE x < 5000) SELECT x FROM a", code: TooMuch, with: func(_ *Settings, _ *Request, p *Puller) { p.MaxRows = 1000 }},
		{name: "wrong password", query: "SELECT 1", code: SignInCode, with: func(_ *Settings, r *Request, _ *Puller) { r.Secret = "wrong" }},
		{name: "no such database", query: "SELECT 1", code: Forbidden, with: func(s *Settings, _ *Request, _ *Puller) { s.Database = "nowhere" }},
		{name: "nobody listens", query: "SELECT 1", code: Unreachable, with: func(s *Settings, _ *Request, _ *Puller) { s.Port = closedPort(t) }},
		{name: "no TLS there", query: "SELECT 1", code: Broken, with: func(s *Settings, _ *Request, _ *Puller) { s.TLS = "" }},
		{name: "not allowed", query: "SELECT 1", code: Refused, with: func(_ *Settings, _ *Request, p *Puller) { p.Guard = &Guard{} }},
	})
}

func startMariaDB(t *testing.T) (Settings, *sql.DB) {
	t.Helper()
	server, install := find("mariadbd", "/usr/sbin/mariadbd"), find("mariadb-install-db", "/usr/bin/mariadb-install-db")
	if server == "" || install == "" {
		t.Skip("no MariaDB on this machine (package mariadb-server-core)")
	}
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	if out, err := exec.Command(install, "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db", "--user="+userName()).CombinedOutput(); err != nil {
		t.Skipf("MariaDB cannot be set up here: %v %.300s", err, out)
	}
	port := closedPort(t)
	cmd := exec.Command(server, "--no-defaults", "--datadir="+data, "--bind-address=127.0.0.1", "--port="+strconv.Itoa(port), "--socket="+filepath.Join(dir, "s"),
		"--pid-file="+filepath.Join(dir, "pid"), "--innodb-buffer-pool-size=16M", "--innodb-flush-log-at-trx-commit=0", "--user="+userName())
	if err := cmd.Start(); err != nil {
		t.Skipf("MariaDB does not start: %v", err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	config := mysql.NewConfig()
	config.User, config.Net, config.Addr, config.Logger, config.MultiStatements = "root", "tcp", fmt.Sprintf("127.0.0.1:%d", port), &mysql.NopLogger{}, true
	for range 300 {
		db, err := sql.Open("mysql", config.FormatDSN())
		if err != nil {
			t.Fatal(err)
		}
		if db.Ping() == nil {
			db.SetMaxOpenConns(1)
			for _, statement := range []string{"CREATE DATABASE shop", "USE shop"} {
				if _, err := db.Exec(statement); err != nil {
					t.Fatal(err)
				}
			}
			t.Cleanup(func() { _ = db.Close() })
			return Settings{Engine: "mysql", Host: "127.0.0.1", Port: port, Database: "shop", User: "reader", TLS: "off"}, db
		}
		_ = db.Close()
		time.Sleep(50 * time.Millisecond)
	}
	t.Skip("MariaDB does not answer")
	return Settings{}, nil
}

func userName() string {
	if os.Getuid() == 0 {
		return "root"
	}
	return os.Getenv("USER")
}

func find(name, otherwise string) string {
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	if _, err := os.Stat(otherwise); err == nil {
		return otherwise
	}
	return ""
}

// TestClickHouse needs a server of 22.6 or later: clickhouse://user:password@host:port/database, the native port.
func TestClickHouse(t *testing.T) {
	address := os.Getenv("SHIRUBE_TEST_CLICKHOUSE")
	if address == "" {
		t.Skip("no ClickHouse: set SHIRUBE_TEST_CLICKHOUSE=clickhouse://user:password@host:port/database")
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	port, _ := strconv.Atoi(u.Port())
	password, _ := u.User.Password()
	runCases(t, Settings{Engine: "clickhouse", Host: u.Hostname(), Port: port, Database: strings.TrimPrefix(u.Path, "/"), User: u.User.Username(), TLS: "off"}, password, "", []engineCase{
		{name: "days", query: "SELECT day, channel, leads FROM values('day Date, channel String, leads Nullable(UInt32)', ('2026-10-31','広告',9), ('2026-11-01','広告',3), ('2026-11-03','SNS',NULL)) WHERE day BETWEEN :from AND :to ORDER BY day", file: leads},
		{name: "numbers", query: "SELECT toDecimal64('1234567.25', 2) AS a, 0.5 AS b, toUInt64(18446744073709551615) AS c", file: "a,b,c\n1234567.25,0.5,18446744073709551615\n"},
		{name: "no such table", query: "SELECT * FROM nowhere", code: BadQuery},
		{name: "slow", query: "SELECT count() FROM numbers(10000000000000) WHERE NOT ignore(sipHash64(number))", code: TooSlow, with: func(_ *Settings, _ *Request, p *Puller) { p.Timeout = 200 * time.Millisecond }},
		{name: "too many rows", query: "SELECT number FROM numbers(10000000)", code: TooMuch, with: func(_ *Settings, _ *Request, p *Puller) { p.MaxRows = 1000 }},
		{name: "wrong password", query: "SELECT 1", code: SignInCode, with: func(_ *Settings, r *Request, _ *Puller) { r.Secret = "wrong" }},
		{name: "not allowed", query: "SELECT 1", code: Refused, with: func(_ *Settings, _ *Request, p *Puller) { p.Guard = &Guard{} }},
	})
}
