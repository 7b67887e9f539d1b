package portal

import (
	"slices"

	"belfry/generator/diag"
)

// Types is the content model: every type and every field a town may write.
// Names follow CPSV-AP 3.2, schema.org and the Single Digital Gateway
// (Regulation (EU) 2018/1724). It is never changed after start.
var Types = []Type{
	{"service", "services", with(service)},
	{"form", "forms", with(formFields)},
	{"office", "offices", with(office)},
	{"life-event", "life-events", with(lifeEvent)},
	{"topic", "topics", with(topic)},
	{"guide", "guides", with(guide)},
	{"step-by-step", "step-by-step", with(stepByStep)},
	{"news", "news", with(news)},
	{"event", "events", with(event)},
	{"alert", "alerts", with(alert)},
	{"notice", "notices", with(notice)},
	{"document", "documents", with(document)},
	{"faq", "faq", with(nil)},
	{"directory", "directories", with(nil)},
	{"entry", "directories", with(entry)},
	{"page", "pages", with(page)},
	{"listing", "", with(nil)}, // <folder>/index.md: title and introduction of a list
}

func with(own []Field) []Field { return slices.Concat(common, own) }

// common stands in every type.
var common = []Field{
	{Name: "title", Kind: Text, Text: true, Doc: "what it is called, in the citizen's words", Term: "dct:title"},
	{Name: "description", Kind: Text, Text: true, Doc: "one sentence, at most 160 characters", Term: "dct:description"},
	{Name: "id", Kind: Text, Doc: "stable name; the default is the file's path"},
	{Name: "slug", Kind: PerLang, Doc: "replaces the last part of the address"},
	{Name: "topics", Kind: Ref, Ref: "topic", Many: true, Doc: "ids of topics", Term: "cv:thematicArea"},
	{Name: "keywords", Kind: Text, Many: true, Text: true, Doc: "words citizens use; found, not shown", Term: "dcat:keyword"},
	{Name: "publish", Kind: Moment, Doc: "shown from this moment on"},
	{Name: "expires", Kind: Moment, Doc: "shown until this moment"},
	{Name: "reviewed", Kind: Day, Doc: "day of the last check"},
	{Name: "review_every", Kind: Period, Doc: "how often it is checked, such as 1 year"},
	{Name: "review_by", Kind: Day, Doc: "day by which it must be checked"},
	{Name: "owner", Kind: Ref, Ref: "office", Doc: "office that answers for the page"},
	{Name: "aliases", Kind: Text, Many: true, Doc: "old addresses that lead here"},
	{Name: "draft", Kind: Bool, Doc: "true keeps it out of builds"},
	{Name: "translated_from", Kind: Hash, Text: true, Doc: "stamp of the source texts, written by belfry"},
	{Name: "extends", Kind: Text, Doc: "document of a shared catalogue that this one follows", Term: "dct:isPartOf"},
}

var service = []Field{
	{Name: "authority", Kind: Ref, Ref: "office", Doc: "office that provides it; default of the portal", Term: "cv:hasCompetentAuthority"},
	{Name: "area", Kind: Text, Text: true, Doc: "where it applies; default of the portal", Term: "dct:spatial"},
	{Name: "audience", Kind: Enum, Enum: []string{"citizen", "business", "visitor", "organisation", "administration"}, Many: true, Need: Wanted, Term: "dct:audience"},
	{Name: "eligibility", Kind: Markdown, Text: true, Need: Wanted, Doc: "who it is for", Term: "cv:holdsRequirement"},
	{Name: "requirements", Kind: Record, Many: true, Lead: "name", Need: Wanted, Term: "cv:holdsRequirement", Of: []Field{
		{Name: "id", Kind: Text}, {Name: "name", Kind: Text, Text: true, Need: Required}, {Name: "evidence", Kind: Text, Text: true}}},
	{Name: "evidence", Kind: Record, Many: true, Lead: "name", Need: Wanted, Doc: "what to bring", Term: "cpsv:hasInput", Of: []Field{
		{Name: "id", Kind: Text}, {Name: "name", Kind: Text, Text: true, Need: Required}, {Name: "note", Kind: Text, Text: true}, {Name: "format", Kind: Text, Text: true},
		{Name: "copies", Kind: Number}, {Name: "original", Kind: Bool}, {Name: "form", Kind: Ref, Ref: "form"}, {Name: "url", Kind: URL}}},
	{Name: "steps", Kind: Markdown, Many: true, Text: true, Need: Wanted, Doc: "how it works, one Markdown text a step"},
	{Name: "output", Kind: Record, Many: true, Lead: "name", Need: Wanted, Term: "cpsv:produces", Of: []Field{
		{Name: "id", Kind: Text}, {Name: "name", Kind: Text, Text: true, Need: Required}, {Name: "validity", Kind: Text, Text: true}}},
	{Name: "cost", Kind: Record, Many: true, Lead: "amount", Need: Wanted, Doc: "free, 12.50 EUR, or a list", Term: "cv:hasCost", Of: []Field{
		{Name: "id", Kind: Text}, {Name: "amount", Kind: Money}, {Name: "currency", Kind: Text}, {Name: "description", Kind: Text, Text: true},
		{Name: "time", Kind: Period}, {Name: "channel", Kind: Enum, Enum: channelTypes}, {Name: "payment", Kind: Text, Text: true}}},
	{Name: "processing_time", Kind: Period, Need: Wanted, Doc: "3 working days, 2 weeks, at once, or P3D", Term: "cv:processingTime"},
	{Name: "channels", Kind: Record, Many: true, Lead: "type", Need: Wanted, Term: "cv:hasChannel", Of: []Field{
		{Name: "id", Kind: Text}, {Name: "type", Kind: Enum, Enum: channelTypes, Need: Required}, {Name: "url", Kind: URL}, {Name: "office", Kind: Ref, Ref: "office"},
		{Name: "form", Kind: Ref, Ref: "form"}, {Name: "hours", Kind: Hours}, {Name: "phone", Kind: Phone}, {Name: "email", Kind: Email}, {Name: "note", Kind: Text, Text: true}}},
	{Name: "authentication", Kind: Enum, Many: true, Enum: []string{"none", "eid", "signature", "username", "in-person"}},
	{Name: "legal", Kind: Record, Many: true, Lead: "title", Need: Wanted, Term: "cv:hasLegalResource", Of: []Field{
		{Name: "id", Kind: Text}, {Name: "title", Kind: Text, Text: true, Need: Required}, {Name: "url", Kind: URL}}},
	{Name: "redress", Kind: Markdown, Text: true, Need: Wanted, Doc: "how to appeal"},
	{Name: "languages", Kind: Tag, Many: true, Need: Wanted, Doc: "languages in which it can be done", Term: "dct:language"},
	{Name: "status", Kind: Enum, Enum: []string{"active", "suspended", "seasonal", "planned", "closed"}, Term: "adms:status"},
	{Name: "status_note", Kind: Text, Text: true, Doc: "until when, and what to do instead"},
	{Name: "deadlines", Kind: Record, Many: true, Lead: "name", Of: []Field{
		{Name: "id", Kind: Text}, {Name: "name", Kind: Text, Text: true, Need: Required}, {Name: "date", Kind: Day}, {Name: "text", Kind: Text, Text: true}}},
	{Name: "no_response", Kind: Markdown, Text: true, Doc: "what happens when the office does not answer"},
	{Name: "form", Kind: Ref, Ref: "form", Doc: "form with which it is applied for"},
	{Name: "contact", Kind: Record, Lead: "office", Term: "cv:contactPoint", Of: []Field{
		{Name: "office", Kind: Ref, Ref: "office"}, {Name: "phone", Kind: Phone}, {Name: "email", Kind: Email}, {Name: "url", Kind: URL}, {Name: "hours", Kind: Hours}}},
	{Name: "life_events", Kind: Ref, Ref: "life-event", Many: true, Term: "cv:isGroupedBy"},
	{Name: "related", Kind: Ref, Ref: "service", Many: true, Term: "cv:relatedService"},
	{Name: "requires", Kind: Ref, Ref: "service", Many: true, Term: "dct:requires"},
	{Name: "sector", Kind: Text, Doc: "NACE code", Term: "cv:sector"},
	{Name: "sdg", Kind: Record, Lead: "policy_code", Of: []Field{{Name: "policy_code", Kind: Text}, {Name: "service", Kind: Text}}},
	{Name: "equivalent", Kind: Record, Many: true, Lead: "id", Of: []Field{
		{Name: "country", Kind: Text}, {Name: "id", Kind: Text}, {Name: "url", Kind: URL}, {Name: "note", Kind: Text, Text: true}}},
}

var channelTypes = []string{"online", "in-person", "phone", "email", "post"}

var formFields = []Field{
	{Name: "form", Kind: Text, Doc: "stable name under which answers are kept; the default is the file's path"},
	{Name: "version", Kind: Number, Doc: "whole number; it rises when questions or rules change"},
	{Name: "send", Kind: Record, Many: true, Lead: "to", Doc: "print, download, netlify, the https:// address of a receiver, or {web3forms: KEY}", Of: []Field{
		{Name: "to", Kind: Text}, {Name: "web3forms", Kind: Text}}},
	{Name: "fee", Kind: Money, Doc: "what it costs without answers that cost more"},
	{Name: "seal", Kind: Asset, Doc: "public key in assets/ to which answers are sealed"},
	{Name: "privacy", Kind: Record, Lead: "purpose", Doc: "what Art. 13 GDPR wants told before data is taken", Of: []Field{
		{Name: "controller", Kind: Text, Text: true}, {Name: "purpose", Kind: Text, Text: true}, {Name: "legal basis", Kind: Text, Text: true}, {Name: "keep", Kind: Period}}},
}

var office = []Field{
	{Name: "parent", Kind: Ref, Ref: "office"}, {Name: "kind", Kind: Text, Doc: "municipality, department, desk ..."},
	{Name: "phone", Kind: Phone, Many: true}, {Name: "email", Kind: Email, Many: true}, {Name: "url", Kind: URL},
	{Name: "address", Kind: Text, Text: true}, {Name: "geo", Kind: Number, Many: true, Doc: "latitude and longitude in degrees (WGS 84)"},
	{Name: "hours", Kind: Hours, Doc: "Mo-Fr 08:00-16:00"},
	{Name: "closures", Kind: Record, Many: true, Lead: "from", Of: []Field{{Name: "id", Kind: Text}, {Name: "from", Kind: Day, Need: Required}, {Name: "to", Kind: Day}, {Name: "name", Kind: Text, Text: true}}},
	{Name: "accessibility", Kind: Markdown, Text: true, Doc: "how to get in: steps, lift, parking"},
}

var steps = Field{Name: "steps", Kind: Record, Many: true, Lead: "name", Of: []Field{
	{Name: "id", Kind: Text}, {Name: "name", Kind: Text, Text: true, Need: Required}, {Name: "text", Kind: Markdown, Text: true},
	{Name: "services", Kind: Ref, Ref: "service", Many: true}, {Name: "choice", Kind: Bool}}}

var lifeEvent = []Field{
	{Name: "kind", Kind: Enum, Enum: []string{"life", "business"}}, {Name: "order", Kind: Number}, steps,
}

var topic = []Field{{Name: "parent", Kind: Ref, Ref: "topic"}, {Name: "order", Kind: Number}}

var guide = []Field{
	{Name: "kind", Kind: Enum, Enum: []string{"how-to", "training", "manual"}}, {Name: "parts", Kind: Ref, Ref: "guide", Many: true, Doc: "ids of files that are the parts; else its headings are"}, {Name: "order", Kind: Number},
}

var stepByStep = []Field{steps, {Name: "order", Kind: Number}}

var news = []Field{
	{Name: "date", Kind: Moment}, {Name: "image", Kind: Asset}, {Name: "image_alt", Kind: Text, Text: true},
}

var event = []Field{
	{Name: "starts", Kind: Moment, Need: Required}, {Name: "ends", Kind: Moment}, {Name: "place", Kind: Text, Text: true},
	{Name: "repeats", Kind: Record, Lead: "every", Of: []Field{{Name: "every", Kind: Enum, Enum: []string{"day", "week", "month", "year"}, Need: Required}, {Name: "until", Kind: Day}}},
}

var alert = []Field{
	{Name: "level", Kind: Enum, Enum: []string{"info", "warning", "emergency"}}, {Name: "starts", Kind: Moment}, {Name: "ends", Kind: Moment},
}

var notice = []Field{
	{Name: "kind", Kind: Enum, Enum: []string{"tender", "vacancy", "consultation", "grant", "decision", "auction"}, Need: Wanted},
	{Name: "opens", Kind: Moment}, {Name: "closes", Kind: Moment}, {Name: "office", Kind: Ref, Ref: "office"},
	{Name: "documents", Kind: Record, Many: true, Lead: "url", Of: []Field{{Name: "id", Kind: Text}, {Name: "title", Kind: Text, Text: true}, {Name: "url", Kind: URL, Need: Required}}},
}

var document = []Field{
	{Name: "kind", Kind: Enum, Enum: []string{"study", "strategy", "agreement", "decision", "budget", "report", "case-study", "template"}, Need: Wanted},
	{Name: "file", Kind: URL}, {Name: "date", Kind: Day}, {Name: "parties", Kind: Text, Many: true, Text: true}, {Name: "valid_until", Kind: Day},
}

var entry = []Field{
	{Name: "kind", Kind: Enum, Enum: []string{"authority", "business", "ngo", "citizens-group", "venue"}, Need: Wanted},
	{Name: "contact", Kind: Record, Lead: "phone", Of: []Field{{Name: "phone", Kind: Phone}, {Name: "email", Kind: Email}, {Name: "url", Kind: URL}, {Name: "person", Kind: Text}}},
	{Name: "address", Kind: Text, Text: true}, {Name: "website", Kind: URL}, {Name: "region", Kind: Text, Text: true}, {Name: "country", Kind: Text},
	{Name: "geo", Kind: Number, Many: true}, {Name: "hours", Kind: Hours},
}

var page = []Field{{Name: "menu", Kind: Bool}, {Name: "order", Kind: Number}}

// ConfigFields are the fields of portal.yaml.
var ConfigFields = []Field{
	{Name: "name", Kind: PerLang, Need: Required, Doc: "name of the town: one text, or one a language"},
	{Name: "kind", Kind: PerLang, Doc: "line above the name, such as Municipality"},
	{Name: "languages", Kind: Tag, Many: true, Need: Required, Doc: "BCP 47 tags; the first is the language of files whose name carries none"},
	{Name: "country", Kind: Text, Doc: "ISO 3166-1 code of two letters"},
	{Name: "base_url", Kind: URL, Doc: "where the portal will stand; canonical links, feeds and the sitemap need it"},
	{Name: "area", Kind: PerLang, Doc: "default of the area of services"},
	{Name: "authority", Kind: Ref, Ref: "office", Doc: "default office of services"},
	{Name: "currency", Kind: Text, Doc: "ISO 4217 code; the default is EUR"},
	{Name: "time_zone", Kind: Text, Doc: "IANA name; the default is UTC"},
	{Name: "theme", Kind: Text, Doc: "base"},
	{Name: "brand", Kind: Record, Lead: "colour", Of: []Field{{Name: "colour", Kind: Text}, {Name: "logo", Kind: Asset}}},
	{Name: "home", Kind: Record, Lead: "wanted", Of: []Field{{Name: "wanted", Kind: Ref, Ref: "service", Many: true}, {Name: "question", Kind: PerLang}, {Name: "example", Kind: PerLang}}},
	{Name: "menu", Kind: Text, Many: true, Doc: "ids of types or pages"},
	{Name: "owner", Kind: Ref, Ref: "office", Doc: "office that answers for pages that name none"},
	{Name: "check", Kind: Record, Lead: "levels", Of: []Field{
		{Name: "levels", Kind: Record, Of: levels(), Doc: "other severities than the rules have: review/reading-ease: note"},
		{Name: "except", Kind: Record, Many: true, Lead: "rule", Of: []Field{{Name: "rule", Kind: Text, Need: Required, Doc: "code, such as review/long-sentence"},
			{Name: "file", Kind: Text, Doc: "path or pattern, such as news/*; everywhere without it"}, {Name: "reason", Kind: Text, Need: Required}, {Name: "until", Kind: Day, Need: Required}}}}},
	{Name: "redirects", Kind: Enum, Many: true, Enum: []string{"apache", "nginx", "netlify", "cloudflare"}, Doc: "hosts that lead old addresses on themselves; pages do so everywhere"},
	{Name: "feedback", Kind: Text, Doc: "address, URL or form id: how a fault is reported"},
	{Name: "extends", Kind: Text, Many: true, Doc: "topics of a shared catalogue taken whole, such as region/civil-status@2026.1"},
	{Name: "profile", Kind: Enum, Enum: []string{"basic", "sdg", "italy"}},
	{Name: "accessibility", Kind: Record, Lead: "date", Of: []Field{{Name: "date", Kind: Day}, {Name: "status", Kind: Enum, Enum: []string{"full", "partial", "none"}},
		{Name: "gaps", Kind: PerLang, Doc: "what is not accessible, and why"}, {Name: "enforcement", Kind: PerLang}, {Name: "email", Kind: Email}, {Name: "phone", Kind: Phone}}},
	{Name: "privacy", Kind: Record, Lead: "controller", Of: []Field{{Name: "controller", Kind: PerLang}, {Name: "officer", Kind: PerLang, Doc: "data protection officer"},
		{Name: "email", Kind: Email}, {Name: "hosting", Kind: PerLang}, {Name: "date", Kind: Day}, {Name: "supervisor", Kind: PerLang}}},
}

// levels are the severities that portal.yaml may give to findings.
func levels() []Field {
	var fields []Field
	for _, code := range diag.Codes() {
		fields = append(fields, Field{Name: code, Kind: Enum, Enum: []string{"error", "warning", "note"}})
	}
	return fields
}
