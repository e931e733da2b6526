package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// address is how the server says where it listens.
var address = regexp.MustCompile(`http://(127\.0\.0\.1|localhost|\[::1\]):[0-9]+`)

// measureServe starts the server on an empty folder, brings the sample in as a person
// would, and times what a person waits for.
func measureServe(program, folder string, s sample) (err error) {
	command := exec.Command(program, "serve", "--data", filepath.Join(folder, "state"), "--listen", "127.0.0.1:0")
	output, pipe := io.Pipe()
	command.Stdout, command.Stderr = pipe, pipe
	start := time.Now()
	if err := command.Start(); err != nil {
		return fmt.Errorf("start shirube serve: %w", err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- command.Wait()
		_ = pipe.Close() // the reader learns that nothing more will come
	}()
	defer func() {
		_ = command.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		<-ended
	}()
	base, err := listenAddress(output)
	if err != nil {
		return err
	}
	for get(base+"/api/health") != nil {
		if time.Since(start) > 30*time.Second {
			return errors.New("shirube serve did not become ready in 30 s")
		}
		time.Sleep(5 * time.Millisecond)
	}
	fmt.Printf("  %-44s %.0f ms\n", "from start to ready", time.Since(start).Seconds()*1000)

	workspace, version, err := bring(base, s)
	if err != nil {
		return fmt.Errorf("bring the sample in: %w", err)
	}
	shown, err := repeat(200, func() error { return get(workspace + "/map") })
	if err != nil {
		return fmt.Errorf("fetch the map: %w", err)
	}
	show("the map of 100 indicators, warm", shown)

	count := 0
	edited, err := repeat(20, func() error {
		count++
		edit := map[string]any{"base_version": version, "edits": []any{map[string]any{
			"op": "set_indicator", "id": "team0", "fields": map[string]any{"name": fmt.Sprintf("チーム %d", count)},
		}}}
		var reply struct{ Version int64 }
		if err := send(http.MethodPost, workspace+"/model/edit", edit, &reply); err != nil {
			return err
		}
		version = reply.Version
		return get(workspace + "/map")
	})
	if err != nil {
		return fmt.Errorf("edit the model: %w", err)
	}
	show("a model edit and the new map", edited)
	fmt.Printf("  %-44s %.1f MB\n", "memory of the server now", residentMB(command.Process.Pid))
	return nil
}

// listenAddress waits for the line that names the address and lets the rest flow by.
func listenAddress(output io.Reader) (string, error) {
	reader := bufio.NewReader(output)
	var said strings.Builder
	for {
		line, err := reader.ReadString('\n')
		said.WriteString(line)
		if found := address.FindString(line); found != "" {
			go func() { _, _ = io.Copy(io.Discard, reader) }() // a full pipe would stop the server
			return found, nil
		}
		if err != nil {
			return "", fmt.Errorf("shirube serve ended without naming its address:\n%s", said.String())
		}
	}
}

// bring makes a workspace, uploads the file, reads it into a source, stores the model.
func bring(base string, s sample) (workspace string, version int64, err error) {
	var made struct{ Slug string }
	if err := send(http.MethodPost, base+"/api/workspaces", map[string]any{"name": "速さの見本", "template": ""}, &made); err != nil {
		return "", 0, err
	}
	workspace = base + "/api/workspaces/" + made.Slug
	var upload struct {
		ID string `json:"upload_id"`
	}
	if err := send(http.MethodPost, workspace+"/uploads?name=data.csv", []byte(s.csv), &upload); err != nil {
		return "", 0, err
	}
	metrics := map[string]any{}
	for _, metric := range s.metrics {
		metrics[metric] = map[string]any{"column": metric}
	}
	var stored struct{ Version int64 }
	spec := map[string]any{"csv": "data.csv", "date": "date", "metrics": metrics}
	request := map[string]any{"source_id": "data", "spec": spec, "base_version": 1}
	if err := send(http.MethodPost, workspace+"/uploads/"+upload.ID+"/import", request, &stored); err != nil {
		return "", 0, err
	}
	model := map[string]any{"yaml": s.model, "base_version": stored.Version}
	if err := send(http.MethodPut, workspace+"/model", model, &stored); err != nil {
		return "", 0, err
	}
	return workspace, stored.Version, nil
}

// send posts bytes as they are and anything else as JSON, and reads the reply into result.
func send(method, url string, body, result any) error {
	content, raw := body.([]byte)
	kind := "application/octet-stream"
	if !raw {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return err
		}
		kind = "application/json"
	}
	request, err := http.NewRequest(method, url, bytes.NewReader(content))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", kind)
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = reply.Body.Close() }() // it was read to its end
	answer, err := io.ReadAll(reply.Body)
	if err != nil {
		return err
	}
	if reply.StatusCode >= 300 {
		return fmt.Errorf("%s %s answered %s: %s", method, url, reply.Status, answer)
	}
	return json.Unmarshal(answer, result)
}

// residentMB reads the process's memory where Linux tells it; elsewhere it is 0.
func residentMB(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		var kilobytes float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kilobytes); err == nil {
			return kilobytes / 1024
		}
	}
	return 0
}
