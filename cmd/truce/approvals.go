package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"truce/explain/approval"
	"truce/explain/record"
	"truce/facts/source"
)

// answerFlags are those of commands that answer from a pack.
func answerFlags(cmd *cobra.Command) {
	ruleFlags(cmd)
	runFlags(cmd)
	settingFlag(cmd.Flags(), "approvals")
	settingFlag(cmd.Flags(), "approvers")
}

// loadToAnswer loads the pack of a folder to answer from. Where the settings name who may
// approve rules, a pack that none of them approved does not answer.
func (a *app) loadToAnswer(dir string, sourceOnly bool) (*pack, source.Diagnostics, error) {
	p, warnings, err := a.loadPackFrom(dir, sourceOnly)
	if err != nil {
		return nil, nil, err
	}
	who, err := a.approvers()
	if err != nil || who == nil {
		return p, warnings, err
	}
	given, err := a.approvals()
	if err != nil {
		return nil, nil, err
	}
	if p.approvals, err = who.Demand(record.PackOf(p.Pack), a.now(), given); err != nil {
		ds := a.findings(err)
		ds[0] = ds[0].Suggest("%s", a.howToApprove(p))
		return nil, nil, ds
	}
	return p, warnings, nil
}

// approvers are those of the settings; nil where they name none.
func (a *app) approvers() (*approval.Approvers, error) {
	path := a.settings.Approvers
	if path == "" {
		return nil, nil
	}
	text, err := a.read(path)
	if err != nil {
		return nil, err
	}
	return approval.ReadApprovers(path, text)
}

// approvals are the texts in the file of the settings, or in the files of their folder.
func (a *app) approvals() ([]approval.Given, error) {
	path := a.settings.Approvals
	if path == "" {
		return nil, nil
	}
	files, _, err := a.filesIn([]string{path}, visibleFiles)
	if err != nil {
		return nil, err
	}
	var given []approval.Given
	for _, file := range files {
		text, err := a.read(file)
		if err != nil {
			return nil, err
		}
		for _, one := range approval.Split(string(text)) {
			given = append(given, approval.Given{File: file, Text: one})
		}
	}
	return given, nil
}

// visibleFiles are the files of a folder, but for hidden ones.
func visibleFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, source.Diagnostics{errUnreadable.At(source.Span{File: dir}, "%v", plain(err))}
	}
	var files []string
	for _, e := range entries {
		if e.Type()&fs.ModeDir == 0 && !strings.HasPrefix(e.Name(), ".") {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	return files, nil
}

// howToApprove says what an expert types to approve a pack.
func (a *app) howToApprove(p *pack) string {
	line := "truce rules approve"
	if p.dir != "" {
		line += " " + p.dir
	}
	if p.SourceOnly {
		line += " --source-only"
	}
	line += " --key KEY-FILE"
	switch place := a.settings.Approvals; {
	case place == "":
		return fmt.Sprintf("one of them types: %s --out FILE; then name the FILE, or its folder, with --approvals or as a setting", line)
	case isDir(place):
		return fmt.Sprintf("one of them types: %s --out %s", line, filepath.Join(place, p.Name+"-"+p.Digest[:8]+".txt"))
	default:
		return fmt.Sprintf("one of them types: %s >> %s", line, place)
	}
}
