package connect

import (
	"strings"
	"testing"
)

func TestQueriesAreCutAtTheirParameters(t *testing.T) {
	for text, want := range map[string]string{
		"select 1": "select 1",
		"SELECT d, n FROM t WHERE d BETWEEN :from AND :to;":    "SELECT d, n FROM t WHERE d BETWEEN <from> AND <to> ",
		"select ':from', \":to\", `:to` from t where a=:to":    "select ':from', \":to\", `:to` from t where a=<to>",
		"select 'it''s :from' where d>=:from":                  "select 'it''s :from' where d>=<from>",
		"select d::date, :from::text, a[1:to] from t":          "select d::date, <from>::text, a[1<to>] from t",
		"select :fromage, :to_do, :tö, x:y":                    "select :fromage, :to_do, :tö, x:y",
		"-- :from ;\n select 1 /* :to ; */ where :to":          "-- :from ;\n select 1 /* :to ; */ where <to>",
		"select $$ :from ; $$, $a$ :to $$ $a$, $1 where :from": "select $$ :from ; $$, $a$ :to $$ $a$, $1 where <from>",
		"with a as (select 1) select * from a -- end":          "with a as (select 1) select * from a -- end",
		"(select 1) union (select 2)":                          "(select 1) union (select 2)",
		"select 1;  -- done\n /* and so on */":                 "select 1   -- done\n /* and so on */",
		"select 日付, 数 from 表 where 日付 >= :from and 日付<=:to":    "select 日付, 数 from 表 where 日付 >= <from> and 日付<=<to>",
		"":                                      "",
		"   ":                                   "",
		"delete from t":                         "",
		"insert into t values (1)":              "",
		"select 1; select 2":                    "",
		"select 1; drop table t":                "",
		"select 1;;'x'":                         "",
		"/* select */ update t set a=1":         "",
		"\"select\" 1":                          "",
		"select 'open":                          "",
		"select /* open":                        "",
		"select $$open":                         "",
		"select \x00":                           "",
		"select \xff":                           "",
		"set role x":                            "",
		"copy t to program 'x'":                 "",
		"pragma query_only=0":                   "",
		"attach database 'x' as y":              "",
		"select " + strings.Repeat("1+", 20000): "",
	} {
		q, err := parseQuery(text)
		if want == "" {
			if err == nil {
				t.Errorf("%.40q was taken", text)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := q.with(func(_ int, param string) string { return "<" + param + ">" }); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func FuzzQuery(f *testing.F) {
	for _, text := range []string{"select :from", "select '", "with $a$ $a$", "select 1;--"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := parseQuery(text)
		if err != nil {
			return
		}
		if len(q.texts) != len(q.params)+1 {
			t.Fatalf("%q: %d texts, %d parameters", text, len(q.texts), len(q.params))
		}
		again := q.with(func(_ int, param string) string { return ":" + param })
		if strings.ReplaceAll(again, ";", " ") != strings.ReplaceAll(strings.TrimSpace(text), ";", " ") {
			t.Fatalf("%q became %q", text, again)
		}
	})
}
