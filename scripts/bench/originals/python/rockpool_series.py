"""Series of Rockpool 1: one call of a method on a series that is there already."""
from case_loop import serve
from rockpool.timeseries import TSContinuous, TSEvent


def series(record):
    limits = {key: record[key] for key in ("t_start", "t_stop", "periodic")}
    if record["type"] == "events":
        channels = record["channels"].astype(int)
        return TSEvent(record["times"], channels, num_channels=int(record["num_channels"]), **limits)
    return TSContinuous(record["times"], record["samples"], interp_kind=record["interp_kind"], **limits)


def prepare(case):
    method = getattr(series(case["input"]), case["op"])
    return lambda: method(*case["args"], **case["kwargs"])


serve(prepare)
