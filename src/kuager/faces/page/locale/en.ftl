# The page's own words. What people said is never translated here.
skip = Skip to what the page says
language = Language
untitled = An unnamed case
drill = A drill. Everything on this page was made up to show how it works; nobody and nothing in it is real.
updated = Built { $when }
credit = Credit
contents = On this page
no-script = Everything on this page can be read without scripts. Playing recordings together and checking files needs them.

section-concluded = What is concluded
section-recordings = The recordings
section-sequence = What happened
section-timeline = When
section-where = Where
section-who = Who says what
section-count = How many
section-matrix = Claims and what bears on them
section-texts = What was published
section-documents = Other material
section-unknown = What we do not know
section-corrections = Corrections
section-method = How this was done
section-custody = Where this comes from, and how to check it

holds = This case holds
holds-recordings = { $n ->
    [one] { $n } recording
   *[other] { $n } recordings
  }
holds-texts = { $n ->
    [one] { $n } published text
   *[other] { $n } published texts
  }
holds-documents = { $n ->
    [one] { $n } other file
   *[other] { $n } other files
  }
held-back = { $n ->
    [one] { $n } more item is kept in the case and not shown here.
   *[other] { $n } more items are kept in the case and not shown here.
  }
nothing-cleared = Nothing in this case has been cleared for publication yet.
nothing-cleared-more = What it holds stays inside until a person decides, item by item, what may be shown. When that happens, it will appear on this page.
no-conclusions = Nobody has recorded a conclusion for this case yet. What follows is the material that has been cleared, as it is.

standard = Standard: { $standard }
evidence-for = What supports it
evidence-against = What speaks against it
no-evidence-against = Nothing that speaks against it has been recorded.
evidence-held = { $n ->
    [one] { $n } piece of evidence is kept in the case and not shown.
   *[other] { $n } pieces of evidence are kept in the case and not shown.
  }
withdrawn = Withdrawn
reviewers = Reviewed by { $who }.
signed-off = { $n ->
    [one] Pictures and sound of { $n } recording were watched to the end and signed off by { $who }: views from windows, reflections, voices, faces, documents, and details only one person could know.
   *[other] Pictures and sound of { $n } recordings were watched to the end and signed off by { $who }: views from windows, reflections, voices, faces, documents, and details only one person could know.
  }
searched = Before this page was written, its texts, data, file names and metadata were searched by a program for names, file names and digests that must not leave the case. A program does not see what only a person would recognise.
alternatives = Other explanations considered
concluded-by = Concluded by { $author }
reviewed-by = reviewed by { $reviewer }
not-reviewed = not yet reviewed by a second person
not-shown = What the material does not show
answers = The other side’s answer
asked = Asked { $when }
answered = Answered { $when }
no-answer = No answer by the time this page was built.
promises = Promised
outcome = What came of it

wall-intro = { $n ->
    [one] One recording, where it stands on the case’s clock.
   *[other] { $n } recordings on one clock. They play together.
  }
wall-alone = These recordings have not been put on one clock. Each plays by itself.
aligned-bound = Aligned by sound. Sound needs time to travel, so pictures may differ by up to { $seconds } s.
aligned-unknown = Aligned by sound. How far the cameras stood from what was heard is not known, so it is not known by how much pictures may differ.
wall-play = Play
wall-pause = Pause
wall-back = One frame back
wall-forward = One frame forward
wall-position = Position on the common clock
wall-speed = Speed
wall-listen = Listen to
wall-nobody = Nothing (muted)
wall-outside = not recording at this moment
now-seen = At this moment
recording = Recording
starts-at = starts at { $seconds } s ± { $sd } s on the common clock
begins = It begins at { $when }, give or take { $error }
begins-disagree = It begins at { $when }, give or take { $error }: what the time was read from does not agree
margin-seconds = { $n } s
margin-minutes = { $n } min
duration = { $clock } long
unreadable = Nothing of it could be read, so nothing of it can be shown
received = Received { $when }
found-at = Published at
still-at = Still from { $clock }
stills = Stills
loudness = Loudness from start to end, against its own loudest moment. It shows where there is sound, not what the sound is.
observed = What people saw and heard
not-found = Looked for and not found
obscured = View hidden: { $what }
measured = What instruments measured
screening = a pointer for people, not a result
by = noted by { $who }
proposed = Proposed by a machine, decided by nobody yet
read-on = The whole text
proposed-reading = What is set behind a dotted line was found by a program in what was published and said; nobody has decided on it yet.
judged-reading = Found by a program in what was published and said, and decided on by people.
decided = Decided by people
cover-graphic = This shows violence or its victims.
cover-unknown = Nobody has said yet whether this is hard to look at.
cover-show = Show
cover-hide = Cover
copy-picture = The pictures of “{ $a }” from { $afrom } to { $ato } also stand in “{ $b }”, from { $bfrom } to { $bto }.
copy-sound = The sound of “{ $a }” from { $afrom } to { $ato } also stands in “{ $b }”, from { $bfrom } to { $bto }.
copies = Copies

timeline-label = What is known to have happened, and how precisely its time is known
kind-event = Event
kind-outage = Communications down
kind-curfew = Curfew
kind-statement = Statement
according-to = according to { $sources }
map-label = Places named on this page. Each circle is the area within which the place lies.
map-source = Boundaries: Natural Earth, simplified; they take no position on any dispute.
radius-m = within { $n } m
radius-km = within { $n } km
through = through { $names }
translation = Translation by { $who }
side-authorities = Authorities
side-protesters = Protesters
side-witness = Witnesses
side-medical = Medical staff
side-ngo = Rights organisations
side-media = Media
side-international = International bodies
side-commenter = Commenters
side-other = Others
hand-first = counted by the person who says it
hand-reported = reported by the body that says it
hand-third = heard from others
hand-unknown = how they know is not said
count-scale = Each bar is the range of numbers that the words allow. A bar that fades out has no upper end.
count-range = { $lower } to { $upper }
count-from = { $lower } or more
count-to = up to { $upper }
count-exactly = { $n }
count-unknown = no number given
count-what-killed = Killed
count-what-wounded = Wounded
count-what-shot = Shot
count-what-detained = Detained
count-what-missing = Missing
count-what-displaced = Displaced
claim = Claim
evidence = Evidence
relation-supports = supports
relation-contradicts = contradicts
relation-compatible = compatible with
relation-inconclusive = does not settle
relation-not_examined = not looked at
matrix-label = Each row is a claim, each column a piece of evidence; the cell says how the one bears on the other.
comments-held = { $n ->
    [one] { $n } reader’s comment is kept in the case and not shown: the person who wrote it has not been cleared.
   *[other] { $n } readers’ comments are kept in the case and not shown: the people who wrote them have not been cleared.
  }
kind-document = document
kind-image = picture
kind-list = list
kind-other = file
kind-recording = recording
kind-page = text

custody-how = Every file was copied, fingerprinted and entered in a log when it came in. Whoever holds a signed checkpoint from elsewhere can tell whether what came before it was changed. It does not show what happened to a file before it came in, and nothing here says that a recording is genuine: that is what the evidence above is for.
custody-counts = { $items ->
    [one] { $items } item in the case
   *[other] { $items } items in the case
  }, { $size ->
    [one] { $size } line in its log
   *[other] { $size } lines in its log
  }, begun { $when }.
check-files = Check a file
check-files-how = Choose or drop a file that you saved from this page. It stays on your computer; the page works out which one it is.
check-choose = Choose a file
check-matches = This is { $title } ({ $path }), unchanged.
check-none = This file is not one of those published with this page, or it has been changed.
check-working = Reading…
check-record = Check the record
check-record-how = The page can check the parts of the record that it carries against the signed statement below, here in your browser, without contacting anyone.
check-run = Check now
check-ok = { $n ->
    [one] The one disclosed entry matches this page’s checkpoint.
   *[other] All { $n } disclosed entries match this page’s checkpoint.
  }
check-bad = { $n } of the disclosed entries do not match this page’s checkpoint.
check-root = Its root is
check-compare = Compare it with one that you hold from elsewhere: a page and its checkpoint can be replaced together.
check-alone = To check everything without trusting this page, run the small program beside it, or follow the recipe with sha256sum and openssl:
downloads = Downloads
download-log = The whole log (commitments only)
download-payloads = What the log’s lines disclose
download-checkpoints = Signed checkpoints
download-checker = Checking program
download-recipe = Checking by hand
download-data = What this page says, as data
download-observations = Observations (CSV)
download-counts = Counts (CSV)
download-captions = Observations as captions (WebVTT)
checkpoint = Signed checkpoint
made-with = Made with Kuager

corrected = Corrected { $when }
disputed-by = Disputed by { $who }.
why = Why, and what speaks against it
all-of-it = All of it
section-conclusions = Why this is concluded
no-evidence-for = Nothing that supports it has been recorded.
no-alternatives = None has been recorded.
between = Statements that meet
more = { $n } more
between-left = { $n ->
    [one] { $n } more pair stands in the data below.
   *[other] { $n } more pairs stand in the data below.
  }
between-same_claim = The same claim.
between-agrees = They agree.
between-compatible = One does not exclude the other.
between-appears_inconsistent = They do not seem to fit together.
between-cannot_both_be_true = One excludes the other.
between-revises = The later one revises the earlier.
between-part_of = One is part of the other.
between-caveat = One limits the other.
between-disputes = One disputes the other.
said = What is said
written-down = Written down in { $language } by { $who }.
proposed-between = Pairs that a program found and set behind a dotted line; nobody has decided on them yet. Its reasons are in English.

not-told = Speaker not told
not-told-more = These are somebody’s words, and the text does not tell whose, or the program that read it could not make it out. They are nobody’s until a person decides.
not-told-count = the words do not tell who counts
in-doubt = Cannot tell whose
in-doubt-more = the one who is named, or the reporter in their own words
in-part-more = Perhaps partly the reporter’s own wording; only what stands in quotation marks is told as theirs.
said-in-part = { $who }, in part
side-untold = Speaker not told
voice-text = the text itself, “{ $title }”
voice-text-unnamed = the text itself
voice-recording = a voice in “{ $recording }”
in-the-text = in the text
count-untold = Somebody’s, cannot tell whose
count-untold-more = They stand here with their words. They raise and lower nobody’s numbers above.
count-part = of some of them only
implied-most = Highest single account: at least { $n } ({ $who }; { $how })
implied-seen = Highest account of somebody who counted: at least { $n } ({ $who })
implied-least = Lowest limit that anybody gives: { $n } ({ $who }).
implied-no-upper = Nothing here is evidence that there were no more.
legend = What the marks mean
legend-words = What was said
legend-who = who says it
legend-proposed = found by a program; nobody has decided on it yet
legend-judged = decided on by people
legend-in-part = some of it may be the reporter’s own wording
legend-untold = somebody’s words; the text does not tell whose, and they stand beside no name
legend-number = a count; it leads to its place under “How many”
voices-not-named = Who speaks is not named.
apart-proposed = Does not seem to fit with
apart-judged = Does not fit, as people decided, with
apart-more = and { $n } more
denied = Denied.
denied-more = Whoever is named here says that this is not so.
denied-by = { $who }, who denies this
