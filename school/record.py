"""Every table of the school's record, in one metadata: import this to see all of them."""

from runtime import outbox
from runtime.table import Base
from school import (
    approvals,
    assessment,
    attendance_levels,
    audit,
    calendar,
    channel_accounts,
    classes,
    conduct,
    conversations,
    curriculum,
    digests,
    documents,
    export_schedules,
    fee_ledger,
    fee_plans,
    files,
    handovers,
    imports,
    inbox,
    model_uses,
    notifications,
    people,
    registers,
    remarks,
    report_batches,
    report_links,
    report_sets,
    risk_models,
    risk_standings,
    runs,
    safeguarding,
    schools,
    score_sheets,
    sheet_totals,
    slack,
    timetable_cover,
    timetables,
    users,
    webhooks,
)

MODULES = (
    outbox, schools, people, users, calendar, classes, assessment, score_sheets, registers, attendance_levels, notifications,
    inbox, conversations, model_uses, approvals, audit, runs, files, channel_accounts, remarks, conduct, report_links, report_sets,
    documents, curriculum, imports, export_schedules, timetables,
    slack, safeguarding, handovers,
    report_batches, webhooks, fee_ledger, fee_plans, risk_models,
    digests,
    timetable_cover, sheet_totals, risk_standings,
)  # fmt: skip

metadata = Base.metadata
