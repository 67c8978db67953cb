"""Layers of Rockpool 1 that reckon with numpy and numba; a layer is kept, so that it compiles in its first call only."""
import numpy as np
from numba import njit

from case_loop import call_length, given, named, serve, series_of
from repaired_spike_bt import RecFSSpikeEulerBT
from rockpool import layers
from rockpool.networks import Network
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


def tight_balance(case):
    return RecFSSpikeEulerBT(**{**given(case, "min_delta", "spike_callback"), "dt": case["dt"]})


def network(case):
    made, built = Network(), {}
    for entry in case["params"]["layers"]:
        left_out = ["class", "pre_layer", "external_input", "size_in", "size_out"]
        found = {key: value for key, value in entry.items() if key not in left_out}
        if entry["class"] == "PassThrough":
            found = {key: value for key, value in found.items() if key not in ["tau", "gain"]}
        layer = getattr(layers, entry["class"])(**found)
        built[entry["name"]] = layer
        made.add_layer(layer, built.get(entry["pre_layer"]), external_input=bool(entry["external_input"]))
    return made


def made(case):
    special = {"RecFSSpikeEulerBT": tight_balance, "Network": network}.get(named(case))
    return special(case) if special else getattr(layers, named(case))(**arguments(case))


kept = {}


def prepare(case):
    if case["id"] not in kept:
        kept[case["id"]] = made(case)
    layer = kept[case["id"]]
    layer.reset_all()
    series = series_of(case["input"], TSContinuous, TSEvent)
    return lambda: layer.evolve(series, **call_length(case))


serve(prepare)
