"""Topics: what a confidential file hides, and what nobody can hide."""

from __future__ import annotations

from .topic import Chapter, Topic

COX = "Cox 1980, Journal of the American Statistical Association 75:377-385"

CONFIDENTIALITY = Topic(
    name="confidentiality",
    also=("S12", "confidential", "min_group_size", "hidden", "pooled", "attributable"),
    title="Confidentiality",
    plain="With `confidential: true` a group of fewer than five answers to a question is joined with the "
    "others or hidden.",
    formula="""\
in each question, k = min_group_size (5 unless the file says otherwise):
  every scored group has 0, or k or more, answers  each is shown
  some scored group has 1 to k - 1                 they become one cell
  that cell has fewer than k too                   the question is hidden
  a group asked but not scored has 1 to k - 1      that group is hidden""",
    range="Answers; a joined cell has the sum of its groups' weights, and no gap.",
    missing="Cells are fixed once, by the answers given. A hidden question counts as wholly unanswered in "
    "`bounds`, and takes part in no what-if.",
    why="Joining happens before anything is scored, so nothing that is printed can be subtracted back: not "
    "the overall, a bound, a target, friction or a trace.",
    not_shown="Of numbers asked of each person, anything but mean and spread. Comments, a field of a person, "
    "error messages that quote an answer, and the sha256 of the "
    "file. Groups marked `attributable` report in their function and are outside all this. What a program "
    "that remembers nothing cannot prevent stands under `limits`.",
    source=f"Hundepool and others 2012, Statistical Disclosure Control; complementary suppression: {COX}.",
)
CUTS = Topic(
    name="cuts",
    also=("cut_by", "by", "--by", "other"),
    title="Cuts",
    plain="`--by` sets the people who share a value of one attribute, such as a unit, side by side.",
    formula="""\
a confidential file names the one attribute that may be used (`cut_by`)
values with fewer than k people, and people without one, become "other",
joined by the next smallest value until it holds k
a question that would hide a group in one value is joined in all;
where a joined cell still has too few, or the whole less what is shown
would leave too few, it is hidden in all""",
    range="The same figures for each value.",
    missing='Without `confidential`, people without the attribute are "not recorded". Waves stand side by '
    "side (`--by period`) without `cut_by`; one with fewer than k people is left out and joined with none.",
    why="Two cuts of one file could be subtracted from each other, and a cell that is hidden in one value "
    "could be computed from the whole.",
    not_shown="Inside a confidential cut, groups that are asked and not scored, and anything that joins one "
    "person's answers to several questions: intervals of dimensions come from counts alone.",
    source=COX + ".",
)
LIMITS = Topic(
    name="limits",
    also=("cannot-hide", "unanimous"),
    title="What no program can hide",
    plain="Four things can give an answer away, however carefully each report is made.",
    formula="""\
1. two reports over nearly the same people, such as one before and one after
   a late answer, or with and without a small organisation
2. two waves between which one of eleven left, for a reader who knows that
   nobody else changed an answer: 11 x old mean - 10 x new mean is the answer
   of the one who left
3. three waves compared two by two: those who left by the third wave less
   those who left by the second
4. a group that is unanimous""",
    range="No figure.",
    missing="Publish once, when the wave is closed. Compare each wave with the one before it alone; where "
    "one or two people came or went and little else can have changed, do not publish the comparison.",
    why="A program that remembers nothing does not know what was printed yesterday, nor what a reader knows "
    "already: the difference of two reports is the late answer. As long as anybody else may have changed an "
    "answer between two waves, their difference is nobody's. And when all five people of a group say 1, "
    "everybody knows what each said.",
    not_shown="No noise is added to answers: with twenty people it would drown what they say.",
    source="Differencing: Denning, Denning and Schwartz 1979, ACM Transactions on Database Systems 4:76-96.",
)
CHAPTER = Chapter(
    "Confidentiality",
    "What a promise not to show who said what means for every figure.",
    (CONFIDENTIALITY, CUTS, LIMITS),
)
