package translate

// pairs of two lists: each has an index into both, or -1 where one side has
// nothing.
type pair struct{ a, b int }

// most bounds the table of align: lists that differ in more are taken as wholly
// different in their middle.
const most = 4_000_000

// align lays two lists side by side at the least cost. A gap costs 1; cost says
// what a pair costs, 0 for equals, and 2 or more where it must not be.
func align(n, m int, cost func(a, b int) float64) []pair {
	var head, tail []pair
	from := 0
	for from < n && from < m && cost(from, from) == 0 {
		head = append(head, pair{from, from})
		from++
	}
	for n > from && m > from && cost(n-1, m-1) == 0 {
		n, m = n-1, m-1
		tail = append(tail, pair{n, m})
	}
	out := append(head, middle(from, n, m, cost)...)
	for i := len(tail) - 1; i >= 0; i-- {
		out = append(out, tail[i])
	}
	return out
}

func middle(from, n, m int, cost func(a, b int) float64) []pair {
	rows, cols := n-from, m-from
	var out []pair
	if rows == 0 || cols == 0 || rows*cols > most {
		for i := from; i < n; i++ {
			out = append(out, pair{i, -1})
		}
		for j := from; j < m; j++ {
			out = append(out, pair{-1, j})
		}
		return out
	}
	// best[i][j] is the least cost of the lists from i and j on.
	best := make([]float64, (rows+1)*(cols+1))
	at := func(i, j int) *float64 { return &best[i*(cols+1)+j] }
	paired := func(i, j int) float64 {
		if c := cost(from+i, from+j); c < 2 {
			return c
		}
		return float64(rows + cols + 1) // more than gaps for all
	}
	for i := rows; i >= 0; i-- {
		for j := cols; j >= 0; j-- {
			switch {
			case i == rows:
				*at(i, j) = float64(cols - j)
			case j == cols:
				*at(i, j) = float64(rows - i)
			default:
				*at(i, j) = min(paired(i, j)+*at(i+1, j+1), 1+*at(i+1, j), 1+*at(i, j+1))
			}
		}
	}
	for i, j := 0, 0; i < rows || j < cols; {
		switch {
		case i < rows && j < cols && *at(i, j) == paired(i, j)+*at(i+1, j+1):
			out = append(out, pair{from + i, from + j})
			i, j = i+1, j+1
		case i < rows && *at(i, j) == 1+*at(i+1, j):
			out = append(out, pair{from + i, -1})
			i++
		default:
			out = append(out, pair{-1, from + j})
			j++
		}
	}
	return out
}
