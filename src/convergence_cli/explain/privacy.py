"""Topics: what a confidential file hides, and what nobody can hide."""

from __future__ import annotations

from .topic import Chapter, Topic

COX = "Cox 1980, Journal of the American Statistical Association 75:377-385"

CONFIDENTIALITY = Topic(
    name="confidentiality",
    also=("S12", "confidential", "min_group_size", "hidden", "pooled", "attributable"),
    title="Confidentiality",
    plain="With `confidential: true` a group of fewer than five people, or with fewer than five answers to a "
    "question, is joined with the others or hidden.",
    formula="""\
k = min_group_size: 5 unless the file says otherwise, and 3 at least
small: 1 to k - 1 people, whatever they answered, or 1 to k - 1 answers
in each question
  no scored group is small               each is shown
  some scored group is small             they become one cell
  that cell is small too                 the question is hidden
  a group asked but not scored is small  that group is hidden""",
    range="People and answers; a joined cell has the sum of its groups' weights, and no gap.",
    missing="Cells are fixed once, by the answers given. A hidden question counts as wholly unanswered in "
    "`bounds`, and takes part in no what-if.",
    why="Joining happens before anything is scored, so nothing that is printed can be subtracted back: not "
    'the overall, a bound, a target, friction or a trace. A lone "don\'t know" is an answer too, and no '
    "option changes k, as two reports with two thresholds could be subtracted. `benchmarks/disclosure.py` "
    "looked through all 765,208 surveys of up to eight people in two groups and two units with k = 3: no "
    "person's answer and no hidden sum follows from what is printed, but where a shown cell is unanimous.",
    not_shown="Of numbers asked of each person, anything but mean and spread. Anything that joins one "
    "person's answers to several questions: how many answered any of them, their spread over them. Who "
    "stated a fact. Comments, a field of a person, "
    "error messages that quote an answer, and the sha256 of the "
    "file. Groups marked `attributable` report in their function and are outside all this. What a program "
    "that remembers nothing cannot prevent stands under `limits`.",
    source=f"Hundepool and others 2012, Statistical Disclosure Control; complementary suppression: {COX}.",
)
CUTS = Topic(
    name="cuts",
    also=("cut_by", "by", "--by", "other"),
    title="Cuts",
    plain="`--by` sets the people who share a value of one attribute, such as a unit, side by side, at most "
    "200 values.",
    formula="""\
opinions alone: facts are the organisation's and stand in no cut
a question stands in all values or in none: each must have an answer that
is scored; the groups that answered in every value make the score, and where
there are none, each group's mean stands alone
in a confidential file:
  it names the one attribute that may be used (`cut_by`)
  values with fewer than k people, and people without one, become "other",
  joined by the next smallest value until it holds k
  a question stands where each value has k answers of each scored group""",
    range="The same figures for each value, each with its number of answers. Where fewer than three "
    "people have an answer that counts, there are means and no overall.",
    missing='Without `confidential`, people without the attribute are "not recorded". Waves stand side by '
    "side (`--by period`) without `cut_by`; one with fewer than k people is left out and joined with none.",
    why="Scores that rest on different questions cannot be set side by side. Two cuts of one file could be "
    "subtracted from each other, and so could joined groups of several values from the whole: what is left "
    "is the difference of two people.",
    not_shown="In a confidential cut, groups that are asked and not scored.",
    source=COX + ".",
)
LIMITS = Topic(
    name="limits",
    also=("cannot-hide", "unanimous"),
    title="What no program can hide",
    plain="Some things can give an answer away, however carefully each report is made.",
    formula="""\
1. two reports over nearly the same people, such as one before and one after
   a late answer
2. a pooled report beside those of its parts: the whole less all but one
3. two waves between which one of eleven left, for a reader who knows that
   nobody else changed an answer: 11 x old mean - 10 x new mean is the answer
   of the one who left
4. three waves compared two by two: those who left by the third wave less
   those who left by the second
5. a group that is unanimous, or whose mean is at an end of the scale""",
    range="No figure.",
    missing="Publish once, when the wave is closed. Compare each wave with the one before it alone; where "
    "one or two people came or went and little else can have changed, do not publish the comparison.",
    why="A program that remembers nothing does not know what was printed yesterday, nor what a reader knows "
    "already: the difference of two reports is the late answer. As long as anybody else may have changed an "
    "answer between two waves, their difference is nobody's. And when all five people of a group say 1, "
    "everybody knows what each said. A joined cell tells that a small group took part, perhaps a lone "
    "person, or that one of the groups gave few answers; so does a question left out of a cut. The bounds of "
    "a joined cell keep it joined, so that they leave some true completions outside: 415 of 12,666, in an "
    "enumeration of small surveys.",
    not_shown="No noise is added to answers: with twenty people it would drown what they say.",
    source="Differencing: Denning, Denning and Schwartz 1979, ACM Transactions on Database Systems 4:76-96.",
)
CHAPTER = Chapter(
    "Confidentiality",
    "What a promise not to show who said what means for every figure.",
    (CONFIDENTIALITY, CUTS, LIMITS),
)
