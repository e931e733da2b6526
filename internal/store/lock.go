package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// folderLock is held by the one program that uses a data folder. The operating
// system drops it when the program dies, however it dies, so a file left behind
// never locks anyone out.
type folderLock struct {
	file *os.File
}

func lockFolder(folder string) (*folderLock, error) {
	path := filepath.Join(folder, "shirube.lock")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock %q: %w", path, err)
	}
	err = tryLock(file)
	if err == nil {
		err = writePID(file)
	}
	if err == nil {
		return &folderLock{file}, nil
	}
	defer file.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, ErrInUse{Folder: folder, PID: readPID(file)}
	}
	return nil, fmt.Errorf("lock %q: %w", path, err)
}

// A lock that was just given up can linger for a moment: in a child that its
// holder has forked and that has not yet become another program.
const (
	lockTries = 10
	lockPause = 30 * time.Millisecond
)

func tryLock(file *os.File) error {
	for try := 1; ; try++ {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) || try == lockTries {
			return err
		}
		time.Sleep(lockPause)
	}
}

func writePID(file *os.File) error {
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err := file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// readPID is who holds the lock; it only helps the message, so what cannot be
// read is left out of it.
func readPID(file *os.File) string {
	text, err := io.ReadAll(io.NewSectionReader(file, 0, 32))
	if err != nil {
		return ""
	}
	pid := strings.TrimSpace(string(text))
	if _, err := strconv.Atoi(pid); err != nil {
		return ""
	}
	return pid
}

// release frees the folder. The file stays: removing it could take away the
// lock of a program that has just opened it.
func (l *folderLock) release() error { return l.file.Close() }
