"""Every `text` in a result: scoring says codes and figures, this module the words.

A kind has one sentence with gaps (see ``figures.Figures``) or several, the fullest first: the first whose
figures are all there is said. What a sentence cannot do, a function does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from ..results.common import Reason, Result
from ..results.score import Because, Highlight, Note, OneThing, RoomQuestion
from .figures import MOST_IDS, Background, Figures, some
from .phrases import closed, counted, in_words, listed, opening, points, verb

T = TypeVar("T")
Say = Callable[[Figures], str]
Words = str | Sequence[str] | Say


def with_words(report: T) -> T:
    """``report`` with the text of everything in it that scoring left as data: once, for all formats."""
    return Speaker(report).told(report)


class Speaker:
    """Fills in the texts of one report."""

    def __init__(self, report: Any) -> None:
        self.background = Background(report)

    def told(self, value: T) -> T:
        """``value``, a part of the report, with every text in it; the very same where there is none."""
        if isinstance(value, tuple):
            parts = tuple(map(self.told, value))
            same = all(new is old for new, old in zip(parts, value, strict=True))
            return value if same else parts  # type: ignore[return-value]
        if not isinstance(value, Result):
            return value
        update = {name: new for name, old in value if (new := self.told(old)) is not old}
        update |= self.words_of(value)
        return value.model_copy(update=update) if update else value

    def words_of(self, value: Result) -> dict[str, str]:
        if getattr(value, "text", ""):
            return {}
        match value:
            case Reason():
                return {"text": reason(value)}
            case Highlight():
                return {"text": self.sentence(value, HIGHLIGHTS)}
            case Note():
                return {"text": self.sentence(value, NOTES)}
            case RoomQuestion():
                asked = first_said(QUESTIONS[value.kind], self.figures(value))
                return {"text": f"{', '.join(value.owners)}: {asked}" if value.owners else opening(asked)}
            case OneThing():
                return one_thing(value, self.figures(value))
            case _:
                return {}

    def figures(self, value: Highlight | Note | RoomQuestion | OneThing) -> Figures:
        return Figures(self.background, value.ids, value.figures)

    def sentence(self, value: Highlight | Note, known: Mapping[str, Words]) -> str:
        return opening(first_said(known.get(value.kind, ()), self.figures(value)))


def first_said(words: Words, figures: Figures) -> str:
    for each in (words,) if isinstance(words, str) or callable(words) else words:
        with suppress(LookupError):
            return each(figures) if callable(each) else figures.fill(each)
    return ""


# Why a figure is null, hidden or without a range


REASONS = {
    "all-answered": "all {n} of {n} answered: nothing to estimate",
    "all-the-same": "all {n} answers are the same: nothing to estimate the spread from",
    "applies-to-nobody": "not applicable to anybody asked",
    "changed-alike": "everybody changed alike: no spread to estimate from",
    "counted-in-two-ways": "counted in two ways",
    "facts-alone": "facts alone: nothing to estimate",
    "fewer-than-three": "fewer than three people have an answer that counts",
    "fewer-than-two": "fewer than two people of a group in one wave: no spread to estimate from",
    "group-agrees": "a group agrees in both waves: no spread to estimate from",
    "hidden": "hidden: fewer than {least} answers",
    "no-answers": "no answers",
    "no-budgets": "no green-lit plan records budget",
    "no-fact": "no fact was given",
    "no-formality": "formality not recorded: no objective carries approved",
    "no-green-lit": "no plan is green-lit, in progress or delivered",
    "no-group-everywhere": "no group answered in all of them, so each would be scored by other people",
    "no-objectives": "the files hold no objectives",
    "no-plan-records": "no plan records {field}",
    "no-question-scored": "no question in it has a score",
    "no-question-shown": "no question can be shown",
    "no-score-between": "the old answers with the new facts have no score",
    "no-total": "the budgets do not add up to an amount above 0",
    "nobody-asked": "nobody was asked",
    "nobody-could-say": "nobody could say",
    "none-decided": "no objective has the status met or missed",
    "none-enabled": "no objective records enabled_by",
    "none-listed": "the files list no {what}",
    "none-live": "no objective is live on {on}",
    "none-pursued": "no objective is active or met",
    "not-applicable": "not applicable",
    "not-scored": "not scored",
    "nothing-applies": "nothing in it applies to anybody asked",
    "nothing-mapped": "no plan records serves, part_of or no_objective_because",
    "number-in-both-waves": "a number in confidence shows its mean and spread only",
    "number-in-confidence": "a number in a confidential file shows mean and sd only",
    "numbers-in-confidence": (
        "it counts a number of each person, of which a confidential file shows mean and sd only"
    ),
    "one-answer": "one answer: no spread to estimate from",
    "one-person": "one person answered for a whole group: no spread to estimate from",
    "only-expected": "no answers from {scored}; {expecting} only say what they expect",
    "other-questions": "not made of the same questions in both waves",
    "rests-on-facts": "it rests on facts alone, and facts have no interval",
    "several-currencies": "budgets are in more than one currency: {currencies}",
    "some-budgets": "budget recorded for {recorded} of {of} green-lit plans",
    "too-little": "only {share} of its weight has a score, and {needed} is needed",
    "unread": "part of {what} could not be read",
}
"""Why a figure is null, hidden or without a range, by code; each has the figures that stand in it."""


def reason(why: Reason) -> str:
    """The sentence of a reason, without capital and full stop: it stands inside another one."""
    return Figures(Background(None), (), why.figures).fill(REASONS[why.code])


def why(reason: Reason | None, otherwise: str = "") -> str:
    """The text of a reason, once it has been said; `otherwise` where there is none."""
    return reason.text if reason else otherwise


# What stands out


def reliable_gap(figures: Figures) -> str:
    """Who is scored says, and comes first; who is asked only to be held against them expects."""
    scored = {side: figures.by_name.get(f"{side}_scored") == "yes" for side in ("first", "second")}
    order = ("second", "first") if scored["second"] and not scored["first"] else ("first", "second")
    sides = []
    for side in order:
        says = "says|say" if scored[side] or not any(scored.values()) else "expects|expect"
        sides.append(figures.fill(f"{{{side}_group}} {{{side}_group:{says}}} {{{side}:points}}"))
    return figures.fill("{0}: {sides}.", sides=", ".join(sides))


def friction(figures: Figures) -> str:
    """Who answers higher, and how far the two sides are apart."""
    apart = counted(float(points(figures.number("points"))), "point")
    if figures.by_name.get("higher_count") == figures.number("questions"):
        says = "{higher_group} {higher_group:answers|answer} higher on all {questions:words} questions"
        return figures.fill(f"{says}, {apart} apart by weight.")
    higher = "[; {higher_group} {higher_group:answers|answer} higher on {higher_count:words}]"
    return figures.fill(
        f"The two sides are {apart} apart by weight on {{questions:words}} questions{higher}."
    )


def targets_agree(figures: Figures) -> str:
    if points(figures.number("first")) == points(figures.number("second")):
        return figures.fill("{0}: both sides want {first:points}.")
    return figures.fill(f"{{0}}: both sides want about the same, {BOTH_WANT}.")


BOTH_WANT = "{first_group} {first:points} and {second_group} {second:points}"
INSTEAD = ", not {stated_count} of {stated_of} as reported"
SERVED = {"unapproved": "one that nobody approved", "ended": "one that is over", "none": "none"}
"""What the plans of a part of `plans-mapped` serve instead of a live, approved objective."""


def stated_otherwise(figures: Figures) -> str:
    """The file's figure, the reported one, and where each plan stands or which ones make the difference."""
    if any(figures.names(part) for part in ("mapped", "excused", *SERVED)):
        count = "{file_count} of {file_of} plans with a go-ahead {file_count:serves|serve} {serve}"
        reason = "[; {excused:ids gives|give} a reason]"
        told = {"serve": formal(figures), "others": others(figures)}
        return figures.fill(f"{{0}}: {count}{INSTEAD}[: {{others}}]{reason}.", **told)
    against = "[ Against it {others:stands|stand} {rest}.]"
    outside = "[ {outside:ids is|are} outside the count.]"
    said = f"{{0}}: {{file_count}} of {{file_of}} by the plans file{INSTEAD}.{against}{outside}"
    return figures.fill(said, rest=some(figures.titles[1:]) or None)


def others(figures: Figures) -> str | None:
    """``P-10 serves one that nobody approved, P-09 none``."""
    found = [(ids, what) for part, what in SERVED.items() if (ids := figures.names(part))]
    told = [f"{some(ids)} {what}" for ids, what in found[1:]]
    for ids, what in found[:1]:
        told.insert(0, f"{some(ids)} {'serves' if len(ids) == 1 else 'serve'} {what}")
    return ", ".join(told) or None


def formal(figures: Figures) -> str:
    """What a mapped plan serves; nobody's approval is spoken of where the files record none."""
    recorded = figures.by_name.get("formality") in (None, "recorded")
    return "a live, approved objective" if recorded else "a live objective"


def money_unmapped(figures: Figures) -> str:
    """Beside the plans of the same question, or by itself."""
    recorded = "[ (budget recorded for {recorded} of {green_lit} plans)]"
    if figures.ids[0] in figures.background.titles:
        return figures.fill(f"{{0}}: by money it is {{share:percent}}{recorded}.")
    told = "{share:percent} of the money with a go-ahead goes to plans that serve {serve}"
    return figures.fill(f"{told}{recorded}.", serve=formal(figures))


def low_scores(figures: Figures) -> str:
    titles = [figures.background.titles.get(id, id) for id in figures.names("lowest")]
    says = "{count:words} of {of} questions score below {below:points}; the lowest are {lowest}."
    return figures.fill(says, lowest=listed(titles))


def of_two_minds(figures: Figures) -> str:
    """The groups and the questions, the most divided first."""
    titles = [figures.background.titles.get(id, id) for id in figures.names("questions")]
    many = f"{in_words(len(titles))} questions, most on {titles[0]}" if len(titles) > 1 else titles[0]
    return figures.fill("{groups} {groups:is|are} of two minds on {many}.", many=many)


HIGHLIGHTS: Mapping[str, Words] = {
    "reliable-gap": reliable_gap,
    "low-score": (
        '{0}: {k} of {n} {group} answered "{label}" or worse.',
        "{0}: {k} of {n} {group} answered below the middle.",
        "{0}: the score is {score:points} of 100.",
    ),
    "low-scores": low_scores,
    "of-two-minds": of_two_minds,
    "polarised": (
        "{0}: {group} {group:is|are} of two minds: {low} answered low and {high} answered high, of {n}."
    ),
    "lowest-dimension": (
        "{0} is the lowest dimension: {score:dimension}[, against {overall:overall} overall]."
    ),
    "friction": friction,
    "could-not-say": "{0}: {count} of {asked} {group} could not say.",
    "behind-target": "{0}: {group} {group:says|say} {now:points} and {group:wants|want} {want:points}.",
    "targets-differ": (
        "{0}: {first_group} {first_group:wants|want} {first:points}, "
        "{second_group} {second_group:wants|want} {second:points}."
    ),
    "targets-agree": targets_agree,
    "clipped-fact": (
        "{0}: [{value}][{count} of {of}] lies beyond what the questionnaire gives points for, "
        "so it earns {points:points}."
    ),
    "stated-unsupported": stated_otherwise,
    "stated-otherwise": stated_otherwise,
    "money-unmapped": money_unmapped,
    "uncovered-objective": (
        '"{title}" ({objective}[, {priority} priority]) has no plan{planned: with a go-ahead|}.'
    ),
    "uncovered-objectives": (
        "{count:words} objectives of {priority} priority have no plan with a go-ahead: {ids}."
    ),
}


# What to talk about and what to do


def about_gap(figures: Figures) -> str:
    low, high = sorted((figures.number("first"), figures.number("second")))
    return figures.fill("is {0} at {low} or {high}? Which case shows it?", low=points(low), high=points(high))


def about_split(figures: Figures) -> str:
    who = figures.fill("{group:groups}")
    return figures.fill("{who} {are} of two minds on {0}. What differs?", who=who, are=verb(who, "are", "is"))


ABOUT_MONEY = {
    "ended": ("{plans} {many:serves|serve} only what is over. Who decides that {many:it goes|they go} on?"),
    "unapproved": "{plans} {many:serves|serve} what nobody approved. Who approves it?",
    "none": "which objective {many:does|do} {plans} serve, and who decides?",
}


def about_money(figures: Figures) -> str:
    others = len(figures.ids) - 1
    more = f" and {counted(others, 'other plan')}" if others else ""
    money = figures.fill("{currency} {amount}").strip()
    plans = figures.fill('{0} "{title}"{more} ({money})', more=more, money=money)
    part = str(figures.by_name.get("part"))
    return figures.fill(ABOUT_MONEY.get(part, ABOUT_MONEY["none"]), plans=plans)


QUESTIONS: Mapping[str, Words] = {
    "gap": about_gap,
    "money": about_money,
    "objective": 'is it so that {0} "{title}" has no plan{planned: with a go-ahead|}?',
    "statement": (
        "{0}: {stated_count} of {stated_of} were reported, the plans file shows {file_count} of {file_of}. "
        "What explains it?"
    ),
    "split": about_split,
    "low": "{0} stands at {score:points} of 100. Which recent case shows why?",
    "silence": "{count} of {asked} {group:groups} could not say about {0}. What would they need to see?",
}


MORE_ANSWERS = {
    "text": "Get more answers: a conclusion takes three people.",
    "business": "Name who else should answer.",
    "it": "Ask them, and say what becomes of their answers.",
}


def one_thing(thing: OneThing, figures: Figures) -> dict[str, str]:
    """What to do and how many points are missing there; one action for each side, those of the check, where
    the advice does not bring its own."""
    if thing.kind == "more-answers":
        return MORE_ANSWERS
    lie = "lies" if points(figures.number("points")) == "1" else "lie"
    text = figures.fill(
        f"{{head}}: {{points:points}} of the {{missing}} missing points {lie} there.",
        head=str(figures.by_name["title"]).rstrip("."),
        missing=missing_in_all(figures.background.report),
    )
    if thing.kind != "map-plans":
        return {"text": text}
    waits = figures.by_name["part"] == "unapproved" and figures.has("objective")
    business, it = GET_APPROVED if waits else FIND_OBJECTIVE
    mend = " {plans} {others:serves|serve} no live, approved objective, and no reason says why."
    text += figures.fill(mend, plans=few(thing.ids[1:]))
    return {"text": text, "business": figures.fill(business), "it": figures.fill(it)}


FIND_OBJECTIVE = (
    "Name the objective that {plan} serves now.",
    "Close {plan} if it serves none[ ({owner})].",
)
GET_APPROVED = (
    "Write who approved {objective}, and when or where[ ({objective_owner})].",
    "Name an approved objective that {plan} serves now, or close it[ ({owner})].",
)


def few(ids: Sequence[str]) -> str:
    """The ids, or how many there are and the first of them."""
    return listed(ids) if len(ids) <= MOST_IDS else f"{', '.join(ids[:3])} and {len(ids) - 3} other plans"


def missing_in_all(report: Any) -> str:
    """What the overall is short of 100."""
    return points(sum(each.points or 0 for each in report.missing_points))


def advised(title: str, reasons: Sequence[Because], background: Background) -> str:
    """A piece of advice with what gave rise to it."""
    told = listed([because(each, background) for each in reasons])
    return closed(f"{title.rstrip('.')}: {told}" if told else title)


def because(figure: Because, background: Background) -> str:
    """``response speed is 35``, or ``the two sides differ by about 28 points on response speed``."""
    if figure.id == "overall":
        return f"the overall is {background.overall(figure.points)}"
    shown = background.dimension(figure.points) if figure.kind == "dimension" else points(figure.points)
    title = background.titles.get(figure.id, figure.id.replace("-", " "))
    if figure.kind == "gap":
        return f"the two sides differ by about {shown} points on {title}"
    return f"{title} is {shown}"


# What to read with care


def facts_share(figures: Figures) -> str:
    """``share`` and ``reported``, the part that nobody counted from plans: 0..100."""
    if not figures.number("reported"):
        return figures.fill("{share:points} % is counted from plans.")
    if figures.number("reported") == figures.number("share"):
        return figures.fill("{share:points} % rests on reported facts.")
    return figures.fill("{share:points} % rests on facts, {reported:points} % on reported ones.")


ASTRAY = (
    "The link from {which} leads to no objective, so it does not count; `convergence check` shows where it "
    "stands.",
    "Links that lead to no objective do not count: {which}; `convergence check` shows where they stand.",
)


def evidence(figures: Figures) -> str:
    """What the plans file could not count, about the question, if any, and the indicator; or ``links`` that
    lead nowhere, and how many ``more`` there are."""
    if links := figures.names("links"):
        more = [figures.fill("{more} more")] if figures.has("more") else []
        return figures.fill(ASTRAY[len(links) > 1], which=listed([*links, *more]))
    found = figures.background.report.evidence
    (told,) = [reason(each.reason) for each in found if each.id == figures.ids[-1] and each.reason]
    if len(figures.ids) > 1:
        return figures.fill("{0}: not counted from the plans file, as {reason}.", reason=told)
    return f"{figures.ids[0].replace('-', ' ')}: {told}."


def not_given(figures: Figures) -> str:
    absent = ", ".join(map(opening, figures.titles))
    return f"Not given: {absent}. The bounds in the JSON show what it could change."


def coverage(figures: Figures) -> str:
    """The question and the groups of each cell that is shown; n_1 and of_1 (not applicable left out), ..."""
    cells = range(1, len(figures.ids))
    told = [
        figures.fill(f"{{n_{at}}} of {{of_{at}}} {{who}}", who=figures.background.groups_in(figures.ids[at]))
        for at in cells
    ]
    return figures.fill("{0}: {told} answered.", told=listed(told))


def goals_unnamed(figures: Figures) -> str:
    """The questions; group_1, n_1 (named a goal), of_1 (answered) and points_1, ...; more, or null."""
    one = "{title} ({n_1} of {of_1} {group_1:groups} {n_1:wants|want} {points_1:points})"
    told = [
        figures.fill(one.replace("_1", f"_{at}"), title=opening(title))
        for at, title in enumerate(figures.titles, start=1)
    ]
    more = [figures.fill("{more} more")] if figures.has("more") else []
    return f"Fewer than half named a goal, so nothing is concluded: {listed([*told, *more])}."


def versions(figures: Figures) -> str:
    """period_1, version_1, period_2, version_2; shared (questions), rules (a version); left_out, or null."""
    alike = figures.number("version_1") == figures.number("version_2")
    return figures.fill(
        "{period_1} answered version {version_1} of the questionnaire, {period_2} version {version_2} "
        "({one}). {shared} {shared:question is|questions are} the same in both and compared, by the "
        "dimensions and weights of version {rules}.[ Left out: {left_out}.]",
        one="the same version, but the two files differ" if alike else "two versions",
    )


NOTES: Mapping[str, Words] = {
    "joined": ("{0}: {groups}: {n} answers.", "Groups are shown as one in both waves for {titles}."),
    "hidden": (
        "{0}: {groups} hidden, fewer than {least} answers.",
        "Some answers are hidden in both waves for {titles}.",
    ),
    "privacy": (
        "{both:Answers are confidential|One wave is confidential, so both are treated so}: nobody is "
        "followed from one wave to the other.",
        "In one wave or the other a group has fewer than {least_of_both} answers. If people were told that "
        "answers are attributable, write `confidential: false`.",
        "Groups of fewer than {least} answers were joined or hidden, because the file says "
        "`confidential: true`. Where people agreed to be named, write `confidential: false`.",
    ),
    "cut": (
        "Scored by {field} without {group:groups}: {titles}. In some {field} they gave no answer.",
        "Left out by {field}: {titles}. In some {field} a scored group has fewer than {least} answers.",
        "Left out by {field}: {titles}. In some {field} nobody has an answer that is scored.",
    ),
    "version": (
        "The file names {name} without a version; the newest, {name}@{version}, was used. "
        "Write it so that a later version cannot change the score."
    ),
    "level": (
        "No level is named: {answered:people} {promised:took part|gave an answer that counts}, "
        "and it takes three."
    ),
    "cuts": (
        "The cuts {cuts:ids} are this questionnaire's convention, not a benchmark.",
        "The cut {cut} is this questionnaire's convention, not a benchmark.",
    ),
    "points": (
        "{0}: {best:share} earns {most} points[ and {worst:share} earns {least}]; "
        "that is this questionnaire's convention."
    ),
    "missing": "A skipped answer counts as 0 points here (missing: lowest).",
    "facts-share": facts_share,
    "facts": not_given,
    "evidence": evidence,
    "expectations": (
        "Had the expectations of {groups:groups} been scored as well, the overall would be {overall:overall}."
    ),
    "coverage": coverage,
    "wants": goals_unnamed,
    "not-compared": (
        "Left out of every score here: {titles}, which {many:was|were} reported in {stated} and counted from "
        "the plans file in {counted}. Without {many:it|them} the scores here are not those that "
        "`convergence score` prints. To compare {many:it|them}, name plans in both files or in neither."
    ),
    "versions": versions,
    "ids": (
        "No respondent's id stands in both waves. If the same people answered, give them the same ids: the "
        "likely ranges become narrower."
    ),
}
