"""A report in which a finding that cannot be told is told as such, and silences no other one."""

from collections.abc import Callable

from msgspec.structs import replace

from banshi.files.findings import Finding, Findings
from banshi.files.locating import from_failure
from banshi.files.report import Report


def told(report: Report, say: Callable[[Report], str]) -> str:
    """What ``say`` makes of a report. Where it fails over a finding, that one is told as a failure of the tool (``failed``).

    Raises what ``say`` raises where it can tell no report at all.
    """
    try:
        return say(report)
    except Exception as error:
        try:
            say(replace(report, findings=Findings()))
        except Exception:
            raise error from None
        report.failed = True
        return say(replace(report, findings=Findings((_alone(each, report, say) for each in report.findings), None)))


def _alone(finding: Finding, report: Report, say: Callable[[Report], str]) -> Finding:
    try:
        say(replace(report, findings=Findings((finding,), None)))
    except Exception as error:
        return from_failure(finding.path, error, finding.line)
    return finding
