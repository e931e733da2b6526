package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// nodeFile names this installation among those that share one state. It lies in the data
// folder, which one program holds at a time: what was being sent by this name when a program
// ended, no other program is sending.
const nodeFile = "node"

func nodeOf(folder string) (string, error) {
	path := filepath.Join(folder, nodeFile)
	text, err := os.ReadFile(path)
	if name := strings.TrimSpace(string(text)); err == nil && name != "" {
		return name, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read the name of this installation: %w", err)
	}
	name := strings.ToLower(rand.Text())
	// Whole or not at all: half a name would be another one.
	if err := os.WriteFile(path+".new", []byte(name+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("name this installation: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return "", fmt.Errorf("name this installation: %w", err)
	}
	return name, nil
}
