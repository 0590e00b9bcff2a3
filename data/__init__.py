"""What is known: from a ledger to a published snapshot. Importing it does nothing but define names."""

from data.commits import Commit, FileRecord, Revision, month_text, parse_month
from data.connection import LENT, Connection, connect, cut_off, lent, opened, settings
from data.messages import ContractError, IntakeError, NuanxinError, StoreError, say
from data.store import Store
from data.verification import Report

__all__ = [
    "LENT",
    "Commit",
    "Connection",
    "ContractError",
    "FileRecord",
    "IntakeError",
    "NuanxinError",
    "Report",
    "Revision",
    "Store",
    "StoreError",
    "connect",
    "cut_off",
    "lent",
    "month_text",
    "opened",
    "parse_month",
    "say",
    "settings",
]
