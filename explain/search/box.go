package search

import "truce/facts"

// stretch is what one dimension may be in a box: the points from i to j, and the
// value as it is where stay says so. A value that is a point of its grid stays by
// that point; stay is for what is unknown or an interval.
type stretch struct {
	i, j int
	stay bool
}

// stays is the value as it is, and nothing else.
func (d *dimension) stays() stretch {
	if d.grid.home >= 0 {
		return stretch{d.grid.home, d.grid.home, false}
	}
	return stretch{0, -1, true}
}

// whole is all that the dimension may be.
func (d *dimension) whole() stretch { return stretch{d.from, d.to, d.grid.home < 0} }

// moved is all that the dimension may move to. Of a value that is a point it holds
// that point too.
func (d *dimension) moved() stretch { return stretch{d.from, d.to, false} }

func (d *dimension) isStill(r stretch) bool {
	return r.stay && r.j < r.i || !r.stay && r.i == r.j && r.i == d.grid.home
}

func (r stretch) empty() bool  { return !r.stay && r.j < r.i }
func (r stretch) single() bool { return r.stay && r.j < r.i || !r.stay && r.i == r.j }

// setting is the stretch as one value, which stands for all that it holds.
func (d *dimension) setting(r stretch) setting {
	if r.j < r.i {
		return setting{d: d, value: d.at}
	}
	v := d.grid.value(r.i, r.j)
	if r.stay {
		v = v.Hull(d.at)
	}
	return setting{d: d, value: v}
}

// least is the way to the nearest of a stretch, and where that is.
func (d *dimension) least(r stretch) (float64, stretch) {
	if r.stay {
		return 0, d.stays()
	}
	n := d.grid.nearest(r.i, r.j)
	return d.way(n), stretch{n, n, false}
}

// most is the way to the farthest of a stretch.
func (d *dimension) most(r stretch) float64 {
	if r.j < r.i {
		return 0
	}
	// Of what has no order, one of two points is not home.
	return max(d.way(r.i), d.way(r.j))
}

// clip takes from a stretch what is farther than a way.
func (d *dimension) clip(r stretch, most float64) stretch {
	r.i, r.j = d.grid.within(r.i, r.j, most/d.cost)
	if r.j < r.i {
		r.i, r.j = 0, -1
	}
	return r
}

// split takes a stretch that is not single apart: the value as it is from all
// others; then what lies nearer than half of the way from what lies farther, on
// either side; then, where all is equally far, by halves.
func (d *dimension) split(r stretch) []stretch {
	if r.stay {
		return []stretch{{0, -1, true}, {r.i, r.j, false}}
	}
	near, _ := d.least(r)
	if far := d.most(r); far > near {
		i, j := d.grid.within(r.i, r.j, (near+far)/2/d.cost)
		var parts []stretch
		for _, p := range []stretch{{i, j, false}, {r.i, i - 1, false}, {j + 1, r.j, false}} {
			if !p.empty() {
				parts = append(parts, p)
			}
		}
		if len(parts) > 1 {
			return parts
		}
	}
	mid := r.i + (r.j-r.i)/2
	return []stretch{{r.i, mid, false}, {mid + 1, r.j, false}}
}

// halves takes a stretch that is not single apart: the value as it is from all others,
// the points of what has no order one from another, and else the lower from the upper.
func (d *dimension) halves(r stretch) []stretch {
	if r.stay {
		return []stretch{{0, -1, true}, {r.i, r.j, false}}
	}
	if d.as.Kind == facts.Enum {
		var parts []stretch
		for i := r.i; i <= r.j; i++ {
			parts = append(parts, stretch{i, i, false})
		}
		return parts
	}
	mid := r.i + (r.j-r.i)/2
	return []stretch{{r.i, mid, false}, {mid + 1, r.j, false}}
}

// box is a stretch for each of a list of dimensions.
type box []stretch

// settings are the values of a box that are not as they are.
func (b box) settings(dims []*dimension) []setting {
	var list []setting
	for n, d := range dims {
		if !d.isStill(b[n]) {
			list = append(list, d.setting(b[n]))
		}
	}
	return list
}

// least is the distance of the nearest point of a box, and that point.
func (b box) least(dims []*dimension) (float64, box) {
	total, point := 0.0, make(box, len(b))
	for n, d := range dims {
		var way float64
		way, point[n] = d.least(b[n])
		total += way
	}
	return total, point
}

// clip narrows a box to the points that may lie nearer than a distance; false where
// there are none.
func (b box) clip(dims []*dimension, distance float64) (box, bool) {
	total, _ := b.least(dims)
	if total >= distance {
		return nil, false
	}
	c := make(box, len(b))
	for n, d := range dims {
		own, _ := d.least(b[n])
		if c[n] = d.clip(b[n], distance-(total-own)); c[n].empty() {
			return nil, false
		}
	}
	return c, true
}

// widest is the dimension to split a box by: where the ways differ most; of those
// that differ as much, the one with fewest points, which is soonest split to its end. It
// is -1 where the box is a point.
func (b box) widest(dims []*dimension) int {
	best, spread, points := -1, 0.0, 0
	for n, d := range dims {
		r := b[n]
		if r.single() {
			continue
		}
		near, _ := d.least(r)
		w, p := d.most(r)-near, r.j-r.i+1
		if best < 0 || w > spread || w == spread && p < points {
			best, spread, points = n, w, p
		}
	}
	return best
}

// parts are a box split by its widest dimension; none of a point.
func (b box) parts(dims []*dimension) []box {
	at := b.widest(dims)
	if at < 0 {
		return nil
	}
	var parts []box
	for _, r := range dims[at].split(b[at]) {
		part := append(box(nil), b...)
		part[at] = r
		parts = append(parts, part)
	}
	return parts
}

// holds reports whether the nearest point of another box lies in this one.
func (b box) holds(dims []*dimension, other box) bool {
	for n, d := range dims {
		_, p := d.least(other[n])
		if p.stay != b[n].stay && p.stay || !p.stay && (p.i < b[n].i || p.i > b[n].j) {
			return false
		}
	}
	return true
}
