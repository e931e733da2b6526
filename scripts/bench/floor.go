package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
)

// measureFloor times what no program on this machine can beat.
func measureFloor(folder string) error {
	started, err := repeat(20, func() error { return exec.Command("true").Run() })
	if err != nil {
		return fmt.Errorf("start a process: %w", err)
	}
	show("start and end an empty process", started)

	read, err := repeat(20, func() error {
		_, err := os.ReadFile(filepath.Join(folder, "data.csv"))
		return err
	})
	if err != nil {
		return fmt.Errorf("read the CSV: %w", err)
	}
	show("read the CSV's bytes", read)

	written, err := repeat(20, func() error { return writeThrough(filepath.Join(folder, "floor")) })
	if err != nil {
		return fmt.Errorf("write through to the disk: %w", err)
	}
	show("write 4 kB through to the disk", written)

	body := make([]byte, 200_000)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
	defer server.Close()
	answered, err := repeat(200, func() error { return get(server.URL) })
	if err != nil {
		return fmt.Errorf("answer over HTTP: %w", err)
	}
	show("fetch 200 kB over HTTP from this machine", answered)
	return nil
}

func writeThrough(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := file.Write(make([]byte, 4096)); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return file.Close()
}

func get(address string) error {
	reply, err := http.Get(address)
	if err != nil {
		return err
	}
	defer func() { _ = reply.Body.Close() }() // it was read to its end
	if _, err := io.Copy(io.Discard, reply.Body); err != nil {
		return err
	}
	if reply.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", address, reply.Status)
	}
	return nil
}
