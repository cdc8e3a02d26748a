package packtest

import (
	"context"

	"truce/explain/cover"
	"truce/rules"
)

// Cover runs tests of a pack and says what they cover. A test whose run fails covers
// nothing. The error is the context's.
func Cover(ctx context.Context, p *rules.Pack, tests []*rules.Test, compile Compile) (*cover.Coverage, error) {
	s := compile(p)()
	w := newWorld(p, s)
	c := cover.New(p)
	for _, test := range tests {
		ds, err := ran(ctx, s, test)
		switch {
		case err != nil:
			return nil, err
		case len(ds) > 0:
			continue
		}
		w.begin(test.Case)
		if err := c.Run(ctx, w.env); err != nil {
			return nil, err
		}
	}
	return c.Coverage(), w.err
}
