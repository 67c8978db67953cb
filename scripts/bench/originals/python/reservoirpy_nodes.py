"""Nodes of reservoirpy with given matrices."""
from case_loop import named, serve
from reservoirpy.nodes import LIF, Reservoir


def prepare(case):
    params, series = case["params"], case["input"]["data"]
    common = {"units": params["W"].shape[0], "W": params["W"], "Win": params["Win"], "lr": params["lr"]}
    if named(case) == "LIF":
        node = LIF(threshold=params["threshold"], **common)
    else:
        node = Reservoir(bias=params["bias"], activation=params["activation"], **common)
    node.initialize(series)
    node.state = dict(case["initial_state"])
    return lambda: node.run(series)


serve(prepare)
