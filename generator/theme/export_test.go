package theme

// Plainly returns the templates without steps: text/template executes them all.
func (c *Templates) Plainly() *Templates {
	out := &Templates{built: map[string]map[string]func() (compiled, error){}}
	for lang, layouts := range c.built {
		out.built[lang] = map[string]func() (compiled, error){}
		for name, build := range layouts {
			out.built[lang][name] = func() (compiled, error) {
				c, err := build()
				c.steps = nil
				return c, err
			}
		}
	}
	return out
}
