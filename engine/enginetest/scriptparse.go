package enginetest

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"truce/rules"
)

// script is a parsed script.
type script struct {
	name     string
	paths    []string // of the pack, in RunOptions.Files
	files    []rules.File
	orders   int // how many other orders to run it under
	commands []command
}

// command is one command with its continuation lines.
type command struct {
	line  int
	verb  string
	rest  string // behind the verb, of the first line and those below it, newlines kept
	at    int    // the column at which rest begins, from 1
	fails *failure
}

// failure is how a command must fail.
type failure struct {
	codes string // sorted, each once, with blanks between
	texts []string
}

// problem is an error with its place.
type problem struct {
	name string
	line int
	what string
}

func (p *problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.name, p.line, p.what) }

var sectionLine = regexp.MustCompile(`^-- (\S+) --\s*$`)

// parseScript reads a script; all that it says of the pack's contents is read later.
func parseScript(name string, text []byte) (*script, error) {
	s := &script{name: name}
	section := ""
	for i, line := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") {
		if m := sectionLine.FindStringSubmatch(line); m != nil {
			section = m[1]
			if section != "script" {
				s.files = append(s.files, rules.File{Name: section})
			}
			continue
		}
		if section != "" && section != "script" {
			f := &s.files[len(s.files)-1]
			f.Text += line + "\n"
			continue
		}
		if err := s.commandLine(i+1, line); err != nil {
			return nil, err
		}
	}
	return s, s.settle()
}

// commandLine takes a line of a section of commands.
func (s *script) commandLine(n int, line string) error {
	trimmed := strings.TrimSpace(line)
	switch {
	case trimmed == "" || strings.HasPrefix(trimmed, "#"):
		return nil
	case line[0] == ' ' || line[0] == '\t':
		if len(s.commands) == 0 {
			return &problem{s.name, n, "an indented line goes on with a command, and there is none above"}
		}
		c := &s.commands[len(s.commands)-1]
		c.rest += strings.Repeat("\n", n-c.line-strings.Count(c.rest, "\n")) + line
		return nil
	}
	verb, rest, _ := strings.Cut(trimmed, " ")
	s.commands = append(s.commands, command{line: n, verb: verb, rest: rest, at: len(verb) + 2})
	return nil
}

// settle takes the commands about the whole out of the others, and the failures out
// of the commands.
func (s *script) settle() error {
	var list []command
	for _, c := range s.commands {
		switch c.verb {
		case "pack":
			s.paths = append(s.paths, strings.Fields(c.rest)...)
		case "permute":
			n, err := optionalNumber(c.rest, 8)
			if err != nil {
				return &problem{s.name, c.line, err.Error()}
			}
			s.orders = n
		default:
			if err := c.takeFailure(); err != nil {
				return &problem{s.name, c.line, err.Error()}
			}
			list = append(list, c)
		}
	}
	s.commands = list
	if len(list) == 0 {
		return &problem{s.name, 1, "the script has no commands"}
	}
	return nil
}

func optionalNumber(text string, fallback int) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%q is no number of times", text)
	}
	return n, nil
}

var (
	failsForm = regexp.MustCompile(`(?s)^(.*?)\s*\bfails((?:\s+[A-Z]\d{3})+)((?:\s+"[^"]*")*)\s*$`)
	quoted    = regexp.MustCompile(`"[^"]*"`)
)

func (c *command) takeFailure() error {
	if c.verb == "fails" || !strings.Contains(c.rest, "fails") {
		return nil
	}
	m := failsForm.FindStringSubmatch(c.rest)
	if m == nil {
		if strings.HasPrefix(strings.TrimSpace(c.rest), "fails") {
			return errors.New("write fails CODE \"text\"")
		}
		return nil
	}
	c.rest = m[1]
	c.fails = &failure{codes: strings.Join(sortedOnce(strings.Fields(m[2])), " ")}
	for _, q := range quoted.FindAllString(m[3], -1) {
		c.fails.texts = append(c.fails.texts, q[1:len(q)-1])
	}
	return nil
}

// packFiles are all files of the script's pack.
func (s *script) packFiles(fsys fs.FS) ([]rules.File, error) {
	var list []rules.File
	for _, p := range s.paths {
		if fsys == nil {
			return nil, fmt.Errorf("%s: there is no folder to read packs from", p)
		}
		names := []string{p}
		if info, err := fs.Stat(fsys, p); err != nil {
			return nil, err
		} else if info.IsDir() {
			if names, err = fs.Glob(fsys, path.Join(p, "*.yaml")); err != nil {
				return nil, err
			}
		}
		for _, name := range names {
			text, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, err
			}
			list = append(list, rules.File{Name: path.Base(name), Text: string(text)})
		}
	}
	return append(list, s.files...), nil
}
