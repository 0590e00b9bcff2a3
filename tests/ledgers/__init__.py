"""A small county's ledgers as townships send them, written by hand as text, made into files by code.

`python -m tests.ledgers FOLDER` writes all of them: the profile, two good months, good files by themselves
and bad ones with one defect each.
"""
