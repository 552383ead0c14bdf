"""What graphql-core finds between pairs of schemas, as JSON.

Reads a list of {"old", "new"} from standard input, each SDL or an introspection answer. Prints, for each pair, a list of
{"kind", "grade", "coordinate", "before", "after"}: graphql-core tells places in sentences only, so they are read from there,
and a sentence that is not known is an error.
"""

import json
import re
import sys

from graphql import build_client_schema, build_schema
from graphql.utilities.find_schema_changes import (
    BreakingChangeType,
    DangerousChangeType,
    find_schema_changes,
)

MEMBER = r"(?P<at>\w+\.\w+)"
ARGUMENT = r"(?P<at>(?:\w+\.|@)\w+\(\w+:\))"
SENTENCES = [
    r"(?:Standard scalar )?(?P<at>\w+) was (?:removed|added)(?: because it is not referenced anymore)?\.",
    r"(?P<at>\w+) changed from an? (?P<before>[\w ]+) type to an? (?P<after>[\w ]+) type\.",
    r"(?P<before>\w+) was removed from union type (?P<at>\w+)\.",
    r"(?P<after>\w+) was added to union type (?P<at>\w+)\.",
    rf"(?:Enum value|Field|A required field|An optional field) {MEMBER} was (?:removed|added)\.",
    r"(?P<at>\w+) no longer implements interface (?P<before>\w+)\.",
    r"(?P<after>\w+) added to interfaces implemented by (?P<at>\w+)\.",
    rf"Field {MEMBER} changed type from (?P<before>\S+) to (?P<after>\S+)\.",
    rf"(?:Argument|A required argument|An optional argument) {ARGUMENT} was (?:removed|added)\.",
    rf"Argument {ARGUMENT} has changed type from (?P<before>\S+) to (?P<after>\S+)\.",
    r"(?P<at>\S+) has changed defaultValue from (?P<before>.+) to (?P<after>.+)\.",
    r"(?P<at>\S+) defaultValue was removed\.",
    r"(?P<at>\S+) added a defaultValue (?P<after>.+)\.",
    r"Directive (?P<at>@\w+) was (?:removed|added)\.",
    r"Repeatable flag was (?:removed from|added to) (?P<at>@\w+)\.",
    r"(?P<before>\w+) was removed from (?P<at>@\w+)\.",
    r"(?P<after>\w+) was added to (?P<at>@\w+)\.",
]


def schema(text):
    if not text.lstrip().startswith("{"):
        return build_schema(text)
    answer = json.loads(text)
    return build_client_schema(answer.get("data", answer))


def grade(change):
    if isinstance(change.type, BreakingChangeType):
        return "breaking"
    return "dangerous" if isinstance(change.type, DangerousChangeType) else "safe"


def told(change):
    for sentence in SENTENCES:
        match = re.fullmatch(sentence, change.description)
        if match:
            parts = match.groupdict()
            return {
                "kind": change.type.name,
                "grade": grade(change),
                "coordinate": parts["at"],
                "before": parts.get("before"),
                "after": parts.get("after"),
            }
    sys.exit(f"an unknown sentence: {change.description}")


def changes(old, new):
    found = find_schema_changes(schema(old), schema(new))
    return [told(change) for change in found if change.type.name != "DESCRIPTION_CHANGED"]


print(json.dumps([changes(pair["old"], pair["new"]) for pair in json.load(sys.stdin)]))
