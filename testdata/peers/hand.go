package main

import "truce/testdata/bench"

// situation has the fields that a person would declare for this one rule set.
type situation struct {
	inflation, currencyDrop, reservesMonths, unemployment, oilExports, budgetDeficit, foodPrice, outageHours float64
	replacement, attrition, fundingCut, armsDays, recruitment, airDefense, breakoutWeeks                     float64
	strikeSuccess, interceptors, publicSupport                                                               float64
	routes, leaders, desertions, missiles, launchers, cyber                                                  int64
	sanctions, morale, ally                                                                                  string
	bankRuns, ceasefire, command                                                                             bool
}

func situationOf(m map[string]any) situation {
	num := func(n string) float64 { return m[n].(float64) }
	whole := func(n string) int64 { return m[n].(int64) }
	word := func(n string) string { return m[n].(string) }
	yes := func(n string) bool { return m[n].(bool) }
	return situation{
		num("inflation"), num("currency_drop"), num("reserves_months"), num("unemployment"), num("oil_exports"), num("budget_deficit"), num("food_price_index"), num("power_outage_hours"),
		num("replacement_rate"), num("attrition_rate"), num("funding_cut"), num("arms_stock_days"), num("recruitment_rate"), num("air_defense_ready"), num("nuclear_breakout_weeks"),
		num("strike_success"), num("interceptor_ratio"), num("public_support"),
		whole("supply_routes_open"), whole("leadership_losses"), whole("desertions"), whole("missile_stock"), whole("launchers_active"), whole("cyber_incidents"),
		word("sanctions_level"), word("proxy_morale"), word("ally_support"),
		yes("bank_runs"), yes("ceasefire_local"), yes("command_intact"),
	}
}

// holds says which rules do, in the order of the rules.
func (x *situation) holds() [37]bool {
	return [37]bool{
		x.inflation >= 40, x.inflation >= 60, x.currencyDrop > 50, x.reservesMonths < 4, x.reservesMonths < 1,
		x.unemployment >= 25, x.oilExports < 0.8, x.budgetDeficit > 12, x.sanctions == "full",
		x.sanctions != "none" && x.oilExports < 1.5, x.foodPrice >= 200, x.bankRuns, x.bankRuns && x.reservesMonths < 6,
		x.outageHours > 8, x.replacement < x.attrition, x.fundingCut >= 50, x.fundingCut >= 30 && x.recruitment < 40,
		x.routes <= 2, x.routes == 0, x.leaders > 10, x.desertions >= 250, x.morale == "low", x.morale != "high" && x.leaders > 5,
		x.ceasefire, x.armsDays < 30, x.armsDays < 60 && x.routes < 4, x.recruitment < x.replacement,
		x.missiles < 800, x.launchers < 60, x.missiles < 1500 && x.launchers < 100, x.airDefense < 0.35, x.ally == "none",
		x.ally != "strong" && x.publicSupport < 40, x.breakoutWeeks > 26, !x.command, x.strikeSuccess < 0.3 && x.interceptors > 1.2,
		x.cyber >= 30,
	}
}

// byHand lists what fires, which the figure of a mere mask would leave out.
func (s *spec) byHand() (assessor, error) {
	inputs := make([]situation, len(s.inputs))
	for i, m := range s.inputs {
		inputs[i] = situationOf(m)
	}
	return func(i int, out *bench.Assessed) error {
		reset(out)
		for n, holds := range inputs[i].holds() {
			if holds {
				r := &s.rules[n]
				out.Fired = append(out.Fired, r.id)
				out.Sums[r.group] += r.severity
			}
		}
		s.recommend(out)
		return nil
	}, nil
}

// closure is the semi-naive loop over paths.
func closure(edges [][2]int64) int {
	next := map[int64][]int64{}
	seen := map[[2]int64]bool{}
	var fresh [][2]int64
	derive := func(x, y int64) {
		if p := [2]int64{x, y}; !seen[p] {
			seen[p] = true
			fresh = append(fresh, p)
		}
	}
	for _, e := range edges {
		next[e[0]] = append(next[e[0]], e[1])
		derive(e[0], e[1])
	}
	for len(fresh) > 0 {
		last := fresh
		fresh = nil
		for _, p := range last {
			for _, y := range next[p[1]] {
				derive(p[0], y)
			}
		}
	}
	return len(seen)
}

// generation is the semi-naive loop over pairs of one generation.
func generation(parents [][2]int64) int {
	children := map[int64][]int64{}
	for _, p := range parents {
		children[p[1]] = append(children[p[1]], p[0])
	}
	seen := map[[2]int64]bool{}
	var fresh [][2]int64
	derive := func(left, right []int64) {
		for _, x := range left {
			for _, y := range right {
				if p := [2]int64{x, y}; !seen[p] {
					seen[p] = true
					fresh = append(fresh, p)
				}
			}
		}
	}
	for _, c := range children {
		derive(c, c)
	}
	for len(fresh) > 0 {
		last := fresh
		fresh = nil
		for _, p := range last {
			derive(children[p[0]], children[p[1]])
		}
	}
	return len(seen)
}
