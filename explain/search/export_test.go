package search

import "truce/rules"

// Slice is the part of a pack that leads to the goal.
func Slice(p *rules.Pack) *rules.Pack { return slice(p, nil) }
