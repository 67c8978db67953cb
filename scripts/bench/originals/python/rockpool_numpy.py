"""Layers of Rockpool 1 that reckon with numpy and numba; a layer is kept, so that it compiles in its first call only."""
import numpy as np
from numba import njit

from case_loop import call_length, given, named, serve, series_of
from rockpool import layers
from rockpool.timeseries import TSContinuous, TSEvent


@njit
def relu(values):
    return np.maximum(values, 0.0)


def weights_of(record):
    """Up-down layers take a number, a pair or a matrix of a shape."""
    kind, value = record["kind"], record["value"]
    if kind == "int":
        return int(value)
    return tuple(int(entry) for entry in value) if kind == "tuple" else np.zeros([int(entry) for entry in value])


def arguments(case):
    found = given(case, "noise_std")
    found.setdefault("dt", case["dt"])
    if isinstance(found.get("weights"), dict):
        found["weights"] = weights_of(found["weights"])
    if found.get("activation_func") == "relu":
        found["activation_func"] = relu
    if found.get("state_type") == "float":
        found["state_type"] = float
    return found


kept = {}


def prepare(case):
    if case["id"] not in kept:
        kept[case["id"]] = getattr(layers, named(case))(**arguments(case))
    layer = kept[case["id"]]
    layer.reset_all()
    series = series_of(case["input"], TSContinuous, TSEvent)
    return lambda: layer.evolve(series, **call_length(case))


serve(prepare)
