package engine

import (
	"context"
	"fmt"

	"truce/engine/model"
	"truce/engine/network"
)

// checked is a network whose memory is looked over after every run.
type checked struct{ *network.Matcher }

func (c checked) Run(ctx context.Context, l model.Limits) error {
	if err := c.Matcher.Run(ctx, l); err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return fmt.Errorf("the network's memory is broken: %w", err)
	}
	return nil
}
