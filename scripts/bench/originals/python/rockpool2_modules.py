"""Modules of Rockpool 2 that reckon with numpy; they record, as the cases ask for states."""
from case_loop import given, named, serve
from rockpool.nn.modules import LIF, Rate


def rate(case):
    found = given(case, "activation_func", "noise_std")
    count = case["initial_state"]["x"].shape[0]
    shape = (count, count) if "w_rec" in found else (count,)
    return Rate(shape, has_rec="w_rec" in found, activation_func=case["params"]["activation_func"], **found)


def lif(case):
    return LIF(tuple(int(extent) for extent in case["params"]["shape"]), **given(case, "shape"))


def prepare(case):
    module = rate(case) if named(case) == "Rate" else lif(case)
    for name, values in case["initial_state"].items():
        if name in module.state():
            setattr(module, name, values)
    series = case["input"]["data"]
    return lambda: module(series, record=True)


serve(prepare)
