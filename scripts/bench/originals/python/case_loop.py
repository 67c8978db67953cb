"""Reads the names of cases from stdin, one a line, and tells the seconds of one evolve call of each."""
import base64
import contextlib
import io
import json
import sys
import time
import warnings

import numpy as np

warnings.simplefilter("ignore")


def decoded(value):
    """A value of a case; arrays become those of numpy, lists of numbers too."""
    if isinstance(value, dict):
        if "base64" in value:
            data = np.frombuffer(base64.b64decode(value["base64"]), dtype=value["dtype"])
            return data.reshape(value["shape"]).copy()
        return {key: decoded(entry) for key, entry in value.items()}
    if isinstance(value, list):
        entries = [decoded(entry) for entry in value]
        numbers = all(isinstance(entry, (int, float)) for entry in entries)
        return np.array(entries, dtype=float) if entries and numbers else entries
    return value


def given(case, *left_out):
    """The parameters of the constructor without what is none there."""
    return {key: value for key, value in case["params"].items() if key not in left_out}


def named(case):
    """Name of the system without its group."""
    return case["system"].split(".")[1]


def call_length(case):
    """How long the evolve call of a Rockpool layer is to last."""
    if case.get("steps") is not None:
        return {"num_timesteps": int(case["steps"])}
    if case.get("duration") is not None:
        return {"duration": case["duration"]}
    return {}


def series_of(record, continuous, events):
    """An input of a case as the classes of Rockpool have it."""
    limits = {key: record[key] for key in ("t_start", "t_stop")}
    if record["type"] == "events":
        channels = record["channels"].astype(int)
        return events(record["times"], channels, num_channels=int(record["num_channels"]), **limits)
    return continuous(record["times"], record["samples"], **limits)


def serve(prepare):
    """`prepare(case)` builds and gives what is to be timed; nothing else may be printed."""
    told = sys.stdout
    for line in sys.stdin:
        try:
            with open(line.strip()) as file:
                case = decoded(json.load(file))
            with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
                begun = time.perf_counter()
                evolve = prepare(case)
                built = time.perf_counter()
                evolve()
                ended = time.perf_counter()
            row = {"build_s": built - begun, "sim_s": ended - built}
        except Exception as error:  # the bench tells it and goes on
            row = {"error": "%s: %s" % (type(error).__name__, error)}
        told.write("JSON " + json.dumps(row) + "\n")
        told.flush()
