"""Topics: from questions to dimensions, to the overall, to a level."""

from __future__ import annotations

from ..scoring.sheet import LEVEL_NEEDS
from .topic import ARTICLE, OWN, Chapter, Topic

HANDBOOK = "OECD and JRC 2008, Handbook on Constructing Composite Indicators"

DIMENSION = Topic(
    name="dimension",
    also=("S4", "dimensions", "min_answered"),
    title="Score of a dimension",
    plain="A dimension's score is the weighted mean of the questions and dimensions inside it.",
    formula="""\
score = sum(w x) / sum(w)   over the parts that have a score
null when  sum(w of these) < min_answered * sum(w of all)""",
    range="Points from 0 to 100; w is the weight of a part. `min_answered` is a share, 1/2 unless the "
    "questionnaire says otherwise, and is compared exactly.",
    missing="A part without a score leaves the mean. A question that applies to nobody leaves the weights "
    "altogether, as if it had not been asked.",
    why="Below half of its weight a dimension would be a guess about the other half.",
    not_shown="A dimension that has too little is null, with the reason, and never 0.",
    source=f"{HANDBOOK}, step 6.",
)
OVERALL = Topic(
    name="overall",
    also=("S5", "lowest_dimension", "lowest-dimension"),
    title="Overall score",
    plain="The overall score is the weighted mean of the top dimensions, by the same rule as a dimension's.",
    formula="""\
overall = sum(w d) / sum(w)   over the top dimensions that have a score""",
    range="Points from 0 to 100; d is a dimension's score, w its weight.",
    missing="As for a dimension: null when the dimensions with a score carry too little of the weight.",
    why="In a mean a strength pays for a weakness. So the lowest dimension stands beside the overall, and "
    "the report names it where it lies far below.",
    not_shown="No rank among organisations, and no benchmark: there is no honest sample to compare with.",
    source=f"{HANDBOOK}, step 6, on weights and on weaknesses that a mean hides.",
)
WEIGHTS = Topic(
    name="weights",
    also=("weight",),
    title="Weights",
    plain="Every weight is 1 unless the questionnaire says otherwise; what counts is its share among its "
    "neighbours.",
    formula="""\
a_q = product of w / sum(w), from the question up to the top
the overall moves by a_q points when question q moves by one""",
    range="a_q is a share from 0 to 1; over all questions with a score they sum to 1.",
    missing="The sums run over the parts that have a score, so an unanswered question passes its weight to "
    "its neighbours.",
    why="Equal weights are a choice too. They are the one that needs no defence, and `margin` says how much "
    "the level depends on it.",
    not_shown="No weights taken from the answers themselves: they would change with every wave.",
    source=f"{HANDBOOK}, step 6.",
)
COVERAGE = Topic(
    name="coverage",
    also=("S6",),
    title="Coverage",
    plain="Coverage is the share of the questions put to people that they answered.",
    formula="""\
coverage = answered / (asked - not applicable)   over the scored groups""",
    range="A share from 0 to 1.",
    missing="Don't know and skipped lower it. Absent facts are listed beside it and are not in it.",
    why="A score from half the answers can be right, but the reader has to know that it is one.",
    not_shown="In confidential files the answers of a hidden cell count as not given.",
    source="Item response: de Leeuw, Hox and Huisman 2003, Journal of Official Statistics 19:153-176.",
)
BOUNDS = Topic(
    name="bounds",
    title="Bounds",
    plain="The bounds are the lowest and the highest value that the score could have had if every missing "
    "answer had been given.",
    formula="""\
low  = the score with every skipped, don't-know and absent answer at worst
high = the score with every one of them at best
bounds = the range of low, high and the score itself""",
    range="Points from 0 to 100, in the JSON.",
    missing="This is the figure about missing answers. It takes nothing for granted about those who did not "
    "answer a question; people who were never reached are in the interval, not here.",
    why="It holds whatever the reason for the silence. The score itself belongs to the range because an "
    "answer can bring back a dimension that had too little.",
    not_shown="Bounds are not an interval: nothing says that the middle is likelier than the ends. The text "
    "shows one range, the likely one.",
    source="Worst-case bounds: Manski 2003, Partial Identification of Probability Distributions, chapter 1.",
)
LEVEL = Topic(
    name="level",
    also=("S8", "levels", "level_range", "at_least", "every_dimension_at_least", "gate"),
    title="Level",
    plain="The level is the highest whose mark the overall has reached; it is never rounded up.",
    formula="""\
level = highest level with  overall >= at_least
        and, where it has a gate,  every dimension >= every_dimension_at_least
level_range = the levels at both ends of the interval, and those between""",
    range="One of the questionnaire's levels.",
    missing=f"No overall, no level; nor one below {LEVEL_NEEDS} people in all, whoever they are. A dimension "
    "without a score cannot show that it meets a gate.",
    why="39.9 is not 40, and is printed as 39.9. Where the likely range crosses a mark, the report prints "
    "both levels.",
    not_shown="The marks 40 and 75 of the built-in questionnaires are a convention, not a benchmark.",
    source=f"The three words are those of {ARTICLE}; gates as in staged maturity models, for instance CMMI.",
)
MARGIN = Topic(
    name="margin",
    also=("weight_margin",),
    title="Weight margin",
    plain="The level holds unless some weight is changed by more than this share.",
    formula="""\
f = |sum w (x - cut)| / sum w |x - cut|   over the top dimensions
margin = the smaller f of the marks below and above the overall""",
    range="A share from 0 to 1, in the JSON; x is a dimension's score, w its weight. At .3 the level holds "
    "while no weight moves by 30 %, up or down. 1 when all dimensions lie on one side of the marks.",
    missing="Dimensions without a score are left out. Gates are not looked at.",
    why="Nobody can prove a weight right. It can be shown how little depends on it.",
    not_shown="No simulation of random weights: the exact answer is one line.",
    source="A one-line case of the robustness analysis in " + HANDBOOK + ", step 7. " + OWN,
)
NEXT_LEVEL = Topic(
    name="next-level",
    also=("S17", "next_level", "step", "steps", "overall_after", "each", "smallest"),
    title="Steps to the next level",
    plain="The report lists the few steps that would lift the overall to the next level.",
    formula="""\
a step = one option up, 100 / (K - 1) points, for one group's mean on one
         question, or one in a fact, to the better side
worth  = a_q times the group's share of the question times the step
the largest steps first: inside each dimension below its gate, then anywhere""",
    range="Steps, and the points of the overall after them; K is the number of options.",
    missing="Hidden cells take part in no what-if.",
    why="Largest first gives the smallest set wherever steps shrink as they add up. A fact whose `points` "
    "grow steeper may break that; then the report speaks of a set, not of the smallest.",
    not_shown="What a step costs: only you know that.",
    source="Greedy choice: Cormen, Leiserson, Rivest and Stein 2022, Introduction to Algorithms, chapter 15.",
)
ADVICE = Topic(
    name="advice",
    also=("one_thing", "one-thing", "worth", "because"),
    title="Advice, and the one thing to do",
    plain="The questionnaire's advice that applies, with what the first step would be worth; the one worth "
    "most is the one thing to do.",
    formula="""\
an advice applies when its `when` holds for this report's figures
worth = points of the overall that one step of its question adds, for every
        group that is scored; or, where the plans file counts the question,
        mapping every plan that serves no live, approved objective""",
    range="Points of the overall. `because` holds the figures that made an advice apply: points, a gap by "
    "its size, an indicator as 100 times its share.",
    missing="A figure that does not exist, or is hidden, makes no advice apply. A question's gap counts only "
    "when it is reliable. Advice on the whole has no worth and comes last.",
    why="Worth is exact arithmetic on this report. It orders what to talk about first.",
    not_shown="What a step costs, and whether the advice would bring it about.",
    source=f"The remedies, strategic and tactical relationship managers, are those of {ARTICLE}. "
    "The order: a convention of this program.",
)
ROOM = Topic(
    name="for-the-room",
    also=("for_the_room", "owners", "questions"),
    title="Three questions for the room",
    plain="At most three questions that the figures raise, for the people who can answer them.",
    formula="""\
in this order, the first three that there are:
1. the widest reliable gap
2. the largest part of the money that serves no live, approved objective
3. an objective of high priority that nobody works on
4. a statement that the plans file does not bear out
5. the group of which most could not say""",
    range="Questions; each carries its figures in the JSON.",
    missing="Without a plans file there are no questions 2 to 4.",
    why="Three can be talked about in one meeting. Those that people and files see differently come first.",
    not_shown="Names. Roles and owners stand there only where answers are attributable.",
    source=OWN,
)
CHAPTER = Chapter(
    "Scores",
    "From questions to dimensions, to the overall score and its level.",
    (DIMENSION, OVERALL, WEIGHTS, COVERAGE, BOUNDS, LEVEL, MARGIN, NEXT_LEVEL, ADVICE, ROOM),
)
