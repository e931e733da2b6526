package source_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// read lays files and a source description in a folder and reads them.
func read(t *testing.T, description string, files map[string]string) (*goal.Data, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m, err := goal.Parse("model.yaml", []byte("shirube: 1\nkgi: {id: k}\nsources:\n  s:\n"+indent(description)))
	if err != nil {
		t.Fatalf("parse model: %v", err)
	}
	folder, err := source.Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	data, err := source.ReadAll(context.Background(), m, folder, nil)
	if err == nil {
		again, err := source.ReadAll(context.Background(), m, folder, nil)
		if err != nil || fmt.Sprintf("%+v", again) == "" || !reflect.DeepEqual(fmt.Sprint(flatten(again)), fmt.Sprint(flatten(data))) {
			t.Fatalf("reading again differs: %v", err)
		}
	}
	return data, err
}

func indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n    ") + "\n"
}

// flatten writes data as "metric[dimensions]: day=value …".
func flatten(d *goal.Data) map[string]string {
	out := map[string]string{}
	line := func(daily series.Daily) string {
		var parts []string
		for i, v := range daily.Values {
			parts = append(parts, fmt.Sprintf("%s=%v", (daily.First + series.Day(i)).String()[5:], v))
		}
		return strings.Join(parts, " ")
	}
	for name, o := range d.Metrics {
		out[name] = line(o.Total)
		for _, p := range o.Parts {
			out[name+fmt.Sprint(p.Values)] = line(p.Daily)
		}
	}
	return out
}

func TestMetricsFromRows(t *testing.T) {
	const leads = "id,contact,origin,stage,amount,email\n1,2026-04-01,social,won,100,a@x\n2,2026-04-01,social,lost,,a@x\n3,2026-04-01,mail,受注,50,b@x\n4,2026-04-03,mail,open,30,c@x\n"
	for name, c := range map[string]struct {
		description string
		files       map[string]string
		want        map[string]string
	}{
		"one row per day, newest first": {
			"{csv: s.csv, date: 日付, metrics: {x: 表示, f: {column: フォロワー, agg: last}}}",
			map[string]string{"s.csv": "日付,表示,フォロワー\n2026/4/3,\"1,200\",12\n2026年4月1日,300,10\n"},
			map[string]string{"s.x": "04-01=300 04-02=NaN 04-03=1200", "s.f": "04-01=10 04-02=NaN 04-03=12"},
		},
		"one row per thing": {
			"{csv: s.csv, date: contact, metrics: {leads: {count: rows}, won: {count: rows, where: {stage: [won, 受注]}}, amount: {sum: amount}, won_amount: {sum: amount, where: {stage: won}}, people: {distinct: email}}}",
			map[string]string{"s.csv": leads},
			map[string]string{
				"s.leads": "04-01=3 04-02=NaN 04-03=1", "s.won": "04-01=2 04-02=NaN 04-03=0", "s.amount": "04-01=150 04-02=NaN 04-03=30",
				"s.won_amount": "04-01=100 04-02=NaN 04-03=0", "s.people": "04-01=2 04-02=NaN 04-03=1",
			},
		},
		"gaps are zero when the source says so": {
			"{csv: s.csv, date: contact, gaps: zero, metrics: {leads: {count: rows}}}",
			map[string]string{"s.csv": leads},
			map[string]string{"s.leads": "04-01=3 04-02=0 04-03=1"},
		},
		"dimensions": {
			"{csv: s.csv, date: contact, by: [origin], metrics: {leads: {count: rows}, people: {distinct: email}}}",
			map[string]string{"s.csv": leads},
			map[string]string{
				"s.leads": "04-01=3 04-02=NaN 04-03=1", "s.leads[social]": "04-01=2", "s.leads[mail]": "04-01=1 04-02=NaN 04-03=1",
				"s.people": "04-01=2 04-02=NaN 04-03=1", "s.people[social]": "04-01=1", "s.people[mail]": "04-01=1 04-02=NaN 04-03=1",
			},
		},
		"levels of several accounts add up": {
			"{csv: s.csv, date: d, by: [account], metrics: {f: {column: f, agg: last}}}",
			map[string]string{"s.csv": "d,account,f\n2026-04-01,a,10\n2026-04-01,b,5\n2026-04-02,a,11\n2026-04-02,b,6\n"},
			map[string]string{"s.f": "04-01=15 04-02=17", "s.f[a]": "04-01=10 04-02=11", "s.f[b]": "04-01=5 04-02=6"},
		},
		"mean and max within a day": {
			"{csv: s.csv, date: d, metrics: {m: {column: v, agg: mean}, x: {column: v, agg: max}}}",
			map[string]string{"s.csv": "d,v\n2026-04-01,1\n2026-04-01,4\n2026-04-01,\n"},
			map[string]string{"s.m": "04-01=2.5", "s.x": "04-01=4"},
		},
		"joined columns": {
			"{csv: s.csv, date: contact, by: [rep], metrics: {deals: {sum: value}}, join: {csv: deals.csv, on: {id: lead}}}",
			map[string]string{"s.csv": leads, "deals.csv": "lead,value,rep\n1,1000,田中\n3,500,佐藤\n"},
			map[string]string{"s.deals": "04-01=1500", "s.deals[田中]": "04-01=1000", "s.deals[佐藤]": "04-01=500"},
		},
		"a row may come twice": {
			"{csv: s.csv, date: contact, metrics: {deals: {sum: value}}, join: {csv: deals.csv, on: {id: lead}}}",
			map[string]string{"s.csv": leads, "deals.csv": "lead,note,value\n1,a,1000\n1,a,1000\n"},
			map[string]string{"s.deals": "04-01=1000"},
		},
		"the date may come from the joined file": {
			"{csv: s.csv, date: won_on, metrics: {deals: {count: rows}}, join: {csv: deals.csv, on: {id: lead}}}",
			map[string]string{"s.csv": leads, "deals.csv": "lead,won_on\n1,2026-05-01\n3,2026-05-02\n"},
			map[string]string{"s.deals": "05-01=1 05-02=1"},
		},
		"totals are no days": {
			"{csv: s.csv, date: 日付, metrics: {x: 表示}}",
			map[string]string{"s.csv": "日付,表示\n2026-04-01,1\n2026-04-02,2\n合計,3\n"},
			map[string]string{"s.x": "04-01=1 04-02=2"},
		},
		"the last of a day, newest first": {
			"{csv: s.csv, date: d, metrics: {f: {column: f, agg: last}}}",
			map[string]string{"s.csv": "d,f\n2026-04-02 18:00,9\n2026-04-02 09:00,8\n2026-04-01 18:00,7\n2026-04-01 09:00,6\n"},
			map[string]string{"s.f": "04-01=7 04-02=9"},
		},
		"days before 1970 are days": {
			"{csv: s.csv, date: d, metrics: {x: v}}",
			map[string]string{"s.csv": "d,v\n1970/1/1,2\n1969/12/31,1\n"},
			map[string]string{"s.x": "12-31=1 01-01=2"},
		},
		"German numbers when told": {
			"{csv: s.csv, date: d, number: '1.234,5', metrics: {x: v}}",
			map[string]string{"s.csv": "d;v\n2026-04-01;40.531\n2026-04-02;1,5\n"},
			map[string]string{"s.x": "04-01=40531 04-02=1.5"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := read(t, c.description, c.files)
			if err != nil {
				t.Fatal(err)
			}
			got := flatten(data)
			for key, want := range c.want {
				if got[key] != want {
					t.Errorf("%s: got %q, want %q", key, got[key], want)
				}
			}
		})
	}
}

func TestBadTables(t *testing.T) {
	for name, c := range map[string]struct {
		description string
		files       map[string]string
		want        []string // parts of the message
	}{
		"missing file":       {"{csv: s.csv, date: d, metrics: {x: v}}", nil, []string{"model.yaml:5:11: ", "「s.csv」がありません"}},
		"missing column":     {"{csv: s.csv, date: d, metrics: {x: val}}", map[string]string{"s.csv": "d,value\n2026-04-01,1\n"}, []string{"model.yaml:5:40: ", "「val」", "「value」のことですか?"}},
		"missing date":       {"{csv: s.csv, date: day, metrics: {x: v}}", map[string]string{"s.csv": "d,v\n2026-04-01,1\n"}, []string{"model.yaml:5:24: ", "「day」"}},
		"ambiguous number":   {"{csv: s.csv, date: d, metrics: {x: v}}", map[string]string{"s.csv": "d,v\n2026-04-01,40.531\n2026-04-02,12.345\n"}, []string{"s.csv:2:12: ", "「v」", "40,531", "40.531", "number:"}},
		"ambiguous date":     {"{csv: s.csv, date: d, metrics: {x: v}}", map[string]string{"s.csv": "d,v\n04/05/2026,1\n"}, []string{"s.csv:2:1: ", "date_order"}},
		"not a number":       {"{csv: s.csv, date: d, metrics: {x: v}}", map[string]string{"s.csv": "d,v\n2026-04-01,many\n"}, []string{"s.csv:2:12: ", "「v」", "many"}},
		"not a date":         {"{csv: s.csv, date: d, metrics: {x: v}}", map[string]string{"s.csv": "d,v\n2026-04-31,1\n"}, []string{"s.csv:2:1: ", "2026-04-31"}},
		"twins that differ":  {"{csv: s.csv, date: d, metrics: {x: v}}", map[string]string{"s.csv": "d,v,v\n2026-04-01,1,2\n"}, []string{"s.csv:2:14: ", "2つ"}},
		"two rows per key":   {"{csv: s.csv, date: d, metrics: {x: w}, join: {csv: j.csv, on: k}}", map[string]string{"s.csv": "d,k\n2026-04-01,a\n", "j.csv": "k,w\na,1\na,2\n"}, []string{"j.csv:3:1: ", "「a」"}},
		"two deals alike":    {"{csv: s.csv, date: d, metrics: {x: w}, join: {csv: j.csv, on: k}}", map[string]string{"s.csv": "d,k\n2026-04-01,a\n", "j.csv": "k,deal,w\na,1,100\na,2,100\n"}, []string{"j.csv:3:1: ", "「a」"}},
		"joined without key": {"{csv: s.csv, date: d, metrics: {x: w}, join: {csv: j.csv, on: k}}", map[string]string{"s.csv": "d,k\n2026-04-01,a\n", "j.csv": "key,w\na,1\n"}, []string{"model.yaml:5:", "「k」"}},
		"sum beyond numbers": {"{csv: s.csv, date: d, metrics: {x: v}}", map[string]string{"s.csv": "d,v\n2026-04-01,1e308\n2026-04-01,1e308\n"}, []string{"model.yaml:5:40: ", "2026年4月1日"}},
		"empty file":         {"{csv: s.csv, date: d, metrics: {x: v}}", map[string]string{"s.csv": ""}, []string{"s.csv:1:1: "}},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := read(t, c.description, c.files)
			if err == nil {
				t.Fatalf("no error: %v", flatten(data))
			}
			if _, ok := words.AsProblems(err); !ok {
				t.Fatalf("not a problem a person can act on: %v", err)
			}
			for _, part := range c.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q lacks %q", err, part)
				}
			}
		})
	}
}

// TestFolderIsClosed: neither links nor dots lead out of the model's folder.
func TestFolderIsClosed(t *testing.T) {
	outside, inside := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "secret.csv")
	if err := os.WriteFile(secret, []byte("d,v\n2026-04-01,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(inside, "link.csv")); err != nil {
		t.Fatal(err)
	}
	folder, err := source.Folder(inside)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	for _, name := range []string{"link.csv", "../" + filepath.Base(outside) + "/secret.csv", secret} {
		if f, err := folder.Open(name); err == nil {
			f.Content.Close()
			t.Errorf("%s was opened", name)
		}
	}
}

// TestOddFiles: what is no file is told where the model names it, and nothing
// waits for a pipe.
func TestOddFiles(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.csv"), 0o600); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	if err := os.Symlink("loop.csv", filepath.Join(dir, "loop.csv")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	folder, err := source.Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	for _, name := range []string{"pipe.csv", "loop.csv", "folder.csv"} {
		m, err := goal.Parse("model.yaml", []byte("shirube: 1\nkgi: {id: k}\nsources:\n  s: {csv: "+name+", date: d, metrics: {x: v}}\n"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = source.ReadAll(context.Background(), m, folder, nil)
		if err == nil || !strings.HasPrefix(err.Error(), "model.yaml:4:12: 「"+name+"」はこのフォルダのファイルではありません。") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStates(t *testing.T) {
	data, err := read(t, "{csv: s.csv, date: d, metrics: {x: v}}", map[string]string{"s.csv": "d,v\n2026-04-05,1\n2026-04-01,1\n2026-04-01,2\n"})
	if err != nil {
		t.Fatal(err)
	}
	want := goal.SourceState{First: series.Date(2026, time.April, 1), Last: series.Date(2026, time.April, 5), Days: 2, Rows: 3}
	if got := data.Sources["s"]; got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
