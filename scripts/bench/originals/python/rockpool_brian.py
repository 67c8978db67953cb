"""Layers of Rockpool 1 that run on Brian 2, with its numpy target as Rockpool's are documented to."""
import numpy as np
import brian2
from brian2 import amp, volt

from case_loop import call_length, given, named, serve, series_of
from rockpool.layers.gpl import exp_synapses_brian, iaf_brian
from rockpool.timeseries import TSContinuous, TSEvent

brian2.prefs.codegen.target = "numpy"
brian2.BrianLogger.suppress_name("")


class Synapses(exp_synapses_brian.FFExpSynBrian):
    """The class as released is abstract, and reads events as if they were samples."""

    def to_dict(self):
        raise NotImplementedError

    def _prepare_input(self, ts_input=None, duration=None, num_timesteps=None):
        count = self._determine_timesteps(ts_input, duration, num_timesteps)
        return self._gen_time_trace(self.t, count), None, count


class ThreeParts(TSEvent):
    """Called, it gives three parts, as the layer unpacks them; released series give two."""

    def __call__(self, *args, **kwargs):
        return (*super().__call__(*args, **kwargs), None)


def synapses(case):
    layer = Synapses(**given(case))
    series = series_of(case["input"], TSContinuous, ThreeParts)
    return lambda: layer.evolve(series, **call_length(case))


def prepare(case):
    if named(case) == "FFExpSynBrian":
        return synapses(case)
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
