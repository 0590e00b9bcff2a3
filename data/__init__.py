"""What is known: from a ledger to a published snapshot. Importing it does nothing but define names."""

from data.messages import ContractError, IntakeError, NuanxinError, StoreError, say

__all__ = ["ContractError", "IntakeError", "NuanxinError", "StoreError", "say"]
