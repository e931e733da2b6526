package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// smallDisk is a folder on a disk of its own; the test is skipped where none can be made.
func smallDisk(t *testing.T, megabytes int) string {
	t.Helper()
	folder := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", megabytes), "shirube-test", folder).CombinedOutput(); err != nil {
		t.Skipf("a disk that can be filled needs the right to mount one: %s", out)
	}
	t.Cleanup(func() {
		// A process that another test is just starting may hold what is open here for a
		// moment: the disk leaves the folder at once and goes when that lets go.
		if out, err := exec.Command("umount", "--lazy", folder).CombinedOutput(); err != nil {
			t.Errorf("unmount the small disk: %s", out)
		}
	})
	return folder
}

// On a full disk nothing is acknowledged that is not kept; what was kept stays; and when
// there is room again it goes on by itself.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	folder := smallDisk(t, 48)
	ws, key := folderWithKey(t, folder)
	c := serveFolder(t, folder, nil)
	from := client()
	acknowledged := map[string]bool{}
	next := 0
	send := func() int {
		ids := make([]string, 50)
		for i := range ids {
			ids[i] = fmt.Sprintf("id-%d", next)
			next++
		}
		status := c.send(from, key, ids)
		if status == http.StatusOK {
			for _, id := range ids {
				acknowledged[id] = true
			}
		}
		return status
	}
	for range 10 {
		if status := send(); status != http.StatusOK {
			c.kill()
			t.Fatalf("an empty disk: status %d; %s", status, c.said)
		}
	}
	drained(t, folder)
	filler := filepath.Join(folder, "filler")
	fillDisk(t, filler)
	refused := 0
	for end := time.Now().Add(30 * time.Second); refused < 20; {
		switch status := send(); status {
		case http.StatusOK: // there was room in files that are written over
		case http.StatusServiceUnavailable:
			refused++
		default:
			t.Fatalf("a full disk: status %d", status)
		}
		if time.Now().After(end) {
			t.Fatalf("after %d batches the disk does not seem to be full", next/50)
		}
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	recovered := false
	for end := time.Now().Add(30 * time.Second); !recovered && time.Now().Before(end); {
		recovered = send() == http.StatusOK
	}
	if !recovered {
		t.Fatal("there is room again, and events are still refused")
	}
	drained(t, folder)
	c.kill()
	there := kept(t, folder, ws)
	for id := range acknowledged {
		if there[id] != 1 {
			t.Fatalf("%s was acknowledged and is there %d times", id, there[id])
		}
	}
	t.Logf("%d acknowledged, %d refused, %d kept", len(acknowledged), refused*50, len(there))
}

// fillDisk writes until nothing fits any more.
func fillDisk(t *testing.T, name string) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for size := 1 << 20; size >= 512; size /= 2 {
		for block := make([]byte, size); ; {
			if _, err := file.Write(block); err != nil {
				break
			}
		}
	}
}
