package render

import "html/template"

// Home is the content of the layout "home".
type Home struct {
	Question string // "What do you need from the town hall?"
	Example  string // two everyday words for the search label
	Quick    []Link // three wanted services and A to Z, in the plate
	Office   *Contact
	Wanted   Group
	Citizens *Link // with Note as its line; nil where there is nothing for them
	Business *Link
	Events   []Link // life events, Note as their line
	Coming   Group  // events with day plates
	News     Group
	Notices  Group
}

// List is the content of the layouts "list" (a type, an audience), "topic",
// "a-to-z", "directory", "faq", "news-list", "notices", "site-map".
type List struct {
	Intro   *Prose
	Tabs    []Link
	Letters []Link // A to Z only
	Facets  []Link // directories: kinds with their counts (Note), each a page of its own
	Groups  []Group
	Answers []AnswerGroup // faq only
	Empty   string        // shown where there is no row: what, then where next
	Pager   *Pager
	Count   string // "34 services"
	Feeds   []Link
}

// AnswerGroup is a group of questions with their answers.
type AnswerGroup struct {
	ID, Title string
	Items     []Answer
}

// Answer is a question with its answer, shown open.
type Answer struct {
	ID       string
	Question string
	Text     *Prose
	Lang     TextLang
	Href     template.URL
}

// Service is the content of the layout "service", in the order of the page.
type Service struct {
	Status       *Status
	Facts        []Fact
	Action       *Link  // the main button: the verb of the channel
	Intro        *Prose // the explanation, before the sections
	Eligibility  *Prose
	Requirements []Item
	Steps        []Step
	Evidence     []Item
	Output       []Item
	Costs        []Cost
	Time         string // sentence, where it is not in Costs
	Deadlines    []Item
	Channels     []Channel
	Auth         string // "You sign in with electronic identification."
	Languages    string // "In Bulgarian, English."
	NoResponse   *Prose
	More         []Section // further sections of the body
	Redress      *Prose
	Contact      *Contact
	Legal        []Link
	Related      []Row
	Requires     []Row
	LifeEvents   []Link
	Equivalent   []Link
}

// Status says that a service is not simply open.
type Status struct {
	Level string // info or warning
	Label string // "Suspended", "Seasonal" ...
	Note  string
}

// Item is a name with details: a requirement, a document to bring, a result.
type Item struct {
	ID     string
	Name   string
	Text   string // details in one sentence
	Link   *Link
	Detail string // muted: "original and 2 copies"
}

// Step is one numbered step. Title may be empty.
type Step struct {
	Number  string // in the digits of the language
	Title   string
	Text    *Prose
	Rows    []Row
	Joiner  string // "or", "and": bold word before the step
	Choice  bool   // its rows are alternatives, joined by Or
	Or      string
	Checked string
}

// Cost is one row of the table of prices.
type Cost struct{ Name, Time, Price, Detail string }

// Channel is one way to get the service.
type Channel struct {
	Kind   string // online, in-person, phone, email, post
	Label  string // "Online", "At the counter"
	Links  []Link
	Text   string
	Detail string
	Hours  []Hours
}

// Section is a headed part of a body.
type Section struct {
	ID    string
	Title string
	Text  *Prose
}

// Office is the content of the layout "office".
type Office struct {
	Facts    []Fact
	Intro    *Prose
	Week     []DayHours // one row a day
	Closures []Item     // Name the dates, Text the reason
	Zone     string     // IANA time zone, for the script
	ClosedOn string     // dates and ranges for the script: "2026-09-22 2026-12-24/2026-12-28"
	Contact  *Contact
	Map      *Link
	Access   *Prose
	Services Group
	Parent   *Link
	Parts    []Row
	OpenNow  OpenTexts
}

// DayHours is one day of an office's week.
type DayHours struct {
	Day    string
	Number int // ISO 8601 weekday, Monday is 1
	Times  string
	Spans  string // machine form for the script: "510-720,780-1020", minutes from midnight
	Closed bool
}

// OpenTexts are the sentences the script may show; {time} and {day} are filled.
type OpenTexts struct{ Open, Closed, Opens string }

// LifeEvent is the content of "life-event"; Journey that of "step-by-step".
type LifeEvent struct {
	Intro    *Prose
	Steps    []Step
	Services Group
	Guides   Group
	Contact  *Contact
}

// Guide is the content of "guide": one page for each part.
type Guide struct {
	Parts    []Link // numbered; the current one is marked
	Part     string // title of this part
	Text     *Prose
	Previous *Link
	Next     *Link
}

// Article is the content of "page", "news", "alert" and "document".
type Article struct {
	Image    *Image
	Text     *Prose
	Sections []Section // pages: headed parts with margin headings
	Facts    []Fact
	Status   *Status
	Files    []Row
	More     Group
	Contact  *Contact
}

// Image is a picture with its size in pixels.
type Image struct {
	Src           template.URL
	Alt           string
	Caption       string
	Width, Height int
}

// Calendar is the content of "calendar": one page for each month.
type Calendar struct {
	Month    string // "August 2026"
	Previous *Link
	Next     *Link
	Events   []Row
	Empty    string
	Weekdays []Weekday
	Weeks    [][]Date
	Feeds    []Link
}

// Weekday is the head of a column of the month.
type Weekday struct{ Short, Full string }

// Date is one cell of the month; Number is empty outside it.
type Date struct {
	Number string
	Full   string // for screen readers
	Href   template.URL
	ISO    string
}

// Event is the content of "event".
type Event struct {
	Facts    []Fact
	Text     *Prose
	Calendar *Link // iCalendar file
	More     Group
}

// Entry is the content of "entry", one line of a directory.
type Entry struct {
	Facts   []Fact
	Text    *Prose
	Contact *Contact
	Kind    string
}

// Search is the content of "search".
type Search struct {
	Example  string
	Wanted   Group
	Contact  *Contact
	Messages map[string]string // what the script says
}

// Chooser is the content of "languages", the portal's front door.
type Chooser struct{ Names []Link }

// Lost is the content of "404": self-contained, in every language.
type Lost struct{ Parts []LostPart }

// LostPart is the message of one language.
type LostPart struct {
	Lang, Dir          string
	Title, Text        string
	Home, Search, AToZ Link
	Contact            *Contact
}

// Moved is the content of "redirect".
type Moved struct{ To Link }
