"""What people see. PAGES is the one place where a page is added."""

from pages import (
    care,
    coverage,
    grievances,
    health,
    imports,
    meeting,
    members,
    methods,
    stations,
    tasks,
    townships,
    worklists,
)
from pages.shared.reports import Page
from pages.shared.room import Workplace
from pages.shared.view import COVERAGE, MEMBERS, SERVICES

PAGES: tuple[Page | Workplace, ...] = (
    Page("meeting", meeting.render, reports=(COVERAGE, MEMBERS, SERVICES)),
    Page("coverage", coverage.render, reports=(COVERAGE,)),
    Page("members", members.render, reports=(MEMBERS,)),
    Page("stations", stations.render, reports=(SERVICES,)),
    Page("grievances", grievances.render),
    Page("care", care.render),
    Page("tasks", tasks.render),
    Page("townships", townships.render, reports=(COVERAGE, MEMBERS, SERVICES), agenda=False),
    Page("worklists", worklists.render, reports=(COVERAGE, SERVICES), agenda=False, internal=True),
    Workplace("imports", imports.render),
    Page("health", health.render, reports=(COVERAGE, MEMBERS, SERVICES), agenda=False),
    Page("methods", methods.render, agenda=False),
)
