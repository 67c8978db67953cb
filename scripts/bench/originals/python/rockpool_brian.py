"""Layers of Rockpool 1 that run on Brian 2, with its numpy target as Rockpool's are documented to."""
import numpy as np
import brian2
from brian2 import amp, volt

from case_loop import call_length, given, named, serve, series_of
from rockpool.layers.gpl import iaf_brian
from rockpool.timeseries import TSContinuous, TSEvent

brian2.prefs.codegen.target = "numpy"
brian2.BrianLogger.suppress_name("")


def prepare(case):
    found = given(case)
    if isinstance(found.get("neuron_eq"), str):
        found["neuron_eq"] = getattr(iaf_brian, found["neuron_eq"])
    if "v_rest" in found:
        found["v_rest"] = np.asarray(found["v_rest"]) * volt
    layer = getattr(iaf_brian, named(case))(record=True, **found)
    for name, values in (case.get("initial_state") or {}).items():
        setattr(layer._neuron_group, name, np.asarray(values) * (volt if name == "v" else amp))
    series = series_of(case["input"], TSContinuous, TSEvent)
    return lambda: layer.evolve(series, **call_length(case))


serve(prepare)
