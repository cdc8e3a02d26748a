package main

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
)

// Whatever answers a case refuses rules that nobody approved: each command that takes a
// case, by the examples of its own help.
func TestNothingAnswersWithoutAnApproval(t *testing.T) {
	t.Chdir("../..")
	_, public, err := note.GenerateKey(rand.Reader, "one.example")
	require.NoError(t, err)
	dir := t.TempDir()
	approvers := filepath.Join(dir, "approvers.txt")
	require.NoError(t, os.WriteFile(approvers, []byte(public+"\n"), 0o600))
	environ := []string{"TRUCE_APPROVERS=" + approvers}

	seen := 0
	for _, cmd := range newApp(streams{}, nil).rootCommand().Commands() {
		asksFor := strings.Contains(cmd.Use, "CASE")
		require.Equal(t, asksFor, cmd.Flags().Lookup("approvers") != nil, cmd.Name())
		if !asksFor {
			continue
		}
		for _, example := range examplesOf(cmd) {
			code, stdout, stderr := call(context.Background(), environ, example...)
			require.Equal(t, exitBadInput, code, example)
			require.Empty(t, stdout, example)
			require.Contains(t, stderr, "V060", example)
			seen++
		}
	}
	require.Greater(t, seen, 20)
}

// examplesOf are the arguments of the examples of a command that run with the files of the
// repository alone.
func examplesOf(cmd *cobra.Command) [][]string {
	var list [][]string
	for line := range strings.Lines(cmd.Example) {
		args := strings.Fields(line)
		if args[0] == "truce" && !strings.Contains(line, "my-rules") && !strings.Contains(line, "my-case") && !strings.ContainsAny(line, "'<>|") {
			list = append(list, args[1:])
		}
	}
	return list
}
