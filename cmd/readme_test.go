package cmd_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write what the README's commands print into it again")

// A shown command is a fenced block of the README marked sh, with the block marked
// text that follows it at once, if one does: what the command prints.
type shown struct {
	line    int
	script  string
	prints  string
	outLine int // of the fence above what it prints; 0: nothing is shown
}

const (
	readme      = "../README.md"
	testCommand = "go test ./..."
)

// The README's commands run, in their order, in one copy of the tree, and print
// what the README says they print. The test command is left to who runs this.
func TestReadmeCommands(t *testing.T) {
	text := read(t, readme)
	commands := shownIn(text)
	require.NotEmpty(t, commands)
	dir := copyTree(t)
	lines := strings.Split(text, "\n")
	tests := 0
	for _, c := range commands {
		if c.script == testCommand+"\n" {
			tests++
		}
		require.False(t, strings.Contains(c.script, "go test") && c.script != testCommand+"\n",
			"README.md:%d: a test command of its own block is %q", c.line, testCommand)
	}
	require.Equal(t, 1, tests, "the README has one block that is %q alone", testCommand)
	var printed []string
	for _, c := range commands {
		out := ""
		if c.script != testCommand+"\n" {
			out = runShown(t, dir, c)
		}
		printed = append(printed, out)
	}
	if *update {
		for i, c := range slices.Backward(commands) { // from below, so that the lines above stay where they are
			if c.outLine > 0 {
				shownLines := strings.Split(strings.TrimSuffix(printed[i], "\n"), "\n")
				lines = slices.Replace(lines, c.outLine, c.outLine+strings.Count(c.prints, "\n"), shownLines...)
			}
		}
		require.NoError(t, os.WriteFile(readme, []byte(strings.Join(lines, "\n")), 0o644))
		commands = shownIn(read(t, readme))
	}
	for i, c := range commands {
		if c.outLine > 0 {
			require.Equal(t, c.prints, printed[i], "README.md:%d: %s", c.line, c.script)
		}
	}
}

// runShown is what a command prints.
func runShown(t *testing.T, dir string, c shown) string {
	t.Helper()
	run := exec.Command("sh", "-eu", "-c", c.script)
	run.Dir = dir
	// Paths trimmed, the build of one copy serves the next.
	run.Env = append(os.Environ(), "GOFLAGS=-trimpath -buildvcs=false", "HOME="+dir,
		"GOCACHE="+goEnv(t, "GOCACHE"), "GOMODCACHE="+goEnv(t, "GOMODCACHE"))
	var out, complaints bytes.Buffer
	run.Stdout, run.Stderr = &out, &complaints
	require.NoError(t, run.Run(), "README.md:%d: %s%s%s", c.line, c.script, &out, &complaints)
	return out.String()
}

// A test of the test's own reading.
func TestReadmeBlocks(t *testing.T) {
	got := shownIn("x\n```sh\na\nb\n```\n\n```text\nout\n```\n```yaml\nsh: 1\n```\n```sh\nc\n```\nwords\n```text\nnot c's\n```\n")
	require.Equal(t, []shown{
		{line: 2, script: "a\nb\n", prints: "out\n", outLine: 7},
		{line: 13, script: "c\n"},
	}, got)
}

// shownIn reads the commands of a text in Markdown.
func shownIn(text string) []shown {
	var found []shown
	var block *strings.Builder // the block we are in
	var mark string            // its mark
	last := false              // only empty lines since the end of a command
	for i, line := range strings.Split(text, "\n") {
		fence, fenced := strings.CutPrefix(line, "```")
		switch {
		case fenced && block == nil:
			block, mark = &strings.Builder{}, strings.TrimSpace(fence)
			if mark == "sh" {
				found = append(found, shown{line: i + 1})
			}
			if mark == "text" && last {
				found[len(found)-1].outLine = i + 1
			}
		case fenced:
			if mark == "sh" {
				found[len(found)-1].script = block.String()
			}
			if mark == "text" && last {
				found[len(found)-1].prints = block.String()
			}
			last, block = mark == "sh", nil
		case block != nil:
			block.WriteString(line + "\n")
		case strings.TrimSpace(line) != "":
			last = false
		}
	}
	return found
}

// copyTree copies the project's files to a folder of the test.
func copyTree(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, path := range tracked(t) {
		from, to := filepath.Join("..", path), filepath.Join(dir, path)
		info, err := os.Lstat(from)
		require.NoError(t, err)
		require.True(t, info.Mode().IsRegular(), "%s is no plain file", path)
		require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o755))
		require.NoError(t, os.WriteFile(to, []byte(read(t, from)), info.Mode().Perm()))
	}
	return dir
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}
