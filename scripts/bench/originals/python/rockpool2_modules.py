"""Modules of Rockpool 2 that reckon with numpy or run on Brian 2; they record, as the cases ask for states."""
import brian2

from case_loop import call_length, given, named, serve
from rockpool.nn.layers import iaf_brian
from rockpool.nn.modules import LIF, ExpSyn, Linear, Rate
from rockpool.timeseries import TSContinuous

brian2.prefs.codegen.target = "numpy"
brian2.BrianLogger.suppress_name("")


def rate(case):
    found = given(case, "activation_func", "noise_std")
    count = case["initial_state"]["x"].shape[0]
    shape = (count, count) if "w_rec" in found else (count,)
    return Rate(shape, has_rec="w_rec" in found, activation_func=case["params"]["activation_func"], **found)


def lif(case):
    return LIF(tuple(int(extent) for extent in case["params"]["shape"]), **given(case, "shape"))


def exp_syn(case):
    return ExpSyn(case["input"]["data"].shape[-1], **given(case))


def linear(case):
    return Linear(case["params"]["weight"].shape, **given(case))


def brian_layer(case):
    found = given(case, "v_rest", "neuron_eq")
    found["v_rest"] = case["params"]["v_rest"] * brian2.volt
    layer = iaf_brian.FFIAFBrian(neuron_eq=getattr(iaf_brian, case["params"]["neuron_eq"]), **found)
    record = case["input"]
    series = TSContinuous(record["times"], record["samples"], t_start=record["t_start"], t_stop=record["t_stop"])
    return lambda: layer.evolve(series, **call_length(case))


def prepare(case):
    if named(case) == "FFIAFBrian":
        return brian_layer(case)
    module = {"Rate": rate, "LIF": lif, "ExpSyn": exp_syn, "Linear": linear}[named(case)](case)
    for name, values in case["initial_state"].items():
        if name in module.state():
            setattr(module, name, values)
    series = case["input"]["data"]
    return lambda: module(series, record=True)


serve(prepare)
