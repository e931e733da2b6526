package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

type initCommand struct {
	Template string `required:"" placeholder:"NAME" help:"${help_template}"`
	Dir      string `arg:"" help:"${help_dir}"`
	Today    string `placeholder:"YYYY-MM-DD" help:"${help_today}"`
}

func templateNames() string { return strings.Join(template.Keys(), ", ") }

// Run writes a working model with sample data. Nothing that is there already is
// written over.
func (c *initCommand) Run(p *program) error {
	today := series.DayOf(p.now().In(template.Zone))
	if c.Today != "" {
		given, err := dayFlag("--today", c.Today, today)
		if err != nil {
			return err
		}
		today = given
	}
	files, err := template.Files(c.Template, p.lang, template.Options{Today: today, Sample: true})
	if err != nil {
		return fmt.Errorf("write template %q: %w", c.Template, err)
	}
	// All or nothing: a folder that has one of the files gets none of them.
	for _, f := range files {
		path := filepath.Join(c.Dir, filepath.FromSlash(f.Name))
		if _, err := os.Lstat(path); err == nil {
			return existsAlready(path)
		}
	}
	for _, f := range files {
		if err := writeNew(filepath.Join(c.Dir, filepath.FromSlash(f.Name)), f.Data); err != nil {
			return err
		}
	}
	model := filepath.Join(c.Dir, template.ModelFile)
	_, err = fmt.Fprintln(p.stdout, words.T("%s を作りました。次は: shirube status %[1]s", "Wrote %s. Next: shirube status %[1]s", model).In(p.lang))
	return err
}

func existsAlready(path string) error {
	return usage("%s はもうあります。空のフォルダを指定してください。", "%s exists already. Name an empty folder.", path)
}

// writeNew writes a file that does not exist yet, with its folders.
func writeNew(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make folder for %q: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return existsAlready(path)
	}
	if err != nil {
		return fmt.Errorf("create %q: %w", path, err)
	}
	if _, err = f.Write(data); err == nil {
		err = f.Close()
	} else {
		_ = f.Close()
	}
	if err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	return nil
}
