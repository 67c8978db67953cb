"""Modules of norse, without gradients and on one thread, each called with the whole series."""
import torch

from case_loop import named, serve
from norse.torch.functional.lif import LIFFeedForwardState, LIFParameters
from norse.torch.functional.lif_adex import LIFAdExParameters, LIFAdExState
from norse.torch.module.lif import LIF
from norse.torch.module.lif_adex import LIFAdExRecurrent

torch.set_num_threads(1)
membrane = ["tau_syn_inv", "tau_mem_inv", "v_leak", "v_th", "v_reset"]
adapting = ["adaptation_current", "adaptation_spike", "delta_T", "tau_ada_inv"]


def tensors(values, names):
    return {name: torch.tensor(values[name], dtype=torch.float64) for name in names if name in values}


def prepare(case):
    params, state = case["params"], case["initial_state"]
    series = torch.tensor(case["input"]["data"], dtype=torch.float64)
    surrogate = {"method": params.get("method", "super"), "alpha": float(params.get("alpha", 100.0))}
    if named(case) == "LIF":
        module = LIF(p=LIFParameters(**tensors(params, membrane), **surrogate), dt=case["dt"])
        begin = LIFFeedForwardState(**tensors(state, state.keys()))
    else:
        parameters = LIFAdExParameters(**tensors(params, membrane + adapting), **surrogate)
        weights = tensors(params, ["input_weights", "recurrent_weights"])
        sizes = (int(params["input_size"]), int(params["hidden_size"]))
        module = LIFAdExRecurrent(*sizes, p=parameters, autapses=bool(params["autapses"]), dt=case["dt"], **weights)
        begin = LIFAdExState(**tensors(state, state.keys()))

    def evolve():
        with torch.no_grad():
            module(series, begin)

    return evolve


serve(prepare)
