package eval

// Inside is an environment for what stands inside a quantifier or an aggregate: the
// expressions that speak of the fact in turn, which is f.
func (env *Env) Inside(f Fact) *Env {
	inner := *env
	inner.element, inner.reads = &f, nil
	return &inner
}
