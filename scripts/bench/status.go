package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"syscall"
)

// measureStatus times the command as a whole and notes the most memory it ever held.
func measureStatus(program, folder string) error {
	version, err := repeat(20, func() error { return exec.Command(program, "version").Run() })
	if err != nil {
		return fmt.Errorf("run shirube version: %w", err)
	}
	show("shirube version", version)

	var most int64
	status, err := repeat(20, func() error {
		command := exec.Command(program, "status", filepath.Join(folder, "model.yaml"), "--json")
		var problem bytes.Buffer
		command.Stderr = &problem
		if err := command.Run(); err != nil {
			return fmt.Errorf("%w: %s", err, problem.String())
		}
		if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
			most = max(most, usage.Maxrss)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("run shirube status: %w", err)
	}
	show("shirube status --json", status)
	fmt.Printf("  %-44s %.1f MB\n", "most memory", float64(most)/1024)
	return nil
}
