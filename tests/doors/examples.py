"""Arguments that make sense in the tiny school, made from each capability's types: records by name, the rest as small as it may be."""

import re
from typing import Any

from tests.tools.examples import smallest
from tools.declare import Tool

RECORDS = {
    "ClassArm": "JSS 2 Ruby", "Subject": "English Language", "Student": "Ada Okonjo", "Term": "this term", "Level": "JSS 2",
    "Staff": "Ngozi Umeadi", "AcademicSession": "this session", "Guardian": "Mrs Okonjo",
}  # fmt: skip


def sensible(tool: Tool) -> dict[str, Any]:
    """Required arguments by their camelCase names."""
    args = smallest(tool)
    for field in tool.arguments.model_fields.values():
        kind = re.search(r"Ref\[[\w.]*?(\w+)\]", str(field.annotation))
        name = field.alias or ""
        if kind and name in args:
            text = RECORDS.get(kind.group(1), "the first one")
            args[name] = [text] if isinstance(args[name], list) else text
        elif args.get(name) == []:
            args[name] = ["publish_scores"]
    return args
