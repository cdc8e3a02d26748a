package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"truce/facts/source"
	"truce/rules"
)

// shippedName is how the shipped pack is called where a folder is.
const shippedName = "shipped"

// loadPackNamed loads the pack of an argument: a folder; "shipped" or nothing; or a
// folder as git has it, REVISION:PATH.
func (a *app) loadPackNamed(ctx context.Context, name string) (*pack, source.Diagnostics, error) {
	if name == "" || name == shippedName {
		return a.loadPackFrom("", a.settings.SourceOnly)
	}
	revision, path, ok := strings.Cut(name, ":")
	if _, err := os.Stat(name); err == nil || !ok || filepath.VolumeName(name) != "" {
		return a.loadPackFrom(name, a.settings.SourceOnly)
	}
	files, err := gitFiles(ctx, revision, path)
	if err != nil {
		return nil, nil, err
	}
	p, ds := rules.Load(files, rules.Options{SourceOnly: a.settings.SourceOnly})
	at := func(file string) string { return name + "/" + file }
	for _, f := range files {
		a.texts[filepath.Join(name, f.Name)] = f.Text
	}
	ds = relocated(ds, func(file string) string {
		if file == "" {
			return name
		}
		return filepath.Clean(at(file))
	})
	if ds.HasErrors() {
		return nil, nil, ds
	}
	return &pack{Pack: p, dir: name}, ds, nil
}

// gitFiles are the files of a pack as git has them at a revision. A path is that from
// the root of the repository, or from here where it begins with "./".
func gitFiles(ctx context.Context, revision, path string) ([]rules.File, error) {
	at := source.Span{File: revision + ":" + path}
	if revision == "" || strings.HasPrefix(revision, "-") {
		return nil, source.Diagnostics{errRevision.At(at, "%q names no revision", revision).Expect("a commit, a branch or a tag, such as HEAD~3:rules/iran")}
	}
	folder := filepath.ToSlash(path)
	if folder == "." {
		folder = "./" // as git calls where it is
	}
	tree, err := git(ctx, nil, "rev-parse", "--verify", "--quiet", revision+":"+folder)
	if err != nil {
		return nil, notInGit(ctx, at, revision, err)
	}
	list, err := git(ctx, nil, "ls-tree", "-z", "--full-tree", strings.TrimSpace(string(tree)))
	if err != nil {
		return nil, source.Diagnostics{errRevision.At(at, "this is no folder: %v", err).Expect("the folder of a pack")}
	}
	var names []string
	var wanted strings.Builder
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(list), "\x00"), "\x00") {
		// mode, type and name of the object, then behind a tab that of the file
		about, name, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(about)
		if len(fields) == 3 && fields[1] == "blob" && rules.Belongs(name) {
			names = append(names, name)
			fmt.Fprintln(&wanted, fields[2])
		}
	}
	blobs, err := git(ctx, strings.NewReader(wanted.String()), "cat-file", "--batch")
	if err != nil {
		return nil, source.Diagnostics{errRevision.At(at, "git cannot read it: %v", err)}
	}
	files, err := blobFiles(names, blobs)
	if err != nil {
		return nil, source.Diagnostics{errRevision.At(at, "%v", err)}
	}
	return files, nil
}

// blobFiles takes the output of "git cat-file --batch" apart: for each file a line that
// ends in its size, the text, and a line end.
func blobFiles(names []string, blobs []byte) ([]rules.File, error) {
	var files []rules.File
	for _, name := range names {
		head, rest, ok := bytes.Cut(blobs, []byte("\n"))
		fields := strings.Fields(string(head))
		if !ok || len(fields) != 3 {
			return nil, fmt.Errorf("git does not give %s: %q", name, head)
		}
		size, err := strconv.Atoi(fields[2])
		if err != nil || size < 0 || size >= len(rest) {
			return nil, fmt.Errorf("git does not give all of %s", name)
		}
		files = append(files, rules.File{Name: name, Text: string(rest[:size])})
		blobs = rest[size+1:]
	}
	return files, nil
}

// notInGit says why a revision does not lead to a folder.
func notInGit(ctx context.Context, at source.Span, revision string, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return source.Diagnostics{errRevision.At(at, "git is not installed").Expect("git, or a folder")}
	}
	d := errRevision.At(at, "git has no such folder").Expect("REVISION:PATH, such as HEAD~3:rules/iran, with the path from the root of the repository, or from here behind ./")
	if _, err := git(ctx, nil, "rev-parse", "--verify", "--quiet", revision+"^{commit}"); err != nil {
		d = d.Suggest("%s is no revision here, or this is no repository", revision)
	}
	return source.Diagnostics{d}
}

// git runs git here and gives what it prints. What it complains of is the error.
func git(ctx context.Context, in io.Reader, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	var complaint bytes.Buffer
	cmd.Stdin, cmd.Stderr = in, &complaint
	out, err := cmd.Output()
	if text := strings.TrimSpace(complaint.String()); err != nil && text != "" {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	return out, err
}
