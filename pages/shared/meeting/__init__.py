"""The blocks of the joint meeting, in the order of its agenda."""
