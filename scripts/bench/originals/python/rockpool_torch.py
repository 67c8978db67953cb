"""Layers of Rockpool 1 that run on torch, on one thread."""
import torch

from case_loop import call_length, given, named, serve, series_of
from rockpool.layers.gpl.pytorch import exp_synapses_torch, iaf_torch
from rockpool.timeseries import TSContinuous, TSEvent

torch.set_num_threads(1)


def prepare(case):
    module = exp_synapses_torch if "ExpSyn" in case["system"] else iaf_torch
    layer = getattr(module, named(case))(**given(case))
    series = series_of(case["input"], TSContinuous, TSEvent)
    return lambda: layer.evolve(series, **call_length(case))


serve(prepare)
