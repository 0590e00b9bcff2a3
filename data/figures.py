"""The counts that a ledger may report, by kind, and what a target may name."""

from typing import Literal

Kind = Literal["S", "F", "C"]

# S = stock at a date, F = flow of the month, C = cumulative since 1 January.
_STOCKS = """
industry_committees party_orgs floating_branches should_build_open secretaries secretaries_mgmt charter_firms
firms_contacted posts_teams pairings double_report
workers transport_units transport_units_individual members members_full members_probationary
floating floating_in floating_out floating_registered activists development_targets dev_quota
instructors_full liaisons first_secretaries service_officers pt_grid pioneers food_monitors
reporting_points certified
stations_reported host_centres host_grid_posts micro_homes friendly_places parking_places
care_measures care_packages care_fund_balance mediation_committees friendly_std
members_units problems problems_solved duty_lists docs projects
firms_surveyed firms_to_survey unions appraisal
"""

_FLOWS = """
orgs_new orgs_closed leader_builds
transfers transfers_due applicants members_developed visits visits_due onboarding_reg onboarding_due
org_life praise ratings
visits_person_times care_fund_in care_fund_out legal_aid legal_aid_applied mediation mediation_succeeded
training_pt jobs_posted job_fairs wishes wishes_received events
hazards hazards_handled suggestions suggestions_adopted points_issued points_exchanged
volunteering volunteer_hours
meetings meetings_planned funds
"""

_CUMULATIVE = """
cadres_down role_models promoted honours
care_reach pledges public_good_periods public_good_streams public_good_streamers public_good_sales
public_good_deliveries
publicity
"""

_FRACTIONAL = "care_fund_in care_fund_out care_fund_balance funds public_good_sales volunteer_hours appraisal"

_RATES = """
org_cov_total sole_rate org_cov_eligible org_cov_scale org_cov_members should_sole_done work_cov_total
work_cov_unorg instructor_cov member_share secretary_mgmt_share kit_rate ten_min_cov
closed_rate on_time ledger5
"""

_DERIVED = "blank_spots stations idle_stations per_station overdue_open close_time backlog"

FIGURES: dict[str, Kind] = {
    **dict.fromkeys(_STOCKS.split(), "S"),
    **dict.fromkeys(_FLOWS.split(), "F"),
    **dict.fromkeys(_CUMULATIVE.split(), "C"),
}

# Money, hours and scores; every other figure counts whole persons or things.
FRACTIONAL: frozenset[str] = frozenset(_FRACTIONAL.split())

RATES: frozenset[str] = frozenset(_RATES.split())

TARGETS: frozenset[str] = frozenset(FIGURES) | RATES | frozenset(_DERIVED.split())
