package words

// newGeorgian takes the layers of a Georgian noun off in their order:
// postposition, case, plural -ებ, and the stem vowel that some cases drop. The
// order is that of the grammars (G. Hewitt, "Georgian: a learner's grammar",
// 2005). The list is our own; no published stemmer was found to follow.
func newGeorgian() *suffixFilter {
	return &suffixFilter{steps: []step{
		newStep(3, `ისთვის სთვის თვის ისგან სგან გან ისკენ სკენ კენ ისთან სთან თან იდან დან ამდე მდე ში ზე ვით`),
		newStep(3, `ისა ითა ადა სა ის ით ად მა თა ს ი ო`),
		newStep(3, `ებ`),
		newStep(3, `ა ე ო უ ი`),
	}}
}
