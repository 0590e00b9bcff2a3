"""What people see. PAGES is the one place where a page is added."""

from pages import coverage, grievances, meeting, members, methods, stations
from pages.shared.frame import Page

PAGES = (
    Page("meeting", meeting.render, sources=("enterprises", "figures", "station_services")),
    Page("coverage", coverage.render, sources=("enterprises",)),
    Page("members", members.render, sources=("figures",)),
    Page("stations", stations.render, sources=("station_services",)),
    Page("grievances", grievances.render),
    Page("methods", methods.render, agenda=False),
)
