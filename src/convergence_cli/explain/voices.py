"""Topics: two sides held against each other, and each side against what it wants."""

from __future__ import annotations

from ..scoring.agenda import MANY, SLIGHT
from ..scoring.contrast import EXACT_UP_TO
from ..scoring.estimates import A_CAMP
from ..scoring.highlights import FAR, LOW
from .topic import ARTICLE, OWN, Chapter, Topic

GAP = Topic(
    name="gap",
    also=("S9", "contrast", "gaps"),
    title="Gap",
    plain="The gap is what the second side says minus what the first says: above 0, IT is above the "
    "business.",
    formula="""\
of a question  = mean points of the second group - mean points of the first
of a dimension = the same of the two groups' dimension scores, over the
                 opinion questions where both have a mean that is shown""",
    range="Points from -100 to 100.",
    missing="Each group's mean is of its own answers. A question that one side did not answer has no gap.",
    why="A difference in points can be read by anybody. The report says what was compared: where one side is "
    "scored, what the other expects; where both are, what each says.",
    not_shown="A gap that is not reliable is in no ranking, and is never called the widest. The report says "
    '"no reliable difference", never "no difference".',
    source="Atwater and Yammarino 1992, Personnel Psychology 45:141-164.",
)
RELIABLE = Topic(
    name="reliable",
    also=("cliffs_delta", "delta_interval", "delta", "mid-p"),
    title="Reliable gap",
    plain="A gap is called reliable when two tests agree that chance alone would rarely show one as large.",
    formula=f"""\
d = (pairs where the second is higher - pairs where it is lower) / (n1 n2)
1. (d - d^3 -+ t s sqrt((1-d^2)^2 + t^2 s^2)) / (1 - d^2 + t^2 s^2)
   excludes 0; s^2 the unbiased variance of d, n1 + n2 - 2 degrees of freedom
2. mid-p < .05,
   mid-p = (deals with a larger |difference| + half of those with the same)
           / all ways to deal the answers to two sides of these sizes
past {EXACT_UP_TO} answers a side: the normal approximation, variance s^2 (1/n1 + 1/n2)""",
    range="d from -1 to 1; reliable is yes or no. Numbers and ratios are dealt by their ranks. Where s^2 is "
    "not above 0 the second test decides alone.",
    missing="One answer on a side: no interval, and not reliable.",
    why="Cliff's delta looks at order alone, so it does not mind how far apart the options stand. Alone it "
    "calls up to 15 % of chance differences reliable in small groups. Together with the exact deals, "
    "`benchmarks/coverage.py` finds false alarms of 9.5 % at worst (numbers that all differ, five against "
    "two), 6 % with four against three, and 5 % at worst where there are options to choose from.",
    not_shown="The p itself. It invites a ranking of questions by p, which says nothing about size.",
    source="Cliff 1996, Multivariate Behavioral Research 31:331-350; Feng and Cliff 2004, Journal of Modern "
    "Applied Statistical Methods 3:322-332; Pitman 1937, Supplement to the Journal of the Royal Statistical "
    "Society 4:119-130; Lancaster 1961, Journal of the American Statistical Association 56:223-234.",
)
FRICTION = Topic(
    name="friction",
    also=("chance",),
    title="Friction",
    plain="Friction is the average size of the gaps, whichever side is higher.",
    formula="""\
friction = sum(a_q |gap_q|) / sum(a_q)   over the contrasted questions
chance   = the same mean of  sum |D| / C(n1 + n2, n1)
           over those with four answers a side; D the difference of means in
           each way to deal both sides' answers to sides of these sizes
past 100 answers a side:
           sqrt(2/pi) sqrt(s^2 (1/n1 + 1/n2)), s^2 of both sides together""",
    range="Points from 0 to 100; a_q is the question's weight in the overall (see `weights`).",
    missing="A question without a gap is left out, and so is its weight.",
    why="Two sides that see everything alike would still differ by chance, the more so the fewer they are. "
    "So what chance alone would show stands beside it.",
    not_shown="No friction without `contrast`, and none over hidden cells. Numbers asked of each person in a "
    "confidential file are left out of chance: it would give the spread of their points away.",
    source=f'The word is from {ARTICLE}: "friction disappears". The deals: Pitman 1937, Supplement to the '
    "Journal of the Royal Statistical Society 4:119-130; their mean where they are many: Geary 1935, "
    "Biometrika 27:310-332.",
)
AGREEMENT = Topic(
    name="agreement",
    also=("S10", "rwg", "polarised"),
    title="Agreement within a group",
    plain="It says whether the people of one group see a question alike, or stand at both ends.",
    formula=f"""\
polarised: answers below 100/3 points and answers above 200/3 points are
           each a quarter of all or more, {A_CAMP} or more, and more than the rest
r_wg = 1 - s^2 / ((A^2 - 1) / 12),  s^2 of the ranks 1..A of the options""",
    range="Yes or no, never yes on two options; r_wg is 1 for full agreement, 0 for answers spread evenly "
    "over the A options, and less for more than that. It is not cut off at 0, and stands in the JSON only.",
    missing="Only answers count; r_wg needs two.",
    why='A mean of 50 can be everybody at "so-so", or half at each end. The second is the finding.',
    not_shown="No alpha below 30 answers: it would measure the sample, not the questions.",
    source="James, Demaree and Wolf 1984, Journal of Applied Psychology 69:85-98. Polarised: "
    + OWN[0].lower()
    + OWN[1:],
)
TARGETS = Topic(
    name="targets",
    also=("S13", "want", "wants"),
    title="Targets",
    plain="What people want, beside what is: being behind is one thing, disagreeing where to go another.",
    formula="""\
behind    = mean of want - mean of now, of one group
direction = the second group's want - the first group's want""",
    range="Points; wants run from 0 to 100, differences from -100 to 100.",
    missing="Each mean is of those who gave it: a want without a now counts as a want, and as skipped. "
    "How many named one is said, and nothing is concluded from fewer than half of those who answered.",
    why="Two sides that both want more can start tomorrow. Two that want different things have to talk "
    "first.",
    not_shown="In confidential files wants are shown only where every cell has enough of them.",
    source="Importance and performance: Martilla and James 1977, Journal of Marketing 41:77-79.",
)
STANDS_OUT = Topic(
    name="stands-out",
    also=("highlights",),
    title="What stands out",
    plain="The report names what differs, what is low, what divides and what people could not say.",
    formula=f"""\
a reliable gap of {SLIGHT:g} points or more, widest first; or that none is reliable
a question below {LOW:g} points; the lowest dimension, {FAR:g} points below the overall
a polarised group
a want {FAR:g} points above now, or two wants {FAR:g} points apart
a group of which {MANY:.0%} or more did not know
a fact beyond its declared points""",
    range="Sentences; each carries its figures in the JSON.",
    missing="What was not answered enough is said under what to read with care.",
    why="Fixed marks, so that the same answers bring the same sentences. They are a convention.",
    not_shown="No ranking of questions whose intervals overlap.",
    source=OWN,
)
CHAPTER = Chapter(
    "Two voices",
    "Where the business and IT see it differently, and where each wants to go.",
    (GAP, RELIABLE, FRICTION, AGREEMENT, TARGETS, STANDS_OUT),
)
