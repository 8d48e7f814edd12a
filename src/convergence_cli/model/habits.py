"""What people write out of habit (from Jira, ServiceNow, a spreadsheet), and what our files call it.

Hints alone: what stands here is never read as if it were the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Words = Mapping[str, str]
"""By our own name, the others, between blanks."""

ITEM = {
    "id": "key number no nr ref reference identifier code",
    "title": "name summary description short_description subject label headline project project_name",
    "owner": "lead manager project_manager assignee assigned_to responsible accountable owned_by contact",
    "starts": "start start_date begin begins from started planned_start planned_start_date",
    "ends": "end end_date due due_date deadline finish finish_date until target_date planned_end_date",
    "status": "state stage phase progress",
    "approved": "approval approved_by sign_off signed_off authorised authorized",
}
FIELDS: Mapping[str, Words] = {
    "PlansFile": {
        "objectives": "goals goal objective strategic_objectives strategy okrs themes targets",
        "plans": "projects initiatives epics programmes programs items demands portfolio",
        "suggestions": "ideas idea innovations proposals",
        "relationship_managers": "managers brm brms business_relationship_managers",
        "units": "departments business_units divisions teams",
        "waivers": "exceptions exemptions ignore ignores ignored suppressions",
        "as_of": "date updated last_updated report_date",
        "organization": "company organisation client",
    },
    "Objective": ITEM
    | {
        "owner": f"{ITEM['owner']} sponsor business_sponsor executive_sponsor",
        "parent": "part_of parent_objective parent_goal",
        "measures": "kpi kpis metrics key_results measure measurements indicators target",
        "priority": "importance rank weight urgency",
        "changed": "updated last_updated modified revised",
        "no_plan_because": "reason justification excuse",
        "enabled_by": "enablers enabler",
    },
    "Plan": ITEM
    | {
        "serves": "objective objectives goal goals supports aligned_to aligns_with alignment contributes_to "
        "strategic_objective strategic_objectives strategy theme themes okr okrs targets",
        "part_of": "parent epic epic_link programme program portfolio parent_project",
        "no_objective_because": "reason justification rationale excuse",
        "reviewed": "review review_date last_review last_reviewed",
        "budget": "cost costs price amount estimate estimated_cost planned_cost spend capex",
        "origin": "source requested_by requester reporter",
        "champion": "sponsor business_sponsor executive_sponsor",
        "promoted_by": "promoters advocates",
        "relationship_manager": "brm business_relationship_manager",
        "units": "unit department departments business_unit business_units division divisions",
        "depends_on": "dependencies dependency blocked_by requires predecessors",
        "results": "benefits benefit outcome outcomes result",
        "suggestion": "idea",
    },
    "Suggestion": {
        "by": "author suggested_by submitter submitted_by owner",
        "on": "date created submitted",
        "title": ITEM["title"],
        "status": "state decision",
    },
    "Responses": {
        "questionnaire": "survey form template",
        "organization": "company organisation client",
        "period": "date wave quarter year month",
        "confidential": "anonymous anonymity private confidentiality",
        "min_group_size": "threshold min_n minimum min_group minimum_group_size",
        "population": "populations headcount invited",
        "plans": "evidence plan",
        "facts": "figures indicators",
        "respondents": "people participants responses answers persons leaders",
    },
    "Respondent": {
        "id": "name respondent person email number participant",
        "group": "side role_group audience",
        "answers": "responses answer ratings scores",
        "about.role": "role position job job_title title function",
        "about.unit": "unit department business_unit division team",
        "about.location": "location site country region city",
    },
    "DetailedAnswer": {
        "now": "value answer score current actual today rating",
        "want": "target desired should wanted goal future",
        "comment": "comments note notes remark why reason text",
    },
    "Questionnaire": {
        "questions": "items fields",
        "dimensions": "sections domains areas categories topics",
        "groups": "audiences roles sides",
        "levels": "maturity stages maturity_levels",
        "advice": "recommendations actions",
        "title": "name description",
    },
    "Question": {
        "text": "question label name wording",
        "dimension": "section category domain area topic",
        "answer": "type kind options choices scale",
        "groups": "audience asked asked_of",
    },
    "Option": {"label": "text name title", "value": "score points weight code"},
}
"""What stands in one entry of each kind of ours, by the other words for it."""

VALUES: Mapping[str, Words] = {
    "priority": {
        "high": "1 p1 critical highest must urgent top",
        "normal": "2 3 p2 p3 medium moderate should",
        "low": "4 5 p4 p5 lowest minor could",
    },
    "status": {
        "proposed": "planned new draft idea backlog pending requested",
        "green-lit": "approved funded authorised authorized to_do todo selected",
        "in-progress": "active ongoing running started open work_in_progress wip doing executing",
        "delivered": "done completed complete closed finished live implemented resolved",
        "on-hold": "paused blocked suspended waiting stopped",
        "cancelled": "canceled rejected abandoned dropped withdrawn",
        "active": "in_progress ongoing open current",
        "met": "achieved reached done completed complete closed",
        "missed": "failed not_met",
        "retired": "dropped cancelled canceled obsolete",
        "accepted": "approved done",
        "declined": "rejected refused",
    },
    "origin": {
        "it-suggestion": "it",
        "business-request": "business request demand",
        "joint": "both shared",
        "mandate": "regulation regulatory compliance legal law",
    },
}
"""What a field takes, by the other words for it."""


def usual_name(kind: str, key: str) -> str:
    """What an entry of `kind` calls what is usually called `key`; nothing when nobody knows."""
    return _meant(FIELDS.get(kind, {}), key)


def usual_value(field: str | int, value: str, allowed: Sequence[str]) -> str:
    """Which of the values `allowed` is meant by another word for it."""
    words = VALUES.get(str(field), {})
    return _meant({name: others for name, others in words.items() if name in allowed}, value)


def _meant(words: Words, written: str) -> str:
    plain = "_".join(written.casefold().replace("-", " ").replace("_", " ").split())
    return next((name for name, others in words.items() if plain in others.split()), "")
