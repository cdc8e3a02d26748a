package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const openCase = `case: harbour
title: Does the ferry sail?
as_of: 2024-05-06
facts:
  Deck: {passengers: 200}
`

// watched tells when a text was written to it.
type watched struct {
	text bytes.Buffer
	want string
	seen chan struct{}
}

func (w *watched) Write(b []byte) (int, error) {
	n, err := w.text.Write(b)
	if w.seen != nil && strings.Contains(w.text.String(), w.want) {
		close(w.seen)
		w.seen = nil
	}
	return n, err
}

func (w *watched) String() string { return w.text.String() }

func ferryCase(t *testing.T) (pack, file, out string) {
	t.Helper()
	pack, err := filepath.Abs("../../testdata/packs/ferry")
	require.NoError(t, err)
	dir := t.TempDir()
	file, out = filepath.Join(dir, "harbour.yaml"), filepath.Join(dir, "out.yaml")
	require.NoError(t, os.WriteFile(file, []byte(openCase), 0o644))
	return pack, file, out
}

// While a question waits for its answer, the end of the context ends the program, and
// what was answered before is in the file.
func TestConsultIsInterrupted(t *testing.T) {
	pack, file, out := ferryCase(t)
	ctx, cancel := context.WithCancel(context.Background())
	in, answers := io.Pipe()
	screen := &watched{want: "Does the case list every", seen: make(chan struct{})}
	seen := screen.seen
	go func() {
		_, err := io.WriteString(answers, "30..60\n")
		if err == nil {
			<-seen
		}
		cancel()
	}()
	var stdout bytes.Buffer
	code := run(ctx, []string{"consult", "--rules", pack, "--out", out, file}, streams{in, &stdout, screen}, nil)
	require.Equal(t, exitLimit, code, screen.String())
	require.Empty(t, stdout.String())
	require.Contains(t, screen.String(), "error C011: the consultation is not finished: it was interrupted")
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	require.Contains(t, string(text), "low: 30")
}

// A terminal that is closed hangs up on the program, and Ctrl-C interrupts it.
func TestConsultIsSignalled(t *testing.T) {
	for name, signal := range map[string]os.Signal{"hang-up": syscall.SIGHUP, "interrupt": os.Interrupt, "terminate": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			pack, file, out := ferryCase(t)
			self, err := os.Executable()
			require.NoError(t, err)
			cmd := &exec.Cmd{Path: self, Args: []string{"truce", "consult", "--rules", pack, "--out", out, file}, Env: os.Environ()}
			in, err := cmd.StdinPipe()
			require.NoError(t, err)
			screen := &watched{want: "Does the case list every", seen: make(chan struct{})}
			seen := screen.seen
			cmd.Stderr = screen
			require.NoError(t, cmd.Start())
			_, err = io.WriteString(in, "30..60\n")
			require.NoError(t, err)
			select {
			case <-seen:
			case <-time.After(time.Minute):
				t.Fatal("the second question does not come")
			}
			require.NoError(t, cmd.Process.Signal(signal))
			var exit *exec.ExitError
			require.True(t, errors.As(cmd.Wait(), &exit))
			require.Equal(t, exitLimit, exit.ExitCode(), screen.String())
			text, err := os.ReadFile(out)
			require.NoError(t, err)
			require.Contains(t, string(text), "high: 60")
			entries, err := os.ReadDir(filepath.Dir(out))
			require.NoError(t, err)
			require.Len(t, entries, 2, "nothing else is left lying")
		})
	}
}

// What stands behind the last line that was wanted is not taken from the stream, a long
// line is cut, and a reader that waits ends with the context.
func TestLines(t *testing.T) {
	ctx := context.Background()
	l := newLines(strings.NewReader("one\r\n" + strings.Repeat("x", 3*mostOfLine) + "\nthree"))
	text, err := l.next(ctx)
	require.NoError(t, err)
	require.Equal(t, "one", text)
	text, err = l.next(ctx)
	require.NoError(t, err)
	require.Len(t, text, mostOfLine)
	text, err = l.next(ctx)
	require.NoError(t, err)
	require.Equal(t, "three", text)
	_, err = l.next(ctx)
	require.ErrorIs(t, err, io.EOF)

	in, _ := io.Pipe()
	l = newLines(in)
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	_, err = l.next(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

// What cannot be saved is printed, so that no answer is lost.
func TestConsultCannotSave(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write anywhere")
	}
	pack, file, out := ferryCase(t)
	require.NoError(t, os.Chmod(filepath.Dir(out), 0o500))
	var screen, stdout bytes.Buffer
	code := run(context.Background(), []string{"consult", "--rules", pack, "--out", out, file}, streams{strings.NewReader("20\n"), &stdout, &screen}, nil)
	require.Equal(t, exitBadInput, code)
	require.Contains(t, screen.String(), "The answers could not be saved")
	require.Contains(t, screen.String(), "wind: 20")
}

func TestSlug(t *testing.T) {
	require.Equal(t, "does-the-ferry-sail", slug("Does the ferry sail?"))
	require.Equal(t, "a-b-c-d-e-f", slug("a b c d e f g h"))
	require.Empty(t, slug("؟"))
}
