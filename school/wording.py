"""The words of every message until a school writes its own: per event, language and channel, in Jinja2.

A text message names the child and the matter but never a mark or a sum: whoever holds the phone can read it.
Facts in every template: `school`, `person` (the recipient), `students` (given names), `reply` (true where an answer is read).
"""

from typing import NamedTuple

from school.notifications import Channel, EventType


class Wording(NamedTuple):
    subject: str
    body: str


_NAMES = "{{ students | names }}"
_HINT = "{% if reply %} Reply here to ask about it, or STOP to end these messages.{% endif %}"
_HINT_FR = "{% if reply %} Répondez ici pour en savoir plus, ou STOP pour ne plus recevoir ces messages.{% endif %}"

DEFAULTS: dict[tuple[EventType, str], Wording] = {
    (EventType.SCORES_PUBLISHED, "en"): Wording(
        "{{ subject }} results of " + _NAMES,
        "{{ school }}: the {{ subject }} result of " + _NAMES + " ({{ class_arm }}, {{ term }}) is out." + _HINT,
    ),
    (EventType.SCORES_PUBLISHED, "fr"): Wording(
        "Résultats de {{ subject }} : " + _NAMES,
        "{{ school }} : le résultat de {{ subject }} de " + _NAMES + " ({{ class_arm }}, {{ term }}) est disponible."
        + _HINT_FR,
    ),
    (EventType.ATTENDANCE_MARKED, "en"): Wording(
        "Attendance of " + _NAMES + " on {{ day }}",
        "{{ school }}: {% if absent %}{{ absent | names }} {{ 'was' if absent | length == 1 else 'were' }} marked absent"
        " on {{ day }}.{% endif %}{% if late %}{% if absent %} {% endif %}{{ late | names }} came late on {{ day }}."
        "{% endif %}{% if corrected %}Correction: {{ corrected | names }}"
        " {{ 'was' if corrected | length == 1 else 'were' }} in school on {{ day }}. Please ignore our earlier message."
        "{% elif reply %} Reply here if this is a mistake or to tell us why.{% endif %}",
    ),
    (EventType.ATTENDANCE_MARKED, "fr"): Wording(
        "Présence de " + _NAMES + " le {{ day }}",
        "{{ school }} : {% if absent %}absence de {{ absent | names }} le {{ day }}.{% endif %}{% if late %}"
        "{% if absent %} {% endif %}retard de {{ late | names }} le {{ day }}.{% endif %}{% if corrected %}"
        "Rectification : {{ corrected | names }} présent(e) le {{ day }}. Veuillez ignorer notre message précédent."
        "{% elif reply %} Répondez ici s'il s'agit d'une erreur ou pour nous dire pourquoi.{% endif %}",
    ),
    (EventType.ATTENDANCE_THRESHOLD, "en"): Wording(
        "Attendance of " + _NAMES,
        "{{ school }}: attendance of " + _NAMES + " this term is now {{ percent }}%, "
        "{% if direction == 'down' %}below {{ threshold }}%{% if urgent %}. Please contact the school now"
        "{% endif %}{% else %}back at {{ threshold }}% or more{% if certificate %}: the attendance certificate is in"
        " reach{% endif %}{% endif %}." + "{% if reply %} Reply here to ask about it.{% endif %}",
    ),
    (EventType.FEE_REMINDER, "en"): Wording(
        "{{ fee_type }} for " + _NAMES + " due {{ due }}",
        "{{ school }}: {{ fee_type }} for " + _NAMES + " is due on {{ due }}."
        "{% if reply %} Reply FEES to see what is open.{% endif %}",
    ),
    (EventType.REPORT_READY, "en"): Wording(
        "Report card of " + _NAMES,
        "{{ school }}: the {{ term }} report card of " + _NAMES + " is ready.{% if link %} {{ link }}{% endif %}" + _HINT,
    ),
    (EventType.TIMETABLE_CHANGED, "en"): Wording(
        "{% if cover %}Cover on {{ starts }}{% else %}The timetable has changed{% endif %}",
        "{{ school }}: {% if cover %}{{ cover }}{% else %}the timetable{% if class_arm %} of {{ class_arm }}{% endif %}"
        " changes from {{ starts }}.{% endif %}{% if link %} {{ link }}{% endif %}",
    ),
    (EventType.NOTICE_SENT, "en"): Wording("{{ title }}", "{{ school }}: {{ text }}"),
    (EventType.NOTICE_SENT, "fr"): Wording("{{ title }}", "{{ school }} : {{ text }}"),
    (EventType.DIGEST, "en"): Wording(
        "{{ period | capitalize }} for " + _NAMES,
        "{{ school }}: {{ period }} for " + _NAMES + ". {{ lines | join(' ') }}"
        "{% if reply %} Reply here to ask about any of it, or DIGEST OFF to end these.{% endif %}",
    ),
    (EventType.CHAT_REPLY, "en"): Wording("Your question", "{{ text }}"),
}  # fmt: skip

LONGER: dict[tuple[EventType, Channel, str], Wording] = {
    (EventType.SCORES_PUBLISHED, Channel.EMAIL, "en"): Wording(
        "{{ subject }} results of " + _NAMES + ", {{ term }}",
        "Dear {{ person }},\n\nthe {{ subject }} result of " + _NAMES + " ({{ class_arm }}, {{ term }}) was published"
        "{% if teacher %} by {{ teacher }}{% endif %}.\n\nSign in to see it{% if link %}: {{ link }}{% else %}.{% endif %}"
        "\n\n{{ school }}",
    ),
    (EventType.NOTICE_SENT, Channel.EMAIL, "en"): Wording(
        "{{ title }}", "Dear {{ person }},\n\n{{ text }}\n\n{{ school }}"
    ),
}  # fmt: skip

SAMPLE_FACTS: dict[str, object] = {
    "school": "Hillcrest Academy", "person": "Mrs Grace Ade", "students": ["Bola"], "reply": True, "link": "",
    "subject": "Mathematics", "class_arm": "JSS 2 Ruby", "term": "First Term", "teacher": "Mr Akin Bello",
    "absent": ["Bola"], "late": list[str](), "corrected": list[str](), "day": "Monday 7 September", "percent": 79, "threshold": 80,
    "direction": "down", "urgent": False, "certificate": False, "fee_type": "Tuition", "due": "30 September",
    "starts": "Monday 7 September", "title": "Sports day", "text": "Sports day is on Friday at 10.", "lines": ["Bola: absent 1 day."],
    "period": "this week",
    "cover": "",
}  # fmt: skip
"""Facts a template is tried on when it is saved and previewed: every name a template may use is here."""


def default(event_type: EventType, channel: Channel, language: str) -> Wording:
    """The default words, in the language if there are any, otherwise in English."""
    for tongue in (language, "en"):
        longer = LONGER.get((event_type, channel, tongue))
        if longer is not None:
            return longer
        if (event_type, tongue) in DEFAULTS:
            return DEFAULTS[(event_type, tongue)]
    raise LookupError(event_type)
