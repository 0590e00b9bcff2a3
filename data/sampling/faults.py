"""What goes wrong on the way to the county: ledgers that are not in yet, and figures counted twice."""

import polars as pl

Frames = dict[str, pl.DataFrame]


def without(frames: Frames, code: str) -> Frames:
    """The month before a township has sent its ledgers; what departments and the county keep is there."""
    theirs = frames["stations"].filter(pl.col("township_code") == code)["station_id"].implode()
    other = pl.col("township_code").ne_missing(code)
    return frames | {
        "enterprises": frames["enterprises"].filter(other),
        "figures": frames["figures"].filter(other),
        "station_services": frames["station_services"].filter(~pl.col("station_id").is_in(theirs)),
    }


def counted_twice(frames: Frames) -> Frames:
    """Two members more in the largest cell, and a twelfth more uses at each station of that township."""
    figures, services = frames["figures"], frames["station_services"]
    members = pl.col("indicator_id") == "members_full"
    largest = figures.filter(members).sort("value", descending=True, maintain_order=True).row(0, named=True)
    cell = members & (pl.col("township_code") == largest["township_code"])
    cell &= pl.col("committee_id") == largest["committee_id"]
    theirs = (
        frames["stations"].filter(pl.col("township_code") == largest["township_code"])["station_id"].implode()
    )
    here = pl.col("station_id").is_in(theirs)
    return frames | {
        "figures": figures.with_columns(value=pl.col("value") + pl.when(cell).then(2.0).otherwise(0.0)),
        "station_services": services.with_columns(
            person_times=pl.col("person_times")
            + pl.when(here).then(pl.col("person_times") // 12).otherwise(0)
        ),
    }
