package main

import (
	"slices"

	"github.com/spf13/cobra"
)

// completeCases offers case files and folders.
func completeCases(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
}

// completePackFiles offers files of packs and folders.
func completePackFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"yaml"}, cobra.ShellCompDirectiveFilterFileExt
}

// completeFolders offers folders, for the one argument of a command on a pack.
func completeFolders(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// completeRules offers the rules of the pack. A pack that does not load has none to
// offer.
func (a *app) completeRules(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	if a.loadSettings(cmd.Flags()) != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	p, _, err := a.loadPack(a.settings.SourceOnly)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	names := map[string]bool{}
	for _, r := range p.Rules {
		for _, n := range namesFor(r) {
			names[n] = true
		}
	}
	return sortedKeys(names), cobra.ShellCompDirectiveNoFileComp
}

// completeWhy offers case files first, and fact types second.
func (a *app) completeWhy(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	switch len(args) {
	case 0:
		return completeCases(cmd, args, prefix)
	case 1:
		if a.loadSettings(cmd.Flags()) != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		p, _, err := a.loadPack(a.settings.SourceOnly)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return p.Schema.TypeNames(), cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

func sortedKeys(set map[string]bool) []string {
	names := make([]string, 0, len(set))
	for n := range set {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
