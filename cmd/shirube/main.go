// Command shirube shows whether a team's KPIs still lead to its KGI.
//
// One file per command; a command only reads its flags, calls the heart and
// prints. Exit status: 0 done, 1 done with a finding at or above --fail-on,
// 2 bad usage or bad input.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	_ "time/tzdata" // a small container has no zone files, and every model has a zone

	"github.com/alecthomas/kong"

	"github.com/shirube/shirube/internal/words"
)

// Exit statuses of the public contract.
const (
	exitDone    = 0
	exitFinding = 1
	exitBad     = 2
)

// program is what a command may touch of the world around it.
type program struct {
	stdout io.Writer
	stderr io.Writer
	now    func() time.Time
	lang   words.Lang // of messages before a model is known
	asked  bool       // whether the language was asked for by flag
}

// commands is the command line.
type commands struct {
	Lang string `enum:",ja,en" default:"" placeholder:"ja|en" help:"${help_lang}"`

	Init     initCommand     `cmd:"" help:"${help_init}"`
	Check    checkCommand    `cmd:"" help:"${help_check}"`
	Status   statusCommand   `cmd:"" help:"${help_status}"`
	Links    linksCommand    `cmd:"" help:"${help_links}"`
	Forecast forecastCommand `cmd:"" help:"${help_forecast}"`
	Seek     seekCommand     `cmd:"" help:"${help_seek}"`
	Review   reviewCommand   `cmd:"" help:"${help_review}"`
	Explain  explainCommand  `cmd:"" help:"${help_explain}"`
	Whatif   whatifCommand   `cmd:"" help:"${help_whatif}"`
	Diff     diffCommand     `cmd:"" help:"${help_diff}"`
	Lift     liftCommand     `cmd:"" help:"${help_lift}"`
	Score    scoreCommand    `cmd:"" help:"${help_score}"`
	Serve    serveCommand    `cmd:"" help:"${help_serve}"`
	Recover  recoverCommand  `cmd:"" help:"${help_recover}"`
	Affected affectedCommand `cmd:"" help:"${help_affected}"`
	Demo     demoCommand     `cmd:"" help:"${help_demo}"`
	Openapi  openapiCommand  `cmd:"" help:"${help_openapi}"`
	Version  versionCommand  `cmd:"" help:"${help_version}"`
}

func main() {
	os.Exit(run(os.Args[1:], &program{stdout: os.Stdout, stderr: os.Stderr, now: time.Now}))
}

// run is the whole program: arguments in, exit status out.
func run(args []string, p *program) (status int) {
	p.lang, p.asked = languageOf(args)
	var cli commands
	parser, err := kong.New(&cli, kong.Name("shirube"), kong.Description(text("help_program", p.lang)), helpVars(p.lang),
		kong.Writers(p.stdout, p.stderr), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Exit(func(code int) { panic(exited(code)) }))
	if err != nil {
		fmt.Fprintln(p.stderr, err)
		return exitBad
	}
	defer func() {
		switch panicked := recover().(type) {
		case nil:
		case exited:
			status = int(panicked)
		default:
			panic(panicked) // a fault of the program must not look like success
		}
	}()
	context, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(p.stderr, "%s\n%s\n", err, words.T("使い方は shirube --help で見られます。", "See shirube --help.").In(p.lang))
		return exitBad
	}
	return p.statusOf(context.Run(p))
}

// exited carries kong's wish to exit (after --help) through a panic.
type exited int

// found says that a command did its work and that what it found is at or above
// --fail-on.
type found struct{}

func (found) Error() string { return "findings" }

// statusOf prints an error in the reader's language and gives the exit status.
func (p *program) statusOf(err error) int {
	if err == nil {
		return exitDone
	}
	if _, ok := errors.AsType[found](err); ok {
		return exitFinding
	}
	fmt.Fprintln(p.stderr, words.In(err, p.lang))
	return exitBad
}

// languageOf looks for --lang ahead of parsing, so that help and usage errors
// are in the reader's language too.
func languageOf(args []string) (words.Lang, bool) {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return words.ParseLang(v), true
		}
		if a == "--lang" && i+1 < len(args) {
			return words.ParseLang(args[i+1]), true
		}
	}
	return words.JA, false
}
