"""Modules of norse, without gradients and on one thread, each called with the whole series."""
import torch

from case_loop import named, serve
from norse.torch.functional import lif_adex as adex
from norse.torch.functional.leaky_integrator import LIParameters, LIState
from norse.torch.functional.lif import LIFFeedForwardState, LIFParameters, LIFState
from norse.torch.module.leaky_integrator import LI
from norse.torch.module.lif import LIF, LIFRecurrent
from norse.torch.module.lif_adex import LIFAdEx, LIFAdExCell, LIFAdExRecurrent, LIFAdExRecurrentCell

torch.set_num_threads(1)
membrane = ["tau_syn_inv", "tau_mem_inv", "v_leak", "v_th", "v_reset"]
adapting = ["adaptation_current", "adaptation_spike", "delta_T", "tau_ada_inv"]


def tensors(values, names):
    return {name: torch.tensor(values[name], dtype=torch.float64) for name in names if name in values}


modules = {
    "LI": (LI, LIState),
    "LIF": (LIF, LIFFeedForwardState),
    "LIFRecurrent": (LIFRecurrent, LIFState),
    "LIFAdEx": (LIFAdEx, adex.LIFAdExFeedForwardState),
    "LIFAdExCell": (LIFAdExCell, adex.LIFAdExFeedForwardState),
    "LIFAdExRecurrent": (LIFAdExRecurrent, adex.LIFAdExState),
    "LIFAdExRecurrentCell": (LIFAdExRecurrentCell, adex.LIFAdExState),
}


def parameters_of(case):
    params, name = case["params"], named(case)
    if name == "LI":
        return LIParameters(**tensors(params, membrane))
    surrogate = {"method": params.get("method", "super"), "alpha": float(params.get("alpha", 100.0))}
    if "dEx" in name or "adex" in name:
        return adex.LIFAdExParameters(**tensors(params, membrane + adapting), **surrogate)
    return LIFParameters(**tensors(params, membrane), **surrogate)


def module_of(case, kind):
    params = case["params"]
    weights = tensors(params, ["input_weights", "recurrent_weights"])
    if not weights:
        return kind(p=parameters_of(case), dt=case["dt"])
    hidden, inputs = (int(extent) for extent in weights["input_weights"].shape)
    autapses = bool(params.get("autapses", False))
    return kind(inputs, hidden, p=parameters_of(case), autapses=autapses, dt=case["dt"], **weights)


def step_by_step(step, series, state):
    for row in series:
        state = step(row, state)[1]


def encoder(case, series, state):
    p = parameters_of(case)

    def step(row, before):
        _, v, a = adex.lif_adex_current_encoder(row, *before, p=p, dt=case["dt"])
        return None, (v, a)

    return lambda: step_by_step(step, series, (state["v"], state["a"]))


def prepare(case):
    name = named(case)
    series = torch.tensor(case["input"]["data"], dtype=torch.float64)
    state = tensors(case["initial_state"], case["initial_state"].keys())
    if name == "lif_adex_current_encoder":
        evolve = encoder(case, series, state)
    else:
        kind, states = modules[name]
        module, begin = module_of(case, kind), states(**state)
        evolve = (lambda: step_by_step(module, series, begin)) if "Cell" in name else lambda: module(series, begin)

    def without_gradients():
        with torch.no_grad():
            evolve()

    return without_gradients


serve(prepare)
