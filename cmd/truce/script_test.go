package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the expected outputs anew")

// TestMain lets scripts call the program: the test binary is it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"truce": func() { os.Exit(program()) },
	})
}

// TestScripts runs the program as a user does, one script a subject. "cases" and
// "packs" in a script's folder are those of testdata.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			for _, dir := range []string{"cases", "packs"} {
				target, err := filepath.Abs(filepath.Join("..", "..", "testdata", dir))
				if err != nil {
					return err
				}
				if err := os.Symlink(target, filepath.Join(e.WorkDir, dir)); err != nil {
					return err
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":  codeCommand,
			"edit":  editCommand,
			"large": largeCommand,
			"lines": linesCommand,
		},
	})
}

// codeCommand runs a program that must end with a code: code 2 truce assess x.
func codeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("the exit code is %d, not %d", got, want)
	}
}

// editCommand replaces a text in a file, which must hold it: edit FILE OLD NEW. In
// the texts \n is a line end, and escapes are those of Go.
func editCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	var old, changed string
	for i, to := range []*string{&old, &changed} {
		s, err := strconv.Unquote(`"` + strings.ReplaceAll(args[i+1], `"`, `\"`) + `"`)
		ts.Check(err)
		*to = s
	}
	if !strings.Contains(text, old) {
		ts.Fatalf("%s does not hold %q", args[0], old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, old, changed)), 0o644))
}

// largeCommand writes a case of so many bytes, all of them well-formed: large FILE
// BYTES.
func largeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: large FILE BYTES")
	}
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	n, err := w.WriteString("case: large\ntitle: Is it too large?\nas_of: 2020-01-01\nfacts: {}\nnotes:\n")
	ts.Check(err)
	for i := 0; n < size; i++ {
		m, err := fmt.Fprintf(w, "  - note number %d of a case that nobody would write by hand\n", i)
		ts.Check(err)
		n += m
	}
	ts.Check(w.Flush())
}

// linesCommand waits until a file that another program writes has so many lines: lines
// FILE N.
func linesCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines FILE N")
	}
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if n := strings.Count(string(text), "\n"); err == nil && n >= want {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s has not %d lines:\n%s", args[0], want, text)
		}
	}
}
