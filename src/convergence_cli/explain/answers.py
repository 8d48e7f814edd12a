"""Topics: what an answer is worth, and what becomes of one that is not there."""

from __future__ import annotations

from .topic import OWN, Chapter, Topic

POINTS = Topic(
    name="points",
    also=("S1", "scale", "kind"),
    title="Points",
    plain="Every answer becomes points: 0 for the worst answer on offer, 100 for the best.",
    formula="""\
points = 100 (value - lowest) / (highest - lowest)
lower-is-better: points = 100 - that
several options: points = 100 (sum of chosen values) / (sum of all)
a number:        points on the straight line between the pairs under `points`
a ratio:         points = 100 count / of, or by its `points`""",
    range="Points from 0 to 100, kept as exact fractions until they are printed.",
    missing="Not applicable, don't know and skipped have no points; they are not 0.",
    why="Lowest and highest are the options that the questionnaire declares, not those that anybody chose. "
    "So the same answer is worth the same in every group and in every wave.",
    not_shown="Nothing is turned round on suspicion: a scale runs the other way only where the "
    "questionnaire says `lower-is-better`. There are no standardised scores, which would hide how good "
    "things are behind how they compare.",
    source="Percent of maximum possible: Cohen, Cohen, Aiken and West 1999, Multivariate Behavioral Research "
    "34:315-346.",
)
STATES = Topic(
    name="states",
    also=("S2", "answered", "asked", "n", "not_applicable", "dont_know", "skipped", "n/a", "dont-know"),
    title="The four states of an answer",
    plain="Answered, not applicable, don't know and skipped are four different things, in every output.",
    formula="""\
a mean counts:    answered
coverage counts:  answered / (asked - not applicable)""",
    range="Numbers of people; the four sum to the number asked.",
    missing="Without an answer there is no score: it is null, with a reason, and never 0. That everybody "
    "said don't know is reported too; there is nothing to do only where all was skipped.",
    why="Not applicable says something about the question, don't know about the person, and a skipped "
    "question nothing at all. Whoever adds them up loses all three.",
    not_shown="No answer is filled in for anybody. Where many could not say, the report names the question.",
    source="Rubin 1976, Biometrika 63:581-592; Little and Rubin 2019, Statistical Analysis with Missing "
    "Data.",
)
MISSING = Topic(
    name="missing",
    also=("leave-out", "lowest"),
    title="Skipped answers",
    plain="A skipped answer is left out, unless the questionnaire says that it counts as 0 points.",
    formula="""\
missing: leave-out    mean over those who answered
missing: lowest       mean over those who answered or skipped, a skip as 0""",
    range="Points from 0 to 100.",
    missing="`lowest` is for audits, where no answer is a no. It changes scores, bounds and intervals; "
    "counts, a group's own mean, gaps and coverage stay as they are. Don't know is never scored as 0.",
    why="Leaving out takes it that those who skipped would have answered like the others. Nobody can know, "
    "so `bounds` says how far wrong that could be.",
    not_shown="No imputed answers: they look like data and are guesses.",
    source="Rubin 1976, Biometrika 63:581-592.",
)
SCORE = Topic(
    name="score",
    also=("S3", "question"),
    title="Score of a question",
    plain="A question's score is the mean of its groups' means, so that a large group does not drown a "
    "small one.",
    formula="""\
group mean = sum of points / number of people who answered
score      = sum(w_g mean_g) / sum(w_g)
             over the groups in `scored` with an answer
a fact     = its points""",
    range="Points from 0 to 100; w_g is the group's weight.",
    missing="A group without an answer leaves the mean, and so does its weight.",
    why="Fourteen business leaders and eight IT leaders are two voices, not twenty-two votes.",
    not_shown="No mean over all people: it would move with who happened to answer.",
    source="Mean of strata with fixed weights: Cochran 1977, Sampling Techniques, chapter 5.",
)
SCORED = Topic(
    name="scored",
    also=("expectations", "contrasted", "ask"),
    title="Scored, or only contrasted",
    plain="Some questions are about one side; then that side is scored, and the other says what it expects.",
    formula="""\
score, coverage, bounds, intervals of scores:  groups in `scored`
counts, means, gaps, agreement:                every group that was asked""",
    range="Points from 0 to 100.",
    missing="A group that was asked and not scored cannot raise coverage, and cannot lower it.",
    why="Whether business leaders are satisfied is theirs to say. What IT expects them to say shows how well "
    "IT knows them.",
    not_shown="Expectations move no score. Where all answers may be shown, the report says what the overall "
    "would be if they did.",
    source="Self and other ratings: Atwater and Yammarino 1992, Personnel Psychology 45:141-164.",
)
FACT = Topic(
    name="fact",
    also=("facts", "clipped", "count", "of", "value"),
    title="Facts",
    plain="A fact, such as 11 of 12 plans, is given once for the organisation and not by each person.",
    formula="""\
ratio:             points = 100 count / of
with its `points`: the straight line between the pairs, flat beyond its ends""",
    range="Points from 0 to 100. A fact beyond the first or last pair earns what stands there, and the "
    "report says so (`clipped`).",
    missing="A fact that was not given has no score; `bounds` says what it could change.",
    why="Opinions about what can be counted are worse than the count.",
    not_shown="A fact has no interval: nobody drew a sample. That 1 in 3 earns 100 points is the "
    "questionnaire's convention, and the report says so each time.",
    source=OWN,
)
SPREAD = Topic(
    name="spread",
    also=("mean", "median", "sd", "counts"),
    title="Mean, median and spread",
    plain="They say where a group's answers lie, in the scale's own values, and how far apart.",
    formula="""\
mean   = sum of values / n
median = the middle value, or the mean of the two in the middle
sd     = sqrt( sum (value - mean)^2 / (n - 1) )""",
    range="The values of the scale, for instance 1 to 5.",
    missing="Only answers count; a standard deviation needs two.",
    why="n - 1 is used everywhere, so that two programs cannot differ by it.",
    not_shown="No percentage without its count below 20 answers.",
    source="Any textbook; Cochran 1977, Sampling Techniques, chapter 2.",
)

CHAPTER = Chapter(
    "Answers",
    "What one answer is worth, and what becomes of an answer that is not there.",
    (POINTS, STATES, MISSING, SCORE, SCORED, FACT, SPREAD),
)
