"""Tries the generated Python client on a running copy: `smoke.py ADDRESS TOKEN`."""

import sys

from schoolos_client import AuthenticatedClient
from schoolos_client.api.classes import show_class
from schoolos_client.models import ClassCard, Problem

client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2])
found = show_class.sync(client=client, class_arm="JSS 2 Ruby")
missing = show_class.sync(client=client, class_arm="Nowhere 9")
if not (isinstance(found, ClassCard) and found.students):
    sys.exit(f"no class came back: {found}")
if not (isinstance(missing, Problem) and missing.code == "not_visible"):
    sys.exit(f"a wrong name was not refused: {missing}")
sys.stdout.write(f"python: {found.name} has {found.students} students; a wrong name is {missing.code}\n")
