package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"truce/facts/source"
)

func TestExitCode(t *testing.T) {
	fault := errUsage.At(source.Span{}, "wrong")
	limit := errStopped.At(source.Span{}, "too long")
	warning := fault.Warn()
	for _, c := range []struct {
		code int
		ds   source.Diagnostics
	}{
		{exitAnswered, nil},
		{exitAnswered, source.Diagnostics{warning}},
		{exitBadInput, source.Diagnostics{fault}},
		{exitLimit, source.Diagnostics{limit}},
		{exitLimit, source.Diagnostics{warning, limit}},
		{exitBadInput, source.Diagnostics{limit, fault}},
	} {
		require.Equal(t, c.code, exitCode(c.ds))
	}
}

// A command that was given up ends with the code of a limit and prints no answer,
// wherever it was.
func TestInterrupted(t *testing.T) {
	t.Chdir("../..")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{
		{"assess", "testdata/cases"},
		{"rules", "test"},
		{"rules", "claims"},
		{"case", "check", "testdata/cases"},
	} {
		code, stdout, stderr := call(ctx, nil, args...)
		require.Equal(t, exitLimit, code, args)
		require.Empty(t, stdout, args)
		require.Contains(t, stderr, "stopped", args)
	}
}

// What cannot be written is an error, and not a panic.
func TestOutputThatCannotBeWritten(t *testing.T) {
	var stderr strings.Builder
	code := run(context.Background(), []string{"version"}, streams{strings.NewReader(""), full{}, &stderr}, nil)
	require.Equal(t, exitBadInput, code)
	require.Equal(t, "standard output: error C006: no space left\n", stderr.String())
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// A file that may not be read is told apart from one that is not there.
func TestAForbiddenFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "case.yaml")
	require.NoError(t, os.WriteFile(file, []byte("case: x\n"), 0o200))
	if _, err := os.ReadFile(file); err == nil {
		t.Skip("this user may read everything")
	}
	code, stdout, stderr := call(context.Background(), nil, "assess", file)
	require.Equal(t, exitBadInput, code)
	require.Empty(t, stdout)
	require.Equal(t, file+": error C003: permission denied\n", stderr)
}

func TestBar(t *testing.T) {
	require.Equal(t, "[....................] 0/31 first", bar(0, 31, "first", 80))
	require.Equal(t, "[##########..........] 10/20 next", bar(10, 20, "next", 80))
	require.Equal(t, "[####################] 31/31 last", bar(31, 31, "last", 80))
	require.Equal(t, "[####", bar(31, 31, "last", 5))
	require.Equal(t, "", bar(31, 31, "last", -1))
	require.Equal(t, "[....................] 0/0 ", bar(0, 0, "", 80))
}

// A bar is drawn only where work takes long, no oftener than anybody can see, and
// is taken away at the end.
func TestProgress(t *testing.T) {
	var out strings.Builder
	p := &progress{w: &out, width: 80, total: 4, started: time.Now()}
	p.step("a")
	p.clear()
	require.Empty(t, out.String())

	p.started = time.Now().Add(-2 * patience)
	p.step("b")
	p.step("c")
	p.clear()
	require.Equal(t, "\r\x1b[K[##########..........] 2/4 b\r\x1b[K", out.String())
}

func TestNoBarOnAPipe(t *testing.T) {
	a := newApp(streams{strings.NewReader(""), io.Discard, io.Discard}, nil)
	require.Nil(t, a.newProgress(3).w)
}

func TestColourAndWidth(t *testing.T) {
	a := newApp(streams{strings.NewReader(""), io.Discard, io.Discard}, []string{"COLUMNS=57"})
	require.False(t, a.colorOn(a.out))
	require.Equal(t, pipeWidth, a.width(a.out), "COLUMNS speaks of a terminal, and a pipe is none")
	a.settings.Color, a.settings.Width = "always", 44
	require.True(t, a.colorOn(a.out))
	require.Equal(t, 44, a.width(a.out))
}

// Every code is documented once and belongs to the family that its letter names.
func TestCodes(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range allCodes() {
		require.False(t, seen[c.ID], "%s stands for two findings", c.ID)
		seen[c.ID] = true
		require.Regexp(t, `^[ACDEFNRTV]\d{3}$`, c.ID)
		require.NotEmpty(t, c.Title, c.ID)
		require.NotEmpty(t, c.Doc, c.ID)
	}
}

// Every setting has a default that it takes itself, and a variable of its own.
func TestSettings(t *testing.T) {
	variables := map[string]bool{}
	for _, k := range settingList() {
		var s settings
		require.True(t, k.set(&s, k.fallback), k.key)
		require.False(t, variables[variable(k.key)])
		variables[variable(k.key)] = true
	}
	require.Equal(t, "TRUCE_SOURCE_ONLY", variable("source-only"))
}

func TestCaseID(t *testing.T) {
	require.Equal(t, "2024-talks", caseID("cases/2024-Talks.yaml"))
	require.Equal(t, "my-case", caseID("My Case.yml"))
	require.Equal(t, "", caseID("پرونده.yaml"))
}

func TestWrapped(t *testing.T) {
	require.Equal(t, "one two\nthree", wrapped("one  two three", 8))
	require.Equal(t, "a-word-that-is-longer\nb", wrapped("a-word-that-is-longer b", 8))
	require.Equal(t, "", wrapped("  ", 8))
}
