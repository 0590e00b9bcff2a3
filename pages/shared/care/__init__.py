"""The parts of the page care 关爱与治理: any indicator of the registry, chosen by the viewer."""
