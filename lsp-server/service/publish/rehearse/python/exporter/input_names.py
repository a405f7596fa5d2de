"""Gives a graph's inputs the names of the model's columns, whatever characters they hold."""


def named_inputs(model, columns):
    """skl2onnx makes C identifiers of names; a caller gives the columns as they are called. What is called the same inside gives way."""
    graph = model.graph
    if len(graph.input) != len(columns):
        raise ValueError(f"the graph takes {len(graph.input)} columns of {len(columns)}, so they cannot be told apart")
    names = {each.name: column for each, column in zip(graph.input, columns, strict=True)}
    taken = set(columns) | inside(graph)
    for name in sorted(inside(graph) - set(names)):
        if name in columns:
            other = name
            while other in taken:
                other += "_"
            taken.add(other)
            names[name] = other
    rename(graph, names)
    return model


def inside(graph):
    found = {each.name for each in [*graph.input, *graph.initializer]}
    for node in graph.node:
        found.update([*node.input, *node.output])
        for inner in subgraphs(node):
            found |= inside(inner)
    return found - {""}


def rename(graph, names):
    for each in [*graph.input, *graph.output, *graph.initializer, *graph.value_info]:
        each.name = names.get(each.name, each.name)
    for node in graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
        for inner in subgraphs(node):
            rename(inner, names)


def subgraphs(node):
    return [attribute.g for attribute in node.attribute if attribute.HasField("g")]
