"""Topics: what is counted from a plans file, and what is stated about it."""

from __future__ import annotations

from .topic import ARTICLE, OWN, Chapter, Topic

TRACE = "Gotel and Finkelstein 1994, An Analysis of the Requirements Traceability Problem"

EVIDENCE = Topic(
    name="evidence",
    also=("S14", "indicators", "evidence_date", "today", "parts", "role", "amounts"),
    title="Evidence",
    plain="A plans file says which plan serves which objective; what it shows is counted, and beats what is "
    "stated.",
    formula="""\
points = 100 count / of, for each of nine indicators
counted on --today, else on the file's oldest as_of, else today (UTC)""",
    range="A count of so many, and points from 0 to 100. Parts: `for` is counted, `against` is the rest of "
    "the whole, `outside` is not in it.",
    missing="An indicator that rests on a field which nobody filled in, or which `check` could not read "
    "everywhere, is null, and says which field. It is never 0.",
    why="What can be counted need not be asked. Every part is listed with its plans, so that anybody can "
    "check the count.",
    not_shown="No estimate for plans that are not in the file.",
    source=f"{TRACE} (First International Conference on Requirements Engineering); the questions: {ARTICLE}.",
)
STATED = Topic(
    name="stated",
    also=("from", "origin"),
    title="Stated",
    plain="Where the plans file counts what people were asked, the file is scored and the answer stands "
    "beside it as stated.",
    formula="""\
score of the question = points of the indicator
beside it: the answer, who gave it, and the parts that make the difference""",
    range="Points from 0 to 100.",
    missing="Without a plans file, or with a null indicator, the answer is scored.",
    why="11 of 12 stated and 5 of 12 in the file is no lie: plans without a formal objective, or whose "
    "objective has ended, look mapped to those who made them. The parts show which.",
    not_shown="No judgement of who stated it.",
    source=ARTICLE + ", question 1.",
)


def indicator(
    name: str,
    title: str,
    plain: str,
    count: str,
    of: str,
    missing: str,
    why: str,
    source: str,
    also: tuple[str, ...] = (),
) -> Topic:
    """An indicator: what they all share is said once."""
    return Topic(
        name=name,
        also=also,
        title=title,
        plain=plain,
        formula=f"count = {count}\nof    = {of}\npoints = 100 count / of",
        range="A count of so many, and points from 0 to 100.",
        missing=missing,
        why=why,
        not_shown="No target: how many would be good is for the questionnaire, or for you, to say.",
        source=source,
    )


PLANS_MAPPED = Topic(
    name="plans-mapped",
    also=("mapped", "unapproved", "ended", "excused", "none", "not-green-lit"),
    title="Plans mapped",
    plain="How many of IT's plans can be mapped clearly to a formal business objective.",
    formula="""\
count = green-lit plans in part mapped
of    = all green-lit plans
each plan stands in the first part that fits:
  not-green-lit  proposed, on hold or cancelled
  mapped         serves a live, formal objective, itself or through part_of
  unapproved     serves a live objective that nobody approved
  ended          serves only objectives that are not live
  excused        serves none, and gives a reason
  none           serves none, and gives none""",
    range="A count of so many, and points from 0 to 100. The parts are printed whole, in plans and in money.",
    missing="Null while no plan records `serves`, `part_of` or `no_objective_because`. While no objective "
    "records `approved`, unapproved counts as mapped, and the report says so.",
    why="A link to an id that is not defined, to a plan or to a suggestion is no link. Excused plans stay in "
    "the whole: infrastructure is what the article has in mind above all.",
    not_shown="How well a plan serves its objective: the file says that it does, not how much.",
    source=f"{ARTICLE}, question 1; {TRACE}.",
)
BUDGET_MAPPED = indicator(
    "budget-mapped",
    "Budget mapped",
    "The same as plans mapped, in money.",
    "budgets of the green-lit plans in part mapped",
    "budgets of all green-lit plans",
    "Null while fewer than 9 of 10 green-lit plans record a budget (themselves, above them or in a part of "
    "theirs): the report says how many do. Null when budgets are in more than one currency: there is no "
    "exchange rate that is right for every reader.",
    "By count 11 of 12 plans may be mapped, while the twelfth is the data centre. The budget of a plan is a "
    "part of that of the plan above it and not added to it: a family's money is counted at the topmost plan "
    "that records an amount other than 0, in the part where that plan stands. Where only the parts record "
    "amounts, these are added up.",
    f"{ARTICLE}, question 1. In money: {OWN[0].lower()}{OWN[1:]}",
)
OBJECTIVES_SERVED = indicator(
    "objectives-served",
    "Objectives served",
    "How many live objectives have a plan that somebody works on.",
    "live objectives with a green-lit plan, their own or of one below",
    "all live objectives",
    "Null while no plan records a link, or no objective is live.",
    "Mapping plans to objectives leaves out the objectives that IT does nothing for.",
    f"Two-way traceability: {TRACE}.",
)
IDEAS = indicator(
    "ideas-taken-up",
    "Ideas taken up",
    "How many initiatives with the green light came out of a suggestion from IT.",
    "green-lit plans with origin: it-suggestion, or a suggestion of side it",
    "all green-lit plans",
    "Null while no plan records `origin` or a suggestion.",
    "Counted, because people remember their own ideas best.",
    f"{ARTICLE}, question 6.",
)
GOALS_MET = indicator(
    "goals-met-through-it",
    "Goals met through IT",
    "How many objectives were met with the help of a plan that says what it brought.",
    "met objectives for which a delivered plan records a result",
    "all objectives that were met or missed",
    "Null while no objective is met or missed, or no plan records results.",
    "The first sign of success: goals are met as a result of what IT did. Missed goals stay in the whole.",
    f"{ARTICLE}, signs of success.",
)
OPPORTUNITIES = indicator(
    "opportunities-from-it",
    "Opportunities from IT",
    "How many objectives exist because of something that IT delivered.",
    "active or met objectives enabled_by a delivered plan",
    "all active or met objectives",
    "Null while no objective records `enabled_by`.",
    "The second sign: the business realises opportunities because of IT's developments.",
    f"{ARTICLE}, signs of success.",
)
CHAMPIONED = indicator(
    "championed-unprompted",
    "Championed unprompted",
    "How many plans have a champion in the business who needed no prompting.",
    "green-lit plans with a champion, side: business and prompting: none",
    "all green-lit plans",
    "Null while no plan records a champion with `side` and `prompting`. A plan that names none has the "
    "champion of the plan that it is part of.",
    "The third sign, and the surest. Leaders who needed prompting are counted, and never named in text.",
    f"{ARTICLE}, signs of success.",
)
ONE_VOICE = indicator(
    "one-voice",
    "One voice",
    "How many plans are promoted by the side they did not come from.",
    "green-lit plans promoted_by the other side; by both, when joint,\n        mandated or unsaid",
    "all green-lit plans",
    "Null while no plan records `promoted_by`.",
    "The last sign: leaders of both sides promote each other's projects. Promoting one's own shows nothing.",
    f"{ARTICLE}, signs of success.",
)
UNITS = indicator(
    "units-with-manager",
    "Units with a manager",
    "How many units have both a strategic and a tactical relationship manager.",
    "units served by a strategic and a tactical manager",
    "all units",
    "Null while the files list no units, or no relationship managers. A strategic manager without `serves` "
    "serves every unit.",
    "The article's remedy: one to translate between leaders, one to keep projects moving.",
    ARTICLE + ".",
    also=("units", "unit", "managers", "lacks", "open_suggestions"),
)
CHAPTER = Chapter(
    "Evidence",
    "What a plans file shows. Green-lit means green-lit, in progress or delivered; live means active and "
    "inside its dates; formal means approved by somebody, with a date or a source.",
    (
        EVIDENCE,
        STATED,
        PLANS_MAPPED,
        BUDGET_MAPPED,
        OBJECTIVES_SERVED,
        IDEAS,
        GOALS_MET,
        OPPORTUNITIES,
        CHAMPIONED,
        ONE_VOICE,
        UNITS,
    ),
)
