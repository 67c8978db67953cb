"""Layers of Rockpool 1 that run on jax, in single precision; the layer is kept, so that it compiles in the first call only."""
import sys

import jax.example_libraries.optimizers
import jax.numpy as jnp
import numpy as np

# Where Rockpool 1 looks for it.
sys.modules["jax.experimental.optimizers"] = jax.example_libraries.optimizers

from case_loop import call_length, given, named, serve, series_of
from rockpool.layers.gpl import lif_jax, rate_jax
from rockpool.timeseries import TSContinuous, TSEvent

activations = {"relu": rate_jax.H_ReLU, "tanh": rate_jax.H_tanh}
kept = {}


def made(case):
    found = given(case)
    if "activation_func" in found:
        found["activation_func"] = activations[found["activation_func"]]
    module = rate_jax if "Rate" in case["system"] else lif_jax
    return getattr(module, named(case))(**found)


def prepare(case):
    if case["id"] not in kept:
        kept[case["id"]] = made(case)
    layer = kept[case["id"]]
    layer.reset_all()
    series = series_of(case["input"], TSContinuous, TSEvent)
    more = call_length(case)
    if "force" in case:
        more["ts_force"] = series_of(case["force"], TSContinuous, TSEvent)
    return lambda: layer.evolve(series, **more)


serve(prepare)
