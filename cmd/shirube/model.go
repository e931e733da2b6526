package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// modelFlags are the flags of every command that reads a model and its data.
type modelFlags struct {
	File  string `arg:"" help:"${help_file}"`
	AsOf  string `name:"as-of" placeholder:"YYYY-MM-DD" help:"${help_as_of}"`
	Today string `placeholder:"YYYY-MM-DD" help:"${help_today}"`
	JSON  bool   `name:"json" help:"${help_json}"`
}

// reading is a model with its data, ready to be asked.
type reading struct {
	model     *goal.Model
	evaluator *goal.Evaluator
	options   insight.Options
}

// saysEnglish finds the language of a model that cannot be read: its messages
// should be in it all the same.
var saysEnglish = regexp.MustCompile(`(?m)^locale:[ \t]*["']?en["']?[ \t\r]*(#.*)?$`)

// readModel reads a model file. Messages are in the model's language unless one
// was asked for.
func (p *program) readModel(file string) (*goal.Model, error) {
	text, err := readBounded(file)
	if err != nil {
		return nil, fileProblem(file, err)
	}
	m, err := goal.Parse(file, text)
	if err != nil {
		if !p.asked && saysEnglish.Match(text) {
			p.lang = words.EN
		}
		return nil, err
	}
	if !p.asked {
		p.lang = m.Locale
	}
	return m, nil
}

// readBounded reads a model file, but never more than a model may have.
func readBounded(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, goal.MaxFileBytes+1))
}

func fileProblem(file string, err error) error {
	at := words.At{File: file, Line: 1, Col: 1}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &words.Problem{At: at, What: words.T("このファイルがありません。", "There is no such file."), Mend: words.T("名前を確かめるか、shirube init で作ってください。", "Check the name, or make one with shirube init.")}
	case errors.Is(err, fs.ErrPermission):
		return &words.Problem{At: at, What: words.T("このファイルを読む権限がありません。", "This file may not be read."), Mend: words.T("権限を確かめてください。", "Check its permissions.")}
	}
	return &words.Problem{At: at, What: words.T("このファイルを読めません(%s)。", "This file cannot be read (%s).", err.Error())}
}

// read reads the model and all its sources.
func (f modelFlags) read(p *program) (*reading, error) {
	m, err := p.readModel(f.File)
	if err != nil {
		return nil, err
	}
	today, err := dayFlag("--today", f.Today, series.DayOf(p.now().In(m.Location)))
	if err != nil {
		return nil, err
	}
	files, err := source.Folder(filepath.Dir(f.File))
	if err != nil {
		return nil, err
	}
	defer files.Close()
	progress, done := progressOn(p.stderr, p.lang)
	data, err := source.ReadAll(context.Background(), m, files, progress)
	done()
	if err != nil {
		return nil, err
	}
	p.tellElsewhere(m)
	asOf, err := dayFlag("--as-of", f.AsOf, data.AsOf(today))
	if err != nil {
		return nil, err
	}
	return &reading{
		model: m, evaluator: goal.NewEvaluator(m, data),
		options: insight.Options{AsOf: asOf, Today: today, Lang: p.lang},
	}, nil
}

// tellElsewhere says which sources cannot be read from here, so that nobody takes "no data"
// for nothing having happened.
func (p *program) tellElsewhere(m *goal.Model) {
	var names []string
	for _, s := range m.Sources {
		if s.Kind != goal.SourceTable {
			names = append(names, s.ID)
		}
	}
	if len(names) == 0 {
		return
	}
	fmt.Fprintln(p.stderr, words.T(
		"お知らせ: %s の値はサーバー(shirube serve)が持っています。このコマンドはファイルの表だけを読むので、値なしになります。値は画面で見てください。",
		"Note: the values of %s are kept by the server (shirube serve). This command reads files only and shows none; see the screens for them.",
		strings.Join(names, words.T("、", ", ").In(p.lang))).In(p.lang))
}

// dayFlag reads a flag that names a day; otherwise is the day where it is not
// given.
func dayFlag(flag, text string, otherwise series.Day) (series.Day, error) {
	if text == "" {
		return otherwise, nil
	}
	d, err := series.ParseDay(text)
	if err != nil {
		return 0, usage("%s の日付「%s」が読めません。2026-04-01 のように書いてください。", "The date “%[2]s” of %[1]s cannot be read. Write it like 2026-04-01.", flag, text)
	}
	return d, nil
}

// usageError is a command line that cannot be understood.
type usageError struct{ words.Text }

func (u usageError) Error() string { return u.JA }

func usage(ja, en string, args ...any) error { return usageError{words.T(ja, en, args...)} }
