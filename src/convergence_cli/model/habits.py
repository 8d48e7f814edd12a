"""What people write out of habit (from Jira, ServiceNow, a spreadsheet), and what our files call it.

Hints alone: what stands here is never read as if it were the other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

HABITS: Mapping[str, str] = {
    "champion": "sponsor business_sponsor executive_sponsor",
    "owner": "lead manager project_manager assignee assigned_to responsible accountable owned_by contact "
    "sponsor business_sponsor executive_sponsor",
    "text": "question label name wording",
    "title": "name summary description short_description subject label headline project project_name",
    "label": "text name title",
    "id": "issue_key key number no nr ref reference identifier code name respondent person email participant",
    "about.role": "role position job job_title title function",
    "about.unit": "unit department business_unit division team",
    "about.location": "location site country region city",
    "starts": "start start_date begin begins from started planned_start planned_start_date",
    "ends": "end end_date due due_date deadline finish finish_date until target_date planned_end_date",
    "status": "state stage phase progress decision",
    "approved": "approval approved_by sign_off signed_off authorised authorized",
    "reviewed": "review review_date last_review last_reviewed",
    "changed": "updated last_updated modified revised",
    "as_of": "date updated last_updated report_date",
    "on": "date created submitted",
    "by": "author suggested_by submitter submitted_by",
    "period": "date wave quarter year month",
    "organization": "company organisation client",
    "objectives": "goals goal objective strategic_objectives strategy okrs themes targets",
    "serves": "objective objectives goal goals supports aligned_to aligns_with alignment contributes_to "
    "business_objective business_objectives strategic_objective strategic_objectives strategy theme themes "
    "okr okrs targets",
    "plans": "projects initiatives epics programmes programs items demands portfolio evidence plan",
    "part_of": "parent epic epic_link programme program portfolio parent_project",
    "parent": "part_of parent_objective parent_goal",
    "suggestions": "ideas idea innovations proposals",
    "suggestion": "idea",
    "relationship_managers": "managers brm brms business_relationship_managers",
    "relationship_manager": "brm business_relationship_manager",
    "units": "unit department departments business_unit business_units division divisions teams",
    "waivers": "exceptions exemptions ignore ignores ignored suppressions",
    "measures": "kpi kpis metrics key_results measure measurements indicators target",
    "priority": "importance rank weight urgency",
    "no_plan_because": "reason justification excuse",
    "no_objective_because": "reason justification rationale excuse",
    "enabled_by": "enablers enabler",
    "depends_on": "dependencies dependency blocked_by requires predecessors",
    "budget": "cost costs price amount estimate estimated_cost planned_cost spend capex",
    "origin": "source requested_by requester reporter",
    "promoted_by": "promoters advocates",
    "results": "benefits benefit outcome outcomes result",
    "questionnaire": "survey form template",
    "confidential": "anonymous anonymity private confidentiality",
    "min_group_size": "threshold min_n minimum min_group minimum_group_size",
    "population": "populations headcount invited",
    "facts": "figures indicators",
    "respondents": "people participants responses answers persons leaders",
    "group": "side role_group audience",
    "answers": "responses answer ratings scores",
    "now": "value answer score current actual today rating",
    "want": "target desired should wanted goal future",
    "comment": "comments note notes remark why reason text",
    "questions": "items fields",
    "dimensions": "sections domains areas categories topics",
    "dimension": "section category domain area topic",
    "groups": "audiences roles sides audience asked asked_of",
    "levels": "maturity stages maturity_levels",
    "advice": "recommendations actions",
    "answer": "type kind options choices scale",
    "value": "score points weight code",
    "high": "1 p1 critical highest must urgent top",
    "normal": "2 3 p2 p3 medium moderate should",
    "low": "4 5 p4 p5 lowest minor could",
    "proposed": "planned new draft idea backlog pending requested",
    "green-lit": "approved funded authorised authorized to_do todo selected selected_for_development",
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
    "it-suggestion": "it",
    "business-request": "business request demand",
    "joint": "both shared",
    "mandate": "regulation regulatory compliance legal law",
}
"""Our keys and values, by the other words for them; of two that one place has, the first is meant."""


def usual(word: str, names: Collection[str]) -> str:
    """Which of `names` (keys or values that a place may have) is meant by another word for it; or nothing."""
    plain = "_".join(word.casefold().replace("-", " ").replace("_", " ").split())
    known = (name for name, others in HABITS.items() if plain in others.split())
    return next((name for name in known if name.partition(".")[0] in names), "")
