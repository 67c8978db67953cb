"""Layers of Rockpool 1 that run on NEST: they know NEST 2, so its names are led to those of NEST 3."""
import importlib.machinery
import types

import numpy as np

# Names that numpy has given up since.
for name, value in dict(float=float, int=int, bool=bool, object=object, float_=np.float64, in1d=np.isin).items():
    if not hasattr(np, name):
        setattr(np, name, value)

import nest


class NeverRaised(Exception):
    """In the place of NEST's own error."""


def nodes(ids):
    return nest.NodeCollection([int(entry) for entry in np.ravel(ids)])


def create(model, count=1, params=None):
    model = "spike_recorder" if model == "spike_detector" else model
    made = nest.Create(model, count, params) if params else nest.Create(model, count)
    return tuple(int(entry) for entry in made.tolist())


def connect(sources, targets, rule=None, synapse=None):
    if rule is None:
        return nest.Connect(nodes(sources), nodes(targets))
    arrays = {key: np.asarray(entry, float) for key, entry in synapse.items()}
    arrays["synapse_model"] = "static_synapse"
    return nest.Connect(np.asarray(sources, int), np.asarray(targets, int), rule, arrays)


def set_status(ids, values):
    nest.SetStatus(nodes(ids), values if isinstance(values, dict) else list(values))


def set_kernel(values):
    nest.set(**{"biological_time" if key == "time" else key: entry for key, entry in values.items()})


def get_kernel(key):
    return getattr(nest, "biological_time" if key == "time" else key)


def quiet(_):
    try:
        nest.set_verbosity("M_FATAL")
    except Exception:
        nest.verbosity = nest.VerbosityLevel.FATAL


def older_nest():
    made = types.ModuleType("nest")
    made.__spec__ = importlib.machinery.ModuleSpec("nest", None)
    made.hl_api = types.SimpleNamespace(set_verbosity=quiet)
    made.pynestkernel = types.SimpleNamespace(NESTError=NeverRaised)
    made.Create, made.Connect, made.SetStatus = create, connect, set_status
    made.GetStatus = lambda ids, key: nest.GetStatus(nodes(ids), key)
    made.SetKernelStatus, made.GetKernelStatus = set_kernel, get_kernel
    made.ResetKernel, made.SetDefaults, made.Simulate = nest.ResetKernel, nest.SetDefaults, nest.Simulate
    return made


def init_nest(process):
    process.nest_module = older_nest()
    nest.ResetKernel()
    quiet(None)
    set_kernel({"resolution": process.dt, "local_num_threads": process.num_cores, "print_time": False})


from case_loop import call_length, given, named, serve, series_of
from rockpool.layers.gpl import aeif_nest, iaf_nest
from rockpool.layers.gpl.devices.virtual_dynapse import VirtualDynapse
from rockpool.timeseries import TSContinuous, TSEvent

iaf_nest._BaseNestProcess.init_nest = init_nest
running = []


def made(case):
    module = aeif_nest if "AEIF" in case["system"] else iaf_nest
    return getattr(module, named(case))(record=True, **given(case))


def board(case):
    """A board of the size of the case."""
    extents = ["num_chips", "num_cores_chip", "num_neurons_core"]
    sizes = {"_" + name: int(case["params"][name]) for name in extents}
    found = given(case, *extents)
    for name in ["connections_ext", "connections_rec"]:
        found[name] = found[name].astype(int)
    return type("Board", (VirtualDynapse,), sizes)(**found)


def prepare(case):
    while running:
        running.pop().terminate()
    layer = board(case) if named(case) == "VirtualDynapse" else made(case)
    running.append(layer)
    series = series_of(case["input"], TSContinuous, TSEvent)
    return lambda: layer.evolve(series, **call_length(case))


try:
    serve(prepare)
finally:
    while running:
        running.pop().terminate()
